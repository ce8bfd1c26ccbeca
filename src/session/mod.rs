//! The open draft with its undo history and findings: the one thing that changes. No disk, no clock, no window.
//!
//! `apply` changes the draft, remembers the way back, and decides every rule anew; findings are replaced whole and so
//! cannot be out of date.

mod link;
mod review;
mod text;
mod undo;
mod zeros;

pub use link::{Followed, Moved, make_edits};

use std::sync::Arc;

use undo::Step;

use crate::form::{Body, Form, Report, Severity, Test};
use crate::model::{
    CellId, Draft, Edit, Entry, Item, Person, Reason, ReasonKey, Refusal, SectionId, Splice, Totals, Value, clean_name, judge,
};
use crate::review::Flaw;
use crate::rules::claims::{Certainty, Judged, Reading};
use crate::rules::{self, Answer, Checked, Explanation, Finding, Mending, Suspect};

/// The open draft.
#[derive(Debug)]
pub struct Session {
    form: Arc<Form>,
    draft: Draft,
    saved: Draft,
    findings: Vec<Finding>,
    explanations: Vec<Explanation>,
    open: Vec<Finding>,
    checked: Checked,
    suspects: Vec<Suspect>,
    marks: Vec<Option<Severity>>,
    reading: Reading,
    texts: Judged,
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
    person: Option<Person>,
    /// The first step of the log that does not fit, if one does not; proved whenever the log changes.
    flaw: Option<Flaw>,
}

/// Where an edit took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a cell.
    Cell(CellId),
    /// In a text chapter, with the character behind the change.
    Text(SectionId, usize),
    /// In the list of findings: a reason.
    Findings,
    /// On the cover: agency, kind of totals.
    Cover,
}

impl Place {
    /// Where this edit takes place.
    fn of(edit: &Edit) -> Self {
        match edit {
            Edit::Set(Item::Cell(cell) | Item::Control(cell), _) => Self::Cell(*cell),
            Edit::Set(Item::Text(section), _) => Self::Text(*section, 0),
            Edit::Text(section, splice) => Self::Text(*section, splice.end()),
            Edit::Set(Item::Reason(_), _) => Self::Findings,
            Edit::Set(Item::Agency | Item::Totals | Item::LastYear | Item::Ground, _) | Edit::Review(_) => Self::Cover,
        }
    }
}

impl Session {
    /// Opens a draft on its form. It counts as saved until something is typed.
    pub fn new(form: Arc<Form>, draft: Draft) -> Self {
        let reading = Reading::new(&form);
        let mut session = Self {
            saved: draft.clone(),
            marks: vec![None; form.cells.len()],
            checked: rules::checked(form.report(&draft), &[], &Judged::default()),
            form,
            draft,
            findings: Vec::new(),
            explanations: Vec::new(),
            open: Vec::new(),
            suspects: Vec::new(),
            reading,
            texts: Judged::default(),
            undo: Vec::new(),
            redo: Vec::new(),
            revision: 0,
            person: None,
            flaw: None,
        };
        session.prove();
        session.recheck();
        session
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The form, to be handed to a thread.
    pub fn shared_form(&self) -> Arc<Form> {
        Arc::clone(&self.form)
    }

    /// Everything typed so far.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The draft with its form.
    pub fn report(&self) -> Report<'_> {
        self.form.report(&self.draft)
    }

    /// All broken and waiting checks, in form order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The broken checks, in form order.
    pub fn fails(&self) -> impl Iterator<Item = Finding> {
        self.findings.iter().copied().filter(|finding| finding.is_fail())
    }

    /// The broken checks that still want something: a mended figure or, for a warning, a reason.
    pub fn open(&self) -> impl Iterator<Item = Finding> {
        self.open.iter().copied()
    }

    fn is_open(&self, finding: Finding) -> bool {
        let is_warning = finding.severity(&self.form) == Severity::Warning;
        finding.is_fail() && !(is_warning && matches!(self.answer(finding), Answer::Given(_)))
    }

    /// How many of this severity are open, in the tables and, where the words allow no other meaning, in the text.
    pub fn num_open(&self, severity: Severity) -> usize {
        let in_text = self.open_texts().filter(|text| text.certainty == Certainty::Broken && text.severity() == severity);
        self.open().filter(|finding| finding.severity(&self.form) == severity).count() + in_text.count()
    }

