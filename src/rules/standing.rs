//! How far a report is checked, in the clerk's words: what was checked, what came out, and what nobody has looked at.

use super::claims::{Certainty, Judged};
use super::{Finding, Tally, Verdict, undecided};
use crate::form::{Check, Need, Report, Severity, Test};
use crate::model::LastYear;

/// Where a report stands. Only the last is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is filled in: no error, and nothing achieved either.
    Empty,
    /// Cells are blank, or sums wait for them.
    Unfinished,
    /// A rule that blocks submission is broken.
    Wrong,
    /// Every cell is filled and every sum holds.
    Agrees,
}

/// What was checked in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Where it stands.
    pub standing: Standing,
    /// Sums of the tables that must hold.
    pub num_sums: usize,
    /// Those that hold.
    pub num_agreeing: usize,
    /// Broken error rules, of tables and text.
    pub num_errors: usize,
    /// Cells that are filled.
    pub num_filled: usize,
    /// All cells.
    pub num_cells: usize,
    /// The figures of the text.
    pub figures: Tally,
    /// What is not checked at all.
    pub unchecked: Vec<&'static str>,
    /// The agency has no earlier report: rules about last year do not speak of it.
    pub is_first_year: bool,
}

/// What was checked, by the findings of a draft and of its text.
pub fn checked(report: Report<'_>, findings: &[Finding], texts: &Judged) -> Checked {
    let Report { form, draft } = report;
    let is_own = |check: &Check| matches!(check.test, Test::Must(_)) && check.prior_cells.is_empty();
    let is_sum = |finding: &&Finding| is_own(form.check(finding.check));
    let num_sums = form.checks.iter().filter(|check| is_own(check)).count();
    let in_tables = findings.iter().filter(|finding| finding.is_fail() && finding.severity(form) == Severity::Error);
    let in_text = texts.findings.iter().filter(|text| text.certainty == Certainty::Broken && text.severity() == Severity::Error);
    let num_errors = in_tables.count() + in_text.count();
    let num_filled = draft.entries().iter().filter(|entry| !entry.is_blank()).count();
    let num_cells = form.cells.len();
    let is_waiting = findings.iter().filter(is_sum).any(|finding| finding.verdict == Verdict::Waiting);
    let standing = match (num_filled, num_errors) {
        (0, 0) => Standing::Empty,
        (_, 1..) => Standing::Wrong,
        _ if is_waiting || num_filled < num_cells => Standing::Unfinished,
        _ => Standing::Agrees,
    };
    let needs_prior = undecided(report).any(|(_, need)| need == Need::Prior);
    let is_first_year = *draft.last_year() == LastYear::FirstYear;
    let unchecked = needs_prior.then_some("上年数据").into_iter().collect();
    let figures = Tally::of(report, texts, None);
    let num_agreeing = num_sums - findings.iter().filter(is_sum).count();
    Checked { standing, num_sums, num_agreeing, num_errors, num_filled, num_cells, figures, unchecked, is_first_year }
}

impl Checked {
    /// In one line: `表内 42 条勾稽全部相符；正文里的数：12 个已核对，3 个请核对，41 个与表无关；上年数据未核对`.
    pub fn words(&self) -> String {
        let Self { num_sums, num_agreeing, num_errors, num_filled, num_cells, .. } = self;
        let num_blank = num_cells - num_filled;
        let tables = match self.standing {
            Standing::Empty => format!("{num_cells} 格都还没有填"),
            Standing::Unfinished => format!("表内 {num_sums} 条勾稽已有 {num_agreeing} 条相符，还有 {num_blank} 格没有填"),
            Standing::Wrong => format!("错误 {num_errors}；表内 {num_sums} 条勾稽有 {num_agreeing} 条相符"),
            Standing::Agrees => format!("表内 {num_sums} 条勾稽全部相符"),
        };
        let text =
            if self.figures.is_empty() { "正文里没有数".to_owned() } else { format!("正文里的数：{}", self.figures.words()) };
        let first_year = self.is_first_year.then(|| "第一年编制，不与上年比较".to_owned());
        let unchecked = (!self.unchecked.is_empty()).then(|| format!("{}未核对", self.unchecked.join("、")));
        [tables, text].into_iter().chain(first_year).chain(unchecked).collect::<Vec<_>>().join("；")
    }
}
