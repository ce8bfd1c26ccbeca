//! Where the cursor stands, what is selected, what is being typed.

use std::collections::BTreeSet;

use egui::{Event, ImeEvent};

use super::panel::ReviewPanel;
use crate::form::{Cell, Slot, Table};
use crate::import::Range;
use crate::model::{CellId, Edit, Entry, Role};
use crate::rules::Finding;
use crate::session::Session;

/// Row and column of a grid slot.
pub type Position = (usize, usize);

/// What the grid shows beside the entries.
#[derive(Clone, Copy)]
pub struct GridView<'a> {
    /// Number of the open report in this run of the program: no two have the same.
    pub report: u64,
    /// The open draft.
    pub session: &'a Session,
    /// Comments, differences and what was not looked at yet.
    pub panel: &'a ReviewPanel,
    /// The table to show.
    pub table: &'a Table,
    /// The finding looked at: its two sides are tinted.
    pub finding: Option<Finding>,
    /// The draft is only to be looked at.
    pub is_read_only: bool,
}

/// What the window remembers of one table.
#[derive(Debug, Default)]
pub struct GridState {
    /// First slot of the cell with the focus.
    pub cursor: Position,
    /// The far corner of the selection; Shift and dragging move it, typing goes to the cursor.
    pub extent: Position,
    /// Pieces that were selected before this one and stay so: Ctrl and a click adds.
    pub more: Vec<Range>,
    /// The text being typed, until it is committed or cancelled.
    pub editor: Option<Editor>,
    /// The column where a run of Tabs began; Enter goes back to it.
    pub tab_from: Option<usize>,
    /// An input method is composing in the text field.
    pub is_composing: bool,
    /// Zeros that the total typed last makes an offer of; any key but the space bar lets it go.
    pub offer: Option<ZeroOffer>,
    /// The slot that the handle at the corner of the selection has been dragged to.
    pub fill: Option<Position>,
    /// Bring the cursor into view in the next frame.
    pub scroll_to_cursor: bool,
    /// What was seen of the table in the last frame, in points: where that changes, the cursor stays in sight.
    pub room: Option<egui::Vec2>,
    /// The cells on screen in this frame.
    pub on_screen: Vec<CellId>,
    settled: bool,
}

/// Cells that a typed total leaves nothing but 0 for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZeroOffer {
    /// The total.
    pub total: CellId,
    /// The blank cells, in form order.
    pub cells: Vec<CellId>,
}

/// The text of the cell being edited.
#[derive(Debug)]
pub struct Editor {
    /// The text so far.
    pub text: String,
    /// Not yet shown: takes the focus in its first frame.
    pub is_new: bool,
    /// It replaces what stood there, so arrow keys leave the cell as in a spreadsheet; F2 edits keep them inside.
    pub is_replacing: bool,
}

/// A rectangle of slots, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Top left and bottom right.
    pub range: Range,
}

impl Selection {
    /// The slot lies in it.
    pub fn contains(&self, (row, col): Position) -> bool {
        let ((top, left), (bottom, right)) = self.range;
        (top..=bottom).contains(&row) && (left..=right).contains(&col)
    }
}

impl GridState {
    /// Puts a new state's cursor on the first cell.
    pub fn settle(&mut self, table: &Table) {
        if !std::mem::replace(&mut self.settled, true) && !matches!(table.slot(self.cursor.0, self.cursor.1), Some(Slot::Cell(_))) {
            let first = first_cell(table);
            (self.cursor, self.extent) = (first, first);
        }
    }

