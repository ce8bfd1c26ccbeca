//! The work screen's own state: the open session, its file, and where the user is in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::find::FindStrip;
use super::grid::{GridState, GridView};
use super::practice::Practice;
use super::review::{Desk, List, Sheet};
use crate::form::{Body, CheckId, Form, Severity};
use crate::model::{CellId, Draft, Edit, Refusal, SectionId};
use crate::rules::Finding;
use crate::session::{Place, Session};
use crate::store::Keeper;

/// The open draft and how it is looked at.
#[derive(Debug)]
pub struct Work {
    /// The draft with its findings and undo.
    pub session: Session,
    /// The file it stands in; none for a new draft or the example.
    pub path: Option<PathBuf>,
    /// The chapter on screen.
    pub chapter: u8,
    /// The finding looked at: its sides are tinted.
    pub finding: Option<CheckId>,
    /// Keeps it from being lost; none where the draft is only shown.
    pub keeper: Option<Keeper>,
    /// Someone else has changed its file since it was read or saved here.
    pub is_changed_on_disk: bool,
    /// When it was last saved in this session: `14:03`.
    pub saved_at: Option<String>,
    /// Give the chapter's table or text the keyboard in the next frame.
    pub take_focus: bool,
    /// Bring the finding looked at into view in its list.
    pub reveal_finding: bool,
    /// Select these characters of a text in the next frame: first, and one past the last.
    pub text_selection: Option<(SectionId, usize, usize)>,
    /// The strip for finding, while it is open.
    pub find: Option<FindStrip>,
    /// This is the practice sheet.
    pub practice: Option<Practice>,
    /// This is the sheet of a second entry.
    pub sheet: Option<Sheet>,
    /// The finding the pointer is on: its sides are tinted instead of those of the one looked at.
    pub hovered: Option<Finding>,
    /// What there is to look at in a review.
    pub desk: Desk,
    /// The reason being written for the finding looked at, and why it was refused.
    pub reason: ReasonField,
    grids: Vec<GridState>,
}

/// The text field for a written reason.
#[derive(Debug, Default)]
pub struct ReasonField {
    /// The check it is for.
    pub check: Option<CheckId>,
    /// The text so far.
    pub text: String,
    /// Why it was not taken.
    pub refused: Option<Refusal>,
    /// Takes the keyboard in the next frame.
    pub take_focus: bool,
}

impl Work {
    /// Opens a draft at its first chapter.
    pub fn new(form: Arc<Form>, draft: Draft, path: Option<PathBuf>) -> Self {
        let grids = form.tables.iter().map(|_| GridState::default()).collect();
        let chapter = form.chapters.first().map_or(1, |chapter| chapter.no);
        let session = Session::new(form, draft);
        Self {
            session,
            path,
            keeper: None,
            is_changed_on_disk: false,
            chapter,
            finding: None,
            saved_at: None,
            take_focus: true,
            reveal_finding: false,
            text_selection: None,
            find: None,
            practice: None,
            sheet: None,
            hovered: None,
            desk: Desk::default(),
            reason: ReasonField::default(),
            grids,
        }
    }

    /// The finding looked at, while it is still broken.
    pub fn looked_at(&self) -> Option<Finding> {
        self.session.fails().find(|finding| Some(finding.check) == self.finding)
    }

    /// The table on screen with its cursor, if the chapter is one.
    pub fn grid(&mut self) -> Option<(GridView<'_>, &mut GridState)> {
        let finding = self.hovered.or(self.looked_at());
        let place = self.table_on_screen()?;
        let table = self.session.form().tables.get(place)?;
        Some((GridView { session: &self.session, desk: &self.desk, table, finding }, self.grids.get_mut(place)?))
    }

    /// Place of the table on screen in [`Form::tables`].
    pub fn table_on_screen(&self) -> Option<usize> {
        match self.session.form().chapter(self.chapter)?.body {
            Body::Table(place) => Some(place),
            Body::Text(..) => None,
        }
    }

    /// The cell with the focus.
    pub fn focused_cell(&self) -> Option<CellId> {
        let place = self.table_on_screen()?;
        self.grids.get(place)?.cell(self.session.form().tables.get(place)?)
    }

    /// The selected cells of the table on screen.
    pub fn selected_cells(&mut self) -> Vec<CellId> {
        self.grid().map_or_else(Vec::new, |(view, state)| state.selected(view))
    }

    /// Keys of the selected cells, in form order.
    pub fn selection_keys(&self) -> Vec<String> {
        let form = self.session.form();
        let Some(place) = self.table_on_screen() else { return Vec::new() };
        let (Some(table), Some(state)) = (form.tables.get(place), self.grids.get(place)) else { return Vec::new() };
        let view = GridView { session: &self.session, desk: &self.desk, table, finding: None };
        state.selected(view).into_iter().map(|cell| form.cell(cell).key.to_string()).collect()
    }

    /// A cell is being typed into.
    pub fn is_editing(&self) -> bool {
        self.table_on_screen().and_then(|place| self.grids.get(place)).is_some_and(|grid| grid.editor.is_some())
    }

    /// The edit that what is being typed into a cell would be.
    pub fn pending(&mut self) -> Option<Edit> {
        self.grid().and_then(|(view, state)| state.pending(view))
    }

    /// Someone else has the draft open, or its status or this person's role forbids: it is only to be looked at.
    pub fn is_read_only(&self) -> bool {
        self.session.read_only().is_some() || self.is_held()
    }

