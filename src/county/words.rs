//! Words and thresholds of counties, as data: `assets/county/words.ron`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The file, read.
#[derive(Debug, Default, Deserialize)]
pub struct Words {
    /// Ends of names and how they are made alike.
    pub ends: Vec<(String, String)>,
    /// Ends of names of bodies that are run from above.
    pub vertical: Vec<String>,
    /// When a figure is odd.
    pub odd: Odd,
}

/// Thresholds of what is odd among a cell's units.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Odd {
    /// Times last year's amount from which on it was typed in another unit.
    pub slip_over_last: i64,
    /// Times the middle of the others' amounts.
    pub slip_over_middle: i64,
    /// Times the largest of the others' amounts.
    pub slip_over_largest: i64,
    /// Fewest others that are not zero.
    pub slip_least_others: usize,
    /// Times last year's figure, or its part.
    pub jump_times: i64,
    /// Least difference from it.
    pub jump_least: i64,
    /// Times that two columns are farther from last year's as they stand than they are exchanged.
    pub exchanged_times: u64,
    /// Least that they are apart as they stand, all cells together.
    pub exchanged_least: u64,
}

/// The words that come with the program; a test reads them.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| ron::from_str(TEXT).unwrap_or_default());

/// The text of the file.
pub const TEXT: &str = include_str!("../../assets/county/words.ron");
