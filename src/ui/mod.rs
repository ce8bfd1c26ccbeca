//! The window. `App` holds what is on screen; `logic` takes the answers of threads, `ui` shows everything and collects
//! commands, `run` performs them. No part of the screen changes the draft itself.

mod bars;
mod chapter;
mod clipboard;
mod command;
mod dialogs;
mod files;
mod find;
mod findings;
mod grid;
mod help;
mod import;
mod inspector;
mod jobs;
mod notice;
mod pace;
mod practice;
mod print;
mod rail;
mod raster;
mod review;
mod settings;
mod shot;
mod start;
pub mod theme;
pub mod versions;
mod window;
mod work;
mod work_screen;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::{Timestamp, Zoned};

use egui::{Context, Frame, Margin, Panel, Ui};

pub use command::Command;
use dialogs::{Answer, Dialog, dialog_ui};
use jobs::{Job, Jobs, Purpose};
use notice::{Notice, notice_ui};
pub use pace::Pace;
pub use raster::Raster;
pub use review::Second;
pub use shot::{Screen, ShotError, shot};
use start::RecentDraft;
use theme::palette;
pub use window::{Opening, run};
pub use work::Work;

use crate::form::{Catalog, Form};
use crate::model::{ActionKind, Draft};
use crate::store::{self, Home, Keeper, Left, Opened, Settings, To};

/// What is on screen.
#[derive(Debug)]
pub struct App {
    catalog: Catalog,
    home: Home,
    /// The open draft; none on the start screen.
    pub work: Option<Work>,
    dialog: Option<Dialog>,
    notice: Option<Notice>,
    jobs: Jobs,
    recent: Vec<RecentDraft>,
    left: Vec<Left>,
    settings: Settings,
    /// The size of the last frame, in percent.
    last_zoom: Option<u16>,
    /// To be done once the draft is saved.
    after_save: Option<Command>,
    /// The second entry that is to be laid beside the draft being opened.
    ahead: Option<review::Sheet>,
    /// The window had the keyboard in the frame before.
    had_focus: bool,
    /// What is being exported is no longer wanted.
    given_up: Arc<AtomicBool>,
    /// The window may close.
    quits: bool,
}

impl App {
    /// The start screen. Journals and earlier saves are kept in `home`.
    pub fn new(catalog: Catalog, home: Home) -> Self {
        Self {
            catalog,
            home,
            left: Vec::new(),
            work: None,
            dialog: None,
            notice: None,
            jobs: Jobs::default(),
            recent: Vec::new(),
            settings: Settings::default(),
            last_zoom: None,
            after_save: None,
            ahead: None,
            had_focus: true,
            given_up: Arc::default(),
            quits: false,
        }
    }

    /// Shows a draft that was read already. It is not kept safe until it is saved.
    pub fn show(&mut self, form: Arc<Form>, draft: Draft, path: Option<PathBuf>) {
        (self.dialog, self.notice, self.after_save) = (None, None, None);
        self.leave();
        let mut work = Work::new(form, draft, path);
        work.seat(self.settings.person());
        self.work = Some(work);
    }

    /// Opens a draft to work on: from now on every edit is on disk within a second.
    fn open(&mut self, ctx: &Context, opened: Opened) {
        self.show(Arc::clone(&opened.form), opened.draft.clone(), opened.path.clone());
        if let Some(holder) = opened.holder() {
            let words = format!("{holder}正打开着这份草稿，现在只能查看。要修改，请等对方关闭后重新打开，或用“文件 → 另存为…”另存一份。");
            self.fail(words);
        }
        let note = crate::rules::orphans_note(&opened.form, &opened.draft);
        if let Some(words) = note.filter(|_| self.notice.is_none()) {
            self.fail(words);
        }
        let keeper = keeper(ctx, opened);
        if let Some(work) = &mut self.work {
            work.keeper = Some(keeper);
        }
    }

