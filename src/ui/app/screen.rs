//! What there is: the screen, the question in front of it, what is at work in the background.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::{ColorImage, Context};
use jiff::Timestamp;

use super::jobs::Jobs;
use crate::form::{Catalog, Form};
use crate::manual::Picture;
use crate::model::{Draft, Edit, Ground, Person, Role, Status, Thresholds};
use crate::store::{Home, Keeper, Left, Opened, Settings};
use crate::ui::command::Command;
use crate::ui::command::second::Sheet;
use crate::ui::dialog::about::About;
use crate::ui::dialog::ask::Dialog;
use crate::ui::look::rare::is_printable;
use crate::ui::state::account::{AccountPage, Batch};
use crate::ui::state::county::CountyPage;
use crate::ui::state::ledger::LedgerPage;
use crate::ui::state::notice::Notice;
use crate::ui::state::recent::RecentDraft;
use crate::ui::state::work::Work;
use crate::ui::view::grid::table::grid_id;

/// What is on screen.
#[derive(Debug)]
pub enum Screen {
    /// The start screen.
    Start,
    /// The open draft.
    Work(Box<Work>),
    /// The county, see [`App::county`].
    County,
}

impl Screen {
    /// The open draft, if that is on screen.
    pub fn work(&self) -> Option<&Work> {
        match self {
            Self::Start | Self::County => None,
            Self::Work(work) => Some(work),
        }
    }

    /// The same, to be worked on.
    pub fn work_mut(&mut self) -> Option<&mut Work> {
        match self {
            Self::Start | Self::County => None,
            Self::Work(work) => Some(work),
        }
    }
}

/// The window without its frame: everything that eframe, tests and pictures need.
#[derive(Debug)]
pub struct App {
    pub(super) catalog: Catalog,
    pub(super) home: Home,
    pub(super) screen: Screen,
    pub(super) dialog: Option<Dialog>,
    pub(super) notice: Option<Notice>,
    pub(super) jobs: Jobs<Self>,
    pub(super) recent: Vec<RecentDraft>,
    pub(super) left: Vec<Left>,
    /// What was given up in the last days.
    pub(super) aside: Vec<Left>,
    pub(super) settings: Settings,
    /// The office's own thresholds, for new reports.
    pub(super) thresholds: Thresholds,
    /// The size of the last frame, in percent.
    pub(super) last_zoom: Option<u16>,
    /// How far the wheel has been turned for larger letters since they last changed.
    pub(super) wheel: f32,
    /// To be done once the draft is saved.
    pub(super) after_save: Option<Command>,
    /// The report that waits while last year's figures are keyed.
    pub(super) below: Option<Box<Work>>,
    /// The second entry that is to be laid beside the draft being opened.
    pub(super) ahead: Option<Sheet>,
    /// Second entries that are being put on disk, and what is to be done after that.
    pub(super) keeping: (usize, Vec<Command>),
    /// The window had the keyboard in the frame before.
    pub(super) had_focus: bool,
    /// The account of a file that came in, over everything else.
    pub(super) account: Option<Box<AccountPage>>,
    /// The office's register, over the open draft.
    pub(super) ledger: Option<Box<LedgerPage>>,
    /// The county: on screen, or waiting behind the report of one of its bodies.
    pub(super) county: Option<Box<CountyPage>>,
    /// Many files that came in at once, below it.
    pub(super) batch: Option<Batch>,
    /// They are no longer to be read.
    pub(super) stop_reading: Arc<AtomicBool>,
    /// What is being exported is no longer wanted.
    pub(super) given_up: Arc<AtomicBool>,
    /// The window may close.
    pub(super) quits: bool,
    /// What paints the window.
    pub(super) renderer: &'static str,
    /// What paints the pictures of the manual; it stands above this floor.
    pub(super) painter: Option<Painter>,
}

/// Paints a screen of this very program.
pub type Painter = fn(&Catalog, &Picture) -> Option<ColorImage>;

