//! The list of comments on the right: what was asked for when the report was returned comes first, each with what was done
//! about it; then every other comment with its answers.

use egui::{Label, Margin, RichText, ScrollArea, Ui};

use super::compose::{Decision, composer_ui};
use crate::form::Form;
use crate::model::{Action, ActionKind, Change, Role, Thread, Value};
use crate::review::{self, Task, TaskState};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::target_of_spot;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{entry_frame, when};
use crate::ui::state::composer::{About, Composer};
use crate::ui::state::work::Work;

/// Shows the list; `composer` is the comment being written.
pub fn comments_ui(ui: &mut Ui, work: &Work, composer: &mut Option<Composer>) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        if ui.button("写批注").on_hover_text(Named::Comment.keys()).clicked() {
            commands.push(Named::Comment.into());
        }
        let done = work.panel.tasks().iter().filter(|task| task.is_done()).count();
        match work.panel.tasks().len() {
            0 => {}
            all => _ = ui.label(RichText::new(format!("退回意见已办 {done} / {all}")).color(palette().weak)),
        }
    });
    ScrollArea::vertical().id_salt("comments").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        if let Some(open) = composer.as_mut().filter(|composer| matches!(composer.about, About::Spot(_))) {
            let decided = composer_ui(ui, work.session.form(), open);
            settle(decided, composer, &mut commands);
        }
        let tasks = work.panel.tasks();
        let asked: Vec<_> = tasks.iter().map(|task| task.thread.id()).collect();
        for (place, task) in tasks.iter().enumerate() {
            thread_ui(ui, work, &task.thread, Some(task), work.panel.place == Some(place), composer, &mut commands);
        }
        let others = work.panel.threads().filter(|thread| !asked.contains(&thread.id())).enumerate();
        for (place, thread) in others {
            let is_here = tasks.is_empty() && work.panel.place == Some(place);
            thread_ui(ui, work, thread, None, is_here, composer, &mut commands);
        }
        if asked.is_empty() && work.panel.threads().next().is_none() && composer.is_none() {
            let words = "还没有批注。选中格子、或选中一段文字，按 Shift+F2 写批注。";
            ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
        }
    });
    commands
}

/// Changes listed with a comment.
const MAX_CHANGES: usize = 5;

/// What has changed: place, what stood there and what stands there now; of a text the words round the change.
fn change_words(form: &Form, change: &Change) -> String {
    let value = |value| review::value_name(form, &change.item, value);
    let name = review::item_name(form, &change.item);
    match (&change.old, &change.new) {
        (Value::Text(old), Value::Text(new)) => format!("改：{name}：{}", review::excerpt(old, new)),
        (old, new) => format!("改：{name} {} → {}", value(old), value(new)),
    }
}

/// What can be said to a comment: the clerk what he did, the reviewer that it is settled.
fn answer_ui(ui: &mut Ui, work: &Work, thread: &Thread, changes: &[Change], composer: &mut Option<Composer>, commands: &mut Vec<Command>) {
    let reply = |text: String| Some(Composer { text, ..Composer::new(About::Reply(thread.id())) });
    let is_clerk = work.session.role() == Role::Clerk;
    if is_clerk && !thread.is_resolved {
        if ui.small_button("已改…").clicked() {
            let done: Vec<String> = changes.iter().take(MAX_CHANGES).map(|change| change_words(work.session.form(), change)).collect();
            let done: Vec<&str> = done.iter().filter_map(|words| words.strip_prefix("改：")).collect();
            *composer = reply(format!("已改：{}", done.join("；")));
        }
        if ui.small_button("已答复…").clicked() {
            *composer = reply("已答复：".to_owned());
        }
    } else if ui.small_button("答复").clicked() {
        *composer = reply(String::new());
    }
    // Whether it is settled is said by those who review, or by who asked.
    if is_clerk && thread.comment.person.role != Role::Clerk {
        return;
    }
    let (words, action) = match thread.is_resolved {
        false => ("已解决", Action::Resolve(thread.id())),
        true => ("重新打开", Action::Unresolve(thread.id())),
    };
    if ui.small_button(words).clicked() {
        commands.push(Command::Do(action, String::new()));
    }
}

fn settle(decided: Option<Decision>, composer: &mut Option<Composer>, commands: &mut Vec<Command>) {
    let Some(decided) = decided else { return };
    *composer = None;
    if let Decision::PutDown(command) = decided {
        commands.push(command);
    }
    commands.push(Command::BackToChapter);
}

fn thread_ui(
    ui: &mut Ui,
    work: &Work,
    thread: &Thread,
    task: Option<&Task>,
    is_here: bool,
    composer: &mut Option<Composer>,
    commands: &mut Vec<Command>,
) {
    let form = work.session.form();
    let (state, color) = match (thread.is_resolved, task.map(Task::state)) {
        (true, _) => ("✓ 已解决", palette().good),
        (false, Some(TaskState::Changed)) => ("✓ 已改，待确认", palette().accent),
        (false, Some(TaskState::Answered | TaskState::Settled)) => ("✓ 已答复，待确认", palette().accent),
        (false, Some(TaskState::Open)) => ("○ 未办", palette().warning),
        (false, None) => ("● 批注", palette().warning),
    };
    let shown = entry_frame(is_here).inner_margin(Margin::symmetric(9, 5)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            ui.label(RichText::new(state).font(bold_font(12.0)).color(color));
            ui.label(RichText::new(format!("第 {} 号", thread.no)).small().color(palette().weak));
        });
        if ui.link(review::spot_name(form, &thread.spot)).clicked() {
            commands.push(Command::Visit(target_of_spot(&thread.spot, work.session.draft())));
        }
        said_ui(ui, &thread.comment.person.to_string(), thread.comment.time, &thread.comment.words);
        for reply in &thread.replies {
            said_ui(ui, &reply.person.to_string(), reply.time, &reply.words);
        }
        let changes = task.map_or(&[][..], |task| &task.changes);
        for change in changes.iter().take(MAX_CHANGES) {
            ui.add(Label::new(RichText::new(change_words(form, change)).small().color(palette().accent)).wrap());
        }
        if changes.len() > MAX_CHANGES {
            let words = format!("……另外改了 {} 处，见“差异”", changes.len() - MAX_CHANGES);
            ui.label(RichText::new(words).small().color(palette().weak));
        }
        if let Some(open) = composer.as_mut().filter(|composer| composer.about == About::Reply(thread.id())) {
            let decided = composer_ui(ui, form, open);
            settle(decided, composer, commands);
        } else if work.session.may(ActionKind::Comment).is_ok() {
            ui.horizontal(|ui| answer_ui(ui, work, thread, changes, composer, commands));
        }
    });
    if is_here && work.reveal_finding {
        ui.scroll_to_rect(shown.response.rect, None);
    }
}

fn said_ui(ui: &mut Ui, who: &str, time: jiff::Timestamp, words: &str) {
    ui.label(RichText::new(format!("{who}　{}", when(time))).small().color(palette().weak));
    ui.add(Label::new(words).wrap());
}