    /// What is probably wrong, each slip with all that mends it.
    pub fn explanations(&self) -> &[Explanation] {
        &self.explanations
    }

    /// What was checked, what came out, and what is not checked.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The edits that take one way of mending, whole.
    pub fn mend(&self, way: &Mending) -> Vec<Edit> {
        way.suspects.iter().map(|suspect| Edit::cell(suspect.cell, suspect.should_be.clone())).collect()
    }

    /// The cells that are claimed to be wrong.
    pub fn suspects(&self) -> &[Suspect] {
        &self.suspects
    }

    /// The gravest broken check that a cell takes part in.
    pub fn mark(&self, cell: CellId) -> Option<Severity> {
        self.marks.get(cell.index()).copied().flatten()
    }

    /// Counts up with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Something differs from what was last saved.
    pub fn is_modified(&self) -> bool {
        self.draft != self.saved
    }

    /// `draft` now stands on disk.
    pub fn mark_saved(&mut self, draft: Draft) {
        self.saved = draft;
        self.undo.push(Step::fence());
    }

    /// Makes the edits, as a step of their own: a paste, a block cleared, a proposal accepted.
    pub fn apply_alone(&mut self, edits: Vec<Edit>) {
        self.undo.push(Step::fence());
        self.apply(edits);
        self.undo.push(Step::fence());
    }

    /// Makes the edits, as one step to undo; typing in one place in a row is one step. Edits that change nothing are left out.
    /// A draft that is not to be edited stays as it is: see [`Session::read_only`].
    pub fn apply(&mut self, edits: Vec<Edit>) {
        if self.read_only().is_none() {
            self.make(edits);
        }
    }

    fn make(&mut self, edits: Vec<Edit>) {
        let edits = edits.into_iter().map(seen);
        // The review part changes by `act` and `restore` only, so that no step of it is undone.
        let edits: Vec<Edit> = edits.filter(|edit| !matches!(edit, Edit::Review(_)) && edit.changes(&self.draft)).collect();
        if edits.is_empty() {
            return;
        }
        self.redo.clear();
        self.note_editor();
        let merges = self.undo.last().is_some_and(|last| last.takes(&edits));
        let inverse = link::made(&self.form, &mut self.draft, &mut self.reading, &self.texts.links, edits).inverse;
        match self.undo.last_mut().filter(|_| merges) {
            Some(last) => last.absorb(inverse),
            None => self.undo.push(Step::new(inverse)),
        }
        self.recheck();
    }

    /// The edit that leads from a chapter's present text to `text`, if they differ.
    pub fn text_edit(&self, section: SectionId, text: &str) -> Option<Edit> {
        Splice::between(self.draft.section(section), text).map(|splice| Edit::Text(section, splice))
    }

    /// The edit that types text into a cell: into a computed total it is a control figure.
    pub fn typed(&self, cell: CellId, text: &str) -> Edit {
        let entry = Entry::read(self.form.cell(cell).kind, text);
        if self.is_computed(cell) { Edit::control(cell, entry) } else { Edit::cell(cell, entry) }
    }

    /// The edits that type texts into cells: a pasted block.
    pub fn paste(&self, fields: &[(CellId, String)]) -> Vec<Edit> {
        fields.iter().map(|(cell, text)| self.typed(*cell, text)).collect()
    }

    /// The cell is a total and totals are computed.
    pub fn is_computed(&self, cell: CellId) -> bool {
        self.draft.totals() == Totals::Computed && self.form.cell(cell).total.is_some()
    }

