//! Asking for a file: the system's own dialog on a thread or, where there is none, the window's; and what is done with the file
//! that was picked.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::export::{Paper, paper_name};
use super::screen::App;
use crate::export::{self, Edition, FileKind};
use crate::form::Form;
use crate::model::Draft;
use crate::read::SourceKind;
use crate::store::{self, Disk, Standing};
use crate::ui::command::Command;
use crate::ui::command::county::Many;
use crate::ui::command::files::{PICTURES, Purpose, REGISTERS, SUMS, with_ending};
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::path::Found;

/// A dialog that "cancels" faster than a person can was never shown: no portal on this desktop.
const FASTEST_CANCEL: Duration = Duration::from_millis(300);

/// What the system's dialog calls our own files.
const DRAFTS: &str = "勾稽草稿";

/// What came of asking.
enum Picked {
    /// A file.
    File(PathBuf),
    /// The user does not want to.
    Nothing,
    /// The system has no dialog, or asked about another file than this one: the window asks.
    NotAsked(PathBuf),
}

impl App {
    /// Asks for a file; the answer comes through `logic`.
    pub(super) fn pick(&mut self, ctx: &Context, purpose: Purpose) {
        self.commit();
        let (beside, name) = (self.beside().or_else(|| self.settings.folder.clone()), self.suggested_name(purpose));
        let ask = move |_: &_| {
            // The folder of last time may be on a stick that is not plugged in.
            let folder = beside.filter(|folder| folder.is_dir()).unwrap_or_else(store::documents);
            pick(purpose, folder.join(name))
        };
        self.jobs.start(ctx, ask, move |app, ctx, picked| match picked {
            Picked::File(path) => {
                app.remember_folder(ctx, &path);
                app.picked(ctx, purpose, path);
            }
            Picked::Nothing => app.run(ctx, Command::Cancel),
            Picked::NotAsked(path) => app.ask_path(purpose, &path),
        });
    }

    /// The folder of the county or of the open draft.
    fn beside(&self) -> Option<PathBuf> {
        let of_county = self.county.as_ref().map(|page| page.folder.clone());
        of_county.or_else(|| self.work().and_then(|work| work.path.as_deref()).and_then(Path::parent).map(Path::to_path_buf))
    }

    /// The name that practice wants for a new file; empty where one that is there is picked.
    fn suggested_name(&self, purpose: Purpose) -> String {
        if let (Purpose::Sum, Some(page)) = (purpose, &self.county) {
            return format!("{}{}年汇总.xlsx", page.county.agency, page.county.year);
        }
        let Some(work) = self.work().filter(|_| !purpose.is_found()) else { return String::new() };
        match purpose {
            Purpose::Pictures => export::file_name(work.session.draft(), "历年情况图.png"),
            Purpose::Summary => paper_name(work.session.draft(), Paper::Summary, FileKind::Pdf),
            Purpose::Clean => paper_name(work.session.draft(), Paper::Report(Edition::Pen), FileKind::Pdf),
            Purpose::Public => paper_name(work.session.draft(), Paper::Report(Edition::Public), FileKind::Docx),
            _ => export::file_name(work.session.draft(), purpose.ending()),
        }
    }

    /// Does with a file what it was picked for.
    pub(super) fn picked(&mut self, ctx: &Context, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Open => self.run(ctx, Command::OpenPath(path)),
            Purpose::Prior => self.read_prior(ctx, path, false),
            Purpose::Last => self.read_prior(ctx, path, true),
            Purpose::Year => self.add_year(ctx, path),
            Purpose::Pictures => self.save_pictures(ctx, path),
            Purpose::Join => self.read_other(ctx, path, |app, _, theirs| app.ask_join(&theirs)),
            Purpose::Import => self.take_in(ctx, vec![path]),
            Purpose::Ledger => self.read_registers(ctx, vec![path]),
            Purpose::Second => self.bring_second(ctx, path),
            Purpose::Save => self.order(ctx, store::To::File(path)),
            Purpose::Export => self.export_to(ctx, Paper::Report(Edition::Office), path),
            Purpose::Clean => self.export_to(ctx, Paper::Report(Edition::Pen), path),
            Purpose::Public => self.export_to(ctx, Paper::Report(Edition::Public), path),
            Purpose::Summary => self.export_to(ctx, Paper::Summary, path),
            Purpose::Folder => self.export_all(ctx, path),
            Purpose::Against => self.hold_against(ctx, path),
            Purpose::County => self.run(ctx, Many::Open(path)),
            Purpose::TakeIn => self.run(ctx, Many::TakeIn(vec![path])),
            Purpose::Sum => self.write_sum(ctx, path),
            Purpose::Collect => self.run(ctx, Many::Collect(path)),
        }
    }

    /// Reads another draft, only to be looked at, for this.
    pub(super) fn read_other(&mut self, ctx: &Context, path: PathBuf, take: impl FnOnce(&mut Self, &Arc<Form>, Draft) + Send + 'static) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let read = move |_: &_| store::load(&*home.disk, &path, &catalog).map_err(|err| err.to_string());
        self.jobs.start(ctx, read, |app, _, read| match read {
            Ok((form, draft)) => take(app, &form, draft),
            Err(why) => {
                app.ahead = None;
                app.fail(why);
            }
        });
    }

    /// Sees what stands on the disk where the path being typed leads.
    pub(super) fn look_up(&mut self, ctx: &Context, purpose: Purpose, text: String) {
        let disk = Arc::clone(&self.home.disk);
        let known = match &self.dialog {
            Some(Dialog::Path(form)) => form.found.as_ref().map(|found| (found.folder.clone(), Arc::clone(&found.entries))),
            _ => None,
        };
        self.jobs.start(
            ctx,
            move |_| found(&*disk, purpose, text, known),
            |app, _, found| {
                if let Some(Dialog::Path(form)) = app.dialog.as_mut()
                    && form.text == found.text
                {
                    form.found = Some(found);
                }
            },
        );
    }
}

