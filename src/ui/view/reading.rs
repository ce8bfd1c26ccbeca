//! The reader's desk: first what the clerk explained, then what moved most since last year, then what was checked and what was not.

use egui::{Align, Button, Frame, Key, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::compose::{Decision, composer_ui};
use super::moves::moves_ui;
use crate::model::{ActionKind, Spot};
use crate::review::{Explained, Judgement};
use crate::rules;
use crate::ui::command::Command;
use crate::ui::command::places::{Reading, Target};
use crate::ui::look::ring::{is_free, page_ring};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{clock, dashed_frame, ragged};
use crate::ui::state::composer::{About, Composer};
use crate::ui::state::work::Work;

/// Differences shown beside what was explained.
pub const MANY: usize = 6;

/// Shows the step of the reading that is on screen.
pub fn reading_ui(ui: &mut Ui, work: &mut Work, reading: Reading) -> Vec<Command> {
    // Nothing here takes the keyboard for itself.
    work.take_focus = false;
    progress_ui(ui, work);
    match reading {
        Reading::Explained => explained_ui(ui, work),
        Reading::Moves => moves_ui(ui, work, usize::MAX),
        Reading::Before => before_ui(ui, work),
    }
}

/// Shows what stands beside it.
pub fn reading_side_ui(ui: &mut Ui, work: &mut Work, reading: Reading) -> Vec<Command> {
    let mut commands = Vec::new();
    if reading != Reading::Moves {
        commands.extend(moves_ui(ui, work, MANY));
        ui.add_space(8.0);
        ui.separator();
    }
    if reading == Reading::Before {
        return commands;
    }
    ScrollArea::vertical().id_salt("before-side").show(ui, |ui| commands.extend(before_ui(ui, work)));
    commands
}

/// How much of the reading is done, and the keys for it.
fn progress_ui(ui: &mut Ui, work: &Work) {
    let explained = work.panel.explained();
    let judged = explained.iter().filter(|one| one.judgement != Judgement::Open).count();
    let (seen, many) = work.big_moves();
    let open = work.session.draft().review().threads().iter().filter(|thread| !thread.is_resolved).count();
    let words = format!("审核进度　已说明 {judged} / {}　差异 大的 {seen} / {many}　批注 {open} 条未结", explained.len());
    ui.horizontal(|ui| {
        ui.label(RichText::new(words).small().color(palette().weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keys = RichText::new("Y 认可　N 不认可　↑↓ 走　Ctrl+Enter 看过这一屏").small().color(palette().weak);
            ui.add(Label::new(keys).truncate());
        });
    });
}

fn explained_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let explained = work.panel.explained().to_vec();
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("填报人已说明的 {} 条", explained.len())).font(bold_font(16.0)));
        let words = if explained.is_empty() {
            "没有写过说明的待核实，可以看与上年的差异"
        } else {
            "先看这些：程序说可疑，人说有理由"
        };
        ui.label(RichText::new(words).color(palette().weak));
    });
    work.reading_place = work.reading_place.min(explained.len().saturating_sub(1));
    let is_free = work.panel.composer.is_none() && is_free(ui);
    if is_free {
        commands.extend(keys(ui, work, &explained));
    }
    let mut composer = work.panel.composer.take();
    ScrollArea::vertical().id_salt("explained").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        for (place, one) in explained.iter().enumerate() {
            card_ui(ui, work, one, place == work.reading_place, &mut composer, &mut commands);
        }
    });
    work.panel.composer = composer;
    commands
}

