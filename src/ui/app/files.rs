//! The draft's way to disk and back: opening, saving, recovering, what the start screen lists. All of it on threads; what comes
//! of it is taken up here.

use std::path::{Path, PathBuf};

use egui::Context;
use jiff::{Timestamp, Zoned};

use super::screen::{App, keeper};
use crate::form::{Catalog, Report};
use crate::model::{Draft, Edit};
use crate::review;
use crate::rules;
use crate::rules::claims::Reading;
use crate::store::{self, Home, Left, Opened, RealDisk, Saved, StoreError, To};
use crate::ui::command::files::{Ask, Purpose};
use crate::ui::dialog::ask::Dialog;
use crate::ui::look::widgets::clock;
use crate::ui::state::notice::{Notice, failed};
use crate::ui::state::recent::{Missing, RecentDraft, Stand};

impl App {
    /// Opens the draft in this file.
    pub(super) fn load(&mut self, ctx: &Context, path: PathBuf) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        self.jobs.start(ctx, move |_| read(&home, &catalog, path), |app, ctx, (path, read)| app.loaded(ctx, path, read));
    }

    /// The draft in this file was read, or why not.
    pub(super) fn loaded(&mut self, ctx: &Context, path: PathBuf, read: Result<Opened, StoreError>) {
        match read {
            Ok(opened) => {
                let is_copy = opened.path.is_none();
                self.find_prior(ctx, opened.path.clone().unwrap_or(path), opened.draft.clone());
                self.open(ctx, opened);
                self.receive(ctx);
                if is_copy {
                    self.say("打开的是以前保存的备份：保存时请另取文件名，备份本身不会改动".to_owned());
                }
                self.opened_for_second(ctx);
            }
            Err(why) => {
                self.ahead = None;
                // Earlier saves stand elsewhere, and may be whole.
                let may_be_found = matches!(why, StoreError::Damaged { .. } | StoreError::NotFound(_));
                let offers = may_be_found.then(|| Ask::ListOf(path).into()).into_iter().collect();
                self.notice = Some(Notice { offers, ..Notice::error(why.to_string()) });
            }
        }
    }

    /// Looks for last year's report beside the draft in this file.
    fn find_prior(&mut self, ctx: &Context, path: PathBuf, draft: Draft) {
        let (home, catalog, of) = (self.home.clone(), self.catalog.clone(), path.clone());
        self.jobs.start(
            ctx,
            move |_| store::find_prior(&home, &of, &draft, &catalog),
            move |app, _, found| {
                if let (Some(work), Some(prior)) = (app.screen.work_mut().filter(|work| work.path.as_ref() == Some(&path)), found)
                    && work.sheet.is_none()
                {
                    work.panel.offer(work.session.form(), prior);
                }
            },
        );
    }

    /// Saves the draft; asks where if it has no file yet.
    pub(super) fn save(&mut self, ctx: &Context) {
        self.commit();
        match self.work().map(|work| work.path.clone()) {
            Some(Some(path)) => self.order(ctx, To::File(path)),
            Some(None) => self.pick(ctx, Purpose::Save),
            None => {}
        }
    }

    /// Has the draft saved on a thread; the answer comes through `logic`.
    pub(super) fn order(&mut self, ctx: &Context, to: To) {
        let Some(work) = self.screen.work_mut() else { return };
        let draft = work.session.draft().clone();
        let keeper =
            work.keeper.get_or_insert_with(|| keeper(ctx, Opened::without_file(&self.home, work.session.shared_form(), draft.clone())));
        let (order, home) = (keeper.order(to, &draft), self.home.clone());
        let save = move |_: &_| {
            let saved = order.perform(&Zoned::now());
            if let Ok(saved) = &saved {
                store::remember(&home, &saved.path);
            }
            saved
        };
        self.jobs.start(ctx, save, Self::saved);
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
                let why = failed("没有保存", &err.to_string());
                self.fail(format!("{why}。填写的内容都还在窗口里，可以用“文件 → 另存为…”存到别处。"));
                return;
            }
        };
        if let Some(work) = self.screen.work_mut() {
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

    /// Sees how the drafts worked on last stand, for the start screen.
    pub fn look_up_recent(&mut self, ctx: &Context) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let look = move |_: &_| {
            store::clear_remains(&home);
            let now = Timestamp::now();
            let (left, aside) = (store::left_behind(&home, &catalog, now), store::given_up(&home, &catalog, now));
            (store::recent_paths(&home).into_iter().map(|path| recent(&catalog, path)).collect(), left, aside)
        };
        self.jobs.start(ctx, look, |app, _, found| (app.recent, app.left, app.aside) = found);
    }

    /// Takes a draft off the list of the start screen.
    pub(super) fn leave_out(&mut self, ctx: &Context, path: PathBuf) {
        let home = self.home.clone();
        self.jobs.start(ctx, move |_| store::leave_out(&home, &path), |app, ctx, ()| app.look_up_recent(ctx));
    }

    /// Goes on where a crash came, or with what was given up.
    pub(super) fn recover(&mut self, ctx: &Context, journal: &Path) {
        let is_it = |left: &mut Left| left.file == *journal && left.found.is_ok();
        let Some(left) = self.left.extract_if(.., is_it).chain(self.aside.extract_if(.., is_it)).next() else { return };
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let reopen = move |_: &_| {
            let reopened = left.found.as_ref().ok().map(|lost| lost.reopen(&home, &catalog, Timestamp::now()));
            (left, reopened)
        };
        self.jobs.start(ctx, reopen, |app, ctx, (left, reopened)| {
            if let Some((opened, edits)) = reopened {
                app.recovered(ctx, &left, opened, edits);
            }
        });
    }

    fn recovered(&mut self, ctx: &Context, left: &Left, opened: Opened, edits: Vec<Edit>) {
        self.open(ctx, opened);
        if let Some(work) = self.screen.work_mut() {
            if let Some(keeper) = &mut work.keeper {
                keeper.carries_on(&left.file, Timestamp::now());
            }
            work.session.restore(edits);
        }
    }

    /// Gives up what a crash left behind.
    pub(super) fn forget(&mut self, ctx: &Context, journal: &Path) {
        let found = self.left.extract_if(.., |left| left.file == *journal).next();
        if let Some(left) = found {
            let home = self.home.clone();
            self.jobs.start(ctx, move |_| left.discard(&home), |app, ctx, ()| app.look_up_recent(ctx));
        }
    }

    /// The start screen again, after the window before this one panicked at this place in the code.
    pub fn start_after_panic(&mut self, ctx: &Context, place: &str) {
        self.look_up_recent(ctx);
        let words = "勾稽刚才出了内部错误，已经重新打开。草稿文件没有写坏；没有保存的改动可以在下面恢复。如果再三发生，请把出错的位置告诉维护人员：";
        self.fail(format!("{words}{place}"));
    }
}

