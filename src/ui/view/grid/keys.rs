//! The keyboard contract of Excel and WPS: what each key does to the cursor, the selection and the cells.

use egui::{Event, Key, Modifiers};

use super::steps::{Way, before, last_cell, onward, row_end, step, to_type};
use super::zeros::{offer, space};
use crate::import::{copy_block, read_block_over};
use crate::model::CellId;
use crate::rules;
use crate::ui::command::{Command, edits};
use crate::ui::state::grid::{Editor, GridState, GridView, Position, cell_at, first_cell};

/// Rows that `PageUp` and `PageDown` move.
const PAGE_ROWS: usize = 10;

/// The grid takes this event rather than the text field in the cell (if there is one) or anything else.
pub fn wants(event: &Event, editor: Option<&Editor>) -> bool {
    match (event, editor) {
        (Event::Key { key, pressed: true, .. }, Some(editor)) => match key {
            Key::Enter | Key::Tab | Key::Escape | Key::ArrowUp | Key::ArrowDown => true,
            // Text that replaces the cell's is left by an arrow, as in a spreadsheet; F2 keeps arrows in the text.
            Key::ArrowLeft | Key::ArrowRight | Key::Space => editor.is_replacing,
            _ => false,
        },
        (Event::Key { key, pressed: true, modifiers, .. }, None) => is_grid_key(*key, *modifiers),
        // The space bar's key acts; the sign that comes with it is nothing by itself.
        (Event::Text(text), Some(editor)) => editor.is_replacing && text.trim().is_empty(),
        (Event::Copy | Event::Cut | Event::Paste(_) | Event::Text(_), None) => true,
        _ => false,
    }
}

fn is_grid_key(key: Key, modifiers: Modifiers) -> bool {
    match key {
        Key::ArrowUp
        | Key::ArrowDown
        | Key::ArrowLeft
        | Key::ArrowRight
        | Key::Home
        | Key::End
        | Key::PageUp
        | Key::PageDown
        | Key::Enter
        | Key::Tab
        | Key::F2
        | Key::Delete
        | Key::Backspace
        | Key::Space
        | Key::Escape => true,
        Key::A | Key::D | Key::R => modifiers.command,
        _ => false,
    }
}

/// Does with the cursor what the event asks for, and returns what is to become of the draft.
pub fn act(view: GridView<'_>, state: &mut GridState, event: &Event) -> Vec<Command> {
    if changes_cells(event) && view.session.read_only().is_some() {
        return vec![Command::SayReadOnly];
    }
    let offered = state.offer.take();
    match event {
        Event::Text(text) if text == "=" && state.editor.is_none() => accept_total(view, state).into_iter().collect(),
        Event::Text(text) if !text.trim().is_empty() => {
            state.edit_replaced(text);
            Vec::new()
        }
        Event::Copy => vec![copied(view, state)],
        Event::Cut => vec![copied(view, state), cleared(view, state)],
        Event::Paste(text) => pasted(view, state, text).into_iter().collect(),
        Event::Key { key: Key::Space, modifiers, .. } if modifiers.is_none() => space(view, state, offered),
        Event::Key { key, modifiers, .. } => key_pressed(view, state, *key, *modifiers).into_iter().collect(),
        _ => {
            state.offer = offered;
            Vec::new()
        }
    }
}

/// The event types, pastes, clears or fills.
fn changes_cells(event: &Event) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Cut | Event::Paste(_) => true,
        Event::Key { key, .. } => matches!(key, Key::F2 | Key::Delete | Key::Backspace | Key::Space | Key::D | Key::R),
        _ => false,
    }
}

/// `=` in a typed total takes the sum of its cells.
fn accept_total(view: GridView<'_>, state: &GridState) -> Option<Command> {
    let cell = state.cell(view.table)?;
    let total = rules::computed_total(view.session.report(), cell)?;
    Some(Command::Change(vec![edits::cell(cell, total)])).filter(|_| !view.session.is_computed(cell))
}

fn copied(view: GridView<'_>, state: &GridState) -> Command {
    Command::Copy(copy_block(view.session.report(), view.table, state.selection(view).range))
}

fn cleared(view: GridView<'_>, state: &GridState) -> Command {
    Command::Change(state.selected(view).into_iter().map(|cell| view.session.typed(cell, "")).collect())
}

fn pasted(view: GridView<'_>, state: &mut GridState, text: &str) -> Option<Command> {
    if text.trim().is_empty() {
        return None;
    }
    let block = read_block_over(view.session.form(), view.table, state.selection(view).range, text);
    if !block.problems.is_empty() {
        return Some(Command::AskPaste(block));
    }
    if let (Some((first, _)), Some((last, _))) = (block.fields.first(), block.fields.last()) {
        state.go_to(view.session.form().cell(*first).at);
        state.extent = view.session.form().cell(*last).at;
    }
    Some(Command::Change(view.session.paste(&block.fields)))
}

fn key_pressed(view: GridView<'_>, state: &mut GridState, key: Key, modifiers: Modifiers) -> Option<Command> {
    let table = view.table;
    if state.editor.is_some() && key == Key::Backspace {
        // Typed in the same frame as the first letter, before the text field was there to take it.
        if let Some(editor) = &mut state.editor {
            editor.text.pop();
        }
        return None;
    }
    if key == Key::Escape {
        state.editor = None;
        return None;
    }
    if key == Key::Enter && modifiers.command {
        return typed_over(view, state);
    }
    let offers = offer(view, state);
    let typed = state.commit(view).map(Command::Type);
    match key {
        Key::Enter => enter(view, state, modifiers),
        Key::Tab => tab(view, state, modifiers),
        Key::Space if modifiers.shift => select(view, state, |at, cursor| at.0 == cursor.0),
        Key::Space => select(view, state, |at, cursor| at.1 == cursor.1),
        Key::F2 => state.edit_kept(view),
        Key::Delete | Key::Backspace => return Some(cleared(view, state)),
        Key::A => {
            state.cursor = first_cell(table);
            state.extent = view.cells().last().map_or(state.cursor, |(_, cell)| cell.at);
        }
        Key::D => return Some(filled(view, state, Way::Down)),
        Key::R => return Some(filled(view, state, Way::Right)),
        _ => arrow(view, state, key, modifiers),
    }
    state.offer = offers;
    typed
}

