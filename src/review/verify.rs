//! Whether the log fits the report. Whoever changes the file with another program breaks one of these; whoever also computes
//! all hashes anew is found out by the code on paper, by a receipt, or by another copy.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::code::{TypedCode, is_old_code, typed_code};
use super::digest::{Digests, code_hash, digests_at, log_hash, step_id};
use super::history::walk_back;
use super::past::Past;
use crate::form::{Form, Report};
use crate::model::{Action, ActionKind, Draft, Fingerprint, Review, Status, Step, Workflow, plain_name, step};

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
    /// It bears an earlier time than a step before it.
    Time,
    /// It was done on a form file with other words or rules than the one at hand.
    Form,
    /// Whoever filled the report passed or signed it, against the office's steps.
    SamePerson,
    /// It was passed or signed by someone who had not opened it.
    Unread,
    /// The code typed for the signature is not that of what was signed.
    Code,
    /// The report as it stood after this step is not the one hashed then: figures, texts, reasons or comments were altered.
    Report,
    /// The report was changed after the signature.
    Signed,
    /// What is left of the log fits, but another program has written in the file: the last steps may have been cut off.
    Seal,
}

impl Broken {
    /// What is wrong, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Altered => "这一步的记录被改动过",
            Self::Chain => "这一步接不上前一步，有记录被删去或调换",
            Self::Status => "这一步不合办理环节",
            Self::Time => "这一步的时间早于前一步",
            Self::Form => "这一步用的表样文件与现在的不同，标题或规则被换过",
            Self::SamePerson => "这一步由填报的人自己办，不合本单位设定的环节",
            Self::Unread => "这一步以前没有收阅的记录",
            Self::Code => "签发时输入的核对码与签发的内容不符",
            Self::Report => "这一步以后，报告内容被另外改动过，与当时留下的校验值不符",
            Self::Signed => "签发以后，报告内容被改动过",
            Self::Seal => "这一步以后，文件被别的程序改动过，与封签不符，后面的记录可能被删去",
        }
    }
}

/// The flaw with its step, for people: `第 3 步 李四（审核人）通过：这一步的记录被改动过`.
pub fn flaw_name(review: &Review, flaw: Flaw) -> String {
    match review.steps().get(flaw.place) {
        Some(step) => format!("第 {} 步 {}{}：{}", flaw.place + 1, step.person, step.action.name(), flaw.what.words()),
        None => "第 1 步以前：文件被别的程序改动过，与封签不符，办理记录可能被整个删去".to_owned(),
    }
}

/// The first step that does not fit; `None` when all do. What stands before a resubmission over a broken log is kept to be
/// read and proves nothing more.
pub fn first_flaw(report: Report<'_>) -> Option<Flaw> {
    let review = report.draft.review();
    let (steps, start) = (review.steps(), review.start());
    let mut log = Log { form: report.form, steps, places: BTreeMap::new(), pasts: Vec::new() };
    for (place, step) in steps.iter().enumerate() {
        let past = log.past(place, step);
        if let Some(what) = log.broken_link(place, step, &past).filter(|_| place >= start) {
            return Some(Flaw { place, what });
        }
        log.places.entry(step.id).or_insert(place);
        log.pasts.push(past);
    }
    // Every step but the last is followed by another: a log has one end.
    let followed: BTreeSet<Fingerprint> = steps.iter().flat_map(|step| &step.parents).map(|parent| parent.id).collect();
    if let Some(place) = steps.iter().skip(start).rev().skip(1).position(|step| !followed.contains(&step.id)) {
        return Some(Flaw { place: steps.len() - 2 - place, what: Broken::Chain });
    }
    let unsealed = || review.is_unsealed().then_some(Flaw { place: steps.len().saturating_sub(1), what: Broken::Seal });
    broken_states(report).or_else(unsealed)
}

type Steps<'a> = &'a [Arc<Step>];

/// The log as far as it is proved.
struct Log<'a> {
    form: &'a Form,
    steps: Steps<'a>,
    /// Where each step stands.
    places: BTreeMap<Fingerprint, usize>,
    /// What the log said after each.
    pasts: Vec<Past>,
}

