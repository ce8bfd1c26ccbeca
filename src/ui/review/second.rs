//! 双录 in the window: a second person keys a table on a sheet of its own, without the first entry in sight; then both are
//! laid beside each other and settled cell by cell.
//!
//! The sheet is a draft in a file beside the report's, kept and recovered like any other. It can as well be keyed on another
//! machine and brought along.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Frame, Label, Margin, RichText, TextEdit, Ui};

use crate::form::Form;
use crate::model::{Action, ActionKind, Draft, Person, Role, step};
use crate::review::{self, SecondEntry, SecondSheet};
use crate::store;
use crate::ui::App;
use crate::ui::command::Command;
use crate::ui::dialogs::Dialog;
use crate::ui::jobs::{Job, Purpose};
use crate::ui::theme::{bold_font, palette};
use crate::ui::work::Work;

/// A table to be keyed a second time: by whom, and which two files belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which table, by whom.
    pub what: SecondSheet,
    /// The report's own file.
    pub first: PathBuf,
    /// The file of the second entry.
    pub second: PathBuf,
}

impl Sheet {
    fn person(&self) -> Person {
        Person { name: self.what.two.clone(), role: Role::Clerk }
    }
}

/// A step on the way of a second entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Second {
    /// Ask who keys the table.
    Ask,
    /// Open the sheet for it.
    Key(Sheet),
    /// Ask for a sheet that was keyed elsewhere.
    Bring(Sheet),
    /// Lay it beside the first; asks where cells are not keyed yet.
    Lay(Sheet),
    /// Lay it beside the first as it is.
    LayAsIs(Sheet),
    /// Write down that the table was keyed twice.
    Finish,
    /// Put it away.
    Drop,
}

impl Second {
    /// The words on its button or in its menu.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Ask => "双录…",
            Self::Key(_) => "现在就录",
            Self::Bring(_) => "已经录好，打开第二遍…",
            Self::Lay(_) => "录完了，与第一遍对照",
            Self::LayAsIs(_) => "仍要对照",
            Self::Finish => "完成双录",
            Self::Drop => "先放下",
        }
    }

    /// The command for it.
    pub fn command(self) -> Command {
        Command::Second(self)
    }
}

/// Who keys the table a second time, as it is being said.
#[derive(Clone, Debug)]
pub struct SecondForm {
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// Name as typed.
    pub name: String,
}

impl SecondForm {
    /// Why this person is no second one; `None` once it is.
    fn refusal(&self, work: &Work) -> Option<String> {
        let (name, review) = (self.name.trim(), work.session.draft().review());
        let is_first = work.session.person().is_some_and(|person| *person.name == *name);
        if is_first && !review.workflow().allows_same_person {
            return Some("第二遍要由另一个人来录".to_owned());
        }
        let person = Person { name: name.into(), role: Role::Clerk };
        review::may(review, &person, ActionKind::SecondEntry).err().map(|why| if name.is_empty() { String::new() } else { why.words() })
    }

    /// The sheet of this person for the open draft; none before it has a file.
    pub fn sheet(&self, work: &Work) -> Option<Sheet> {
        let (first, file) = (work.path.clone()?, work.file_name()?);
        let second = store::second_path(&first, self.name.trim());
        let one = work.session.person().map_or_else(Box::default, |person| person.name.clone());
        let what = SecondSheet { table: self.table, one, two: self.name.trim().into(), file: file.into() };
        Some(Sheet { what, first, second })
    }
}

