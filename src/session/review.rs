//! Review actions on the open draft.
//!
//! They are not undone: what was said and done stays in the log. An action that changes the status also ends the undo
//! history, so that what was submitted or returned is not silently taken back; comments leave the history as it is.

use jiff::Timestamp;

use super::Session;
use crate::model::{Action, ActionKind, Draft, Edit, Item, Objection, Person, ReasonKey, Review, Role, Status, step};
use crate::review::{self, Attempt, Explained, Standing};
use crate::rules;

impl Session {
    /// Who sits at this window; nobody until it is said.
    pub fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    /// From now on this person acts.
    pub fn set_person(&mut self, person: Option<Person>) {
        self.person = person;
    }

    /// In whose place they act; a clerk's until it is said.
    pub fn role(&self) -> Role {
        self.person.as_ref().map_or(Role::Clerk, |person| person.role)
    }

    /// Why the draft is not to be edited now; `None` when it may be. Edits made all the same change nothing.
    pub fn read_only(&self) -> Option<Objection> {
        let (review, role) = (self.draft.review(), self.role());
        // Over a broken log the clerk mends what somebody else has put in: see `review::may_edit`.
        let mends = self.flaw.is_some() && role == Role::Clerk;
        step(review.status(), ActionKind::Edit, role, review.workflow()).err().filter(|_| !mends)
    }

    /// The status that this action would lead to.
    ///
    /// # Errors
    /// Why it is not to be done; for buttons that are greyed and say why.
    pub fn may(&self, kind: ActionKind) -> Result<Status, Objection> {
        let person = self.person.as_ref().ok_or(Objection::Nobody)?;
        match self.flaw {
            Some(flaw) if kind != ActionKind::Resubmit => {
                let first = review::flaw_name(self.draft.review(), flaw).into();
                return Err(Objection::Broken { kind, first });
            }
            None if kind == ActionKind::Resubmit => return Err(Objection::Unbroken),
            _ => {}
        }
        review::may(self.draft.review(), person, kind)
    }

    /// Does it: comment, submit, return, pass, sign …; `words` are what is said with it, for a signature the code.
    ///
    /// # Errors
    /// Why it is not done; then nothing has changed.
    pub fn act(&mut self, action: Action, words: &str, now: Timestamp) -> Result<(), Objection> {
        let person = self.person.clone().ok_or(Objection::Nobody)?;
        let attempt = Attempt { person, time: now, action, words: words.to_owned(), drawn: review::draw()? };
        let review = review::act(self.report(), attempt)?;
        self.put_review(review);
        Ok(())
    }

    /// How the report stands: its status, or that the log does not prove it.
    pub fn standing(&self) -> Standing {
        Standing::of(self.draft.review().status(), self.flaw)
    }

    /// The person opens the report: writes 收阅 with a drawn number, if it is this person who is to pass or sign it now and that
    /// has not been written yet. To be called when a report is opened or somebody says who he is; and before the code is shown
    /// that is to be typed back. Returns whether it was written.
    ///
    /// # Errors
    /// The log is full, the name has hidden signs, or the system gives no random numbers.
    pub fn receive(&mut self, now: Timestamp) -> Result<bool, Objection> {
        let Some(person) = self.person.clone() else { return Ok(false) };
        let is_his = self.flaw.is_none() && review::may(self.draft.review(), &person, ActionKind::Receive).is_ok();
        if !is_his || self.draft.review().has_received(&person) {
            return Ok(false);
        }
        self.act(Action::Receive, "", now).map(|()| true)
    }

    /// Who types goes into the log as one who filled the report, whoever submits it.
    pub(super) fn note_editor(&mut self) {
        let review = self.draft.review();
        let name = self.person.as_ref().map(|person| person.name.trim()).filter(|name| !name.is_empty());
        if let Some(name) = name.filter(|name| !review.editors().contains(*name)) {
            let noted = review.clone().with_editors([name.into()]);
            self.draft.apply(Edit::Review(Box::new(noted)));
        }
    }

    pub(super) fn prove(&mut self) {
        self.flaw = review::first_flaw(self.report());
    }

    /// Marks these items as looked at by this person, as they are.
    pub fn mark_seen(&mut self, items: impl IntoIterator<Item = Item>) {
        let Some(person) = &self.person else { return };
        let review = self.draft.review().with_seen(&person.name, items, &self.draft);
        if review != *self.draft.review() {
            self.put_review(review);
        }
    }

    /// This person takes back that he has looked at the item.
    pub fn mark_unseen(&mut self, item: &Item) {
        let Some(person) = &self.person else { return };
        let review = self.draft.review().without_seen(&person.name, item);
        if review != *self.draft.review() {
            self.put_review(review);
        }
    }

    /// What this person has not looked at as it is now (未看过).
    pub fn unseen(&self) -> Vec<Item> {
        self.person.as_ref().map_or_else(Vec::new, |person| self.draft.review().unseen(&person.name, &self.draft))
    }

    /// The explained warnings, as this person stands to them.
    pub fn explained(&self) -> Vec<Explained> {
        let name = self.person.as_ref().map_or("", |person| &*person.name);
        review::explained(self.report(), &self.findings, self.text_findings(), name)
    }

    /// Broken error rules, and warnings without a reason for their present figures: what keeps the report from being submitted.
    pub fn unsolved(&self) -> (Vec<ReasonKey>, Vec<ReasonKey>) {
        rules::unsolved(self.report(), &self.findings, &self.texts.findings)
    }

    /// Restores edits after a crash, whoever sits here now. What is restored is the floor: no undo leads below it, and it counts as
    /// unsaved.
    pub fn restore(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            self.draft.apply(edit);
        }
        self.prove();
        self.forget_history();
        self.recheck();
    }

    /// Two copies joined into one take the draft's place; the undo history ends here.
    pub fn adopt(&mut self, joined: Draft) {
        self.draft = joined;
        self.prove();
        self.forget_history();
        self.recheck();
    }

    fn put_review(&mut self, review: Review) {
        let (before, num_steps) = (self.draft.review().status(), self.draft.review().steps().len());
        self.draft.apply(Edit::Review(Box::new(review)));
        if self.draft.review().steps().len() != num_steps {
            self.prove();
        }
        if self.draft.review().status() != before {
            self.forget_history();
        }
        self.revision += 1;
    }

    fn forget_history(&mut self) {
        self.undo.clear();
        self.redo.clear();
    }
}
