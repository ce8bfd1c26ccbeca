//! The start screen: a new report, a draft, the example, and the drafts worked on last.

use egui::{Align2, Button, CentralPanel, FontId, Frame, Margin, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::store::Left;
use crate::ui::command::Command;
use crate::ui::command::files::Ask;
use crate::ui::command::named::Named;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::recent::{LeftDraft, RecentDraft};

/// Width of the column in the middle, in points.
const COLUMN: f32 = 720.0;

/// Shows the start screen.
pub fn start_ui(ui: &mut Ui, recent: &[RecentDraft], left: &[Left], has_given_up: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    CentralPanel::default().frame(Frame::new().fill(palette().desk).inner_margin(24)).show(ui, |ui| {
        ui.add_space((ui.available_height() * 0.08).max(8.0));
        let side = ((ui.available_width() - COLUMN) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(COLUMN.min(ui.available_width()));
                title_ui(ui);
                let is_narrow = ui.available_width() < 660.0;
                let third = (ui.available_width() - 2.0 * ui.spacing().item_spacing.x) / 3.0;
                let tile = if is_narrow { vec2(ui.available_width(), 76.0) } else { vec2(third, 92.0) };
                let row = if is_narrow { egui::Layout::top_down(egui::Align::Min) } else { egui::Layout::left_to_right(egui::Align::Min) };
                ui.with_layout(row, |ui| {
                    for (named, explained) in [
                        (Named::New, "填单位和年度，自动选用表样"),
                        (Named::Open, "继续填写 .gouji 草稿"),
                        (Named::OpenExample, "应急管理局 2020 年报告"),
                    ] {
                        if tile_ui(ui, tile, named, explained) {
                            commands.push(named.into());
                        }
                    }
                });
                ui.horizontal_wrapped(|ui| {
                    let links =
                        [Named::NewFromLast, Named::Import, Named::County, Named::Practice, Named::Manual, Named::Help, Named::AskPerson]
                            .map(Command::from);
                    for command in links.into_iter().chain(has_given_up.then(|| Ask::GivenUp.into())) {
                        if ui.add(Button::new(RichText::new(command.label()).color(palette().accent)).frame(false)).clicked() {
                            commands.push(command);
                        }
                    }
                });
                ui.add_space(14.0);
                left_ui(ui, left, &mut commands);
                recent_ui(ui, recent, &mut commands);
            });
        });
    });
    commands
}

fn title_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(56.0, 56.0), Sense::hover());
        ui.painter().rect_filled(rect, 10.0, palette().accent);
        ui.painter().text(rect.center() - vec2(0.0, 1.0), Align2::CENTER_CENTER, "勾", bold_font(34.0), palette().on_accent);
        ui.add_space(6.0);
        ui.vertical(|ui| {
            ui.add_space(2.0);
            ui.label(RichText::new("勾稽").font(bold_font(26.0)));
            ui.label(RichText::new("政府信息公开工作年度报告：填表、核对、导出，全部在本机完成").color(palette().weak));
        });
    });
    ui.add_space(22.0);
}

/// A large button with a line that explains it.
fn tile_ui(ui: &mut Ui, size: Vec2, named: Named, explained: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, named.words()));
    let is_main = named == Named::New;
    let (fill, ink, weak) = match is_main {
        true => (palette().accent, palette().on_accent, palette().on_accent),
        false => (palette().paper, palette().ink, palette().weak),
    };
    let stroke = Stroke::new(1.0, if response.hovered() { palette().accent } else { palette().line });
    let painter = ui.painter();
    painter.rect(rect, 8.0, fill, stroke, StrokeKind::Inside);
    if response.has_focus() {
        painter.rect_stroke(rect.expand(3.0), 10.0, Stroke::new(2.0, palette().accent), StrokeKind::Inside);
    }
    painter.text(rect.left_top() + vec2(16.0, 18.0), Align2::LEFT_TOP, named.words(), bold_font(17.0), ink);
    painter.text(rect.left_top() + vec2(16.0, 50.0), Align2::LEFT_TOP, explained, FontId::proportional(12.5), weak);
    painter.text(rect.right_top() + vec2(-14.0, 22.0), Align2::RIGHT_TOP, named.keys(), FontId::proportional(11.5), weak);
    response.clicked()
}

/// Most of the height that cards of crashes take; the rest of them is scrolled to.
const LEFT_SHARE: f32 = 0.5;

/// What a crash left behind: nothing is restored unasked.
fn left_ui(ui: &mut Ui, left: &[Left], commands: &mut Vec<Command>) {
    let height = ui.available_height() * LEFT_SHARE;
    ScrollArea::vertical().id_salt("left").max_height(height).show(ui, |ui| {
        for left in left.iter().map(LeftDraft::of) {
            left_card_ui(ui, left, commands);
            ui.add_space(6.0);
        }
    });
}

fn left_card_ui(ui: &mut Ui, left: LeftDraft, commands: &mut Vec<Command>) {
    let frame = Frame::new().fill(palette().warning_tint).stroke((1.0, palette().warning)).corner_radius(6);
    frame.inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(format!("⚠ 上次没有正常关闭：{}", left.name)).font(bold_font(14.0)).color(palette().warning));
        ui.label(left.words);
        ui.horizontal(|ui| {
            let recover = left.is_whole.then(|| Command::Recover(left.file.clone()));
            for command in recover.into_iter().chain([Command::AskForget(left.file)]) {
                if ui.button(command.label()).clicked() {
                    commands.push(command);
                }
            }
        });
    });
}

fn recent_ui(ui: &mut Ui, recent: &[RecentDraft], commands: &mut Vec<Command>) {
    ui.label(RichText::new("最近的草稿").font(bold_font(15.0)));
    if recent.is_empty() {
        ui.label(RichText::new("还没有。保存过的草稿会列在这里。").color(palette().weak));
        return;
    }
    ScrollArea::vertical().show(ui, |ui| {
        for draft in recent {
            let frame =
                Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6).inner_margin(Margin::symmetric(14, 8));
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal(|ui| {
                    ui.vertical(|ui| {
                        ui.label(RichText::new(&draft.name).font(bold_font(14.0)));
                        let color = if draft.is_broken { palette().error } else { palette().weak };
                        let mark = if draft.is_broken { "× " } else { "" };
                        if !draft.standing.is_empty() {
                            ui.label(RichText::new(format!("{mark}{}", draft.standing)).small().color(color));
                        }
                        ui.label(RichText::new(draft.path.display().to_string()).small().color(palette().weak));
                    });
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if ui.add(Button::new("打开")).clicked() {
                            commands.push(Command::OpenPath(draft.path.clone()));
                        }
                        ui.label(RichText::new(&draft.state).small());
                    });
                });
            });
        }
    });
}
