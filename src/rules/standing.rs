//! How far a report is checked, in the clerk's words: what was checked, what came out, and what nobody has looked at.

use super::{Finding, Verdict, undecided};
use crate::form::{Check, Form, Need, Severity, Test};
use crate::model::{Draft, LastYear};

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
    /// Broken error rules.
    pub num_errors: usize,
    /// Cells that are filled.
    pub num_filled: usize,
    /// All cells.
    pub num_cells: usize,
    /// What is not checked at all.
    pub unchecked: Vec<&'static str>,
    /// The agency has no earlier report: rules about last year do not speak of it.
    pub is_first_year: bool,
}

/// What was checked, by the findings of a draft.
pub fn checked(form: &Form, draft: &Draft, findings: &[Finding]) -> Checked {
    let is_own = |check: &Check| matches!(check.test, Test::Must(_)) && check.prior_cells.is_empty();
    let is_sum = |finding: &&Finding| is_own(form.check(finding.check));
    let num_sums = form.checks.iter().filter(|check| is_own(check)).count();
    let num_errors = findings.iter().filter(|finding| finding.is_fail() && finding.severity(form) == Severity::Error).count();
    let num_filled = draft.entries().iter().filter(|entry| !entry.is_blank()).count();
    let num_cells = form.cells.len();
    let is_waiting = findings.iter().filter(is_sum).any(|finding| finding.verdict == Verdict::Waiting);
    let standing = match (num_filled, num_errors) {
        (0, 0) => Standing::Empty,
        (_, 1..) => Standing::Wrong,
        _ if is_waiting || num_filled < num_cells => Standing::Unfinished,
        _ => Standing::Agrees,
    };
    let needs_prior = undecided(form, draft).any(|(_, need)| need == Need::Prior);
    let is_first_year = *draft.last_year() == LastYear::FirstYear;
    let unchecked = ["文字中的数字"].into_iter().chain(needs_prior.then_some("上年数据")).collect();
    let num_agreeing = num_sums - findings.iter().filter(is_sum).count();
    Checked { standing, num_sums, num_agreeing, num_errors, num_filled, num_cells, unchecked, is_first_year }
}

impl Checked {
    /// In one line: `表内 42 条勾稽全部相符；文字中的数字、上年数据未核对`.
    pub fn words(&self) -> String {
        let Self { num_sums, num_agreeing, num_errors, num_filled, num_cells, .. } = self;
        let num_blank = num_cells - num_filled;
        let tables = match self.standing {
            Standing::Empty => format!("{num_cells} 格都还没有填"),
            Standing::Unfinished => format!("表内 {num_sums} 条勾稽已有 {num_agreeing} 条相符，还有 {num_blank} 格没有填"),
            Standing::Wrong => format!("错误 {num_errors}；表内 {num_sums} 条勾稽有 {num_agreeing} 条相符"),
            Standing::Agrees => format!("表内 {num_sums} 条勾稽全部相符"),
        };
        let tables = if self.is_first_year { format!("{tables}；第一年编制，不与上年比较") } else { tables };
        if self.unchecked.is_empty() { tables } else { format!("{tables}；{}未核对", self.unchecked.join("、")) }
    }
}
