//! The ring round what has the keyboard: painted in one place, so that there is one at a time in the window; and how the arrows
//! walk the entries of what has popped up.

use egui::{Context, EventFilter, Id, Key, Modifiers, Rect, Response, Stroke, StrokeKind, Ui};

use super::theme::palette;

/// How far outside of it the ring stands.
const OUTSIDE: f32 = 2.0;

/// Where it is kept which of the widgets marks its own place.
fn own_id() -> Id {
    Id::unique("marks-its-own-place")
}

/// This one marks within itself where the keyboard is, as a table does by its cursor: it gets no ring.
pub fn marks_itself(ui: &Ui, id: Id) {
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.data_mut(|data| data.insert_temp(own_id(), id));
    }
}

/// Paints the ring, after everything else; fields of text have their own frame and caret.
pub fn ring_ui(ctx: &Context) {
    let Some(id) = ctx.memory(egui::Memory::focused) else { return };
    if ctx.text_edit_focused() || ctx.data(|data| data.get_temp(own_id())) == Some(id) {
        return;
    }
    if ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).is_none()) {
        // It was on a page that has gone. What is there now has the keyboard from the next frame on, and marks itself only then.
        return ctx.request_repaint();
    }
    let Some(response) = ctx.read_response(id).filter(|response| response.interact_rect.is_positive()) else { return };
    let painter = ctx.layer_painter(response.layer_id).with_clip_rect(response.interact_rect.expand(2.0 * OUTSIDE));
    painter.rect_stroke(response.rect.expand(OUTSIDE), 6.0, Stroke::new(2.0, palette().accent), StrokeKind::Middle);
}

/// Nothing has the keyboard, and no question is open over this: its keys are the page's own.
pub fn is_free(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused().is_none() && memory.allows_interaction(ui.layer_id()))
}

/// The ring round what the keys of a whole page act on, its current line or card: while nothing else has the keyboard.
pub fn page_ring(ui: &Ui, rect: Rect) {
    if is_free(ui) {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, palette().accent), StrokeKind::Inside);
    }
}

/// Up and down walk these entries of a menu or list that popped up; the first has the keyboard when it opens.
pub fn walk(ui: &Ui, entries: &[Response]) {
    let here = entries.iter().position(Response::has_focus);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = match here {
        None => Some(0),
        Some(at) if pressed(Key::ArrowDown) => Some((at + 1) % entries.len()),
        Some(at) if pressed(Key::ArrowUp) => Some((at + entries.len() - 1) % entries.len()),
        Some(_) => None,
    };
    if let Some(entry) = to.and_then(|to| entries.get(to)) {
        entry.request_focus();
        entry.scroll_to_me(None);
    }
    // The arrows are the menu's, not the window's.
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    entries
        .iter()
        .filter(|entry| entry.has_focus())
        .for_each(|entry| ui.memory_mut(|memory| memory.set_focus_lock_filter(entry.id, filter)));
}
