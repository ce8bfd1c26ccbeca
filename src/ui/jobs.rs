//! Everything that waits for a disk or a person: file dialogs, loading, saving, exporting. Each runs on a thread of its
//! own and answers through a channel that `App::logic` reads, so the window never stands still.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;
use jiff::{Timestamp, Zoned};

use super::import;
use super::print::{Handout, Paper};
use super::start::RecentDraft;
use super::versions;
use crate::export::FileKind;
use crate::form::{Catalog, Form};
use crate::import::Imported;
use crate::model::Draft;
use crate::rules;
use crate::store::{self, Home, Left, Opened, RealDisk, SaveOrder, Saved, Settings, StoreError};

/// What a file is picked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A draft to open.
    Open,
    /// Last year's report, to be compared with.
    Prior,
    /// Another copy of this report, to be joined with it.
    Join,
    /// The same table keyed by a second person.
    Second,
    /// A workbook filled elsewhere.
    Import,
    /// Where to save the draft.
    Save,
    /// Where to write the report; the ending says as what.
    Export,
    /// Where to write the page for the file.
    Summary,
    /// The folder for every kind at once.
    Folder,
}

impl Purpose {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Open | Self::Prior | Self::Join | Self::Second | Self::Save => "gouji",
            Self::Import => "xlsx",
            Self::Export => "docx",
            Self::Summary => "pdf",
            Self::Folder => "",
        }
    }

    /// The dialog's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "打开草稿",
            Self::Prior => "打开上年报告",
            Self::Join => "合并另一份副本",
            Self::Second => "打开双录的第二遍",
            Self::Import => "导入 Excel 工作簿",
            Self::Save => "保存草稿",
            Self::Export => "导出",
            Self::Summary => "导出校验报告",
            Self::Folder => "全部导出到文件夹",
        }
    }
}

/// Work for a thread.
#[derive(Debug)]
pub enum Job {
    /// Ask the system for a file.
    Pick {
        /// What for.
        purpose: Purpose,
        /// Where to begin.
        suggested: PathBuf,
    },
    /// Read a draft.
    Load(PathBuf),
    /// Make the sheet of a second entry, unless it is there, and read it.
    Sheet {
        /// Its file.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// The blank sheet.
        draft: Box<Draft>,
    },
    /// Read another draft, only to be looked at: for this.
    Other(Purpose, PathBuf),
    /// Look for last year's report beside the draft in this file.
    FindPrior(PathBuf, Box<Draft>),
    /// Read a workbook.
    Import(PathBuf),
    /// Write a draft.
    Save(Box<SaveOrder>),
    /// Write a file to hand on.
    Export {
        /// What to write.
        handout: Handout,
        /// Which of its papers.
        paper: Paper,
        /// Where.
        path: PathBuf,
    },
    /// Write every kind of file.
    ExportAll {
        /// What to write.
        handout: Handout,
        /// Where.
        folder: PathBuf,
    },
    /// Have the system show the report, for printing.
    Print(Handout),
    /// See how the drafts worked on last stand, and what a crash left behind.
    Recent,
    /// Remember what was set.
    Settings(Settings),
    /// Something about the draft's other versions.
    Versions(versions::Errand),
}

/// What came of a job.
#[derive(Debug)]
pub enum Done {
    /// A file was picked; none when the user cancelled.
    Picked(Purpose, Option<PathBuf>),
    /// The system has no file dialog; the window shows its own.
    NoDialog(Purpose, PathBuf),
    /// The draft in this file was read, or why not.
    Loaded(PathBuf, Result<Box<Opened>, StoreError>),
    /// Another draft was read, or why not.
    Other(Purpose, Result<(Arc<Form>, Box<Draft>), String>),
    /// Last year's report for the draft in this file, if it was found.
    FoundPrior(PathBuf, Option<(Arc<Form>, Box<Draft>)>),
    /// A workbook was read, or why not.
    Imported(PathBuf, Result<Box<Imported>, String>),
    /// A draft was written, or why not.
    Saved(Box<Result<Saved, StoreError>>),
    /// The file was written, or why not.
    Exported(PathBuf, Result<(), String>),
    /// How far the export of every kind is.
    Progress {
        /// Files written.
        done: usize,
        /// Files to write.
        all: usize,
        /// The file that is being written.
        name: String,
    },
    /// Every kind was written, or why not.
    ExportedAll(PathBuf, Result<Vec<PathBuf>, String>),
    /// The system was asked to show the report, or why not.
    Printed(Result<PathBuf, String>),
    /// The drafts worked on last, and what a crash left behind.
    Recent(Vec<RecentDraft>, Vec<Left>),
    /// The settings are remembered, or why not.
    Settings(Result<(), StoreError>),
    /// What came of something about other versions.
    Versions(versions::Reply),
    /// The thread panicked.
    Broken,
}

