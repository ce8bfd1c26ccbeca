//! What the machine doubts and the clerk explains: the first thing a reader looks at, and what he says to it.

use std::sync::Arc;

use super::history::changed_by;
use crate::form::{Form, Severity};
use crate::model::{Draft, Item, Reason, ReasonKey, Spot, Step};
use crate::rules::{self, Answer, Finding};

/// What a reader says to a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Nothing yet, or the reason has changed since.
    Open,
    /// 认可.
    Accepted,
    /// 不认可: a comment on it is open.
    Refused,
}

/// A warning with the reason that was written for its present figures.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The warning.
    pub finding: Finding,
    /// What its reason is filed under.
    pub key: ReasonKey,
    /// The reason.
    pub reason: Reason,
    /// The step by which it came; none while no step was done since it was written.
    pub by: Option<Arc<Step>>,
    /// What this reader says to it.
    pub judgement: Judgement,
}

/// The explained warnings among these findings, in their order, as this reader stands to them. A reader accepts a reason by looking
/// at it as it is, and refuses it by a comment on it.
pub fn explained(form: &Form, draft: &Draft, findings: &[Finding], name: &str) -> Vec<Explained> {
    let threads = draft.review().threads();
    let seen = draft.review().seen().get(name);
    let one = |finding: &Finding| {
        let key = rules::reason_key(form, *finding);
        let item = Item::Reason(key.clone());
        let is_refused = threads.iter().any(|thread| !thread.is_resolved && thread.spot == Spot::Finding(key.clone()));
        let is_accepted = seen.and_then(|seen| seen.get(&item)).is_some_and(|value| *value == draft.value(&item));
        let judgement = match (is_refused, is_accepted) {
            (true, _) => Judgement::Refused,
            (false, true) => Judgement::Accepted,
            (false, false) => Judgement::Open,
        };
        let by = changed_by(draft, &item).cloned();
        Some(Explained { finding: *finding, reason: draft.reason(&key)?.clone(), key, by, judgement })
    };
    let is_explained = |finding: &&Finding| {
        let is_warning = finding.is_fail() && finding.severity(form) == Severity::Warning;
        is_warning && matches!(rules::answer(form, draft, **finding), Answer::Given(_))
    };
    findings.iter().filter(is_explained).filter_map(one).collect()
}

/// What the log keeps of it with 通过 or 签发: `已说明的 2 条：认可 R25 all，未表态 R31 new`; none where nothing is explained.
pub fn judged(explained: &[Explained]) -> Option<String> {
    let name = |one: &Explained| {
        let word = match one.judgement {
            Judgement::Open => "未表态",
            Judgement::Accepted => "认可",
            Judgement::Refused => "不认可",
        };
        format!("{word} {} {}", one.key.rule, one.key.at)
    };
    let names: Vec<String> = explained.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("已说明的 {} 条：{}", names.len(), names.join("，")))
}
