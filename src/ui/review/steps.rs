//! What the window does for a review: asks who sits here, asks what a step needs, does it.

use egui::text_edit::TextEditState;
use egui::{Context, Ui};
use jiff::Timestamp;

use super::compose::{About, Composer};
use super::{ActForm, JoinForm, List, PersonForm, changes_ui, comments_ui, settle_ui, tabs_ui};
use crate::form::Body;
use crate::model::{self, Action, ActionKind, Draft, Person, SectionId, Spot, Workflow};
use crate::review::{self, Join};
use crate::ui::App;
use crate::ui::chapter::text_id;
use crate::ui::command::Command;
use crate::ui::dialogs::Dialog;
use crate::ui::findings::findings_ui;
use crate::ui::work::Work;

/// The list on the right: findings, comments or differences.
pub fn list_ui(ui: &mut Ui, work: &mut Work) -> Vec<Command> {
    let mut commands = tabs_ui(ui, work);
    commands.extend(match work.desk.list {
        List::Findings => findings_ui(ui, work),
        List::Comments => comments_ui(ui, work),
        List::Changes => changes_ui(ui, work),
        List::Second => settle_ui(ui, work),
    });
    commands
}

impl App {
    /// Asks who sits here; then does this.
    pub(in crate::ui) fn ask_person(&mut self, then: Option<Command>) {
        let session = self.work.as_ref().map(|work| &work.session);
        let office = session.filter(|session| session.may(ActionKind::Arrange).is_ok() || session.person().is_none());
        let office = office.map(|session| session.draft().review().workflow());
        let form = PersonForm::new(self.settings.person().as_ref(), office);
        self.dialog = Some(Dialog::Person(form, then.map(Box::new)));
    }

    /// From now on this person sits here; the office has these steps.
    pub(in crate::ui) fn set_person(&mut self, ctx: &Context, person: Person, office: Option<Workflow>) {
        // What was said to whoever sat here before does not concern this person.
        self.notice = None;
        self.settings.set_person(&person);
        self.keep_settings(ctx);
        let Some(work) = &mut self.work else { return };
        work.commit();
        work.seat(Some(person));
        let before = work.session.draft().review().workflow();
        if let Some(office) = office.filter(|office| *office != before)
            && let Err(why) = self.act(&Action::Arrange(office), "")
        {
            self.fail(why);
        }
    }

    /// Asks for what a step needs.
    pub(in crate::ui) fn ask_act(&mut self, deed: ActionKind) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::Act(deed)));
        }
        if work.sheet.is_some() {
            return self.fail(format!("这是双录的第二遍，只用来对照，不能{deed}；请先“与第一遍对照”"));
        }
        match work.session.may(deed) {
            Ok(_) => self.dialog = Some(Dialog::Act(ActForm::new(deed, &work.session))),
            Err(why) => self.fail(why.words()),
        }
    }

    /// Asks for the step that this person is there for now.
    pub(in crate::ui) fn way_on(&mut self) {
        let Some(work) = &self.work else { return };
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::WayOn));
        }
        let ways = [ActionKind::Submit, ActionKind::Pass, ActionKind::Sign, ActionKind::File, ActionKind::Publish];
        // What somebody else is to do now is refused in words that say who.
        let status = work.session.draft().review().status();
        let mine = ways.into_iter().find(|deed| work.session.may(*deed).is_ok());
        let way = mine.or(ways.into_iter().find(|deed| !model::may(status, *deed).is_empty()));
        self.ask_act(way.unwrap_or(ActionKind::Submit));
    }

    /// Does a step, or says why not.
    pub(in crate::ui) fn act(&mut self, action: &Action, words: &str) -> Result<(), String> {
        let Some(work) = &mut self.work else { return Ok(()) };
        if work.is_held() {
            return Err("别处正打开着这份草稿，这里只能查看".to_owned());
        }
        work.session.act(action.clone(), words, Timestamp::now()).map_err(|why| why.words())?;
        if action.kind() != ActionKind::Comment {
            let deed = action.kind();
            let status = work.session.draft().review().status();
            self.say(format!("✓ 已{deed}，现在是“{status}”。请保存，再交给下一位。"));
        }
        Ok(())
    }

    /// Proves the log and shows it.
    pub(in crate::ui) fn ask_log(&mut self) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        let flaw = review::first_flaw(work.session.form(), work.session.draft());
        self.dialog = Some(Dialog::Log(flaw));
    }

    /// Lays another copy beside this one and asks what is to be asked.
    pub(in crate::ui) fn ask_join(&mut self, theirs: &Draft) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::OpenCopy));
        }
        match Join::new(work.session.form(), work.session.draft(), theirs) {
            Ok(join) => self.dialog = Some(Dialog::Join(Box::new(JoinForm::new(join)))),
            Err(why) => self.fail(why.words()),
        }
    }

    /// Joins the copies as it was chosen.
    pub(in crate::ui) fn join(&mut self, form: JoinForm) {
        let Some(work) = &mut self.work else { return };
        let Some(person) = work.session.person().cloned() else { return };
        match form.join.finish(work.session.form(), &person, Timestamp::now(), &form.choices) {
            Ok(joined) => {
                work.session.adopt(joined);
                self.say("✓ 已合并另一份副本。请看一遍，再保存。".to_owned());
            }
            Err(why) => self.fail(why.words()),
        }
    }

    /// Begins a comment on what the cursor is on.
    pub(in crate::ui) fn comment(&mut self, ctx: &Context) {
        let Some(work) = &mut self.work else { return };
        work.commit();
        let spot = spot_here(work, ctx);
        self.comment_on(spot);
    }

    /// Begins a comment on this place.
    pub(in crate::ui) fn comment_on(&mut self, spot: Spot) {
        let Some(work) = &mut self.work else { return };
        if work.session.person().is_none() {
            return self.ask_person(Some(Command::CommentOn(spot)));
        }
        match work.session.may(ActionKind::Comment) {
            Ok(_) => {
                work.desk.list = List::Comments;
                work.desk.composer = Some(Composer::new(About::Spot(spot)));
            }
            Err(why) => self.fail(why.words()),
        }
    }
}

/// What the cursor is on: a cell, a whole row, a selected passage, a chapter.
fn spot_here(work: &mut Work, ctx: &Context) -> Spot {
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

/// The selected words of a text.
fn passage(work: &Work, ctx: &Context, section: SectionId) -> Option<Spot> {
    let range = TextEditState::load(ctx, text_id(section))?.cursor.char_range()?;
    let chars = range.as_sorted_char_range();
    let (first, end) = (chars.start.0, chars.end.0);
    let quote: String = work.session.draft().section(section).chars().skip(first).take(end - first).collect();
    (!quote.trim().is_empty()).then(|| Spot::Passage { section, at: first, quote: quote.into() })
}
