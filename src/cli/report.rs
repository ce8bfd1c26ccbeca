//! What checking a draft came to: one result, spoken as JSON (its fields are the fixed shape) or as text.

use serde::Serialize;
use serde_json::Value;

use super::figure;
use crate::form::{Form, Need, Severity};
use crate::import::{Account, How};
use crate::model::{CellId, Draft};
use crate::rules::{self, Answer, Finding, SideValue, Suspect, Verdict};

#[derive(Serialize)]
pub(super) struct Report {
    file: String,
    form: String,
    agency: String,
    year: u16,
    #[serde(skip)]
    status: &'static str,
    pub counts: Counts,
    findings: Vec<Found>,
    suspects: Vec<Suspected>,
    /// Rules that were not decided.
    off: Vec<Off>,
    /// How it was read, for what is no draft of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<HowRead>,
}

/// How many cells of a published report fared how.
#[derive(Serialize)]
struct HowRead {
    read: usize,
    inferred: usize,
    unread: usize,
    questions: Vec<String>,
}

/// Sums over reports.
#[derive(Serialize)]
pub(super) struct Totals {
    reports: usize,
    /// Reports with an error.
    with_error: usize,
    error: usize,
    warning: usize,
    info: usize,
    waiting: usize,
}

/// The sums over these reports.
pub(super) fn totals(reports: &[Report]) -> Totals {
    let sum = |of: fn(&Counts) -> usize| reports.iter().map(|report| of(&report.counts)).sum();
    Totals {
        reports: reports.len(),
        with_error: reports.iter().filter(|report| report.counts.error > 0).count(),
        error: sum(|counts| counts.error),
        warning: sum(|counts| counts.warning),
        info: sum(|counts| counts.info),
        waiting: sum(|counts| counts.waiting),
    }
}

impl Totals {
    /// The sums for people.
    pub fn line(&self) -> String {
        let Self { reports, with_error, error, warning, info, waiting } = self;
        format!("共 {reports} 份，其中 {with_error} 份有错误；错误 {error}，待核实 {warning}，提示 {info}，待填 {waiting}\n")
    }
}

#[derive(Serialize)]
pub(super) struct Counts {
    /// Broken rules; waiting ones are counted apart.
    pub error: usize,
    pub warning: usize,
    pub info: usize,
    pub waiting: usize,
}

#[derive(Serialize)]
struct Found {
    rule: String,
    at: String,
    verdict: &'static str,
    severity: &'static str,
    left: Summed,
    right: Summed,
    /// Left minus right.
    difference: Value,
    message: String,
    hint: String,
    source: String,
    /// The written reason for a warning.
    reason: Option<String>,
    /// The figures have changed since the reason was written.
    #[serde(rename = "reason_outdated")]
    is_outdated: bool,
    /// The word that text begins with.
    #[serde(skip)]
    word: &'static str,
}

#[derive(Serialize)]
struct Summed {
    cells: Vec<String>,
    value: Value,
}

#[derive(Serialize)]
struct Suspected {
    cell: String,
    typed: Value,
    should_be: Value,
    slip: &'static str,
    #[serde(skip)]
    words: String,
}

#[derive(Serialize)]
struct Off {
    rule: String,
    needs: &'static str,
}

impl Report {
    /// Checks the draft.
    pub fn new(file: String, form: &Form, draft: &Draft) -> Self {
        let findings = rules::check(form, draft);
        let num = |severity| findings.iter().filter(|finding| finding.is_fail() && finding.severity(form) == severity).count();
        let off = form.rules.iter().filter_map(|rule| Some((rule, rule.needs?)));
        Self {
            status: draft.review().status().name(),
            file,
            form: form.id.to_string(),
            agency: draft.agency.clone(),
            year: draft.year,
            counts: Counts {
                error: num(Severity::Error),
                warning: num(Severity::Warning),
                info: num(Severity::Info),
                waiting: findings.iter().filter(|finding| finding.verdict == Verdict::Waiting).count(),
            },
            findings: findings.iter().map(|finding| found(form, draft, *finding)).collect(),
            suspects: rules::suspects(form, draft).iter().map(|suspect| suspected(form, suspect)).collect(),
            off: off.map(|(rule, need)| Off { rule: rule.id.to_string(), needs: need_name(need) }).collect(),
            read: None,
        }
    }

    /// The report was read out of a file of another program, so well.
    pub fn read_from(self, account: &Account) -> Self {
        let [read, inferred] = [How::Read, How::Inferred].map(|how| account.num(how));
        let unread = account.cells.len() - read - inferred;
        Self { read: Some(HowRead { read, inferred, unread, questions: account.questions.clone() }), ..self }
    }