/// Reads a draft to work on.
pub(super) fn read(home: &Home, catalog: &Catalog, path: PathBuf) -> (PathBuf, Result<Opened, StoreError>) {
    let opened = store::open(home, &path, catalog, Timestamp::now());
    if opened.as_ref().is_ok_and(|opened| opened.path.is_some()) {
        store::remember(home, &path);
    }
    (path, opened)
}

/// How a draft stands, or why that is not known.
fn recent(catalog: &Catalog, path: PathBuf) -> RecentDraft {
    let changed = store::written_at(&RealDisk, &path);
    let found = match store::load(&RealDisk, &path, catalog) {
        Ok((form, draft)) => Ok(stand(form.report(&draft))),
        Err(StoreError::NotFound(_)) => {
            Err(Missing { what: "找不到的草稿", why: "已被移走、改名或删去，或者 U 盘没有插上" })
        }
        Err(_unreadable) => Err(Missing { what: "读不出的草稿", why: "打开时会说明原因" }),
    };
    RecentDraft { path, changed, found }
}

fn stand(report: Report<'_>) -> Stand {
    let Report { form, draft } = report;
    let (findings, texts) = (rules::check(report), Reading::of(report).judge(report));
    let (errors, warnings) = rules::unsolved(report, &findings, &texts.findings);
    let standing = review::standing(report);
    let empty = form.sections().filter(|(section, _)| draft.section(*section).trim().is_empty());
    Stand {
        agency: draft.agency.clone(),
        year: draft.year,
        form: form.name.to_string(),
        status: draft.review().status(),
        standing: standing.name(),
        is_broken: standing.flaw().is_some(),
        since: draft.review().since().map_or_else(String::new, |since| format!("{} 起", clock(since))),
        num_open: (errors.len(), warnings.len()),
        num_blank: (draft.entries().iter().filter(|entry| entry.is_blank()).count(), draft.entries().len()),
        empty_chapters: empty.map(|(_, chapter)| format!("第{}章", ordinal(chapter.no))).collect::<Vec<_>>().join("、"),
        checked: rules::checked(report, &findings, &texts).words(),
    }
}

/// A chapter's number as it is printed; no form has more than ten.
fn ordinal(no: u8) -> char {
    "〇一二三四五六七八九十".chars().nth(no.into()).unwrap_or('〇')
}
