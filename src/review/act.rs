//! Doing something to a report: allowed by the table, with what it needs, written into the log.

use jiff::{Timestamp, Unit};

use super::digest::{UNKNOWN, digests, is_code, step_id};
use crate::form::Form;
use crate::model::{Action, ActionKind, Draft, Objection, Parent, Person, Review, Status, Step, Values, step};
use crate::rules;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Doing {
    /// By whom.
    pub person: Person,
    /// When; kept to the second.
    pub time: Timestamp,
    /// What.
    pub action: Action,
    /// Comment, answer, reason, remark; for a signature the code typed back.
    pub words: String,
}

/// The status that a action of this person would lead to.
///
/// # Errors
/// The table, or the rule that nobody passes or keys twice what he filled, forbids it.
pub fn may(review: &Review, person: &Person, kind: ActionKind) -> Result<Status, Objection> {
    if person.name.trim().is_empty() {
        return Err(Objection::Nobody);
    }
    let workflow = review.workflow();
    let next = step(review.status(), kind, person.role, workflow)?;
    if matches!(kind, ActionKind::Pass | ActionKind::Sign | ActionKind::SecondEntry)
        && !workflow.allows_same_person
        && review.has_filled(&person.name)
    {
        return Err(Objection::SamePerson { kind, name: person.name.clone() });
    }
    Ok(next)
}

/// The review part after it was done.
///
/// # Errors
/// Why it is not done; nothing has changed.
pub fn act(form: &Form, draft: &Draft, doing: Doing) -> Result<Review, Objection> {
    let Doing { person, time, action, words } = doing;
    let (review, kind, words) = (draft.review(), action.kind(), words.trim());
    let status = may(review, &person, kind)?;
    if review.steps().len() >= Review::MAX_STEPS {
        return Err(Objection::Full);
    }
    let threads = review.threads();
    match &action {
        Action::Submit => {
            let (errors, warnings) = rules::unsolved(form, draft, &rules::check(form, draft));
            if !errors.is_empty() || !warnings.is_empty() {
                return Err(Objection::Unsolved { errors, warnings });
            }
        }
        Action::Return if words.is_empty() && threads.iter().all(|thread| thread.is_resolved) => {
            return Err(Objection::NothingSaid(kind));
        }
        Action::Comment(_) | Action::Reply(_) | Action::Reopen | Action::SecondEntry if words.is_empty() => {
            return Err(Objection::NothingSaid(kind));
        }
        Action::Sign if !is_code(words, digests(form, draft, review).sm3) => return Err(Objection::WrongCode),
        _ => {}
    }
    if let Action::Reply(id) | Action::Resolve(id) | Action::Unresolve(id) = &action
        && !threads.iter().any(|thread| thread.id() == *id)
    {
        return Err(Objection::NoSuchComment);
    }
    let was = review.base().map_or_else(Values::new, |base| draft.back_to(base));
    let parents = review.last().map(|last| Parent { id: last.id, was }).into_iter().collect();
    let person = Person { name: person.name.trim().into(), role: person.role };
    Ok(with_step(form, draft, Step { id: UNKNOWN, person, time, action, words: words.into(), status, sm3: UNKNOWN, sha256: None, parents }))
}

/// The draft's review part with this step, its hashes filled in.
pub(super) fn with_step(form: &Form, draft: &Draft, mut step: Step) -> Review {
    step.time = step.time.round(Unit::Second).unwrap_or(step.time);
    // The step itself may be a comment: the hash is that of the state after it.
    let after = digests(form, draft, &draft.review().with_step(step.clone(), draft));
    step.sm3 = after.sm3;
    step.sha256 = (step.action == Action::Sign).then_some(after.sha256);
    step.id = step_id(form, &step);
    draft.review().with_step(step, draft)
}
