//! The RON schema of a form file (`assets/forms/*.ron`), field by field. Nothing here is checked beyond its shape;
//! `load` turns it into a [`Form`](crate::form::Form) or says what is wrong with it.
//!
//! Tables are written as they are printed: row by row, left to right, each head with the rows and columns it spans,
//! just as in an HTML table. Positions follow from that and are never typed.

use serde::Deserialize;

use super::wording::Wordings;
use crate::model::Kind;

/// A whole form: what can be typed, and what must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// Stable id, written into drafts: `F2019`.
    pub id: String,
    /// What offices call it: `2021年格式`.
    pub name: String,
    /// The notice that ordered the form.
    pub document: String,
    /// First and last report year it applies to; the last is open while the form is in force.
    pub years: (u16, Option<u16>),
    /// The chapters in printed order.
    pub chapters: Vec<ChapterFile>,
    /// Ids of the rules it takes from `assets/rules/common.ron`; then all its rules come in the order of their ids.
    #[serde(default)]
    pub common: Vec<String>,
    /// What must hold besides, in the order findings are listed.
    pub rules: Vec<RuleFile>,
    /// Where the cells of older forms go.
    #[serde(default)]
    pub older: Vec<OlderFile>,
    /// Words of the text chapters that the program does not know, or knows in another meaning.
    #[serde(default)]
    pub wordings: Wordings,
}

/// Where the cells of an older form go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OlderFile {
    /// Id of the older form.
    pub form: String,
    /// Cells that do not keep their key; `*` at the end of a key stands for any rest: `other.*`.
    pub moves: Vec<MoveFile>,
}

/// Where some cells go.
#[derive(Debug, Deserialize)]
pub enum MoveFile {
    /// From, to.
    Renamed(String, String),
    /// All from, to.
    Summed(Vec<String>, String),
    /// From, to any of these, why a person has to say.
    Split(String, Vec<String>, String),
    /// These have no place, and where else they are told.
    Gone(Vec<String>, String),
}

/// One numbered chapter of the report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChapterFile {
    /// Number, from 1; also the key of a text chapter in drafts and JSON.
    pub no: u8,
    /// Printed title with its number: `一、总体情况`.
    pub title: String,
    /// Name on the rail, where the whole title does not fit: `总体情况`.
    pub short: String,
    /// What the chapter asks for, and by which article.
    pub help: String,
    /// Where `help` is written down.
    pub source: String,
    /// A table or a text.
    pub body: BodyFile,
}

/// What a chapter consists of.
#[derive(Debug, Deserialize)]
pub enum BodyFile {
    /// Free text, with the headings that the notice asks for (may be none).
    Text(Vec<String>),
    /// A statutory table.
    Table(TableFile),
}

/// A statutory table as printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFile {
    /// Stable id: `T3`.
    pub id: String,
    /// Name in messages and for screen readers: `表三`.
    pub name: String,
    /// Relative widths of the grid's columns; their number is the number of columns.
    pub widths: Vec<u16>,
    /// Rows at the top that repeat when the table breaks across pages.
    pub head_rows: usize,
    /// The columns that a `Line` runs through, in printed order; empty where there are no lines.
    #[serde(default)]
    pub columns: Vec<ColumnFile>,
    /// Rows from top to bottom.
    pub rows: Vec<Vec<ItemFile>>,
}

/// One column of a table made of lines.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnFile {
    /// Second half of the cell keys: `nat`.
    pub key: String,
    /// Who or what is counted here.
    pub help: String,
}

/// One thing in a row of a table, placed in the next free grid slot.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ItemFile {
    /// Printed words.
    Head {
        /// The words, character for character.
        text: String,
        /// Rows spanned.
        #[serde(default = "one")]
        rows: usize,
        /// Columns spanned.
        #[serde(default = "one")]
        cols: usize,
        /// How the words stand in the head.
        #[serde(default)]
        align: Align,
    },
    /// One cell to fill.
    Cell {
        /// Stable key: `a1.reg.made`.
        key: String,
        /// What may be typed.
        kind: Kind,
        /// What is counted: `件`, `项`, `元`, `万元`.
        unit: String,
        /// Columns spanned.
        #[serde(default = "one")]
        cols: usize,
        /// What the figure means.
        help: String,
        /// Article or notice that defines it.
        source: String,
    },
    /// One count in each of the table's columns: keys `{key}.{column}`.
    Line {
        /// First half of the cell keys: `deny1`.
        key: String,
        /// What is counted: `件`.
        unit: String,
        /// What the row means.
        help: String,
        /// Article or notice that defines it.
        source: String,
    },
}

