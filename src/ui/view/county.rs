//! A county: the board of its bodies or its sum, with what stands above and below both; and the keys of both.

use egui::{Align, Button, CentralPanel, Event, Frame, Key, Label, Layout, Margin, Modifiers, Panel, ProgressBar, RichText, Ui};

use super::county_board::board_ui;
use super::county_mark::ink;
use super::county_side::side_ui;
use super::county_sum::{parts_ui, tables_ui};
use super::notice::notice_ui;
use crate::county::{Need, State, county_day, unchecked};
use crate::ui::command::Command;
use crate::ui::command::county::Many;
use crate::ui::command::named::Named;
use crate::ui::command::places::Shown;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::county::CountyPage;
use crate::ui::state::notice::Notice;

/// Width of what stands beside the board.
const SIDE: f32 = 318.0;

/// Widths in points from which on there is room for something beside the board, beside the sum; else F6 puts it in the place of these.
const ROOM_BESIDE_BOARD: f32 = 1_000.0;
const ROOM_BESIDE_SUM: f32 = 1_200.0;

/// Shows the county.
pub fn county_ui(ui: &mut Ui, page: &mut CountyPage, notice: Option<&Notice>, who: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let bar = Frame::new().fill(palette().paper).inner_margin(Margin::symmetric(12, 4));
    Panel::top("county-top").exact_size(42.0).frame(bar).show(ui, |ui| commands.extend(top_ui(ui, page, who)));
    Panel::bottom("county-foot").exact_size(28.0).frame(bar.inner_margin(Margin::symmetric(12, 1))).show(ui, |ui| foot_ui(ui, page));
    let desk = Frame::new().fill(palette().desk).inner_margin(Margin::symmetric(12, 8));
    let is_sum = page.shown.is_some();
    let width = ui.available_width();
    page.is_folded = width < if is_sum { ROOM_BESIDE_SUM } else { ROOM_BESIDE_BOARD };
    if !page.is_folded {
        let side = if is_sum { (width - 826.0).clamp(300.0, 620.0) } else { SIDE };
        let panel = Panel::right(if is_sum { "county-parts" } else { "county-side" });
        panel.exact_size(side).resizable(false).frame(desk).show(ui, |ui| commands.extend(beside_ui(ui, page)));
    }
    CentralPanel::default().frame(desk).show(ui, |ui| {
        commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
        if page.is_folded {
            commands.extend(fold_ui(ui, page).map(Command::from));
        }
        commands.extend(if page.is_folded && page.is_beside {
            beside_ui(ui, page)
        } else if is_sum {
            tables_ui(ui, page)
        } else {
            board_ui(ui, page)
        });
    });
    commands
}

/// The body at the cursor; in the sum those behind the cell.
fn beside_ui(ui: &mut Ui, page: &mut CountyPage) -> Vec<Command> {
    if page.shown.is_some() { parts_ui(ui, page) } else { side_ui(ui, page) }
}

/// What is on screen, and what F6 puts in its place.
fn fold_ui(ui: &mut Ui, page: &CountyPage) -> Option<Many> {
    let (front, back) =
        if page.shown.is_some() { ("汇总表", "这一格后面的单位") } else { ("单位总览", "光标所在的单位") };
    let mut chosen = None;
    ui.horizontal(|ui| {
        for (words, is_beside) in [(front, false), (back, true)] {
            let is_on = page.is_beside == is_beside;
            if ui.add(Button::selectable(is_on, words)).on_hover_text("F6").clicked() && !is_on {
                chosen = Some(Many::Beside);
            }
        }
        ui.label(RichText::new("F6 换").small().color(palette().weak));
    });
    chosen
}

