//! A file filled or published elsewhere comes in: our own workbook goes into the open report or one of its own; any other report is
//! shown with an account of every cell first. Nothing is replaced by a blank, and all of it is one step to undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::screen::App;
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::import::{self, ImportError, Imported, Received};
use crate::model::{Fingerprint, PriorSource};
use crate::read::SourceKind;
use crate::review::{self, SecondEntry, SecondSheet};
use crate::store::{self, Home, Opened};
use crate::ui::command::account::{Part, Receive};
use crate::ui::command::files::{Into, Workbook};
use crate::ui::dialog::ask::Dialog;
use crate::ui::state::account::AccountPage;
use crate::ui::state::notice::failed;

/// What came of reading a file.
pub(super) enum Came {
    /// One of our own workbooks.
    Workbook(Arc<Imported>),
    /// A report of any office.
    Report(Arc<Received>, Fingerprint),
}

/// Reads a file that a report comes in.
///
/// # Errors
/// Why not, with its path.
pub(super) fn read(home: &Home, catalog: &Catalog, path: &Path) -> Result<Came, String> {
    let refused = |err: ImportError| format!("{err}；文件：{}", path.display());
    let (kind, bytes, hash) = store::read_source(&*home.disk, path)?;
    if kind == SourceKind::Xlsx {
        match import::read(import::FileKind::Xlsx, &bytes, catalog) {
            Ok(imported) => {
                let not_yet = not_yet(imported.draft.year, jiff::Zoned::now().year());
                return not_yet
                    .map_or_else(|| Ok(Came::Workbook(Arc::new(imported))), |why| Err(format!("{why}；文件：{}", path.display())));
            }
            Err(ImportError::NotOurs(_)) => {}
            Err(err) => return Err(refused(err)),
        }
    }
    let received = import::receive(kind, &bytes, catalog).map_err(refused)?;
    Ok(Came::Report(Arc::new(received), hash))
}

impl App {
    /// Performs a step with files that came in.
    pub(super) fn receive_step(&mut self, ctx: &Context, step: Receive) {
        match step {
            Receive::Files(paths) => self.take_in(ctx, paths),
            Receive::Show(path) if store::is_draft_name(&path) => {
                (self.account, self.batch) = (None, None);
                self.run(ctx, crate::ui::command::Command::OpenPath(path));
            }
            Receive::Show(path) => self.read_source(ctx, path),
            Receive::Stop => self.stop_reading(),
            Receive::Close => self.close_account(),
            Receive::TakeNew => self.take_new(ctx),
            Receive::TakePrior => self.take_as_prior(),
            Receive::TakeSecond => self.take_as_second(ctx),
            step => {
                if let Some(page) = &mut self.account {
                    look_through(page, &step);
                }
            }
        }
    }