impl ItemFile {
    /// What it is called in the file: its words or its key.
    pub fn name(&self) -> &str {
        match self {
            Self::Head { text, .. } => text,
            Self::Cell { key, .. } | Self::Line { key, .. } => key,
        }
    }
}

fn one() -> usize {
    1
}

/// How printed words stand in their head.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub enum Align {
    /// Centred.
    #[default]
    Center,
    /// At the left edge.
    Left,
}

/// A rule (勾稽关系): what must hold, or what is worth a second look.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Stable id, never reused: `R01`.
    pub id: String,
    /// What a broken rule means for submission.
    pub severity: Severity,
    /// What kind of reason the rule rests on.
    pub basis: Basis,
    /// Where it is written down, or `自定阈值` where the threshold is our own.
    pub source: String,
    /// The rule in the form's own words.
    pub says: String,
    /// What to look at first when it is broken.
    pub hint: String,
    /// What to look at first where totals are computed, if that differs: no one need check what the program reckons.
    #[serde(default)]
    pub hint_computed: Option<String>,
    /// What `*` in the formula stands for.
    #[serde(default)]
    pub each: Each,
    /// The formula; see `formula` for how it is written.
    pub test: Test,
    /// The clerk's names for the two sides, where the cells' own labels would be too long.
    #[serde(default)]
    pub sides: Option<(String, String)>,
    /// Checked only while this rule is waiting for blank cells on the same line.
    #[serde(default)]
    pub only_while_waiting: Option<String>,
    /// Not applicable to agencies whose name ends in one of these.
    #[serde(default)]
    pub unless_agency_ends: Vec<String>,
    /// What it means where last year's figures are not those of the published report, if that differs.
    #[serde(default)]
    pub unpublished: Option<Severity>,
    /// What the agency's first year means for it.
    #[serde(default)]
    pub first_year: FirstYear,
    /// Figures of our own choosing that stand in formula and words as `{name}`.
    #[serde(default)]
    pub thresholds: Vec<(String, u32)>,
}

/// What an agency's first year means for a rule.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub enum FirstYear {
    /// Nothing.
    #[default]
    Any,
    /// It speaks of first years alone.
    Only,
    /// It does not speak of them.
    Never,
}

/// What a broken rule means. Order: the graver comes first.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 强制性: blocks submission.
    Error,
    /// 核实性: wants a written reason.
    Warning,
    /// 提示: good to know.
    Info,
}

/// The reason a rule rests on (domain.md §2).
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Basis {
    /// Printed on the form itself.
    Printed,
    /// Plain arithmetic.
    Arithmetic,
    /// Follows from what the figures mean.
    Logical,
    /// One table against another.
    CrossTable,
    /// This year against last year.
    CrossYear,
    /// Plausibility; the threshold is ours.
    Plausibility,
    /// A provision of law.
    Legal,
}

/// What `*` in a rule's formula stands for; the rule is checked once for each.
#[derive(Debug, Default, Deserialize)]
pub enum Each {
    /// The formula has no `*`.
    #[default]
    Once,
    /// Every column key of the table with this id.
    Columns(String),
    /// Every line key of the table with this id.
    Lines(String),
    /// These groups, with the words that name them: key, name.
    Groups(Vec<(String, String)>),
    /// These beginnings of keys; the finding is placed at its first cell.
    Items(Vec<String>),
}

/// How a rule is decided.
#[derive(Debug, Deserialize)]
pub enum Test {
    /// Broken when the formula does not hold.
    Must(String),
    /// Broken when the formula holds.
    Flag(String),
    /// Broken at every cell of these tables whose text cannot be read as what the cell holds.
    Readable(Vec<String>),
    /// Broken at every computed total whose control figure differs.
    Controls,
    /// Broken at every cell of these tables that the office's register gives another figure for.
    Registered(Vec<String>),
    /// Broken when all figures are last year's, on the same form, and at least as many as this threshold of them are not zero.
    Repeats(String),
    /// Broken at each of these chapters whose text is, to the part in hundredths of this threshold, made of last year's sentences.
    Copied(Vec<u8>, String),
    /// Cannot be decided yet.
    Needs(Need),
}

/// What a rule that is switched off waits for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Need {
    /// Last year's report.
    Prior,
    /// What kind of office this is.
    Profile,
}