/// Whose sum it is, and what can be done with all of it.
fn top_ui(ui: &mut Ui, page: &CountyPage, who: &str) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let county = &page.county;
    ui.horizontal_centered(|ui| {
        let folder = || page.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if county.agency.is_empty() { folder() } else { county.agency.clone() };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_whole = page.sum.is_whole();
            let is_narrow = ui.available_width() < ROOM_BESIDE_BOARD;
            let with_key = |words: &'static str, key: &str| if is_narrow { words.to_owned() } else { format!("{words}　{key}") };
            let export = Button::new(if is_whole { with_key("导出汇总…", "Ctrl+E") } else { "导出汇总…".to_owned() });
            if ui.add(export).on_hover_text("Excel 工作簿、草稿、CSV、Parquet　Ctrl+E").clicked() {
                commands.push(Many::Export.into());
            }
            if page.shown.is_none()
                && ui.button(Many::AskCollect.label()).on_hover_text("Word、PDF、Excel、网页各一份，加一张总目录").clicked()
            {
                commands.push(Many::AskCollect.into());
            }
            let (words, step) = match page.shown {
                Some(_) => (with_key("单位总览", "Esc"), Many::Sum(false)),
                None => (with_key("汇总表", "Ctrl+M"), Many::Sum(true)),
            };
            if ui.button(words).on_hover_text("Ctrl+M").clicked() {
                commands.push(step.into());
            }
            if page.shown.is_none() && ui.button("收文件…").on_hover_text("也可以把文件、文件夹拖进来").clicked() {
                commands.push(Many::AskFile.into());
            }
            if ui.add(Button::new(RichText::new(if who.is_empty() { "填姓名" } else { who }).small()).frame(false)).clicked() {
                commands.push(Named::AskPerson.into());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(format!("{name}　汇总")).font(bold_font(15.0))).truncate());
                if is_narrow {
                    return;
                }
                ui.label(RichText::new(format!("{} 年度　{}", county.year, county.form.name)).small().color(palette().weak));
                let day = county_day(county.year);
                let words = match (&page.shown, is_whole) {
                    (Some(_), true) => format!("{} 个单位都加进来了", page.sum.num_in),
                    (Some(_), false) => format!("⚠ 已加 {} / {}，和还定不下来", page.sum.num_in, page.sum.num_in + page.sum.num_missing),
                    (None, _) => format!("{} 个单位　本级报告 {} 月 {} 日前公布", county.standings.len(), day.month(), day.day()),
                };
                let color = if page.shown.is_some() && !is_whole { palette().warning } else { palette().accent };
                ui.add(Label::new(RichText::new(words).small().color(color)).truncate());
            });
        });
    });
    commands
}

/// What was checked in all, and what was not.
fn foot_ui(ui: &mut Ui, page: &CountyPage) {
    let county = &page.county;
    ui.horizontal_centered(|ui| {
        let is_narrow = ui.available_width() < ROOM_BESIDE_BOARD;
        if let Some((done, all)) = page.reading {
            #[expect(clippy::cast_precision_loss, reason = "a bar on the screen")]
            let part = done as f32 / all.max(1) as f32;
            ui.label(format!("第 {done} / {all} 个　Esc 停下"));
            if is_narrow {
                return;
            }
            ui.add(ProgressBar::new(part).desired_width(200.0));
            ui.separator();
        }
        let count = |ui: &mut Ui, need: Need, words: &str| {
            let num = county.num(need);
            if num > 0 {
                ui.label(RichText::new(format!("{num} 个{words}")).small().color(ink(Some(need))));
            }
        };
        ui.label(RichText::new("核对").small().strong());
        count(ui, Need::Ready, "成立");
        count(ui, Need::Look, "请核对");
        count(ui, Need::Wrong, "有错");
        ui.separator();
        let num_last = county.expected().filter(|place| county.last(*place).is_some()).count();
        ui.label(RichText::new(if is_narrow { format!("上年 {num_last}") } else { format!("上年　{num_last} 个单位有上年报告") }).small())
            .on_hover_text("有上年报告的单位");
        ui.separator();
        let signed = county.standings.iter().filter(|standing| standing.state == Some(State::Signed)).count();
        ui.label(RichText::new(format!("已签发 {signed}")).small());
        if !county.refused.is_empty() {
            let why: Vec<&str> = county.refused.iter().map(|refused| &*refused.why).collect();
            let words = RichText::new(format!("□ {} 个文件读不出", county.refused.len())).small().color(palette().error);
            ui.label(words).on_hover_text(why.join("\n"));
        }
        let open = unchecked(county);
        if !open.is_empty() {
            ui.separator();
            ui.add(Label::new(RichText::new(format!("－ 没有查：{}", open.join("；"))).small().color(palette().weak)).truncate());
        }
    });
}

