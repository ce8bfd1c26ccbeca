//! Whether the log fits the report. Whoever changes the file with another program breaks one of these; whoever also computes
//! all hashes anew is found out by the code on paper.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::digest::{digests, is_code, step_id};
use super::history::walk_back;
use crate::form::Form;
use crate::model::{Action, Draft, Review, Step, step};

/// The first step that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Place in the log, from 0.
    pub place: usize,
    /// What is wrong.
    pub what: Broken,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The step was altered: it has not the hash it names.
    Altered,
    /// It does not follow on the step before.
    Chain,
    /// The table does not allow it, or leads elsewhere.
    Status,
    /// The code typed for the signature is not that of what was signed.
    Code,
    /// The report as it stood after this step is not the one hashed then: figures, texts, reasons or comments were altered.
    Report,
    /// The report was changed after the signature.
    Signed,
}

impl Broken {
    /// What is wrong, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Altered => "这一步的记录被改动过",
            Self::Chain => "这一步接不上前一步，有记录被删去或调换",
            Self::Status => "这一步不合办理环节",
            Self::Code => "签发时输入的核对码与签发的内容不符",
            Self::Report => "这一步以后，报告内容被另外改动过，与当时留下的校验值不符",
            Self::Signed => "签发以后，报告内容被改动过",
        }
    }
}

/// The first step that does not fit; `None` when all do.
pub fn first_flaw(form: &Form, draft: &Draft) -> Option<Flaw> {
    let review = draft.review();
    let steps = review.steps();
    for (place, step) in steps.iter().enumerate() {
        if let Some(what) = broken_link(form, steps, place, step) {
            return Some(Flaw { place, what });
        }
    }
    // Every step but the last is followed by another: a log has one end.
    let is_followed = |id| steps.iter().any(|step| step.parents.iter().any(|parent| parent.id == id));
    if let Some(place) = steps.iter().rev().skip(1).position(|step| !is_followed(step.id)) {
        return Some(Flaw { place: steps.len() - 2 - place, what: Broken::Chain });
    }
    broken_states(form, draft)
}

type Steps<'a> = &'a [std::sync::Arc<Step>];

/// The step at this place against those before it.
fn broken_link(form: &Form, steps: Steps<'_>, place: usize, found: &Step) -> Option<Broken> {
    let before = steps.get(..place).unwrap_or_default();
    if step_id(form, found) != found.id {
        return Some(Broken::Altered);
    }
    let known = found.parents.iter().map(|parent| before.iter().find(|step| step.id == parent.id));
    let Some(parents) = known.collect::<Option<Vec<_>>>() else { return Some(Broken::Chain) };
    let is_joined = found.action == Action::Join;
    if parents.len() > 1 + usize::from(is_joined) || before.iter().any(|step| step.id == found.id) {
        return Some(Broken::Chain);
    }
    let from = parents.iter().map(|step| step.status).min().unwrap_or_default();
    // Of its own copy: another one that was joined later may have arranged other steps meanwhile.
    let workflow = ancestry(steps, place).workflow();
    let leads_here = match step(from, found.action.kind(), found.person.role, workflow) {
        // A copy without a log, which counts as a draft, may have been joined.
        Ok(next) => found.status == next || is_joined && found.status < next,
        Err(_) => false,
    };
    if !leads_here {
        return Some(Broken::Status);
    }
    (found.action == Action::Sign && !is_code(&found.words, found.sm3)).then_some(Broken::Code)
}

/// The report after each step against the hash taken then. The last is looked at first: if the report itself was altered, it
/// is not the log that is wrong.
fn broken_states(form: &Form, draft: &Draft) -> Option<Flaw> {
    let review = draft.review();
    let steps = review.steps();
    let fits = |place: usize, state: &Draft| {
        steps.get(place).is_none_or(|step| {
            let found = digests(form, state, &ancestry(steps, place));
            found.sm3 == step.sm3 && step.sha256.is_none_or(|sha256| sha256 == found.sha256)
        })
    };
    let last = steps.len().checked_sub(1)?;
    let mut first_broken = None;
    walk_back(review, |place, state| {
        if !fits(place, state) {
            first_broken = Some(place);
        }
        if first_broken == Some(last) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Some(place) = first_broken {
        return Some(Flaw { place, what: Broken::Report });
    }
    let is_changed = review.status().is_locked() && review.base().is_some_and(|base| !draft.changes_since(base).is_empty());
    let signed = steps.iter().rposition(|step| step.action == Action::Sign);
    signed.filter(|_| is_changed).map(|place| Flaw { place, what: Broken::Signed })
}

/// The log as it was after the step at this place: the step and all it follows on.
fn ancestry(steps: Steps<'_>, place: usize) -> Review {
    let mut wanted: BTreeSet<_> = steps.get(place).map(|step| step.id).into_iter().collect();
    let mut found = Vec::new();
    for step in steps.iter().take(place + 1).rev() {
        if wanted.contains(&step.id) {
            wanted.extend(step.parents.iter().map(|parent| parent.id));
            found.push(std::sync::Arc::clone(step));
        }
    }
    found.reverse();
    Review::new(found, None, BTreeMap::new())
}
