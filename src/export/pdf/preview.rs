//! The pages as the PDF will have them, for a window to paint: the same layout, as words and frames at their places.

use super::fonts::{Fonts, Style};
use super::layout::WATERMARK_SIZE;
use super::mark::Mark;
use crate::export::ExportError;
use crate::export::sheet::Book;
use crate::export::trend::Picture;

/// A page; everything on it in points from its upper left corner.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Width and height of the paper.
    pub size: [f64; 2],
    /// Words in lines.
    pub words: Vec<Words>,
    /// Frames of cells: left, top, width, height.
    pub frames: Vec<[f64; 4]>,
    /// Pictures with their upper left corner and the points to one of their units.
    pub pictures: Vec<(Picture, [f64; 2], f64)>,
    /// Pale words across the page, with their size.
    pub watermark: Option<(String, f64)>,
}

/// A line of words on a page.
#[derive(Clone, Debug)]
pub struct Words {
    /// Where it begins, and the line the characters stand on.
    pub at: [f64; 2],
    /// Height of the letters.
    pub size: f64,
    /// How long it is.
    pub width: f64,
    /// It is set in the face of titles or headings.
    pub is_strong: bool,
    /// The characters.
    pub text: String,
}

/// The pages of the report as they will be printed with these fonts.
///
/// # Errors
/// The same for which there would be no PDF.
pub fn pages(book: &Book, fonts: &Fonts) -> Result<Vec<Preview>, ExportError> {
    let laid = super::laid_out(book, fonts)?;
    let strong = [Style::Title, Style::Heading].map(|style| fonts.face_of(style));
    let plain = [Style::Body, Style::Table].map(|style| fonts.face_of(style));
    let is_strong = |face: usize| strong.contains(&face) && !plain.contains(&face);
    let page = |sheet: super::mark::Sheet| {
        let mut page = Preview {
            size: [sheet.page.width, sheet.page.height],
            words: Vec::new(),
            frames: Vec::new(),
            pictures: sheet.pictures.into_iter().map(|drawing| (drawing.picture, drawing.at.into(), drawing.scale)).collect(),
            watermark: None,
        };
        for mark in sheet.furniture.into_iter().chain(sheet.marks) {
            match mark {
                Mark::Text { x, baseline, size, line } => page.words.push(Words {
                    at: [x, baseline],
                    size,
                    width: line.width(),
                    is_strong: line.glyphs.first().is_some_and(|glyph| is_strong(glyph.face)),
                    text: line.text,
                }),
                Mark::Frame { x, y, width, height } => page.frames.push([x, y, width, height]),
                Mark::Watermark(line) => page.watermark = Some((line.text, WATERMARK_SIZE)),
            }
        }
        page
    };
    Ok(laid.pages.into_iter().map(page).collect())
}
