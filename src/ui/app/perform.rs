//! Performing commands. What concerns the open report alone is [`Work::perform`]'s; what waits for a disk or a person, asks
//! something or leaves the report is done here and in the files beside this one.

use egui::{Context, ViewportCommand};
use jiff::Zoned;

use super::screen::App;
use crate::export::Edition;
use crate::form::catalog::usual_year;
use crate::model::{ActionKind, Edit, Ground, LastYear};
use crate::review;
use crate::store::{Example, Opened, To};
use crate::ui::command::Command;
use crate::ui::command::files::Purpose;
use crate::ui::command::named::Named;
use crate::ui::command::pictures::Pictures;
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::insert::InsertForm;
use crate::ui::dialog::moving::MovingForm;
use crate::ui::dialog::path::PathForm;
use crate::ui::state::practice::Practice;
use crate::ui::state::recent::LeftDraft;
use crate::ui::state::work::Work;
use crate::ui::view::figure_card::card_at;

impl App {
    /// Performs a command.
    pub fn run(&mut self, ctx: &Context, command: impl Into<Command>) {
        let command = command.into();
        if self.waits(&command) {
            return;
        }
        match command {
            Command::Named(named) if self.run_named(ctx, named) => {}
            Command::Start(agency, year) => self.start(ctx, agency, year),
            Command::MoveTo(agency, year) => self.move_to(ctx, agency, year, false),
            Command::MoveOn(agency, year) => self.move_to(ctx, agency, year, true),
            Command::LastYear(what) => self.run_last_year(ctx, what),
            Command::OpenPath(path) => self.load(ctx, path),
            Command::LeaveOut(path) => self.leave_out(ctx, path),
            Command::Preview(edition) => self.preview(ctx, edition),
            Command::Receive(step) => self.receive_step(ctx, step),
            Command::Tally(step) => self.tally(ctx, step),
            Command::Many(step) => self.county_step(ctx, step),
            Command::PutIn(workbook, into) => self.put_in(ctx, &workbook, into),
            Command::Recover(journal) => self.recover(ctx, &journal),
            Command::AskForget(journal) => {
                let left = self.left.iter().find(|left| left.file == journal);
                self.dialog = left.map(LeftDraft::of).map(Dialog::Forget);
            }
            Command::Forget(journal) => self.forget(ctx, &journal),
            Command::SaveBeside => {
                if let Some(path) = self.work().and_then(|work| work.path.clone()) {
                    self.order(ctx, To::Beside(path));
                }
            }
            Command::SaveThen(then) => {
                self.after_save = Some(*then);
                self.save(ctx);
            }
            Command::DiscardThen(then) => {
                self.leave(ctx);
                self.run(ctx, *then);
            }
            Command::TotalsFrom(totals) => self.remember_totals(ctx, totals),
            Command::Cancel => (self.after_save, self.ahead) = (None, None),
            Command::Picked(purpose, path) => self.picked(ctx, purpose, path),
            Command::LookUp(purpose, text) => self.look_up(ctx, purpose, text),
            Command::StopExport => self.give_up(),
            // Whoever may not change the report may still look at it and save pictures of it.
            Command::Pictures(Pictures::Write { .. }) if self.work().is_some_and(Work::is_read_only) => self.run(ctx, Command::SayReadOnly),
            Command::Pictures(what) => self.run_pictures(ctx, what),
            Command::Versions(ask) => self.ask_versions(ctx, ask),
            Command::AskPaste(block) => self.dialog = Some(Dialog::Paste(block)),
            Command::Copy(text) => ctx.copy_text(text),
            Command::AskClipboard => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Command::ShowFile(path, _) => self.show_file(ctx, path),
            Command::SetPerson(person, workflow) => self.set_person(ctx, person, workflow),
            Command::Act(kind) => self.ask_act(kind),
            Command::StepKept(kind) => self.step_kept(ctx, kind),
            Command::Do(action, words) => {
                if let Err(why) = self.act(ctx, &action, &words) {
                    self.fail(why);
                }
            }
            Command::CommentOn(spot) => self.comment_on(spot),
            Command::Join(join, choices) => self.join(&join, &choices),
            Command::Second(what) => self.run_second(ctx, what),
            Command::Look(look) => self.change_look(ctx, look),
            Command::GroupDigits(groups) => self.group_digits(ctx, groups),
            Command::Zoom { larger } => zoom(ctx, larger),
            Command::DismissNotice => self.notice = None,
            command => {
                // What was said of a reason that is judged now concerns nobody any more.
                if matches!(command, Command::Judge(..)) {
                    self.notice = None;
                }
                // What went well concerns nobody any more once work goes on.
                let is_text = matches!(command, Command::Type(Edit::Text(..)));
                if command.changes_draft() && !is_text && self.notice.as_ref().is_some_and(|notice| !notice.is_error) {
                    self.notice = None;
                }
                let switches_totals = command == Named::SwitchTotals.into();
                if let Some(Err(why)) = self.screen.work_mut().map(|work| work.perform(command)) {
                    self.fail(why.words());
                }
                if let Some(totals) = self.work().filter(|_| switches_totals).map(|work| work.session.draft().totals()) {
                    self.remember_totals(ctx, totals);
                }
            }
        }
    }

