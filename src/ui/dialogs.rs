//! Questions in front of everything else: a new report, unsaved changes, and a file where the system has no dialog.

use std::path::{Path, PathBuf};

use egui::{Button, Context, Frame, Id, Key, Label, Modal, RichText, ScrollArea, TextEdit, Ui};

use super::command::Command;
use super::import::{ImportForm, import_ui};
use super::jobs::{Purpose, with_ending};
use super::review::{ActForm, JoinForm, PersonForm, Second, SecondForm, Sheet, act_ui, join_ui, log_ui, person_ui, second_ui};
use super::theme::{bold_font, palette};
use super::versions::{Ask, Other, Page};
use super::work::Work;
use crate::export::FileKind;
use crate::form::Catalog;
use crate::import::Block;
use crate::model::{Action, Edit, Person, Workflow};
use crate::review::Flaw;

/// The question that is open.
#[derive(Debug)]
pub enum Dialog {
    /// Agency and year of a new report.
    New {
        /// Agency as typed.
        agency: String,
        /// Year as typed.
        year: String,
    },
    /// The agency's name as it should be.
    Rename(String),
    /// The draft has changes that are not saved; this was to be done.
    Unsaved(Command),
    /// The draft's file cannot be written over: why.
    Conflict(String),
    /// The card of keys.
    Help,
    /// Something about the draft's other versions.
    Page(Page),
    /// A block to be pasted has something in it that does not fit or cannot be read.
    Paste(Block),
    /// Who sits here; what is to be done once that is said.
    Person(PersonForm, Option<Box<Command>>),
    /// A step of the review is to be done.
    Act(ActForm),
    /// Another copy is to be joined with this one.
    Join(Box<JoinForm>),
    /// Who keys a table a second time.
    Second(SecondForm),
    /// The second entry has so many cells that are not keyed.
    Unkeyed(Sheet, usize),
    /// A workbook was read; where it goes.
    Import(ImportForm),
    /// Everything that was done, and the first step that does not fit.
    Log(Option<Flaw>),
    /// A path is to be typed or chosen.
    Path {
        /// What for.
        purpose: Purpose,
        /// The path as typed.
        text: String,
    },
}

/// The answer to a question.
#[derive(Debug)]
pub enum Answer {
    /// Nothing is to be done.
    Cancel,
    /// Start a report.
    Start {
        /// Full name of the agency.
        agency: String,
        /// Report year.
        year: u16,
    },
    /// Save first, then do this.
    SaveThen(Command),
    /// Do this.
    Run(Command),
    /// Do this and lose the changes.
    DiscardThen(Command),
    /// Paste the block as it is.
    Paste(Block),
    /// This person sits here, the office has these steps; then do this.
    Person(Person, Option<Workflow>, Option<Box<Command>>),
    /// Do the step, with these words.
    Act(ActForm, Action),
    /// Join the copies.
    Join(Box<JoinForm>),
    /// This file.
    Picked(Purpose, PathBuf),
}

/// Shows the question; the answer once there is one.
pub fn dialog_ui(ctx: &Context, catalog: &Catalog, work: Option<&Work>, dialog: &mut Dialog) -> Option<Answer> {
    let frame = Frame::window(&ctx.global_style());
    let modal = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| match dialog {
        Dialog::New { agency, year } => new_ui(ui, catalog, agency, year),
        Dialog::Rename(agency) => rename_ui(ui, agency),
        Dialog::Unsaved(then) => unsaved_ui(ui, then),
        Dialog::Conflict(why) => conflict_ui(ui, why),
        Dialog::Help => {
            ui.set_min_width((ui.ctx().content_rect().width() - 80.0).clamp(300.0, 800.0));
            title(ui, "按键一览");
            super::help::help_ui(ui);
            buttons(ui, &[("知道了", true, ())]).map(|()| Answer::Cancel)
        }
        Dialog::Page(page) => page.ui(ui),
        Dialog::Paste(block) => paste_ui(ui, block),
        Dialog::Person(form, then) => who_ui(ui, form, then.as_deref()),
        Dialog::Act(form) => work.map_or(Some(Answer::Cancel), |work| step_ui(ui, work, form)),
        Dialog::Join(form) => work.map_or(Some(Answer::Cancel), |work| joining_ui(ui, work, form)),
        Dialog::Second(form) => work.map_or(Some(Answer::Cancel), |work| keyed_twice_ui(ui, work, form)),
        Dialog::Unkeyed(sheet, num) => unkeyed_ui(ui, sheet, *num),
        Dialog::Import(form) => import_ui(ui, work, form),
        Dialog::Log(flaw) => {
            ui.set_width(680.0);
            title(ui, "办理记录");
            if let Some(work) = work {
                log_ui(ui, work, *flaw);
            }
            buttons(ui, &[("知道了", true, ())]).map(|()| Answer::Cancel)
        }
        Dialog::Path { purpose, text } => path_ui(ui, *purpose, text),
    });
    let cancelled = modal.should_close().then_some(Answer::Cancel);
    modal.inner.or(cancelled)
}

