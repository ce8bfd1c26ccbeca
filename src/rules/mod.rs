//! What must hold (勾稽关系): every rule of the form at every line, decided anew from the whole draft.
//! Blank is not zero: a check with a blank or unreadable cell waits.

mod answer;
mod slip;
mod sums;
mod suspect;
mod wording;

pub use answer::{Answer, answer, figures, orphans, orphans_note, reason_key, unsolved};
pub use slip::Slip;
pub use sums::{completion, compute_totals, computed_total};
pub use suspect::{Suspect, suspects};
pub use wording::{Hand, expression, figure, message, need, severity_name, side_name};

use crate::form::{Check, CheckId, Comparison, Form, Severity, Side, Test};
use crate::model::{CellId, Draft, Entry, Kind};
use sums::{plain_sum, sum};

/// What came out of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to say.
    Pass,
    /// The rule is broken.
    Fail,
    /// A cell it needs is blank or unreadable.
    Waiting,
    /// The rule does not speak of this report.
    NotApplicable,
}

/// A check that has something to say. Wording and figures are made on demand, see [`message`] and [`Finding::sides`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: CheckId,
    /// `Fail` or `Waiting`.
    pub verdict: Verdict,
    /// Which alternative of a flag is met; 0 otherwise.
    pub alternative: usize,
}

/// One side of a comparison with figures.
#[derive(Debug)]
pub struct SideValue {
    /// The cells, in the order written.
    pub cells: Vec<CellId>,
    /// Their plain sum; `None` while one is blank or unreadable. In 分 where the cells hold money.
    pub value: Option<i128>,
    /// The cells hold money.
    pub is_money: bool,
}

impl Finding {
    /// How grave it is: the rule's severity.
    pub fn severity(self, form: &Form) -> Severity {
        form.rule(form.check(self.check)).severity
    }

    /// The rule is broken.
    pub fn is_fail(self) -> bool {
        self.verdict == Verdict::Fail
    }

    /// The comparison it speaks of; none for unreadable text.
    pub fn comparison(self, form: &Form) -> Option<&Comparison> {
        comparison(form.check(self.check), self.alternative)
    }

    /// Both sides with their figures. For unreadable text the left side is the cell; for a control figure the left side is
    /// the total, the right side the control figure.
    pub fn sides(self, form: &Form, draft: &Draft) -> (SideValue, SideValue) {
        let one = |cells: Vec<CellId>, entry: &Entry| SideValue {
            is_money: matches!(entry, Entry::Money(_)),
            value: entry.value().map(i128::from),
            cells,
        };
        match &form.check(self.check).test {
            Test::Readable(cell) => (one(vec![*cell], draft.entry(*cell)), one(Vec::new(), &Entry::Blank)),
            Test::Control(cell) => (one(vec![*cell], draft.entry(*cell)), one(Vec::new(), draft.control(*cell))),
            Test::Must(_) | Test::Flag(_) => match self.comparison(form) {
                Some(comparison) => (side_value(form, draft, &comparison.left), side_value(form, draft, &comparison.right)),
                None => (one(Vec::new(), &Entry::Blank), one(Vec::new(), &Entry::Blank)),
            },
        }
    }
}

/// The comparison a check speaks of; none for unreadable text.
pub fn comparison(check: &Check, alternative: usize) -> Option<&Comparison> {
    match &check.test {
        Test::Must(comparison) => Some(comparison),
        Test::Flag(alternatives) => alternatives.get(alternative).and_then(|comparisons| comparisons.first()),
        Test::Readable(_) | Test::Control(_) => None,
    }
}

fn side_value(form: &Form, draft: &Draft, side: &Side) -> SideValue {
    let value = plain_sum(side, |cell| draft.entry(cell).value());
    let cells: Vec<CellId> = side.terms.iter().map(|term| term.cell).collect();
    let is_money = cells.iter().any(|&cell| matches!(form.cell(cell).kind, Kind::Money(_)));
    SideValue { cells, value, is_money }
}

