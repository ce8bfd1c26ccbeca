//! What came out: figures with their lines, questions, remarks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::doubt::{Doubt, Remark};
use super::error::Family;
use super::layout::Column;
use crate::model::CellId;

/// A line of a register: places of file and sheet from 0, its number in the file from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// File, from 0.
    pub file: usize,
    /// Sheet in the file, from 0.
    pub sheet: usize,
    /// Line, from 1.
    pub line: u32,
}

/// How far a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In the certain figures.
    Certain,
    /// In the figures with proposals; the office has to confirm.
    Proposed,
    /// In no figure: the office has to answer.
    Open,
    /// Nowhere, for this reason.
    Nowhere(&'static str),
}

/// A request or case as it was read.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its line.
    pub place: Place,
    /// Request or case.
    pub family: Family,
    /// Its number as typed.
    pub number: Box<str>,
    /// Its day of receipt, also a proposed one.
    pub received: Option<Date>,
    /// The day of its answer or decision, also a proposed one.
    pub answered: Option<Date>,
    /// Requests on the line.
    pub count: u32,
    /// How far it counts.
    pub state: State,
    /// The cells it feeds, without sums; proposed ones where it is [`State::Proposed`].
    pub cells: Vec<CellId>,
}

/// One cell: `25 = 23 ＋ 2 待确认`.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// From lines that are certain.
    pub certain: u32,
    /// With the lines that are proposed.
    pub proposed: u32,
    /// The lines of `certain`.
    pub lines: Vec<Place>,
    /// The lines that `proposed` has beyond them.
    pub proposed_lines: Vec<Place>,
}

/// Something the office has to answer, for all lines it is the same for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub doubt: Doubt,
    /// The word, date or ending it is about, as typed.
    pub word: String,
    /// Key of the row or column proposed, or a day.
    pub proposal: Option<String>,
    /// Lines, in order.
    pub lines: Vec<Place>,
}

/// Something to be told about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarked {
    /// The line.
    pub place: Place,
    /// Name in JSON.
    pub code: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What it is.
    pub why: String,
}

impl Remarked {
    pub(super) fn new(place: Place, remark: Remark, why: String) -> Self {
        Self { place, code: remark.code(), name: remark.name(), why }
    }
}

/// A word of the register with what it counts as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub text: String,
    /// Lines that have it.
    pub num_lines: u32,
    /// Keys of rows or columns; the first is taken or proposed.
    pub keys: Vec<Box<str>>,
    /// It is certain.
    pub is_certain: bool,
}

/// A sheet with its columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// File and sheet, from 0.
    pub file: usize,
    /// Sheet in the file, from 0.
    pub sheet: usize,
    /// Requests or cases.
    pub family: Family,
    /// Columns with samples.
    pub columns: Vec<Column>,
    /// Agency in the title, if it is named there.
    pub agency: Option<String>,
    /// Year of dates without one, if it is known.
    pub year: Option<i16>,
}

/// How far the count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Which column holds what is not settled.
    Columns,
    /// Words are to be confirmed.
    Words,
    /// Single lines are to be answered.
    Questions,
    /// Every figure is certain.
    Figures,
}

/// Everything that follows from the registers and the answers.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Lines of all files.
    pub num_lines: u32,
    /// Requests and cases, those of other years too; doubles once, proposals taken.
    pub num_requests: u32,
    /// Every cell that a register was given for.
    pub figures: BTreeMap<CellId, Figure>,
    /// Requests received in the year by the way they came in, keys of [`crate::model::WAYS`]; certain ones alone.
    pub ways: BTreeMap<Box<str>, Figure>,
    /// Such requests whose way is not written, or not understood.
    pub num_wayless: u32,
    /// In the order of lines.
    pub questions: Vec<Question>,
    /// In the order of lines.
    pub remarks: Vec<Remarked>,
    /// Every request and case.
    pub items: Vec<Item>,
    /// Sheets that are registers.
    pub tables: Vec<Table>,
    /// Words of outcomes and results, the most frequent first.
    pub words: Vec<Word>,
}

impl Counted {
    /// How far it is: the first of the four steps that has something open.
    pub fn stage(&self) -> Stage {
        let has = |doubts: &[Doubt]| self.questions.iter().any(|question| doubts.contains(&question.doubt));
        if has(&[Doubt::ReceiptColumn]) {
            Stage::Columns
        } else if has(&[Doubt::ResultProposed, Doubt::ResultUnknown, Doubt::KindAmbiguous, Doubt::TwoOutcomes]) {
            Stage::Words
        } else if self.questions.iter().any(|question| !question.lines.is_empty()) {
            Stage::Questions
        } else {
            Stage::Figures
        }
    }

    /// The line as it was read.
    pub fn item(&self, place: Place) -> Option<&Item> {
        self.items.iter().find(|item| item.place == place)
    }
}
