//! The account of a file that was received: every cell with where it stood, beside a draft in which the rest is filled by hand; and
//! the list of many such files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::work::Work;
use crate::form::Form;
use crate::import::{Account, Found, How, Received};
use crate::model::{CellId, Draft, Edit, Entry, Fingerprint};
use crate::read::At;
use crate::ui::command::account::Part;

/// How sure the figure in a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Read as it stands there.
    Read,
    /// It follows from the rules.
    Inferred,
    /// Read, and contradicted by a rule of the form: the source may be wrong, or the reading.
    Doubtful,
    /// No figure.
    Open,
    /// A person has typed it or said that it is right.
    Settled,
}

/// The account on screen.
#[derive(Debug)]
pub struct AccountPage {
    /// The file.
    pub path: PathBuf,
    /// What it is, byte for byte.
    pub digest: Fingerprint,
    /// What was read of it.
    pub received: Arc<Received>,
    /// Which of its reports is shown.
    pub which: usize,
    /// The report as a draft of nobody's, in which figures are typed.
    pub work: Work,
    /// Agency and year as they stand in their fields.
    pub agency: String,
    /// See there.
    pub year: String,
    /// The part on screen.
    pub part: Part,
    /// Only what was not read is listed.
    pub only_open: bool,
    /// Bring the marked place of the source into view.
    pub reveal: bool,
    /// What would be lost was said; the next Esc puts the account away.
    pub warned: bool,
    shown_for: Option<CellId>,
    right: BTreeSet<CellId>,
}

impl AccountPage {
    /// The first report of a file.
    pub fn new(path: PathBuf, digest: Fingerprint, received: Arc<Received>) -> Option<Self> {
        let account = received.accounts.first()?.clone();
        let mut page = Self {
            path,
            digest,
            received,
            which: 0,
            work: work_of(&account),
            agency: String::new(),
            year: String::new(),
            part: Part::Table(0),
            only_open: false,
            reveal: true,
            warned: false,
            shown_for: None,
            right: BTreeSet::new(),
        };
        page.turn_to(0);
        Some(page)
    }

    /// Shows the report at this place of the file, from its first cell that wants a look.
    pub fn turn_to(&mut self, which: usize) {
        let Some(account) = self.received.accounts.get(which) else { return };
        self.work = work_of(account);
        self.agency.clone_from(&account.agency);
        self.year = account.year.map_or_else(String::new, |year| year.to_string());
        (self.which, self.warned, self.shown_for) = (which, false, None);
        self.right.clear();
        let widest = (0..self.form().tables.len()).max_by_key(|table| self.form().cells.iter().filter(|cell| cell.table == *table).count());
        self.show(Part::Table(widest.unwrap_or_default()));
        self.step();
    }

    /// The account.
    pub fn account(&self) -> Option<&Account> {
        self.received.accounts.get(self.which)
    }

    /// Its form.
    pub fn form(&self) -> &Form {
        self.work.session.form()
    }

    /// What was found of a cell.
    pub fn found(&self, cell: CellId) -> Option<&Found> {
        self.account()?.found(cell)
    }

    /// Shows a part and gives it the keyboard.
    pub fn show(&mut self, part: Part) {
        self.part = part;
        if let Part::Table(table) = part {
            self.work.show_table(table);
        } else {
            self.work.commit();
        }
        self.reveal = true;
    }

    /// The part before or behind the one on screen.
    pub fn turn(&mut self, forward: bool) {
        let tables = (0..self.form().tables.len()).map(Part::Table);
        let parts: Vec<Part> = tables.chain([Part::Texts, Part::Rest]).collect();
        let at = parts.iter().position(|part| *part == self.part).unwrap_or_default();
        let next = if forward { at + 1 } else { at + parts.len() - 1 } % parts.len();
        if let Some(part) = parts.get(next) {
            self.show(*part);
        }
    }

    /// The cell with the cursor, where a table is on screen.
    pub fn cell(&self) -> Option<CellId> {
        matches!(self.part, Part::Table(_)).then(|| self.work.focused_cell()).flatten()
    }

    /// The cursor has come to another cell since this was asked last.
    pub fn has_moved(&mut self) -> bool {
        let cell = self.cell();
        let has_moved = self.shown_for != cell;
        self.shown_for = cell;
        has_moved || std::mem::take(&mut self.reveal)
    }

    /// How sure a cell is.
    pub fn certainty(&self, cell: CellId) -> Certainty {
        let Some(found) = self.found(cell) else { return Certainty::Open };
        if self.right.contains(&cell) || *self.work.session.draft().entry(cell) != found.entry {
            return Certainty::Settled;
        }
        match found.how {
            How::Read | How::Inferred if !found.doubts.is_empty() => Certainty::Doubtful,
            How::Read => Certainty::Read,
            How::Inferred => Certainty::Inferred,
            How::Empty | How::Unreadable | How::Missing => Certainty::Open,
        }
    }

