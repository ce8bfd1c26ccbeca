//! The account of a file: the source on the left, our own table on the right, the same place marked in both. Only cells that are
//! not sure are asked about.

use egui::{
    Align, Align2, Button, CentralPanel, FontId, Frame, Label, Layout, Margin, Painter, Panel, Rect, RichText, ScrollArea, Stroke,
    TextEdit, Ui, pos2, vec2,
};

use super::account_rest::{open_list_ui, rest_ui, texts_ui};
use super::certainty::{ink, name, reason, sign};
use super::grid::table::{grid_id, grid_ui, layout_of};
use super::notice::notice_ui;
use super::source::source_ui;
use crate::model::CellId;
use crate::ui::command::Command;
use crate::ui::command::account::{Part, Receive};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{kept_within, ragged};
use crate::ui::state::account::{AccountPage, Certainty};
use crate::ui::state::notice::Notice;

/// Share of the width that the source takes.
const SOURCE: f32 = 0.44;
/// Cells asked about at a time.
const CARDS: usize = 3;
/// With less room than this, in points, one fewer.
const FEW: f32 = 420.0;

/// Shows the account; `has_report`: a report is open, which can take it.
pub fn account_ui(ui: &mut Ui, page: &mut AccountPage, has_report: bool, notice: Option<&Notice>) -> Vec<Command> {
    let mut commands = Vec::new();
    let bar = Frame::new().fill(palette().paper).inner_margin(Margin::symmetric(10, 4));
    Panel::top("account-top").exact_size(42.0).frame(bar).show(ui, |ui| commands.extend(top_ui(ui, page, has_report)));
    Panel::bottom("account-foot").exact_size(28.0).frame(bar.inner_margin(Margin::symmetric(10, 1))).show(ui, |ui| foot_ui(ui, page));
    let desk = Frame::new().fill(palette().desk);
    let width = (ui.available_width() * SOURCE).round();
    let side = desk.inner_margin(Margin { left: 12, right: 8, top: 8, bottom: 6 });
    Panel::left("account-source").exact_size(width).resizable(false).frame(side).show(ui, |ui| commands.extend(left_ui(ui, page)));
    let middle = desk.inner_margin(Margin { left: 4, right: 10, top: 8, bottom: 6 });
    CentralPanel::default().frame(middle).show(ui, |ui| {
        commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
        commands.extend(right_ui(ui, page));
    });
    commands
}

/// Width of the window, in points, below which words that stand elsewhere too are left out.
const NARROW: f32 = 900.0;

fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < NARROW
}

/// What it is, whose it is, and where it can go. One button is filled: the next step.
fn top_ui(ui: &mut Ui, page: &mut AccountPage, has_report: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal_centered(|ui| {
        ui.label(RichText::new("导入").font(bold_font(15.0)));
        field_ui(ui, "单位", "原文没有写明，请填", &mut page.agency, if is_narrow(ui) { 110.0 } else { 230.0 });
        field_ui(ui, "年度", "请填", &mut page.year, if is_narrow(ui) { 54.0 } else { 60.0 });
        for (place, account) in page.received.accounts.iter().enumerate().take(6).filter(|_| page.received.accounts.len() > 1) {
            let name = if account.agency.is_empty() { format!("第 {} 份", place + 1) } else { account.agency.clone() };
            if ui.add(Button::selectable(page.which == place, name).truncate()).clicked() {
                commands.push(Receive::Other(place).into());
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let year = page.checked_year();
            let words = format!("用读到的 {} 格", page.num_filled());
            let take = Button::new(RichText::new(words).color(palette().on_accent)).fill(palette().accent);
            let taken = ui.add_enabled(year.is_ok(), take).on_hover_text("作为新报告打开，再保存　Ctrl+Enter");
            if taken.on_disabled_hover_text(year.as_ref().err().cloned().unwrap_or_default()).clicked() {
                commands.push(Receive::TakeNew.into());
            }
            for receive in [Receive::TakePrior, Receive::TakeSecond].into_iter().filter(|_| has_report) {
                let words = if is_narrow(ui) && receive == Receive::TakeSecond { "对照" } else { receive.label() };
                if ui.add_enabled(year.is_ok(), Button::new(words)).on_hover_text(receive.label()).clicked() {
                    commands.push(receive.into());
                }
            }
            if ui.button("不导入").on_hover_text("Esc").clicked() {
                commands.push(Receive::Close.into());
            }
        });
    });
    commands
}

/// A field with its name before it, where there is room.
fn field_ui(ui: &mut Ui, name: &str, hint: &str, text: &mut String, width: f32) {
    let is_named = !is_narrow(ui);
    if is_named {
        ui.label(RichText::new(name).small().color(palette().weak));
    }
    let field = ui.add(TextEdit::singleline(text).desired_width(width).hint_text(hint)).on_hover_text(name);
    ui.accesskit_node_builder(field.id, |node| node.set_label(name));
}