/// The question in short.
pub(super) fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(bold_font(17.0)));
    ui.add_space(6.0);
}

/// The row of buttons; Enter presses the one with the focus, else the first.
pub(super) fn buttons<T: Clone>(ui: &mut Ui, choices: &[(&str, bool, T)]) -> Option<T> {
    ui.add_space(10.0);
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let (mut chosen, mut has_focus) = (None, false);
    ui.horizontal(|ui| {
        for (place, (words, is_on, value)) in choices.iter().enumerate() {
            let button = match place {
                0 => Button::new(RichText::new(*words).color(palette().on_accent)).fill(palette().accent),
                _ => Button::new(*words),
            };
            let response = ui.add_enabled(*is_on, button);
            has_focus |= response.has_focus();
            if response.clicked() {
                chosen = Some(value.clone());
            }
        }
    });
    let first = choices.first().filter(|(_, is_on, _)| enter && *is_on && !has_focus);
    chosen.or(first.map(|(_, _, value)| value.clone()))
}

fn new_ui(ui: &mut Ui, catalog: &Catalog, agency: &mut String, year: &mut String) -> Option<Answer> {
    ui.set_width(460.0);
    title(ui, "新建年度报告");
    let label = ui.label("单位全称").id;
    let field = ui.add(TextEdit::singleline(agency).hint_text("例如：某某县应急管理局").desired_width(f32::INFINITY)).labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    ui.add_space(4.0);
    let label = ui.label("报告年度（报告的是哪一年的工作，不是编写的年份）").id;
    ui.add(TextEdit::singleline(year).desired_width(90.0)).labelled_by(label);
    let number = year.trim().parse::<u16>();
    let form = number.as_ref().map_err(|_not_a_year| "请填四位年份，例如 2025".to_owned());
    let form = form.and_then(|year| catalog.for_year(*year).map_err(|err| err.to_string()));
    match &form {
        Ok(form) => ui.label(RichText::new(format!("适用表样：{}，{}", form.name, form.document)).color(palette().weak)),
        Err(why) => ui.label(RichText::new(format!("× {why}")).color(palette().error)),
    };
    let is_ready = form.is_ok() && !agency.trim().is_empty();
    match buttons(ui, &[("开始填写", is_ready, true), ("取消", true, false)])? {
        true => Some(Answer::Start { agency: agency.trim().to_owned(), year: number.ok()? }),
        false => Some(Answer::Cancel),
    }
}

fn rename_ui(ui: &mut Ui, agency: &mut String) -> Option<Answer> {
    ui.set_width(460.0);
    title(ui, "改单位全称");
    let label = ui.label("单位全称（标题、落款和文件名都用它）").id;
    let field = ui.add(TextEdit::singleline(agency).desired_width(f32::INFINITY)).labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    match buttons(ui, &[("改名", !agency.trim().is_empty(), true), ("取消", true, false)])? {
        true => Some(Answer::Run(Command::Change(vec![Edit::agency(agency.trim().to_owned())]))),
        false => Some(Answer::Cancel),
    }
}

fn unsaved_ui(ui: &mut Ui, then: &Command) -> Option<Answer> {
    ui.set_width(420.0);
    title(ui, "有改动还没有保存");
    ui.label("离开前要保存吗？不保存的话，上次保存以后填写的内容会丢失。");
    let choice = buttons(ui, &[("保存", true, 0), ("不保存", true, 1), ("取消", true, 2)])?;
    Some(match choice {
        0 => Answer::SaveThen(then.clone()),
        1 => Answer::DiscardThen(then.clone()),
        _ => Answer::Cancel,
    })
}

