//! The review part of a draft: one log of everything that was done, and what follows from it.
//!
//! The log is the only record. Status, comments, the office's steps and the signature are read from it, so that none of them
//! can be at odds with it, and joining two copies is joining their logs.

use std::sync::Arc;

use jiff::Timestamp;

use super::log::{Action, Fingerprint, Person, Spot, Step};
use super::plain::plain_name;
use super::status::{Status, Workflow};
use super::{Draft, Item, Review};

/// A comment with its answers. What is said when a report is returned is one too, on the whole report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Number among the comments, from 1, for people.
    pub no: usize,
    /// The step that wrote the comment, or returned the report with these words.
    pub comment: Arc<Step>,
    /// What it is about.
    pub spot: Spot,
    /// The answers, oldest first.
    pub replies: Vec<Arc<Step>>,
    /// 已解决.
    pub is_resolved: bool,
}

impl Thread {
    /// By which an answer names it.
    pub fn id(&self) -> Fingerprint {
        self.comment.id
    }
}

impl Step {
    /// What the step is a comment on, if it is one.
    pub fn comments_on(&self) -> Option<Spot> {
        match &self.action {
            Action::Comment(spot) => Some(spot.clone()),
            Action::Return if !self.words.is_empty() => Some(Spot::Report),
            _ => None,
        }
    }

    /// Whoever goes by this name did a clerk's work before or in this step.
    pub fn is_by_clerk(&self, is_same: impl Fn(&str) -> bool) -> bool {
        let editors = self.witness.as_ref().map_or(&[][..], |witness| &witness.editors);
        let has_changed = editors.is_empty() && self.action != Action::Join && self.parents.iter().any(|parent| !parent.was.is_empty());
        let is_clerk = matches!(self.action, Action::Submit | Action::Resubmit(_)) || has_changed;
        editors.iter().any(|editor| is_same(editor)) || is_clerk && is_same(&self.person.name)
    }
}

impl Review {
    /// Nothing was done or looked at.
    pub fn is_empty(&self) -> bool {
        self.steps().is_empty() && self.seen().is_empty() && self.editors().is_empty() && !self.is_unsealed()
    }

    /// How far the report has come.
    pub fn status(&self) -> Status {
        self.last().map_or(Status::Draft, |step| step.status)
    }

    /// When it came to its present status; none while nothing was done.
    pub fn since(&self) -> Option<Timestamp> {
        let here = self.steps().iter().rev().take_while(|step| step.status == self.status());
        here.last().map(|step| step.time)
    }

    /// Steps that the proof speaks of: from the last resubmission over a broken log on.
    pub fn start(&self) -> usize {
        self.steps().iter().rposition(|step| matches!(step.action, Action::Resubmit(_))).unwrap_or(0)
    }

    /// The office's steps; the usual ones again after a broken log.
    pub fn workflow(&self) -> Workflow {
        let arranged = self.steps().iter().skip(self.start()).rev().find_map(|step| match &step.action {
            Action::Arrange(workflow) => Some(*workflow),
            _ => None,
        });
        arranged.unwrap_or_default()
    }

    /// The signature in force; see `review::approval` for whether the report is still what was signed.
    pub fn signature(&self) -> Option<&Arc<Step>> {
        self.steps().iter().rev().find(|step| step.action == Action::Sign).filter(|_| self.status().is_locked())
    }

    /// The person has filled some of this report: typed in it, submitted it, or done a step with changed figures or texts that
    /// nobody else is known to have typed. However the name is written: see [`plain_name`].
    pub fn has_filled(&self, name: &str) -> bool {
        let name = plain_name(name);
        let is_same = |other: &str| plain_name(other) == name;
        self.editors().iter().any(|editor| is_same(editor)) || self.had_filled(&name)
    }

    /// The same, up to the last step: who keys a table twice types where both entries differ, and is no clerk for that.
    pub fn had_filled(&self, name: &str) -> bool {
        let name = plain_name(name);
        self.steps().iter().any(|step| step.is_by_clerk(|other| plain_name(other) == name))
    }

    /// This person has opened the report where it stands now, in this place.
    pub fn has_received(&self, person: &Person) -> bool {
        let here = self.steps().iter().rev().take_while(|step| step.status == self.status());
        let is_same = |step: &Step| step.person.role == person.role && plain_name(&step.person.name) == plain_name(&person.name);
        here.into_iter().any(|step| step.action == Action::Receive && is_same(step))
    }

    /// All comments, oldest first.
    pub fn threads(&self) -> Vec<Thread> {
        let mut threads: Vec<Thread> = Vec::new();
        for step in self.steps() {
            if let Some(spot) = step.comments_on() {
                let (no, comment) = (threads.len() + 1, Arc::clone(step));
                threads.push(Thread { no, comment, spot, replies: Vec::new(), is_resolved: false });
                continue;
            }
            let (id, resolved) = match &step.action {
                Action::Reply(id) => (id, None),
                Action::Resolve(id) => (id, Some(true)),
                Action::Unresolve(id) => (id, Some(false)),
                _ => continue,
            };
            if let Some(thread) = threads.iter_mut().find(|thread| thread.id() == *id) {
                if !step.words.is_empty() {
                    thread.replies.push(Arc::clone(step));
                }
                thread.is_resolved = resolved.unwrap_or(thread.is_resolved);
            }
        }
        threads
    }

    /// What this person has not yet looked at as it is now: cells, control figures, texts and reasons that hold something.
    pub fn unseen(&self, name: &str, draft: &Draft) -> Vec<Item> {
        let seen = self.seen().get(name);
        let is_seen = |item: &Item| seen.and_then(|seen| seen.get(item)).is_some_and(|value| *value == draft.value(item));
        let shown = |item: &Item| !matches!(item, Item::Totals) && (matches!(item, Item::Cell(_)) || !draft.value(item).is_blank());
        draft.items().into_iter().filter(|item| shown(item) && !is_seen(item)).collect()
    }

    /// With these items marked as looked at by this person, as they are.
    #[must_use]
    pub fn with_seen(&self, name: &str, items: impl IntoIterator<Item = Item>, draft: &Draft) -> Self {
        let mut seen = self.seen().clone();
        let values = items.into_iter().map(|item| (draft.value(&item), item)).map(|(value, item)| (item, value));
        seen.entry(name.into()).or_default().extend(values);
        self.clone().with_all_seen(seen)
    }

    /// Without this item among what this person has looked at.
    #[must_use]
    pub fn without_seen(&self, name: &str, item: &Item) -> Self {
        let mut seen = self.seen().clone();
        if let Some(values) = seen.get_mut(name) {
            values.remove(item);
        }
        self.clone().with_all_seen(seen)
    }

    /// Most steps a log takes; a report has some dozens.
    pub const MAX_STEPS: usize = 2000;

    /// Most times copies are joined.
    pub const MAX_JOINS: usize = 100;

    /// With one more step, after which the report is this one.
    #[must_use]
    pub fn with_step(&self, step: Step, report: &Draft) -> Self {
        let mut steps = self.steps().to_vec();
        steps.push(Arc::new(step));
        Self::new(steps, Some(Arc::new(report.without_review())), self.seen().clone())
    }
}