/// Has the system's dialog offer these kinds, the first one before the others.
fn filters(dialog: rfd::FileDialog, kinds: impl IntoIterator<Item = FileKind>) -> rfd::FileDialog {
    kinds.into_iter().fold(dialog, |dialog, kind| dialog.add_filter(kind.name(), &[kind.ending()]))
}

/// Has the system ask; called on a thread.
fn pick(purpose: Purpose, suggested: PathBuf) -> Picked {
    let began = Instant::now();
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
    if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    let picked = match purpose {
        Purpose::Open | Purpose::Join | Purpose::Second => dialog.add_filter(DRAFTS, &[store::DRAFT_ENDING]).pick_file(),
        Purpose::Prior | Purpose::Last | Purpose::Year | Purpose::TakeIn => {
            let endings: Vec<&str> = [store::DRAFT_ENDING].into_iter().chain(SourceKind::endings()).collect();
            dialog.add_filter("草稿和已公布的报告", &endings).pick_file()
        }
        Purpose::Pictures => PICTURES.iter().fold(dialog, |dialog, ending| dialog.add_filter(*ending, &[*ending])).save_file(),
        Purpose::Ledger => dialog.add_filter("台账", &REGISTERS).pick_file(),
        Purpose::Import => dialog.add_filter("年度报告", &SourceKind::endings().collect::<Vec<_>>()).pick_file(),
        Purpose::Save => dialog.add_filter(DRAFTS, &[store::DRAFT_ENDING]).save_file(),
        Purpose::Export | Purpose::Clean | Purpose::Public | Purpose::Summary => {
            let mut kinds = FileKind::ALL;
            // The first is the one that is offered.
            kinds.sort_by_key(|kind| kind.ending() != purpose.ending());
            filters(dialog, kinds).save_file()
        }
        Purpose::Against => {
            let endings: Vec<&str> = FileKind::ALL.iter().map(|kind| kind.ending()).chain(["ron"]).collect();
            dialog.add_filter("副本和回执", &endings).pick_file()
        }
        Purpose::Sum => SUMS.iter().fold(dialog, |dialog, ending| dialog.add_filter(*ending, &[*ending])).save_file(),
        Purpose::Folder | Purpose::County | Purpose::Collect => dialog.pick_folder(),
    };
    match picked {
        None if began.elapsed() < FASTEST_CANCEL => Picked::NotAsked(suggested),
        Some(path) => {
            let whole = with_ending(path.clone(), purpose);
            // The system asked before a file is written over, but it was not asked about this one.
            if whole != path && whole.exists() { Picked::NotAsked(whole) } else { Picked::File(whole) }
        }
        None => Picked::Nothing,
    }
}

/// A folder, and what was found in it.
type Listed = (PathBuf, Arc<Vec<(PathBuf, bool)>>);

/// What stands where the typed path leads; called on a thread. A folder that is listed already is not read again for each letter.
fn found(disk: &dyn Disk, purpose: Purpose, text: String, known: Option<Listed>) -> Found {
    let typed = PathBuf::from(text.trim());
    let folder = if typed.is_dir() { typed.clone() } else { typed.parent().map_or_else(PathBuf::new, Path::to_path_buf) };
    let path = with_ending(typed, purpose);
    let known = known.filter(|(listed, _)| *listed == folder).map(|(_, entries)| entries);
    let entries = known.unwrap_or_else(|| Arc::new(entries(disk, purpose, &folder)));
    let (is_file, is_folder, has_folder) = (path.is_file(), path.is_dir(), path.parent().is_some_and(Path::is_dir));
    Found { text, path, is_file, is_folder, has_folder, folder, entries }
}

/// Folders, then files that fit the purpose, each by name; none where the folder cannot be read.
fn entries(disk: &dyn Disk, purpose: Purpose, folder: &Path) -> Vec<(PathBuf, bool)> {
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let paths = disk.list(folder).unwrap_or_default().into_iter().filter(|path| !is_hidden(path));
    let told = paths.map(|path| (matches!(disk.standing(&path), Ok(Standing::Folder)), path));
    let mut entries: Vec<_> =
        told.filter(|(is_folder, path)| *is_folder || purpose.fits(path)).map(|(is_folder, path)| (path, is_folder)).collect();
    entries.sort_by(|(one, is_folder), (other, is_other)| is_other.cmp(is_folder).then_with(|| one.cmp(other)));
    entries
}
