//! The draft's other versions: earlier saves, what someone else has saved, copies in a second folder. They are listed,
//! compared and copied on threads; nothing here writes over the draft.

use std::path::{Path, PathBuf};

use egui::Context;
use jiff::Timestamp;

use super::screen::App;
use crate::store::{self, Home, Keeper, Settings, Standing, StoreError};
use crate::ui::command::Command;
use crate::ui::command::files::{Ask, Other};
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::compare::Comparison;
use crate::ui::state::notice::Notice;
use crate::ui::state::recent::LeftDraft;

impl App {
    /// Performs what was asked about other versions.
    pub(super) fn ask_versions(&mut self, ctx: &Context, ask: Ask) {
        match ask {
            Ask::GivenUp => self.dialog = Some(Dialog::GivenUp(self.aside.iter().map(LeftDraft::of).collect())),
            Ask::ListOf(path) => self.list_saves(ctx, path, false),
            Ask::Restore(save, path) => {
                let (home, catalog) = (self.home.clone(), self.catalog.clone());
                let restore = move |_: &_| store::restore_copy(&home, &save, &path, &catalog);
                self.jobs.start(ctx, restore, |app, _, restored| app.restored(restored));
            }
            Ask::Compare(other) => self.compare(ctx, other),
            Ask::PickBackup(typed) => self.ask_backup(ctx, Some(typed)),
            Ask::SetBackup(folder) => {
                let home = self.home.clone();
                let set = move |_: &_| set_backup(&home, folder);
                self.jobs.start(ctx, set, |app, _, set| app.backup_set(set));
            }
        }
    }

    /// Lists the earlier saves of the open draft.
    pub(super) fn list_versions(&mut self, ctx: &Context) {
        match self.path_of_draft() {
            Some(path) => self.list_saves(ctx, path, true),
            None => self.fail(NO_FILE.to_owned()),
        }
    }

    fn path_of_draft(&self) -> Option<PathBuf> {
        self.work().and_then(|work| work.path.clone())
    }

    fn list_saves(&mut self, ctx: &Context, path: PathBuf, is_open: bool) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let list = move |_: &_| {
            let aside = store::given_up(&home, &catalog, Timestamp::now());
            let own = home.true_path(&path);
            let given_up = aside.iter().map(LeftDraft::of).filter(|left| left.path.as_ref() == Some(&own)).collect();
            let listed = store::generations(&home, &path, &catalog);
            (aside, listed.map(|saves| Dialog::Versions { saves, path, is_open, given_up }))
        };
        self.jobs.start(ctx, list, |app, _, (aside, listed)| {
            app.aside = aside;
            app.ask_or_fail(listed.map_err(|err| err.to_string()));
        });
    }

    fn compare(&mut self, ctx: &Context, other: Other) {
        self.commit();
        let Some(work) = self.work() else { return self.fail(NO_FILE.to_owned()) };
        let Some(path) = work.path.clone() else { return self.fail(NO_FILE.to_owned()) };
        let (form, mine) = (work.session.shared_form(), work.session.draft().clone());
        let file = other.file().map_or(path, Path::to_path_buf);
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let compare = move |_: &_| {
            let (their_form, theirs) = store::load(&*home.disk, &file, &catalog).map_err(|err| err.to_string())?;
            Comparison::new(other, form.report(&mine), their_form.report(&theirs)).map(Dialog::Comparison)
        };
        self.jobs.start(ctx, compare, |app, _, compared| app.ask_or_fail(compared));
    }

    /// Asks where copies go; with a folder typed so far, the system asks for another one first.
    pub(super) fn ask_backup(&mut self, ctx: &Context, typed: Option<String>) {
        let home = self.home.clone();
        let ask = move |_: &_| {
            let now = Settings::load(&home)?.second_folder;
            let text = typed.map(pick_folder).or_else(|| now.as_ref().map(|folder| folder.display().to_string()));
            Ok(Dialog::Backup { now, text: text.unwrap_or_default() })
        };
        self.jobs.start(ctx, ask, |app, _, asked: Result<_, StoreError>| app.ask_or_fail(asked.map_err(|err| err.to_string())));
    }

    fn ask_or_fail(&mut self, question: Result<Dialog, String>) {
        match question {
            Ok(question) => self.dialog = Some(question),
            Err(why) => self.fail(why),
        }
    }

    fn restored(&mut self, restored: Result<PathBuf, StoreError>) {
        match restored {
            Ok(copy) => {
                let words = format!("✓ 已恢复为副本，原来的草稿没有改动：{}", copy.display());
                self.notice = Some(Notice { offers: vec![Command::OpenPath(copy)], ..Notice::good(words) });
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    fn backup_set(&mut self, set: Result<Option<PathBuf>, String>) {
        match set {
            Ok(Some(folder)) => self.say(format!("✓ 从现在起，每次保存都在这里另存一份带时间的副本：{}", folder.display())),
            Ok(None) => self.say("✓ 不再另存备份；已有的副本都还在".to_owned()),
            Err(why) => self.fail(why),
        }
    }

    /// Sees to it that a change by someone else is told when the window gets the focus, not only when the clerk saves.
    pub(super) fn watch_file(&mut self, ctx: &Context) {
        let has_focus = ctx.input(|input| input.focused);
        let came_back = has_focus && !self.had_focus;
        self.had_focus = has_focus;
        let keeper = self.work().filter(|work| came_back && work.path.is_some()).and_then(|work| work.keeper.as_ref());
        if let Some(watch) = keeper.map(Keeper::watch) {
            self.jobs.start(ctx, move |_| watch.is_changed(), |app, _, is_changed| app.watched(is_changed));
        }
    }

    fn watched(&mut self, is_changed: bool) {
        let Some(work) = self.screen.work_mut() else { return };
        let is_news = is_changed && !work.is_changed_on_disk;
        work.is_changed_on_disk = is_changed;
        if is_news {
            let words = "这份草稿的文件被别人改过了（或在别的电脑上保存过）。您填写的内容都在窗口里；保存时不会盖掉那一份，两份都保留。";
            self.notice = Some(Notice { offers: vec![Ask::Compare(Other::Disk).into()], ..Notice::error(words.to_owned()) });
        }
    }
}

/// Said where earlier saves are asked for of a draft that has none.
const NO_FILE: &str = "这份草稿还没有存成文件，没有历史版本；请先保存（Ctrl+S）。";

/// Has copies go there, or nowhere.
fn set_backup(home: &Home, folder: Option<PathBuf>) -> Result<Option<PathBuf>, String> {
    if let Some(folder) =
        folder.as_ref().filter(|folder| home.disk.standing(folder).ok() != Some(Standing::Folder) || !folder.is_absolute())
    {
        return Err(format!("没有这个文件夹，备份没有改变；请插好 U 盘、连上共享，或另选一个：{}", folder.display()));
    }
    let mut settings = Settings::load(home).map_err(|err| err.to_string())?;
    settings.second_folder.clone_from(&folder);
    settings.save(home).map_err(|err| err.to_string())?;
    Ok(folder)
}

/// The folder the user picks; the one typed so far where nothing is picked or the system has no such dialog.
fn pick_folder(typed: String) -> String {
    let mut dialog = rfd::FileDialog::new().set_title("选择备份文件夹");
    if Path::new(&typed).is_dir() {
        dialog = dialog.set_directory(&typed);
    }
    dialog.pick_folder().map_or(typed, |folder| folder.display().to_string())
}
