//! Review actions on the open draft.
//!
//! They are not undone: what was said and done stays in the log. An action that changes the status also ends the undo
//! history, so that what was submitted or returned is not silently taken back; comments leave the history as it is.

use jiff::Timestamp;

use super::Session;
use crate::model::{Action, ActionKind, Draft, Edit, Item, Objection, Person, ReasonKey, Review, Role, Status, step};
use crate::review::{self, Doing};
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
        let review = self.draft.review();
        step(review.status(), ActionKind::Edit, self.role(), review.workflow()).err()
    }

    /// The status that this action would lead to.
    ///
    /// # Errors
    /// Why it is not to be done; for buttons that are greyed and say why.
    pub fn may(&self, kind: ActionKind) -> Result<Status, Objection> {
        let person = self.person.as_ref().ok_or(Objection::Nobody)?;
        review::may(self.draft.review(), person, kind)
    }

    /// Does it: comment, submit, return, pass, sign …; `words` are what is said with it, for a signature the code.
    ///
    /// # Errors
    /// Why it is not done; then nothing has changed.
    pub fn act(&mut self, action: Action, words: &str, now: Timestamp) -> Result<(), Objection> {
        let person = self.person.clone().ok_or(Objection::Nobody)?;
        let doing = Doing { person, time: now, action, words: words.to_owned() };
        let review = review::act(&self.form, &self.draft, doing)?;
        self.put_review(review);
        Ok(())
    }

    /// Marks these items as looked at by this person, as they are.
    pub fn mark_seen(&mut self, items: impl IntoIterator<Item = Item>) {
        let Some(person) = &self.person else { return };
        let review = self.draft.review().with_seen(&person.name, items, &self.draft);
        if review != *self.draft.review() {
            self.put_review(review);
        }
    }

    /// What this person has not looked at as it is now (未看过).
    pub fn unseen(&self) -> Vec<Item> {
        self.person.as_ref().map_or_else(Vec::new, |person| self.draft.review().unseen(&person.name, &self.draft))
    }

    /// Broken error rules, and warnings without a reason for their present figures: what keeps the report from being submitted.
    pub fn unsolved(&self) -> (Vec<ReasonKey>, Vec<ReasonKey>) {
        rules::unsolved(&self.form, &self.draft, &self.findings)
    }

    /// Restores edits after a crash, whoever sits here now. What is restored is the floor: no undo leads below it, and it counts as
    /// unsaved.
    pub fn restore(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            self.draft.apply(edit);
        }
        self.forget_history();
        self.recheck();
    }

    /// Two copies joined into one take the draft's place; the undo history ends here.
    pub fn adopt(&mut self, joined: Draft) {
        self.draft = joined;
        self.forget_history();
        self.recheck();
    }

    fn put_review(&mut self, review: Review) {
        let before = self.draft.review().status();
        self.draft.apply(Edit::Review(Box::new(review)));
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
