//! The bar on top (what can be done) and the one below (how things stand).

use egui::{Align, Button, Label, Layout, RichText, ScrollArea, Ui};

use super::command::Command;
use super::review;
use super::theme::{self, LOOKS, bold_font, palette};
use super::versions::Ask;
use super::work::Work;
use crate::form::Severity;
use crate::store::Keeper;

/// Shows the top bar of the work screen.
pub fn top_bar_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal_centered(|ui| {
        file_menu_ui(ui, &mut commands);
        view_menu_ui(ui, &mut commands);
        review_menu_ui(ui, &mut commands);
        for (command, is_on) in [
            (Command::Save, true),
            (Command::Undo, work.session.can_undo()),
            (Command::Redo, work.session.can_redo()),
            (Command::Export, true),
        ] {
            if ui.add_enabled(is_on, Button::new(command.label())).on_hover_text(command.keys()).clicked() {
                commands.push(command);
            }
        }
        ui.add_space(8.0);
        let (is_wide, has_room) = (ui.available_width() > 420.0, ui.available_width() > 200.0);
        if !has_room {
            return;
        }
        let form = work.session.form();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_wide && ui.add(Button::new(RichText::new("F1 按键一览").small()).frame(false)).clicked() {
                commands.push(Command::Help);
            }
            if !review::has_bar(work) && ui.button("送审…").on_hover_text(Command::WayOn.keys()).clicked() {
                commands.push(Command::WayOn);
            }
            let who = work.session.person().map_or_else(|| "填姓名和身份".to_owned(), ToString::to_string);
            if ui.add(Button::new(RichText::new(who).small()).frame(false)).on_hover_text("姓名和身份、本单位的环节").clicked()
            {
                commands.push(Command::AskPerson);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(work.name()).font(bold_font(15.0))).truncate());
                if is_wide {
                    ui.label(RichText::new(&*form.name).small().color(palette().weak)).on_hover_text(&*form.document);
                }
            });
        });
    });
    commands
}

/// Commands in a menu, with their keys.
fn items_ui(ui: &mut Ui, items: impl IntoIterator<Item = Command>, commands: &mut Vec<Command>) {
    for command in items {
        if ui.add(Button::new(command.label()).shortcut_text(command.keys())).clicked() {
            commands.push(command);
            ui.close();
        }
    }
}

/// Files: drafts, and what leaves.
fn file_menu_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.menu_button("文件", |ui| {
        use Command::{
            Close, CopyPage, Export, ExportAll, ExportSummary, Import, New, Open, OpenCopy, OpenPrior, Print, Quit, Rename, Save, SaveAs,
        };
        let hand_on = vec![Export, ExportAll, ExportSummary, CopyPage, Print];
        let versions = [Ask::List, Ask::Backup].map(Ask::command).to_vec();
        let groups = [vec![New, Open, Import, Save, SaveAs, Rename], hand_on, vec![OpenPrior, OpenCopy], versions, vec![Close, Quit]];
        // On a small screen, or in large letters, the menu is longer than the window.
        let height = (ui.ctx().content_rect().height() - 70.0).max(120.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for (place, group) in groups.into_iter().enumerate() {
                if place > 0 {
                    ui.separator();
                }
                items_ui(ui, group, commands);
            }
        });
    });
}

/// What is looked at, and how.
fn view_menu_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.menu_button("查看", |ui| {
        let items = [
            Command::Find,
            Command::NextFinding,
            Command::PrevFinding,
            Command::Reason,
            Command::NextBlank,
            Command::Help,
            Command::Practice,
        ];
        items_ui(ui, items, commands);
        ui.separator();
        for look in LOOKS {
            if ui.add(Button::selectable(theme::look() == look, look.name())).clicked() {
                commands.push(Command::Look(look));
                ui.close();
            }
        }
        ui.separator();
        for (words, zoom) in [("放大　Ctrl+加号", 1.1), ("缩小　Ctrl+减号", 1.0 / 1.1)] {
            if ui.button(words).clicked() {
                let zoomed = (ui.ctx().zoom_factor() * zoom).clamp(1.0, 2.0);
                ui.ctx().set_zoom_factor(zoomed);
            }
        }
    });
}

/// What can be done in a review.
fn review_menu_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.menu_button("办理", |ui| {
        let items = [
            Command::WayOn,
            Command::GiveBack,
            Command::Comment,
            Command::Seen,
            review::Second::Ask.command(),
            Command::Log,
            Command::AskPerson,
        ];
        items_ui(ui, items, commands);
    });
}

/// Shows the status bar.
pub fn status_bar_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let selected = work.selected_cells();
    ui.horizontal_centered(|ui| {
        let (words, color) = saved(work);
        ui.label(RichText::new(words).color(color));
        ui.separator();
        let session = &work.session;
        let all: (usize, usize) = (0..session.form().tables.len())
            .map(|table| session.completeness(table))
            .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        if all.0 == all.1 {
            ui.label(format!("表格 {} 格已填全", all.1));
        } else if ui
            .add(Button::new(format!("表格已填 {} / {} 格", all.0, all.1)).frame(false))
            .on_hover_text("F7 转到下一处未填")
            .clicked()
        {
            commands.push(Command::NextBlank);
        }
        if selected.len() > 1 {
            ui.separator();
            let values: Vec<i64> = selected.iter().filter_map(|cell| session.draft().entry(*cell).value()).collect();
            ui.label(format!(
                "选中 {} 格，计数 {}，合计 {}",
                selected.len(),
                values.len(),
                values.iter().map(|value| i128::from(*value)).sum::<i128>()
            ));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(format!("{:.0}%", ui.ctx().zoom_factor() * 100.0)).color(palette().weak))
                .on_hover_text("Ctrl + 加号、减号缩放，Ctrl+0 还原");
            ui.separator();
            let (errors, warnings) = (session.num_open(Severity::Error), session.num_open(Severity::Warning));
            let words = format!("错误 {errors}，待核实 {warnings}");
            let color = if errors > 0 {
                palette().error
            } else if warnings > 0 {
                palette().warning
            } else {
                palette().good
            };
            let counts = ui.add(Button::new(RichText::new(words).color(color)).frame(false)).on_hover_text("F8 转到下一处");
            // A screen reader says the counts whenever they change.
            ui.accesskit_node_builder(counts.id, |node| node.set_live(egui::accesskit::Live::Polite));
            if counts.clicked() {
                commands.push(Command::NextFinding);
            }
        });
    });
    commands
}

/// Where the draft stands, in words.
fn saved(work: &Work) -> (String, egui::Color32) {
    if let Some(trouble) = work.keeper.as_ref().and_then(Keeper::trouble) {
        return (format!("⚠ {trouble}"), palette().error);
    }
    if work.is_held() {
        return ("只读：别处正打开着这份草稿".to_owned(), palette().warning);
    }
    if work.is_changed_on_disk {
        return ("⚠ 文件被别人改过，保存时两份都保留".to_owned(), palette().warning);
    }
    match (&work.path, work.session.is_modified(), &work.saved_at) {
        (None, false, _) => ("示例或新报告，尚未存为文件".to_owned(), palette().weak),
        (None, true, _) => ("● 有改动，尚未存为文件（Ctrl+S）".to_owned(), palette().warning),
        (Some(_), true, _) => ("● 有改动未保存（Ctrl+S）".to_owned(), palette().warning),
        (Some(_), false, Some(at)) => (format!("✓ 已保存 {at}"), palette().good),
        (Some(_), false, None) => ("✓ 与文件一致".to_owned(), palette().good),
    }
}