    /// How a warning is answered.
    pub fn answer(&self, finding: Finding) -> Answer<'_> {
        rules::answer(self.report(), finding)
    }

    /// The edit that writes down a reason for a warning.
    ///
    /// # Errors
    /// The text is no reason.
    pub fn reason_edit(&self, finding: Finding, text: &str) -> Result<Edit, Refusal> {
        self.reason_for(rules::reason_key(&self.form, finding), rules::figures(self.report(), finding), text)
    }

    fn reason_for(&self, key: ReasonKey, figures: Vec<(Box<str>, Box<str>)>, text: &str) -> Result<Edit, Refusal> {
        let others = self.draft.reasons().filter(|(other, _)| **other != key).map(|(_, reason)| &*reason.text);
        judge(text, others)?;
        Ok(Edit::reason(key, Some(Reason { text: text.trim().into(), figures })))
    }

    /// Takes the last step back; returns where it was.
    pub fn undo(&mut self) -> Option<Place> {
        if self.read_only().is_some() {
            return None;
        }
        while self.undo.last().is_some_and(Step::is_fence) {
            self.undo.pop();
        }
        let step = self.undo.pop()?;
        let place = step.edits().first().map(Place::of);
        let inverse = self.replay(step);
        self.redo.push(inverse);
        place
    }

    /// Makes the step undone last again; returns where it is.
    pub fn redo(&mut self) -> Option<Place> {
        if self.read_only().is_some() {
            return None;
        }
        let step = self.redo.pop()?;
        let place = step.edits().last().map(Place::of);
        let inverse = self.replay(step);
        self.undo.push(inverse);
        place
    }

    /// There is something to undo.
    pub fn can_undo(&self) -> bool {
        self.undo.iter().any(|step| !step.is_fence())
    }

    /// There is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// The edits that put 0 into the blank cells of a table. Totals are no blanks to be filled, unless nothing at all is in
    /// the table; what they should be is for [`rules::explanations`] to say.
    pub fn zeros(&self, table: usize) -> Vec<Edit> {
        let cells = || self.form.cells().filter(|(_, cell)| cell.table == table);
        let is_empty = cells().all(|(id, _)| self.draft.entry(id).is_blank());
        let blanks = cells().filter(|(id, cell)| self.draft.entry(*id).is_blank() && (cell.total.is_none() || is_empty));
        blanks.map(|(id, cell)| Edit::cell(id, Entry::read(cell.kind, "0"))).collect()
    }

    /// Cells that are filled, and all cells.
    pub fn completeness(&self, table: usize) -> (usize, usize) {
        let cells = self.form.cells().filter(|(_, cell)| cell.table == table);
        cells.fold((0, 0), |(filled, all), (id, _)| (filled + usize::from(!self.draft.entry(id).is_blank()), all + 1))
    }

    /// Cells and text chapters with nothing in them, in the order of the report.
    pub fn blanks(&self) -> Vec<Place> {
        let blanks = self.form.chapters.iter().flat_map(|chapter| match chapter.body {
            Body::Table(table) => {
                let cells = self.form.cells().filter(|(id, cell)| cell.table == table && self.draft.entry(*id).is_blank());
                cells.map(|(id, _)| Place::Cell(id)).collect()
            }
            Body::Text(section, _) if self.draft.section(section).trim().is_empty() => vec![Place::Text(section, 0)],
            Body::Text(..) => Vec::new(),
        });
        blanks.collect()
    }

    fn replay(&mut self, step: Step) -> Step {
        let inverse = step.into_edits().into_iter().rev().map(|edit| self.draft.apply(edit)).collect();
        self.recheck();
        Step::sealed(inverse)
    }

    fn recheck(&mut self) {
        self.revision += 1;
        // Thresholds that this form does not know change nothing; a file with such does not open.
        if let Ok(form) = self.form.on(self.draft.ground()) {
            self.form = form;
        }
        self.findings = rules::check(self.report());
        self.reading.refresh(&self.draft);
        self.texts = self.reading.judge(self.form.report(&self.draft));
        self.checked = rules::checked(self.report(), &self.findings, &self.texts);
        self.open = self.findings.iter().copied().filter(|finding| self.is_open(*finding)).collect();
        self.explanations = rules::explanations(self.report());
        self.suspects = rules::claimed(&self.explanations);
        self.marks.fill(None);
        for finding in self.findings.iter().filter(|finding| finding.is_fail()) {
            let check = self.form.check(finding.check);
            let severity = finding.severity(&self.form);
            // Information about whole tables would tint every cell; it stands in the list alone.
            if severity == Severity::Info && !matches!(check.test, Test::Readable(_)) {
                continue;
            }
            for cell in &check.cells {
                if let Some(mark) = self.marks.get_mut(cell.index()) {
                    *mark = Some(mark.map_or(severity, |old| old.min(severity)));
                }
            }
        }
    }
}

/// A name of the agency as it may stand in a title bar.
fn seen(edit: Edit) -> Edit {
    match edit {
        Edit::Set(Item::Agency, Value::Text(name)) => Edit::agency(clean_name(&name)),
        edit => edit,
    }
}
