//! 与上年的差异, the largest first, each with a bar: the whole list as the second step of the reading, its head beside the others.

use egui::{Align, Button, Layout, RichText, ScrollArea, Sense, Ui, vec2};

use crate::model::{CellId, Item};
use crate::review::{BySize, Move, by_size};
use crate::rules;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::Reading;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// Height of a row, in points.
const ROW: f32 = 22.0;
/// Widths of the figures' columns, in points.
const FIGURE: f32 = 62.0;
/// Longest bar, in points.
const BAR: f32 = 44.0;
/// With less room than this, in points, the name stands in a line above its figures.
const NARROW: f32 = 420.0;
/// Width of the mark at the end.
const MARK: f32 = 40.0;

/// Shows so many of the differences at most; all of them can be scrolled.
pub fn moves_ui(ui: &mut Ui, work: &mut Work, most: usize) -> Vec<Command> {
    let mut commands = Vec::new();
    let all = work.panel.moves().len();
    ui.horizontal(|ui| {
        ui.label(RichText::new("与上年的差异").font(bold_font(15.0)));
        ui.label(RichText::new(format!("{all} 处，大的在前")).small().color(palette().weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for by in BySize::ALL.into_iter().rev() {
                if ui.add(Button::selectable(work.panel.by_size == by, by.name())).clicked() {
                    commands.push(Command::Order(by));
                }
            }
        });
    });
    if work.panel.prior.is_none() {
        let words = "没有找到上年的报告，不能与上年比较。";
        ui.label(RichText::new(words).color(palette().warning));
        if ui.button(Named::OpenPrior.words()).clicked() {
            commands.push(Named::OpenPrior.into());
        }
        return commands;
    }
    head_ui(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let moves: Vec<Move> = by_size(work.session.form(), work.panel.moves(), work.panel.by_size).into_iter().cloned().collect();
    let largest = moves.iter().map(|one| one.change.unsigned_abs()).max().unwrap_or(1).max(1);
    if most < moves.len() {
        for one in moves.iter().take(most) {
            row_ui(ui, work, one, largest, &mut commands);
        }
        let parts = moves.iter().skip(most).filter(|one| one.is_part).count();
        let words = if parts * 2 > all - most {
            format!("另 {} 处，多数在各类申请人列", all - most)
        } else {
            format!("另 {} 处", all - most)
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(words).small().color(palette().weak));
            if ui.link("全部列出").clicked() {
                commands.push(Command::Read(Reading::Moves));
            }
        });
        return commands;
    }
    let mut shown = Vec::new();
    let goes_to = work.reading_goes_to.take();
    ScrollArea::vertical().id_salt("moves").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for one in &moves {
            let rect = row_ui(ui, work, one, largest, &mut commands);
            if ui.clip_rect().contains_rect(rect) {
                shown.push(one.cell);
            }
            if goes_to == Some(one.cell) {
                ui.scroll_to_rect(rect, Some(Align::Min));
            }
        }
    });
    work.moves_on_screen = shown;
    commands
}

fn head_ui(ui: &mut Ui) {
    let weak = |words: &str| RichText::new(words.to_owned()).small().color(palette().weak);
    ui.horizontal(|ui| {
        ui.label(weak("数"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (words, width) in [("看过", MARK), ("增减", BAR + FIGURE), ("本年", FIGURE), ("上年", FIGURE)] {
                ui.add_sized(vec2(width, 16.0), egui::Label::new(weak(words)));
            }
        });
    });
}

fn row_ui(ui: &mut Ui, work: &Work, one: &Move, largest: u64, commands: &mut Vec<Command>) -> egui::Rect {
    let form = work.session.form();
    let name = |ui: &mut Ui, commands: &mut Vec<Command>| {
        let name = Button::new(RichText::new(&*form.cell(one.cell).label).size(13.0)).frame(false).truncate();
        if ui.add(name).clicked() {
            commands.push(Command::GoTo(one.cell));
        }
    };
    let size = vec2(ui.available_width(), ROW);
    let is_narrow = size.x < NARROW;
    let above = is_narrow.then(|| ui.horizontal(|ui| name(ui, commands)).response.rect);
    let shown = ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(size);
        seen_ui(ui, work, one.cell, commands);
        change_ui(ui, one, largest);
        let figure = |entry| rules::figure(form, one.cell, entry);
        ui.add_sized(vec2(FIGURE, ROW), egui::Label::new(RichText::new(figure(&one.new)).font(bold_font(13.0))));
        ui.add_sized(vec2(FIGURE, ROW), egui::Label::new(RichText::new(figure(&one.old)).size(13.0).color(palette().weak)));
        if !is_narrow {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| name(ui, commands));
        }
    });
    let rect = above.map_or(shown.response.rect, |above| above.union(shown.response.rect));
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, palette().line));
    rect
}

/// A bar from zero, as long as the change is large, with the change beside it.
fn change_ui(ui: &mut Ui, one: &Move, largest: u64) {
    let (rect, _) = ui.allocate_exact_size(vec2(BAR + FIGURE, ROW), Sense::hover());
    #[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
    let share = one.change.unsigned_abs() as f32 / largest as f32;
    let bar = egui::Rect::from_min_size(rect.left_center() - vec2(0.0, 4.0), vec2((BAR * share).max(2.0), 8.0));
    ui.painter().rect_filled(bar, 0.0, palette().frame);
    let sign = if one.change > 0 { "+" } else { "−" };
    let words = match &one.new {
        crate::model::Entry::Money(money) => {
            let amount = crate::model::Money { fen: one.change.saturating_abs(), unit: money.unit };
            format!("{sign}{}", amount.figure())
        }
        _ => format!("{sign}{}", one.change.unsigned_abs()),
    };
    ui.painter().text(rect.left_center() + vec2(BAR + 4.0, 0.0), egui::Align2::LEFT_CENTER, words, bold_font(13.0), palette().ink);
}

/// Looked at or not; a click marks it.
fn seen_ui(ui: &mut Ui, work: &Work, cell: CellId, commands: &mut Vec<Command>) {
    let is_seen = !work.panel.unseen().contains(&Item::Cell(cell));
    let (mark, color, says) = if is_seen { ("✓", palette().good, "看过") } else { ("○", palette().weak, "标为看过") };
    let button = ui.add_sized(vec2(MARK, ROW), Button::new(RichText::new(mark).color(color)).frame(false));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, says));
    if button.clicked() && !is_seen {
        commands.push(Command::MarkSeen(cell));
    }
}