/// Y, N and the arrows on the card one has come to.
fn keys(ui: &Ui, work: &mut Work, explained: &[Explained]) -> Vec<Command> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    let last = explained.len().saturating_sub(1);
    if pressed(Key::ArrowDown) {
        work.reading_place = (work.reading_place + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        work.reading_place = work.reading_place.saturating_sub(1);
    }
    let Some(one) = explained.get(work.reading_place) else { return Vec::new() };
    if pressed(Key::Y) {
        let open = |one: &Explained| one.judgement == Judgement::Open;
        let next = (0..explained.len()).map(|step| (work.reading_place + 1 + step) % explained.len());
        work.reading_place = next.into_iter().find(|place| explained.get(*place).is_some_and(open)).unwrap_or(work.reading_place);
        return vec![Command::Judge(one.key.clone(), true)];
    }
    if pressed(Key::N) {
        return vec![Command::CommentOn(Spot::Finding(one.key.clone()))];
    }
    Vec::new()
}

fn card_ui(ui: &mut Ui, work: &Work, one: &Explained, is_here: bool, composer: &mut Option<Composer>, commands: &mut Vec<Command>) {
    let form = work.session.form();
    let (bar, line) = match (one.judgement, is_here) {
        (Judgement::Accepted, _) => (palette().line, palette().line),
        (_, true) => (palette().warning, palette().accent),
        (_, false) => (palette().warning, palette().line),
    };
    let frame = Frame::new().fill(palette().paper).stroke((1.0, line)).corner_radius(6).inner_margin(Margin::symmetric(16, 10));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new("△").color(palette().warning));
            ui.label(RichText::new(&one.line).font(bold_font(14.0)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(&*one.key.rule).small().color(palette().weak)).on_hover_text(&*one.says);
            });
        });
        ui.add(Label::new(&one.message).wrap());
        reason_ui(ui, one);
        judgement_ui(ui, one, is_here, commands);
        let about = About::Spot(Spot::Finding(one.key.clone()));
        if let Some(open) = composer.as_mut().filter(|composer| composer.about == about)
            && let Some(decided) = composer_ui(ui, form, open)
        {
            *composer = None;
            if let Decision::PutDown(command) = decided {
                commands.push(command);
            }
        }
    });
    let rect = shown.response.rect;
    ui.painter().rect_filled(egui::Rect::from_min_size(rect.min, vec2(4.0, rect.height())), 2.0, bar);
    if is_here && work.panel.composer.is_none() {
        page_ring(ui, rect);
        ui.scroll_to_rect(rect, None);
    }
}

/// The clerk's reason, with who wrote it and when.
fn reason_ui(ui: &mut Ui, one: &Explained) {
    Frame::new().fill(palette().desk).corner_radius(4).inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let who = one.by.as_ref().map_or_else(|| "填报人".to_owned(), |step| format!("{}　{}", step.person.name, clock(step.time)));
        ui.label(RichText::new(who).small().color(palette().weak));
        ui.add(Label::new(&*one.reason.text).wrap());
    });
}

fn judgement_ui(ui: &mut Ui, one: &Explained, is_here: bool, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        match one.judgement {
            Judgement::Accepted => {
                ui.label(RichText::new("✓ 已认可").font(bold_font(13.0)).color(palette().good));
                if ui.link("撤回").clicked() {
                    commands.push(Command::Judge(one.key.clone(), false));
                }
                return;
            }
            Judgement::Refused => {
                ui.label(RichText::new("× 不认可，批注未结").font(bold_font(13.0)).color(palette().error));
            }
            Judgement::Open => {
                // One filled button: on the card one has come to.
                let accept = match is_here {
                    true => Button::new(RichText::new("认可　Y").color(palette().on_accent)).fill(palette().accent),
                    false => Button::new("认可　Y"),
                };
                if ui.add(accept).clicked() {
                    commands.push(Command::Judge(one.key.clone(), true));
                }
                if ui.button("不认可，写批注…　N").clicked() {
                    commands.push(Command::CommentOn(Spot::Finding(one.key.clone())));
                }
            }
        }
        if ui.link("看这一格").clicked() {
            commands.push(Command::Visit(Target::Finding(one.key.clone())));
        }
    });
}