    /// The report on one line, for people.
    pub fn line(&self) -> String {
        let Counts { error, warning, info, waiting } = self.counts;
        let read = self
            .read
            .as_ref()
            .map_or_else(String::new, |how| format!("　读出 {}，推定 {}，没有读出 {}", how.read, how.inferred, how.unread));
        let mut rules: Vec<&str> =
            self.findings.iter().filter(|found| found.verdict == "fail" && found.severity == "error").map(|found| &*found.rule).collect();
        rules.dedup();
        let rules = if rules.is_empty() { String::new() } else { format!("　{}", rules.join(" ")) };
        let year = if self.year == 0 { "年度不明".to_owned() } else { format!("{} 年", self.year) };
        format!("{}　{}　{year}　错误 {error}，待核实 {warning}，提示 {info}，待填 {waiting}{read}{rules}\n", self.file, self.agency)
    }

    /// The same as JSON.
    pub fn brief(&self) -> Value {
        serde_json::json!({"file": self.file, "agency": self.agency, "year": self.year, "form": self.form, "counts": self.counts, "read": self.read})
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let mut lines = vec![format!("{}　{} 年　{}　{}　{}\n", self.agency, self.year, self.form, self.status, self.file)];
        for found in &self.findings {
            lines.push(format!("  {} {} {}\n", found.word, found.rule, found.message));
            // A blank cell needs no advice: there would be as many lines of it as there are sums in the form.
            if found.verdict == "fail" {
                lines.push(format!("           建议：{}\n           依据：{}\n", found.hint, found.source));
            }
            if let Some(reason) = &found.reason {
                let state = if found.is_outdated { "（写于数字改动以前，待重新确认）" } else { "" };
                lines.push(format!("           说明{state}：{reason}\n"));
            }
        }
        lines.extend(self.suspects.iter().map(|suspect| format!("  最可能录错：{}\n", suspect.words)));
        let Counts { error, warning, info, waiting } = self.counts;
        lines.push(format!("  共计：错误 {error}，待核实 {warning}，提示 {info}，待填 {waiting}\n"));
        for need in [Need::Prior, Need::Profile] {
            let ids: Vec<&str> = self.off.iter().filter(|off| off.needs == need_name(need)).map(|off| &*off.rule).collect();
            if !ids.is_empty() {
                lines.push(format!("  没有核对：{}（{}）\n", ids.join("、"), rules::need(need)));
            }
        }
        lines.concat()
    }
}

fn found(form: &Form, draft: &Draft, finding: Finding) -> Found {
    let check = form.check(finding.check);
    let rule = form.rule(check);
    let (left, right) = finding.sides(form, draft);
    let summed = |side: &SideValue| Summed { cells: keys(form, &side.cells), value: figure::of_side(side) };
    let mut left_summed = summed(&left);
    // Unreadable text has one side, the cell, and no sum: what stands there is its value.
    if let (None, [cell]) = (finding.comparison(form), left.cells.as_slice()) {
        left_summed.value = figure::of_entry(draft.entry(*cell));
    }
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let (reason, is_outdated) = match rules::answer(form, draft, finding) {
        Answer::Missing => (None, false),
        Answer::Given(reason) => (Some(reason.to_owned()), false),
        Answer::Outdated(reason) => (Some(reason.to_owned()), true),
    };
    Found {
        rule: rule.id.to_string(),
        at: check.at.to_string(),
        verdict: if finding.is_fail() { "fail" } else { "waiting" },
        severity,
        left: left_summed,
        right: summed(&right),
        difference: if finding.is_fail() { figure::of_difference(&left, &right) } else { Value::Null },
        message: rules::message(form, draft, finding),
        hint: rule.hint.to_string(),
        source: rule.source.to_string(),
        reason,
        is_outdated,
        word: if finding.is_fail() { rules::severity_name(rule.severity) } else { "待填" },
    }
}

fn keys(form: &Form, cells: &[CellId]) -> Vec<String> {
    cells.iter().map(|&cell| form.cell(cell).key.to_string()).collect()
}

fn suspected(form: &Form, suspect: &Suspect) -> Suspected {
    let cell = form.cell(suspect.cell);
    let figure = |entry| rules::figure(form, suspect.cell, entry);
    Suspected {
        cell: cell.key.to_string(),
        typed: figure::of_entry(&suspect.typed),
        should_be: figure::of_entry(&suspect.should_be),
        slip: suspect.slip.name(),
        words: format!("{} 填的是 {}，应为 {}（{}）", cell.label, figure(&suspect.typed), figure(&suspect.should_be), suspect.slip.words()),
    }
}

fn need_name(need: Need) -> &'static str {
    match need {
        Need::Prior => "prior",
        Need::Profile => "profile",
    }
}
