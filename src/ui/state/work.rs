//! The work screen's own state: the open session, its file, and where the user is in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::find::FindStrip;
use super::grid::{GridState, GridView};
use super::other_years::Trend;
use super::panel::ReviewPanel;
use super::practice::Practice;
use super::shown::Shown;
use crate::form::{Body, CheckId, Form};
use crate::import::Imported;
use crate::model::{CellId, Change, Draft, Edit, Item, Person, ReasonKey, Refusal, Role, SectionId};
use crate::review::{Judgement, by_size};
use crate::rules::Finding;
use crate::session::Session;
use crate::store::Keeper;
use crate::ui::command::named::Needs;
use crate::ui::command::places::{FigureCard, Reading};
use crate::ui::command::second::Sheet;

/// Differences to last year that are called large.
const BIG: usize = 6;

/// The next report's number.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

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
    /// The finding about text looked at, by what its reason is filed under.
    pub text_finding: Option<ReasonKey>,
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
    /// What the draft on screen is for.
    pub is_for: For,
    /// This is the sheet of a second entry.
    pub sheet: Option<Sheet>,
    /// The finding the pointer is on: its sides are tinted instead of those of the one looked at.
    pub hovered: Option<Finding>,
    /// The card that is open over a text.
    pub figure_card: Option<FigureCard>,
    /// What there is to look at in a review.
    pub panel: ReviewPanel,
    /// The step of the reading on screen; none while a chapter is.
    pub reading: Option<Reading>,
    /// The pictures of several years.
    pub trend: Trend,
    /// The explained warning one has come to.
    pub reading_place: usize,
    /// Bring this difference to the top of the list in the next frame.
    pub reading_goes_to: Option<CellId>,
    /// The differences on screen.
    pub moves_on_screen: Vec<CellId>,
    /// What of the chapter has been on the screen.
    pub shown: Shown,
    /// The reason being written for the finding looked at, and why it was refused.
    pub reason: ReasonField,
    grids: Vec<GridState>,
    /// What the keeper has: the session's revision, and the edit that what is being typed would be.
    kept: Option<(u64, Option<Edit>)>,
    /// Its number in this run of the program.
    no: u64,
}

/// What a draft on screen is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum For {
    /// To become a report.
    #[default]
    Report,
    /// Last year's figures are keyed in, for the report that waits behind it.
    LastYear,
    /// To be looked at and never changed here: a county's sum, a body's report.
    Looking,
}

/// The text field for a written reason.
#[derive(Debug, Default)]
pub struct ReasonField {
    /// What it is filed under.
    pub key: Option<ReasonKey>,
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
            text_finding: None,
            saved_at: None,
            take_focus: true,
            reveal_finding: false,
            text_selection: None,
            find: None,
            practice: None,
            is_for: For::default(),
            sheet: None,
            hovered: None,
            figure_card: None,
            panel: ReviewPanel::default(),
            reading: None,
            trend: Trend::default(),
            reading_place: 0,
            reading_goes_to: None,
            moves_on_screen: Vec::new(),
            shown: Shown::default(),
            reason: ReasonField::default(),
            grids,
            kept: None,
            no: NUMBERS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// The finding looked at, while it is still broken.
    pub fn looked_at(&self) -> Option<Finding> {
        self.session.fails().find(|finding| Some(finding.check) == self.finding)
    }

    /// The table on screen with its cursor, if the chapter is one.
    pub fn grid(&self) -> Option<(GridView<'_>, &GridState)> {
        let place = self.table_on_screen()?;
        Some((self.grid_view(place)?, self.grids.get(place)?))
    }

    /// The same, to move the cursor or to type.
    pub fn grid_mut(&mut self) -> Option<(GridView<'_>, &mut GridState)> {
        let place = self.table_on_screen()?;
        let finding = self.hovered.or(self.looked_at());
        let is_read_only = self.is_read_only();
        let table = self.session.form().tables.get(place)?;
        let view = GridView { report: self.no, session: &self.session, panel: &self.panel, table, finding, is_read_only };
        Some((view, self.grids.get_mut(place)?))
    }

    fn grid_view(&self, place: usize) -> Option<GridView<'_>> {
        let finding = self.hovered.or(self.looked_at());
        let table = self.session.form().tables.get(place)?;
        Some(GridView { report: self.no, session: &self.session, panel: &self.panel, table, finding, is_read_only: self.is_read_only() })
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

    /// The selected cells of the table on screen, in form order.
    pub fn selected_cells(&self) -> Vec<CellId> {
        self.grid().map_or_else(Vec::new, |(view, state)| state.selected(view))
    }

    /// Keys of the selected cells, in form order.
    pub fn selection_keys(&self) -> Vec<String> {
        let form = self.session.form();
        self.selected_cells().into_iter().map(|cell| form.cell(cell).key.to_string()).collect()
    }

    /// A cell is being typed into.
    pub fn is_editing(&self) -> bool {
        self.grid().is_some_and(|(_, state)| state.editor.is_some())
    }

    /// The edit that what is being typed into a cell would be.
    pub fn pending(&self) -> Option<Edit> {
        self.grid().and_then(|(view, state)| state.pending(view))
    }

    /// Someone else has the draft open, or its status or this person's role forbids: it is only to be looked at.
    pub fn is_read_only(&self) -> bool {
        self.is_for == For::Looking || self.session.read_only().is_some() || self.is_held()
    }

