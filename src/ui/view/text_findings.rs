//! A finding about text as a card: both sides in words, and what can be done in the text. A table is never changed from here.

use egui::{Id, Label, Response, RichText, Ui};

use super::card::{Asked, Short, card, reason_ui, step_button};
use super::ground::{ground_ui, plain};
use crate::form::Severity;
use crate::model::{Edit, ReasonKey, Splice};
use crate::rules::Answer;
use crate::rules::claims::{Certainty, TextFinding, held};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{severity_color, severity_words};
use crate::ui::state::work::{ReasonField, Work};

/// Shows the card; a click on its words puts the cursor on the sentence.
pub fn text_finding_ui(ui: &mut Ui, work: &Work, found: &TextFinding, field: &mut ReasonField, commands: &mut Vec<Command>) {
    let key = found.reason_key();
    let answer = work.session.answer_text(found);
    let severity = found.severity();
    let color = if matches!(answer, Answer::Given(_)) { palette().weak } else { severity_color(severity) };
    let state = match (answer, found.certainty, severity) {
        (Answer::Given(_), ..) => "✓ 已说明",
        (Answer::Outdated(_), ..) => "⚠ 说明待重新确认",
        (_, Certainty::Look, Severity::Warning) => "⚠ 请核对",
        _ => severity_words(severity),
    };
    let message = found.message();
    let id = Id::unique(("text finding", &*key.rule, &*key.at));
    let short = Short { id, color, state, rule: &found.rule.id, message: &message, answer };
    let click =
        if work.text_finding.as_ref() == Some(&key) { open_ui(ui, work, found, &short, &key, field, commands) } else { short.ui(ui) };
    if click.clicked() {
        commands.push(Command::Visit(Target::Finding(key)));
    }
}

/// The finding looked at: what can be done in the text, and the field for the reason.
fn open_ui(
    ui: &mut Ui,
    work: &Work,
    found: &TextFinding,
    short: &Short<'_>,
    key: &ReasonKey,
    field: &mut ReasonField,
    commands: &mut Vec<Command>,
) -> Response {
    let shown = card(ui, short.color, true, |ui| {
        let top = short.top_ui(ui);
        let below = ui.add(Label::new(short.message).wrap());
        if let Answer::Given(reason) | Answer::Outdated(reason) = short.answer {
            ui.add(Label::new(RichText::new(format!("说明：{reason}")).small()).wrap());
        }
        let mut doubts = Vec::new();
        ui.add(Label::new(RichText::new(format!("怎么办：{}", plain(found.hint(), &mut doubts))).small()).wrap());
        let is_next = !work.is_read_only() && work.session.explanations().is_empty();
        let can_mend = mended(work, found).is_some();
        ui.horizontal_wrapped(|ui| buttons_ui(ui, work, found, is_next, commands));
        if found.severity() != Severity::Error && !work.is_read_only() {
            let edit = |text: &str| work.session.text_reason_edit(found, text);
            let (label, is_filled) = ("本句不核对，因为：", is_next && !can_mend);
            reason_ui(ui, work, &Asked { key, answer: short.answer, label, is_filled, edit: &edit }, field, commands);
        }
        ground_ui(ui, ("ground", &*key.rule, &*key.at), &found.rule.id, &found.rule.source, &doubts);
        top.rect.union(below.rect)
    });
    if work.reveal_finding {
        ui.scroll_to_rect(shown.response.rect, None);
    }
    short.button(ui, shown.inner.expand(4.0))
}

/// What can be done about a finding; on a card of its own the first button is the filled one.
pub fn buttons_ui(ui: &mut Ui, work: &Work, found: &TextFinding, is_filled: bool, commands: &mut Vec<Command>) {
    if let Some((edit, value)) = mended(work, found).filter(|_| !work.is_read_only()) {
        let button = step_button(ui, &format!("改正文为 {value}"), is_filled);
        if button.on_hover_text("可用 Ctrl+Z 撤销").clicked() {
            commands.push(Command::Change(vec![edit]));
        }
    }
    if let Some(cell) = found.right.cells.first()
        && ui.button("去表里看").clicked()
    {
        commands.push(Command::GoTo(*cell));
    }
    if !work.is_read_only() {
        links_ui(ui, work, found, commands);
    }
}

/// What the figure may mean, to be settled with one click; a link is taken away the same way.
fn links_ui(ui: &mut Ui, work: &Work, found: &TextFinding, commands: &mut Vec<Command>) {
    let session = &work.session;
    let Some(figure) = session.text_figures().iter().find(|figure| figure.section == found.section && figure.chars == found.chars) else {
        return;
    };
    if figure.is_linked {
        if ui.button("解除链接").on_hover_text("正文这个数不再跟着表").clicked() {
            commands.push(Command::Change(session.unlink_edit(figure).into_iter().collect()));
        }
        return;
    }
    for key in figure.keys.iter().filter(|key| !key.starts_with("pct:")) {
        let Some(edit) = session.link_edit(figure, key) else { continue };
        let name = held::name(session.form(), key);
        let words = if figure.keys.len() == 1 { "链接".to_owned() } else { format!("就是{name}") };
        if ui.button(words).on_hover_text(format!("链接到{name}：以后跟着表改，不一致算错误")).clicked() {
            commands.push(Command::Change(vec![edit]));
        }
    }
}

/// The edit that writes the table's figure in the text's place, where the text's is one figure in plain digits, whole on both sides.
fn mended(work: &Work, found: &TextFinding) -> Option<(Edit, i64)> {
    let (left, right) = (found.left.value?, found.right.value?);
    let within = |figure: &&crate::rules::claims::TextFigure| {
        figure.section == found.section && figure.chars == found.chars && figure.figure.count() == Some(left)
    };
    let figure = work.session.text_figures().iter().find(within).filter(|_| !found.right.cells.is_empty())?;
    let text: Vec<char> = work.session.draft().section(found.section).chars().collect();
    let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let words = text.get(figure.at.clone())?;
    let start = words.iter().position(is_digit)?;
    let old: String = words.iter().skip(start).take_while(|c| is_digit(c)).collect();
    // 1,204 or 1.2万 is more than its first digits.
    let is_whole = left.to_string().len() == old.chars().count() && right >= 0;
    let splice = Splice { at: figure.at.start + start, old: old.into(), new: right.to_string().into() };
    is_whole.then_some((Edit::Text(found.section, splice), right))
}
