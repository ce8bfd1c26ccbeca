//! Reports of other years that are drawn beside the open one.

use crate::export::trend::Year;

/// What the page of pictures shows, and whether the pictures go along with the report.
#[derive(Debug, Default)]
pub struct Trend {
    /// It is on screen.
    pub is_open: bool,
    /// Years of which there is another report at hand, each once.
    pub others: Vec<OtherYear>,
    /// The pictures are put behind the report when it is exported.
    pub goes_along: bool,
}

/// A year of which a report is at hand.
#[derive(Clone, Debug)]
pub struct OtherYear {
    /// Its figures.
    pub year: Year,
    /// Where they come from, in words: `同一文件夹`.
    pub from: &'static str,
}
