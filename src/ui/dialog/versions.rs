//! The list of earlier saves, and where copies go.

use std::path::{Path, PathBuf};

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::store::Generation;
use crate::ui::command::Command;
use crate::ui::command::files::{Ask, Other};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, changed_words, clock, set_wide, title};
use crate::ui::state::recent::LeftDraft;

/// Shows the earlier saves, newest first, and before them what was changed and not saved.
pub fn list_ui(ui: &mut Ui, saves: &[Generation], path: &Path, is_open: bool, given_up: &[LeftDraft]) -> Option<Command> {
    set_wide(ui, 620.0);
    title(ui, "历史版本");
    let words = match saves.is_empty() {
        true => "还没有：每次保存都会在本机留下一稿，以后可以在这里找回。",
        false => "每次保存都在本机留下一稿，旧的逐渐稀疏。恢复时另存在草稿旁边，原来的草稿不动。",
    };
    ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
    ui.add_space(6.0);
    let mut asked = None;
    scroll(ui).show(ui, |ui| {
        for left in given_up {
            asked = given_up_ui(ui, left).or(asked.take());
        }
        for (place, save) in saves.iter().enumerate() {
            let compare = is_open.then(|| Ask::Compare(Other::Earlier(save.clone())));
            let asks = std::iter::once(Ask::Restore(save.clone(), path.to_owned())).chain(compare);
            let commands: Vec<Command> = asks.map(Command::Versions).collect();
            asked = version_ui(ui, (&clock(save.time), &changed(place, saves)), &commands).or(asked.take());
        }
    });
    asked.or(buttons(ui, &[("关闭", true, Command::Cancel)]))
}

/// Shows what was changed, not saved and given up in the last 30 days.
pub fn given_up_list_ui(ui: &mut Ui, given_up: &[LeftDraft]) -> Option<Command> {
    set_wide(ui, 620.0);
    title(ui, Ask::GivenUp.label());
    ui.label(RichText::new("没有保存、又说过不要的改动，在本机留 30 天，这里可以找回。").color(palette().weak));
    ui.add_space(6.0);
    let mut asked = None;
    scroll(ui).show(ui, |ui| {
        for left in given_up {
            asked = given_up_ui(ui, left).or(asked.take());
        }
    });
    asked.or(buttons(ui, &[("关闭", true, Command::Cancel)]))
}

/// The user does not want what a crash left behind.
pub fn forget_ui(ui: &mut Ui, left: &LeftDraft) -> Option<Command> {
    set_wide(ui, 520.0);
    title(ui, "这些改动不要了吗？");
    ui.add(Label::new(format!("{}：{}", left.name, left.words)).wrap());
    let words = format!("不要了的，30 天内还可以在开始页的“{}”里找回。", Ask::GivenUp.label());
    ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
    let forget = Command::Forget(left.file.clone());
    buttons(ui, &[("留着", true, Command::Cancel), (forget.label(), true, forget)])
}

fn scroll(ui: &Ui) -> ScrollArea {
    ScrollArea::vertical().max_height((ui.ctx().content_rect().height() - 240.0).clamp(120.0, 460.0))
}

fn given_up_ui(ui: &mut Ui, left: &LeftDraft) -> Option<Command> {
    let recover = left.is_whole.then(|| Command::Recover(left.file.clone()));
    version_ui(ui, (&left.name, &left.words), recover.as_slice())
}

/// A version with its buttons.
fn version_ui(ui: &mut Ui, (name, words): (&str, &str), commands: &[Command]) -> Option<Command> {
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(Margin::symmetric(10, 5));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(name).font(bold_font(13.5)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let pressed = commands.iter().filter(|command| ui.button(command.label()).clicked()).last().cloned();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(words).wrap()));
                pressed
            })
        })
    });
    shown.inner.inner.inner
}

/// What this save changed, in words: that is noted at the one before it.
fn changed(place: usize, saves: &[Generation]) -> String {
    match saves.get(place + 1).map(|before| before.changed) {
        None => "留下的最早一稿".to_owned(),
        Some(None) => "与前一稿比不出（其中一稿读不出）".to_owned(),
        Some(Some(changed)) => changed_words(changed),
    }
}

/// Shows where copies go, and takes another folder.
pub fn backup_ui(ui: &mut Ui, now: Option<&Path>, text: &mut String) -> Option<Command> {
    set_wide(ui, 560.0);
    title(ui, "备份文件夹");
    let words = "每次保存草稿时，在这个文件夹里另存一份带时间的副本（U 盘、共享文件夹）。副本只增不减，由您自己清理。";
    ui.add(Label::new(words).wrap());
    ui.add_space(4.0);
    match now {
        Some(folder) => ui.add(Label::new(format!("现在备份到：{}", folder.display())).wrap()),
        None => ui.label(RichText::new("现在没有备份文件夹。").color(palette().weak)),
    };
    ui.add_space(4.0);
    let mut asked = None;
    let label = ui.label("文件夹的位置").id;
    ui.horizontal(|ui| {
        let width = ui.available_width() - 120.0;
        let field = ui.add(TextEdit::singleline(text).desired_width(width)).labelled_by(label);
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let pick = Ask::PickBackup(text.clone());
        if ui.button(pick.label()).clicked() {
            asked = Some(pick);
        }
    });
    let typed = text.trim();
    let set = Ask::SetBackup(Some(PathBuf::from(typed)));
    let stop = Ask::SetBackup(None);
    let choices = [(set.into(), !typed.is_empty()), (stop.into(), now.is_some()), (Command::Cancel, true)];
    let pressed = buttons(ui, &choices.map(|(command, is_on): (Command, bool)| (command.label(), is_on, command)));
    asked.map(Command::Versions).or(pressed)
}
