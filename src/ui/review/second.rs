//! 双录 in the window: a second person keys a table on a sheet of its own, without the first entry in sight; then both are
//! laid beside each other and settled cell by cell.
//!
//! The sheet is a draft in a file beside the report's, kept and recovered like any other. It can as well be keyed on another
//! machine and brought along.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Frame, Label, Margin, RichText, TextEdit, Ui};

use crate::form::Form;
use crate::model::{Action, Deed, Draft, Edit, Person, Role, step};
use crate::review::{self, SecondEntry};
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
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// The second person.
    pub name: Box<str>,
    /// The report's own file.
    pub first: PathBuf,
    /// The file of the second entry.
    pub second: PathBuf,
}

impl Sheet {
    fn person(&self) -> Person {
        Person { name: self.name.clone(), role: Role::Clerk }
    }
}

/// What the draft that is being opened is opened for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ahead {
    /// To be keyed a second time.
    Key(Sheet),
    /// To have the second entry laid beside it.
    Lay(Sheet),
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
    /// Lay it beside the first.
    Lay(Sheet),
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
        if is_first && !review.office().allows_same_person {
            return Some("第二遍要由另一个人来录".to_owned());
        }
        let person = Person { name: name.into(), role: Role::Clerk };
        review::may(review, &person, Deed::SecondEntry).err().map(|why| if name.is_empty() { String::new() } else { why.words() })
    }

    /// The sheet of this person for the open draft; none before it has a file.
    pub fn sheet(&self, work: &Work) -> Option<Sheet> {
        let first = work.path.clone()?;
        let second = store::second_path(&first, self.name.trim());
        Some(Sheet { table: self.table, name: self.name.trim().into(), first, second })
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
            let table = session.form().tables.get(sheet.table).map_or("", |table| &*table.name);
            ui.label(RichText::new(format!("双录 {table} 第二遍　{}", sheet.name)).font(bold_font(13.0)).color(palette().accent));
            let (filled, all) = session.completeness(sheet.table);
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
                self.ahead = Some(Ahead::Lay(sheet));
                self.pick(ctx, Purpose::Second);
            }
            Second::Lay(sheet) => self.lay_second(ctx, sheet),
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
        if let Err(why) = step(review.status(), Deed::SecondEntry, work.session.role(), review.office()) {
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

    /// Saves the report and opens the sheet of the second person, blank unless it was begun before.
    fn key_second(&mut self, ctx: &Context, sheet: Sheet) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        if work.session.is_modified() {
            self.after_save = Some(Second::Key(sheet).command());
            return self.save(ctx);
        }
        let first = work.session.draft();
        let mut draft = work.session.form().draft(first.agency.clone(), first.year);
        draft.apply(Edit::Totals(first.totals()));
        let job = Job::Sheet { path: sheet.second.clone(), form: work.session.shared_form(), draft: Box::new(draft) };
        self.ahead = Some(Ahead::Key(sheet));
        self.jobs.start(ctx, &self.home, &self.catalog, job);
    }

    /// Saves the sheet, opens the report again and lays the sheet beside it.
    fn lay_second(&mut self, ctx: &Context, sheet: Sheet) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        if work.session.is_modified() {
            self.after_save = Some(Second::Lay(sheet).command());
            return self.save(ctx);
        }
        let first = sheet.first.clone();
        self.ahead = Some(Ahead::Lay(sheet));
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Load(first));
    }

    /// A sheet that was keyed elsewhere is to be laid beside the open report.
    pub(in crate::ui) fn bring_second(&mut self, ctx: &Context, path: PathBuf) {
        let Some(Ahead::Lay(sheet)) = &mut self.ahead else { return };
        sheet.second.clone_from(&path);
        self.jobs.start(ctx, &self.home, &self.catalog, Job::Other(Purpose::Second, path));
    }

    /// A draft was opened: goes on with what it was opened for.
    pub(in crate::ui) fn opened_for_second(&mut self, ctx: &Context) {
        let Some(work) = &mut self.work else { return };
        match self.ahead.clone() {
            Some(Ahead::Key(sheet)) => {
                self.ahead = None;
                work.seat(Some(sheet.person()));
                let chapter = work.session.form().tables.get(sheet.table).map(|table| table.chapter);
                work.sheet = Some(sheet);
                if let Some(chapter) = chapter {
                    work.show_chapter(chapter);
                }
            }
            Some(Ahead::Lay(sheet)) => self.jobs.start(ctx, &self.home, &self.catalog, Job::Other(Purpose::Second, sheet.second)),
            None => {}
        }
    }

    /// The second entry was read: both are laid beside each other.
    pub(in crate::ui) fn take_second(&mut self, form: &Arc<Form>, second: Draft) {
        let (Some(work), Some(Ahead::Lay(sheet))) = (&mut self.work, self.ahead.take()) else { return };
        let first = work.session.draft();
        if (&*form.id, second.year, &second.agency) != (&*work.session.form().id, first.year, &first.agency) {
            let words = "这不是同一份报告的第二遍：单位、年度或表样不同；文件：";
            return self.fail(format!("{words}{}", sheet.second.display()));
        }
        work.seat(Some(sheet.person()));
        work.desk.settle(SecondEntry::of(second, sheet.table));
        let chapter = work.session.form().tables.get(sheet.table).map_or(work.chapter, |table| table.chapter);
        work.show_chapter(chapter);
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
        if let Some(work) = &mut self.work {
            work.desk.put_away();
            work.seat(person);
        }
    }
}