/// The source, where the cell under the cursor stood.
fn left_ui(ui: &mut Ui, page: &mut AccountPage) -> Option<Command> {
    let reveal = page.has_moved();
    let file = page.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let found = page.cell().and_then(|cell| page.found(cell).cloned());
    let place = found.as_ref().and_then(|found| found.place.clone());
    ui.horizontal(|ui| {
        ui.label(RichText::new("来源").font(bold_font(16.0)));
        let place = place.as_ref().map_or_else(String::new, |place| format!("　{place}"));
        ui.add(Label::new(RichText::new(format!("{file}{place}")).color(palette().weak)).truncate());
    });
    if page.received.page.pieces.is_empty() {
        ui.label("这是勾稽自己导出的工作簿，按格子的名称读的，不用对照位置。");
        return None;
    }
    let sheet = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(Margin::symmetric(12, 8));
    let words = found.as_ref().map_or("", |found| &*found.text);
    let clicked = sheet.show(ui, |ui| source_ui(ui, &page.received.page, place.as_ref(), words, reveal)).inner;
    clicked.and_then(|(piece, at)| page.cell_from(piece, at)).map(|cell| Receive::GoTo(cell).into())
}

fn right_ui(ui: &mut Ui, page: &mut AccountPage) -> Vec<Command> {
    let mut commands = parts_ui(ui, page);
    if let Part::Table(table) = page.part {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for certainty in [Certainty::Read, Certainty::Inferred, Certainty::Doubtful, Certainty::Open, Certainty::Settled] {
                let num = page.num(certainty, Some(table));
                let color = if num == 0 { palette().weak } else { ink(certainty) };
                ui.label(RichText::new(format!("{} {} {num}", sign(certainty), name(certainty))).color(color));
                ui.add_space(4.0);
            }
        });
    }
    match page.part {
        _ if page.only_open => commands.extend(open_list_ui(ui, page)),
        Part::Table(_) => {
            let cards = Frame::new().inner_margin(Margin { top: 6, ..Margin::ZERO });
            Panel::bottom("account-cards")
                .exact_size(96.0)
                .frame(cards)
                .show(ui, |ui| commands.extend(kept_within(ui, |ui| cards_ui(ui, page))));
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| commands.extend(table_ui(ui, page)));
        }
        Part::Texts => texts_ui(ui, page),
        Part::Rest => rest_ui(ui, page),
    }
    commands
}

/// The tables, the texts, the rest; what is asked for.
fn parts_ui(ui: &mut Ui, page: &mut AccountPage) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let tables = page.form().tables.iter().enumerate().map(|(place, table)| (Part::Table(place), table.name.to_string()));
        let parts: Vec<_> = tables.chain([(Part::Texts, "文字".to_owned()), (Part::Rest, "其余".to_owned())]).collect();
        for (part, name) in parts {
            if ui.add(Button::selectable(page.part == part && !page.only_open, name)).clicked() {
                commands.push(Receive::Part(part).into());
            }
        }
        // In large letters there is no room at the right: it follows on a line of its own.
        if is_narrow(ui) {
            commands.extend(unread_ui(ui, page));
        } else {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| commands.extend(unread_ui(ui, page)));
        }
    });
    commands
}

/// What was not read: the next place, or all of it alone.
fn unread_ui(ui: &mut Ui, page: &AccountPage) -> Vec<Command> {
    let mut commands = Vec::new();
    if ui.button("下一处　F8").clicked() {
        commands.push(Receive::Next.into());
    }
    let mut only_open = page.only_open;
    if ui.checkbox(&mut only_open, "只看没读到的").changed() {
        commands.push(Receive::OnlyOpen(only_open).into());
    }
    commands
}

/// Our own table, filled as anywhere else, with a mark in each cell that is not simply read.
fn table_ui(ui: &mut Ui, page: &mut AccountPage) -> Vec<Command> {
    let takes = ui.memory(|memory| memory.allows_interaction(ui.layer_id())) && std::mem::take(&mut page.work.take_focus);
    let mut commands = Vec::new();
    ScrollArea::both().id_salt(("account-table", page.work.chapter)).auto_shrink(false).show(ui, |ui| {
        let Some((view, state)) = page.work.grid_mut() else { return };
        if takes {
            ui.memory_mut(|memory| memory.request_focus(grid_id(view.table)));
        }
        let layout = layout_of(ui, view);
        commands.extend(grid_ui(ui, view, state));
        state.on_screen.clear();
        let editing = state.editor.is_some().then(|| state.cell(view.table)).flatten();
        let cells: Vec<(CellId, Rect)> = view.cells().map(|(id, cell)| (id, layout.cell(cell))).collect();
        for (cell, area) in cells.into_iter().filter(|(cell, area)| Some(*cell) != editing && ui.clip_rect().intersects(*area)) {
            mark(ui.painter(), area, page.certainty(cell));
        }
    });
    commands
}