/// What the keys mean on the board and on the sum.
pub fn county_keys(ui: &Ui, page: &mut CountyPage) -> Vec<Command> {
    let types = ui.memory(egui::Memory::focused).is_some_and(|id| id == super::county_board::query_id());
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let mut commands: Vec<Command> = Vec::new();
    for (modifiers, key, step) in [
        (Modifiers::COMMAND, Key::E, Many::Export),
        (Modifiers::COMMAND, Key::M, Many::Sum(page.shown.is_none())),
        (Modifiers::NONE, Key::F5, Many::Again),
        (Modifiers::NONE, Key::F6, Many::Beside),
        (Modifiers::NONE, Key::F1, Many::At(page.at)),
    ] {
        if pressed(modifiers, key) {
            commands.push(if key == Key::F1 { Named::Help.into() } else { step.into() });
        }
    }
    if page.is_folded && page.is_beside && pressed(Modifiers::NONE, Key::Escape) {
        commands.push(Many::Beside.into());
    }
    if page.shown.is_some() {
        commands.extend(sum_keys(&pressed, page));
    } else {
        commands.extend(board_keys(ui, &pressed, page, types));
    }
    commands
}

fn sum_keys(pressed: &dyn Fn(Modifiers, Key) -> bool, page: &mut CountyPage) -> Vec<Command> {
    let stands_alone = page.is_folded && page.is_beside;
    let Some(shown) = &mut page.shown else { return Vec::new() };
    let mut commands: Vec<Command> = Vec::new();
    let (at, last, chapter) = (shown.at, shown.parts.len().saturating_sub(1), shown.work.chapter);
    let (before, after) = (at.saturating_sub(1), (at + 1).min(last));
    // Where the table is not shown, the arrows are the list's.
    for (key, part) in [(Key::ArrowUp, before), (Key::ArrowDown, after)] {
        if stands_alone && pressed(Modifiers::NONE, key) {
            commands.push(Many::Part(part).into());
        }
    }
    for (modifiers, key, step) in [
        (Modifiers::NONE, Key::Escape, Many::Sum(false)),
        (Modifiers::SHIFT, Key::F8, Many::Part(before)),
        (Modifiers::NONE, Key::F8, Many::Part(after)),
        (Modifiers::NONE, Key::Enter, Many::Report),
        (Modifiers::NONE, Key::F4, Many::AskMend),
        (Modifiers::NONE, Key::F7, Many::Year(next_year(shown.work.panel.shows))),
        (Modifiers::COMMAND, Key::PageDown, Many::Chapter((chapter + 1).min(4))),
        (Modifiers::COMMAND, Key::PageUp, Many::Chapter(chapter.saturating_sub(1).max(2))),
    ] {
        if pressed(modifiers, key) {
            commands.push(step.into());
        }
    }
    commands
}

/// This year's sums, last year's, the change, and this year's again.
fn next_year(shown: Shown) -> Shown {
    let at = Shown::ALL.iter().position(|one| *one == shown).unwrap_or_default();
    Shown::ALL.get(at + 1).copied().unwrap_or_default()
}

fn board_keys(ui: &Ui, pressed: &dyn Fn(Modifiers, Key) -> bool, page: &mut CountyPage, types: bool) -> Vec<Command> {
    for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 15), (Key::PageUp, -15)] {
        if pressed(Modifiers::NONE, key) {
            page.step(by);
        }
    }
    let mut commands: Vec<Command> = Vec::new();
    for (modifiers, key, step) in [
        (Modifiers::COMMAND, Key::R, Many::GiveBack),
        (Modifiers::NONE, Key::F9, Many::Remind),
        (Modifiers::NONE, Key::Enter, Many::Report),
    ] {
        if pressed(modifiers, key) {
            commands.push(step.into());
        }
    }
    // In the field for names they belong to the text.
    if !types {
        if pressed(Modifiers::NONE, Key::Home) {
            page.step(isize::MIN / 2);
        }
        if pressed(Modifiers::NONE, Key::End) {
            page.step(isize::MAX / 2);
        }
        if pressed(Modifiers::NONE, Key::Space) {
            commands.push(Many::Mark(page.at).into());
        }
    }
    if !page.county.has_roster && !types {
        let pasted = |event: &Event| if let Event::Paste(text) = event { Some(text.clone()) } else { None };
        commands.extend(ui.input(|input| input.events.iter().find_map(pasted)).map(|text| Many::Roster(Some(text)).into()));
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        commands.push(if page.reading.is_some() {
            Many::Stop.into()
        } else if page.query.is_empty() && page.only.is_none() && page.kind.is_none() {
            Many::Close.into()
        } else {
            page.query.clear();
            page.kind = None;
            Many::Only(None).into()
        });
    }
    commands
}
