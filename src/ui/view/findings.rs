//! The findings on the right. One cause is one card: what is most likely wrong first, with the broken sums that it explains; then
//! every other broken rule by chapter. A click goes there. One button is filled: the next step.

use std::collections::BTreeSet;

use egui::{Button, Id, Label, Response, RichText, ScrollArea, Ui};

use super::card::{Asked, Short, card, reason_ui, step_button};
use super::ground::{ground_ui, plain};
use super::prior::prior_ui;
use super::text_findings::text_finding_ui;
use crate::form::{CheckId, Need, Severity};
use crate::model::{CellId, Spot};
use crate::rules::claims::TextFinding;
use crate::rules::{self, Answer, Explanation, Finding, Mending, Slip, Standing, Verdict};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{severity_color, severity_words};
use crate::ui::state::work::{ReasonField, Work};

/// Most probably wrong cells that keep their place above the list.
const MAX_PINNED: usize = 1;

/// Height in points below which nothing keeps its place: in large letters the card alone would fill the list.
const LOW: f32 = 260.0;

/// Shows the list; `reason` is the text field for the reason of the finding looked at.
pub fn findings_ui(ui: &mut Ui, work: &Work, reason: &mut ReasonField) -> Vec<Command> {
    let mut commands = Vec::new();
    header_ui(ui, work, &mut commands);
    prior_ui(ui, work, &mut commands);
    let mut hovered = None;
    let session = &work.session;
    // Above the list, so that stepping through it never takes them away.
    let explanations: Vec<&Explanation> = session.explanations().iter().filter(|one| is_settled(work, one)).collect();
    let pinned = if ui.available_height() < LOW { 0 } else { MAX_PINNED };
    let (pinned, more) = explanations.split_at(explanations.len().min(pinned));
    for explanation in pinned {
        explanation_ui(ui, work, explanation, true, &mut commands);
    }
    let explained: BTreeSet<CheckId> =
        explanations.iter().flat_map(|explanation| explained(work, explanation)).map(|finding| finding.check).collect();
    ScrollArea::vertical().id_salt("findings").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        for (place, explanation) in more.iter().enumerate() {
            explanation_ui(ui, work, explanation, pinned.is_empty() && place == 0, &mut commands);
        }
        for chapter in &session.form().chapters {
            // What a card above explains is listed there, unless it is the one looked at.
            let is_listed = |finding: &Finding| !explained.contains(&finding.check) || work.finding == Some(finding.check);
            let is_here = |finding: &Finding| work.first_cell(*finding).0 == chapter.no && is_listed(finding);
            let mut here: Vec<Finding> = session.fails().filter(is_here).collect();
            here.sort_by_key(|finding| (finding.severity(session.form()), work.first_cell(*finding)));
            let mut texts: Vec<&TextFinding> = session.text_findings().iter().filter(|text| text.section.0 == chapter.no).collect();
            texts.sort_by_key(|text| (text.certainty, text.severity(), text.chars.start));
            if here.is_empty() && texts.is_empty() {
                continue;
            }
            ui.label(RichText::new(&*chapter.title).small().color(palette().weak));
            for finding in here {
                if finding_ui(ui, work, finding, reason, &mut commands) {
                    hovered = Some(finding);
                }
            }
            for text in texts {
                text_finding_ui(ui, work, text, reason, &mut commands);
            }
        }
        waiting_ui(ui, work);
    });
    if hovered != work.hovered {
        commands.push(Command::Hover(hovered));
    }
    commands
}

fn header_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    let session = &work.session;
    let checked = session.checked();
    let (errors, warnings) = (session.num_open(Severity::Error), session.num_open(Severity::Warning));
    let look_at = session.num_to_look_at();
    if (errors, warnings, look_at, checked.standing) == (0, 0, 0, Standing::Agrees) {
        ui.add(Label::new(RichText::new(format!("✓ {}", checked.words())).color(palette().good)).wrap());
        return;
    }
    ui.horizontal(|ui| {
        let (text, color) = match (errors, warnings) {
            (0, 0) if look_at > 0 => (format!("正文 {look_at} 处请核对"), palette().warning),
            (0, 0) if checked.standing == Standing::Empty => ("填数后自动核对".to_owned(), palette().weak),
            (0, 0) => ("已填的没有发现问题".to_owned(), palette().weak),
            (0, _) => (format!("待核实 {warnings}"), palette().warning),
            (_, 0) => (format!("错误 {errors}"), palette().error),
            (_, _) => (format!("错误 {errors}  待核实 {warnings}"), palette().error),
        };
        ui.label(RichText::new(text).color(color)).on_hover_text(checked.words());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_on = errors + warnings + look_at > 0;
            let next = if is_on {
                step_button(ui, "下一处 F8", is_next_step(work))
            } else {
                ui.add_enabled(false, Button::new("下一处 F8"))
            };
            if next.on_hover_text("F8 下一处，Shift+F8 上一处").clicked() {
                commands.push(Named::NextFinding.into());
            }
        });
    });
}