/// Selects the whole row or column of the cursor.
fn select(view: GridView<'_>, state: &mut GridState, is_in: impl Fn(Position, Position) -> bool) {
    let here = state.cursor;
    let mut inside = view.cells().map(|(_, cell)| cell.at).filter(|at| is_in(*at, here));
    if let Some(first) = inside.next() {
        (state.cursor, state.extent) = (first, inside.last().unwrap_or(first));
    }
}

/// Ctrl+Enter: what is being typed goes into every selected cell, and the selection stays.
fn typed_over(view: GridView<'_>, state: &mut GridState) -> Option<Command> {
    let text = state.editor.take()?.text;
    Some(Command::Change(state.selected(view).into_iter().map(|cell| view.session.typed(cell, &text)).collect()))
}

/// Down; behind a run of Tabs to the column where the run began. Where there is one row, to the next cell.
fn enter(view: GridView<'_>, state: &mut GridState, modifiers: Modifiers) {
    let table = view.table;
    if (0..table.num_rows).filter(|row| row_end(table, *row, Way::Left).is_some()).count() == 1 {
        let way = if modifiers.shift { Way::Left } else { Way::Right };
        return state.go_to(to_type(view, state.cursor, |at| step(table, at, way)).unwrap_or(state.cursor));
    }
    let from = (state.cursor.0, state.tab_from.unwrap_or(state.cursor.1));
    let way = if modifiers.shift { Way::Up } else { Way::Down };
    state.go_to(to_type(view, from, |at| step(table, at, way)).unwrap_or(from));
}

/// Right, and on to the next row behind the last cell.
fn tab(view: GridView<'_>, state: &mut GridState, modifiers: Modifiers) {
    let began = state.tab_from.unwrap_or(state.cursor.1);
    let at = state.cursor;
    let to = if modifiers.shift { to_type(view, at, |at| before(view.table, at)) } else { onward(view, at) };
    let to = to.unwrap_or(at);
    state.go_to(to);
    state.tab_from = (to.0 == at.0 && !modifiers.shift).then_some(began);
}

fn arrow(view: GridView<'_>, state: &mut GridState, key: Key, modifiers: Modifiers) {
    let table = view.table;
    let from = if modifiers.shift { state.extent } else { state.cursor };
    let to = match key {
        Key::ArrowUp => travel(view, from, Way::Up, modifiers),
        Key::ArrowDown => travel(view, from, Way::Down, modifiers),
        Key::ArrowLeft => travel(view, from, Way::Left, modifiers),
        Key::ArrowRight => travel(view, from, Way::Right, modifiers),
        Key::Home if modifiers.command => Some(first_cell(table)),
        Key::End if modifiers.command => last_cell(table),
        Key::Home => row_end(table, from.0, Way::Left),
        Key::End => row_end(table, from.0, Way::Right),
        Key::PageUp => Some((0..PAGE_ROWS).fold(from, |at, _| step(table, at, Way::Up).unwrap_or(at))),
        Key::PageDown => Some((0..PAGE_ROWS).fold(from, |at, _| step(table, at, Way::Down).unwrap_or(at))),
        _ => None,
    };
    let to = to.unwrap_or(from);
    match modifiers.shift {
        true => {
            state.extent = to;
            state.scroll_to_cursor = true;
        }
        false => state.go_to(to),
    }
}

/// One cell on, or with Ctrl to the edge of the data.
fn travel(view: GridView<'_>, from: Position, way: Way, modifiers: Modifiers) -> Option<Position> {
    let next = step(view.table, from, way);
    if !modifiers.command {
        return next;
    }
    let is_filled = |at: Position| cell_at(view.table, at).is_some_and(|cell| !view.session.draft().entry(cell).is_blank());
    let in_block = is_filled(from) && next.is_some_and(is_filled);
    let mut at = next?;
    while let Some(next) = step(view.table, at, way) {
        let stop = if in_block { !is_filled(next) } else { is_filled(at) };
        if stop {
            break;
        }
        at = next;
    }
    Some(at)
}

/// Ctrl+D and Ctrl+R: the selection takes its first row's or column's entries; one cell takes its neighbour's.
fn filled(view: GridView<'_>, state: &GridState, way: Way) -> Command {
    let (form, draft) = (view.session.form(), view.session.draft());
    let ((top, left), (bottom, right)) = state.selection(view).range;
    let is_one = if way == Way::Down { top == bottom } else { left == right };
    let back = if way == Way::Down { Way::Up } else { Way::Left };
    let source = |cell: CellId| {
        let at = form.cell(cell).at;
        let from = match (is_one, way) {
            (true, _) => step(view.table, at, back)?,
            (false, Way::Down) => (top, at.1),
            (false, _) => (at.0, left),
        };
        cell_at(view.table, from)
    };
    let edit = |cell: CellId| Some(view.session.typed(cell, &draft.entry(source(cell)?).text()));
    Command::Change(state.selected(view).into_iter().filter_map(edit).collect())
}