    /// Someone else has the draft open.
    pub fn is_held(&self) -> bool {
        self.keeper.as_ref().is_some_and(|keeper| keeper.holder().is_some())
    }

    /// Takes what is being typed into a cell over into the draft.
    pub fn commit(&mut self) {
        let edit = self.grid().and_then(|(view, state)| state.commit(view));
        if let Some(edit) = edit {
            self.session.apply(vec![edit]);
            self.take_focus = true;
        }
    }

    /// Shows a chapter and gives it the keyboard.
    pub fn show_chapter(&mut self, no: u8) {
        self.commit();
        self.chapter = no;
        self.take_focus = true;
    }

    /// Shows the chapter of the table at this place of [`Form::tables`].
    pub fn show_table(&mut self, place: usize) {
        if let Some(chapter) = self.session.form().tables.get(place).map(|table| table.chapter) {
            self.show_chapter(chapter);
        }
    }

    /// Puts the cursor on a cell, on whatever chapter it stands.
    pub fn go_to(&mut self, cell: CellId) {
        self.show_chapter(self.session.form().chapter_of(cell));
        let spec = self.session.form().cell(cell);
        if let Some(grid) = self.grids.get_mut(spec.table) {
            grid.go_to(spec.at);
        }
    }

    /// Goes to where an undo or redo took place.
    pub fn go_to_place(&mut self, place: Option<Place>) {
        match place {
            Some(Place::Cell(cell)) => self.go_to(cell),
            Some(Place::Text(section, at)) => {
                self.show_chapter(section.0);
                self.text_selection = Some((section, at, at));
            }
            Some(Place::Findings | Place::Cover) | None => {}
        }
    }

    /// Goes to the first cell of a finding and tints both its sides.
    pub fn look_at(&mut self, finding: Finding) {
        self.finding = Some(finding.check);
        self.reveal_finding = true;
        let (left, right) = finding.sides(self.session.form(), self.session.draft());
        if let Some(&cell) = left.cells.first().or(right.cells.first()) {
            self.go_to(cell);
        }
    }

    /// The broken checks worth stepping through with F8: errors, and warnings without a reason, in form order.
    pub fn steps(&self) -> Vec<Finding> {
        let form = self.session.form();
        let mut steps: Vec<Finding> = self.session.open().filter(|finding| finding.severity(form) != Severity::Info).collect();
        steps.sort_by_key(|finding| self.first_cell(*finding));
        steps
    }

    /// The chapter and cell a finding is listed under.
    pub fn first_cell(&self, finding: Finding) -> (u8, CellId, CheckId) {
        let form = self.session.form();
        let cells = &form.check(finding.check).cells;
        let first = finding.comparison(form).and_then(|comparison| comparison.left.terms.first()).map(|term| term.cell);
        let cell = first.or(cells.first().copied());
        cell.map_or((0, CellId::new(0).unwrap_or_default(), finding.check), |cell| (form.chapter_of(cell), cell, finding.check))
    }

    /// Goes to the finding after or before the one looked at, or the nearest to the cursor; round at the ends.
    pub fn step_finding(&mut self, forward: bool) {
        self.commit();
        let steps = self.steps();
        let here = self.looked_at().and_then(|finding| steps.iter().position(|step| step.check == finding.check));
        let next = match (here, forward) {
            (Some(at), true) => (at + 1) % steps.len(),
            (Some(at), false) => at.checked_sub(1).unwrap_or(steps.len() - 1),
            (None, true) => {
                let cursor = self.focused_cell();
                steps
                    .iter()
                    .position(|step| self.first_cell(*step).1 >= cursor.unwrap_or_default() && self.first_cell(*step).0 >= self.chapter)
                    .unwrap_or(0)
            }
            (None, false) => steps.len().saturating_sub(1),
        };
        if let Some(finding) = steps.get(next) {
            self.look_at(*finding);
        }
    }

    /// Gives the keyboard to the reason of the warning looked at; where that has one, of the first that has none.
    pub fn write_reason(&mut self) {
        self.commit();
        let looked_at = self.looked_at().filter(|finding| finding.severity(self.session.form()) == Severity::Warning);
        let mut open: Vec<Finding> = self.steps();
        open.retain(|finding| finding.severity(self.session.form()) == Severity::Warning);
        let finding = looked_at.filter(|finding| open.contains(finding)).or(open.first().copied()).or(looked_at);
        if let Some(finding) = finding {
            self.desk.list = List::Findings;
            self.look_at(finding);
            (self.reason.take_focus, self.take_focus) = (true, false);
        }
    }

    /// Goes to the next cell or text with nothing in it, behind where the cursor stands; round at the end.
    pub fn step_blank(&mut self) {
        self.commit();
        let here = (self.chapter, self.focused_cell());
        let order = |place: &Place| match place {
            Place::Cell(cell) => (self.session.form().chapter_of(*cell), Some(*cell)),
            Place::Text(section, _) => (section.0, None),
            Place::Findings | Place::Cover => (0, None),
        };
        let blanks = self.session.blanks();
        let next = blanks.iter().find(|place| order(place) > here).or(blanks.first());
        self.go_to_place(next.copied());
    }

    /// How the draft is called: agency and year.
    pub fn name(&self) -> String {
        let draft = self.session.draft();
        format!("{}{}年", draft.agency, draft.year)
    }

    /// The file's name without its folder.
    pub fn file_name(&self) -> Option<String> {
        self.path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
    }
}
