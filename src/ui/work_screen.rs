//! The work screen: what stands where. Chapters on the left, the chapter in the middle, lists and inspector on the right or,
//! where letters are large, below; bars above and below.

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::dialogs::Dialog;
use super::notice::notice_ui;
use super::theme::palette;
use super::{App, Command, bars, chapter, find, inspector, practice, rail, review};

/// Least height of what stands below the table there, in points: the tabs and a finding.
const LEAST_BELOW: f32 = 156.0;

/// Width in points below which findings go under the table: 1366 pixels at 150 % and more.
const NARROW: f32 = 1000.0;

impl App {
    /// Shows the open draft.
    pub(super) fn work_ui(&mut self, ui: &mut Ui) -> Vec<Command> {
        let Some(work) = &mut self.work else { return Vec::new() };
        work.desk.refresh(&work.session);
        let mut commands = Vec::new();
        let bar = Frame::new().fill(palette().paper).inner_margin(Margin::symmetric(10, 4));
        let desk = Frame::new().fill(palette().desk);
        Panel::top("top").exact_size(42.0).frame(bar).show(ui, |ui| commands.extend(bars::top_bar_ui(ui, work)));
        if review::has_bar(work) {
            let line = Frame::new().fill(palette().head).inner_margin(Margin::symmetric(10, 2));
            Panel::top("review").exact_size(34.0).frame(line).show(ui, |ui| commands.extend(review::bar_ui(ui, work)));
        }
        let status = bar.inner_margin(Margin::symmetric(10, 1));
        Panel::bottom("status").exact_size(28.0).frame(status).show(ui, |ui| commands.extend(bars::status_bar_ui(ui, work)));
        let rail = desk.inner_margin(Margin::symmetric(8, 6));
        let is_narrow = ui.available_width() < NARROW;
        let rail_width = if is_narrow { 60.0 } else { 162.0 };
        Panel::left("rail").exact_size(rail_width).resizable(false).frame(rail).show(ui, |ui| commands.extend(rail::rail_ui(ui, work)));
        let side = desk.inner_margin(Margin::symmetric(10, 8));
        let below = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
        if is_narrow {
            // Large letters on a small screen: findings and inspector go below the table, side by side.
            let height = (ui.available_height() * 0.36).max(LEAST_BELOW).round();
            Panel::bottom("side-below").exact_size(height).frame(side).show(ui, |ui| {
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        commands.extend(review::list_ui(left, work));
                        commands.extend(inspector::inspector_ui(right, work));
                    }
                });
            });
        } else {
            Panel::right("side").default_size(300.0).size_range(240.0..=460.0).frame(side).show(ui, |ui| {
                let height = (ui.available_height() * 0.44).round();
                Panel::bottom("inspector")
                    .exact_size(height)
                    .frame(below)
                    .show(ui, |ui| commands.extend(inspector::inspector_ui(ui, work)));
                CentralPanel::default().frame(Frame::NONE).show(ui, |ui| commands.extend(review::list_ui(ui, work)));
            });
        }
        let middle = desk.inner_margin(Margin { left: 12, right: 6, top: 6, bottom: 4 });
        let questioned = CentralPanel::default().frame(middle).show(ui, |ui| {
            if let Some(notice) = &self.notice {
                commands.extend(notice_ui(ui, notice));
            }
            if let Some(mut practice) = work.practice.take() {
                practice::practice_ui(ui, &mut practice, work);
                work.practice = Some(practice);
            }
            if let Some(sheet) = &work.sheet {
                commands.extend(review::sheet_ui(ui, work, sheet));
            }
            if let Some(mut strip) = work.find.take()
                && find::find_ui(ui, work, &mut strip, &mut commands)
            {
                work.find = Some(strip);
            }
            let output = chapter::chapter_ui(ui, work);
            commands.extend(output.commands);
            output.questioned
        });
        if let Some(block) = questioned.inner {
            self.dialog = Some(Dialog::Paste(block));
        }
        commands
    }
}
