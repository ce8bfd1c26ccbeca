//! The work screen: what stands where. Chapters on the left, the chapter in the middle, lists and inspector on the right or,
//! where letters are large, below; bars above and below.

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::form::Body;
use crate::ui::command::Command;
use crate::ui::command::places::List;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{kept_within, ragged};
use crate::ui::state::notice::Notice;
use crate::ui::state::work::{For, Work};
use crate::ui::view::bars::{status_bar_ui, top_bar_ui};
use crate::ui::view::beside::last_years_ui;
use crate::ui::view::changes::changes_ui;
use crate::ui::view::chapter::{Focus, on_screen_id, table_chapter_ui, text_chapter_ui};
use crate::ui::view::comments::comments_ui;
use crate::ui::view::find::find_ui;
use crate::ui::view::findings::findings_ui;
use crate::ui::view::inspector::inspector_ui;
use crate::ui::view::lists::tabs_ui;
use crate::ui::view::notice::notice_ui;
use crate::ui::view::practice::practice_ui;
use crate::ui::view::prior::keyed_ui;
use crate::ui::view::proof_strip::proof_strip_ui;
use crate::ui::view::rail::rail_ui;
use crate::ui::view::reading::{reading_side_ui, reading_ui};
use crate::ui::view::review_bar::review_bar_ui;
use crate::ui::view::settle::settle_ui;
use crate::ui::view::sheet::sheet_ui;
use crate::ui::view::trend_page::trend_page_ui;

/// Least height of what stands below the table there, in points: the tabs and a finding.
const LEAST_BELOW: f32 = 156.0;

/// A screen lower than this, in points, without its bars: 1366 by 768 pixels at 200 %.
const LOW: f32 = 360.0;

/// Width in points below which findings go under the table: 1366 pixels at 150 % and more.
const NARROW: f32 = 1000.0;

/// Width of the widest table with its margins, in points.
const WIDEST_TABLE: f32 = 1146.0;

/// Width of what stands beside a reading, in points.
const READING_SIDE: f32 = 468.0;

/// Shows the open draft. Only fields that belong to the screen itself change: what is being typed, where the cursor is.
pub fn work_ui(ui: &mut Ui, work: &mut Work, notice: Option<&Notice>) -> Vec<Command> {
    work.panel.refresh(&work.session);
    if work.wants_words() {
        work.take_focus = false;
    }
    let mut commands = bars_ui(ui, work);
    let desk = Frame::new().fill(palette().desk);
    let rail = desk.inner_margin(Margin::symmetric(8, 6));
    let is_narrow = ui.available_width() < NARROW;
    let rail_width = if is_narrow { 60.0 } else { 162.0 };
    Panel::left("rail").exact_size(rail_width).resizable(false).frame(rail).show(ui, |ui| commands.extend(rail_ui(ui, work)));
    let side = desk.inner_margin(Margin::symmetric(10, 8));
    if let Some(reading) = work.reading {
        let width = if is_narrow { 340.0 } else { READING_SIDE };
        // Without room beside it, each step stands alone.
        if ui.available_width() > 2.0 * width {
            let panel = Panel::right("reading-side").exact_size(width).frame(side);
            panel.show(ui, |ui| commands.extend(kept_within(ui, |ui| reading_side_ui(ui, work, reading))));
        }
        let middle = desk.inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 4 });
        CentralPanel::default().frame(middle).show(ui, |ui| {
            commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
            commands.extend(strips_ui(ui, work));
            commands.extend(reading_ui(ui, work, reading));
        });
        return commands;
    }
    if work.trend.is_open {
        let middle = desk.inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 4 });
        CentralPanel::default().frame(middle).show(ui, |ui| {
            commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
            commands.extend(trend_page_ui(ui, work));
        });
        return commands;
    }
    let below = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
    if is_narrow {
        // Large letters on a small screen: findings and inspector go below the table, side by side.
        let least = if ui.available_height() < LOW { LEAST_BELOW - 36.0 } else { LEAST_BELOW };
        let height = (ui.available_height() * 0.36).max(least).round();
        Panel::bottom("side-below").exact_size(height).frame(side).show(ui, |ui| {
            kept_within(ui, |ui| {
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        commands.extend(ragged(left, |ui| list_ui(ui, work)));
                        commands.extend(ragged(right, |ui| inspector_ui(ui, work)));
                    }
                });
            });
        });
    } else {
        // A wide screen: what the table leaves is the side's. Its width is remembered for each kind of screen.
        let left_over = ui.available_width() - WIDEST_TABLE;
        let (id, width) = if left_over > 320.0 { ("side-wide", left_over.min(560.0).round()) } else { ("side", 300.0) };
        Panel::right(id).default_size(width).size_range(240.0..=600.0).frame(side).show(ui, |ui| {
            let height = (ui.available_height() * 0.44).round();
            Panel::bottom("inspector")
                .exact_size(height)
                .frame(below)
                .show(ui, |ui| commands.extend(kept_within(ui, |ui| inspector_ui(ui, work))));
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| commands.extend(list_ui(ui, work)));
        });
    }
    let middle = desk.inner_margin(Margin { left: 12, right: 6, top: 6, bottom: 4 });
    CentralPanel::default().frame(middle).show(ui, |ui| {
        commands.extend(notice.and_then(|notice| notice_ui(ui, notice)));
        commands.extend(strips_ui(ui, work));
        commands.extend(chapter_ui(ui, work));
    });
    commands
}

