//! A workbook filled elsewhere comes back: what was read is shown first, then it goes into the open report or becomes one of
//! its own. Nothing is replaced by a blank, and all of it is one step to undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Label, RichText, ScrollArea, Ui};

use super::App;
use super::command::Command;
use super::dialogs::{Answer, Dialog, buttons, title};
use super::review::cut;
use super::theme::palette;
use super::work::Work;
use crate::form::Catalog;
use crate::import::{self, FileKind, Imported};
use crate::model::{Change, Item};
use crate::review::{item_name, value_name};
use crate::session::Session;
use crate::store::{self, Home, Opened};

/// A workbook that was read.
#[derive(Clone, Debug)]
pub struct ImportForm {
    path: PathBuf,
    imported: Arc<Imported>,
}

impl PartialEq for ImportForm {
    /// They come from the same reading.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.imported, &other.imported)
    }
}

/// Where a workbook goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Into {
    /// Into the open report.
    Open,
    /// Into a report of its own.
    New,
}

/// Reads a workbook.
///
/// # Errors
/// Why not, with its path.
pub fn read(home: &Home, catalog: &Catalog, path: &Path) -> Result<Imported, String> {
    let bytes = store::read_regular(&*home.disk, path, import::MAX_MB).map_err(|err| err.to_string())?;
    let kind = FileKind::imported(path).unwrap_or(FileKind::Xlsx);
    import::read(kind, &bytes, catalog).map_err(|err| format!("{err}；文件：{}", path.display()))
}

impl ImportForm {
    /// It is to be asked where this workbook goes.
    pub fn new(path: PathBuf, imported: Imported) -> Self {
        Self { path, imported: Arc::new(imported) }
    }

    /// What it would change in the open draft: what is blank in the workbook stays as it is, as do totals that are computed.
    fn changes(&self, session: &Session) -> Vec<Change> {
        let mut changes = self.imported.draft.changes_since(session.draft());
        changes.retain(|change| match change.item {
            Item::Cell(cell) => !change.new.is_blank() && !session.is_computed(cell),
            Item::Text(_) => !change.new.is_blank(),
            _ => false,
        });
        changes
    }

    /// It is made for the form and the year of the open report, which may be changed.
    fn fits(&self, work: &Work) -> bool {
        let (draft, ours) = (work.session.draft(), &self.imported.draft);
        !work.is_read_only() && work.sheet.is_none() && (&draft.form, draft.year) == (&ours.form, ours.year)
    }

    /// Puts what was read into the open draft, as one step.
    fn put_into(&self, session: &mut Session) -> usize {
        let changes = self.changes(session).into_iter();
        let edits: Vec<_> = changes.filter_map(|change| session.draft().edit_to(&change.item, change.new)).collect();
        let num_edits = edits.len();
        session.apply_alone(edits);
        num_edits
    }
}

/// Most places listed by name.
const MANY: usize = 100;

/// Shows what was read and asks where it goes.
pub fn import_ui(ui: &mut Ui, work: Option<&Work>, form: &ImportForm) -> Option<Answer> {
    ui.set_width(560.0);
    title(ui, "导入工作簿");
    let changes = work.filter(|work| form.fits(work)).map(|work| form.changes(&work.session));
    read_ui(ui, form, changes.as_deref());
    let import = |into: Into| Some(Command::PutIn(form.clone(), into));
    let here = changes.map(|_| ("填进当前报告", true, import(Into::Open)));
    let choices: Vec<_> = here.into_iter().chain([("作为新报告打开", true, import(Into::New)), ("取消", true, None)]).collect();
    buttons(ui, &choices).map(|chosen| chosen.map_or(Answer::Cancel, Answer::Run))
}

/// What stands in the workbook, and what it would change in the open report, if it fits there.
fn read_ui(ui: &mut Ui, form: &ImportForm, changes: Option<&[Change]>) {
    let Imported { form: made_for, draft, num_filled, unread, missing, chapters } = &*form.imported;
    ui.label(format!("{} {} 年，{}", draft.agency, draft.year, made_for.name));
    let all = made_for.cells.len();
    let texts =
        if chapters.is_empty() { "文字部分没有内容".to_owned() } else { format!("文字部分：{}", chapters.join("，")) };
    ui.add(Label::new(format!("表格 {all} 格，填了 {num_filled} 格；{texts}")).wrap());
    if let Some(changes) = changes {
        let num_replaced = changes.iter().filter(|change| !change.old.is_blank()).count();
        let words = format!("填进当前报告会改 {} 处，其中 {num_replaced} 处原来有内容；工作簿里空白的不动，可以一步撤销。", changes.len());
        ui.add(Label::new(words).wrap());
    }
    ui.label(RichText::new("说明、批注和办理记录不在工作簿里。").small().color(palette().weak));
    let here = changes.unwrap_or_default();
    if unread.is_empty() && missing.is_empty() && here.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        for change in here.iter().take(MANY) {
            let value = |value| cut(&value_name(made_for, &change.item, value));
            let words = format!("{}：{} → {}", item_name(made_for, &change.item), value(&change.old), value(&change.new));
            ui.add(Label::new(words).wrap());
        }
        if here.len() > MANY {
            ui.label(format!("……另有 {} 处", here.len() - MANY));
        }
        let unread = unread.iter().map(|(label, text, advice)| format!("读不出：{label} 填的是“{text}”，{advice}"));
        let missing = missing.iter().map(|label| format!("工作簿里没有这一格：{label}"));
        for words in unread.chain(missing).take(MANY) {
            ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
        }
    });
}

impl App {
    /// A workbook was read, or why not.
    pub(super) fn ask_import(&mut self, path: PathBuf, read: Result<Box<Imported>, String>) {
        match read {
            Ok(imported) => self.dialog = Some(Dialog::Import(ImportForm::new(path, *imported))),
            Err(why) => self.fail(format!("没有导入：{why}")),
        }
    }

    /// Puts the workbook where it was chosen.
    pub(super) fn import(&mut self, ctx: &Context, form: &ImportForm, into: Into) {
        if into == Into::New {
            let (made_for, draft) = (form.imported.form.clone(), &form.imported.draft);
            let blank = made_for.draft(draft.agency.clone(), draft.year);
            self.open(ctx, Opened::without_file(&self.home, made_for, blank));
        }
        let Some(work) = &mut self.work else { return };
        work.commit();
        let num_edits = form.put_into(&mut work.session);
        self.say(format!("✓ 已从工作簿填入 {num_edits} 处，请看一遍，再保存：{}", form.path.display()));
    }
}