/// What was checked, what was not, what is left, and the way on.
fn before_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let session = &work.session;
    ui.horizontal(|ui| {
        ui.label(RichText::new("通过前").font(bold_font(15.0)));
        ui.label(RichText::new("左边是查过的，右边要您心里有数").small().color(palette().weak));
    });
    let checked = session.checked();
    let explained = work.panel.explained();
    let left = vec![
        format!("表内 {} 项，{} 项成立", checked.num_sums, checked.num_agreeing),
        format!("错误 {} 项", checked.num_errors),
        format!("正文里的数：{}", if checked.figures.is_empty() { "没有".to_owned() } else { checked.figures.words() }),
        format!("待核实已说明 {} 条", explained.len()),
    ];
    let rests = rules::ground_words(session.report());
    let blanks = session.blanks().len();
    let left: Vec<String> = left.into_iter().chain(rests.into_iter().map(|(what, words)| format!("{what}：{words}"))).collect();
    let mut right: Vec<String> = checked.unchecked.iter().map(|words| (*words).to_owned()).collect();
    right.extend(["每件归哪一类是否恰当", "是否含涉密、个人信息", "附件、图片"].map(str::to_owned));
    ui.columns(2, |columns| {
        if let [one, other] = columns {
            let plain = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6).inner_margin(Margin::same(12));
            plain.show(one, |ui| ragged(ui, |ui| list_ui(ui, RichText::new("✓ 查过的").color(palette().good), &left)));
            dashed_frame(other, |ui| ragged(ui, |ui| list_ui(ui, RichText::new("– 没有查的").color(palette().weak), &right)));
        }
    });
    let open = explained.iter().filter(|one| one.judgement == Judgement::Open).count();
    let refused = explained.iter().filter(|one| one.judgement == Judgement::Refused).count();
    let comments = session.draft().review().threads().iter().filter(|thread| !thread.is_resolved).count();
    ui.add_space(6.0);
    let words = match (explained.len(), open) {
        (0, _) => "没有要看的说明".to_owned(),
        (all, 0) => format!("已说明的 {all} 条，都看过"),
        (all, open) => format!("已说明的 {all} 条，还有 {open} 条没看"),
    };
    state_ui(ui, open == 0, &words);
    state_ui(ui, blanks == 0, &if blanks == 0 { "各格、各章都填了".to_owned() } else { blanks_words(blanks) });
    let words = if comments == 0 { "批注都结了".to_owned() } else { format!("没有结的批注 {comments} 条") };
    state_ui(ui, comments == 0, &words);
    ui.horizontal(|ui| {
        let kind = if session.may(ActionKind::Sign).is_ok() { ActionKind::Sign } else { ActionKind::Pass };
        let may = session.may(kind);
        let is_open = open + refused == 0 && may.is_ok();
        // The filled one is in the bar above.
        if ui.add_enabled(is_open, Button::new(format!("{kind}…"))).clicked() {
            commands.push(Command::Act(kind));
        }
        let why = match (&may, open, refused) {
            (Err(why), ..) => why.words(),
            (_, 1.., _) => format!("看完 {open} 条说明就能按"),
            (_, _, 1..) => "有不认可的说明，请退回修改，或撤回不认可".to_owned(),
            _ => String::new(),
        };
        ui.add(Label::new(RichText::new(why).small().color(palette().weak)).wrap());
    });
    commands
}

fn list_ui(ui: &mut Ui, title: RichText, lines: &[String]) {
    ui.set_width(ui.available_width());
    ui.label(title.font(bold_font(13.0)));
    for line in lines {
        ui.add(Label::new(RichText::new(line).size(13.0)).wrap());
    }
}

/// So many places are blank, for who is about to pass or sign.
pub fn blanks_words(num: usize) -> String {
    format!("还有 {num} 处没有填，空白不等于 0")
}

fn state_ui(ui: &mut Ui, is_done: bool, words: &str) {
    let (mark, color) = if is_done { ("✓", palette().good) } else { ("○", palette().warning) };
    ui.label(RichText::new(format!("{mark} {words}")).color(color));
}
