//! Attempt something to a report: allowed by the table, with what it needs, written into the log.

use jiff::{SignedDuration, Timestamp, Unit};

use super::approval::code_now;
use super::code::{TypedCode, code, typed_code};
use super::diff::item_name;
use super::digest::{UNKNOWN, code_hash, digests, digests_at, log_hash, step_id};
use super::verify::{first_flaw, flaw_name};
use crate::form::Report;
use crate::model::{
    Action, ActionKind, Edit, Fingerprint, Objection, Parent, Person, Review, Role, Status, Step, Values, Witness, hidden_sign, step,
};
use crate::rules;
use crate::rules::claims::check_text;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// By whom.
    pub person: Person,
    /// When; kept to the second.
    pub time: Timestamp,
    /// The action, with all that belongs to it.
    pub action: Action,
    /// Comment, answer, reason, remark; for a signature the code typed back.
    pub words: String,
    /// A number that nobody could foresee: see [`draw`].
    pub drawn: Fingerprint,
}

/// A number that nobody can foresee, from the system. The rest of the core takes it as a value.
///
/// # Errors
/// The system gives none.
pub fn draw() -> Result<Fingerprint, Objection> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_unknown| Objection::NoRandom)?;
    Ok(Fingerprint(bytes))
}

/// The status that a action of this person would lead to. Whether the log fits is not asked: see [`act`].
///
/// # Errors
/// The table, or the rule that nobody passes or keys twice what he filled, forbids it.
pub fn may(review: &Review, person: &Person, kind: ActionKind) -> Result<Status, Objection> {
    if person.name.trim().is_empty() {
        return Err(Objection::Nobody);
    }
    let workflow = review.workflow();
    let next = step(review.status(), kind, person.role, workflow)?;
    let has_filled = match kind {
        ActionKind::Pass | ActionKind::Sign => review.has_filled(&person.name),
        ActionKind::SecondEntry => review.had_filled(&person.name),
        _ => false,
    };
    if has_filled && !workflow.allows_same_person {
        return Err(Objection::SamePerson { kind, name: person.name.clone() });
    }
    Ok(next)
}

/// Figures, texts and reasons may be changed by this role now. Over a broken log the clerk may always: nothing is locked by a
/// signature that does not hold, and what somebody else has put in must be mended before it is submitted anew.
///
/// # Errors
/// Whose turn it is instead.
pub fn may_edit(report: Report<'_>, role: Role) -> Result<(), Objection> {
    let review = report.draft.review();
    match step(review.status(), ActionKind::Edit, role, review.workflow()) {
        Err(_) if role == Role::Clerk && first_flaw(report).is_some() => Ok(()),
        allowed => allowed.map(drop),
    }
}

/// The review part after it was done. Who passes or signs without having opened the report here first does so now: 收阅 is
/// written before it.
///
/// # Errors
/// Why it is not done; nothing has changed.
pub fn act(report: Report<'_>, attempt: Attempt) -> Result<Review, Objection> {
    let Report { form, draft } = report;
    let kind = attempt.action.kind();
    proved(report, kind)?;
    may(draft.review(), &attempt.person, kind)?;
    if draft.review().steps().len() + 2 > Review::MAX_STEPS {
        return Err(Objection::Full);
    }
    ready(report, &attempt)?;
    nothing_hidden(report, &attempt)?;
    // Paper that was printed before he opened the report bears an older code: he opens it once more with what he typed.
    let has_paper = kind == ActionKind::Sign && is_code_of_paper(report, &attempt);
    if !matches!(kind, ActionKind::Pass | ActionKind::Sign) || draft.review().has_received(&attempt.person) && !has_paper {
        return Ok(written(report, attempt));
    }
    // What was typed for a signature is the code on the paper in front of the signer: it is kept where he received the report.
    let typed = if kind == ActionKind::Sign { attempt.words.clone() } else { String::new() };
    let receive = Attempt { action: Action::Receive, words: typed, drawn: next_drawn(attempt.drawn), ..attempt.clone() };
    let mut received = draft.clone();
    received.apply(Edit::Review(Box::new(written(report, receive))));
    // The code that was typed was that of the report before it was received.
    let words = if kind == ActionKind::Sign { code_now(form.report(&received)) } else { attempt.words.clone() };
    Ok(written(form.report(&received), Attempt { words, ..attempt }))
}

/// A second number from a drawn one; who does not know the first does not know this one.
fn next_drawn(drawn: Fingerprint) -> Fingerprint {
    code_hash(drawn, None)
}

/// The log fits, or this is the step that begins it anew.
fn proved(report: Report<'_>, kind: ActionKind) -> Result<(), Objection> {
    match (first_flaw(report), kind) {
        (None, ActionKind::Resubmit) => Err(Objection::Unbroken),
        (None, _) | (Some(_), ActionKind::Resubmit) => Ok(()),
        (Some(flaw), _) => Err(Objection::Broken { kind, first: flaw_name(report.draft.review(), flaw).into() }),
    }
}