impl Log<'_> {
    /// What the log of its own copy says after this step: another one that was joined later may have arranged other steps
    /// meanwhile.
    fn past(&self, place: usize, step: &Step) -> Past {
        match step.parents.as_slice() {
            [] => Past::default().with(step),
            [only] => self.past_of(only.id).cloned().unwrap_or_default().with(step),
            _ => ancestry(self.steps, place).steps().iter().fold(Past::default(), |past, step| past.with(step)),
        }
    }

    fn past_of(&self, id: Fingerprint) -> Option<&Past> {
        self.places.get(&id).and_then(|place| self.pasts.get(*place))
    }

    /// The step at this place against those before it; `past` ends with it.
    fn broken_link(&self, place: usize, found: &Step, past: &Past) -> Option<Broken> {
        let before = self.steps.get(..place).unwrap_or_default();
        if step_id(self.form, found) != found.id {
            return Some(Broken::Altered);
        }
        let known = found.parents.iter().map(|parent| self.places.get(&parent.id).and_then(|place| before.get(*place)));
        let Some(parents) = known.collect::<Option<Vec<_>>>() else { return Some(Broken::Chain) };
        let is_joined = found.action == Action::Join;
        // Older steps do not follow on newer ones: the weaker code does not come back.
        let is_older = found.witness.is_none() && parents.iter().any(|step| step.witness.is_some());
        if is_older || parents.len() > 1 + usize::from(is_joined) || self.places.contains_key(&found.id) {
            return Some(Broken::Chain);
        }
        if let Action::Resubmit(log) = found.action {
            return broken_resubmission(self.form, before, found, log);
        }
        let from = parents.iter().map(|step| step.status).min().unwrap_or_default();
        let leads_here = match step(from, found.action.kind(), found.person.role, past.workflow) {
            // A copy without a log, which counts as a draft, may have been joined.
            Ok(next) => found.status == next || is_joined && found.status < next,
            Err(_) => false,
        };
        if !leads_here {
            return Some(Broken::Status);
        }
        self.broken_promise(past.workflow, found, &parents)
    }

    /// What the step promises of who did it, when and on what.
    fn broken_promise(&self, workflow: Workflow, found: &Step, parents: &[&Arc<Step>]) -> Option<Broken> {
        let is_judging = matches!(found.action, Action::Pass | Action::Sign);
        let nothing = Past::default();
        let last = parents.first().map(|step| step.id);
        let earlier = last.and_then(|id| self.past_of(id)).unwrap_or(&nothing);
        let is_bound = (is_judging || found.action == Action::SecondEntry) && !workflow.allows_same_person;
        let name = &*found.person.name;
        let Some(witness) = &found.witness else {
            // As older programs had it: names to the letter.
            let is_code = found.action != Action::Sign || is_old_code(&found.words, found.sm3);
            return if is_bound && earlier.has_filled_to_the_letter(name) {
                Some(Broken::SamePerson)
            } else {
                (!is_code).then_some(Broken::Code)
            };
        };
        let is_code = || typed_code(&found.words, code_hash(found.sm3, last)) == TypedCode::Right;
        let tests = [
            (parents.iter().any(|step| step.time > found.time), Broken::Time),
            (self.form.is_foreign && witness.form != self.form.hash, Broken::Form),
            // Who typed since the step before stands in the step itself.
            (is_bound && (earlier.has_filled(name) || is_judging && is_among(&witness.editors, name)), Broken::SamePerson),
            (is_judging && !earlier.has_received(&found.person), Broken::Unread),
            (found.action == Action::Sign && !is_code(), Broken::Code),
        ];
        tests.into_iter().find(|(is_broken, _)| *is_broken).map(|(_, what)| what)
    }
}

/// A resubmission begins the office's usual steps anew, and says what the log before it was.
fn broken_resubmission(form: &Form, before: Steps<'_>, found: &Step, log: Fingerprint) -> Option<Broken> {
    if log_hash(form, before.iter().map(|step| &**step)) != log {
        return Some(Broken::Chain);
    }
    let from = before.last().map(|step| step.status).unwrap_or_default();
    let next = step(from, ActionKind::Resubmit, found.person.role, Workflow::default());
    (next != Ok(found.status)).then_some(Broken::Status)
}

fn is_among(editors: &[Box<str>], name: &str) -> bool {
    editors.iter().any(|editor| plain_name(editor) == plain_name(name))
}

/// The report after each step against the hash taken then. The last is looked at first: if the report itself was altered, it
/// is not the log that is wrong.
fn broken_states(report: Report<'_>) -> Option<Flaw> {
    let Report { form, draft } = report;
    let review = draft.review();
    let steps = review.steps();
    // Steps that change nothing, such as comments, leave the hashes as they were.
    let mut last_hashed: Option<(Draft, Fingerprint, Digests)> = None;
    let mut fits = |place: usize, state: &Draft| {
        let Some(step) = steps.get(place) else { return true };
        let found = match (&step.witness, &last_hashed) {
            (None, _) => digests_at(form.report(state), &ancestry(steps, place), Some(step)),
            (Some(witness), Some((same, form, found))) if *form == witness.form && same == state => *found,
            (Some(witness), _) => {
                let found = digests_at(form.report(state), review, Some(step));
                last_hashed = Some((state.clone(), witness.form, found));
                found
            }
        };
        found.sm3 == step.sm3 && step.sha256.is_none_or(|sha256| sha256 == found.sha256)
    };
    let start = review.start();
    let last = steps.len().checked_sub(1)?;
    let mut first_broken = None;
    walk_back(review, |place, state| {
        if place < start {
            return ControlFlow::Break(());
        }
        if !fits(place, state) {
            first_broken = Some(place);
        }
        if first_broken == Some(last) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Some(place) = first_broken {
        return Some(Flaw { place, what: Broken::Report });
    }
    // Only with the clerk does a report change after its last step.
    let is_open = matches!(review.status(), Status::Draft | Status::Returned);
    if is_open || review.base().is_none_or(|base| draft.changes_since(base).is_empty()) {
        return None;
    }
    let signed = steps.iter().rposition(|step| step.action == Action::Sign).filter(|_| review.status().is_locked());
    Some(signed.map_or(Flaw { place: last, what: Broken::Report }, |place| Flaw { place, what: Broken::Signed }))
}

/// The log as it was after the step at this place: the step and all it follows on.
fn ancestry(steps: Steps<'_>, place: usize) -> Review {
    let mut wanted: BTreeSet<_> = steps.get(place).map(|step| step.id).into_iter().collect();
    let mut found = Vec::new();
    for step in steps.iter().take(place + 1).rev() {
        if wanted.contains(&step.id) {
            wanted.extend(step.parents.iter().map(|parent| parent.id));
            found.push(Arc::clone(step));
        }
    }
    found.reverse();
    Review::new(found, None, BTreeMap::new())
}