/// Going on to the next finding is the one next step: nothing is proposed, nothing waits for a reason, and no step of the review does.
fn is_next_step(work: &Work) -> bool {
    let is_open = work.text_finding.is_some() || work.looked_at().is_some_and(|at| at.severity(work.session.form()) == Severity::Warning);
    work.session.explanations().is_empty() && !is_open && !work.has_review()
}

/// It is said now: a total that is not filled yet is not forgotten while the cursor waits for a figure.
fn is_settled(work: &Work, explanation: &Explanation) -> bool {
    let is_keying = || work.focused_cell().is_some_and(|cell| work.session.draft().entry(cell).is_blank());
    explanation.claim().is_none_or(|way| way.slip != Slip::TotalsForgotten) || !is_keying()
}

/// The broken sums that one cause explains: errors in which a cell that may be wrong takes part.
fn explained<'a>(work: &'a Work, explanation: &'a Explanation) -> impl Iterator<Item = Finding> + 'a {
    let form = work.session.form();
    let is_suspect = |cell: &CellId| explanation.ways.iter().flat_map(|way| &way.suspects).any(|suspect| suspect.cell == *cell);
    let errors = work.session.fails().filter(|finding| finding.severity(form) == Severity::Error);
    errors.filter(move |finding| form.check(finding.check).cells.iter().any(is_suspect))
}

/// Broken sums that are listed under their cause.
const MAX_LISTED: usize = 3;

/// A slip with its one button, or the ways of which one is right; below it what it breaks.
fn explanation_ui(ui: &mut Ui, work: &Work, explanation: &Explanation, is_first: bool, commands: &mut Vec<Command>) {
    card(ui, palette().error, false, |ui| {
        ui.label(RichText::new(card_title(explanation)).font(bold_font(13.0)).color(palette().error));
        let is_claimed = is_first && explanation.claim().is_some();
        for way in &explanation.ways {
            mending_ui(ui, work, way, is_claimed, commands);
        }
        let broken: Vec<Finding> = explained(work, explanation).collect();
        for finding in broken.iter().take(MAX_LISTED) {
            let words = RichText::new(format!("× {}", work.panel.message(finding.check))).small();
            if ui.add(Button::selectable(work.finding == Some(finding.check), words).wrap()).clicked() {
                commands.push(Command::LookAt(*finding));
            }
        }
        if broken.len() > MAX_LISTED {
            let words = format!("另有 {} 处也因此不平，F8 逐处看", broken.len() - MAX_LISTED);
            ui.label(RichText::new(words).small().color(palette().weak));
        }
    });
}

fn card_title(explanation: &Explanation) -> &'static str {
    match explanation.claim().map(|way| way.slip) {
        None => "可能录错，只是其中一处",
        Some(Slip::TotalsForgotten) => "漏填的总计",
        Some(_) => "最可能录错的单元格",
    }
}

fn mending_ui(ui: &mut Ui, work: &Work, way: &Mending, is_filled: bool, commands: &mut Vec<Command>) {
    let session = &work.session;
    let form = session.form();
    let Some(first) = way.suspects.first() else { return };
    let figure = |entry| rules::figure(form, first.cell, entry);
    let (words, button) = match way.suspects.as_slice() {
        [only] => (figure(&only.should_be), format!("改为 {}", figure(&only.should_be))),
        several => (String::new(), format!("一起改正 {} 格", several.len())),
    };
    if words.is_empty() || session.explanations().len() > 1 || way.slip == Slip::TotalsForgotten {
        ui.add(Label::new(rules::mending(form, way)).wrap());
    } else {
        ui.label(&*form.cell(first.cell).label);
        ui.label(format!("现填 {}，改为 {words} 后各处勾稽都成立（{}）", figure(&first.typed), way.slip.words()));
    }
    ui.horizontal(|ui| {
        if !work.is_read_only() && step_button(ui, &button, is_filled).on_hover_text("可用 Ctrl+Z 撤销").clicked() {
            commands.push(Command::GoTo(first.cell));
            commands.push(Command::Change(session.mend(way)));
        }
        if ui.button("转到").clicked() {
            commands.push(Command::GoTo(first.cell));
        }
    });
}

