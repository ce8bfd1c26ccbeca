//! Cards of the list of findings, and the field for the reason that answers one.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Button, Color32, CornerRadius, FontId, Frame, Galley, Id, InnerResponse, Margin, Rect, Response, RichText, Sense, Stroke, StrokeKind,
    TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::model::{Edit, ReasonKey, Refusal};
use crate::rules::Answer;
use crate::ui::command::{Command, edits};
use crate::ui::look::theme::{bold_font, palette};
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
    /// Writing it down is the one next step: its button is filled.
    pub is_filled: bool,
    /// The edit that writes a text down as the reason, or why it is none.
    pub edit: &'a dyn Fn(&str) -> Result<Edit, Refusal>,
}

/// Height of a card's first line, in points.
const TOP: f32 = 20.0;

/// Between a card's edge and its words, in points.
const INSIDE: Margin = Margin { left: 10, right: 8, top: 5, bottom: 6 };

/// A finding in short.
pub struct Short<'a> {
    /// Who it is, the same in each frame.
    pub id: Id,
    /// Color of the edge and of the state.
    pub color: Color32,
    /// How bad it is, or that it is answered.
    pub state: &'a str,
    /// Id of the rule.
    pub rule: &'a str,
    /// What does not hold.
    pub message: &'a str,
    /// The reason given, if any.
    pub answer: Answer<'a>,
}

impl Short<'_> {
    /// The first line: how bad it is. The rule's number stands behind 依据.
    pub fn top_ui(&self, ui: &mut Ui) -> Response {
        ui.label(RichText::new(self.state).font(bold_font(12.0)).color(self.color))
    }

    /// Makes what shows the finding a button of that name.
    pub fn button(&self, ui: &Ui, rect: Rect) -> Response {
        let click = ui.interact(rect, self.id, Sense::click());
        click.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {} {}", self.state, self.rule, self.message)));
        click
    }

    /// The finding as one painted button: most cards of a list are this, and each frame draws them all.
    pub fn ui(&self, ui: &mut Ui) -> Response {
        let small = TextStyle::Small.resolve(ui.style());
        let width = ui.available_width();
        let lines = self.lines(ui, &small, width - INSIDE.sum().x);
        let height = INSIDE.sum().y + TOP + lines.iter().map(|line| 2.0 + line.size().y).sum::<f32>();
        let (_, rect) = ui.allocate_space(vec2(width, height));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, lines);
        }
        self.button(ui, rect)
    }

    fn lines(&self, ui: &Ui, small: &FontId, width: f32) -> Vec<Arc<Galley>> {
        let layout = |words: String, font: FontId| ui.painter().layout(words, font, palette().ink, width);
        let message = layout(self.message.to_owned(), TextStyle::Body.resolve(ui.style()));
        let reason = match self.answer {
            Answer::Given(reason) | Answer::Outdated(reason) => Some(layout(format!("说明：{reason}"), small.clone())),
            Answer::Missing => None,
        };
        [message].into_iter().chain(reason).collect()
    }

    fn paint(&self, ui: &Ui, rect: Rect, lines: Vec<Arc<Galley>>) {
        let painter = ui.painter();
        painter.rect(rect, 4.0, palette().paper, Stroke::new(1.0, palette().line), StrokeKind::Inside);
        paint_edge(ui, rect, self.color);
        let inner = rect - INSIDE;
        let state = painter.layout_no_wrap(self.state.to_owned(), bold_font(12.0), self.color);
        painter.galley(pos2(inner.left(), inner.top() + (TOP - state.size().y) / 2.0), state, self.color);
        let mut top = inner.top() + TOP + 2.0;
        for line in lines {
            let height = line.size().y;
            painter.galley(pos2(inner.left(), top), line, palette().ink);
            top += height + 2.0;
        }
    }
}

/// The coloured edge of a card.
fn paint_edge(ui: &Ui, rect: Rect, color: Color32) {
    let edge = Rect::from_min_size(rect.min, vec2(4.0, rect.height()));
    ui.painter().rect_filled(edge, CornerRadius { nw: 4, sw: 4, ..CornerRadius::ZERO }, color);
}

/// A card with a coloured edge.
pub fn card<R>(ui: &mut Ui, edge: Color32, is_chosen: bool, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let fill = if is_chosen { palette().accent_tint } else { palette().paper };
    let stroke = Stroke::new(1.0, if is_chosen { palette().accent } else { palette().line });
    let frame = Frame::new().fill(fill).stroke(stroke).corner_radius(4).inner_margin(INSIDE);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 2.0);
        ui.spacing_mut().interact_size.y = TOP;
        add(ui)
    });
    let rect = shown.response.rect;
    if ui.is_rect_visible(rect) {
        paint_edge(ui, rect, edge);
    }
    shown
}

/// A button; filled where it is the one next step.
pub fn step_button(ui: &mut Ui, words: &str, is_filled: bool) -> Response {
    if !is_filled {
        return ui.button(words);
    }
    ui.add(Button::new(RichText::new(words).color(palette().on_accent)).fill(palette().accent))
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
        let put = step_button(ui, "记下说明", asked.is_filled).on_hover_text("Enter").clicked();
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
