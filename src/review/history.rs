//! The report as it once was, read from the log: each step keeps what leads back to the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::form::{Form, Report};
use crate::model::{Action, Change, Draft, Fingerprint, Item, Parent, Review, Spot, Status, Step, Thread};

/// Goes back through the log from its end and shows the report as it stood after the step at each place, as long as it is
/// told to continue. Only as many states are held at a time as copies went different ways.
pub(super) fn walk_back(review: &Review, mut look: impl FnMut(usize, &Draft) -> ControlFlow<()>) {
    let steps = review.steps();
    let places: BTreeMap<Fingerprint, usize> = steps.iter().enumerate().map(|(place, step)| (step.id, place)).collect();
    let mut waiting: BTreeMap<usize, Draft> = BTreeMap::new();
    waiting.extend(steps.len().checked_sub(1).zip(review.base().map(|base| (**base).clone())));
    while let Some((place, state)) = waiting.pop_last() {
        if look(place, &state).is_break() {
            return;
        }
        let parents = steps.get(place).map_or(&[][..], |step| step.parents.as_slice());
        let known = |parent: &'_ Parent| places.get(&parent.id).copied().filter(|before| *before < place);
        let mut state = Some(state);
        for (left, parent) in (0..parents.len()).rev().zip(parents) {
            let earlier = if left > 0 { state.clone() } else { state.take() };
            if let (Some(before), Some(mut earlier)) = (known(parent), earlier) {
                earlier.put(&parent.was);
                waiting.insert(before, earlier);
            }
        }
    }
}

/// The report as it stood after this step, without a review part.
pub fn state_after(review: &Review, id: Fingerprint) -> Option<Draft> {
    let wanted = review.steps().iter().position(|step| step.id == id)?;
    let mut found = None;
    walk_back(review, |place, state| {
        if place > wanted {
            return ControlFlow::Continue(());
        }
        found = (place == wanted).then(|| state.clone());
        ControlFlow::Break(())
    });
    found
}

/// The step that submitted the report last, with everything that has changed since; while the report is not with the clerk, the
/// one before that, for what was submitted last is what is looked at.
pub fn since_submission(draft: &Draft) -> Option<(Arc<Step>, Vec<Change>)> {
    let is_with_clerk = matches!(draft.review().status(), Status::Draft | Status::Returned);
    let mut submitted = draft.review().steps().iter().rev().filter(|step| step.action == Action::Submit);
    let step = submitted.nth(usize::from(!is_with_clerk))?;
    Some((Arc::clone(step), since(draft, step)?))
}

/// Everything that has changed since this step.
fn since(draft: &Draft, step: &Step) -> Option<Vec<Change>> {
    Some(draft.changes_since(&state_after(draft.review(), step.id)?))
}

/// What has changed since this person looked at it; what was never looked at is no change.
pub fn since_seen(draft: &Draft, name: &str) -> Vec<Change> {
    let seen = draft.review().seen().get(name).into_iter().flatten();
    let change = |(item, old): (&Item, &_)| Change { item: item.clone(), old: Clone::clone(old), new: draft.value(item) };
    seen.map(change).filter(|change| change.old != change.new).collect()
}

/// The step by which the item got the value it has: who, when. Where copies were joined it is looked for in the copy that the
/// value came from. What the first step found there is the first person's; `None` while no step was done since it was typed.
pub fn changed_by<'a>(draft: &'a Draft, item: &Item) -> Option<&'a Arc<Step>> {
    let steps = draft.review().steps();
    if draft.review().base().is_some_and(|base| base.value(item) != draft.value(item)) {
        return None;
    }
    let mut place = steps.len().checked_sub(1)?;
    loop {
        let step = steps.get(place)?;
        let Some(unchanged) = step.parents.iter().find(|parent| !parent.was.contains_key(item)) else { return Some(step) };
        place = steps.get(..place)?.iter().rposition(|step| step.id == unchanged.id)?;
    }
}

/// Something that was asked for when the report was returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The comment, as it stands now.
    pub thread: Thread,
    /// What has changed since at the place it is about.
    pub changes: Vec<Change>,
    /// Somebody has answered since.
    pub is_answered: bool,
}