/// Both versions are kept; nothing is ever written over.
fn conflict_ui(ui: &mut Ui, why: &str) -> Option<Answer> {
    ui.set_width(520.0);
    title(ui, "没有保存，怕盖掉别人的改动");
    ui.add(Label::new(why).wrap());
    ui.label("可以把窗口里的这一份另存在旁边，两份都保留；也可以先逐格对照。");
    let compare = Ask::Compare(Other::Disk).command();
    let choices = [Command::SaveBeside, compare].map(|command| (command.label(), true, Some(command.clone())));
    let cancel = [("取消", true, None)];
    buttons(ui, &choices.into_iter().chain(cancel).collect::<Vec<_>>()).map(|chosen| chosen.map_or(Answer::Cancel, Answer::Run))
}

/// Problems of a block that are listed; all of them are counted.
const MAX_PROBLEMS: usize = 200;

/// What is wrong with a block, before anything changes.
fn paste_ui(ui: &mut Ui, block: &Block) -> Option<Answer> {
    ui.set_width(560.0);
    title(ui, "粘贴前请看一下");
    ui.label(format!("剪贴板里有 {} 个数要填进表格，其中有 {} 处需要留意：", block.fields.len(), block.problems.len()));
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for problem in block.problems.iter().take(MAX_PROBLEMS) {
            ui.add(Label::new(format!("· {problem}")).wrap());
        }
        if block.problems.len() > MAX_PROBLEMS {
            ui.label(format!("……还有 {} 处", block.problems.len() - MAX_PROBLEMS));
        }
    });
    ui.label(RichText::new("仍然粘贴时，读不出的内容原样留在格里并标出；可用 Ctrl+Z 一步撤销。").small().color(palette().weak));
    match buttons(ui, &[("不粘贴", true, false), ("仍然粘贴", !block.fields.is_empty(), true)])? {
        true => Some(Answer::Paste(block.clone())),
        false => Some(Answer::Cancel),
    }
}

fn who_ui(ui: &mut Ui, form: &mut PersonForm, then: Option<&Command>) -> Option<Answer> {
    ui.set_width(460.0);
    title(ui, "姓名和身份");
    person_ui(ui, form);
    match buttons(ui, &[("确定", form.person().is_some(), true), ("取消", true, false)])? {
        true => form.person().map(|person| Answer::Person(person, form.office, then.cloned().map(Box::new))),
        false => Some(Answer::Cancel),
    }
}

fn step_ui(ui: &mut Ui, work: &Work, form: &mut ActForm) -> Option<Answer> {
    ui.set_width(560.0);
    title(ui, &format!("{}：{}", form.deed, work.name()));
    let (is_ready, instead) = act_ui(ui, &work.session, form);
    if let Some(command) = instead {
        return Some(Answer::Run(command));
    }
    match buttons(ui, &[(form.deed.name(), is_ready, true), ("取消", true, false)])? {
        true => form.action().map(|action| Answer::Act(form.clone(), action)),
        false => Some(Answer::Cancel),
    }
}

fn joining_ui(ui: &mut Ui, work: &Work, form: &mut Box<JoinForm>) -> Option<Answer> {
    ui.set_width(640.0);
    title(ui, "合并另一份副本");
    join_ui(ui, work.session.form(), form);
    match buttons(ui, &[("合并", form.is_settled(), true), ("取消", true, false)])? {
        true => Some(Answer::Join(form.clone())),
        false => Some(Answer::Cancel),
    }
}

fn keyed_twice_ui(ui: &mut Ui, work: &Work, form: &mut SecondForm) -> Option<Answer> {
    ui.set_width(520.0);
    title(ui, "双录");
    let is_ready = second_ui(ui, work, form);
    let sheet = form.sheet(work)?;
    let choices = [Second::Key(sheet.clone()).command(), Second::Bring(sheet).command()];
    let choices = choices.map(|command| (command.label(), is_ready, Some(command.clone())));
    let cancel = [("取消", true, None)];
    buttons(ui, &choices.into_iter().chain(cancel).collect::<Vec<_>>()).map(|chosen| chosen.map_or(Answer::Cancel, Answer::Run))
}

fn unkeyed_ui(ui: &mut Ui, sheet: &Sheet, num: usize) -> Option<Answer> {
    ui.set_width(460.0);
    title(ui, "第二遍还没有录完");
    let words = format!("还有 {num} 格没有录。对照以后就看得到第一遍的数，没有录的格都算两遍不同；没有发生的请录 0。");
    ui.add(Label::new(words).wrap());
    let as_is = Second::LayAsIs(sheet.clone()).command();
    let choices = [("接着录", true, None), (as_is.label(), true, Some(as_is.clone()))];
    buttons(ui, &choices).map(|chosen| chosen.map_or(Answer::Cancel, Answer::Run))
}