    /// Performs it, unless it concerns the open draft alone; whether it did.
    fn run_named(&mut self, ctx: &Context, named: Named) -> bool {
        match named {
            Named::New => {
                self.reload_thresholds(ctx);
                let now = Zoned::now();
                let year = usual_year(now.year(), now.month()).to_string();
                self.dialog = Some(Dialog::New { agency: self.settings.agency.clone(), year, totals: self.settings.totals() });
            }
            Named::NewFromLast => {
                self.reload_thresholds(ctx);
                self.pick(ctx, Purpose::Last);
            }
            Named::Open => self.pick(ctx, Purpose::Open),
            Named::OpenExample => self.open_example(ctx, Example::Older),
            Named::OpenFaulty => self.open_example(ctx, Example::Current),
            Named::Import => self.pick(ctx, Purpose::Import),
            Named::County => self.pick(ctx, Purpose::County),
            Named::Ledger => self.pick(ctx, Purpose::Ledger),
            Named::Save => self.save(ctx),
            Named::SaveAs => self.pick(ctx, Purpose::Save),
            Named::Rename => {
                let draft = self.work().map(|work| work.session.draft());
                self.dialog = draft.map(|draft| Dialog::Rename { agency: draft.agency.clone(), year: draft.year.to_string() });
            }
            Named::Export => self.pick(ctx, Purpose::Export),
            Named::ExportClean => self.pick(ctx, Purpose::Clean),
            Named::ExportPublic => self.pick(ctx, Purpose::Public),
            Named::ExportAll => self.pick(ctx, Purpose::Folder),
            Named::ExportSummary => self.pick(ctx, Purpose::Summary),
            Named::CopyPage => self.copy_page(ctx),
            Named::Preview => self.preview(ctx, Edition::Office),
            Named::Print => self.print(ctx),
            Named::OpenPrior => self.pick(ctx, Purpose::Prior),
            Named::KeyPrior => self.key_prior(ctx),
            Named::OpenCopy => self.pick(ctx, Purpose::Join),
            Named::Versions => self.list_versions(ctx),
            Named::Backup => self.ask_backup(ctx, None),
            Named::Thresholds => self.show_thresholds(ctx),
            Named::Close => {
                self.leave(ctx);
                self.back_to_county();
                self.look_up_recent(ctx);
            }
            Named::Quit => {
                self.leave(ctx);
                if !self.after_keeping(Named::Quit.into()) {
                    self.quits = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
            }
            Named::Manual => self.open_manual(ctx),
            Named::Help => self.dialog = Some(Dialog::Help),
            Named::About => self.dialog = Some(Dialog::About(self.about())),
            Named::Practice => self.practise(ctx),
            Named::AskPerson => self.ask_person(None),
            Named::WayOn => self.way_on(),
            Named::GiveBack => self.ask_act(ActionKind::Return),
            Named::Comment => self.comment(ctx),
            Named::KeyTwice => self.ask_second(ctx),
            Named::Log => self.ask_log(),
            Named::Against => self.pick(ctx, Purpose::Against),
            Named::InsertFigure => self.ask_insert(ctx),
            Named::ShowFigure => self.show_figure(ctx),
            Named::Trend => self.show_trend(ctx),
            Named::Decisions => self.show_decisions(ctx),
            _ => return false,
        }
        true
    }

    /// Asks which figure of the tables goes into the text.
    fn ask_insert(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        if work.is_read_only() {
            return self.run(ctx, Command::SayReadOnly);
        }
        match super::review::cursor(work, ctx) {
            Some((section, at)) => self.dialog = Some(Dialog::Insert(InsertForm { section, at, typed: String::new() })),
            None => self.fail("表里的数只能插入正文，请先转到一、五、六章".to_owned()),
        }
    }

    /// Opens the card of the figure at the cursor, or puts it away.
    fn show_figure(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        if work.figure_card.take().is_some() {
            return;
        }
        let card = super::review::cursor(work, ctx).and_then(|(section, at)| card_at(work, section, at, true));
        match card {
            Some(card) => work.figure_card = Some(card),
            None => self.fail("光标处没有与表核对的数；请把光标移到画线的数上，再按一次".to_owned()),
        }
    }

    /// The command is not performed now: it would lose changes, and is asked about; or what it reads is just being written.
    fn waits(&mut self, command: &Command) -> bool {
        if self.keeps_keying(command) {
            return true;
        }
        let is_at_stake = |work: &Work| work.practice.is_none() && (work.session.is_modified() || work.is_editing());
        if command.leaves_draft() && self.work().is_some_and(is_at_stake) {
            self.commit();
            self.dialog = Some(Dialog::Unsaved(command.clone()));
            return true;
        }
        matches!(command, Command::OpenPath(_) | Command::Second(_)) && self.after_keeping(command.clone())
    }

    /// Performs what a question was answered with.
    pub(super) fn answer(&mut self, ctx: &Context, command: Command) {
        if matches!(command, Command::LookUp(..)) {
            return self.run(ctx, command);
        }
        match (self.dialog.take(), command) {
            // What is refused can be said otherwise.
            (Some(Dialog::Act(form)), Command::Do(action, words)) => {
                if let Err(why) = self.act(ctx, &action, &words) {
                    self.dialog = Some(Dialog::Act(form.refused(why)));
                }
            }
            (_, command) => self.run(ctx, command),
        }
        if let Some(work) = self.screen.work_mut() {
            work.take_focus = true;
        }
    }

    /// Starts a report for this agency and year.
    fn start(&mut self, ctx: &Context, agency: String, year: u16) {
        match self.catalog.for_year(year) {
            Ok(form) => {
                self.remember_agency(ctx, &agency);
                let (form, draft) = self.blank(form, agency, year);
                self.open(ctx, Opened::without_file(&self.home, form, draft));
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    /// The open report was begun for the wrong year: it goes on as a new draft of this year, on the form of that. Its file stays.
    /// Where the form is another one, it is shown first where every cell goes.
    fn move_to(&mut self, ctx: &Context, agency: String, year: u16, is_agreed: bool) {
        self.commit();
        let Some(work) = self.work() else { return };
        let (old_form, old) = (work.session.shared_form(), work.session.draft().clone());
        let form = match self.catalog.for_year(year) {
            Ok(form) if old.review().steps().is_empty() && !work.is_read_only() => form,
            Ok(_) => return self.fail("已有办理记录或者别处正打开着，年度不能再改".to_owned()),
            Err(err) => return self.fail(err.to_string()),
        };
        let migration = (form.id != old_form.id).then(|| review::moved(old_form.report(&old), &form));
        if let Some(migration) = migration.as_ref().filter(|_| !is_agreed) {
            self.dialog = Some(Dialog::Moving(MovingForm {
                command: Command::MoveOn(agency, year),
                names: format!("{}（{} 年）→ {}（{year} 年）", old_form.name, old.year, form.name),
                parts: review::ledger_words(&old_form, &form, migration),
                totals: migration.totals.iter().map(|total| (review::total_words(total), total.is_proved())).collect(),
            }));
            return;
        }
        let moved_words = migration.as_ref().map(|migration| review::moved_words(old_form.report(&old), &form, migration));
        let mut moved = migration.map_or_else(|| old.without_review(), |migration| migration.draft);
        (moved.agency, moved.year) = (agency, year);
        // It was last year's for another year.
        moved.apply(Edit::last_year(LastYear::default()));
        // On its own form the sums are as they were; on another, the words of the move name what was repaired.
        let adjustments = if moved_words.is_none() { old.ground().adjustments.clone() } else { Vec::new() };
        let moved_from = moved_words.clone().unwrap_or_default().into();
        moved.apply(Edit::ground(Ground {
            thresholds: form.own_thresholds(&old.ground().thresholds),
            moved: moved_from,
            adjustments,
            ..Ground::default()
        }));
        let empty = form.draft(moved.agency.clone(), year);
        let edits = moved.edits_since(&empty);
        self.open(ctx, Opened::without_file(&self.home, form, empty));
        if let Some(work) = self.screen.work_mut() {
            // Undo leads no further back than here: an empty form would be nobody's report.
            work.session.restore(edits);
        }
        let what = moved_words.map_or_else(String::new, |words| format!("{words}。"));
        self.say(format!("✓ 已改为 {year} 年的报告，是一份新草稿，请保存；原来的文件没有改动。{what}"));
    }

    /// Opens the practice sheet: a blank draft on the newest form.
    fn practise(&mut self, ctx: &Context) {
        let Some(form) = self.catalog.forms().last().cloned() else { return };
        let draft = form.draft("练习用表".to_owned(), form.years.0);
        self.leave(ctx);
        self.show(form, draft, None);
        if let Some(work) = self.screen.work_mut() {
            work.practice = Some(Practice::default());
            work.show_chapter(3);
        }
    }

    /// Shows the card of keys.
    pub fn show_help(&mut self) {
        self.dialog = Some(Dialog::Help);
    }

    /// Asks for a path where the system has no dialog for it.
    pub(super) fn ask_path(&mut self, purpose: Purpose, path: &std::path::Path) {
        self.dialog = Some(Dialog::Path(PathForm::new(purpose, path)));
    }
}

/// Smallest and largest size: large letters for tired eyes, small ones for small screens.
const ZOOMS: std::ops::RangeInclusive<f32> = 0.6..=2.0;

/// Makes everything larger or smaller by a tenth.
pub(super) fn zoom(ctx: &Context, larger: bool) {
    let factor = if larger { 1.1 } else { 1.0 / 1.1 };
    ctx.set_zoom_factor((ctx.zoom_factor() * factor).clamp(*ZOOMS.start(), *ZOOMS.end()));
}
