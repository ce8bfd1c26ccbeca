//! What checking a draft came to: one result, spoken as JSON (its fields are the fixed shape) or as text.

use serde::Serialize;
use serde_json::Value;

use super::found::{Found, Summed, keys};
use super::{figure, report_text};
use crate::form::{Form, Need, Report, Severity};
use crate::import::{Account, How};
use crate::model::Prior;
use crate::review;
use crate::rules::claims::{Certainty, TextFinding, check_text};
use crate::rules::{self, Answer, Explanation, Finding, Mending, SideValue, Suspect, Verdict};

#[derive(Serialize)]
pub(super) struct Outcome {
    file: String,
    form: String,
    agency: String,
    year: u16,
    /// Code of the status; `broken` where the log does not fit.
    status: &'static str,
    #[serde(skip)]
    status_name: &'static str,
    /// What stands on top where the log does not fit; else empty.
    #[serde(skip)]
    broken: String,
    pub counts: Counts,
    findings: Vec<Found>,
    /// The cells that are claimed to be wrong.
    suspects: Vec<Suspected>,
    /// Each slip with all that mends it, and with its other ways where several are equally likely.
    explanations: Vec<Explained>,
    /// Rules that were not decided.
    off: Vec<Off>,
    /// Last year's report that it was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    prior: Option<Compared>,
    /// How it was read, for what is no draft of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<HowRead>,
}

/// Last year's report.
#[derive(Serialize)]
struct Compared {
    agency: String,
    year: u16,
    form: String,
    source: &'static str,
    /// SM3 of its file.
    hash: Option<String>,
    #[serde(skip)]
    name: String,
}

