//! A path field with the folder's contents below: for desktops without a file dialog of their own. What stands on the disk is
//! looked up on a thread whenever the path has changed; the question shows what was found last.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Button, RichText, ScrollArea, TextEdit, Ui};

use crate::export::FileKind;
use crate::ui::command::Command;
use crate::ui::command::files::Purpose;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};

/// A path that is to be typed or chosen.
#[derive(Debug)]
pub struct PathForm {
    /// What the file is picked for.
    pub purpose: Purpose,
    /// The path as typed.
    pub text: String,
    /// What was found on the disk, for some state of the text.
    pub found: Option<Found>,
    /// What was asked for last.
    asked: Option<String>,
    /// The answer is given as soon as it is known whether it will do.
    is_pressed: bool,
}

/// What stands on the disk where a path leads.
#[derive(Debug)]
pub struct Found {
    /// The path as typed.
    pub text: String,
    /// The same with the ending its purpose wants.
    pub path: PathBuf,
    /// A file stands there.
    pub is_file: bool,
    /// A folder stands there.
    pub is_folder: bool,
    /// The folder it would stand in is there.
    pub has_folder: bool,
    /// The folder that is listed, and what fits the purpose in it: each path, and whether it is a folder.
    pub folder: PathBuf,
    /// Folders first, by name.
    pub entries: Arc<Vec<(PathBuf, bool)>>,
}

impl PathForm {
    /// The question, with this path to begin with.
    pub fn new(purpose: Purpose, path: &Path) -> Self {
        Self { purpose, text: path.display().to_string(), found: None, asked: None, is_pressed: false }
    }

    /// What was found, if it is about the text as it is now.
    fn known(&self) -> Option<&Found> {
        self.found.as_ref().filter(|found| found.text == self.text)
    }
}

impl Found {
    /// The path will do.
    fn fits(&self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Folder | Purpose::County | Purpose::Collect => self.is_folder,
            Purpose::Save | Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary | Purpose::Pictures | Purpose::Sum => {
                !self.is_folder && self.has_folder
            }
            _ => self.is_file,
        }
    }

    /// Why it will not.
    fn refusal(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Folder | Purpose::County | Purpose::Collect => "没有这个文件夹，请先建好，或者另选一个",
            _ if self.is_folder => "这是文件夹，请再写上或选一个文件",
            Purpose::Save | Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary | Purpose::Pictures | Purpose::Sum => {
                "没有这个文件夹，请先建好，或者另选一个"
            }
            _ => "没有这个文件，请检查文件名",
        }
    }
}

/// Asks for the path.
pub fn path_ui(ui: &mut Ui, form: &mut PathForm) -> Option<Command> {
    let purpose = form.purpose;
    set_wide(ui, 620.0);
    title(ui, purpose.title());
    field_ui(ui, form);
    if matches!(purpose, Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary) {
        kinds_ui(ui, &mut form.text);
    }
    if let Some(found) = &form.found
        && let Some(chosen) = folder_ui(ui, purpose, found, &form.text)
    {
        form.text = chosen;
    }
    let fits = form.known().map(|found| found.fits(purpose));
    if let Some(found) = form.known().filter(|found| !found.fits(purpose) && !form.text.trim().is_empty()) {
        ui.label(RichText::new(found.refusal(purpose)).small().color(palette().weak));
    }
    let is_there = form.found.as_ref().is_some_and(|found| found.is_file);
    match buttons(ui, &[(words(purpose, is_there), fits != Some(false), true), ("取消", true, false)]) {
        Some(false) => return Some(Command::Cancel),
        Some(true) => form.is_pressed = true,
        None => {}
    }
    let is_pressed = fits.is_some() && std::mem::take(&mut form.is_pressed);
    if let Some(found) = form.known().filter(|_| is_pressed && fits == Some(true)) {
        return Some(Command::Picked(purpose, found.path.clone()));
    }
    let is_news = form.asked.as_ref() != Some(&form.text);
    is_news.then(|| Command::LookUp(purpose, form.asked.insert(form.text.clone()).clone()))
}

fn field_ui(ui: &mut Ui, form: &mut PathForm) {
    let label = ui.label(RichText::new("本机没有系统的文件对话框，请键入文件位置，或在下面选择").color(palette().weak)).id;
    let edit = TextEdit::singleline(&mut form.text).id_salt(("path", form.purpose.title())).desired_width(f32::INFINITY);
    let mut field = edit.show(ui);
    field.response.response.clone().labelled_by(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.response.response.request_focus();
        let end = egui::text::CCursor::new(egui::text::CharIndex(form.text.chars().count()));
        field.state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        field.state.store(ui.ctx(), field.response.response.id);
    }
}

/// The words on the main button.
fn words(purpose: Purpose, is_there: bool) -> &'static str {
    match (purpose, is_there) {
        (Purpose::Save | Purpose::Pictures, false) => "保存",
        (Purpose::Folder | Purpose::Collect, _) => "导出到这个文件夹",
        (Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary | Purpose::Sum, false) => "导出",
        (
            Purpose::Save | Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary | Purpose::Pictures | Purpose::Sum,
            true,
        ) => "覆盖已有文件",
        (
            Purpose::Open
            | Purpose::Prior
            | Purpose::Last
            | Purpose::Year
            | Purpose::Join
            | Purpose::Second
            | Purpose::Import
            | Purpose::Ledger
            | Purpose::County,
            _,
        ) => "打开",
        (Purpose::TakeIn, _) => "收下",
        (Purpose::Against, _) => "核对",
    }
}

/// The kinds of file; choosing one changes the ending.
fn kinds_ui(ui: &mut Ui, text: &mut String) {
    let path = PathBuf::from(text.trim());
    let chosen = FileKind::of(&path);
    ui.horizontal_wrapped(|ui| {
        for kind in FileKind::ALL {
            if ui.selectable_label(chosen == Some(kind), format!("{}（.{}）", kind.name(), kind.ending())).clicked() {
                let stem = if chosen.is_some() { path.with_extension("") } else { path.clone() };
                *text = format!("{}.{}", stem.display(), kind.ending());
            }
        }
    });
}

/// The folder's contents; the path that one of them leads to, if it is chosen. A folder may hold a hundred thousand files: what
/// is scrolled out of sight is not laid out.
fn folder_ui(ui: &mut Ui, purpose: Purpose, found: &Found, text: &str) -> Option<String> {
    let mut chosen = None;
    let up = found.folder.parent().map(|parent| (parent, true));
    let rows = || up.into_iter().chain(found.entries.iter().map(|(path, is_folder)| (path.as_path(), *is_folder)));
    let num_rows = found.entries.len() + usize::from(up.is_some());
    let height = list_height(ui, 260.0, 260.0);
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false);
    area.show_rows(ui, ui.spacing().interact_size.y, num_rows, |ui, shown| {
        for (place, (path, is_folder)) in rows().enumerate().skip(shown.start).take(shown.len()) {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let name = match is_folder {
                true if place == 0 && up.is_some() => "↑ 上一级".to_owned(),
                true => format!("▶ {name}"),
                false => name,
            };
            if ui.add(Button::new(name).frame(false)).clicked() {
                chosen = Some(match is_folder {
                    true => path.join(typed_name(purpose, text)).display().to_string(),
                    false => path.display().to_string(),
                });
            }
        }
    });
    chosen
}

/// The file name typed so far, kept when another folder is chosen.
fn typed_name(purpose: Purpose, text: &str) -> String {
    if purpose.is_found() {
        return String::new();
    }
    Path::new(text.trim()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
