//! The single values of a report: what a difference, a merge and the log speak of.

use std::collections::BTreeMap;

use super::{CellId, Entry, Ground, LastYear, Reason, ReasonKey, SectionId, Totals};

/// One thing of a report that holds a value. Items are ordered as they are read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The agency's full name.
    Agency,
    /// Whether totals are typed or computed.
    Totals,
    /// A cell.
    Cell(CellId),
    /// The control figure of a total.
    Control(CellId),
    /// A text chapter.
    Text(SectionId),
    /// The written reason for a warning.
    Reason(ReasonKey),
    /// Last year's report.
    LastYear,
    /// Changed thresholds, and the form it was moved from.
    Ground,
}

/// What an item holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The agency's name, a text chapter; empty for none.
    Text(String),
    /// Where totals come from.
    Totals(Totals),
    /// What stands in a cell, or as a control figure.
    Entry(Entry),
    /// A reason, if one is written.
    Reason(Option<Reason>),
    /// What is known of last year.
    LastYear(LastYear),
    /// What the draft rests on.
    Ground(Ground),
}

impl Value {
    /// There is none: a blank cell, an empty chapter, no reason.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Totals(totals) => *totals == Totals::default(),
            Self::Entry(entry) => entry.is_blank(),
            Self::Reason(reason) => reason.is_none(),
            Self::LastYear(last) => *last == LastYear::Unknown,
            Self::Ground(ground) => ground.is_empty(),
        }
    }

    /// What was written in words, if anything was.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Reason(reason) => reason.as_ref().map(|reason| &*reason.text),
            Self::Totals(_) | Self::Entry(_) | Self::LastYear(_) | Self::Ground(_) => None,
        }
    }
}

/// Some of a report's values.
pub type Values = BTreeMap<Item, Value>;

/// An item that holds another value than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: Item,
    /// What it held.
    pub old: Value,
    /// What it holds now.
    pub new: Value,
}
