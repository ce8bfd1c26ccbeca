//! What leaves the window as a file to hand on: export of one kind, of all at once, to the printer by way of the system's
//! viewer, and to the clipboard for a website's editor.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;
use jiff::Zoned;

use super::jobs::Teller;
use super::screen::App;
use crate::export::sheet::Book;
use crate::export::trend::{Chart, append};
use crate::export::{self, Edition, ExportError, FileKind, Fonts, Preview, endings};
use crate::form::Form;
use crate::model::Draft;
use crate::store::{self, Home};
use crate::ui::command::Command;
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::preview::PreviewForm;
use crate::ui::look::rare::rare_font;
use crate::ui::state::notice::{Notice, failed};

/// What is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// The report, for this use.
    Report(Edition),
    /// The page for the file (校验报告).
    Summary,
}

/// Longest wait for a program to say that it cannot show the report.
const LONGEST_OPENING: Duration = Duration::from_secs(3);

/// A report to be handed on, and whether it is still wanted.
#[derive(Clone, Debug)]
pub struct ExportJob {
    form: Arc<Form>,
    draft: Box<Draft>,
    prior: Option<Box<Draft>>,
    /// Pictures that go along with the report.
    charts: Vec<Chart>,
    home: Home,
    given_up: Arc<AtomicBool>,
}

impl ExportJob {
    fn bytes(&self, paper: Paper, kind: FileKind, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
        let book = self.book(paper);
        if kind.is_paged() {
            return export::file(kind, &book, &fonts.clone().with_rare(&book, rare_font));
        }
        export::file(kind, &book, fonts)
    }

    fn book(&self, paper: Paper) -> Book {
        let (report, today) = (self.form.report(&self.draft), Zoned::now().date());
        match paper {
            Paper::Report(edition) => {
                let mut book = export::book(report, self.prior.as_deref(), today).as_edition(edition);
                append(&mut book, self.charts.clone());
                book
            }
            Paper::Summary => export::summary(report, today),
        }
    }

    /// The pages as they will be printed.
    pub fn pages(&self, edition: Edition) -> Result<Vec<Preview>, String> {
        let book = self.book(Paper::Report(edition));
        let fonts = Fonts::needed(FileKind::Pdf, store::system_font).with_rare(&book, rare_font);
        export::pages(&book, &fonts).map_err(|err| err.to_string())
    }

    /// Writes one file of the kind its ending says, reads it back, and only then puts it in place.
    pub fn write(&self, paper: Paper, path: &Path) -> Result<(), String> {
        let kind = FileKind::of(path).ok_or_else(|| format!("文件名的结尾应当是 {}", endings(&FileKind::ALL)))?;
        self.write_as(paper, kind, path, &Fonts::needed(kind, store::system_font))
    }

    fn write_as(&self, paper: Paper, kind: FileKind, path: &Path, fonts: &Fonts) -> Result<(), String> {
        let bytes = self.bytes(paper, kind, fonts).map_err(|err| err.to_string())?;
        store::write_output(&*self.home.disk, path, &bytes).map_err(|err| err.to_string())
    }

    /// Writes every kind and the page for the file into a folder, under names that nothing stands at. Tells how far it is.
    pub fn write_all(&self, folder: &Path, tell: &Teller<App>) -> Result<Vec<PathBuf>, String> {
        let kinds = FileKind::ALL.map(|kind| (Paper::Report(Edition::Office), kind));
        let wanted = kinds.into_iter().chain([(Paper::Summary, FileKind::Pdf)]);
        let all = kinds.len() + 1;
        let (mut written, fonts) = (Vec::new(), Fonts::found(store::system_font));
        for (place, (paper, kind)) in wanted.enumerate() {
            if self.given_up.load(Ordering::Relaxed) {
                return Err(format!("已停止；写好的 {} 个文件留在文件夹里", written.len()));
            }
            let name = paper_name(&self.draft, paper, kind);
            let words = format!("正在导出 {} / {all}：{name}", place + 1);
            tell.tell(move |app, _| app.notice = Some(Notice { offers: vec![Command::StopExport], ..Notice::good(words) }));
            let mut path = folder.join(name);
            if path.exists() {
                path = store::free_beside(&*self.home.disk, &path, "再次导出").map_err(|err| err.to_string())?;
            }
            self.write_as(paper, kind, &path, &fonts)?;
            written.push(path);
        }
        Ok(written)
    }

    /// Writes the PDF where it is nobody's concern and has the system show it.
    pub fn print(&self) -> Result<PathBuf, String> {
        let folder = self.home.prints().join(std::process::id().to_string());
        self.home
            .disk
            .make_folder(&folder)
            .map_err(|err| format!("不能建立文件夹：{}；文件夹：{}", store::reason(&err), folder.display()))?;
        let path = folder.join(paper_name(&self.draft, Paper::Report(Edition::Office), FileKind::Pdf));
        self.write(Paper::Report(Edition::Office), &path)?;
        match opened(&path) {
            Ok(()) => Ok(path),
            Err(_unopened) => Err(format!("没有能打开 PDF 的程序；PDF 已写好，请在能打印的电脑上打开：{}", path.display())),
        }
    }
}