/// A path field with the folder's contents below: for desktops without a file dialog of their own.
fn path_ui(ui: &mut Ui, purpose: Purpose, text: &mut String) -> Option<Answer> {
    ui.set_width(620.0);
    title(ui, purpose.title());
    let label = ui.label(RichText::new("本机没有系统的文件对话框，请键入文件位置，或在下面选择").color(palette().weak)).id;
    let mut field = TextEdit::singleline(text).id_salt(("path", purpose.title())).desired_width(f32::INFINITY).show(ui);
    field.response.response.clone().labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.response.response.request_focus();
        let end = egui::text::CCursor::new(egui::text::CharIndex(text.chars().count()));
        field.state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        field.state.store(ui.ctx(), field.response.response.id);
    }
    let typed = PathBuf::from(text.trim());
    if matches!(purpose, Purpose::Export | Purpose::Summary) {
        kinds_ui(ui, text);
    }
    let folder = if typed.is_dir() { typed.clone() } else { typed.parent().map_or_else(PathBuf::new, Path::to_path_buf) };
    folder_ui(ui, purpose, &folder, text);
    let path = with_ending(typed, purpose);
    let exists = path.is_file();
    let is_ready = match purpose {
        Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second | Purpose::Import => exists,
        Purpose::Folder => path.is_dir(),
        _ => !path.is_dir() && path.parent().is_some_and(Path::is_dir),
    };
    if !is_ready && !text.trim().is_empty() {
        let why = match purpose {
            Purpose::Folder => "没有这个文件夹，请先建好，或者另选一个",
            _ if path.is_dir() => "这是文件夹，请再写上或选一个文件",
            Purpose::Save | Purpose::Export | Purpose::Summary => "没有这个文件夹，请先建好，或者另选一个",
            _ => "没有这个文件，请检查文件名",
        };
        ui.label(RichText::new(why).small().color(palette().weak));
    }
    let words = match (purpose, exists) {
        (Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second | Purpose::Import, _) => "打开",
        (Purpose::Save, false) => "保存",
        (Purpose::Folder, _) => "导出到这个文件夹",
        (Purpose::Export | Purpose::Summary, false) => "导出",
        (Purpose::Save | Purpose::Export | Purpose::Summary, true) => "覆盖已有文件",
    };
    match buttons(ui, &[(words, is_ready, true), ("取消", true, false)])? {
        true => Some(Answer::Picked(purpose, path)),
        false => Some(Answer::Cancel),
    }
}

/// The kinds of file; choosing one changes the ending.
fn kinds_ui(ui: &mut Ui, text: &mut String) {
    let path = PathBuf::from(text.trim());
    let chosen = FileKind::of(&path);
    ui.horizontal(|ui| {
        for kind in FileKind::ALL {
            if ui.selectable_label(chosen == Some(kind), format!("{}（.{}）", kind.name(), kind.ending())).clicked() {
                let stem = if chosen.is_some() { path.with_extension("") } else { path.clone() };
                *text = format!("{}.{}", stem.display(), kind.ending());
            }
        }
    });
}

fn folder_ui(ui: &mut Ui, purpose: Purpose, folder: &Path, text: &mut String) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).map_or_else(|_unreadable| Vec::new(), |entries| entries.flatten().map(|entry| entry.path()).collect());
    let fits = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(purpose.ending()));
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    entries.retain(|path| fits(path) && !is_hidden(path));
    entries.sort_by_key(|path| (path.is_file(), path.clone()));
    ScrollArea::vertical().max_height(260.0).min_scrolled_height(260.0).auto_shrink(false).show(ui, |ui| {
        let up = folder.parent().map(|parent| ("↑ 上一级".to_owned(), parent.to_path_buf()));
        let named = entries.into_iter().map(|path| {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            (if path.is_dir() { format!("▶ {name}") } else { name }, path)
        });
        for (name, path) in up.into_iter().chain(named) {
            if ui.add(Button::new(name).frame(false)).clicked() {
                *text = match path.is_dir() {
                    true => path.join(suggested_name(purpose, text)).display().to_string(),
                    false => path.display().to_string(),
                };
            }
        }
    });
}

/// The file name typed so far, kept when another folder is chosen.
fn suggested_name(purpose: Purpose, text: &str) -> String {
    match purpose {
        Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second | Purpose::Import | Purpose::Folder => String::new(),
        Purpose::Save | Purpose::Export | Purpose::Summary => {
            Path::new(text.trim()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        }
    }
}