impl App {
    /// The start screen. Journals and earlier saves are kept in `home`.
    pub fn new(catalog: Catalog, home: Home) -> Self {
        Self {
            catalog,
            home,
            screen: Screen::Start,
            dialog: None,
            notice: None,
            jobs: Jobs::default(),
            recent: Vec::new(),
            left: Vec::new(),
            aside: Vec::new(),
            settings: Settings::default(),
            thresholds: Thresholds::new(),
            last_zoom: None,
            wheel: 1.0,
            after_save: None,
            below: None,
            ahead: None,
            keeping: (0, Vec::new()),
            had_focus: true,
            account: None,
            ledger: None,
            county: None,
            batch: None,
            stop_reading: Arc::default(),
            given_up: Arc::default(),
            quits: false,
            renderer: "图片",
            painter: None,
        }
    }

    /// The open draft; none on the start screen.
    pub fn work(&self) -> Option<&Work> {
        self.screen.work()
    }

    /// The same, to be worked on.
    pub fn work_mut(&mut self) -> Option<&mut Work> {
        self.screen.work_mut()
    }

    /// The account of a file that came in, while it is on screen.
    pub fn account(&self) -> Option<&AccountPage> {
        self.account.as_deref()
    }

    /// The office's register, while it is on screen.
    pub fn ledger(&self) -> Option<&LedgerPage> {
        self.ledger.as_deref()
    }

    /// The county, on screen or behind a report.
    pub fn county(&self) -> Option<&CountyPage> {
        self.county.as_deref()
    }

    /// The same, to be worked on.
    pub fn county_mut(&mut self) -> Option<&mut CountyPage> {
        self.county.as_deref_mut()
    }

    /// Many files that came in, while they are listed.
    pub fn batch(&self) -> Option<&Batch> {
        self.batch.as_ref()
    }

    /// The tables on screen: those of an account, of a county's sum, or of the open draft.
    pub(super) fn filled(&self) -> Option<&Work> {
        match &self.account {
            Some(page) => Some(&page.work),
            None if matches!(self.screen, Screen::County) => self.county.as_ref()?.shown.as_ref().map(|shown| &shown.work),
            None => self.work(),
        }
    }

    /// Shows a draft that was read already. It is not kept safe until it is saved.
    pub fn show(&mut self, form: Arc<Form>, draft: Draft, path: Option<PathBuf>) {
        (self.dialog, self.notice, self.after_save) = (None, None, None);
        (self.account, self.batch, self.ledger) = (None, None, None);
        self.let_go();
        let person = self.settings.person().filter(|person| is_printable("姓名", &person.name).is_ok());
        // Who signed the last report on this computer begins the next as its clerk, or could not type into it.
        let is_begun_here = path.is_none() && draft.review().status() == Status::Draft;
        let person = person.map(|person| Person { role: if is_begun_here { Role::Clerk } else { person.role }, ..person });
        let mut work = Work::new(form, draft, path);
        work.set_person(person);
        self.screen = Screen::Work(Box::new(work));
    }

    /// A blank report on this form, resting on the office's thresholds.
    pub(super) fn blank(&self, form: Arc<Form>, agency: String, year: u16) -> (Arc<Form>, Draft) {
        let mut draft = form.draft(agency, year);
        draft.apply(Edit::totals(self.settings.totals()));
        draft.apply(Edit::ground(Ground { thresholds: form.own_thresholds(&self.thresholds), ..Ground::default() }));
        // They were read against the same catalog.
        let form = form.on(draft.ground()).unwrap_or(form);
        (form, draft)
    }

    /// Opens a draft to work on: from now on every edit is on disk within a second.
    pub(super) fn open(&mut self, ctx: &Context, opened: Opened) {
        self.leave(ctx);
        self.show(Arc::clone(&opened.form), opened.draft.clone(), opened.path.clone());
        if let Some(holder) = opened.holder() {
            let words = format!("{holder}正打开着这份草稿，现在只能查看。要修改，请等对方关闭后重新打开，或用“文件 → 另存为…”另存一份。");
            self.fail(words);
        }
        let note = crate::rules::orphans_note(opened.form.report(&opened.draft));
        if let Some(words) = note.filter(|_| self.notice.is_none()) {
            self.fail(words);
        }
        let keeper = keeper(ctx, opened);
        if let Some(work) = self.screen.work_mut() {
            work.keeper = Some(keeper);
        }
    }

