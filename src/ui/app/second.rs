//! 双录 in the window: a second person keys a table on a sheet of its own, without the first entry in sight; then both are
//! laid beside each other and settled cell by cell.
//!
//! The sheet is a draft in a file beside the report's, kept and recovered like any other. It can as well be keyed on another
//! machine and brought along.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::files::read;
use super::screen::App;
use crate::form::{Form, Report};
use crate::model::{Action, ActionKind, Draft, step};
use crate::review::{SecondEntry, SecondSheet};
use crate::store::{self, Home, StoreError};
use crate::ui::command::Command;
use crate::ui::command::files::Purpose;
use crate::ui::command::named::Named;
use crate::ui::command::second::{Second, Sheet};
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::second::SecondForm;

impl App {
    /// Goes a step on the way of a second entry.
    pub(super) fn run_second(&mut self, ctx: &Context, what: Second) {
        match what {
            Second::Key(sheet) => self.key_second(ctx, sheet),
            Second::Bring(sheet) => {
                self.ahead = Some(sheet);
                self.pick(ctx, Purpose::Second);
            }
            Second::Lay(sheet) => match self.work().map(|work| work.session.completeness(sheet.what.table)) {
                Some((filled, all)) if filled < all => self.dialog = Some(Dialog::Unkeyed(sheet, all - filled)),
                _ => self.lay_second(ctx, sheet),
            },
            Second::LayAsIs(sheet) => self.lay_second(ctx, sheet),
            Second::Finish => self.finish_second(ctx),
            Second::Drop => self.drop_second(ctx),
        }
    }

