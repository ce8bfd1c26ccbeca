//! What the window does for the proof: opens a submitted report for whoever is to judge it, puts each step on disk at once, writes
//! the receipt, and holds copies and receipts against the open report.

use std::path::{Path, PathBuf};

use egui::Context;
use jiff::{Timestamp, Zoned};

use super::screen::App;
use crate::export::{self, FileKind};
use crate::form::Report;
use crate::model::{ActionKind, Objection};
use crate::review;
use crate::store::{self, Disk, Receipt, To};
use crate::ui::command::Command;
use crate::ui::dialog::against::Against;
use crate::ui::dialog::ask::Dialog;

/// Largest file held against the report, in MB.
const MAX_COPY_MB: u64 = 64;

impl App {
    /// Whoever is to pass or sign the report opens it: 收阅 with a drawn number goes into the log, and to disk at once.
    pub(super) fn receive(&mut self, ctx: &Context) {
        match self.received() {
            Ok(true) => self.keep_on_disk(ctx),
            Ok(false) => {}
            Err(why) => self.fail(why.words()),
        }
    }

    /// Writes 收阅, if it is this person's turn and it has not been written yet; whether it did.
    pub(super) fn received(&mut self) -> Result<bool, Objection> {
        let work = self.screen.work_mut().filter(|work| !work.is_held() && work.sheet.is_none() && work.practice.is_none());
        work.map_or(Ok(false), |work| work.session.receive(Timestamp::now()))
    }

    /// Saves the draft, if it has a file.
    fn keep_on_disk(&mut self, ctx: &Context) {
        if let Some(path) = self.work().and_then(|work| work.path.clone()) {
            self.order(ctx, To::File(path));
        }
    }

    /// A step was done: it is put on disk at once. A comment of the clerk waits with what he is typing; where the office's steps are
    /// set nothing is handed on, so a draft without a file is not asked for one.
    pub(super) fn keep_step(&mut self, ctx: &Context, kind: ActionKind) {
        let Some(work) = self.work() else { return };
        match kind {
            ActionKind::Comment if work.session.read_only().is_none() => {}
            ActionKind::Comment | ActionKind::Arrange | ActionKind::SecondEntry | ActionKind::Receive => self.keep_on_disk(ctx),
            _ => {
                self.after_save = Some(Command::StepKept(kind));
                self.save(ctx);
            }
        }
    }

    /// The step is on disk: says so, and to whom the report goes. With 报送 the receipt is written.
    pub(super) fn step_kept(&mut self, ctx: &Context, kind: ActionKind) {
        let Some(work) = self.work() else { return };
        let status = work.session.draft().review().status();
        let mine = work.session.person().map(|person| person.role);
        let turn = match status.turn() {
            Some(role) if mine == Some(role) => format!("，轮到{role}"),
            Some(role) => format!("，轮到{role}：程序不联网，请把这个草稿文件交过去"),
            None => String::new(),
        };
        // The code of the signed report is the one that paper is to bear from now on.
        let code = review::code_now(work.session.report());
        let code = if kind == ActionKind::Sign { format!("，核对码 {code}") } else { String::new() };
        let words = format!("✓ 已{kind}，已保存。现在是“{status}”{turn}{code}。");
        if self.notice.as_ref().is_none_or(|notice| !notice.is_error) {
            self.say(words);
        }
        if kind == ActionKind::File {
            self.write_receipt(ctx);
        }
    }

    fn write_receipt(&mut self, ctx: &Context) {
        let Some(work) = self.work() else { return };
        let receipt = Receipt::of(work.session.report());
        let (Some(receipt), Some(path)) = (receipt, work.path.clone()) else {
            return self.fail("已报送，但没有写出回执：记录与内容不符".to_owned());
        };
        let disk = std::sync::Arc::clone(&self.home.disk);
        let write = move |_: &_| receipt.write_beside(&*disk, &path, Timestamp::now());
        self.jobs.start(ctx, write, |app, _, written| match written {
            Ok(path) => app.say(format!(
                "✓ 已报送，已保存。程序不会发送文件，报告和回执请一起交过去；回执写在 {}，由收到报告的一方保存。",
                path.display()
            )),
            Err(err) => app.fail(format!("已报送，但回执没有写成：{err}")),
        });
    }

    /// Holds a copy that was exported, or a receipt, against the open report.
    pub(super) fn hold_against(&mut self, ctx: &Context, path: PathBuf) {
        let Some(work) = self.work() else { return };
        let (form, draft, disk) = (work.session.shared_form(), work.session.draft().clone(), std::sync::Arc::clone(&self.home.disk));
        let name = path.display().to_string();
        let compare = move |_: &_| {
            let hold = if is_receipt(&path) { receipt } else { copy };
            hold(&*disk, &path, form.report(&draft))
        };
        self.jobs.start(ctx, compare, move |app, _, compared| match compared {
            Ok(found) => app.dialog = Some(Dialog::Against(Against { file: name, ..found })),
            Err(why) => app.fail(format!("没有核对：{why}；文件：{name}")),
        });
    }
}

/// The file is named as a receipt.
pub(super) fn is_receipt(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

fn copy(disk: &dyn Disk, path: &Path, report: Report<'_>) -> Result<Against, String> {
    let kind = FileKind::of(path).ok_or_else(|| format!("副本须以 {} 结尾", crate::read::endings(&FileKind::ALL)))?;
    let bytes = store::read_regular(disk, path, MAX_COPY_MB).map_err(|err| err.to_string())?;
    let compared = export::against_copy(kind, &bytes, &export::book(report, None, Zoned::now().date()))?;
    Ok(Against { differences: compared.differences, notes: compared.notes, is_receipt: false, file: String::new() })
}

fn receipt(disk: &dyn Disk, path: &Path, report: Report<'_>) -> Result<Against, String> {
    let bytes = store::read_regular(disk, path, MAX_COPY_MB).map_err(|err| err.to_string())?;
    let receipt = Receipt::read(&bytes).map_err(|damage| format!("不是报送回执，或者损坏：{damage}"))?;
    let notes = vec![format!("回执：{} 于 {} 报送", receipt.filed_by, receipt.filed_at)];
    Ok(Against { differences: receipt.differences(report), notes, is_receipt: true, file: String::new() })
}
