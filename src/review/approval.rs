//! What a report proves of itself now: its code, its signature, whether the log fits.

use jiff::Timestamp;

use super::code::{code, old_code};
use super::digest::{Digests, code_hash, digests};
use super::verify::{Flaw, first_flaw};
use crate::form::Report;
use crate::model::{Action, Fingerprint, Person, Status, Step};

/// How a report stands: its status, or that its log does not prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The log fits.
    Proved(Status),
    /// It does not; the status it claims, and the first step that does not fit.
    Broken(Status, Flaw),
}

impl Standing {
    /// The status, unless the log is broken.
    pub fn of(status: Status, flaw: Option<Flaw>) -> Self {
        flaw.map_or(Self::Proved(status), |flaw| Self::Broken(status, flaw))
    }

    /// The word in files and scripts: that of the status, or `broken`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proved(status) => status.code(),
            Self::Broken(..) => "broken",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proved(status) => status.name(),
            Self::Broken(status, _) if status.is_locked() => "签发无效",
            Self::Broken(..) => "办理记录无效",
        }
    }

    /// The first step that does not fit.
    pub fn flaw(self) -> Option<Flaw> {
        match self {
            Self::Proved(_) => None,
            Self::Broken(_, flaw) => Some(flaw),
        }
    }
}

/// How the report stands. Proves the log: not for every frame of a window, see [`crate::session::Session::standing`].
pub fn standing(report: Report<'_>) -> Standing {
    Standing::of(report.draft.review().status(), first_flaw(report))
}

/// The code of report and log as they are: to be printed on every copy, signed or not. After a signature it covers the step
/// that signed, whatever comes later.
pub fn code_now(report: Report<'_>) -> String {
    let review = report.draft.review();
    let content = digests(report, review).sm3;
    match review.signature() {
        Some(step) => code_of(step, content),
        None => code(code_hash(content, review.last().map(|step| step.id))),
    }
}

fn code_of(signed: &Step, content: Fingerprint) -> String {
    if signed.witness.is_some() { code(code_hash(content, Some(signed.id))) } else { old_code(content) }
}

/// A signature in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The code printed on every export.
    pub code: String,
    /// The code that was typed back, as it stood on what the signer had read: before the signature the code was another.
    pub typed: Box<str>,
    /// Who signed.
    pub by: Person,
    /// When.
    pub time: Timestamp,
    /// Hashes of what was signed.
    pub digests: Digests,
    /// The log fits, and the report still is what was signed; if not, somebody changed the file outside this program.
    pub is_intact: bool,
    /// Signed by an older program, with a code of 50 bits over the report alone.
    pub is_old: bool,
    /// The form has another hash than the one it was signed on: it came with another version of this program.
    pub is_other_form: bool,
}

/// The signature in force, if there is one.
pub fn approval(report: Report<'_>) -> Option<Approval> {
    let step = report.draft.review().signature()?;
    let digests = Digests { sm3: step.sm3, sha256: step.sha256? };
    let before = step.parents.first().and_then(|parent| report.draft.review().step(parent.id));
    let typed = before.filter(|before| before.action == Action::Receive && !before.words.is_empty()).unwrap_or(step);
    Some(Approval {
        code: code_of(step, step.sm3),
        typed: typed.words.clone(),
        by: step.person.clone(),
        time: step.time,
        digests,
        is_intact: first_flaw(report).is_none(),
        is_old: step.witness.is_none(),
        is_other_form: step.witness.as_ref().is_some_and(|witness| witness.form != report.form.hash),
    })
}
