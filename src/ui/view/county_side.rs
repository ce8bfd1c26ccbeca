//! Beside the board: the body at the cursor, what is wrong with its report, the letter to it, what passed with it.

use egui::{Align, Button, Frame, Label, Layout, Margin, Rect, RichText, ScrollArea, Ui, vec2};

use super::county_mark::{ink, mark};
use crate::county::{Need, What, rule};
use crate::ui::command::Command;
use crate::ui::command::county::Many;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::severity_color;
use crate::ui::state::county::CountyPage;

/// Shows the body at the cursor.
pub fn side_ui(ui: &mut Ui, page: &CountyPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let county = &page.county;
    let Some((unit, standing)) = county.unit(page.at).zip(county.standings.get(page.at)) else {
        ui.label(RichText::new("这个文件夹里还没有单位。").color(palette().weak));
        ui.label("把名册从 Excel 复制，在这里按 Ctrl+V；或者把各单位的报告拖进来。");
        return commands;
    };
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(15.0, 18.0), egui::Sense::hover());
        mark(ui.painter(), place, standing.need);
        ui.add(Label::new(RichText::new(&unit.name).font(bold_font(15.0))).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let open = Button::new(RichText::new("打开报告　Enter").color(palette().accent)).frame(false);
            if !standing.copies.is_empty() && ui.add(open).clicked() {
                commands.push(Many::Report.into());
            }
        });
    });
    let need = standing.need.map_or("不应报", Need::name);
    let due = county.due(page.at);
    let contact = if unit.contact.is_empty() { String::new() } else { format!("　{} {}", unit.contact, unit.phone) };
    let state = standing.state.map_or("", |state| state.name());
    let state = if state == need { "" } else { state };
    let came = standing
        .received
        .map_or_else(String::new, |time| format!("{}月{}日收到　第 {} 份　", time.month(), time.day(), standing.copies.len()));
    ui.label(RichText::new(format!("{need}　{state}{contact}")).small().color(ink(standing.need)));
    ui.label(RichText::new(format!("{came}期限 {}月{}日", due.month(), due.day())).small().color(palette().weak));
    ui.add_space(4.0);
    ScrollArea::vertical().id_salt("county-side").auto_shrink(false).show(ui, |ui| {
        faults_ui(ui, page);
        letter_ui(ui, page, &mut commands);
        passed_ui(ui, page);
    });
    commands
}

/// What is wrong, a card each.
fn faults_ui(ui: &mut Ui, page: &CountyPage) {
    for fault in page.county.faults_of(page.at) {
        let color = severity_color(fault.severity);
        let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
        let shown = frame.inner_margin(Margin { left: 12, right: 8, top: 5, bottom: 5 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let place = if fault.place.is_empty() { rule::about(&fault.rule) } else { &fault.place };
            ui.label(RichText::new(place).font(bold_font(13.0)).color(color));
            ui.add(Label::new(RichText::new(&fault.words).size(13.0)).wrap());
        });
        let rect = shown.response.rect;
        ui.painter().rect_filled(Rect::from_min_size(rect.left_top(), vec2(4.0, rect.height())), 2.0, color);
        ui.add_space(4.0);
    }
    if let Some(taken) = page.county.counted(page.at) {
        let counts = taken.counts;
        if counts.look + taken.num_unread > 0 {
            let words = format!("正文里 {} 处请核对，读入时 {} 处没有读出或要问；打开报告看", counts.look, taken.num_unread);
            ui.add(Label::new(RichText::new(words).small().color(palette().warning)).wrap());
        }
    }
}

/// The letter of return: read, then sent.
fn letter_ui(ui: &mut Ui, page: &CountyPage, commands: &mut Vec<Command>) {
    let Some((_, text)) = page.letter.as_ref().filter(|(place, _)| *place == page.at) else { return };
    ui.add_space(6.0);
    ui.label(RichText::new("退回函").font(bold_font(14.0)));
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6).inner_margin(Margin::same(8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(text).size(13.0)).wrap().selectable(true));
    });
    ui.horizontal(|ui| {
        let give_back = Button::new(RichText::new("退回　Ctrl+R").color(palette().on_accent)).fill(palette().accent);
        if ui.add(give_back).on_hover_text("写成 Word 和文本，放进“函件”文件夹，并记下退回").clicked() {
            commands.push(Many::GiveBack.into());
        }
        if ui.button("复制").clicked() {
            commands.push(Command::Copy(text.clone()));
        }
    });
}

/// What passed with the body, the newest first.
fn passed_ui(ui: &mut Ui, page: &CountyPage) {
    let mut events = page.county.events_of(page.at).rev().peekable();
    if events.peek().is_none() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("经过").small().color(palette().weak));
    for event in events {
        let what = match event.what {
            What::Received => format!("收到 {}", event.note),
            What::Returned => "退回修改".to_owned(),
            What::Reminded => "催报".to_owned(),
        };
        let words = format!("{}　{what}　{}", event.time.strftime("%-m月%-d日 %H:%M"), event.by);
        ui.add(Label::new(RichText::new(words).small()).truncate());
    }
}
