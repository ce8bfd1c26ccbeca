//! What can be typed and what must hold, as data: a statutory form with its chapters, tables, cells and rules.
//! A form is read once from RON (`schema`), checked (`load`) and never changes.

pub mod catalog;
mod common;
mod doubt;
mod formula;
mod limits;
mod load;
mod names;
mod older;
mod report;
mod ron_words;
pub mod schema;
pub mod spelling;
mod table;
pub mod wording;
mod wrong;

use std::collections::HashMap;

pub use catalog::Catalog;
pub use doubt::certain;
pub use formula::{Comparison, Relation, Side, Term};
pub use load::FormError;
pub use older::{Fate, Older};
pub use report::Report;
pub use ron_words::explain;
pub use schema::{Align, Basis, FirstYear, Need, Severity};
pub use table::{Head, Slot, Table};

use crate::model::{CellId, Draft, Fingerprint, Kind, SectionId, Thresholds};

/// A statutory form.
#[derive(Debug)]
pub struct Form {
    /// Stable id: `F2021`.
    pub id: Box<str>,
    /// What offices call it.
    pub name: Box<str>,
    /// The notice that ordered it.
    pub document: Box<str>,
    /// First and last report year.
    pub years: (u16, Option<u16>),
    /// Chapters in printed order.
    pub chapters: Vec<Chapter>,
    /// What may stand before the first of them, numbered 0; it is no chapter and has no title on paper.
    pub preamble: Chapter,
    /// Tables in printed order.
    pub tables: Vec<Table>,
    /// Cells in form order: table by table, row by row.
    pub cells: Vec<Cell>,
    /// Rules in the order of their ids.
    pub rules: Vec<Rule>,
    /// Every rule at every line it is checked on, in rule order.
    pub checks: Vec<Check>,
    /// What it says of older forms.
    pub older: Vec<Older>,
    /// Words of its text chapters, beside those that come with the program.
    pub wordings: wording::Wordings,
    /// SM3 of the form's file and of the common rules it takes: what labels and rules a report was signed under.
    pub hash: Fingerprint,
    /// Thresholds that are others than the file's own.
    pub thresholds: Thresholds,
    /// Name and text of its file, to load it anew with other thresholds.
    source: (Box<str>, Box<str>),
    /// It came from a file beside the program or named by `--forms`, not with the program.
    pub is_foreign: bool,
    by_key: HashMap<Box<str>, CellId>,
    checks_of: Vec<Vec<CheckId>>,
}

/// One numbered chapter of the report.
#[derive(Debug)]
pub struct Chapter {
    /// Number, from 1; 0 of the preamble.
    pub no: u8,
    /// Printed title with its number.
    pub title: Box<str>,
    /// Short name without its number.
    pub short: Box<str>,
    /// What it asks for.
    pub help: Box<str>,
    /// Where `help` is written down.
    pub source: Box<str>,
    /// Text or table.
    pub body: Body,
}

/// What a chapter consists of.
#[derive(Debug)]
pub enum Body {
    /// Free text under these suggested headings.
    Text(SectionId, Vec<Box<str>>),
    /// The table at this place in [`Form::tables`].
    Table(usize),
}

/// One cell to fill.
#[derive(Debug)]
pub struct Cell {
    /// Stable key: `deny3.sum`.
    pub key: Box<str>,
    /// What may be typed.
    pub kind: Kind,
    /// What is counted.
    pub unit: Box<str>,
    /// Place of its table in [`Form::tables`].
    pub table: usize,
    /// Row and column of its first grid slot.
    pub at: (usize, usize),
    /// Columns it spans.
    pub cols: usize,
    /// Name for messages and screen readers: `表三 商业企业 三（三）1.属于国家秘密`.
    pub label: Box<str>,
    /// All heads it stands under, rows first, outermost first.
    pub path: Box<str>,
    /// What the figure means.
    pub help: Box<str>,
    /// Article or notice that says so.
    pub source: Box<str>,
    /// The check whose left side is this cell alone, if it is a total.
    pub total: Option<CheckId>,
}

/// A check of its form, by its place in [`Form::checks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(u16);

impl CheckId {
    /// The place in [`Form::checks`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A rule (勾稽关系), written once; everything said or shown about it comes from here.
#[derive(Debug)]
pub struct Rule {
    /// Stable id: `R01`.
    pub id: Box<str>,
    /// What a broken rule means for submission.
    pub severity: Severity,
    /// The kind of reason it rests on.
    pub basis: Basis,
    /// Where it is written down.
    pub source: Box<str>,
    /// The rule in the form's own words.
    pub says: Box<str>,
    /// What to look at first.
    pub hint: Box<str>,
    /// What to look at first where totals are computed, if that differs.
    pub hint_computed: Option<Box<str>>,
    /// The clerk's names of the two sides.
    pub sides: Option<(Box<str>, Box<str>)>,
    /// What it waits for, if it is switched off.
    pub needs: Option<Need>,
    /// Agencies it does not speak of, by the end of their name.
    pub unless_agency_ends: Vec<Box<str>>,
    /// What a broken rule means where last year's figures are not those of the published report, if that differs.
    pub unpublished: Option<Severity>,
    /// What the agency's first year means for it.
    pub first_year: FirstYear,
    /// It wants last year's report.
    pub is_across_years: bool,
    /// Figures of our own choosing that stand in it, as they are now.
    pub thresholds: Vec<(Box<str>, u32)>,
    /// What it says with the thresholds that came with the program, where an office has changed them.
    pub says_usually: Option<Box<str>>,
}

/// A rule at one line: a column, a row, a group or a cell.
#[derive(Debug)]
pub struct Check {
    /// Place of the rule in [`Form::rules`].
    pub rule: usize,
    /// Key of the line, or of the first cell: `nat`, `deny3`, `rev`, `a1.norm.total`.
    pub at: Box<str>,
    /// The line in words: `自然人`.
    pub line: Box<str>,
    /// How it is decided.
    pub test: Test,
    /// Checked only while this check waits.
    pub only_while_waiting: Option<CheckId>,
    /// Cells it speaks of, each once, in form order.
    pub cells: Vec<CellId>,
    /// Cells of last year's report it speaks of, each once, in form order.
    pub prior_cells: Vec<CellId>,
}

/// How a check is decided.
#[derive(Debug)]
pub enum Test {
    /// Broken when the comparison does not hold.
    Must(Comparison),
    /// Broken when all comparisons of one alternative hold.
    Flag(Vec<Vec<Comparison>>),
    /// Broken when the cell's text cannot be read.
    Readable(CellId),
    /// Broken when the control figure of this total differs from it.
    Control(CellId),
    /// Broken when the office's register gives another figure for this cell.
    Registered(CellId),
    /// Broken when all figures are last year's and at least so many of them are not zero.
    Repeats(u32),
    /// Broken when this chapter is, to this part in hundredths, made of last year's sentences.
    Copied(SectionId, u32),
}

impl Test {
    /// The comparisons it is decided by, in the order written; none for texts and control figures.
    pub fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        let (one, all) = match self {
            Self::Must(comparison) => (Some(comparison), [].as_slice()),
            Self::Flag(alternatives) => (None, alternatives.as_slice()),
            Self::Readable(_) | Self::Control(_) | Self::Registered(_) | Self::Repeats(_) | Self::Copied(..) => (None, [].as_slice()),
        };
        one.into_iter().chain(all.iter().flatten())
    }

