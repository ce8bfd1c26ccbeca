//! The draft's way to disk and back: asking for a file, opening, saving, exporting, recovering. All of it on threads; what
//! comes of it is taken up here.

use std::path::{Path, PathBuf};

use egui::Context;
use jiff::{Timestamp, Zoned};

use super::dialogs::Dialog;
use super::jobs::{Done, Job, Purpose};
use super::print::{Paper, paper_name};
use super::versions::Ask;
use super::{App, Command, Notice, keeper};
use crate::export::{self, FileKind};
use crate::review;
use crate::store::{self, Opened, Saved, StoreError, To};

impl App {
    pub(super) fn save(&mut self, ctx: &Context) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        match work.path.clone() {
            Some(path) => self.save_to(ctx, path),
            None => self.pick(ctx, Purpose::Save),
        }
    }

    fn save_to(&mut self, ctx: &Context, path: PathBuf) {
        self.order(ctx, To::File(path));
    }

    /// Has the draft saved on a thread; the answer comes through `logic`.
    pub(super) fn order(&mut self, ctx: &Context, to: To) {
        let Some(work) = &mut self.work else { return };
        let draft = work.session.draft().clone();
        let keeper =
            work.keeper.get_or_insert_with(|| keeper(ctx, Opened::without_file(&self.home, work.session.shared_form(), draft.clone())));
        let job = Job::Save(Box::new(keeper.order(to, &draft)));
        self.jobs.start(ctx, &self.home, &self.catalog, job);
    }

    /// Goes on where a crash came.
    pub(super) fn recover(&mut self, ctx: &Context, place: usize) {
        let Some(left) = self.left.get(place) else { return };
        let Ok(lost) = &left.found else { return };
        let (opened, edits) = lost.reopen(&self.home, &self.catalog, Timestamp::now());
        let left = self.left.remove(place);
        self.open(ctx, opened);
        if let Some(work) = &mut self.work {
            if let Some(keeper) = &mut work.keeper {
                keeper.carries_on(&left.file, Timestamp::now());
            }
            work.session.restore(edits);
        }
    }

    /// The start screen again, after the window before this one panicked at this place in the code.
    pub(super) fn start_after_panic(&mut self, ctx: &Context, place: &str) {
        self.look_up_recent(ctx);
        let words = "勾稽刚才出了内部错误，已经重新打开。草稿文件没有写坏；没有保存的改动可以在下面恢复。如果再三发生，请把出错的位置告诉维护人员：";
        self.fail(format!("{words}{place}"));
    }

    /// Asks for a file; the answer comes through `logic`.
    pub(super) fn pick(&mut self, ctx: &Context, purpose: Purpose) {
        let suggested = self.suggested_path(purpose);
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Pick { purpose, suggested });
    }

    /// Beside the draft, under the name practice wants.
    fn suggested_path(&mut self, purpose: Purpose) -> PathBuf {
        let beside = self.work.as_ref().and_then(|work| work.path.as_deref()).and_then(Path::parent);
        let folder = beside.map_or_else(store::documents, Path::to_path_buf);
        let is_found =
            matches!(purpose, Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second | Purpose::Import | Purpose::Folder);
        let Some(work) = self.work.as_mut().filter(|_| !is_found) else {
            return folder.join("");
        };
        work.commit();
        let draft = work.session.draft();
        folder.join(match purpose {
            Purpose::Summary => paper_name(draft, Paper::Summary, FileKind::Pdf),
            _ => export::file_name(draft, purpose.ending()),
        })
    }

    pub(super) fn take(&mut self, ctx: &Context, done: Done) {
        match done {
            Done::Picked(_, None) => (self.after_save, self.ahead) = (None, None),
            Done::Picked(purpose, Some(path)) => self.picked(ctx, purpose, path),
            Done::NoDialog(purpose, path) => self.dialog = Some(Dialog::Path { purpose, text: path.display().to_string() }),
            Done::Loaded(path, Ok(opened)) => {
                let job = Job::FindPrior(opened.path.clone().unwrap_or(path), Box::new(opened.draft.clone()));
                self.jobs.start(ctx, &self.home, &self.catalog, job);
                self.open(ctx, *opened);
                self.opened_for_second(ctx);
            }
            Done::FoundPrior(path, found) => {
                if let (Some(work), Some((form, prior))) = (self.work.as_mut().filter(|work| work.path.as_ref() == Some(&path)), found)
                    && work.sheet.is_none()
                {
                    work.desk.know(review::prior(work.session.form(), &form, &prior));
                }
            }
            Done::Loaded(path, Err(why)) => {
                self.ahead = None;
                // Earlier saves stand elsewhere, and may be whole.
                let may_be_found = matches!(why, StoreError::Damaged { .. } | StoreError::NotFound(_));
                let offers = may_be_found.then(|| Ask::ListOf(path).command());
                self.notice = Some(Notice { offers, ..Notice::error(why.to_string()) });
            }
            Done::Other(Purpose::Join, Ok((_, theirs))) => self.ask_join(&theirs),
            Done::Other(Purpose::Second, Ok((form, second))) => self.take_second(&form, *second),
            Done::Other(_, Ok((form, prior))) => {
                if let Some(work) = &mut self.work {
                    work.desk.compare_with(review::prior(work.session.form(), &form, &prior));
                }
            }
            Done::Other(_, Err(why)) => {
                self.ahead = None;
                self.fail(why);
            }
            Done::Imported(path, read) => self.ask_import(path, read),
            Done::Saved(saved) => self.saved(ctx, *saved),
            Done::Exported(path, Ok(())) => {
                self.say(format!("✓ 已导出并逐格核对：{}", path.display()));
            }
            Done::Progress { done, all, name } => {
                let words = format!("正在导出 {} / {all}：{name}", done + 1);
                self.notice = Some(Notice { offers: Some(Command::StopExport), ..Notice::good(words) });
            }
            Done::ExportedAll(folder, Ok(written)) => {
                self.say(format!("✓ 已导出并逐格核对 {} 个文件：{}", written.len(), folder.display()));
            }
            Done::ExportedAll(_, Err(why)) => self.fail(format!("没有全部导出：{why}")),
            Done::Printed(Ok(path)) => self.say(format!("✓ 已交给系统的 PDF 阅读器，请在那里打印；没有打开的，文件在 {}", path.display())),
            Done::Printed(Err(why)) => self.fail(format!("没有打印：{why}")),
            Done::Exported(_, Err(why)) => self.fail(format!("没有导出：{why}")),
            Done::Settings(Ok(())) => {}
            Done::Settings(Err(err)) => self.fail(err.to_string()),
            Done::Recent(recent, left) => (self.recent, self.left) = (recent, left),
            Done::Versions(reply) => self.take_versions(reply),
            Done::Broken => {
                self.after_save = None;
                self.fail("没有做完：程序内部出了错。填写的内容都在窗口里，也已自动存盘；请保存，再重新打开勾稽。".to_owned());
            }
        }
    }

    pub(super) fn picked(&mut self, ctx: &Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.run(ctx, Command::OpenPath(path)),
            Purpose::Prior | Purpose::Join => self.jobs.start(ctx, &self.home, &self.catalog, Job::Other(purpose, path)),
            Purpose::Import => self.jobs.start(ctx, &self.home, &self.catalog, Job::Import(path)),
            Purpose::Second => self.bring_second(ctx, path),
            Purpose::Save => self.save_to(ctx, path),
            Purpose::Export => self.export_to(ctx, Paper::Report, path),
            Purpose::Summary => self.export_to(ctx, Paper::Summary, path),
            Purpose::Folder => self.export_all(ctx, path),
        }
    }

    fn saved(&mut self, ctx: &Context, saved: Result<Saved, StoreError>) {
        let saved = match saved {
            Ok(saved) => saved,
            Err(err @ (StoreError::InUse { .. } | StoreError::ChangedOnDisk { .. })) => {
                self.after_save = None;
                self.dialog = Some(Dialog::Conflict(err.to_string()));
                return;
            }
            Err(err) => {
                self.after_save = None;
                self.fail(format!("没有保存：{err}。填写的内容都还在窗口里，可以用“文件 → 另存为…”存到别处。"));
                return;
            }
        };
        if let Some(work) = &mut self.work {
            let now = Zoned::now();
            if let Some(keeper) = &mut work.keeper {
                keeper.saved(&saved, now.timestamp());
            }
            (work.path, work.saved_at) = (Some(saved.path), Some(now.strftime("%H:%M").to_string()));
            work.is_changed_on_disk = false;
            work.session.mark_saved(saved.draft);
        }
        if !saved.warnings.is_empty() {
            self.fail(saved.warnings.join("；"));
        } else if self.notice.as_ref().is_some_and(|notice| notice.is_error) {
            self.notice = None;
        }
        if let Some(then) = self.after_save.take() {
            self.run(ctx, then);
        }
    }
}