    /// How many cells of the form, or of one table, are so.
    pub fn num(&self, certainty: Certainty, table: Option<usize>) -> usize {
        let of = |cell: &(CellId, usize)| table.is_none_or(|table| table == cell.1) && self.certainty(cell.0) == certainty;
        self.form().cells().map(|(cell, spec)| (cell, spec.table)).filter(of).count()
    }

    /// Cells that want a look, in form order.
    pub fn wanting(&self) -> Vec<CellId> {
        let wants = |cell: &CellId| matches!(self.certainty(*cell), Certainty::Open | Certainty::Doubtful);
        self.form().cells().map(|(cell, _)| cell).filter(wants).collect()
    }

    /// Goes to the next cell that wants a look; whether there is one.
    pub fn step(&mut self) -> bool {
        self.work.commit();
        let (here, wanting) = (self.cell(), self.wanting());
        let next = wanting.iter().find(|cell| here.is_some_and(|here| **cell > here)).or(wanting.first()).copied();
        if let Some(cell) = next {
            self.go_to(cell);
        }
        next.is_some()
    }

    /// Puts the cursor on a cell.
    pub fn go_to(&mut self, cell: CellId) {
        self.part = Part::Table(self.form().cell(cell).table);
        self.work.go_to(cell);
        self.reveal = true;
    }

    /// The figure of this cell is right as it was read.
    pub fn is_right(&mut self, cell: CellId) {
        self.right.insert(cell);
    }

    /// The cell whose figure was taken from this place of the source.
    pub fn cell_from(&self, piece: usize, at: At) -> Option<CellId> {
        let stands_there = |found: &Found| found.place.as_ref().is_some_and(|place| place.piece == piece && place.at == Some(at));
        let account = self.account()?;
        account.form.cells().zip(&account.cells).find(|(_, found)| stands_there(found)).map(|((cell, _), _)| cell)
    }

    /// Cells that a person has filled or changed.
    pub fn num_typed(&self) -> usize {
        let is_other = |cell: CellId, found: &Found| *self.work.session.draft().entry(cell) != found.entry;
        self.account()
            .map_or(0, |account| account.form.cells().zip(&account.cells).filter(|((cell, _), found)| is_other(*cell, found)).count())
    }

    /// Cells with a figure.
    pub fn num_filled(&self) -> usize {
        self.work.session.draft().entries().iter().filter(|entry| matches!(entry, Entry::Whole(_) | Entry::Money(_))).count()
    }

    /// The year in its field, where it is one that the form covers; else why not, in words.
    ///
    /// # Errors
    /// No year, or one of another form.
    pub fn checked_year(&self) -> Result<u16, String> {
        let year: u16 = self.year.trim().parse().map_err(|_no_year| "请先写明报告年度".to_owned())?;
        let form = self.form();
        if form.covers(year) {
            Ok(year)
        } else {
            Err(format!("{year} 年的报告不用这种表样（{}），请核对年度", form.name))
        }
    }

    /// The report as it stands here.
    pub fn draft(&self, year: u16) -> Draft {
        let mut draft = self.work.session.draft().clone();
        draft.apply(Edit::agency(self.agency.trim().to_owned()));
        draft.year = year;
        // What nobody sees on the page is not taken along.
        Account::clean(&mut draft);
        draft
    }
}

fn work_of(account: &Account) -> Work {
    Work::new(Arc::clone(&account.form), account.draft(), None)
}

/// How far a file of the list has come.
#[derive(Clone, Debug)]
pub enum Fate {
    /// Not yet read.
    Waits,
    /// Being read.
    Reads,
    /// A draft of ours: opened, not imported.
    Draft,
    /// Read: a line for each report in it.
    Read(Vec<Line>),
    /// Not read: why.
    Refused(String),
}

/// What is said of a report in one line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Agency and year.
    pub name: String,
    /// Cells read or inferred.
    pub num_figures: usize,
    /// Cells without a figure.
    pub num_open: usize,
    /// Figures that a rule contradicts.
    pub num_doubtful: usize,
}

impl Line {
    /// What is to be said of an account.
    pub fn of(account: &Account) -> Self {
        let year = account.year.map_or_else(|| "没有写明年度".to_owned(), |year| format!("{year} 年"));
        let agency = if account.agency.is_empty() { "没有写明单位" } else { &account.agency };
        Self {
            name: format!("{agency}　{year}"),
            num_figures: account.num(How::Read) + account.num(How::Inferred),
            num_open: account.open().count(),
            num_doubtful: account.cells.iter().filter(|found| found.how.has_figure() && !found.doubts.is_empty()).count(),
        }
    }
}

/// Many files that are read one after the other.
#[derive(Debug, Default)]
pub struct Batch {
    /// Each file, and how far it has come.
    pub files: Vec<(PathBuf, Fate)>,
    /// The file whose line has the cursor.
    pub at: usize,
    /// Nothing more is read.
    pub is_over: bool,
}

impl Batch {
    /// How many are done.
    pub fn num_done(&self) -> usize {
        self.files.iter().filter(|(_, fate)| !matches!(fate, Fate::Waits | Fate::Reads)).count()
    }
}
