//! What the window does for a review: asks who sits here, asks what a step needs, does it.

use egui::Context;
use egui::text_edit::TextEditState;
use jiff::Timestamp;

use super::screen::App;
use crate::form::Body;
use crate::model::{self, Action, ActionKind, Draft, Person, Review, Role, SectionId, Spot, Values, Workflow};
use crate::review::{self, Join, Judgement};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::{List, Reading};
use crate::ui::dialog::act::ActForm;
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::joining::JoinForm;
use crate::ui::dialog::person::PersonForm;
use crate::ui::look::rare::is_printable;
use crate::ui::state::composer::{About, Composer};
use crate::ui::state::work::Work;
use crate::ui::view::chapter::text_id;

impl App {
    /// Asks who sits here; then does this.
    pub(super) fn ask_person(&mut self, then: Option<Command>) {
        let session = self.work().map(|work| &work.session);
        let workflow = session.filter(|session| session.may(ActionKind::Arrange).is_ok() || session.person().is_none());
        let workflow = workflow.map(|session| session.draft().review().workflow());
        // Before anything was done to it, whoever sits here is the one who sat here last.
        let review = session.map(|session| session.draft().review()).filter(|review| !review.steps().is_empty());
        let form = PersonForm::new(self.settings.person().as_ref(), workflow, review.map(Review::status));
        self.dialog = Some(Dialog::Person(form, then.map(Box::new)));
    }

    /// From now on this person sits here; the office has these steps.
    pub(super) fn set_person(&mut self, ctx: &Context, person: Person, workflow: Option<Workflow>) {
        // What was said to whoever sat here before does not concern this person.
        self.notice = None;
        if let Err(why) = is_printable("姓名", &person.name) {
            return self.fail(why.words());
        }
        self.settings.set_person(&person);
        self.keep_settings(ctx);
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        work.set_person(Some(person));
        let before = work.session.draft().review().workflow();
        if let Some(workflow) = workflow.filter(|workflow| *workflow != before)
            && let Err(why) = self.act(ctx, &Action::Arrange(workflow), "")
        {
            self.fail(why);
        }
        self.receive(ctx);
    }