    /// Reads a file and shows what it says.
    pub(super) fn read_source(&mut self, ctx: &Context, path: PathBuf) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let read = move |_: &_| (read(&home, &catalog, &path), path);
        self.jobs.start(ctx, read, |app, _, (read, path)| match read {
            Ok(Came::Workbook(imported)) => app.dialog = Some(Dialog::Import(Workbook { path, imported })),
            Ok(Came::Report(received, digest)) => {
                app.commit();
                app.notice = None;
                app.account = AccountPage::new(path, digest, received).map(Box::new);
            }
            Err(why) => app.fail(failed("没有导入", &why)),
        });
    }

    /// Puts the account away. What was typed in it would be lost: that is said first.
    fn close_account(&mut self) {
        match &mut self.account {
            Some(page) if page.num_typed() > 0 && !page.warned => {
                page.warned = true;
                let num = page.num_typed();
                self.fail(format!("这里填了 {num} 格，还没有用上；再按一次“不导入”就不要了"));
            }
            Some(_) => (self.account, self.notice) = (None, None),
            None => (self.batch, self.notice) = (None, None),
        }
        if let Some(work) = self.screen.work_mut() {
            work.take_focus = true;
        }
    }

    /// A report of its own: what was read and typed, as changes to a blank draft.
    fn take_new(&mut self, ctx: &Context) {
        let Some((page, year)) = self.checked_account() else { return };
        let draft = page.draft(year);
        let form = page.work.session.shared_form();
        let (open, path) = (page.wanting().len(), page.path.clone());
        let blank = form.draft(draft.agency.clone(), year);
        let edits = draft.edits_since(&blank);
        self.account = None;
        self.open(ctx, Opened::without_file(&self.home, form, blank));
        let Some(work) = self.screen.work_mut() else { return };
        work.session.restore(edits);
        let rest = if open > 0 { format!("还有 {open} 格没有读出或要核对，") } else { String::new() };
        self.say(format!("✓ 已从来源填入，{rest}请看一遍，再保存：{}", path.display()));
    }

    fn take_as_prior(&mut self) {
        let Some((page, year)) = self.checked_account() else { return };
        let prior = review::take_prior(page.form().report(&page.draft(year)), PriorSource::Published, Some(page.digest));
        self.account = None;
        self.take_prior(&prior);
    }

    /// Beside the open report as a second entry of the table on screen; what is settled is kept in a file beside the report's.
    fn take_as_second(&mut self, ctx: &Context) {
        let Some((page, year)) = self.checked_account() else { return };
        let Part::Table(table) = page.part else {
            return self.fail("请先转到要对照的表".to_owned());
        };
        let mut second = page.draft(year);
        let source = page.path.clone();
        let Some(work) = self.screen.work_mut() else { return };
        let (form, first) = (work.session.shared_form(), work.session.draft());
        if (&*form.id, first.year) != (&*second.form, year) {
            let words = format!("打开的是 {} 年的报告，来源是 {year} 年的，表样或年度不同，不能逐格对照", first.year);
            return self.fail(words);
        }
        let Some(path) = work.path.clone() else {
            return self.fail("对照的结果要存在这份草稿的旁边，请先保存这份草稿（Ctrl+S）".to_owned());
        };
        second.apply(crate::model::Edit::agency(first.agency.clone()));
        let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let what = SecondSheet { table, one: "草稿".into(), two: format!("来源 {}", stem(&source)).into(), file: file.into() };
        what.mark(&form, &mut second);
        work.show_table(table);
        self.account = None;
        let (disk, source) = (Arc::clone(&self.home.disk), format!("对照 {}", stem(&source)));
        let find = move |_: &_| store::free_beside(&*disk, &path, &source);
        self.jobs.start(ctx, find, move |app, _, kept| match (app.screen.work_mut(), kept) {
            (Some(work), Ok(kept)) => work.panel.settle(SecondEntry::of(second, table), kept),
            (_, Err(err)) => app.fail(err.to_string()),
            (None, Ok(_)) => {}
        });
    }

    /// The account and its year, if it can be taken; else it is said why not.
    fn checked_account(&mut self) -> Option<(&AccountPage, u16)> {
        if let Some(page) = &mut self.account {
            page.work.commit();
        }
        let year = self.account.as_ref()?.checked_year();
        let year = year.and_then(|year| not_yet(year, jiff::Zoned::now().year()).map_or(Ok(year), Err));
        match year {
            Ok(year) => self.account.as_deref().map(|page| (page, year)),
            Err(why) => {
                self.fail(why);
                None
            }
        }
    }

    /// Puts the workbook where it was chosen.
    pub(super) fn put_in(&mut self, ctx: &Context, workbook: &Workbook, into: Into) {
        let Workbook { path, imported } = workbook;
        if into == Into::New {
            let blank = imported.form.draft(imported.draft.agency.clone(), imported.draft.year);
            self.open(ctx, Opened::without_file(&self.home, Arc::clone(&imported.form), blank));
        }
        let Some(work) = self.screen.work_mut() else { return };
        let num_edits = if into == Into::New { work.begin_with(imported) } else { work.put_in(imported) };
        self.say(format!("✓ 已从工作簿填入 {num_edits} 处，请看一遍，再保存：{}", path.display()));
    }
}

/// A step that concerns the account alone.
fn look_through(page: &mut AccountPage, step: &Receive) {
    match *step {
        Receive::Other(which) => page.turn_to(which),
        Receive::Part(part) => {
            page.only_open = false;
            page.show(part);
        }
        Receive::OnlyOpen(only_open) => page.only_open = only_open,
        Receive::Next => _ = page.step(),
        Receive::GoTo(cell) => {
            page.only_open = false;
            page.go_to(cell);
        }
        Receive::IsRight(cell) => {
            page.is_right(cell);
            page.step();
        }
        _ => {}
    }
}
