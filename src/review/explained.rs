//! What the machine doubts and the clerk explains: the first thing a reader looks at, and what he says to it.

use std::sync::Arc;

use super::history::changed_by;
use crate::form::{Report, Severity};
use crate::model::{Item, Reason, ReasonKey, Spot, Step};
use crate::rules::claims::TextFinding;
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

/// A warning, of the tables or of the text, with the reason that was written for its present figures.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What its reason is filed under.
    pub key: ReasonKey,
    /// Where it stands, in words.
    pub line: String,
    /// What is doubted, with the figures.
    pub message: String,
    /// What the rule says.
    pub says: Box<str>,
    /// The reason.
    pub reason: Reason,
    /// The step by which it came; none while no step was done since it was written.
    pub by: Option<Arc<Step>>,
    /// What this reader says to it.
    pub judgement: Judgement,
}

/// The explained warnings among these findings, in their order, as this reader stands to them. A reader accepts a reason by looking
/// at it as it is, and refuses it by a comment on it.
pub fn explained(report: Report<'_>, findings: &[Finding], texts: &[TextFinding], name: &str) -> Vec<Explained> {
    let Report { form, draft } = report;
    let threads = draft.review().threads();
    let seen = draft.review().seen().get(name);
    let with_reason = |key: ReasonKey, line: String, message: String, says: Box<str>| {
        let item = Item::Reason(key.clone());
        let is_refused = threads.iter().any(|thread| !thread.is_resolved && thread.spot == Spot::Finding(key.clone()));
        let is_accepted = seen.and_then(|seen| seen.get(&item)).is_some_and(|value| *value == draft.value(&item));
        let judgement = match (is_refused, is_accepted) {
            (true, _) => Judgement::Refused,
            (false, true) => Judgement::Accepted,
            (false, false) => Judgement::Open,
        };
        let (reason, by) = (draft.reason(&key)?.clone(), changed_by(draft, &item).cloned());
        Some(Explained { key, line, message, says, reason, by, judgement })
    };
    let is_warning = |finding: &&Finding| finding.is_fail() && finding.severity(form) == Severity::Warning;
    let in_tables = findings.iter().filter(is_warning).filter(|finding| matches!(rules::answer(report, **finding), Answer::Given(_)));
    let in_tables = in_tables.filter_map(|finding| {
        let check = form.check(finding.check);
        let (line, says) = (check.line.to_string(), form.rule(check).says.clone());
        with_reason(rules::reason_key(form, *finding), line, rules::message(report, *finding), says)
    });
    let in_text = texts.iter().filter(|text| matches!(rules::answer_text(report, text), Answer::Given(_)));
    let in_text = in_text.filter_map(|text| {
        let title = form.chapter(text.section.0).map_or_else(String::new, |chapter| chapter.title.to_string());
        with_reason(text.reason_key(), title, text.message(), text.rule.says.clone())
    });
    in_tables.chain(in_text).collect()
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