    /// Asks who keys the table on screen a second time, or else the largest.
    pub(super) fn ask_second(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Named::KeyTwice.into()));
        }
        let review = work.session.draft().review();
        if let Err(why) = step(review.status(), ActionKind::SecondEntry, work.session.role(), review.workflow()) {
            return self.fail(why.words());
        }
        let Some(folder) = work.path.as_deref().and_then(Path::parent).map(Path::to_path_buf) else {
            return self.fail("双录的第二遍要存在这份草稿的旁边，请先保存这份草稿（Ctrl+S）".to_owned());
        };
        let form = work.session.form();
        let num_cells = |table: &usize| form.cells.iter().filter(|cell| cell.table == *table).count();
        let largest = (0..form.tables.len()).max_by_key(num_cells).unwrap_or_default();
        let table = work.table_on_screen().unwrap_or(largest);
        self.dialog = Some(Dialog::Second(SecondForm { table, name: String::new(), beside: Vec::new() }));
        // A folder that cannot be read shows nothing begun; the sheet is still gone on with where it stands.
        let disk = Arc::clone(&self.home.disk);
        self.jobs.start(
            ctx,
            move |_| disk.list(&folder).unwrap_or_default(),
            |app, _, found| {
                if let Some(Dialog::Second(form)) = &mut app.dialog {
                    form.beside = found;
                }
            },
        );
    }

    /// Has the open draft saved, if that is needed, and then goes on with this; whether it does.
    fn saves_first(&mut self, ctx: &Context, then: Second) -> bool {
        let Some(work) = self.screen.work_mut() else { return false };
        work.commit();
        let is_modified = work.session.is_modified();
        if is_modified {
            self.after_save = Some(then.into());
            self.save(ctx);
        }
        is_modified
    }

    /// Saves the report and opens the sheet of the second person, blank unless it was begun before.
    fn key_second(&mut self, ctx: &Context, sheet: Sheet) {
        if self.saves_first(ctx, Second::Key(sheet.clone())) {
            return;
        }
        let Some(work) = self.work() else { return };
        let (form, blank) = (work.session.shared_form(), sheet.what.blank(work.session.report()));
        let (home, catalog, path) = (self.home.clone(), self.catalog.clone(), sheet.second);
        let open = move |_: &_| match make_sheet(&home, &path, form.report(&blank)) {
            Ok(()) => read(&home, &catalog, path),
            Err(why) => (path, Err(why)),
        };
        self.jobs.start(ctx, open, |app, ctx, (path, read)| app.loaded(ctx, path, read));
    }

    /// Saves the sheet, opens the report again and lays the sheet beside it.
    fn lay_second(&mut self, ctx: &Context, sheet: Sheet) {
        if self.saves_first(ctx, Second::LayAsIs(sheet.clone())) {
            return;
        }
        let first = sheet.first.clone();
        self.ahead = Some(sheet);
        self.load(ctx, first);
    }

    /// A sheet that was keyed elsewhere is to be laid beside the open report.
    pub(super) fn bring_second(&mut self, ctx: &Context, path: PathBuf) {
        let Some(sheet) = &mut self.ahead else { return };
        sheet.second.clone_from(&path);
        self.read_other(ctx, path, Self::take_second);
    }

    /// A draft was opened: one that is the sheet of a second entry is keyed on; beside one that was opened for it the sheet is
    /// laid.
    pub(super) fn opened_for_second(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        if let (Some(what), Some(second)) = (SecondSheet::read(work.session.report()), work.path.clone()) {
            // A name only: a sheet from elsewhere does not say which folder is read.
            let first = Path::new(&*what.file).file_name().map_or_else(|| second.clone(), |name| second.with_file_name(name));
            let sheet = Sheet { what, first, second };
            work.set_person(Some(sheet.person()));
            work.show_table(sheet.what.table);
            work.sheet = Some(sheet);
        } else if let Some(sheet) = &self.ahead {
            let path = sheet.second.clone();
            self.read_other(ctx, path, Self::take_second);
        }
    }

    /// The second entry was read: both are laid beside each other.
    fn take_second(&mut self, form: &Arc<Form>, mut second: Draft) {
        let (Some(work), Some(sheet)) = (self.screen.work_mut(), self.ahead.take()) else { return };
        let first = work.session.draft();
        if (&*form.id, second.year, &second.agency) != (&*work.session.form().id, first.year, &first.agency) {
            let words = "这不是同一份报告的第二遍：单位、年度或表样不同；文件：";
            return self.fail(format!("{words}{}", sheet.second.display()));
        }
        work.set_person(Some(sheet.person()));
        // Keyed elsewhere as a report of its own, it does not say yet what it is.
        sheet.what.mark(form, &mut second);
        work.panel.settle(SecondEntry::of(second, sheet.what.table), sheet.second);
        work.show_table(sheet.what.table);
    }

    /// Writes down that the table was keyed twice.
    fn finish_second(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        let Some(second) = work.panel.second() else { return };
        match second.summary(work.session.report()) {
            Err(num_left) => self.fail(format!("还有 {num_left} 格两遍不同，请逐格定下来")),
            Ok(words) => {
                if let Err(why) = self.act(ctx, &Action::SecondEntry, &words) {
                    return self.fail(why);
                }
                self.drop_second(ctx);
                self.say("✓ 双录完成，已写进办理记录。请保存。".to_owned());
            }
        }
    }

    /// The second entry is put away, and who sat here before sits here again.
    fn drop_second(&mut self, ctx: &Context) {
        let person = self.settings.person();
        self.keep_second(ctx);
        if let Some(work) = self.screen.work_mut() {
            work.set_person(person);
        }
    }

    /// What was settled so far stays on the sheet of the second entry.
    pub(super) fn keep_second(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        let Some((second, path)) = work.panel.put_away() else { return };
        let (form, home) = (work.session.shared_form(), self.home.clone());
        self.keeping.0 += 1;
        self.jobs.start(
            ctx,
            move |_| store::save(&*home.disk, &path, form.report(&second.second)),
            |app, ctx, kept| {
                if let Err(err) = kept {
                    app.fail(format!("双录定下来的结果没有存进第二遍的文件：{err}"));
                }
                app.kept_second(ctx);
            },
        );
    }

    /// A second entry is on disk, or cannot be put there: what waited for it is done.
    pub(super) fn kept_second(&mut self, ctx: &Context) {
        self.keeping.0 = self.keeping.0.saturating_sub(1);
        if self.keeping.0 == 0 {
            for command in std::mem::take(&mut self.keeping.1) {
                self.run(ctx, command);
            }
        }
    }

    /// While a second entry is being put on disk, this waits until it is there; whether it does.
    pub(super) fn after_keeping(&mut self, then: Command) -> bool {
        let waits = self.keeping.0 > 0;
        if waits {
            self.keeping.1.push(then);
        }
        waits
    }
}

/// A sheet that was begun before is gone on with.
fn make_sheet(home: &Home, path: &Path, report: Report<'_>) -> Result<(), StoreError> {
    if path.exists() { Ok(()) } else { store::save(&*home.disk, path, report) }
}