/// Has the system show it. Whatever opens it may stay until it is closed; what cannot open it says so at once.
fn opened(path: &Path) -> io::Result<()> {
    let opening = open::that_in_background(path);
    let began = Instant::now();
    while !opening.is_finished() && began.elapsed() < LONGEST_OPENING {
        thread::sleep(Duration::from_millis(50));
    }
    let broken = |_panicked| Err(io::Error::other("打开时出了内部错误"));
    if opening.is_finished() { opening.join().unwrap_or_else(broken) } else { Ok(()) }
}

/// The file name that practice wants.
pub fn paper_name(draft: &Draft, paper: Paper, kind: FileKind) -> String {
    match paper {
        Paper::Report(Edition::Office) => export::file_name(draft, kind.ending()),
        Paper::Report(Edition::Pen) => export::file_name(draft, &format!("签字清样.{}", kind.ending())),
        Paper::Report(Edition::Public) => export::file_name(draft, &format!("公开版.{}", kind.ending())),
        Paper::Summary => export::file_name(draft, &format!("校验报告.{}", kind.ending())),
    }
}

impl App {
    /// What is on screen, with everything typed taken over.
    fn export_job(&mut self) -> Option<ExportJob> {
        self.commit();
        self.given_up = Arc::default();
        let work = self.work()?;
        let (form, draft) = (work.session.shared_form(), Box::new(work.session.draft().clone()));
        let prior = work.panel.prior.clone().map(Box::new);
        let charts = if work.trend.goes_along { work.charts() } else { Vec::new() };
        Some(ExportJob { form, draft, prior, charts, home: self.home.clone(), given_up: Arc::clone(&self.given_up) })
    }

    /// Writes one file to hand on.
    pub(super) fn export_to(&mut self, ctx: &Context, paper: Paper, path: PathBuf) {
        let Some(job) = self.export_job() else { return };
        let write = move |_: &_| job.write(paper, &path).map(|()| path);
        self.jobs.start(ctx, write, |app, _, written| match written {
            Ok(path) => app.say_written(format!("✓ 已导出并逐格核对：{}", path.display()), &path),
            Err(why) => app.fail(failed("没有导出", &why)),
        });
    }

    /// Writes every kind of file into a folder.
    pub(super) fn export_all(&mut self, ctx: &Context, folder: PathBuf) {
        let Some(job) = self.export_job() else { return };
        let write = move |tell: &Teller<Self>| job.write_all(&folder, tell).map(|written| (written.len(), folder));
        self.jobs.start(ctx, write, |app, _, written| match written {
            Ok((num_files, folder)) => {
                let words = format!("✓ 已导出并逐格核对 {num_files} 个文件：{}", folder.display());
                app.notice = Some(Notice { offers: vec![Command::ShowFile(folder, "打开文件夹")], ..Notice::good(words) });
            }
            Err(why) => app.fail(failed("没有全部导出", &why)),
        });
    }

    /// Shows the pages of this edition as they will be printed.
    pub(super) fn preview(&mut self, ctx: &Context, edition: Edition) {
        let Some(job) = self.export_job() else { return };
        self.jobs.start(
            ctx,
            move |_| job.pages(edition),
            move |app, _, pages| match pages {
                Ok(pages) => app.dialog = Some(Dialog::Preview(PreviewForm { edition, pages, at: 0, is_wide: false })),
                Err(why) => app.fail(failed("不能预览", &why)),
            },
        );
    }

    /// Has the system show the report, for printing.
    pub(super) fn print(&mut self, ctx: &Context) {
        let Some(job) = self.export_job() else { return };
        self.jobs.start(
            ctx,
            move |_| job.print(),
            |app, _, printed| match printed {
                Ok(path) => app.say(format!("✓ 已交给系统的 PDF 阅读器，请在那里打印；没有打开的，文件在 {}", path.display())),
                Err(why) => app.fail(failed("没有打印", &why)),
            },
        );
    }

    /// Says what was written, with ways to see it.
    fn say_written(&mut self, words: String, path: &Path) {
        let folder = path.parent().map(|folder| Command::ShowFile(folder.to_path_buf(), "打开文件夹"));
        let offers = [Command::ShowFile(path.to_path_buf(), "打开文件")].into_iter().chain(folder).collect();
        self.notice = Some(Notice { offers, ..Notice::good(words) });
    }

    /// Has the system show a file or a folder.
    pub(super) fn show_file(&mut self, ctx: &Context, path: PathBuf) {
        self.jobs.start(
            ctx,
            move |_| opened(&path).map_err(|_unopened| path),
            |app, _, shown| {
                if let Err(path) = shown {
                    app.fail(format!("本机没有能打开它的程序：{}", path.display()));
                }
            },
        );
    }

    /// Nothing more is written of what is being exported.
    pub(super) fn give_up(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
    }

    pub(super) fn copy_page(&mut self, ctx: &Context) {
        let Some(job) = self.export_job() else { return };
        match job.bytes(Paper::Report(Edition::Public), FileKind::Fragment, &Fonts::default()).map(String::from_utf8) {
            Ok(Ok(code)) => {
                ctx.copy_text(code);
                self.say("✓ 网页代码已复制，不含标题：在网站后台的编辑器里切换到“源代码”后粘贴".to_owned());
            }
            Ok(Err(err)) => self.fail(failed("没有复制", &err.to_string())),
            Err(err) => self.fail(failed("没有复制", &err.to_string())),
        }
    }
}