/// A dialog that "cancels" faster than a person can was never shown: no portal on this desktop.
const FASTEST_CANCEL: Duration = Duration::from_millis(300);

/// The threads at work and their answers.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Done>,
    receiver: Receiver<Done>,
    num_running: usize,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, num_running: 0 }
    }
}

impl Jobs {
    /// Starts a job. A thread that cannot be started is worked off at once instead.
    pub fn start(&mut self, ctx: &Context, home: &Home, catalog: &Catalog, job: Job) {
        self.num_running += 1;
        let (sender, ctx, home, catalog) = (self.sender.clone(), ctx.clone(), home.clone(), catalog.clone());
        let job = Arc::new(std::sync::Mutex::new(Some(job)));
        let for_thread = Arc::clone(&job);
        let work = move |job: Job| {
            // The window may have been closed meanwhile; then nobody waits for the answer.
            let tell = |done: Done| {
                let _closed = sender.send(done);
                ctx.request_repaint();
            };
            // Whatever went wrong in it, the job is over and the window goes on.
            let done = panic::catch_unwind(AssertUnwindSafe(|| perform(&home, &catalog, job, &tell)));
            tell(done.unwrap_or(Done::Broken));
        };
        let taken = move |job: &std::sync::Mutex<Option<Job>>| job.lock().ok().and_then(|mut job| job.take());
        let in_thread = work.clone();
        let spawned = thread::Builder::new().name("gouji-job".to_owned()).spawn(move || taken(&for_thread).map(in_thread));
        if spawned.is_err()
            && let Some(job) = taken(&job)
        {
            work(job);
        }
    }

    /// The next answer, if one has come.
    pub fn next(&mut self) -> Option<Done> {
        let done = self.receiver.try_recv().ok()?;
        if !matches!(done, Done::Progress { .. }) {
            self.num_running = self.num_running.saturating_sub(1);
        }
        Some(done)
    }

    /// A job is still at work.
    pub fn is_busy(&self) -> bool {
        self.num_running > 0
    }
}

fn perform(home: &Home, catalog: &Catalog, job: Job, tell: &dyn Fn(Done)) -> Done {
    match job {
        Job::Pick { purpose, suggested } => pick(purpose, suggested),
        Job::Load(path) => load(home, catalog, path),
        Job::Sheet { path, form, draft } => match make_sheet(home, &path, &form, &draft) {
            Ok(()) => load(home, catalog, path),
            Err(why) => Done::Loaded(path, Err(why)),
        },
        Job::Other(purpose, path) => {
            let read = store::load(&*home.disk, &path, catalog);
            Done::Other(purpose, read.map(|(form, draft)| (form, Box::new(draft))).map_err(|err| err.to_string()))
        }
        Job::FindPrior(path, draft) => {
            let found = store::find_prior(home, &path, &draft, catalog);
            Done::FoundPrior(path, found.map(|(form, prior)| (form, Box::new(prior))))
        }
        Job::Import(path) => {
            let read = import::read(home, catalog, &path).map(Box::new);
            Done::Imported(path, read)
        }
        Job::Save(order) => {
            let saved = order.perform(&Zoned::now());
            if let Ok(saved) = &saved {
                store::remember(home, &saved.path);
            }
            Done::Saved(Box::new(saved))
        }
        Job::Export { handout, paper, path } => {
            let written = handout.write(paper, &path);
            Done::Exported(path, written)
        }
        Job::Settings(settings) => Done::Settings(keep_look(home, &settings)),
        Job::ExportAll { handout, folder } => {
            let written = handout.write_all(&folder, tell);
            Done::ExportedAll(folder, written)
        }
        Job::Print(handout) => Done::Printed(handout.print()),
        Job::Recent => {
            let left = store::left_behind(home, catalog, Timestamp::now());
            Done::Recent(store::recent_paths(home).into_iter().map(|path| recent(catalog, path)).collect(), left)
        }
        Job::Versions(errand) => Done::Versions(versions::perform(home, catalog, errand)),
    }
}