/// Asks who keys the table a second time; whether the answer will do.
pub fn second_ui(ui: &mut Ui, work: &Work, form: &mut SecondForm) -> bool {
    let table = work.session.form().tables.get(form.table).map_or("", |table| &*table.name);
    let words = format!(
        "由另一个人照原始记录把{table}从头录一遍，录的时候看不到第一遍的数；录完两遍逐格对照，不同的逐格定下来，结果写进办理记录。"
    );
    ui.add(Label::new(words).wrap());
    ui.add_space(4.0);
    if let Some(first) = work.session.person() {
        ui.label(format!("第一遍：{}", first.name));
    }
    let label = ui.label("第二遍由谁录（姓名）：").id;
    let field = ui.add(TextEdit::singleline(&mut form.name).desired_width(220.0)).labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    let refusal = form.refusal(work);
    if refusal.is_none() && form.sheet(work).is_some_and(|sheet| sheet.second.exists()) {
        ui.label(RichText::new("这个人已经录过一部分，接着录。").color(palette().accent));
    }
    if let Some(why) = refusal.as_ref().filter(|why| !why.is_empty()) {
        ui.add(Label::new(RichText::new(format!("× {why}")).color(palette().error)).wrap());
    }
    refusal.is_none()
}

/// What stands above the table while it is keyed a second time.
pub fn sheet_ui(ui: &mut Ui, work: &Work, sheet: &Sheet) -> Option<Command> {
    let session = &work.session;
    let frame =
        Frame::new().fill(palette().accent_tint).stroke((1.0, palette().accent)).corner_radius(4).inner_margin(Margin::symmetric(10, 5));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let table = session.form().tables.get(sheet.what.table).map_or("", |table| &*table.name);
            ui.label(RichText::new(format!("双录 {table} 第二遍　{}", sheet.what.two)).font(bold_font(13.0)).color(palette().accent));
            let (filled, all) = session.completeness(sheet.what.table);
            ui.label(format!("照原始记录录入，看不到第一遍。已录 {filled} / {all} 格。"));
            let done = Second::Lay(sheet.clone()).command();
            ui.button(done.label()).clicked().then_some(done)
        })
    });
    shown.inner.inner
}

impl App {
    /// Goes a step on the way of a second entry.
    pub(in crate::ui) fn run_second(&mut self, ctx: &Context, what: Second) {
        match what {
            Second::Ask => self.ask_second(),
            Second::Key(sheet) => self.key_second(ctx, sheet),
            Second::Bring(sheet) => {
                self.ahead = Some(sheet);
                self.pick(ctx, Purpose::Second);
            }
            Second::Lay(sheet) => match self.work.as_ref().map(|work| work.session.completeness(sheet.what.table)) {
                Some((filled, all)) if filled < all => self.dialog = Some(Dialog::Unkeyed(sheet, all - filled)),
                _ => self.lay_second(ctx, sheet),
            },
            Second::LayAsIs(sheet) => self.lay_second(ctx, sheet),
            Second::Finish => self.finish_second(),
            Second::Drop => self.drop_second(),
        }
    }