fn compared(prior: &Prior) -> Compared {
    Compared {
        agency: prior.agency.clone(),
        year: prior.year,
        form: prior.form.to_string(),
        source: prior.source.code(),
        hash: prior.hash.map(|hash| hash.to_string()),
        name: prior.name(),
    }
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
pub(super) fn totals(reports: &[Outcome]) -> Totals {
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
    /// Figures of the text to be looked at; left out where there are none.
    #[serde(skip_serializing_if = "is_nought")]
    pub uncertain: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_nought(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct Suspected {
    cell: String,
    typed: Value,
    should_be: Value,
    slip: &'static str,
}

#[derive(Serialize)]
struct Explained {
    ways: Vec<Way>,
    #[serde(skip)]
    words: String,
}

#[derive(Serialize)]
struct Way {
    slip: &'static str,
    cells: Vec<Suspected>,
}

#[derive(Serialize)]
struct Off {
    rule: String,
    needs: &'static str,
}

impl Outcome {
    /// Checks the draft.
    pub fn new(file: String, report: Report<'_>) -> Self {
        let Report { form, draft } = report;
        let (findings, explanations) = (rules::check(report), rules::explanations(report));
        let texts = check_text(report);
        let is_broken = |found: &&TextFinding| found.certainty == Certainty::Broken;
        let num = |severity| {
            let in_tables = findings.iter().filter(|finding| finding.is_fail() && finding.severity(form) == severity).count();
            in_tables + texts.iter().filter(is_broken).filter(|found| found.severity() == severity).count()
        };
        let off = rules::undecided(report);
        let standing = review::standing(report);
        Self {
            status: standing.code(),
            status_name: standing.name(),
            broken: super::reply::broken(draft, standing),
            file,
            form: form.id.to_string(),
            agency: draft.agency.clone(),
            year: draft.year,
            counts: Counts {
                error: num(Severity::Error),
                warning: num(Severity::Warning),
                info: num(Severity::Info),
                waiting: findings.iter().filter(|finding| finding.verdict == Verdict::Waiting).count(),
                uncertain: texts.iter().filter(|found| !is_broken(found)).count(),
            },
            findings: findings
                .iter()
                .map(|finding| found(report, *finding))
                .chain(texts.iter().map(|text| report_text::found(form, text)))
                .collect(),
            suspects: rules::claimed(&explanations).iter().map(|suspect| suspected(form, suspect)).collect(),
            explanations: explanations.iter().map(|explanation| explained(form, explanation)).collect(),
            off: off.map(|(rule, need)| Off { rule: rule.id.to_string(), needs: need_name(need) }).collect(),
            prior: draft.prior().map(compared),
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
        let Counts { error, warning, info, waiting, .. } = self.counts;
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

    /// The log does not prove what it says.
    pub fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let title = format!("{}　{} 年　{}　{}　{}\n", self.agency, self.year, self.form, self.status_name, self.file);
        let against = self.prior.as_ref().map_or_else(String::new, |prior| format!("  对照上年：{}\n", prior.name));
        let mut lines = vec![self.broken.clone(), title, against];
        for found in &self.findings {
            lines.push(format!("  {} {} {}\n", found.word, found.rule, found.message));
            // A blank cell needs no advice: there would be as many lines of it as there are sums in the form.
            if found.verdict != "waiting" {
                lines.push(format!("           建议：{}\n           依据：{}\n", found.hint, found.source));
            }
            if let Some(reason) = &found.reason {
                let state = if found.is_outdated { "（写于数字改动以前，待重新确认）" } else { "" };
                lines.push(format!("           说明{state}：{reason}\n"));
            }
        }
        lines.extend(self.explanations.iter().map(|explanation| format!("  {}\n", explanation.words)));
        let Counts { error, warning, info, waiting, uncertain } = self.counts;
        let look = if uncertain > 0 { format!("，请核对 {uncertain}") } else { String::new() };
        lines.push(format!("  共计：错误 {error}，待核实 {warning}，提示 {info}，待填 {waiting}{look}\n"));
        for need in [Need::Prior, Need::Profile] {
            let ids: Vec<&str> = self.off.iter().filter(|off| off.needs == need_name(need)).map(|off| &*off.rule).collect();
            if !ids.is_empty() {
                lines.push(format!("  没有核对：{}（{}）\n", ids.join("、"), rules::need(need)));
            }
        }
        lines.concat()
    }
}

fn found(report: Report<'_>, finding: Finding) -> Found {
    let form = report.form;
    let check = form.check(finding.check);
    let rule = form.rule(check);
    let (left, right) = finding.sides(report);
    let summed = |side: &SideValue| Summed { cells: keys(form, side), value: figure::of_side(side) };
    let mut left_summed = summed(&left);
    // Unreadable text has one side, the cell, and no sum: what stands there is its value.
    if let (None, [cell]) = (finding.comparison(form), left.cells.as_slice()) {
        left_summed.value = figure::of_entry(report.draft.entry(*cell));
    }
    let severity = match finding.severity(form) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let (reason, is_outdated) = match rules::answer(report, finding) {
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
        message: rules::message(report, finding),
        hint: rules::hint(report, finding).to_owned(),
        source: rule.source.to_string(),
        reason,
        is_outdated,
        text: None,
        word: if finding.is_fail() { rules::severity_name(finding.severity(form)) } else { "待填" },
    }
}

fn suspected(form: &Form, suspect: &Suspect) -> Suspected {
    Suspected {
        cell: form.cell(suspect.cell).key.to_string(),
        typed: figure::of_entry(&suspect.typed),
        should_be: figure::of_entry(&suspect.should_be),
        slip: suspect.slip.name(),
    }
}

fn explained(form: &Form, explanation: &Explanation) -> Explained {
    let way = |way: &Mending| Way { slip: way.slip.name(), cells: way.suspects.iter().map(|suspect| suspected(form, suspect)).collect() };
    let words = match explanation.claim() {
        Some(claim) if claim.slip == rules::Slip::TotalsForgotten => format!("漏填：{}", rules::mending(form, claim)),
        Some(claim) => format!("最可能录错：{}", rules::mending(form, claim)),
        None => format!("可能录错其中一处：{}", rules::explained(form, explanation)),
    };
    Explained { ways: explanation.ways.iter().map(way).collect(), words }
}

fn need_name(need: Need) -> &'static str {
    match need {
        Need::Prior => "prior",
        Need::Profile => "profile",
    }
}
