//! The fill handle: the small square at the corner of the selection. Dragged on, it copies what is selected, as in a spreadsheet.

use egui::{CursorIcon, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use super::frozen::Frozen;
use super::layout::Layout;
use crate::import::Range;
use crate::model::Edit;
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::state::grid::{GridState, GridView, Position, cell_at};

/// Side of the square, in points.
const SIDE: f32 = 7.0;

/// Where the handle is: there is none while something is typed, where nothing may be changed, and where it is scrolled away.
fn handle(view: GridView<'_>, state: &GridState, layout: &Layout, seen: Rect) -> Option<Rect> {
    let is_off = view.is_read_only || state.editor.is_some() || !state.more.is_empty();
    let corner = layout.slots(state.selection(view).range).right_bottom();
    (!is_off && seen.expand(2.0).contains(corner)).then(|| Rect::from_center_size(corner, Vec2::splat(SIDE)))
}

/// The pointer lies on the handle.
pub fn is_at(view: GridView<'_>, state: &GridState, (layout, frozen): (&Layout, Frozen), pointer: Pos2) -> bool {
    handle(view, state, layout, frozen.seen()).is_some_and(|handle| handle.expand(2.0).contains(pointer))
}

/// Paints the handle and, while it is dragged, what will be filled.
pub fn paint(ui: &Ui, view: GridView<'_>, state: &GridState, (layout, frozen): (&Layout, Frozen)) {
    let Some(handle) = handle(view, state, layout, frozen.seen()) else { return };
    if let Some(range) = state.fill.and_then(|to| extended(state.selection(view).range, to)) {
        ui.painter().rect_stroke(layout.slots(range), 0.0, Stroke::new(2.0, palette().frame), StrokeKind::Middle);
    }
    ui.painter().rect(handle, 0.0, palette().accent, Stroke::new(1.0, palette().paper), StrokeKind::Outside);
    if state.fill.is_some() || ui.input(|input| input.pointer.hover_pos()).is_some_and(|pointer| handle.expand(2.0).contains(pointer)) {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
}

/// The selection and what the handle was dragged over, in the direction it went farthest; none where it is still inside.
fn extended(((top, left), (bottom, right)): Range, (row, col): Position) -> Option<Range> {
    let down = row.saturating_sub(bottom).max(top.saturating_sub(row));
    let across = col.saturating_sub(right).max(left.saturating_sub(col));
    match (down, across) {
        (0, 0) => None,
        _ if down >= across => Some(((top.min(row), left), (bottom.max(row), right))),
        _ => Some(((top, left.min(col)), (bottom, right.max(col)))),
    }
}

/// The handle was let go: what was selected is copied over the rest, again and again where there is room. One step.
pub fn fill(view: GridView<'_>, state: &mut GridState) -> Option<Command> {
    let ((top, left), (bottom, right)) = state.selection(view).range;
    let range = extended(((top, left), (bottom, right)), state.fill.take()?)?;
    let (height, width) = (bottom - top + 1, right - left + 1);
    // The slot of the selection that a slot beside it repeats.
    let source = |(row, col): Position| {
        let back = |at: usize, first: usize, length: usize| first + (at + length * 64 - first) % length;
        (back(row, top, height), back(col, left, width))
    };
    let is_inside = |(row, col): Position| (top..=bottom).contains(&row) && (left..=right).contains(&col);
    let slots = (range.0.0..=range.1.0).flat_map(|row| (range.0.1..=range.1.1).map(move |col| (row, col)));
    let edit = |at: Position| -> Option<Edit> {
        let (to, from) = (cell_at(view.table, at)?, cell_at(view.table, source(at))?);
        let is_first = view.session.form().cell(to).at == at && !view.session.is_computed(to);
        is_first.then(|| view.session.typed(to, &view.session.draft().entry(from).text()))
    };
    let edits: Vec<Edit> = slots.filter(|at| !is_inside(*at)).filter_map(edit).collect();
    (state.cursor, state.extent) = (range.0, range.1);
    (!edits.is_empty()).then_some(Command::Change(edits))
}
