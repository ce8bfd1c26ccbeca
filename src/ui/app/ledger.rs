//! Tables 三 and 四 from the office's register: read off the window's thread, answered on a page over the draft, taken in one step.
//! The answers are kept in a readable file beside the draft.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::screen::App;
use crate::ledger::{self, Answers, Ledger, LedgerError, Register};
use crate::store::{self, Disk, Standing};
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::command::ledger::Tally;
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::decisions::Decisions;
use crate::ui::state::ledger::LedgerPage;
use crate::ui::state::notice::failed;
use crate::ui::state::tallied::Office;

/// Largest file of answers, in megabytes.
const MAX_ANSWERS_MB: u64 = 2;

impl App {
    /// Performs a step with the register.
    pub(super) fn tally(&mut self, ctx: &Context, step: Tally) {
        let is_of_list = !matches!(step, Tally::Files(_) | Tally::Close);
        // The list is of the count before: done when the new one is there.
        if let Some(put_off) = self.ledger.as_mut().and_then(|page| page.put_off.as_mut()).filter(|_| is_of_list) {
            return put_off.push(step);
        }
        match step {
            Tally::Files(paths) => self.read_registers(ctx, paths),
            Tally::Close => self.close_ledger(),
            Tally::Take => self.take_counted(ctx),
            step => match self.ledger.as_mut().map_or(Ok(None), |page| look_through(page, &step)) {
                Ok(answers) => {
                    self.notice = None;
                    if let Some(answers) = answers {
                        self.recount(ctx, answers);
                    }
                }
                Err(err) => self.fail(err.to_string()),
            },
        }
    }

    /// Counts anew with these answers; what is asked for meanwhile is done after it.
    fn recount(&mut self, ctx: &Context, answers: Answers) {
        let Some(page) = self.ledger.as_mut() else { return };
        page.put_off = Some(Vec::new());
        let (count, of) = (page.recount(answers), Arc::clone(&page.all.registers));
        self.jobs.start(
            ctx,
            move |_| count(),
            move |app, ctx, counted| {
                // Another register may have been opened meanwhile.
                let Some(page) = app.ledger.as_mut().filter(|page| Arc::ptr_eq(&page.all.registers, &of)) else { return };
                let put_off = page.put_off.take().unwrap_or_default();
                match counted {
                    Ok(counted) => page.take_count(counted),
                    Err(err) => app.fail(err.to_string()),
                }
                for step in put_off {
                    app.tally(ctx, step);
                }
            },
        );
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

    /// What was dropped may be a register or a report: asked where its heads are those of a register.
    pub(super) fn sort_out(&mut self, ctx: &Context, path: PathBuf) {
        let disk = Arc::clone(&self.home.disk);
        let look = move |_: &_| {
            let register = register(&*disk, &path);
            let is_register = register.is_ok_and(|register| Ledger::shipped().is_ok_and(|ledger| ledger.knows(&register)));
            (is_register, path)
        };
        self.jobs.start(ctx, look, |app, ctx, (is_register, path)| match is_register {
            true => app.dialog = Some(Dialog::RegisterOrReport(path)),
            // What cannot be read is told by who imports it.
            false => app.run(ctx, Receive::Files(vec![path])),
        });
    }

    /// Shows what the office has decided about the words of its registers.
    pub(super) fn show_decisions(&mut self, ctx: &Context) {
        let Some(work) = self.work() else { return };
        let office = Office::of(work.session.shared_form(), work.session.draft().clone(), work.path.as_deref());
        let disk = Arc::clone(&self.home.disk);
        let read = move |_: &_| {
            let answers = office.answers_path.as_deref().map_or_else(|| Ok(Answers::default()), |path| answers(&*disk, path))?;
            Ok(Decisions::of(&office, &answers))
        };
        self.jobs.start(ctx, read, |app, _, read: Result<Decisions, String>| match read {
            Ok(decisions) => app.dialog = Some(Dialog::Decisions(decisions)),
            Err(why) => app.fail(why),
        });
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
        let (Some(path), Ok(text)) = (page.all.office.answers_path.clone(), page.dated_answers().write()) else { return };
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

/// A step that concerns the page alone; the answers, where it gives any.
fn look_through(page: &mut LedgerPage, step: &Tally) -> Result<Option<Answers>, LedgerError> {
    match *step {
        Tally::Choose(place) => return Ok(page.chosen(place)),
        Tally::Typed => return page.typed_day(),
        Tally::Adopt => return Ok(Some(page.adopted())),
        Tally::Tab(tab) => page.show(tab),
        Tally::Row(at) => page.go_to(at),
        Tally::MoreWays => page.more_ways(),
        Tally::Next => page.step(),
        Tally::Lines(cell) => page.show_lines(cell),
        Tally::Replaces(replaces) => page.replaces = replaces,
        Tally::Files(_) | Tally::Take | Tally::Close => {}
    }
    Ok(None)
}
