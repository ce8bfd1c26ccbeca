//! The office's register on screen: what was counted, what is answered so far, where the cursor is. With each answer everything is
//! counted anew.

use std::sync::Arc;

use super::ledger_lists::{Entry, Mark, Subject, entries, is_of};
use super::tallied::{Office, Tallied};
use crate::ledger::{Answers, Counted, Ledger, LedgerError, Question, Register, State, Task, Way};
use crate::model::{CellId, Draft, Edit, Ground};
use crate::ui::command::ledger::{Tab, Tally};

/// Ways to answer that are shown at a time: keys 1 to 8; 9 shows the next.
pub const WAYS: usize = 8;

/// The register on screen.
#[derive(Debug)]
pub struct LedgerPage {
    /// What was read, answered and counted.
    pub all: Tallied,
    /// The part on screen.
    pub tab: Tab,
    /// The entry with the cursor.
    pub at: usize,
    /// The list on screen.
    pub entries: Vec<Entry>,
    /// The first way shown.
    pub first_way: usize,
    /// A day as it stands in its field.
    pub typed: String,
    /// The cell whose lines are listed.
    pub of_cell: Option<CellId>,
    /// The register's figures are taken also where others were typed.
    pub replaces: bool,
    /// Bring the cursor into view.
    pub reveal: bool,
    /// What would be lost was said; the next Esc puts the page away.
    pub warned: bool,
    /// While everything is counted anew: what was asked for meanwhile.
    pub put_off: Option<Vec<Tally>>,
    /// The answers as they were before this reading.
    pub known: Answers,
    ledger: Arc<Ledger>,
    num_answered: usize,
}

/// A count with the answers it rests on.
pub type Recount = Result<(Answers, Counted), LedgerError>;

impl LedgerPage {
    /// Counts for the first time.
    ///
    /// # Errors
    /// No sheet is a register.
    pub fn new(office: Office, registers: Vec<Register>, answers: Answers) -> Result<Self, LedgerError> {
        let ledger = Arc::new(Ledger::shipped()?);
        let known = answers.clone();
        let answers = answers.for_registers(&registers);
        let counted = count(&ledger, &office, &registers, &answers)?;
        let tab = if counted.questions.is_empty() { Tab::Figures } else { Tab::Columns };
        let (entries, at) = (Vec::new(), 0);
        let mut page = Self {
            all: Tallied { office, registers: Arc::new(registers), answers, counted },
            tab,
            at,
            entries,
            ledger,
            first_way: 0,
            typed: String::new(),
            of_cell: None,
            replaces: false,
            reveal: true,
            warned: false,
            put_off: None,
            known,
            num_answered: 0,
        };
        page.show(tab);
        Ok(page)
    }

    /// Shows a part, from its first open entry.
    pub fn show(&mut self, tab: Tab) {
        (self.tab, self.of_cell) = (tab, None);
        self.list();
        self.go_to(self.first_open().unwrap_or(0));
    }

    /// Shows the lines of a cell, or all figures again with the cursor on that cell.
    pub fn show_lines(&mut self, cell: Option<CellId>) {
        let before = self.of_cell;
        (self.tab, self.of_cell) = (Tab::Figures, cell);
        self.list();
        let is_before = |entry: &Entry| before.is_some_and(|before| entry.subject == Subject::Cell(before));
        self.go_to(self.entries.iter().position(is_before).unwrap_or(0));
    }

    fn list(&mut self) {
        self.entries = entries(&self.all, self.tab, self.of_cell);
        self.at = self.at.min(self.entries.len().saturating_sub(1));
    }

