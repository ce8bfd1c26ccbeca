//! The draft's other versions: earlier saves, what someone else has saved, copies in a second folder. They are listed,
//! compared and copied; nothing here writes over the draft. Each errand runs on a thread, as everything in `jobs` does.

mod compare;
mod pages;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Ui};
use jiff::Timestamp;

use super::command::Command;
use super::dialogs::{Answer, Dialog};
use super::jobs::Job;
use super::{App, Notice};
use crate::form::{Catalog, Form};
use crate::model::Draft;
use crate::store::{self, Generation, Home, Settings, Standing, StoreError, Watch};
pub use compare::{Comparison, Other};

/// What can be asked about other versions.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// List the earlier saves of the open draft.
    List,
    /// List the earlier saves of the draft at this path, which does not open.
    ListOf(PathBuf),
    /// Put an earlier save beside the draft at this path, as a file of its own.
    Restore(Generation, PathBuf),
    /// Compare what is on screen with another version.
    Compare(Other),
    /// Show where copies go.
    Backup,
    /// Ask the system for the folder where copies go; this one was typed so far.
    PickBackup(String),
    /// Copies go there from now on, or nowhere.
    SetBackup(Option<PathBuf>),
}

impl Ask {
    /// Its words.
    pub fn label(&self) -> &'static str {
        match self {
            Self::List | Self::ListOf(_) => "历史版本…",
            Self::Restore(..) => "恢复为副本",
            Self::Compare(Other::Disk) => "对照两份",
            Self::Compare(Other::Earlier(_)) => "与现在对照",
            Self::Backup => "备份文件夹…",
            Self::PickBackup(_) => "选择文件夹…",
            Self::SetBackup(Some(_)) => "从现在起备份",
            Self::SetBackup(None) => "不再备份",
        }
    }

    /// It as a command.
    pub fn command(self) -> Command {
        Command::Versions(self)
    }

    /// It as the answer of a page.
    fn answer(self) -> Answer {
        Answer::Run(self.command())
    }
}

/// A window in front of the draft.
#[derive(Debug)]
pub enum Page {
    /// The earlier saves of a draft.
    List {
        /// Newest first.
        saves: Vec<Generation>,
        /// The draft's file.
        path: PathBuf,
        /// It is open and can be compared with.
        is_open: bool,
    },
    /// Two versions side by side.
    Comparison(Comparison),
    /// Where copies go.
    Backup {
        /// Where they go now.
        now: Option<PathBuf>,
        /// The folder as typed.
        text: String,
    },
}

impl Page {
    /// Shows the page; what is to be done, once the user says so.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Answer> {
        match self {
            Self::List { saves, path, is_open } => pages::list_ui(ui, saves, path, *is_open),
            Self::Comparison(comparison) => compare::comparison_ui(ui, comparison),
            Self::Backup { now, text } => pages::backup_ui(ui, now.as_deref(), text),
        }
    }
}

/// Work for a thread.
#[derive(Debug)]
pub enum Errand {
    /// List the earlier saves of the draft at this path; it may be open.
    List(PathBuf, bool),
    /// Put an earlier save beside the draft at this path.
    Restore(Generation, PathBuf),
    /// Compare this draft with another version, in this file.
    Compare(Other, PathBuf, Arc<Form>, Box<Draft>),
    /// Read where copies go.
    Backup,
    /// Ask the system for a folder.
    PickBackup(String),
    /// Have copies go there, or nowhere.
    SetBackup(Option<PathBuf>),
    /// See whether someone else has changed the draft's file.
    Watch(Watch),
}

/// What came of an errand.
#[derive(Debug)]
pub enum Reply {
    /// Something to be shown.
    Page(Page),
    /// The copy stands here.
    Restored(PathBuf),
    /// Copies go there from now on, or nowhere.
    BackupSet(Option<PathBuf>),
    /// Whether someone else has changed the draft's file.
    Watched(bool),
    /// It could not be done: why.
    Failed(String),
}

/// Runs an errand; called on a thread.
pub fn perform(home: &Home, catalog: &Catalog, errand: Errand) -> Reply {
    let done = match errand {
        Errand::List(path, is_open) => {
            store::generations(home, &path, catalog).map(|saves| Reply::Page(Page::List { saves, path, is_open }))
        }
        Errand::Restore(save, path) => store::restore_copy(home, &save, &path, catalog).map(Reply::Restored),
        Errand::Compare(other, path, form, mine) => store::load(&*home.disk, &path, catalog)
            .map(|(other_form, theirs)| compare::page(other, (&form, &mine), (&other_form, &theirs))),
        Errand::Backup => Settings::load(home).map(|settings| backup_page(settings.second_folder, None)),
        Errand::PickBackup(typed) => Settings::load(home).map(|settings| backup_page(settings.second_folder, Some(pick_folder(typed)))),
        Errand::SetBackup(Some(folder)) if home.disk.standing(&folder).ok() != Some(Standing::Folder) || !folder.is_absolute() => {
            return Reply::Failed(format!("没有这个文件夹，备份没有改变；请插好 U 盘、连上共享，或另选一个：{}", folder.display()));
        }
        Errand::SetBackup(folder) => set_backup(home, folder.clone()).map(|()| Reply::BackupSet(folder)),
        Errand::Watch(watch) => return Reply::Watched(watch.is_changed()),
    };
    done.unwrap_or_else(|err| Reply::Failed(err.to_string()))
}

