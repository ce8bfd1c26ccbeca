//! Two copies of one report become one: what only one of them changed is taken, what both changed is asked, logs and comments
//! are joined, nothing is dropped.
//!
//! What "changed" means is told by the last step that both logs have: each step keeps the way back to the report as it then
//! stood. A copy without a log counts as handed over before the other's first step. Where nothing is known, a blank gives way
//! and all else that differs is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::act::with_step;
use super::diff::{item_name, value_name};
use super::digest::UNKNOWN;
use super::history::state_after;
use super::verify::{first_flaw, flaw_name};
use crate::form::{Form, Report};
use crate::model::{
    Action, ActionKind, Change, Draft, Edit, Item, Objection, Parent, Person, Review, Role, Status, Step, Totals, Value, Values,
    plain_name, step,
};
use crate::rules;

/// An item that both copies changed, each to another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The place where both copies changed.
    pub item: Item,
    /// What it held when the copies parted, where that is known.
    pub base: Option<Value>,
    /// What it holds in this copy.
    pub mine: Value,
    /// What it holds in the other one.
    pub theirs: Value,
}

impl Conflict {
    /// For the log: what was chosen, and what was not, so that it is not lost.
    fn settled(&self, form: &Form, chosen: &Value) -> String {
        let name = |value| value_name(form, &self.item, value);
        let others: Vec<String> = [&self.mine, &self.theirs].into_iter().filter(|value| *value != chosen).map(name).collect();
        format!("{}：采用 {}，未采用 {}", item_name(form, &self.item), name(chosen), others.join("、"))
    }
}

/// Why two files cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unjoinable {
    /// They are reports of different years, on different forms, or of different agencies.
    OtherReport,
    /// The log of one does not prove what it says, or began anew after it had not.
    Broken(String),
    /// A signed copy and one with something else: joining would void the signature.
    Signed,
    /// Nobody is named who joins them, or the log is full.
    Objected(Objection),
    /// So many conflicts are not settled.
    Unsettled(usize),
}

impl Unjoinable {
    /// Why, and what to do.
    pub fn words(&self) -> String {
        match self {
            Self::OtherReport => "两份不是同一单位、同一年度、同一表样的报告，不能合并".to_owned(),
            Self::Broken(first) => format!("其中一份的办理记录与内容不符，不能合并：{first}"),
            Self::Signed => {
                "其中一份已经签发，另一份里还有别的改动或批注；合并会使签发失效。确要合并的，请先重新打开已签发的那一份".to_owned()
            }
            Self::Objected(objection) => objection.words(),
            Self::Unsettled(num) => format!("两份都改过、而且改得不一样的还有 {num} 处没有选定"),
        }
    }
}

/// Two copies about to be joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    mine: Draft,
    theirs: Draft,
    /// One copy holds everything the other does.
    whole: Option<Draft>,
    /// The report with all that is not asked.
    merged: Draft,
    conflicts: Vec<Conflict>,
}

impl Join {
    /// Lays two copies beside each other. Nothing is decided yet.
    ///
    /// # Errors
    /// They cannot be joined.
    pub fn new(mine: Report<'_>, theirs: &Draft) -> Result<Self, Unjoinable> {
        let Report { form, draft: mine } = mine;
        if (&mine.form, mine.year) != (&theirs.form, theirs.year) {
            return Err(Unjoinable::OtherReport);
        }
        if !are_of_one_agency(mine, theirs) {
            return Err(Unjoinable::OtherReport);
        }
        for copy in [mine, theirs] {
            first_flaw(form.report(copy)).map_or(Ok(()), |flaw| Err(Unjoinable::Broken(flaw_name(copy.review(), flaw))))?;
        }
        let whole = if holds_all_of(mine, theirs) { Some(mine) } else { Some(theirs).filter(|theirs| holds_all_of(theirs, mine)) };
        if whole.is_none() {
            began_alike(mine, theirs)?;
            for copy in [mine, theirs] {
                let joined = step(copy.review().status(), ActionKind::Join, Role::Clerk, copy.review().workflow());
                joined.map_err(|_locked| Unjoinable::Signed)?;
            }
        }
        let mut join = Self {
            merged: whole.unwrap_or(mine).without_review(),
            whole: whole.cloned(),
            mine: mine.clone(),
            theirs: theirs.clone(),
            conflicts: Vec::new(),
        };
        if join.whole.is_none() {
            join.compare(form);
        }
        Ok(join)
    }

