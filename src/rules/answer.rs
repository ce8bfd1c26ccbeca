//! Warnings and their written reasons. A reason is bound to the figures it was written for: when they change it is kept, and
//! shown again for review.

use super::Finding;
use super::claims::rule::RULES;
use super::claims::{Certainty, TextFinding};
use super::years::prior_entry;
use crate::form::{Form, Report, Severity, Test};
use crate::model::{Draft, Reason, ReasonKey};

/// How a warning is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// No reason is written.
    Missing,
    /// This reason is written, for the figures as they are.
    Given(&'a str),
    /// This reason is written, but the figures have changed since.
    Outdated(&'a str),
}

/// How this warning is answered.
pub fn answer(report: Report<'_>, finding: Finding) -> Answer<'_> {
    answered(report.draft, &reason_key(report.form, finding), || figures(report, finding))
}

/// How this finding about text is answered.
pub fn answer_text<'a>(report: Report<'a>, finding: &TextFinding) -> Answer<'a> {
    // Most sentences have no reason; their words need not be put together to know it.
    if report.draft.reasons().all(|(key, _)| key.rule != finding.rule.id) {
        return Answer::Missing;
    }
    answered(report.draft, &finding.reason_key(), || finding.figures(report))
}

fn answered<'a>(draft: &'a Draft, key: &ReasonKey, figures: impl FnOnce() -> Vec<(Box<str>, Box<str>)>) -> Answer<'a> {
    match draft.reason(key) {
        None => Answer::Missing,
        Some(reason) if reason.figures == figures() => Answer::Given(&reason.text),
        Some(reason) => Answer::Outdated(&reason.text),
    }
}

/// What a finding's reason is filed under.
pub fn reason_key(form: &Form, finding: Finding) -> ReasonKey {
    let check = form.check(finding.check);
    ReasonKey { rule: form.rule(check).id.clone(), at: check.at.clone() }
}

/// The cells a finding speaks of with their text, by which a reason is bound to them.
pub fn figures(report: Report<'_>, finding: Finding) -> Vec<(Box<str>, Box<str>)> {
    let check = report.form.check(finding.check);
    let own = check.cells.iter().map(|&cell| (report.form.cell(cell).key.clone(), report.draft.entry(cell).plain().text().into()));
    let prior = check.prior_cells.iter().map(|&cell| {
        let text = prior_entry(report, cell).map_or_else(String::new, |entry| entry.plain().text());
        (format!("prior.{}", report.form.cell(cell).key).into(), text.into())
    });
    // What is said of a text is said of its share of last year's sentences.
    let share = match check.test {
        Test::Copied(..) => finding.sides(report).0.value.map(|share| (check.at.clone(), share.to_string().into())),
        _ => None,
    };
    own.chain(prior).chain(share).collect()
}

/// What keeps a report from being submitted: broken error rules, and warnings without a reason for their present figures.
/// What the words of the text allow to be right (请核对) does not.
pub fn unsolved(report: Report<'_>, findings: &[Finding], texts: &[TextFinding]) -> (Vec<ReasonKey>, Vec<ReasonKey>) {
    let fails = |severity| findings.iter().copied().filter(move |finding| finding.is_fail() && finding.severity(report.form) == severity);
    let broken = |severity| {
        let is_meant = move |text: &&TextFinding| text.certainty == Certainty::Broken && text.severity() == severity;
        texts.iter().filter(is_meant)
    };
    let errors = fails(Severity::Error).map(|finding| reason_key(report.form, finding));
    let unanswered = fails(Severity::Warning).filter(|finding| !matches!(answer(report, *finding), Answer::Given(_)));
    let unexplained = broken(Severity::Warning).filter(|text| !matches!(answer_text(report, text), Answer::Given(_)));
    let warnings = unanswered.map(|finding| reason_key(report.form, finding)).chain(unexplained.map(TextFinding::reason_key));
    (errors.chain(broken(Severity::Error).map(TextFinding::reason_key)).collect(), warnings.collect())
}

/// Written reasons that no check of the form asks for: the draft was filled on an older version of the form. Their text is
/// kept with the draft.
pub fn orphans(report: Report<'_>) -> Vec<(&ReasonKey, &Reason)> {
    let is_asked_for = |key: &ReasonKey| {
        RULES.rule(&key.rule).is_some()
            || report.form.checks.iter().any(|check| check.at == key.at && report.form.rule(check).id == key.rule)
    };
    let is_ours = |key: &ReasonKey| [ReasonKey::SECOND_ENTRY, ReasonKey::LINK].contains(&&*key.rule);
    report.draft.reasons().filter(|(key, _)| !is_ours(key) && !is_asked_for(key)).collect()
}

/// What to tell the clerk about [`orphans`]; nothing when there are none.
pub fn orphans_note(report: Report<'_>) -> Option<String> {
    let orphans = orphans(report);
    let named = orphans.iter().map(|(key, reason)| format!("{}（{}）“{}”", key.rule, key.at, reason.text)).collect::<Vec<_>>().join("；");
    let note = || format!("草稿里有 {} 条情况说明，所说的规则表样 {} 已经没有；文字都还在草稿里：{named}", orphans.len(), report.form.id);
    (!orphans.is_empty()).then(note)
}
