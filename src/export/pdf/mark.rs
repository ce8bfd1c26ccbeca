//! What stands on the pages, laid out: a list that any painter can follow. Points from the top left corner.

use super::line::Line;
use crate::export::paper::Page;
use crate::export::trend::Picture;

/// A page with everything on it.
#[derive(Debug)]
pub struct Sheet {
    /// Paper and margins.
    pub page: Page,
    /// What stands there, in reading order.
    pub marks: Vec<Mark>,
    /// Pictures: their words stand in the tables below them, and are read there.
    pub pictures: Vec<Drawing>,
    /// Pictures of screens.
    pub screens: Vec<Shown>,
    /// What belongs to the paper rather than to the report: watermark, page number, heads that are repeated.
    pub furniture: Vec<Mark>,
}

/// A picture on a page.
#[derive(Debug)]
pub struct Drawing {
    /// What it is made of.
    pub picture: Picture,
    /// Its upper left corner.
    pub at: (f64, f64),
    /// Points to one of its units.
    pub scale: f64,
}

/// A picture of a screen on a page.
#[derive(Debug)]
pub struct Shown {
    /// Its place in [`crate::export::sheet::Book::screens`].
    pub screen: usize,
    /// Its upper left corner.
    pub at: (f64, f64),
    /// Width and height.
    pub size: (f64, f64),
}

impl Drawing {
    /// Where a place of the picture lies on the page.
    pub fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.at.0 + x * self.scale, self.at.1 + y * self.scale)
    }
}

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A line of text.
    Text {
        /// Where it begins.
        x: f64,
        /// The line the characters stand on.
        baseline: f64,
        /// Size in points.
        size: f64,
        /// The characters with their widths.
        line: Line,
    },
    /// The frame of a cell.
    Frame {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// Large pale words across the page.
    Watermark(Line),
}

/// An entry of the outline.
#[derive(Debug)]
pub struct Bookmark {
    /// 1 for a chapter, 2 below it.
    pub level: u8,
    /// The heading.
    pub text: String,
    /// Page, from 0.
    pub page: usize,
    /// Upper edge of the heading.
    pub y: f64,
}

/// Across every page until somebody has signed.
pub(super) const WATERMARK: &str = "草稿";