/// Checks the whole draft. Findings come in rule order, within a rule in the order of its lines.
pub fn check(form: &Form, draft: &Draft) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut verdicts = Vec::with_capacity(form.checks.len());
    let values: Vec<Option<i64>> = draft.entries().iter().map(Entry::value).collect();
    for (id, check) in form.checks() {
        let (verdict, alternative) =
            if is_applicable(form, draft, check, &verdicts) { decide(check, draft, &values) } else { (Verdict::NotApplicable, 0) };
        verdicts.push(verdict);
        if matches!(verdict, Verdict::Fail | Verdict::Waiting) {
            findings.push(Finding { check: id, verdict, alternative });
        }
    }
    findings
}

/// The rule speaks of this agency, and the check it stands in for (if any) waits.
fn is_applicable(form: &Form, draft: &Draft, check: &Check, verdicts: &[Verdict]) -> bool {
    let exempt = form.rule(check).unless_agency_ends.iter().any(|end| draft.agency.trim_end().ends_with(&**end));
    let stands_in = check.only_while_waiting.is_none_or(|other| verdicts.get(other.index()) == Some(&Verdict::Waiting));
    !exempt && stands_in
}

fn decide(check: &Check, draft: &Draft, values: &[Option<i64>]) -> (Verdict, usize) {
    let verdict = |broken| if broken { Verdict::Fail } else { Verdict::Pass };
    match &check.test {
        Test::Readable(cell) => (verdict(matches!(draft.entry(*cell), Entry::Unread { .. })), 0),
        Test::Control(cell) => (control(draft.control(*cell), draft.entry(*cell)), 0),
        Test::Must(comparison) => (holds(comparison, values).map_or(Verdict::Waiting, |holds| verdict(!holds)), 0),
        Test::Flag(alternatives) => flag(alternatives, values),
    }
}

/// Whether figures, in form order, keep a check that compares figures; `None` while one is missing, or where it compares none.
pub fn keeps(check: &Check, values: &[Option<i64>]) -> Option<bool> {
    match &check.test {
        Test::Must(comparison) => holds(comparison, values),
        Test::Flag(alternatives) => match flag(alternatives, values).0 {
            Verdict::Waiting => None,
            verdict => Some(verdict == Verdict::Pass),
        },
        Test::Readable(_) | Test::Control(_) => None,
    }
}

/// Broken where an alternative is met, whatever cells the others still wait for; else waiting while one is undecided.
fn flag(alternatives: &[Vec<Comparison>], values: &[Option<i64>]) -> (Verdict, usize) {
    let mut verdict = Verdict::Pass;
    for (place, comparisons) in alternatives.iter().enumerate() {
        match all_hold(comparisons, values) {
            Some(true) => return (Verdict::Fail, place),
            Some(false) => {}
            None => verdict = Verdict::Waiting,
        }
    }
    (verdict, 0)
}

/// Whether all relations hold; one that does not decides it, otherwise blank cells leave it open.
fn all_hold(comparisons: &[Comparison], values: &[Option<i64>]) -> Option<bool> {
    let mut all = Some(true);
    for comparison in comparisons {
        match holds(comparison, values) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// The control figure against the computed total.
fn control(control: &Entry, total: &Entry) -> Verdict {
    match (control, total) {
        (Entry::Blank, _) => Verdict::NotApplicable,
        (_, Entry::Blank) => Verdict::Waiting,
        (control, total) if control.value().is_some() && control.value() == total.value() => Verdict::Pass,
        _ => Verdict::Fail,
    }
}

fn value(values: &[Option<i64>], cell: CellId) -> Option<i64> {
    values.get(cell.index()).copied().flatten()
}

/// Whether the relation holds; `None` while a cell is blank or unreadable.
fn holds(comparison: &Comparison, values: &[Option<i64>]) -> Option<bool> {
    let of = |cell| value(values, cell);
    Some(comparison.relation.holds(sum(&comparison.left, of)?, sum(&comparison.right, of)?))
}
