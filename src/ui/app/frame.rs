//! One frame: answers of threads, keys, the screen, the question in front of it; then what was asked for is performed.

use egui::{Context, Frame, Margin, Panel, Ui};
use jiff::Timestamp;

use super::habits::{Focus, swallow};
use super::jobs::News;
use super::screen::App;
use super::work_screen::work_ui;
use crate::ui::command::Command;
use crate::ui::command::named::{Named, Needs};
use crate::ui::dialog::ask::dialog_ui;
use crate::ui::look::theme::palette;
use crate::ui::state::work::Work;
use crate::ui::view::notice::notice_ui;
use crate::ui::view::start::start_ui;

impl App {
    /// Takes the answers that have come. Runs also while the window is hidden.
    pub fn logic(&mut self, ctx: &Context) {
        while let Some(news) = self.jobs.news() {
            match news {
                News::Answer(answer) => answer(self, ctx),
                News::Broken => {
                    (self.after_save, self.keeping.0) = (None, 0);
                    self.kept_second(ctx);
                    self.fail("没有做完：程序内部出了错。填写的内容都在窗口里，也已自动存盘；请保存，再重新打开勾稽。".to_owned());
                }
            }
        }
        self.watch_file(ctx);
    }

    /// Shows everything and performs what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.watch_zoom(&ctx);
        // Keys act on what was on screen when they were pressed.
        if self.dialog.is_none() {
            for named in self.keys(ui) {
                self.run(&ctx, named);
            }
        }
        let focus = self.focus(&ctx);
        ui.input_mut(|input| swallow(&mut input.events, focus));
        let commands = self.screen_ui(ui);
        let work = self.screen.work();
        let answers = self.dialog.as_mut().map_or_else(Vec::new, |dialog| dialog_ui(&ctx, &self.catalog, work, dialog));
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        for command in commands {
            self.run(&ctx, command);
        }
        for command in answers {
            self.answer(&ctx, command);
        }
        if let Some(work) = self.screen.work_mut() {
            work.reveal_finding = false;
            work.keep(Timestamp::now());
            if work.take_focus && self.dialog.is_none() {
                ctx.request_repaint();
            }
        }
    }

    fn screen_ui(&mut self, ui: &mut Ui) -> Vec<Command> {
        if let Some(work) = self.screen.work_mut() {
            return work_ui(ui, work, self.notice.as_ref());
        }
        let mut commands = Vec::new();
        if let Some(notice) = &self.notice {
            let margin = Frame::new().fill(palette().desk).inner_margin(Margin::symmetric(24, 8));
            Panel::top("notice").frame(margin).show(ui, |ui| commands.extend(notice_ui(ui, notice)));
        }
        commands.extend(start_ui(ui, &self.recent, &self.left, !self.aside.is_empty()));
        commands
    }

    /// What the keyboard goes to.
    fn focus(&self, ctx: &Context) -> Focus {
        match self.dialog.is_none() && self.takes_tables(ctx) {
            true => Focus::Table,
            false if self.dialog.is_none() && self.work().is_some_and(Work::is_editing) => Focus::Cell,
            false => Focus::Words,
        }
    }

    /// The commands whose keys were pressed.
    fn keys(&self, ui: &Ui) -> Vec<Named> {
        let is_ours = |named: Named| match (self.work(), named.row().needs) {
            (None, needs) => needs == Needs::Nothing,
            // In a cell being typed into, undo belongs to the text field.
            (Some(work), Needs::Undo | Needs::Redo) => !work.is_editing(),
            // What is a reviewer's key may mean something else to who fills.
            (Some(work), Needs::Reviewer) => work.meets(Needs::Reviewer),
            (Some(_), Needs::Nothing | Needs::Report) => true,
        };
        let all = Named::by_key().into_iter().filter(|(_, named)| is_ours(*named));
        all.filter(|(key, _)| ui.input_mut(|input| input.consume_shortcut(key))).map(|(_, named)| named).collect()
    }
}
