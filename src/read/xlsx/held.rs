//! A sheet and what stands in its cells.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{At, Span};

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Worksheet {
    /// Name of its tab.
    pub name: String,
    /// What stands in the cells that hold something.
    pub cells: BTreeMap<At, Held>,
    /// Words with a line through them, which do not count.
    pub struck: BTreeMap<At, String>,
    /// Cells that are computed.
    pub formulas: BTreeSet<At>,
    /// First slot and span of each merge.
    pub merges: Vec<(At, Span)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A number, typed or computed.
    Number(f64),
    /// Words, and everything else as a spreadsheet would show it: dates, percentages, errors.
    Text(String),
    /// A formula that no program has computed yet.
    Uncomputed,
}

impl Held {
    /// The words, a number as a computer writes it; empty for what is not computed.
    pub fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Uncomputed => String::new(),
        }
    }
}