/// What this action needs is there.
fn ready(report: Report<'_>, attempt: &Attempt) -> Result<(), Objection> {
    let (kind, words, threads) = (attempt.action.kind(), attempt.words.trim(), report.draft.review().threads());
    match &attempt.action {
        Action::Submit | Action::Resubmit(_) | Action::Pass | Action::Sign => {
            let (errors, warnings) = rules::unsolved(report, &rules::check(report), &check_text(report));
            if !errors.is_empty() || !warnings.is_empty() {
                return Err(Objection::Unsolved { kind, errors, warnings });
            }
        }
        Action::Return if words.is_empty() && threads.iter().all(|thread| thread.is_resolved) => {
            return Err(Objection::NothingSaid(kind));
        }
        Action::Comment(_) | Action::Reply(_) | Action::Reopen | Action::SecondEntry if words.is_empty() => {
            return Err(Objection::NothingSaid(kind));
        }
        Action::Reply(id) | Action::Resolve(id) | Action::Unresolve(id) if !threads.iter().any(|thread| thread.id() == *id) => {
            return Err(Objection::NoSuchComment);
        }
        Action::Resolve(id) | Action::Unresolve(id) if attempt.person.role == Role::Clerk => {
            let is_own = threads.iter().any(|thread| thread.id() == *id && thread.comment.person.role == Role::Clerk);
            return if is_own { Ok(()) } else { Err(Objection::NotSettledByClerk) };
        }
        _ => {}
    }
    if attempt.action != Action::Sign || is_code_of_paper(report, attempt) {
        return Ok(());
    }
    match typed_code(words, code_hash_now(report)) {
        TypedCode::Right => Ok(()),
        TypedCode::Other => Err(Objection::WrongCode),
        TypedCode::Mistyped => Err(Objection::MistypedCode),
    }
}

/// What the code of a report that is not signed is made of.
fn code_hash_now(report: Report<'_>) -> Fingerprint {
    code_hash(digests(report, report.draft.review()).sm3, report.draft.review().last().map(|step| step.id))
}

/// The code that paper bears which was printed before this person, whose turn it is, opened the report: it covers the log up to
/// that. None where he has not opened it yet, or somebody has done more than comment since.
pub fn code_of_paper(report: Report<'_>, person: &Person) -> Option<String> {
    hash_of_paper(report, person).map(code)
}

fn hash_of_paper(report: Report<'_>, person: &Person) -> Option<Fingerprint> {
    let review = report.draft.review();
    let since = review.steps().iter().rev().take_while(|step| matches!(step.action.kind(), ActionKind::Receive | ActionKind::Comment));
    let received = since.filter(|step| step.action == Action::Receive && step.person == *person).last()?;
    Some(code_hash(digests(report, review).sm3, received.parents.first().map(|parent| parent.id)))
}

/// What was typed is that code.
fn is_code_of_paper(report: Report<'_>, attempt: &Attempt) -> bool {
    hash_of_paper(report, &attempt.person).is_some_and(|hash| typed_code(&attempt.words, hash) == TypedCode::Right)
}

/// No sign that shows one thing and hands on another: in what is said, and, where the report goes on, in the report.
fn nothing_hidden(report: Report<'_>, attempt: &Attempt) -> Result<(), Objection> {
    let hidden = |place: &str, text: &str| match hidden_sign(text) {
        Some(sign) => Err(Objection::HiddenSign { place: place.into(), sign }),
        None => Ok(()),
    };
    hidden("姓名", attempt.person.name.trim())?;
    hidden(&format!("{}的内容", attempt.action.name()), &attempt.words)?;
    if !matches!(attempt.action, Action::Submit | Action::Resubmit(_) | Action::Pass | Action::Sign) {
        return Ok(());
    }
    let texts = report.draft.items().into_iter().map(|item| (report.draft.value(&item), item));
    texts.into_iter().try_for_each(|(value, item)| {
        value.text().map_or(Ok(()), |text| hidden(&item_name(report.form, &item), &text.replace("\r\n", "\n")))
    })
}

/// The draft's review part with this step done.
fn written(report: Report<'_>, attempt: Attempt) -> Review {
    let review = report.draft.review();
    let Attempt { person, time, action, words, drawn } = attempt;
    let action = match action {
        Action::Resubmit(_) => Action::Resubmit(log_hash(report.form, review.steps().iter().map(|step| &**step))),
        action => action,
    };
    // After a broken log the usual steps hold, whatever it says.
    let workflow = if matches!(action, Action::Resubmit(_)) { crate::model::Workflow::default() } else { review.workflow() };
    let status = step(review.status(), action.kind(), person.role, workflow).unwrap_or_else(|_asked_before| review.status());
    let was = review.base().map_or_else(Values::new, |base| report.draft.back_to(base));
    let parents = review.last().map(|last| Parent { id: last.id, was }).into_iter().collect();
    let person = Person { name: person.name.trim().into(), role: person.role };
    let words = words.trim().into();
    let step = Step { id: UNKNOWN, person, time, action, words, status, sm3: UNKNOWN, sha256: None, parents, witness: None };
    with_step(report, step, drawn)
}

/// The draft's review part with this step, its time, witness and hashes filled in. A step is never earlier than those before it.
pub(super) fn with_step(report: Report<'_>, mut step: Step, drawn: Fingerprint) -> Review {
    let review = report.draft.review();
    let now = step.time.round(Unit::Second).unwrap_or(step.time);
    let before = step.parents.iter().filter_map(|parent| Some(review.step(parent.id)?.time)).max();
    let is_jump = before.is_some_and(|before| before.duration_since(now) > SignedDuration::from_hours(24));
    step.time = before.map_or(now, |before| before.max(now));
    let editors = review.editors().iter().cloned().collect();
    step.witness = Some(Witness { form: report.form.hash, drawn, clock: is_jump.then_some(now), editors });
    let after = digests_at(report, review, Some(&step));
    step.sm3 = after.sm3;
    step.sha256 = (step.action == Action::Sign).then_some(after.sha256);
    step.id = step_id(report.form, &step);
    review.with_step(step, report.draft)
}