    /// Asks who keys the table on screen a second time, or else the largest.
    fn ask_second(&mut self) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Second::Ask.command()));
        }
        let review = work.session.draft().review();
        if let Err(why) = step(review.status(), ActionKind::SecondEntry, work.session.role(), review.workflow()) {
            return self.fail(why.words());
        }
        if work.path.is_none() {
            return self.fail("双录的第二遍要存在这份草稿的旁边，请先保存这份草稿（Ctrl+S）".to_owned());
        }
        let form = work.session.form();
        let num_cells = |table: &usize| form.cells.iter().filter(|cell| cell.table == *table).count();
        let largest = (0..form.tables.len()).max_by_key(num_cells).unwrap_or_default();
        let table = work.table_on_screen().unwrap_or(largest);
        self.dialog = Some(Dialog::Second(SecondForm { table, name: String::new() }));
    }

    /// Has the open draft saved, if that is needed, and then goes on with this; whether it does.
    fn saves_first(&mut self, ctx: &Context, then: Second) -> bool {
        let Some(work) = &mut self.work else { return false };
        work.commit();
        let is_modified = work.session.is_modified();
        if is_modified {
            self.after_save = Some(then.command());
            self.save(ctx);
        }
        is_modified
    }

    /// Saves the report and opens the sheet of the second person, blank unless it was begun before.
    fn key_second(&mut self, ctx: &Context, sheet: Sheet) {
        if self.saves_first(ctx, Second::Key(sheet.clone())) {
            return;
        }
        let Some(work) = &self.work else { return };
        let draft = Box::new(sheet.what.blank(work.session.form(), work.session.draft()));
        let job = Job::Sheet { path: sheet.second, form: work.session.shared_form(), draft };
        self.jobs.start(ctx, &self.home, &self.catalog, job);
    }

    /// Saves the sheet, opens the report again and lays the sheet beside it.
    fn lay_second(&mut self, ctx: &Context, sheet: Sheet) {
        if self.saves_first(ctx, Second::LayAsIs(sheet.clone())) {
            return;
        }
        let first = sheet.first.clone();
        self.ahead = Some(sheet);
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Load(first));
    }

    /// A sheet that was keyed elsewhere is to be laid beside the open report.
    pub(in crate::ui) fn bring_second(&mut self, ctx: &Context, path: PathBuf) {
        let Some(sheet) = &mut self.ahead else { return };
        sheet.second.clone_from(&path);
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Other(Purpose::Second, path));
    }

    /// A draft was opened: one that is the sheet of a second entry is keyed on; beside one that was opened for it the sheet is
    /// laid.
    pub(in crate::ui) fn opened_for_second(&mut self, ctx: &Context) {
        let Some(work) = &mut self.work else { return };
        if let (Some(what), Some(second)) = (SecondSheet::read(work.session.form(), work.session.draft()), work.path.clone()) {
            // A name only: a sheet from elsewhere does not say which folder is read.
            let first = Path::new(&*what.file).file_name().map_or_else(|| second.clone(), |name| second.with_file_name(name));
            let sheet = Sheet { what, first, second };
            work.seat(Some(sheet.person()));
            work.show_table(sheet.what.table);
            work.sheet = Some(sheet);
        } else if let Some(sheet) = &self.ahead {
            let job = Job::Other(Purpose::Second, sheet.second.clone());
            self.jobs.start(ctx, &self.home, &self.catalog, job);
        }
    }

    /// The second entry was read: both are laid beside each other.
    pub(in crate::ui) fn take_second(&mut self, form: &Arc<Form>, mut second: Draft) {
        let (Some(work), Some(sheet)) = (&mut self.work, self.ahead.take()) else { return };
        let first = work.session.draft();
        if (&*form.id, second.year, &second.agency) != (&*work.session.form().id, first.year, &first.agency) {
            let words = "这不是同一份报告的第二遍：单位、年度或表样不同；文件：";
            return self.fail(format!("{words}{}", sheet.second.display()));
        }
        work.seat(Some(sheet.person()));
        // Keyed elsewhere as a report of its own, it does not say yet what it is.
        sheet.what.mark(form, &mut second);
        work.desk.settle(SecondEntry::of(second, sheet.what.table), sheet.second);
        work.show_table(sheet.what.table);
    }

    /// Writes down that the table was keyed twice.
    fn finish_second(&mut self) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        let Some(second) = work.desk.second() else { return };
        match second.summary(work.session.form(), work.session.draft()) {
            Err(num_left) => self.fail(format!("还有 {num_left} 格两遍不同，请逐格定下来")),
            Ok(words) => {
                if let Err(why) = self.act(&Action::SecondEntry, &words) {
                    return self.fail(why);
                }
                self.drop_second();
                self.say("✓ 双录完成，已写进办理记录。请保存。".to_owned());
            }
        }
    }

    /// The second entry is put away, and who sat here before sits here again.
    fn drop_second(&mut self) {
        let person = self.settings.person();
        self.keep_second();
        if let Some(work) = &mut self.work {
            work.seat(person);
        }
    }

    /// What was settled so far stays on the sheet of the second entry.
    pub(in crate::ui) fn keep_second(&mut self) {
        let Some((second, path)) = self.work.as_mut().and_then(|work| work.desk.put_away()) else { return };
        let Some(form) = self.work.as_ref().map(|work| work.session.shared_form()) else { return };
        if let Err(err) = store::save(&*self.home.disk, &path, &form, &second.second) {
            self.fail(format!("双录定下来的结果没有存进第二遍的文件：{err}"));
        }
    }
}
