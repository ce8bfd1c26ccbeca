//! Where a command leads and what it chooses between: lists on the right, what is compared with, targets.

use crate::form::Form;
use crate::model::{CellId, Draft, Item, ReasonKey, SectionId, Spot};

/// Which list stands on the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// 核对结果.
    #[default]
    Findings,
    /// 批注.
    Comments,
    /// 差异.
    Changes,
    /// 双录: cells that were keyed differently.
    Second,
}

impl List {
    /// All, from left to right.
    pub const ALL: [Self; 4] = [Self::Findings, Self::Comments, Self::Changes, Self::Second];

    /// The word on its tab.
    pub fn name(self) -> &'static str {
        match self {
            Self::Findings => "核对结果",
            Self::Comments => "批注",
            Self::Changes => "差异",
            Self::Second => "双录",
        }
    }
}

/// The card of a figure, open over a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureCard {
    /// The chapter.
    pub section: SectionId,
    /// A character of what it is about.
    pub at: usize,
    /// It stays until it is put away; else until the pointer leaves.
    pub is_by_key: bool,
}

/// The steps of a reading (审核三步).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// What the clerk explained.
    Explained,
    /// What moved since last year.
    Moves,
    /// What was checked and what was not.
    Before,
}

impl Reading {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Explained, Self::Moves, Self::Before];

    /// The words in the rail.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explained => "1　已说明的",
            Self::Moves => "2　与上年的差异",
            Self::Before => "3　通过前",
        }
    }

    /// The one after it; after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Explained => Self::Moves,
            Self::Moves => Self::Before,
            Self::Before => Self::Explained,
        }
    }
}

/// With what the report is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// With what this person has looked at.
    #[default]
    Seen,
    /// With what was last submitted.
    Submission,
    /// With last year's report.
    Prior,
}

impl Since {
    /// All, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Seen, Self::Submission, Self::Prior];

    /// The words in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seen => "从我上次看以后",
            Self::Submission => "自上次送审",
            Self::Prior => "与上年报告",
        }
    }
}

/// Which year the tables show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// This year's figures, to be filled in.
    #[default]
    ThisYear,
    /// Last year's, in the same cells.
    LastYear,
    /// How much this year's are more or less.
    Change,
}

impl Shown {
    /// All, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::ThisYear, Self::LastYear, Self::Change];

    /// The word on the switch.
    pub fn name(self) -> &'static str {
        match self {
            Self::ThisYear => "本年",
            Self::LastYear => "上年",
            Self::Change => "增减",
        }
    }
}

/// Where a list leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A cell.
    Cell(CellId),
    /// A text chapter, with a passage of it: first character and one past the last.
    Text(SectionId, Option<(usize, usize)>),
    /// A chapter.
    Chapter(u8),
    /// A finding.
    Finding(ReasonKey),
    /// The report as a whole: nowhere in particular.
    Report,
}

/// Which entry a cell takes that was keyed twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// 一录.
    First,
    /// 二录.
    Second,
}

/// Where a comment leads.
pub fn target_of_spot(spot: &Spot, draft: &Draft) -> Target {
    match spot {
        Spot::Report => Target::Report,
        Spot::Chapter(no) => Target::Chapter(*no),
        Spot::Cell(cell) | Spot::Row(cell) => Target::Cell(*cell),
        Spot::Finding(key) => Target::Finding(key.clone()),
        Spot::Passage { section, quote, .. } => {
            let at = spot.find_in(draft.section(*section));
            Target::Text(*section, at.map(|at| (at, at + quote.chars().count())))
        }
    }
}

/// Where a difference leads.
pub fn target_of_item(item: &Item) -> Target {
    match item {
        Item::Agency | Item::Totals | Item::LastYear | Item::Ground => Target::Report,
        Item::Cell(cell) | Item::Control(cell) => Target::Cell(*cell),
        Item::Text(section) => Target::Text(*section, None),
        Item::Reason(key) => Target::Finding(key.clone()),
    }
}

/// Places in the order they are read: chapter, then place in it.
pub fn order(form: &Form, target: &Target) -> (u8, usize) {
    match target {
        Target::Report => (0, 0),
        Target::Chapter(no) => (*no, 0),
        Target::Text(section, at) => (section.0, at.map_or(0, |(first, _)| first)),
        Target::Cell(cell) => (form.chapter_of(*cell), cell.index()),
        Target::Finding(_) => (u8::MAX, 0),
    }
}