    /// Lets go of the open draft: it is saved or given up, and others may open it.
    fn leave(&mut self) {
        self.keep_second();
        if let Some(keeper) = self.work.take().and_then(|work| work.keeper) {
            keeper.close();
        }
    }

    /// Sees how the drafts worked on last stand, for the start screen.
    pub fn look_up_recent(&mut self, ctx: &Context) {
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Recent);
    }

    /// Shows the card of keys.
    pub fn show_help(&mut self) {
        self.dialog = Some(Dialog::Help);
    }

    /// What is pasted now goes into a table.
    fn takes_tables(&self, ctx: &Context) -> bool {
        let table = self.work.as_ref().filter(|work| !work.is_editing()).and_then(|work| {
            let form = work.session.form();
            work.table_on_screen().and_then(|place| form.tables.get(place))
        });
        table.is_some_and(|table| ctx.memory(|memory| memory.has_focus(grid::grid_id(table))))
    }

    /// A thread is still at work.
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy()
    }

    /// The window may close.
    pub fn quits(&self) -> bool {
        self.quits
    }

    /// The message above the table, if there is one.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_ref().map(|notice| notice.words.as_str())
    }

    /// The title of the window: what is open, and whether it is saved.
    pub fn title(&self) -> String {
        match &self.work {
            None => "勾稽".to_owned(),
            Some(work) => {
                let mark = if work.session.is_modified() { "● " } else { "" };
                let file = work.file_name().map_or_else(String::new, |name| format!(" — {name}"));
                format!("{mark}{}{file} — 勾稽", work.name())
            }
        }
    }

    /// Takes the answers that have come. Runs also while the window is hidden.
    pub fn logic(&mut self, ctx: &Context) {
        while let Some(done) = self.jobs.next() {
            self.take(ctx, done);
        }
        self.watch_file(ctx);
    }

    /// Shows everything and performs what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut commands = if self.dialog.is_none() { self.keys(ui) } else { Vec::new() };
        let ctx = ui.ctx().clone();
        self.watch_zoom(&ctx);
        // Keys act on what was on screen when they were pressed.
        for command in commands.drain(..) {
            self.run(&ctx, command);
        }
        match &mut self.work {
            None => {
                if let Some(notice) = &self.notice {
                    let margin = Frame::new().fill(palette().desk).inner_margin(Margin::symmetric(24, 8));
                    Panel::top("notice").frame(margin).show(ui, |ui| commands.extend(notice_ui(ui, notice)));
                }
                commands.extend(start::start_ui(ui, &self.recent, &self.left));
            }
            Some(_) => commands.extend(self.work_ui(ui)),
        }
        let answer = self.dialog.as_mut().and_then(|dialog| dialog_ui(&ctx, &self.catalog, self.work.as_ref(), dialog));
        for command in commands {
            self.run(&ctx, command);
        }
        if let Some(answer) = answer {
            self.answer(&ctx, answer);
        }
        if let Some(work) = &mut self.work {
            work.reveal_finding = false;
            let pending = work.pending();
            if let Some(keeper) = &mut work.keeper {
                keeper.record(work.session.draft(), pending.as_ref(), Timestamp::now());
            }
            if work.take_focus && self.dialog.is_none() {
                ctx.request_repaint();
            }
        }
    }

    /// The commands whose keys were pressed.
    fn keys(&self, ui: &Ui) -> Vec<Command> {
        let Some(work) = &self.work else {
            let start = [Command::New, Command::Open, Command::Help];
            return start.into_iter().filter(|command| pressed(ui, command)).collect();
        };
        // In a cell being typed into, undo belongs to the text field.
        let leaves_to_editor = |command: &Command| work.is_editing() && matches!(command, Command::Undo | Command::Redo);
        let commands = command::with_shortcut().into_iter().filter(|command| !leaves_to_editor(command));
        let mut pressed: Vec<Command> = commands.filter(|command| pressed(ui, command)).collect();
        pressed.extend(rail::chapter_keys(ui, work));
        pressed
    }

    /// Performs a command.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        if leaves_draft(&command)
            && self.work.as_ref().is_some_and(|work| work.practice.is_none() && (work.session.is_modified() || work.is_editing()))
        {
            if let Some(work) = &mut self.work {
                work.commit();
            }
            self.dialog = Some(Dialog::Unsaved(command));
            return;
        }
        match command {
            Command::New => self.dialog = Some(Dialog::New { agency: String::new(), year: (Zoned::now().year() - 1).to_string() }),
            Command::Start(agency, year) => match self.catalog.for_year(year) {
                Ok(form) => {
                    let draft = form.draft(agency, year);
                    self.open(ctx, Opened::without_file(&self.home, form, draft));
                }
                Err(err) => self.fail(err.to_string()),
            },
            Command::Open => self.pick(ctx, Purpose::Open),
            Command::OpenPath(path) => self.jobs.start(ctx, &self.home, &self.catalog, Job::Load(path)),
            Command::OpenExample => match store::example(&self.catalog) {
                Ok((form, draft)) => self.open(ctx, Opened::without_file(&self.home, form, draft)),
                Err(err) => self.fail(err.to_string()),
            },
            Command::Import => self.pick(ctx, Purpose::Import),
            Command::PutIn(form, into) => self.import(ctx, &form, into),
            Command::Rename => {
                self.dialog = self.work.as_ref().map(|work| Dialog::Rename(work.session.draft().agency.clone()));
            }
            Command::Save => self.save(ctx),
            Command::SaveAs => self.pick(ctx, Purpose::Save),
            Command::Export => self.pick(ctx, Purpose::Export),
            Command::ExportAll => self.pick(ctx, Purpose::Folder),
            Command::ExportSummary => self.pick(ctx, Purpose::Summary),
            Command::StopExport => self.give_up(),
            Command::CopyPage => self.copy_page(ctx),
            Command::Print => self.print(ctx),
            Command::Recover(place) => self.recover(ctx, place),
            Command::Forget(place) if place < self.left.len() => self.left.remove(place).discard(&self.home),
            Command::SaveBeside => {
                if let Some(path) = self.work.as_ref().and_then(|work| work.path.clone()) {
                    self.order(ctx, To::Beside(path));
                }
            }
            Command::Close => {
                self.leave();
                self.look_up_recent(ctx);
            }
            Command::Quit => {
                self.leave();
                self.quits = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Command::Practice => self.practise(),
            Command::Help => self.dialog = Some(Dialog::Help),
            Command::Look(look) => self.change_look(ctx, look),
            Command::DismissNotice => self.notice = None,
            Command::Versions(ask) => self.ask_versions(ctx, ask),
            Command::OpenPrior => self.pick(ctx, Purpose::Prior),
            Command::OpenCopy => self.pick(ctx, Purpose::Join),
            Command::AskPerson => self.ask_person(None),
            Command::SetPerson(person, office) => self.set_person(ctx, person, office),
            Command::Act(deed) => self.ask_act(deed),
            Command::WayOn => self.way_on(),
            Command::GiveBack => self.ask_act(ActionKind::Return),
            Command::Do(action, words) => {
                if let Err(why) = self.act(&action, &words) {
                    self.fail(why);
                }
            }
            Command::Log => self.ask_log(),
            Command::Second(what) => self.run_second(ctx, what),
            Command::Comment => self.comment(ctx),
            Command::CommentOn(spot) => self.comment_on(spot),
            command => self.run_in_work(command),
        }
    }

    /// Performs a command that only concerns the open draft.
    fn run_in_work(&mut self, command: Command) {
        let Some(work) = &mut self.work else { return };
        if work.is_read_only() && matches!(command, Command::Type(_) | Command::Change(_) | Command::Settle(..) | Command::SettleHere(_)) {
            if let Some(why) = work.session.read_only() {
                self.notice = Some(Notice::error(why.words()));
            }
            return;
        }
        match command {
            Command::Undo => {
                work.commit();
                let place = work.session.undo();
                work.go_to_place(place);
            }
            Command::Redo => {
                let place = work.session.redo();
                work.go_to_place(place);
            }
            Command::NextFinding => work.step_list(true),
            Command::PrevFinding => work.step_list(false),
            Command::Reason => work.write_reason(),
            Command::Show(list) => {
                work.desk.list = list;
                work.desk.place = None;
            }
            Command::Compare(since) => {
                work.desk.since = since;
                work.desk.place = None;
            }
            Command::Settle(cell, take) => work.settle(cell, take),
            Command::SettleHere(take) => work.settle_here(take),
            Command::Visit(target) => work.visit(target),
            Command::Seen if work.is_review() => work.mark_seen(),
            Command::BackToChapter => work.take_focus = true,
            Command::NextBlank if work.is_review() => work.step_unseen(),
            Command::NextBlank => work.step_blank(),
            Command::Find => {
                work.commit();
                work.find = Some(find::FindStrip::new());
            }
            Command::Chapter(no) => work.show_chapter(no),
            Command::GoTo(cell) => work.go_to(cell),
            Command::LookAt(finding) => work.look_at(finding),
            Command::LookAway(check) if work.finding == Some(check) => work.finding = None,
            Command::Type(edit) => work.session.apply(vec![edit]),
            Command::Change(edits) => work.session.apply_alone(edits),
            _ => {}
        }
    }

    /// Opens the practice sheet: a blank draft on the newest form.
    fn practise(&mut self) {
        let Some(form) = self.catalog.forms().last().cloned() else { return };
        let draft = form.draft("练习用表".to_owned(), form.years.0);
        self.show(form, draft, None);
        if let Some(work) = &mut self.work {
            work.practice = Some(practice::Practice::default());
            work.show_chapter(3);
        }
    }

    fn answer(&mut self, ctx: &Context, answer: Answer) {
        self.dialog = None;
        match answer {
            Answer::Cancel => (self.after_save, self.ahead) = (None, None),
            Answer::Start { agency, year } => self.run(ctx, Command::Start(agency, year)),
            Answer::SaveThen(then) => {
                self.after_save = Some(then);
                self.save(ctx);
            }
            Answer::Run(command) => self.run(ctx, command),
            Answer::Person(person, office, then) => {
                self.run(ctx, Command::SetPerson(person, office));
                if let Some(then) = then {
                    self.run(ctx, *then);
                }
            }
            Answer::Act(form, action) => {
                if let Err(why) = self.act(&action, &form.words) {
                    self.dialog = Some(Dialog::Act(form.refused(why)));
                }
            }
            Answer::Join(form) => self.join(*form),
            Answer::DiscardThen(then) => {
                self.leave();
                self.run(ctx, then);
            }
            Answer::Picked(purpose, path) => self.picked(ctx, purpose, path),
            Answer::Paste(block) => {
                if let Some(work) = &mut self.work {
                    let edits = work.session.paste(&block.fields);
                    work.session.apply_alone(edits);
                }
            }
        }
        if let Some(work) = &mut self.work {
            work.take_focus = true;
        }
    }
}

/// Takes charge of a draft; the window wakes up when edits are in danger.
fn keeper(ctx: &Context, opened: Opened) -> Keeper {
    let ctx = ctx.clone();
    Keeper::new(opened, Timestamp::now(), move || ctx.request_repaint())
}

/// The command replaces or closes the open draft.
fn leaves_draft(command: &Command) -> bool {
    use Command::{Close, OpenExample, OpenPath, Practice, PutIn, Quit, Start};
    matches!(command, Start(..) | OpenPath(_) | OpenExample | PutIn(_, import::Into::New) | Practice | Close | Quit)
}

fn pressed(ui: &Ui, command: &Command) -> bool {
    command.shortcuts().iter().any(|shortcut| ui.input_mut(|input| input.consume_shortcut(shortcut)))
}
