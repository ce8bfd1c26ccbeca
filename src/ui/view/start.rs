//! The start screen: what can be begun, and what lies on the desk. As long as nothing does, it is the page of who begins.

use egui::{Align2, Button, CentralPanel, Frame, Margin, Panel, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::start_first::{first_steps_ui, first_ui};
use super::start_list::{Desk, list_ui, waiting_ui};
use crate::ui::command::Command;
use crate::ui::command::files::Ask;
use crate::ui::command::named::Named;
use crate::ui::look::icon::ICON;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::elided;

/// Width of the column of what can be begun, in points.
const COLUMN: f32 = 316.0;

/// Width in points below which both columns stand below each other.
const NARROW: f32 = 860.0;

/// Greatest width of the list, in points: a line is still read across.
const LIST: f32 = 1_440.0;

/// What can be begun, each with what it is for.
const WAYS: [(Named, &str); 5] = [
    (Named::NewFromLast, "带入上年数，核对结转和增减"),
    (Named::New, "填单位和年度，自动选用表样"),
    (Named::Open, "接着填、审核 .gouji 草稿"),
    (Named::Import, "Excel、Word、PDF、网页"),
    (Named::County, "收齐各单位的报告，核对、汇总"),
];

/// Shows the start screen.
pub fn start_ui(ui: &mut Ui, desk: &Desk<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    let frame = Frame::new().fill(palette().desk);
    if desk.recent.is_empty() {
        CentralPanel::default().frame(frame.inner_margin(Margin::symmetric(24, 16))).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                column(ui, |ui| {
                    ui.add_space((ui.available_height() * 0.05).max(4.0));
                    title_ui(ui);
                    waiting_ui(ui, desk.left, &mut commands);
                    first_ui(ui, desk.role, &mut commands);
                    ui.horizontal_wrapped(|ui| links_ui(ui, &[Named::OpenExample, Named::Help, Named::AskPerson], desk, &mut commands));
                    ui.label(RichText::new("全部在本机完成，不联网").small().color(palette().weak));
                });
            });
        });
        return commands;
    }
    if ui.available_width() < NARROW {
        CentralPanel::default().frame(frame.inner_margin(Margin::symmetric(16, 12))).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                title_ui(ui);
                waiting_ui(ui, desk.left, &mut commands);
                list_ui(ui, desk, &mut commands);
                ui.add_space(10.0);
                if is_short(desk) {
                    first_steps_ui(ui, &mut commands);
                }
                ways_ui(ui, desk, &mut commands);
            });
        });
        return commands;
    }
    let ways = frame.inner_margin(Margin { left: 28, right: 20, top: 28, bottom: 10 });
    Panel::left("start-ways").exact_size(COLUMN).resizable(false).frame(ways).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            title_ui(ui);
            ways_ui(ui, desk, &mut commands);
        });
    });
    CentralPanel::default().frame(frame.inner_margin(Margin { left: 28, right: 20, top: 28, bottom: 10 })).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(LIST.min(ui.available_width() - 8.0));
            waiting_ui(ui, desk.left, &mut commands);
            list_ui(ui, desk, &mut commands);
            if is_short(desk) {
                ui.add_space(12.0);
                first_steps_ui(ui, &mut commands);
            }
        });
    });
    commands
}

/// So few reports that there is room below them.
fn is_short(desk: &Desk<'_>) -> bool {
    desk.recent.len() < 3
}

/// A column in the middle of the screen.
fn column(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let width = 900.0_f32.min(ui.available_width() - 8.0);
    let side = ((ui.available_width() - width) / 2.0).max(0.0).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(side);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.x = 8.0;
            add(ui);
        });
    });
}

fn title_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(48.0, 48.0), Sense::hover());
        ui.painter().rect_filled(rect, 10.0, palette().accent);
        ui.painter().text(rect.center() - vec2(0.0, 1.0), Align2::CENTER_CENTER, "勾", bold_font(30.0), palette().on_accent);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(RichText::new("勾稽").font(bold_font(24.0)));
            ui.label(RichText::new("政府信息公开工作年度报告").small().color(palette().weak));
        });
    });
    ui.add_space(14.0);
}

/// What can be begun; from last year is the filled way, since most begin there.
fn ways_ui(ui: &mut Ui, desk: &Desk<'_>, commands: &mut Vec<Command>) {
    for (named, explained) in WAYS {
        if named == Named::County {
            ui.add_space(4.0);
            ui.label(RichText::new("县区政务公开办").small().color(palette().weak));
        }
        if way_ui(ui, named, explained, named == Named::NewFromLast) {
            commands.push(named.into());
        }
    }
    ui.add_space(8.0);
    // Beside a short list they stand below it, each with what it is for.
    let learning: &[Named] = if is_short(desk) { &[] } else { &[Named::OpenFaulty, Named::Practice, Named::Manual] };
    ui.spacing_mut().item_spacing.y = 2.0;
    links_ui(ui, &[learning, &[Named::OpenExample, Named::Help, Named::AskPerson]].concat(), desk, commands);
    ui.add_space(8.0);
    ui.label(RichText::new("全部在本机完成，不联网").small().color(palette().weak));
}

/// Ways that are taken now and then, without a frame.
fn links_ui(ui: &mut Ui, links: &[Named], desk: &Desk<'_>, commands: &mut Vec<Command>) {
    for named in links {
        let words = RichText::new(named.words()).color(palette().accent);
        let link = match named.icon() {
            Some(icon) => Button::new((icon.atom_in(palette().accent), words)),
            None => Button::new(words),
        };
        if ui.add(link.frame(false)).clicked() {
            commands.push((*named).into());
        }
    }
    if desk.has_given_up {
        let command = Command::from(Ask::GivenUp);
        if ui.add(Button::new(RichText::new(command.label()).color(palette().accent)).frame(false)).clicked() {
            commands.push(command);
        }
    }
}

/// A large button with a line that explains it.
fn way_ui(ui: &mut Ui, named: Named, explained: &str, is_filled: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, named.words()));
    let (fill, ink, weak, mark) = match is_filled {
        true => (palette().accent, palette().on_accent, palette().on_accent, palette().on_accent),
        false => (palette().paper, palette().ink, palette().weak, palette().accent),
    };
    let stroke = Stroke::new(1.0, if response.hovered() { palette().accent } else { palette().line });
    let painter = ui.painter();
    painter.rect(rect, 6.0, fill, stroke, StrokeKind::Inside);
    if let Some(icon) = named.icon() {
        let place = egui::Rect::from_center_size(pos2(rect.left() + 24.0, rect.center().y), egui::Vec2::splat(ICON + 2.0));
        icon.paint(painter, place, mark);
    }
    let keys = painter.layout_no_wrap(named.keys(), egui::FontId::proportional(12.0), weak);
    let right = rect.right() - 14.0 - keys.size().x;
    painter.galley(pos2(right, rect.center().y - keys.size().y / 2.0), keys, weak);
    let room = right - 8.0 - rect.left() - 46.0;
    let words = elided(ui, named.words(), bold_font(14.0), ink, room);
    painter.galley(pos2(rect.left() + 46.0, rect.top() + 7.0), words, ink);
    let words = elided(ui, explained, egui::FontId::proportional(12.0), weak, room);
    painter.galley(pos2(rect.left() + 46.0, rect.top() + 28.0), words, weak);
    response.clicked()
}
