//! What screens and questions share: buttons below a question, a field for a few words, the frame of a list's entry, short
//! ways to write a time or a long value.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Button, Color32, FontId, Frame, Galley, Key, KeyboardShortcut, Label, Layout, Margin, Modifiers, Response, RichText, TextEdit,
    Ui, UiBuilder,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::theme::{bold_font, palette};
use crate::form::Severity;
use crate::store::Changed;

/// Longest value shown whole, in characters.
const LONG: usize = 60;

/// The question in short.
pub fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(bold_font(17.0)));
    ui.add_space(6.0);
}

/// The row of buttons below a question: words, whether it can be pressed, what it means. Enter presses the one with the focus,
/// else the first.
pub fn buttons<T: Clone>(ui: &mut Ui, choices: &[(&str, bool, T)]) -> Option<T> {
    ui.add_space(10.0);
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let (mut chosen, mut has_focus) = (None, false);
    ui.horizontal(|ui| {
        for (place, (words, is_on, value)) in choices.iter().enumerate() {
            let button = match place {
                0 => Button::new(RichText::new(*words).color(palette().on_accent)).fill(palette().accent),
                _ => Button::new(*words),
            };
            let response = ui.add_enabled(*is_on, button);
            has_focus |= response.has_focus();
            if *is_on && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(value.clone());
            }
        }
    });
    let first = choices.first().filter(|(_, is_on, _)| enter && *is_on && !has_focus);
    chosen.or(first.map(|(_, _, value)| value.clone()))
}

/// A field for a few words: Enter puts them down, Shift+Enter is a new line; the Enter that ends a composition never comes here.
pub fn words_edit<'a>(text: &'a mut String, hint: &'static str) -> TextEdit<'a> {
    let edit = TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY).hint_text(hint);
    edit.return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
}

/// Enter was pressed in such a field, to put the words down, or Esc, to drop them.
pub fn words_keys(ui: &Ui, field: &Response) -> (bool, bool) {
    let has_keyboard = field.has_focus() || field.lost_focus();
    let keys = ui.input(|input| (input.key_pressed(Key::Enter) && !input.modifiers.shift, input.key_pressed(Key::Escape)));
    (has_keyboard && keys.0, has_keyboard && keys.1)
}

/// A text field of a question that takes the keyboard where nothing else has it.
pub fn field_of(ui: &mut Ui, label: &str, edit: TextEdit<'_>) -> Response {
    let label = ui.label(label).id;
    let field = ui.add(edit).labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    field
}

/// What stands in a panel of a fixed size: what is more than fits is cut there. Else the panel would be taken to be as large as it, and
/// one at the lower edge would be laid below the window.
pub fn kept_within<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.max_rect();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(room));
    inner.shrink_clip_rect(room.expand(2.0));
    add(&mut inner)
}

/// A question of this width, in points; narrower where the window is.
pub fn set_wide(ui: &mut Ui, most: f32) {
    ui.set_width(most.min(ui.ctx().content_rect().width() - 60.0));
}

/// A cell of a table of words, as wide as its column: words go on in the next line where it ends.
pub fn cell_ui(ui: &mut Ui, words: RichText, width: f32) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.add(Label::new(words).wrap());
    });
}

/// Height of a list in a question: as high as is good, and no higher than the window leaves it beside what else stands there, so
/// that the buttons are always in sight. All in points.
pub fn list_height(ui: &Ui, most: f32, rest: f32) -> f32 {
    (ui.ctx().content_rect().height() - rest).clamp(60.0, most)
}

/// The frame round an entry of a list; tinted where F8 has come to it.
pub fn entry_frame(is_here: bool) -> Frame {
    let (fill, line) = if is_here { (palette().accent_tint, palette().accent) } else { (palette().paper, palette().line) };
    Frame::new().fill(fill).stroke((1.0, line)).corner_radius(4).inner_margin(Margin::symmetric(9, 4))
}

/// The frame of a strip above the chapter that says what is going on: a practice, a second entry.
pub fn strip_frame() -> Frame {
    Frame::new().fill(palette().accent_tint).stroke((1.0, palette().accent)).corner_radius(4).inner_margin(Margin::symmetric(10, 5))
}

/// The frame round what nobody has checked: dashed.
pub fn dashed_frame<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = Frame::new().fill(palette().paper).inner_margin(Margin::same(12)).show(ui, add);
    let rect = shown.response.rect;
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, egui::Stroke::new(1.0, palette().frame), 4.0, 3.0));
    shown.inner
}

/// A column whose lines end where their words do: columns beside each other would spread the words of a line that goes on.
pub fn ragged<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::top_down(Align::Min), add).inner
}

/// Words on one line, cut where there is no more room.
pub fn elided(ui: &Ui, words: &str, font: FontId, ink: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(words.to_owned(), TextFormat::simple(font, ink));
    job.wrap = TextWrapping::truncate_at_width(room.max(8.0));
    ui.painter().layout_job(job)
}

/// The beginning of a long value.
pub fn cut(text: &str) -> String {
    if text.chars().count() <= LONG { text.to_owned() } else { text.chars().take(LONG).chain(['…']).collect() }
}

/// A time as the lists show it: `01-30 10:02`, in this machine's time zone.
pub fn when(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%m-%d %H:%M").to_string()
}

/// Day and time in words, in this machine's time zone: `1月30日 14:03`.
pub fn clock(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%-m月%-d日 %H:%M").to_string()
}

/// How much was changed: `改了 3 格、1 章文字`.
pub fn changed_words(changed: Changed) -> String {
    match (changed.num_cells, changed.num_chapters) {
        (0, 0) => "改了单位、说明等".to_owned(),
        (cells, 0) => format!("改了 {cells} 格"),
        (0, chapters) => format!("改了 {chapters} 章文字"),
        (cells, chapters) => format!("改了 {cells} 格、{chapters} 章文字"),
    }
}

/// The word and sign of a severity.
pub fn severity_words(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "× 错误",
        Severity::Warning => "⚠ 待核实",
        Severity::Info => "ⓘ 提示",
    }
}

/// The colour of a severity.
pub fn severity_color(severity: Severity) -> Color32 {
    match severity {
        Severity::Error => palette().error,
        Severity::Warning => palette().warning,
        Severity::Info => palette().info,
    }
}