    /// Notes whether an input method is composing after these events.
    pub fn follow_composition(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => self.is_composing = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => self.is_composing = false,
                _ => {}
            }
        }
        self.is_composing &= self.editor.is_some();
    }

    /// Puts the cursor on a cell.
    pub fn go_to(&mut self, at: Position) {
        (self.cursor, self.extent) = (at, at);
        (self.editor, self.tab_from, self.offer) = (None, None, None);
        self.more.clear();
        self.scroll_to_cursor = true;
        self.settled = true;
    }

    /// The cell with the focus.
    pub fn cell(&self, table: &Table) -> Option<CellId> {
        match table.slot(self.cursor.0, self.cursor.1)? {
            Slot::Cell(cell) => Some(cell),
            Slot::Head(_) => None,
        }
    }

    /// The slots of the focused cell.
    pub fn cursor_range(&self, view: GridView<'_>) -> Range {
        let cols = self.cell(view.table).map_or(1, |cell| view.session.form().cell(cell).cols);
        (self.cursor, (self.cursor.0, self.cursor.1 + cols - 1))
    }

    /// The selected slots; wide cells are in it whole.
    pub fn selection(&self, view: GridView<'_>) -> Selection {
        let (top, bottom) = (self.cursor.0.min(self.extent.0), self.cursor.0.max(self.extent.0));
        let (left, mut right) = (self.cursor.1.min(self.extent.1), self.cursor.1.max(self.extent.1));
        for at in [self.cursor, self.extent] {
            if let Some(Slot::Cell(cell)) = view.table.slot(at.0, at.1) {
                let cell = view.session.form().cell(cell);
                right = right.max(cell.at.1 + cell.cols - 1);
            }
        }
        Selection { range: ((top, left), (bottom, right)) }
    }

    /// The selected cells in form order.
    pub fn selected(&self, view: GridView<'_>) -> Vec<CellId> {
        let all = [self.selection(view).range].into_iter().chain(self.more.iter().copied());
        let slots =
            all.flat_map(|((top, left), (bottom, right))| (top..=bottom).flat_map(move |row| (left..=right).map(move |col| (row, col))));
        let cells: BTreeSet<CellId> = slots.filter_map(|at| cell_at(view.table, at)).collect();
        cells.into_iter().collect()
    }

    /// The slot is selected, in this piece or in one before.
    pub fn is_selected(&self, view: GridView<'_>, at: Position) -> bool {
        self.selection(view).contains(at) || self.more.iter().any(|range| Selection { range: *range }.contains(at))
    }

    /// A click on a slot: on a cell it goes there, on a head it selects the cells the head stands for.
    pub fn click(&mut self, table: &Table, at: Position, extend: bool) {
        (self.tab_from, self.offer) = (None, None);
        if let Some(first) = first_slot(table, at) {
            self.extent = first;
            if !extend {
                self.cursor = first;
            }
        } else if let Some(head) = table.head_at(at.0, at.1) {
            let rows = head.at.0..head.at.0 + head.span.0;
            let cols = head.at.1..head.at.1 + head.span.1;
            let is_cell = |&(row, col): &Position| cell_at(table, (row, col)).is_some();
            let all = || (0..table.num_rows).flat_map(|row| (0..table.num_cols()).map(move |col| (row, col)));
            // A row's head stands left of its cells, a column's above them.
            let beside: Vec<Position> = all().filter(|at| rows.contains(&at.0) && is_cell(at)).collect();
            let below: Vec<Position> = all().filter(|at| cols.contains(&at.1) && at.0 >= rows.end && is_cell(at)).collect();
            let block: Vec<Position> = if beside.is_empty() { first_run(below) } else { beside };
            if let (Some(first), Some(last)) = (block.first(), block.last()) {
                (self.cursor, self.extent) = (first_slot(table, *first).unwrap_or(*first), *last);
            }
        }
    }

    /// The pointer was dragged over a slot.
    pub fn drag(&mut self, table: &Table, at: Position) {
        if let Some(first) = first_slot(table, at) {
            self.extent = first;
        }
    }

    /// Starts editing with what stands in the cell.
    pub fn edit_kept(&mut self, view: GridView<'_>) {
        if let Some(cell) = self.cell(view.table) {
            let text = view.editable(cell).typed(view.session.form().cell(cell).kind);
            self.editor = Some(Editor { text, is_new: true, is_replacing: false });
        }
    }

    /// Starts editing with newly typed text.
    pub fn edit_replaced(&mut self, text: &str) {
        match &mut self.editor {
            Some(editor) => editor.text.push_str(text),
            None => self.editor = Some(Editor { text: text.to_owned(), is_new: true, is_replacing: true }),
        }
    }

    /// Ends editing and returns the edit, if the text differs from what stands there.
    pub fn commit(&mut self, view: GridView<'_>) -> Option<Edit> {
        let edit = self.pending(view);
        self.editor = None;
        edit
    }

    /// The edit that what is being typed would be.
    pub fn pending(&self, view: GridView<'_>) -> Option<Edit> {
        let editor = self.editor.as_ref()?;
        let cell = self.cell(view.table)?;
        let stands = view.editable(cell).typed(view.session.form().cell(cell).kind);
        (stands != editor.text).then(|| view.session.typed(cell, &editor.text))
    }
}

impl<'a> GridView<'a> {
    /// What is edited in a cell: its entry, or the control figure beside a computed total.
    pub fn editable(self, cell: CellId) -> &'a Entry {
        if self.session.is_computed(cell) { self.session.draft().control(cell) } else { self.session.draft().entry(cell) }
    }

    /// Who looks at the table reviews it, and it is not signed yet.
    pub fn is_review(self) -> bool {
        let is_locked = self.session.draft().review().status().is_locked();
        !is_locked && self.session.role() != Role::Clerk
    }

    /// The table's cells in form order.
    pub fn cells(self) -> impl Iterator<Item = (CellId, &'a Cell)> {
        self.session.form().cells().filter(move |(id, cell)| self.table.slot(cell.at.0, cell.at.1) == Some(Slot::Cell(*id)))
    }
}

/// The cell covering a slot.
pub fn cell_at(table: &Table, at: Position) -> Option<CellId> {
    match table.slot(at.0, at.1)? {
        Slot::Cell(cell) => Some(cell),
        Slot::Head(_) => None,
    }
}

/// The first slot of the cell covering a slot.
pub fn first_slot(table: &Table, (row, col): Position) -> Option<Position> {
    let cell = cell_at(table, (row, col))?;
    (0..=col).find(|&col| cell_at(table, (row, col)) == Some(cell)).map(|col| (row, col))
}

/// The first cell of the table.
pub fn first_cell(table: &Table) -> Position {
    let slots = (0..table.num_rows).flat_map(|row| (0..table.num_cols()).map(move |col| (row, col)));
    slots.into_iter().find(|&at| cell_at(table, at).is_some()).unwrap_or((0, 0))
}

/// The slots up to the first gap between rows, so that a head of 表二 selects its own block only.
fn first_run(slots: Vec<Position>) -> Vec<Position> {
    let mut row = slots.first().map_or(0, |at| at.0);
    slots
        .into_iter()
        .take_while(|at| {
            let near = at.0 <= row + 1;
            row = at.0;
            near
        })
        .collect()
}