    /// Asks for what a step needs.
    pub(super) fn ask_act(&mut self, kind: ActionKind) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::Act(kind)));
        }
        if work.sheet.is_some() {
            return self.fail(format!("这是双录的第二遍，只用来对照，不能{kind}；请先“与第一遍对照”"));
        }
        if kind == ActionKind::Pass && work.session.role() == Role::Reviewer && work.session.may(kind).is_ok() {
            let open = work.session.explained().iter().filter(|one| one.judgement != Judgement::Accepted).count();
            if open > 0 {
                work.reading = Some(Reading::Explained);
                return self.fail(format!("还不能通过：填报人已说明的还有 {open} 条没有认可。按 Y 认可，按 N 写批注后退回"));
            }
        }
        if matches!(kind, ActionKind::Pass | ActionKind::Sign)
            && let Err(why) = self.received()
        {
            return self.fail(why.words());
        }
        let Some(work) = self.work() else { return };
        match work.session.may(kind) {
            Ok(_) => self.dialog = Some(Dialog::Act(ActForm::new(kind, &work.session))),
            Err(why) => self.fail(why.words()),
        }
    }

    /// Asks for the step that this person is there for now.
    pub(super) fn way_on(&mut self) {
        let Some(work) = self.work() else { return };
        if work.session.person().is_none() {
            return self.ask_person(Some(Named::WayOn.into()));
        }
        let ways = [ActionKind::Submit, ActionKind::Pass, ActionKind::Sign, ActionKind::File, ActionKind::Publish];
        // What somebody else is to do now is refused in words that say who.
        let status = work.session.draft().review().status();
        let mine = std::iter::once(ActionKind::Resubmit).chain(ways).find(|kind| work.session.may(*kind).is_ok());
        let way = mine.or(ways.into_iter().find(|kind| !model::may(status, *kind).is_empty()));
        self.ask_act(way.unwrap_or(ActionKind::Submit));
    }

    /// Does a step and puts it on disk, or says why not.
    pub(super) fn act(&mut self, ctx: &Context, action: &Action, words: &str) -> Result<(), String> {
        let Some(work) = self.screen.work_mut() else { return Ok(()) };
        if work.is_held() {
            return Err("别处正打开着这份草稿，这里只能查看".to_owned());
        }
        let name = work.session.person().map_or("", |person| &person.name);
        let printable = is_printable("姓名", name).and_then(|()| is_printable(&format!("{}的内容", action.name()), words));
        let acted = printable.and_then(|()| work.session.act(action.clone(), words, Timestamp::now()));
        acted.map_err(|why| why.words())?;
        let kind = action.kind();
        if kind != ActionKind::Comment {
            let status = work.session.draft().review().status();
            self.say(format!("✓ 已{kind}，现在是“{status}”。请保存，再交给下一位。"));
        }
        self.keep_step(ctx, kind);
        Ok(())
    }

    /// Proves the log and shows it.
    pub(super) fn ask_log(&mut self) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        let flaw = review::first_flaw(work.session.report());
        self.dialog = Some(Dialog::Log(flaw));
    }

    /// Lays another copy beside this one and asks what is to be asked.
    pub(super) fn ask_join(&mut self, theirs: &Draft) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Named::OpenCopy.into()));
        }
        match Join::new(work.session.report(), theirs) {
            Ok(join) => self.dialog = Some(Dialog::Join(Box::new(JoinForm::new(join)))),
            Err(why) => self.fail(why.words()),
        }
    }

    /// Joins the copies, with these values where both had changed something.
    pub(super) fn join(&mut self, join: &Join, choices: &Values) {
        let Some(work) = self.screen.work_mut() else { return };
        let Some(person) = work.session.person().cloned() else { return };
        match join.clone().finish(work.session.form(), &person, Timestamp::now(), choices) {
            Ok(joined) => {
                work.session.adopt(joined);
                self.say("✓ 已合并另一份副本。请看一遍，再保存。".to_owned());
            }
            Err(why) => self.fail(why.words()),
        }
    }

    /// Begins a comment on what the cursor is on.
    pub(super) fn comment(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        let spot = spot_here(work, ctx);
        self.comment_on(spot);
    }

    /// Begins a comment on this place.
    pub(super) fn comment_on(&mut self, spot: Spot) {
        let Some(work) = self.screen.work_mut() else { return };
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::CommentOn(spot)));
        }
        match work.session.may(ActionKind::Comment) {
            Ok(_) => {
                // On the reader's desk the card it is about takes it.
                work.reading = work.reading.filter(|reading| *reading == Reading::Explained && matches!(spot, Spot::Finding(_)));
                work.panel.list = List::Comments;
                work.panel.composer = Some(Composer::new(About::Spot(spot)));
            }
            Err(why) => self.fail(why.words()),
        }
    }
}

/// What the cursor is on: a cell, a whole row, a selected passage, a chapter.
fn spot_here(work: &Work, ctx: &Context) -> Spot {
    let no = work.chapter;
    if let Some(cell) = work.focused_cell() {
        let selected = work.selected_cells();
        let form = work.session.form();
        let row = form.cell(cell).at.0;
        let is_row = |cells: &[_]| {
            let all = form.cells().filter(|(_, other)| other.table == form.cell(cell).table && other.at.0 == row).count();
            cells.len() > 1 && cells.len() == all && cells.iter().all(|cell| form.cell(*cell).at.0 == row)
        };
        return match selected.first().filter(|_| is_row(&selected)) {
            Some(first) => Spot::Row(*first),
            None => Spot::Cell(cell),
        };
    }
    let section = work.session.form().chapter(no).and_then(|chapter| match chapter.body {
        Body::Text(section, _) => Some(section),
        Body::Table(_) => None,
    });
    section.and_then(|section| passage(work, ctx, section)).unwrap_or(Spot::Chapter(no))
}

/// The chapter of text on screen and the character the cursor is before; its end where it has no cursor.
pub(super) fn cursor(work: &Work, ctx: &Context) -> Option<(SectionId, usize)> {
    let Body::Text(section, _) = work.session.form().chapter(work.chapter)?.body else { return None };
    let end = work.session.draft().section(section).chars().count();
    let range = TextEditState::load(ctx, text_id(section)).and_then(|state| state.cursor.char_range());
    Some((section, range.map_or(end, |range| range.as_sorted_char_range().end.0.min(end))))
}

/// The selected words of a text.
fn passage(work: &Work, ctx: &Context, section: SectionId) -> Option<Spot> {
    let range = TextEditState::load(ctx, text_id(section))?.cursor.char_range()?;
    let chars = range.as_sorted_char_range();
    let (first, end) = (chars.start.0, chars.end.0);
    let quote: String = work.session.draft().section(section).chars().skip(first).take(end - first).collect();
    (!quote.trim().is_empty()).then(|| Spot::Passage { section, at: first, quote: quote.into() })
}