    /// Someone else has the draft open.
    pub fn is_held(&self) -> bool {
        self.keeper.as_ref().is_some_and(|keeper| keeper.holder().is_some())
    }

    /// Takes what is being typed into a cell over into the draft.
    pub fn commit(&mut self) {
        let edit = self.grid_mut().and_then(|(view, state)| state.commit(view));
        if let Some(edit) = edit {
            self.session.apply(vec![edit]);
            self.take_focus = true;
        }
    }

    /// Has the draft as it is on screen kept safe, with what is being typed and not yet in it. To be called once a frame.
    pub fn keep(&mut self, now: Timestamp) {
        let on_screen = (self.session.revision(), self.pending());
        let Some(keeper) = self.keeper.as_mut().filter(|_| self.kept.as_ref() != Some(&on_screen)) else { return };
        keeper.record(self.session.draft(), on_screen.1.as_ref(), now);
        self.kept = Some(on_screen);
    }

    /// From now on this person sits here; the panel is laid for them.
    pub fn set_person(&mut self, person: Option<Person>) {
        self.session.set_person(person);
        let before = std::mem::take(&mut self.panel);
        self.panel = ReviewPanel::opened(&self.session).with_last_year_of(before);
        self.reading = self.first_reading();
    }

    /// Where a reading begins for whoever's turn it is: with what was explained, or else with what moved since last year. Who has
    /// looked at it before, and has nothing explained before him, sees what has changed since.
    fn first_reading(&self) -> Option<Reading> {
        let (session, review) = (&self.session, self.session.draft().review());
        let person = session.person().filter(|person| person.role == Role::Reviewer && review.status().turn() == Some(Role::Reviewer))?;
        let explained = session.explained();
        if explained.iter().any(|one| one.judgement == Judgement::Open) {
            return Some(Reading::Explained);
        }
        (!review.seen().contains_key(&person.name)).then_some(Reading::Moves)
    }

    /// Of the large differences to last year, how many were looked at, and how many there are.
    pub fn big_moves(&self) -> (usize, usize) {
        let moves = by_size(self.session.form(), self.panel.moves(), self.panel.by_size);
        let big = || moves.iter().take(BIG);
        (big().filter(|one| !self.panel.unseen().contains(&Item::Cell(one.cell))).count(), big().count())
    }

    /// A field for words has just been opened and takes the keyboard in this frame: of the strip for finding, a reason, a comment.
    pub fn wants_words(&self) -> bool {
        let is_finding = self.find.as_ref().is_some_and(|strip| strip.is_new);
        is_finding || self.reason.take_focus || self.panel.composer.as_ref().is_some_and(|composer| composer.is_new)
    }

    /// Who sits here reviews rather than fills.
    pub fn is_review(&self) -> bool {
        self.session.role() != Role::Clerk
    }

    /// The report is on its way through the office: there is a log, or somebody sits here who reviews.
    pub fn has_review(&self) -> bool {
        !self.session.draft().review().steps().is_empty() || self.is_review()
    }

    /// What a command needs is there.
    pub fn meets(&self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing | Needs::Report => true,
            Needs::Undo => self.session.can_undo(),
            Needs::Redo => self.session.can_redo(),
            Needs::Reviewer => self.is_review(),
        }
    }

    /// Shows a chapter and gives it the keyboard.
    pub fn show_chapter(&mut self, no: u8) {
        self.commit();
        (self.reading, self.trend.is_open) = (None, false);
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

    /// How the draft is called: agency and year.
    pub fn name(&self) -> String {
        let draft = self.session.draft();
        format!("{}{}年", draft.agency, draft.year)
    }

    /// The file's name without its folder.
    pub fn file_name(&self) -> Option<String> {
        self.path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
    }

    /// The workbook is made for the form and the year of this report, which may be changed.
    pub fn takes(&self, workbook: &Imported) -> bool {
        let (draft, theirs) = (self.session.draft(), &workbook.draft);
        !self.is_read_only() && self.sheet.is_none() && (&draft.form, draft.year) == (&theirs.form, theirs.year)
    }

    /// What the workbook would change here: what is blank in it stays as it is, as do totals that are computed.
    pub fn changes_by(&self, workbook: &Imported) -> Vec<Change> {
        let mut changes = workbook.draft.changes_since(self.session.draft());
        changes.retain(|change| match change.item {
            Item::Cell(cell) => !change.new.is_blank() && !self.session.is_computed(cell),
            Item::Text(_) => !change.new.is_blank(),
            _ => false,
        });
        changes
    }

    /// Takes what was read over into a blank report: undo leads no further back than here. How many places changed.
    pub fn begin_with(&mut self, workbook: &Imported) -> usize {
        let draft = self.session.draft();
        let edits: Vec<_> = self.changes_by(workbook).into_iter().filter_map(|change| draft.edit_to(&change.item, change.new)).collect();
        let num_edits = edits.len();
        self.session.restore(edits);
        num_edits
    }

    /// Takes what was read over, as one step; how many places changed.
    pub fn put_in(&mut self, workbook: &Imported) -> usize {
        self.commit();
        let draft = self.session.draft();
        let edits: Vec<_> = self.changes_by(workbook).into_iter().filter_map(|change| draft.edit_to(&change.item, change.new)).collect();
        let num_edits = edits.len();
        self.session.apply_alone(edits);
        num_edits
    }
}