fn set_backup(home: &Home, folder: Option<PathBuf>) -> Result<(), StoreError> {
    let mut settings = Settings::load(home)?;
    settings.second_folder = folder;
    settings.save(home)
}

fn backup_page(now: Option<PathBuf>, picked: Option<String>) -> Reply {
    let text = picked.or_else(|| now.as_ref().map(|folder| folder.display().to_string()));
    Reply::Page(Page::Backup { text: text.unwrap_or_default(), now })
}

/// The folder the user picks; the one typed so far where nothing is picked or the system has no such dialog.
fn pick_folder(typed: String) -> String {
    let mut dialog = rfd::FileDialog::new().set_title("选择备份文件夹");
    if Path::new(&typed).is_dir() {
        dialog = dialog.set_directory(&typed);
    }
    dialog.pick_folder().map_or(typed, |folder| folder.display().to_string())
}

impl App {
    /// Performs what was asked about other versions.
    pub(super) fn ask_versions(&mut self, ctx: &Context, ask: Ask) {
        let path = self.work.as_ref().and_then(|work| work.path.clone());
        let errand = match (ask, path) {
            (Ask::Backup, _) => Errand::Backup,
            (Ask::PickBackup(typed), _) => Errand::PickBackup(typed),
            (Ask::SetBackup(folder), _) => Errand::SetBackup(folder),
            (Ask::List, Some(path)) => Errand::List(path, true),
            (Ask::ListOf(path), _) => Errand::List(path, false),
            (Ask::Restore(save, path), _) => Errand::Restore(save, path),
            (Ask::Compare(other), Some(path)) => {
                let Some(work) = &mut self.work else { return };
                work.commit();
                let file = other.file().map_or(path, Path::to_path_buf);
                Errand::Compare(other, file, work.session.shared_form(), Box::new(work.session.draft().clone()))
            }
            (Ask::List | Ask::Compare(_), None) => {
                self.fail("这份草稿还没有存成文件，没有历史版本；请先保存（Ctrl+S）。".to_owned());
                return;
            }
        };
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Versions(errand));
    }

    /// Sees to it that a change by someone else is told when the window gets the focus, not only when the clerk saves.
    pub(super) fn watch_file(&mut self, ctx: &Context) {
        let has_focus = ctx.input(|input| input.focused);
        let came_back = has_focus && !self.had_focus;
        self.had_focus = has_focus;
        let keeper = self.work.as_ref().filter(|work| came_back && work.path.is_some()).and_then(|work| work.keeper.as_ref());
        if let Some(watch) = keeper.map(store::Keeper::watch) {
            self.jobs.start(ctx, &self.home, &self.catalog, Job::Versions(Errand::Watch(watch)));
        }
    }

    /// Takes up what came of an errand.
    pub(super) fn take_versions(&mut self, reply: Reply) {
        let notice = |words: String, offers: Option<Command>| Some(Notice { is_error: false, words, offers });
        match reply {
            Reply::Page(page) => self.dialog = Some(Dialog::Page(page)),
            Reply::Restored(copy) => {
                let words = format!("✓ 已恢复为副本，原来的草稿没有改动：{}", copy.display());
                self.notice = notice(words, Some(Command::OpenPath(copy)));
            }
            Reply::BackupSet(Some(folder)) => {
                self.notice = notice(format!("✓ 从现在起，每次保存都在这里另存一份带时间的副本：{}", folder.display()), None);
            }
            Reply::BackupSet(None) => self.notice = notice("✓ 不再另存备份；已有的副本都还在".to_owned(), None),
            Reply::Watched(is_changed) => self.watched(is_changed),
            Reply::Failed(why) => self.fail(why),
        }
    }

    fn watched(&mut self, is_changed: bool) {
        let Some(work) = &mut self.work else { return };
        let is_news = is_changed && !work.is_changed_on_disk;
        work.is_changed_on_disk = is_changed;
        if is_news {
            let words = "这份草稿的文件被别人改过了（或在别的电脑上保存过）。您填写的内容都在窗口里；保存时不会盖掉那一份，两份都保留。";
            self.notice = Some(Notice { is_error: true, words: words.to_owned(), offers: Some(Ask::Compare(Other::Disk).command()) });
        }
    }
}

/// Day and time in this machine's time zone: `1月30日 14:03`.
fn clock(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%-m月%-d日 %H:%M").to_string()
}
