//! Cards of the list of findings, and the field for the reason that answers one.

use egui::{Color32, Frame, InnerResponse, Margin, Rect, RichText, Stroke, Ui, Vec2};

use crate::model::{Edit, ReasonKey, Refusal};
use crate::rules::Answer;
use crate::ui::command::{Command, edits};
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{words_edit, words_keys};
use crate::ui::state::work::{ReasonField, Work};

/// What a reason is asked for.
pub struct Asked<'a> {
    /// What it is filed under.
    pub key: &'a ReasonKey,
    /// What is written so far.
    pub answer: Answer<'a>,
    /// The words before the field.
    pub label: &'a str,
    /// The edit that writes a text down as the reason, or why it is none.
    pub edit: &'a dyn Fn(&str) -> Result<Edit, Refusal>,
}

/// A card with a coloured edge.
pub fn card<R>(ui: &mut Ui, edge: Color32, is_chosen: bool, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let fill = if is_chosen { palette().accent_tint } else { palette().paper };
    let stroke = Stroke::new(1.0, if is_chosen { palette().accent } else { palette().line });
    let frame = Frame::new().fill(fill).stroke(stroke).corner_radius(4).inner_margin(Margin { left: 10, right: 8, top: 5, bottom: 6 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 2.0);
        add(ui)
    });
    let rect = shown.response.rect;
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(Rect::from_min_size(rect.min, Vec2::new(4.0, rect.height())), 2.0, edge);
    }
    shown
}

/// The text field for a reason.
pub fn reason_ui(ui: &mut Ui, work: &Work, asked: &Asked<'_>, field: &mut ReasonField, commands: &mut Vec<Command>) {
    if field.key.as_ref() != Some(asked.key) {
        let text = match asked.answer {
            Answer::Given(reason) | Answer::Outdated(reason) => reason.to_owned(),
            Answer::Missing => String::new(),
        };
        *field = ReasonField { key: Some(asked.key.clone()), text, refused: None, take_focus: field.take_focus };
    }
    let label = ui.label(RichText::new(asked.label).small()).id;
    let edit = words_edit(&mut field.text, "例如：许可事项多为备查，本年无人申请。Enter 记下，Esc 放下");
    let edit = ui.add(edit).labelled_by(label);
    if std::mem::take(&mut field.take_focus) {
        edit.request_focus();
        edit.scroll_to_me(None);
    }
    let (enter, escape) = words_keys(ui, &edit);
    if escape {
        commands.push(Command::BackToChapter);
    }
    if let Some(refused) = field.refused {
        ui.label(RichText::new(format!("× {}", refused.words())).small().color(palette().error));
    }
    let buttons = ui.horizontal(|ui| {
        let put = ui.button("记下说明").on_hover_text("Enter").clicked();
        if put || enter {
            match (asked.edit)(&field.text) {
                Ok(edit) => {
                    field.refused = None;
                    commands.extend([Command::Change(vec![edit]), Command::BackToChapter]);
                }
                Err(refused) => field.refused = Some(refused),
            }
        }
        if work.session.draft().reason(asked.key).is_some() && ui.button("撤掉说明").clicked() {
            field.key = None;
            commands.push(Command::Change(vec![edits::no_reason(asked.key.clone())]));
        }
    });
    if edit.changed() || edit.gained_focus() {
        buttons.response.scroll_to_me(None);
    }
}