    fn compare(&mut self, form: &Form) {
        let base = parting(&self.mine, &self.theirs);
        let mut items: BTreeSet<Item> = self.mine.items();
        items.extend(self.theirs.items());
        items.extend(base.iter().flat_map(Draft::items));
        let are_computed = [&self.mine, &self.theirs].iter().all(|copy| copy.totals() == Totals::Computed);
        let follows = |item: &Item| are_computed && matches!(item, Item::Cell(cell) if form.cell(*cell).total.is_some());
        for item in items.into_iter().filter(|item| !follows(item)) {
            let (mine, theirs) = (self.mine.value(&item), self.theirs.value(&item));
            let before = base.as_ref().map(|base| base.value(&item));
            let (only_theirs, only_mine) = match &before {
                Some(before) => (mine == *before, theirs == *before),
                None => (mine.is_blank(), theirs.is_blank()),
            };
            if mine == theirs || only_mine && !only_theirs {
                continue;
            }
            if only_theirs {
                put(&mut self.merged, &item, theirs);
            } else {
                self.conflicts.push(Conflict { item, base: before, mine, theirs });
            }
        }
    }

    /// What both copies changed, each to another value, in the order it is read.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What comes from the other copy without being asked.
    pub fn taken(&self) -> Vec<Change> {
        self.merged.changes_since(&self.mine)
    }

    /// One report, with these values where both had changed something, and one log. The step that joined them keeps the way
    /// back to both.
    ///
    /// # Errors
    /// A conflict has no value chosen, or nobody is named.
    pub fn finish(self, form: &Form, person: &Person, now: Timestamp, choices: &Values) -> Result<Draft, Unjoinable> {
        let seen = all_seen(self.mine.review(), self.theirs.review());
        let editors: Vec<Box<str>> = [&self.mine, &self.theirs].into_iter().flat_map(|copy| copy.review().editors()).cloned().collect();
        if let Some(mut whole) = self.whole {
            let review = whole.review();
            let review = Review::new(review.steps().to_vec(), review.base().cloned(), seen).with_editors(editors);
            whole.apply(Edit::Review(Box::new(review)));
            return Ok(whole);
        }
        if person.name.trim().is_empty() {
            return Err(Unjoinable::Objected(Objection::Nobody));
        }
        let (mine, theirs) = (self.mine.review(), self.theirs.review());
        let steps: Vec<Arc<Step>> =
            mine.steps().iter().chain(theirs.steps().iter().filter(|step| mine.step(step.id).is_none())).cloned().collect();
        let num_joins = steps.iter().filter(|step| step.action == Action::Join).count();
        if steps.len() >= 2 * Review::MAX_STEPS || num_joins >= Review::MAX_JOINS {
            return Err(Unjoinable::Objected(Objection::Full));
        }
        let mut merged = self.merged;
        let (mut num_unsettled, mut words) = (0, Vec::new());
        for conflict in &self.conflicts {
            match choices.get(&conflict.item) {
                Some(value) => {
                    put(&mut merged, &conflict.item, value.clone());
                    words.push(conflict.settled(form, value));
                }
                None => num_unsettled += 1,
            }
        }
        if num_unsettled > 0 {
            return Err(Unjoinable::Unsettled(num_unsettled));
        }
        if merged.totals() == Totals::Computed {
            rules::compute_totals(form, &mut merged);
        }
        let mut parents: Vec<Parent> = Vec::new();
        for review in [mine, theirs] {
            let (Some(last), Some(base)) = (review.last(), review.base()) else { continue };
            if parents.iter().all(|parent| parent.id != last.id) {
                parents.push(Parent { id: last.id, was: merged.back_to(base) });
            }
        }
        let is_logged = !steps.is_empty() || !words.is_empty();
        merged.apply(Edit::Review(Box::new(Review::new(steps, None, seen).with_editors(editors))));
        if is_logged {
            let (action, status) = (Action::Join, mine.status().min(theirs.status()));
            let (person, words) = (person.clone(), words.join("\n").into());
            let step = Step { id: UNKNOWN, person, time: now, action, words, status, sm3: UNKNOWN, sha256: None, parents, witness: None };
            let review = with_step(form.report(&merged), step, UNKNOWN);
            merged.apply(Edit::Review(Box::new(review)));
        }
        Ok(merged)
    }