    /// The sum of this year's cells that must hold, if the test is one.
    pub fn equation(&self) -> Option<&Comparison> {
        match self {
            Self::Must(comparison) if comparison.relation == Relation::Equal && !comparison.is_across_years() => Some(comparison),
            _ => None,
        }
    }
}

impl Form {
    /// The cell with this key.
    pub fn cell_by_key(&self, key: &str) -> Option<CellId> {
        self.by_key.get(key).copied()
    }

    /// The name of the cell with this key; none where there is no such cell.
    pub fn label_of(&self, key: &str) -> Option<&str> {
        self.cell_by_key(key).map(|cell| &*self.cell(cell).label)
    }

    /// The cell at this place. Ids come from this form, so there is one.
    #[expect(clippy::indexing_slicing, reason = "a CellId is only made by the form it belongs to")]
    pub fn cell(&self, cell: CellId) -> &Cell {
        &self.cells[cell.index()]
    }

    /// All cells with their ids, in form order.
    pub fn cells(&self) -> impl Iterator<Item = (CellId, &Cell)> {
        self.cells.iter().enumerate().filter_map(|(index, cell)| Some((CellId::new(index)?, cell)))
    }

    /// The check at this place.
    #[expect(clippy::indexing_slicing, reason = "a CheckId is only made by the form it belongs to")]
    pub fn check(&self, check: CheckId) -> &Check {
        &self.checks[check.index()]
    }

    /// All checks with their ids, in rule order.
    pub fn checks(&self) -> impl Iterator<Item = (CheckId, &Check)> {
        self.checks.iter().enumerate().filter_map(|(index, check)| Some((CheckId(u16::try_from(index).ok()?), check)))
    }

    /// The rule a check belongs to.
    #[expect(clippy::indexing_slicing, reason = "a check is only made beside its rule")]
    pub fn rule(&self, check: &Check) -> &Rule {
        &self.rules[check.rule]
    }

    /// The checks that speak of a cell, in rule order.
    pub fn checks_of(&self, cell: CellId) -> &[CheckId] {
        self.checks_of.get(cell.index()).map_or(&[], Vec::as_slice)
    }

    /// The chapter with this number.
    pub fn chapter(&self, no: u8) -> Option<&Chapter> {
        [&self.preamble].into_iter().chain(&self.chapters).find(|chapter| chapter.no == no)
    }

    /// The chapter that a cell stands in.
    pub fn chapter_of(&self, cell: CellId) -> u8 {
        self.tables.get(self.cell(cell).table).map_or(0, |table| table.chapter)
    }

    /// The text chapters in printed order.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, &Chapter)> {
        self.chapters.iter().filter_map(|chapter| match chapter.body {
            Body::Text(section, _) => Some((section, chapter)),
            Body::Table(_) => None,
        })
    }

    /// The same behind the preamble: every text that a draft may have.
    pub fn texts(&self) -> impl Iterator<Item = (SectionId, &Chapter)> {
        [(SectionId::PREAMBLE, &self.preamble)].into_iter().chain(self.sections())
    }

    /// What becomes of a cell of another form, and the keys on this form that it goes to, or may go to.
    pub fn fate(&self, form: &str, key: &str) -> (Fate, Vec<String>) {
        older::fate(&self.older, form, key)
    }

    /// Of an office's thresholds those that this form has.
    pub fn own_thresholds(&self, thresholds: &Thresholds) -> Thresholds {
        let of = |rule: &Rule, name: &str| format!("{}.{name}", rule.id);
        let has = |key: &str| self.rules.iter().any(|rule| rule.thresholds.iter().any(|(name, _)| of(rule, name) == key));
        thresholds.iter().filter(|(key, _)| has(key)).map(|(key, value)| (key.clone(), *value)).collect()
    }

    /// An empty draft on this form.
    pub fn draft(&self, agency: String, year: u16) -> Draft {
        Draft::new(&self.id, agency, year, self.cells.len())
    }

    /// The form applies to this report year.
    pub fn covers(&self, year: u16) -> bool {
        self.years.0 <= year && self.years.1.is_none_or(|last| year <= last)
    }
}
