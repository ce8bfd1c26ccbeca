//! One frame: answers of threads, keys, the screen, the question in front of it; then what was asked for is performed.

use std::path::{Path, PathBuf};

use egui::{Align2, Context, Id, Key, LayerId, Modifiers, Order, Popup, Stroke, StrokeKind, Ui};
use jiff::{Timestamp, Zoned};

use super::habits::{Focus, swallow};
use super::jobs::News;
use super::screen::{App, Screen};
use super::work_screen::work_ui;
use crate::model::Role;
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::command::county::Many;
use crate::ui::command::files::Purpose;
use crate::ui::command::ledger::Tally;
use crate::ui::command::named::{Named, Needs};
use crate::ui::dialog::ask::dialog_ui;
use crate::ui::look::ring::ring_ui;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::account::AccountPage;
use crate::ui::state::work::Work;
use crate::ui::view::account::account_ui;
use crate::ui::view::batch::batch_ui;
use crate::ui::view::county::{county_keys, county_ui};
use crate::ui::view::ledger::{ledger_keys, ledger_ui};
use crate::ui::view::notice::notice_ui;
use crate::ui::view::start::start_ui;
use crate::ui::view::start_list::Desk;

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
        self.watch_county(ctx);
    }

    /// Shows everything and performs what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.watch_zoom(&ctx);
        self.zoom_by_wheel(&ctx);
        // Keys act on what was on screen when they were pressed.
        if self.dialog.is_none() {
            if let Some(page) = &self.ledger {
                for step in ledger_keys(ui, page) {
                    self.run(&ctx, step);
                }
            } else if self.account.is_some() || self.batch.is_some() {
                for command in self.account_keys(ui) {
                    match &mut self.account {
                        Some(page) if is_of_tables(&command) => fill(page, command),
                        _ => self.run(&ctx, command),
                    }
                }
            } else if matches!(self.screen, Screen::County) {
                let commands = self.county.as_mut().map_or_else(Vec::new, |page| county_keys(ui, page));
                for command in commands {
                    self.run(&ctx, command);
                }
            } else {
                for named in self.keys(ui) {
                    self.run(&ctx, named);
                }
            }
            let dropped = dropped(&ctx);
            let is_for_county = matches!(self.screen, Screen::County) && self.account.is_none() && self.batch.is_none();
            if !dropped.is_empty() && is_for_county {
                self.run(&ctx, Many::TakeIn(dropped));
            } else if !dropped.is_empty() && dropped.iter().all(|file| is_text_register(file)) {
                self.run(&ctx, Tally::Files(dropped));
            } else if let ([only], true) = (dropped.as_slice(), self.work().is_some())
                && Purpose::Ledger.fits(only)
            {
                self.sort_out(&ctx, only.clone());
            } else if !dropped.is_empty() {
                self.run(&ctx, Receive::Files(dropped));
            }
        }
        if self.dialog.is_none() && ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            hover_ui(&ctx);
        }
        let focus = self.focus(&ctx);
        let num_removed = ui.input_mut(|input| swallow(&mut input.events, focus));
        if num_removed > 0 {
            self.say(format!("粘贴的文字里有 {num_removed} 个看不见的符号（控制符、零宽字符），已经去掉"));
        }
        self.paste_text(ui);
        let commands = self.screen_ui(ui);
        let work = self.screen.work();
        let answers = self.dialog.as_mut().map_or_else(Vec::new, |dialog| dialog_ui(&ctx, &self.catalog, work, dialog));
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        let had_commands = commands.iter().any(|command| !matches!(command, Command::Hover(_) | Command::Peek(_)));
        for command in commands {
            // What is typed in an account stays there.
            match &mut self.account {
                Some(page) if is_of_tables(&command) => fill(page, command),
                _ => self.run(&ctx, command),
            }
        }
        for command in answers {
            self.answer(&ctx, command);
        }
        self.give_focus_back(&ctx, had_commands);
        ring_ui(&ctx);
        if let Some(work) = self.screen.work_mut() {
            work.reveal_finding = false;
            work.keep(Timestamp::now());
            if work.take_focus && self.dialog.is_none() {
                ctx.request_repaint();
            }
        }
    }

    /// The keyboard goes back to the chapter after every button, menu and question; a text field keeps it.
    fn give_focus_back(&mut self, ctx: &Context, had_commands: bool) {
        let is_covered = self.dialog.is_some() || self.account.is_some() || self.batch.is_some() || self.ledger.is_some();
        let is_held = ctx.input(|input| input.pointer.any_down()) || Popup::is_any_open(ctx) || ctx.text_edit_focused();
        let is_lost = had_commands || ctx.memory(|memory| memory.focused().is_none());
        if let Some(work) = self.screen.work_mut().filter(|_| is_lost && !is_covered && !is_held) {
            work.take_focus |= work.reading.is_none() && !work.trend.is_open;
        }
    }

    fn screen_ui(&mut self, ui: &mut Ui) -> Vec<Command> {
        if let Some(page) = &mut self.ledger {
            return ledger_ui(ui, page, self.notice.as_ref());
        }
        if let Some(page) = &mut self.account {
            let has_report = self.screen.work().is_some_and(|work| !work.is_read_only());
            return account_ui(ui, page, has_report, self.notice.as_ref());
        }
        if let Some(batch) = &mut self.batch {
            return batch_ui(ui, batch, self.notice.as_ref());
        }
        if let Some(work) = self.screen.work_mut() {
            return work_ui(ui, work, self.notice.as_ref());
        }
        if let (Screen::County, Some(page)) = (&self.screen, &mut self.county) {
            let who = self.settings.person().map(|person| person.name.to_string()).unwrap_or_default();
            return county_ui(ui, page, self.notice.as_ref(), &who);
        }
        let mut commands: Vec<Command> = self.notice.as_ref().and_then(|notice| notice_ui(ui, notice)).into_iter().collect();
        let role = self.settings.person().map_or(Role::Clerk, |person| person.role);
        let (recent, left, has_given_up) = (&self.recent, &self.left, !self.aside.is_empty());
        commands.extend(start_ui(ui, &Desk { recent, left, has_given_up, role, now: Zoned::now() }));
        commands
    }

    /// What the keyboard goes to.
    fn focus(&self, ctx: &Context) -> Focus {
        match self.dialog.is_none() && self.takes_tables(ctx) {
            true => Focus::Table,
            false if self.dialog.is_none() && self.filled().is_some_and(Work::is_editing) => Focus::Cell,
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

    /// What the keys mean while files that came in are on screen.
    fn account_keys(&self, ui: &Ui) -> Vec<Command> {
        let is_editing = self.account.as_ref().is_some_and(|page| page.work.is_editing());
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let mut commands: Vec<Command> = Vec::new();
        for (modifiers, key, command) in [
            (Modifiers::NONE, Key::F8, Command::from(Receive::Next)),
            (Modifiers::COMMAND, Key::Enter, Receive::TakeNew.into()),
            (Modifiers::COMMAND, Key::PageDown, Named::NextChapter.into()),
            (Modifiers::COMMAND, Key::PageUp, Named::PrevChapter.into()),
            (Modifiers::NONE, Key::F1, Named::Help.into()),
        ] {
            commands.extend(pressed(modifiers, key).then_some(command));
        }
        // In a cell being typed into they belong to the text field.
        if !is_editing {
            commands.extend(pressed(Modifiers::NONE, Key::Escape).then(|| Receive::Close.into()));
            commands.extend(pressed(Modifiers::COMMAND, Key::Z).then(|| Named::Undo.into()));
            commands.extend(pressed(Modifiers::COMMAND, Key::Y).then(|| Named::Redo.into()));
        }
        commands
    }
}

/// Says what comes of files that are held over the window.
fn hover_ui(ctx: &Context) {
    let area = ctx.content_rect().shrink(10.0);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("hovered-files")));
    painter.rect(area, 6.0, palette().accent_tint.gamma_multiply(0.9), Stroke::new(2.0, palette().accent), StrokeKind::Inside);
    let words = "松开就读：网页、Word、PDF、Excel、文本、草稿，几个文件或文件夹也可以；.csv 台账用来取数";
    painter.text(area.center(), Align2::CENTER_CENTER, words, bold_font(18.0), palette().ink);
}

/// The files and folders that were let go of over the window.
fn dropped(ctx: &Context) -> Vec<PathBuf> {
    ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect())
}

/// A table as text: no report comes so, a register does.
fn is_text_register(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ["csv", "tsv"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// It concerns the tables of an account, not the open draft.
fn is_of_tables(command: &Command) -> bool {
    matches!(
        command,
        Command::Type(_)
            | Command::Change(_)
            | Command::AskPaste(_)
            | Command::Paste(_)
            | Command::GoTo(_)
            | Command::LookAway(_)
            | Command::SayReadOnly
            | Command::Named(Named::Undo | Named::Redo | Named::NextChapter | Named::PrevChapter)
    )
}

/// Types into an account. A block that does not fit is pasted as far as it does: what it leaves stays marked.
fn fill(page: &mut AccountPage, command: Command) {
    match command {
        Command::Named(Named::NextChapter) => page.turn(true),
        Command::Named(Named::PrevChapter) => page.turn(false),
        Command::AskPaste(block) => fill(page, Command::Paste(block)),
        command => {
            // A draft of nobody's objects to nothing that is typed.
            let _done = page.work.perform(command);
        }
    }
}
