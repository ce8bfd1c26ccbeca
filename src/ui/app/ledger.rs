//! Tables 三 and 四 from the office's register: read off the window's thread, answered on a page over the draft, taken in one step.
//! The answers are kept in a readable file beside the draft.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::screen::App;
use crate::ledger::{self, Answers, Register};
use crate::store::{self, Disk, Standing};
use crate::ui::command::Command;
use crate::ui::command::ledger::Tally;
use crate::ui::state::ledger::LedgerPage;
use crate::ui::state::notice::failed;
use crate::ui::state::tallied::Office;

/// Largest file of answers, in megabytes.
const MAX_ANSWERS_MB: u64 = 2;

impl App {
    /// Performs a step with the register.
    pub(super) fn tally(&mut self, ctx: &Context, step: Tally) {
        match step {
            Tally::Files(paths) => self.read_registers(ctx, paths),
            Tally::Take => self.take_counted(ctx),
            Tally::Close => self.close_ledger(),
            step => {
                let done = self.ledger.as_mut().map_or(Ok(()), |page| look_through(page, &step));
                match done {
                    Ok(()) => self.notice = None,
                    Err(err) => self.fail(err.to_string()),
                }
            }
        }
    }

    /// Reads registers for the open report and shows what they come to.
    pub(super) fn read_registers(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        self.commit();
        let Some(work) = self.work() else {
            return self.fail("从台账取数要填进一份报告：请先新建或打开今年的草稿，再取数".to_owned());
        };
        if work.is_read_only() {
            return self.run(ctx, Command::SayReadOnly);
        }
        let office = Office::of(work.session.shared_form(), work.session.draft().clone(), work.path.as_deref());
        let disk = Arc::clone(&self.home.disk);
        let read = move |_: &_| page(&*disk, office, &paths);
        self.jobs.start(ctx, read, |app, _, page| match page {
            Ok(page) if app.work().is_some() => (app.ledger, app.notice) = (Some(Box::new(page)), None),
            Ok(_) => {}
            Err(why) => app.fail(failed("没有取数", &why)),
        });
    }

    /// Figures and where they come from go into the draft, as one step; the answers into their file.
    fn take_counted(&mut self, ctx: &Context) {
        let Some(page) = &self.ledger else { return };
        let (edits, num_waiting) = self.work().map_or_else(Default::default, |work| page.edits(work.session.draft()));
        if edits.is_empty() {
            return self.fail("还有没定的，一格也不能填；请先按 F8 把要问的定下来".to_owned());
        }
        let num_filled = edits.len() - 1;
        self.keep_answers(ctx);
        let table =
            self.ledger.take().and_then(|page| page.all.counted.figures.keys().next().map(|cell| page.all.office.form.cell(*cell).table));
        self.run(ctx, Command::Change(edits));
        if let Some(work) = self.screen.work_mut() {
            if let Some(table) = table {
                work.show_table(table);
            }
            work.take_focus = true;
        }
        let waiting = if num_waiting > 0 { format!("还没定的 {num_waiting} 格没有填；") } else { String::new() };
        self.say(format!("✓ 已从台账填入 {num_filled} 格，{waiting}可用 Ctrl+Z 一步撤销；把光标放到格上，右边列出它的台账行"));
    }

    /// Puts the page away. Answers that have no file to be kept in would be lost: that is said first.
    fn close_ledger(&mut self) {
        if let Some(page) = self.ledger.as_mut().filter(|page| page.has_answers() && !page.warned) {
            page.warned = true;
            return self.fail("定过的还没有填进草稿，也没有存；再按一次 Esc 就不要了".to_owned());
        }
        (self.ledger, self.notice) = (None, None);
        if let Some(work) = self.screen.work_mut() {
            work.take_focus = true;
        }
    }

    /// Writes the answers beside the draft.
    fn keep_answers(&mut self, ctx: &Context) {
        let Some(page) = self.ledger.as_deref().filter(|page| page.has_answers()) else { return };
        let (Some(path), Ok(text)) = (page.all.office.answers_path.clone(), page.all.answers.write()) else { return };
        let disk = Arc::clone(&self.home.disk);
        let write = move |_: &_| store::write_output(&*disk, &path, text.as_bytes());
        self.jobs.start(ctx, write, |app, _, written| {
            if let Err(err) = written {
                app.fail(failed("定过的归类没有存下来", &err.to_string()));
            }
        });
    }
}

/// The page of these registers, with the answers that the office has given before.
fn page(disk: &dyn Disk, office: Office, paths: &[PathBuf]) -> Result<LedgerPage, String> {
    let registers = paths.iter().map(|path| register(disk, path)).collect::<Result<Vec<_>, String>>()?;
    let answers = office.answers_path.as_deref().map_or_else(|| Ok(Answers::default()), |path| answers(disk, path))?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    LedgerPage::new(office, registers, answers).map_err(|err| format!("{err}；文件：{}", names.join("、")))
}

fn register(disk: &dyn Disk, path: &Path) -> Result<Register, String> {
    let bytes = store::read_regular(disk, path, ledger::MAX_MB).map_err(|err| err.to_string())?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    ledger::open(&name, &bytes).map_err(|err| format!("{err}；文件：{}", path.display()))
}

fn answers(disk: &dyn Disk, path: &Path) -> Result<Answers, String> {
    if matches!(disk.standing(path), Ok(Standing::Missing)) {
        return Ok(Answers::default());
    }
    let bytes = store::read_regular(disk, path, MAX_ANSWERS_MB).map_err(|err| err.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_not_text| format!("归类文件不是 UTF-8 文字；文件：{}", path.display()))?;
    Answers::read(&text).map_err(|err| format!("{err}；文件：{}", path.display()))
}

/// A step that concerns the page alone.
fn look_through(page: &mut LedgerPage, step: &Tally) -> Result<(), ledger::LedgerError> {
    match *step {
        Tally::Tab(tab) => page.show(tab),
        Tally::Row(at) => page.go_to(at),
        Tally::Choose(place) => page.choose(place)?,
        Tally::Typed => page.choose_typed()?,
        Tally::Adopt => page.adopt()?,
        Tally::MoreWays => page.more_ways(),
        Tally::Next => page.step(),
        Tally::Lines(cell) => page.show_lines(cell),
        Tally::Replaces(replaces) => page.replaces = replaces,
        Tally::Files(_) | Tally::Take | Tally::Close => {}
    }
    Ok(())
}
