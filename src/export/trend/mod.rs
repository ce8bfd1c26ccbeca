//! Several years of one agency side by side (趋势图): what is drawn and said of them, and writers for a page, a workbook; the
//! window and PNG paint the same [`Picture`].

mod bars;
mod chart;
mod page;
mod picture;
mod shares;
mod svg;
mod workbook;
mod year;

pub use chart::{Chart, Series, Shape, charts};
pub use page::page;
pub use picture::{Anchor, Fill, INK, Mark, Picture};
pub use svg::svg;
pub use workbook::workbook;
pub use year::Year;

/// The chart as a picture.
pub fn draw(chart: &Chart) -> Picture {
    match chart.shape {
        Shape::Bars => bars::draw(chart),
        Shape::Shares => shares::draw(chart),
    }
}