fn load(home: &Home, catalog: &Catalog, path: PathBuf) -> Done {
    let opened = store::open(home, &path, catalog, Timestamp::now());
    if opened.is_ok() {
        store::remember(home, &path);
    }
    Done::Loaded(path, opened.map(Box::new))
}

/// A sheet that was begun before is gone on with.
fn make_sheet(home: &Home, path: &Path, form: &Form, draft: &Draft) -> Result<(), StoreError> {
    if path.exists() { Ok(()) } else { store::save(&*home.disk, path, form, draft) }
}

/// Remembers the colours and the size. Where copies go may have been set in another window.
fn keep_look(home: &Home, settings: &Settings) -> Result<(), StoreError> {
    let second_folder = Settings::load(home)?.second_folder;
    Settings { second_folder, ..settings.clone() }.save(home)
}

/// How a draft stands: its name and what is open, or why it cannot be read.
fn recent(catalog: &Catalog, path: PathBuf) -> RecentDraft {
    match store::load(&RealDisk, &path, catalog) {
        Ok((form, draft)) => {
            let (errors, warnings) = rules::unsolved(&form, &draft, &rules::check(&form, &draft));
            let blank = draft.entries().iter().filter(|entry| entry.is_blank()).count();
            let state = match (errors.len(), warnings.len(), blank) {
                (0, 0, 0) => "✓ 已填全，勾稽无误".to_owned(),
                (errors, warnings, 0) => format!("错误 {errors}，待核实 {warnings}"),
                (errors, warnings, blank) => format!("错误 {errors}，待核实 {warnings}，未填 {blank} 格"),
            };
            RecentDraft { name: format!("{} {}年", draft.agency, draft.year), state, path }
        }
        Err(_unreadable) => RecentDraft { name: "读不出的草稿".to_owned(), state: "打开时会说明原因".to_owned(), path },
    }
}

fn pick(purpose: Purpose, suggested: PathBuf) -> Done {
    let began = Instant::now();
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title());
    if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = suggested.file_name() {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    let picked = match purpose {
        Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second => dialog.add_filter("勾稽草稿", &["gouji", "bak"]).pick_file(),
        Purpose::Import => dialog.add_filter("Excel 工作簿", &["xlsx"]).pick_file(),
        Purpose::Save => dialog.add_filter("勾稽草稿", &["gouji"]).save_file(),
        Purpose::Export | Purpose::Summary => {
            let mut kinds = FileKind::ALL;
            // The first is the one that is offered.
            kinds.sort_by_key(|kind| kind.ending() != purpose.ending());
            kinds.into_iter().fold(dialog, |dialog, kind| dialog.add_filter(kind.name(), &[kind.ending()])).save_file()
        }
        Purpose::Folder => dialog.pick_folder(),
    };
    match picked {
        None if began.elapsed() < FASTEST_CANCEL => Done::NoDialog(purpose, suggested),
        Some(path) => {
            let whole = with_ending(path.clone(), purpose);
            // The system asked before a file is written over, but it was not asked about this one.
            if whole != path && whole.exists() { Done::NoDialog(purpose, whole) } else { Done::Picked(purpose, Some(whole)) }
        }
        None => Done::Picked(purpose, None),
    }
}

/// The path with the ending its purpose wants, if it has none.
pub fn with_ending(path: PathBuf, purpose: Purpose) -> PathBuf {
    let has_ending = match purpose {
        Purpose::Open | Purpose::Prior | Purpose::Join | Purpose::Second | Purpose::Import | Purpose::Folder => true,
        Purpose::Save => path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(purpose.ending())),
        Purpose::Export | Purpose::Summary => FileKind::of(&path).is_some(),
    };
    if has_ending {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{}", purpose.ending()));
    name.into()
}