    /// Puts the cursor on an entry.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.min(self.entries.len().saturating_sub(1));
        (self.first_way, self.reveal) = (0, true);
        self.typed.clear();
    }

    /// The entry with the cursor.
    pub fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.at)
    }

    /// The question under the cursor.
    pub fn question(&self) -> Option<&Question> {
        match self.entry()?.subject {
            Subject::Question(place) => self.all.counted.questions.get(place),
            _ => None,
        }
    }

    /// All ways to answer it.
    pub fn ways(&self) -> Vec<(String, Way)> {
        self.question().map_or_else(Vec::new, |question| self.all.counted.ways(&self.all.office.form, &self.all.registers, question))
    }

    /// Shows the next ways, or the first again.
    pub fn more_ways(&mut self) {
        let next = self.first_way + WAYS;
        self.first_way = if next < self.ways().len() { next } else { 0 };
    }

    /// The answers with this way, counted from the first one shown; none where there is no such way.
    pub fn chosen(&self, place: usize) -> Option<Answers> {
        let (_, way) = self.ways().into_iter().nth(self.first_way + place)?;
        self.answered(way)
    }

    /// The answers with the day that was typed.
    ///
    /// # Errors
    /// It is no day.
    pub fn typed_day(&self) -> Result<Option<Answers>, LedgerError> {
        let way = self.question().and_then(|question| self.all.counted.dated(&self.all.registers, question, &self.typed));
        let no_day = || LedgerError::Answers(format!("“{}”不是日期，请写成 2025-03-05", self.typed));
        Ok(self.answered(way.ok_or_else(no_day)?))
    }

    /// The answers with every proposal for a word that is in the list.
    pub fn adopted(&self) -> Answers {
        let proposed = |question: &&Question| question.proposal.is_some() && is_of(Tab::Words, question.doubt);
        let mut answers = self.all.answers.clone();
        for question in self.all.counted.questions.iter().filter(proposed) {
            if let Some((_, way)) = self.all.counted.ways(&self.all.office.form, &self.all.registers, question).into_iter().next() {
                answers.take(&self.all.registers, question, way);
            }
        }
        answers
    }

    fn answered(&self, way: Way) -> Option<Answers> {
        let mut answers = self.all.answers.clone();
        answers.take(&self.all.registers, self.question()?, way);
        Some(answers)
    }

    /// Counts everything anew with these answers; on a thread, for registers may be long.
    pub fn recount(&self, answers: Answers) -> impl FnOnce() -> Recount + Send + 'static {
        let (ledger, registers, office) = (Arc::clone(&self.ledger), Arc::clone(&self.all.registers), self.all.office.clone());
        move || {
            let counted = count(&ledger, &office, &registers, &answers)?;
            Ok((answers, counted))
        }
    }

    /// Shows what was counted anew, and goes on to what is open next.
    pub fn take_count(&mut self, (answers, counted): (Answers, Counted)) {
        (self.all.answers, self.all.counted) = (answers, counted);
        (self.num_answered, self.warned) = (self.num_answered + 1, false);
        self.list();
        self.step();
    }

    /// Some figure is settled, and nothing is being counted.
    pub fn is_takable(&self) -> bool {
        self.put_off.is_none() && self.all.counted.figures.len() > self.all.counted.waiting(&self.all.office.form).len()
    }

    /// Goes to what is open next, here or in the steps after; to the figures where nothing is.
    pub fn step(&mut self) {
        if let Some(at) = self.next_open() {
            return self.go_to(at);
        }
        let open = [Tab::Columns, Tab::Words, Tab::Questions].into_iter().find(|tab| self.num_open(*tab) > 0);
        self.show(open.unwrap_or(Tab::Figures));
    }

    fn first_open(&self) -> Option<usize> {
        self.entries.iter().position(|entry| matches!(entry.mark, Mark::Open | Mark::Proposed))
    }

    fn next_open(&self) -> Option<usize> {
        let is_open = |at: &usize| self.entries.get(*at).is_some_and(|entry| matches!(entry.subject, Subject::Question(_)));
        let all = self.entries.len();
        (self.at + 1..all).chain(0..=self.at).find(is_open).filter(|_| self.tab != Tab::Figures)
    }

    /// Questions of a step.
    pub fn num_open(&self, tab: Tab) -> usize {
        self.all.counted.questions.iter().filter(|question| is_of(tab, question.doubt) && !question.lines.is_empty()).count()
    }

    /// Lines that are so.
    pub fn num(&self, is_meant: impl Fn(State) -> bool) -> usize {
        self.all.counted.items.iter().filter(|item| is_meant(item.state)).count()
    }

    /// Something was answered that is not in a file yet.
    pub fn has_answers(&self) -> bool {
        self.num_answered > 0
    }

    /// The answers for their file: each new one dated with the report year.
    pub fn dated_answers(&self) -> Answers {
        self.all.answers.clone().dated(&self.known, self.all.office.draft.year)
    }

    /// The changes to the draft, one step: figures, and where they come from. Also how many cells wait.
    pub fn edits(&self, draft: &Draft) -> (Vec<Edit>, usize) {
        let fill = self.all.counted.fill(self.all.office.form.report(draft), self.replaces);
        let origin = self.all.counted.origin(&self.all.office.form, &self.all.registers);
        let num_waiting = fill.waiting.len();
        if origin.is_empty() {
            return (Vec::new(), num_waiting);
        }
        let ground = Edit::ground(Ground { origin, ..draft.ground().clone() });
        (fill.edits.into_iter().chain([ground]).collect(), num_waiting)
    }
}

fn count(ledger: &Ledger, office: &Office, registers: &[Register], answers: &Answers) -> Result<Counted, LedgerError> {
    let agency = Some(office.draft.agency.as_str()).filter(|agency| !agency.is_empty());
    ledger.count(Task { registers, form: &office.form, year: office.draft.year, agency, answers })
}
