//! Several years of one agency side by side (趋势图): what is drawn and said of them, and writers for a page, a workbook; the
//! window and PNG paint the same [`Picture`].

pub(super) mod annex;
mod bars;
mod chart;
pub(super) mod native;
mod page;
mod picture;
pub(super) mod proof;
mod shares;
mod svg;
mod workbook;
mod year;

pub use annex::append;
pub use chart::{Chart, Series, Shape, charts};
pub use page::page;
pub use picture::{Anchor, Fill, INK, Mark, Picture};
pub use svg::svg;
pub use workbook::workbook;
pub use year::{Year, in_order};

/// The chart as a picture.
pub fn draw(chart: &Chart) -> Picture {
    match chart.shape {
        Shape::Bars => bars::draw(chart),
        Shape::Shares => shares::draw(chart),
    }
}