/// One finding; says whether the pointer is on it.
fn finding_ui(ui: &mut Ui, work: &Work, finding: Finding, field: &mut ReasonField, commands: &mut Vec<Command>) -> bool {
    let session = &work.session;
    let form = session.form();
    let rule = form.rule(form.check(finding.check));
    let severity = finding.severity(form);
    let message = work.panel.message(finding.check);
    let answer = session.answer(finding);
    let color = if matches!(answer, Answer::Given(_)) { palette().good } else { severity_color(severity) };
    let state = match answer {
        Answer::Given(_) => "✓ 已说明",
        Answer::Outdated(_) => "⚠ 说明待重新确认",
        Answer::Missing => severity_words(severity),
    };
    let short = Short { id: Id::unique(("finding", finding.check.index())), color, state, rule: &rule.id, message, answer };
    let click = if work.finding == Some(finding.check) { open_ui(ui, work, finding, &short, field, commands) } else { short.ui(ui) };
    if click.clicked() {
        commands.push(Command::LookAt(finding));
    }
    click.hovered()
}

/// The finding looked at: what to do about it, and the field for the reason.
fn open_ui(
    ui: &mut Ui,
    work: &Work,
    finding: Finding,
    short: &Short<'_>,
    field: &mut ReasonField,
    commands: &mut Vec<Command>,
) -> Response {
    let session = &work.session;
    let (form, severity) = (session.form(), finding.severity(session.form()));
    let words = |text: String| Label::new(RichText::new(text).small()).wrap();
    let shown = card(ui, short.color, true, |ui| {
        let top = short.top_ui(ui);
        let below = ui.add(Label::new(short.message).wrap());
        if let Answer::Given(reason) | Answer::Outdated(reason) = short.answer {
            ui.add(words(format!("说明：{reason}")));
        }
        let mut doubts = Vec::new();
        ui.add(words(format!("怎么办：{}", plain(rules::hint(session.report(), finding), &mut doubts))));
        if work.is_review() && ui.small_button("写批注").clicked() {
            commands.push(Command::CommentOn(Spot::Finding(rules::reason_key(form, finding))));
        }
        if severity == Severity::Warning && !work.is_read_only() {
            let (key, edit) = (rules::reason_key(form, finding), |text: &str| session.reason_edit(finding, text));
            let (label, is_filled) = ("情况属实的，写明原因：", session.explanations().is_empty());
            reason_ui(ui, work, &Asked { key: &key, answer: short.answer, label, is_filled, edit: &edit }, field, commands);
        }
        let rule = form.rule(form.check(finding.check));
        ground_ui(ui, ("ground", &*rule.id), &rule.id, &rule.source, &doubts);
        top.rect.union(below.rect)
    });
    if work.reveal_finding {
        ui.scroll_to_rect(shown.response.rect, None);
    }
    // The words are the button; below them may be a text field.
    short.button(ui, shown.inner.expand(4.0))
}

/// How many rules wait for blank cells, and which are not checked at all.
fn waiting_ui(ui: &mut Ui, work: &Work) {
    let waiting = work.session.findings().iter().filter(|finding| finding.verdict == Verdict::Waiting).count();
    let undecided = |wanted: Need| {
        let rules = rules::undecided(work.session.report()).filter(|(_, need)| *need == wanted);
        rules.count()
    };
    let (by_prior, by_profile) = (undecided(Need::Prior), undecided(Need::Profile));
    let notes = [
        (waiting > 0).then(|| format!("另有 {waiting} 项勾稽等待填数，填齐后自动核对。")),
        (by_prior > 0).then(|| format!("上年数据未核对：还没有收入上年报告，与上年比较的 {by_prior} 条规则没有核对。")),
        (by_profile > 0).then(|| format!("要看单位性质的 {by_profile} 条规则这一版还不核对，请人工核对。")),
    ];
    for words in notes.into_iter().flatten() {
        ui.add_space(4.0);
        ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    }
}
