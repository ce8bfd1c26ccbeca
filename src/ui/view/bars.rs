//! The bar on top (what can be done) and the one below (how things stand).

use egui::{Align, Button, FontId, Label, Layout, RichText, Ui};

use super::foot::foot_ui;
use super::menus::menus_ui;
use crate::form::Severity;
use crate::model::Kind;
use crate::rules::Standing;
use crate::store::Keeper;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// Shows the top bar of the work screen.
pub fn top_bar_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal_centered(|ui| {
        commands.extend(menus_ui(ui, work));
        ui.add_space(8.0);
        let (is_wide, has_room) = (ui.available_width() > 420.0, ui.available_width() > 200.0);
        if !has_room {
            return;
        }
        let form = work.session.form();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_wide && ui.add(Button::new(RichText::new("F1 按键一览").small()).frame(false)).clicked() {
                commands.push(Named::Help.into());
            }
            if !work.has_review() && ui.button("送审…").on_hover_text(Named::WayOn.keys()).clicked() {
                commands.push(Named::WayOn.into());
            }
            let who = work.session.person().map_or_else(|| "填姓名和身份".to_owned(), ToString::to_string);
            if ui.add(Button::new(RichText::new(who).small()).frame(false)).on_hover_text("姓名和身份、本单位的环节").clicked()
            {
                commands.push(Named::AskPerson.into());
            }
            // The form's name stands beside the report's, where both have room.
            let form_words = || RichText::new(&*form.name).small().color(palette().weak);
            let room = ui.available_width();
            let needs = ui.painter().layout_no_wrap(form.name.to_string(), FontId::proportional(12.0), palette().weak).size().x + 16.0;
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let has_both = is_wide && room > needs + 120.0;
                ui.scope(|ui| {
                    ui.set_max_width(if has_both { room - needs } else { room });
                    ui.add(Label::new(RichText::new(work.name()).font(bold_font(15.0))).truncate());
                });
                if has_both {
                    ui.label(form_words()).on_hover_text(&*form.document);
                }
            });
        });
    });
    commands
}

/// Shows the status bar.
pub fn status_bar_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
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
        if selected.len() > 1 && ui.available_width() < SELECTION {
            // The room is the selection's.
        } else if all.0 == all.1 {
            ui.label(format!("表格 {} 格已填全", all.1));
        } else if ui
            .add(Button::new(format!("表格已填 {} / {} 格", all.0, all.1)).frame(false))
            .on_hover_text("F7 转到下一处未填")
            .clicked()
        {
            commands.push(Named::NextBlank.into());
        }
        if selected.len() > 1 {
            ui.separator();
            // Amounts of money do not add up with pieces.
            let pieces = selected.iter().filter(|cell| !matches!(session.form().cell(**cell).kind, Kind::Money(_)));
            let values: Vec<i64> = pieces.filter_map(|cell| session.draft().entry(*cell).value()).collect();
            ui.label(sums(selected.len(), &values));
        }
        let is_wide = ui.available_width() > FOOT;
        if is_wide {
            commands.extend(foot_ui(ui, work));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(format!("{:.0}%", ui.ctx().zoom_factor() * 100.0)).color(palette().weak))
                .on_hover_text("Ctrl + 加号、减号缩放，Ctrl+0 还原");
            if is_wide {
                return;
            }
            ui.separator();
            let (errors, warnings) = (session.num_open(Severity::Error), session.num_open(Severity::Warning));
            let checked = session.checked();
            let (words, color) = match (errors, warnings) {
                (0, 0) if checked.standing == Standing::Agrees && session.num_to_look_at() == 0 => {
                    (format!("✓ {}", checked.words()), palette().good)
                }
                (0, 0) => (checked.words(), palette().weak),
                (0, _) => (format!("待核实 {warnings}"), palette().warning),
                (_, _) => (format!("错误 {errors}，待核实 {warnings}"), palette().error),
            };
            let more = format!("{}。F8 转到下一处", checked.words());
            let counts = ui.add(Button::new(RichText::new(words).color(color)).frame(false).truncate()).on_hover_text(more);
            // A screen reader says the counts whenever they change.
            ui.accesskit_node_builder(counts.id, |node| node.set_live(egui::accesskit::Live::Polite));
            if counts.clicked() {
                commands.push(Named::NextFinding.into());
            }
        });
    });
    commands
}

/// Room that the parts of the foot line want, in points; with less the counts alone are shown.
const FOOT: f32 = 640.0;

/// Room that what is filled and what is selected want beside each other, in points.
const SELECTION: f32 = 760.0;

/// What a spreadsheet says of a selection.
fn sums(num_selected: usize, values: &[i64]) -> String {
    let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let average = i128::try_from(values.len()).ok().and_then(|count| (sum * 20 + count).checked_div(count * 2));
    let average = average.map_or_else(String::new, |tenths| {
        let sign = if tenths < 0 { "-" } else { "" };
        format!("，平均 {sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    });
    format!("选中 {num_selected} 格，计数 {}{average}，合计 {sum}", values.len())
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