/// How far a comment is settled, in the clerk's and the reviewer's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Nothing was done.
    Open,
    /// What it is about has changed.
    Changed,
    /// Somebody has answered.
    Answered,
    /// The reviewer has said so.
    Settled,
}

impl TaskState {
    /// The word on screen and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "未办",
            Self::Changed => "已改，待确认",
            Self::Answered => "已答复，待确认",
            Self::Settled => "已解决",
        }
    }
}

impl Task {
    /// How far it is settled.
    pub fn state(&self) -> TaskState {
        match (self.thread.is_resolved, self.changes.is_empty(), self.is_answered) {
            (true, ..) => TaskState::Settled,
            (_, false, _) => TaskState::Changed,
            (_, true, true) => TaskState::Answered,
            (_, true, false) => TaskState::Open,
        }
    }

    /// Something was done about it: changed, answered, settled.
    pub fn is_done(&self) -> bool {
        !self.changes.is_empty() || self.is_answered || self.thread.is_resolved
    }
}

/// What was asked for when the report was last returned, in form order, with what was done about it; the whole report's
/// comments come first. Empty where it was never returned.
pub fn tasks(report: Report<'_>) -> Vec<Task> {
    let steps = report.draft.review().steps();
    let Some(place) = steps.iter().rposition(|step| step.action == Action::Return) else { return Vec::new() };
    let Some((returned, changes)) = steps.get(place).and_then(|step| Some((step, since(report.draft, step)?))) else { return Vec::new() };
    let then = Review::new(steps.iter().take(place + 1).cloned().collect(), None, BTreeMap::new());
    let asked: BTreeSet<Fingerprint> = then.threads().iter().filter(|thread| !thread.is_resolved).map(Thread::id).collect();
    let later: BTreeSet<Fingerprint> = steps.iter().skip(place).filter(|step| step.id != returned.id).map(|step| step.id).collect();
    let task = |thread: Thread| Task {
        changes: changes.iter().filter(|change| is_about(report.form, &thread.spot, &change.item)).cloned().collect(),
        is_answered: thread.replies.iter().any(|reply| later.contains(&reply.id)),
        thread,
    };
    let mut tasks: Vec<Task> =
        report.draft.review().threads().into_iter().filter(|thread| asked.contains(&thread.id())).map(task).collect();
    tasks.sort_by_key(|task| order(report.form, &task.thread.spot));
    tasks
}

/// A comment on this place speaks of this item.
pub fn is_about(form: &Form, spot: &Spot, item: &Item) -> bool {
    let cell = match item {
        Item::Cell(cell) | Item::Control(cell) => Some(*cell),
        _ => None,
    };
    match spot {
        Spot::Report => true,
        Spot::Chapter(no) => match item {
            Item::Text(section) => section.0 == *no,
            _ => cell.is_some_and(|cell| form.chapter_of(cell) == *no),
        },
        Spot::Cell(about) => cell == Some(*about),
        Spot::Row(first) => cell.is_some_and(|cell| {
            let (first, cell) = (form.cell(*first), form.cell(cell));
            first.table == cell.table && first.at.0 == cell.at.0
        }),
        Spot::Finding(key) => {
            let mut checks = form.checks.iter().filter(|check| form.rule(check).id == key.rule && check.at == key.at);
            *item == Item::Reason(key.clone()) || cell.is_some_and(|cell| checks.any(|check| check.cells.contains(&cell)))
        }
        Spot::Passage { section, .. } => *item == Item::Text(*section),
    }
}

/// Places in the order they are read in: chapter, place in it.
fn order(form: &Form, spot: &Spot) -> (u8, usize) {
    match spot {
        Spot::Report => (0, 0),
        Spot::Chapter(no) => (*no, 0),
        Spot::Cell(cell) | Spot::Row(cell) => (form.chapter_of(*cell), cell.index()),
        Spot::Finding(key) => {
            let check = form.checks.iter().find(|check| form.rule(check).id == key.rule && check.at == key.at);
            let cell = check.and_then(|check| check.cells.first());
            cell.map_or((u8::MAX, 0), |cell| (form.chapter_of(*cell), cell.index()))
        }
        Spot::Passage { section, at, .. } => (section.0, *at),
    }
}
