//! Findings that are scrolled out of sight: their cards take the room they took before and are not laid out.
//! `tests/it/drawings.rs` proves that it shows the same.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Context, Id, Rect, Response, Sense, Ui, Vec2, WidgetInfo};

use crate::rules::Answer;

/// All that says how high the card of a finding is while it is not looked at.
#[derive(Debug, PartialEq)]
pub struct CardText {
    /// What a screen reader says of it.
    pub label: String,
    reason: Option<String>,
    width: f32,
    pixels_per_point: f32,
}

impl CardText {
    /// The text of a card that is to be shown here.
    pub fn new(ui: &Ui, label: String, answer: Answer<'_>) -> Self {
        let reason = match answer {
            Answer::Given(reason) | Answer::Outdated(reason) => Some(reason.to_owned()),
            Answer::Missing => None,
        };
        Self { label, reason, width: ui.available_width(), pixels_per_point: ui.ctx().pixels_per_point() }
    }
}

/// A card as it was laid out last.
#[derive(Debug)]
struct LaidOut {
    text: CardText,
    /// In points.
    height: f32,
}

/// Remembers how high a card with this text is, in points.
pub fn remember(ui: &Ui, id: Id, text: CardText, height: f32) {
    ui.data_mut(|data| data.insert_temp(id, Arc::new(LaidOut { text, height })));
}

/// Forgets how high cards are: the next frame lays all of them out. For the proof that it comes out the same.
pub fn forget_heights(ctx: &Context) {
    ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<Arc<LaidOut>>);
}

/// A card that is known to be out of sight: the room it takes, and the button that keys and screen readers find there.
pub fn unseen_ui(ui: &mut Ui, id: Id, text: &CardText) -> Option<Response> {
    let last = ui.data(|data| data.get_temp::<Arc<LaidOut>>(id)).filter(|last| last.text == *text)?;
    let size = Vec2::new(text.width, last.height);
    if ui.is_rect_visible(Rect::from_min_size(ui.cursor().min, size)) {
        return None;
    }
    let (_, rect) = ui.allocate_space(size);
    Some(button_ui(ui, rect, id, &text.label))
}

/// The card of a finding as a button.
pub fn button_ui(ui: &Ui, rect: Rect, id: Id, label: &str) -> Response {
    let button = ui.interact(rect, id, Sense::click());
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    button
}