    /// Lets go of the open draft: it is saved or given up, and others may open it.
    pub(super) fn leave(&mut self, ctx: &Context) {
        self.keep_second(ctx);
        self.let_go();
    }

    /// Back to the start screen without a word: what is open is let go of as it is on disk.
    pub fn clear(&mut self) {
        self.let_go();
    }

    fn let_go(&mut self) {
        let left = std::mem::replace(&mut self.screen, Screen::Start);
        if let Screen::Work(work) = left
            && let Some(keeper) = work.keeper
        {
            keeper.close();
        }
    }

    /// Takes what is being typed into a cell over into the draft.
    pub(super) fn commit(&mut self) {
        if let Some(work) = self.screen.work_mut() {
            work.commit();
        }
    }

    /// Says that something is done.
    pub(super) fn say(&mut self, words: String) {
        self.notice = Some(Notice::good(words));
    }

    /// Says that something went wrong.
    pub(super) fn fail(&mut self, words: String) {
        self.notice = Some(Notice::error(words));
    }

    /// What is pasted now goes into a table.
    pub fn takes_tables(&self, ctx: &Context) -> bool {
        let table = self.filled().filter(|work| !work.is_editing()).and_then(|work| work.grid()).map(|(view, _)| view.table);
        table.is_some_and(|table| ctx.memory(|memory| memory.has_focus(grid_id(table))))
    }

    /// The clipboard's table did not come in time, and the plain text beside it was pasted.
    pub fn pasted_late(&mut self) {
        self.fail("另一个程序没有及时交出剪贴板里的表格，已按纯文字粘贴；请看一遍，有合并的格可能错位，不对请按 Ctrl+Z。".to_owned());
    }

    /// The clipboard was not handed over in time, and nothing was pasted.
    pub fn pasted_nothing(&mut self) {
        self.fail("另一个程序没有及时交出剪贴板里的内容，没有粘贴。请在那个程序里重新复制，再粘贴一次。".to_owned());
    }

    /// A thread is still at work.
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy()
    }

    /// The window may close.
    pub fn quits(&self) -> bool {
        self.quits
    }

    /// Says what paints the window, for 关于.
    pub fn painted_by(&mut self, renderer: &'static str) {
        self.renderer = renderer;
    }

    /// Says what paints the pictures of the manual.
    pub fn illustrated_by(&mut self, painter: Painter) {
        self.painter = Some(painter);
    }

    /// What 关于 tells.
    pub(super) fn about(&self) -> About {
        About { renderer: self.renderer, folder: self.home.folder.clone() }
    }

    /// The message above the table, if there is one.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_ref().map(|notice| notice.words.as_str())
    }

    /// The title of the window: what is open, and whether it is saved.
    pub fn title(&self) -> String {
        match self.work() {
            None if matches!(self.screen, Screen::County) => {
                let page = self.county.as_ref().map(|page| format!("{} {}年汇总 — ", page.county.agency, page.county.year));
                format!("{}勾稽", page.unwrap_or_default())
            }
            None => "勾稽".to_owned(),
            Some(work) => {
                let mark = if work.session.is_modified() { "● " } else { "" };
                let file = work.file_name().map_or_else(String::new, |name| format!(" — {name}"));
                format!("{mark}{}{file} — 勾稽", work.name())
            }
        }
    }
}

/// Takes charge of a draft; the window wakes up when edits are in danger.
pub(super) fn keeper(ctx: &Context, opened: Opened) -> Keeper {
    let ctx = ctx.clone();
    Keeper::new(opened, Timestamp::now(), move || ctx.request_repaint())
}