/// The bars above and below.
fn bars_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let bar = Frame::new().fill(palette().paper).inner_margin(Margin::symmetric(10, 4));
    Panel::top("top").exact_size(42.0).frame(bar).show(ui, |ui| commands.extend(top_bar_ui(ui, work)));
    if work.has_review() {
        let line = Frame::new().fill(palette().head).inner_margin(Margin::symmetric(10, 2));
        Panel::top("review").exact_size(34.0).frame(line).show(ui, |ui| commands.extend(review_bar_ui(ui, work)));
    }
    let status = bar.inner_margin(Margin::symmetric(10, 1));
    Panel::bottom("status").exact_size(28.0).frame(status).show(ui, |ui| commands.extend(status_bar_ui(ui, work)));
    commands
}

/// The list on the right: findings, comments, differences, cells keyed twice.
fn list_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let mut commands = tabs_ui(ui, work);
    commands.extend(match work.panel.list {
        List::Findings => {
            let mut reason = std::mem::take(&mut work.reason);
            let commands = findings_ui(ui, work, &mut reason);
            work.reason = reason;
            commands
        }
        List::Comments => {
            let mut composer = work.panel.composer.take();
            let commands = comments_ui(ui, work, &mut composer);
            work.panel.composer = composer;
            commands
        }
        List::Changes => changes_ui(ui, work),
        List::Second => settle_ui(ui, work),
    });
    commands
}

/// What may stand above the chapter: the practice, a second entry, the strip for finding.
fn strips_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let mut commands = Vec::new();
    proof_strip_ui(ui, work);
    if let Some(mut practice) = work.practice.take() {
        practice_ui(ui, &mut practice, work);
        work.practice = Some(practice);
    }
    if work.is_for == For::LastYear {
        commands.extend(keyed_ui(ui, work));
    }
    commands.extend(work.sheet.as_ref().and_then(|sheet| sheet_ui(ui, work, sheet)));
    if let Some(mut strip) = work.find.take() {
        commands.extend(find_ui(ui, work, &mut strip));
        work.find = Some(strip);
    }
    commands
}

/// The chapter on screen: a statutory table as printed, or a text.
fn chapter_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let takes = takes_focus(ui, work);
    work.shown.turn_to(work.chapter);
    if let Some((view, state)) = work.grid_mut() {
        let commands = table_chapter_ui(ui, view, state, Focus { takes, selects: None });
        let shown = std::mem::take(&mut state.on_screen);
        work.shown.add_cells(shown);
        return commands;
    }
    let form = work.session.shared_form();
    let Some(chapter) = form.chapter(work.chapter) else { return Vec::new() };
    let Body::Text(section, headings) = &chapter.body else { return Vec::new() };
    if let Some(then) = work.panel.text_beside(*section).map(ToOwned::to_owned) {
        let year = work.panel.prior.as_ref().map_or(0, |prior| prior.year);
        let frame = Frame::new().inner_margin(Margin { left: 8, ..Margin::ZERO });
        let width = (ui.available_width() * 0.42).round();
        Panel::right("last-years-text")
            .exact_size(width)
            .resizable(false)
            .frame(frame)
            .show(ui, |ui| last_years_ui(ui, year, chapter, &then));
    }
    let selects = work.text_selection.take_if(|(wanted, ..)| wanted == section).map(|(_, first, end)| (first, end));
    let commands = text_chapter_ui(ui, work, chapter, (*section, headings), Focus { takes, selects });
    if let Some((first, end)) = ui.data(|data| data.get_temp(on_screen_id(*section))) {
        work.shown.add_text(*section, first, end);
    }
    commands
}

/// The chapter is to have the focus and can have it: in the first frame after a question was answered egui still keeps the
/// focus from what lay below the question, so the wish stands until the next.
fn takes_focus(ui: &Ui, work: &mut Work) -> bool {
    work.take_focus && ui.memory(|memory| memory.allows_interaction(ui.layer_id())) && std::mem::take(&mut work.take_focus)
}