    /// The status that comes of it: of two, the one that is less far.
    pub fn status(&self) -> Status {
        self.whole.as_ref().map_or_else(|| self.mine.review().status().min(self.theirs.review().status()), |whole| whole.review().status())
    }
}

/// The agencies have one name, or the logs begin together: then one copy has mended the name.
fn are_of_one_agency(mine: &Draft, theirs: &Draft) -> bool {
    let first = |copy: &Draft| copy.review().steps().first().map(|step| step.id);
    plain_name(&mine.agency) == plain_name(&theirs.agency) || first(mine).is_some() && first(mine) == first(theirs)
}

/// A log that began anew over a broken one is not joined with one that did not.
fn began_alike(mine: &Draft, theirs: &Draft) -> Result<(), Unjoinable> {
    let began = |copy: &Draft| copy.review().steps().get(copy.review().start()).filter(|_| copy.review().start() > 0).map(|step| step.id);
    let anew = [mine, theirs].into_iter().find(|copy| began(copy).is_some());
    match anew.filter(|_| began(mine) != began(theirs)) {
        Some(copy) => Err(Unjoinable::Broken(format!("第 {} 步重新送审，此前的记录已作废", copy.review().start() + 1))),
        None => Ok(()),
    }
}

fn put(draft: &mut Draft, item: &Item, value: Value) {
    if let Some(edit) = draft.edit_to(item, value) {
        draft.apply(edit);
    }
}

/// The one copy's log has all steps of the other's, and the other has not changed since its own last step.
fn holds_all_of(whole: &Draft, part: &Draft) -> bool {
    let has_all = part.review().steps().iter().all(|step| whole.review().step(step.id).is_some());
    let own = part.without_review();
    let is_unchanged = match part.review().base() {
        Some(base) => own == **base,
        None => own == whole.without_review() || at_first_step(whole).is_some_and(|first| own == first),
    };
    has_all && is_unchanged
}

/// The report as it stood when the copies parted: after the last step both have. A copy without a log was handed over before
/// the other's first step.
fn parting(mine: &Draft, theirs: &Draft) -> Option<Draft> {
    if mine.review().steps().is_empty() || theirs.review().steps().is_empty() {
        return at_first_step(mine).or_else(|| at_first_step(theirs));
    }
    let common = mine.review().steps().iter().rev().find(|step| theirs.review().step(step.id).is_some())?;
    state_after(mine.review(), common.id)
}

fn at_first_step(draft: &Draft) -> Option<Draft> {
    draft.review().steps().first().and_then(|step| state_after(draft.review(), step.id))
}

/// What was looked at in either copy; where both say something, the other copy's.
fn all_seen(mine: &Review, theirs: &Review) -> BTreeMap<Box<str>, Values> {
    let mut seen = mine.seen().clone();
    for (name, values) in theirs.seen() {
        seen.entry(name.clone()).or_default().extend(values.clone());
    }
    seen
}
