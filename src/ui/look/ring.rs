//! The ring round what has the keyboard: painted in one place, so that there is one at a time in the window.

use egui::{Context, Id, Stroke, StrokeKind, Ui};

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
    let Some(response) = ctx.read_response(id).filter(|response| response.interact_rect.is_positive()) else { return };
    let painter = ctx.layer_painter(response.layer_id).with_clip_rect(response.interact_rect.expand(2.0 * OUTSIDE));
    painter.rect_stroke(response.rect.expand(OUTSIDE), 6.0, Stroke::new(2.0, palette().accent), StrokeKind::Middle);
}
