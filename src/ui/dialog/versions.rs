//! The list of earlier saves, and where copies go.

use std::path::{Path, PathBuf};

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::store::Generation;
use crate::ui::command::Command;
use crate::ui::command::files::{Ask, Other};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, clock, title};

/// Shows the earlier saves, newest first.
pub fn list_ui(ui: &mut Ui, saves: &[Generation], path: &Path, is_open: bool) -> Option<Command> {
    ui.set_width(620.0);
    title(ui, "历史版本");
    let words = match saves.is_empty() {
        true => "还没有：每次保存都会在本机留下一稿，以后可以在这里找回。",
        false => "每次保存都在本机留下一稿，旧的逐渐稀疏。恢复时另存在草稿旁边，原来的草稿不动。",
    };
    ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
    ui.add_space(6.0);
    let mut asked = None;
    let height = ui.ctx().content_rect().height() - 240.0;
    ScrollArea::vertical().max_height(height.clamp(120.0, 460.0)).show(ui, |ui| {
        for (place, save) in saves.iter().enumerate() {
            let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(Margin::symmetric(10, 5));
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal(|ui| {
                    ui.label(RichText::new(clock(save.time)).font(bold_font(13.5)));
                    ui.label(changed(place, saves));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let compare = is_open.then(|| Ask::Compare(Other::Earlier(save.clone())));
                        for ask in std::iter::once(Ask::Restore(save.clone(), path.to_owned())).chain(compare) {
                            if ui.button(ask.label()).clicked() {
                                asked = Some(ask);
                            }
                        }
                    });
                });
            });
        }
    });
    let closed = buttons(ui, &[("关闭", true, Command::Cancel)]);
    asked.map(Command::Versions).or(closed)
}

/// What this save changed, in words: that is noted at the one before it.
fn changed(place: usize, saves: &[Generation]) -> String {
    let Some(before) = saves.get(place + 1) else { return "留下的最早一稿".to_owned() };
    match before.changed {
        None => "与前一稿比不出（其中一稿读不出）".to_owned(),
        Some(changed) => match (changed.num_cells, changed.num_chapters) {
            (0, 0) => "改了单位、说明等".to_owned(),
            (cells, 0) => format!("改了 {cells} 格"),
            (0, chapters) => format!("改了 {chapters} 章文字"),
            (cells, chapters) => format!("改了 {cells} 格、{chapters} 章文字"),
        },
    }
}

/// Shows where copies go, and takes another folder.
pub fn backup_ui(ui: &mut Ui, now: Option<&Path>, text: &mut String) -> Option<Command> {
    ui.set_width(560.0);
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