/// The sign of a certainty in a cell: a shape, so that it is seen without colour.
fn mark(painter: &Painter, area: Rect, certainty: Certainty) {
    let (at, ink) = (pos2(area.left() + 9.0, area.center().y), ink(certainty));
    let line = Stroke::new(1.4, ink);
    match certainty {
        Certainty::Read => {}
        Certainty::Inferred => {
            let corners = [at + vec2(0.0, -4.5), at + vec2(4.5, 0.0), at + vec2(0.0, 4.5), at + vec2(-4.5, 0.0), at + vec2(0.0, -4.5)];
            painter.line(corners.to_vec(), line);
        }
        Certainty::Doubtful => {
            painter.rect_filled(Rect::from_center_size(at, vec2(12.0, 12.0)), 0.0, palette().warning_tint);
            painter.line(vec![at + vec2(0.0, -5.0), at + vec2(5.5, 4.5), at + vec2(-5.5, 4.5), at + vec2(0.0, -5.0)], line);
            painter.text(at + vec2(0.0, 1.5), Align2::CENTER_CENTER, "!", FontId::proportional(8.0), ink);
        }
        Certainty::Open => {
            let box_ = area.shrink2(vec2(4.0, 3.5));
            let corners = [box_.left_top(), box_.right_top(), box_.right_bottom(), box_.left_bottom(), box_.left_top()];
            painter.extend(egui::Shape::dashed_line(&corners, line, 3.0, 2.0));
        }
        Certainty::Settled => {
            painter.line(vec![at + vec2(-4.0, 0.0), at + vec2(-1.0, 3.5), at + vec2(4.5, -4.0)], line);
        }
    }
}

/// The cells that want a look, from the one with the cursor on.
fn cards_ui(ui: &mut Ui, page: &AccountPage) -> Vec<Command> {
    let mut commands = Vec::new();
    let (here, wanting) = (page.cell(), page.wanting());
    let from = wanting.iter().position(|cell| here.is_some_and(|here| *cell >= here)).unwrap_or(0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("要您看的 {} 格", wanting.len())).font(bold_font(13.0)));
        let words = if wanting.is_empty() {
            "每一格都读到了，或者您看过了，可以用了"
        } else {
            "看着左边的蓝框，直接打数；读不准的不会悄悄填 0"
        };
        ui.add(Label::new(RichText::new(words).small().color(palette().weak)).truncate());
    });
    let num = if ui.available_width() < FEW { 2 } else { CARDS };
    ui.columns(num, |columns| {
        for (column, cell) in columns.iter_mut().zip(wanting.iter().skip(from)) {
            commands.extend(ragged(column, |ui| card_ui(ui, page, *cell, here == Some(*cell))));
        }
    });
    commands
}

fn card_ui(ui: &mut Ui, page: &AccountPage, cell: CellId, is_here: bool) -> Option<Command> {
    let (found, certainty) = (page.found(cell)?, page.certainty(cell));
    let (ground, line) = if is_here { (palette().accent_tint, palette().accent) } else { (palette().paper, palette().line) };
    let frame = Frame::new().fill(ground).stroke((1.0, line)).corner_radius(6).inner_margin(Margin::symmetric(8, 4));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = format!("{} {}", sign(certainty), page.form().cell(cell).label);
        let label =
            ui.add(Label::new(RichText::new(title).font(bold_font(13.0)).color(ink(certainty))).truncate().sense(egui::Sense::click()));
        let words = if found.text.is_empty() {
            reason(found)
        } else {
            format!("原文是“{}”：{}", found.text.replace('\n', " "), reason(found))
        };
        ui.add(Label::new(RichText::new(words.clone()).small()).truncate()).on_hover_text(words);
        let is_right = certainty == Certainty::Doubtful && ui.small_button("原文就是这样").clicked();
        (label.clicked(), is_right)
    });
    match shown.inner {
        (_, true) => Some(Receive::IsRight(cell).into()),
        (true, _) => Some(Receive::GoTo(cell).into()),
        _ => None,
    }
}

/// What became of every part, and what was not read.
fn foot_ui(ui: &mut Ui, page: &AccountPage) {
    ui.horizontal_centered(|ui| {
        ui.label(RichText::new("这份来源").font(bold_font(13.0)));
        for (place, table) in page.form().tables.iter().enumerate() {
            let open = page.num(Certainty::Open, Some(place)) + page.num(Certainty::Doubtful, Some(place));
            let all = page.form().cells.iter().filter(|cell| cell.table == place).count();
            let (words, color) = match open {
                0 => (format!("✓ {} {all} 格", table.name), palette().good),
                open => (format!("⚠ {} {all} 格，{open} 格要看", table.name), palette().warning),
            };
            ui.label(RichText::new(words).color(color));
        }
        let Some(account) = page.account() else { return };
        ui.label(format!("文字 {} 章", account.sections.len()));
        if is_narrow(ui) {
            return;
        }
        ui.separator();
        ui.label(format!(
            "没有用上 {} 处　标签写法不同 {} 处　要问 {} 处",
            account.left_over.len(),
            account.misspelt.len(),
            account.questions.len()
        ));
    });
}
