//! What must hold (勾稽关系): every rule of the form at every line, decided anew from the whole draft.
//! Blank is not zero: a check with a blank or unreadable cell waits.

mod answer;
mod carry;
pub mod claims;
mod copied;
mod standing;
mod sums;
mod suspect;
mod tally;
mod wording;
mod years;

pub use answer::{Answer, answer, answer_text, figures, orphans, orphans_note, reason_key, unsolved};
pub use carry::{adjustment_name, carry, changed_thresholds, ground_words, proposals};
pub use copied::{Copied, copied};
pub use standing::{Checked, Standing, checked};
pub use sums::{completion, compute_totals, computed_total};
pub use suspect::{Explanation, Mending, Slip, Suspect, claimed, explanations, suspects};
pub use tally::{Group, Tally, group};
pub use wording::{Hand, explained, expression, figure, hint, mending, message, need, percent, severity_name, side_name};
pub use years::{prior_entry, undecided};

use crate::form::{Check, CheckId, Comparison, Form, Relation, Report, Severity, Side, Term, Test};
use crate::model::{CellId, Entry, Kind};
use sums::{plain_sum, sum};
use years::{fits_last_year, is_copied, is_eased, prior_value, repeats};

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
    /// Last year's figures are not those of the published report, and the rule means less then.
    pub is_eased: bool,
}

/// One side of a comparison with figures.
#[derive(Debug)]
pub struct SideValue {
    /// This year's cells, in the order written.
    pub cells: Vec<CellId>,
    /// Last year's cells, in the order written.
    pub prior_cells: Vec<CellId>,
    /// Their plain sum; `None` while one is blank or unreadable. In 分 where the cells hold money.
    pub value: Option<i128>,
    /// The cells hold money.
    pub is_money: bool,
}

impl Finding {
    /// How grave it is: the rule's severity, by where last year's figures come from.
    pub fn severity(self, form: &Form) -> Severity {
        years::severity(form.rule(form.check(self.check)), self.is_eased)
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
    pub fn sides(self, report: Report<'_>) -> (SideValue, SideValue) {
        let Report { form, draft } = report;
        let one = |cells: Vec<CellId>, entry: &Entry| SideValue {
            is_money: matches!(entry.plain(), Entry::Money(_)),
            value: entry.value().map(i128::from),
            cells,
            prior_cells: Vec::new(),
        };
        let number = |number: u32| one(Vec::new(), &Entry::Whole(number.into()));
        match &form.check(self.check).test {
            Test::Readable(cell) => (one(vec![*cell], draft.entry(*cell)), one(Vec::new(), &Entry::Blank)),
            Test::Control(cell) => (one(vec![*cell], draft.entry(*cell)), one(Vec::new(), draft.control(*cell))),
            Test::Registered(cell) => {
                let count = registered(report, *cell).map_or(Entry::Blank, Entry::Whole);
                (one(vec![*cell], draft.entry(*cell)), one(Vec::new(), &count))
            }
            Test::Repeats(least) => (number(*least), number(*least)),
            Test::Copied(section, share) => {
                let then = draft.prior().map_or("", |prior| prior.text(*section));
                (number(copied(draft.section(*section), then).share()), number(*share))
            }
            Test::Must(_) | Test::Flag(_) => match self.comparison(form) {
                Some(comparison) => (side_value(report, &comparison.left), side_value(report, &comparison.right)),
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
        Test::Readable(_) | Test::Control(_) | Test::Registered(_) | Test::Repeats(_) | Test::Copied(..) => None,
    }
}

fn side_value(report: Report<'_>, side: &Side) -> SideValue {
    let value_of = |term: Term| if term.is_prior { prior_value(report, term.cell) } else { report.draft.entry(term.cell).value() };
    let of = |is_prior| side.terms.iter().filter(move |term| term.is_prior == is_prior).map(|term| term.cell).collect();
    let is_money = side.terms.iter().any(|term| matches!(report.form.cell(term.cell).kind, Kind::Money(_)));
    SideValue { cells: of(false), prior_cells: of(true), value: plain_sum(side, value_of), is_money }
}

/// Checks the whole draft. Findings come in rule order, within a rule in the order of its lines.
pub fn check(report: Report<'_>) -> Vec<Finding> {
    let values: Vec<Option<i64>> = report.draft.entries().iter().map(Entry::value).collect();
    decided(report, &values, |_| true)
}

/// Errors, and sums that do not hold, with these values in place of the draft's own.
fn check_values(report: Report<'_>, values: &[Option<i64>]) -> usize {
    let counts = |finding: &&Finding| {
        finding.is_fail()
            && (report.form.check(finding.check).test.equation().is_some() || finding.severity(report.form) == Severity::Error)
    };
    // Texts do not change with figures, and take long to compare.
    let is_of_figures = |check: &Check| !matches!(check.test, Test::Copied(..));
    decided(report, values, is_of_figures).iter().filter(counts).count()
}

/// The figures that checks are decided on: these in place of the draft's own, beside last year's.
#[derive(Clone, Copy)]
struct Figures<'a> {
    form: &'a Form,
    /// None where figures are asked that are no draft's; then nothing is known of last year.
    report: Option<Report<'a>>,
    values: &'a [Option<i64>],
}

impl Figures<'_> {
    fn of(&self, term: Term) -> Option<i64> {
        if term.is_prior { prior_value(self.report?, term.cell) } else { value(self.values, term.cell) }
    }
}

fn decided(report: Report<'_>, values: &[Option<i64>], is_wanted: impl Fn(&Check) -> bool) -> Vec<Finding> {
    let Report { form, draft } = report;
    let given = Figures { form, report: Some(report), values };
    let mut findings = Vec::new();
    let mut verdicts = Vec::with_capacity(form.checks.len());
    for (id, check) in form.checks() {
        let applies = is_wanted(check) && is_applicable(report, check, &verdicts);
        let (verdict, alternative) = if applies { decide(&given, check, report) } else { (Verdict::NotApplicable, 0) };
        verdicts.push(verdict);
        if matches!(verdict, Verdict::Fail | Verdict::Waiting) {
            findings.push(Finding { check: id, verdict, alternative, is_eased: is_eased(draft, form.rule(check)) });
        }
    }
    findings
}

/// The check is decided on this draft: it speaks of its agency, and of what is known of last year.
pub fn speaks_of(report: Report<'_>, check: &Check) -> bool {
    let exempt = report.form.rule(check).unless_agency_ends.iter().any(|end| report.draft.agency.trim_end().ends_with(&**end));
    !exempt && fits_last_year(report, check)
}

/// The rule speaks of this draft, and the check it stands in for (if any) waits.
fn is_applicable(report: Report<'_>, check: &Check, verdicts: &[Verdict]) -> bool {
    let stands_in = check.only_while_waiting.is_none_or(|other| verdicts.get(other.index()) == Some(&Verdict::Waiting));
    stands_in && speaks_of(report, check)
}

fn decide(given: &Figures<'_>, check: &Check, report: Report<'_>) -> (Verdict, usize) {
    let (values, draft) = (given.values, report.draft);
    let verdict = |broken| if broken { Verdict::Fail } else { Verdict::Pass };
    match &check.test {
        Test::Readable(cell) => (verdict(matches!(draft.entry(*cell), Entry::Unread { .. })), 0),
        Test::Control(cell) => (control(draft.control(*cell), value(values, *cell)), 0),
        Test::Registered(cell) => (against_register(registered(report, *cell), value(values, *cell)), 0),
        Test::Repeats(least) => (repeats(report, values, *least).map_or(Verdict::Waiting, verdict), 0),
        Test::Copied(section, share) => (verdict(is_copied(draft, *section, *share)), 0),
        Test::Must(comparison) => (holds(comparison, given).map_or(Verdict::Waiting, |holds| verdict(!holds)), 0),
        Test::Flag(alternatives) => flag(given, alternatives),
    }
}

/// Whether figures, in form order, keep a check that compares figures of this year; `None` while one is missing, or where it
/// compares none.
pub fn keeps(form: &Form, check: &Check, values: &[Option<i64>]) -> Option<bool> {
    let given = Figures { form, report: None, values };
    match &check.test {
        Test::Must(comparison) => holds(comparison, &given),
        Test::Flag(alternatives) => match flag(&given, alternatives).0 {
            Verdict::Waiting => None,
            verdict => Some(verdict == Verdict::Pass),
        },
        Test::Readable(_) | Test::Control(_) | Test::Registered(_) | Test::Repeats(_) | Test::Copied(..) => None,
    }
}

/// Broken where an alternative is met, whatever cells the others still wait for; else waiting while one is undecided.
fn flag(given: &Figures<'_>, alternatives: &[Vec<Comparison>]) -> (Verdict, usize) {
    let mut verdict = Verdict::Pass;
    for (place, comparisons) in alternatives.iter().enumerate() {
        match all_hold(given, comparisons) {
            Some(true) => return (Verdict::Fail, place),
            Some(false) => {}
            None => verdict = Verdict::Waiting,
        }
    }
    (verdict, 0)
}

/// Whether all relations hold; one that does not decides it, otherwise blank cells leave it open.
fn all_hold(given: &Figures<'_>, comparisons: &[Comparison]) -> Option<bool> {
    let mut all = Some(true);
    for comparison in comparisons {
        match holds(comparison, given).or_else(|| holds_anyway(comparison, given)) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// The control figure against the computed total.
fn control(control: &Entry, total: Option<i64>) -> Verdict {
    match (control, total) {
        (Entry::Blank, _) => Verdict::NotApplicable,
        (_, None) => Verdict::Waiting,
        (control, total) if control.value() == total => Verdict::Pass,
        _ => Verdict::Fail,
    }
}

/// What the office's register gives for a cell; none where no figure was taken from one.
fn registered(report: Report<'_>, cell: CellId) -> Option<i64> {
    report.draft.ground().origin.count(&report.form.cell(cell).key)
}

/// The register's count against what stands in the cell; silent where there is no register.
fn against_register(count: Option<i64>, typed: Option<i64>) -> Verdict {
    match (count, typed) {
        (None, _) => Verdict::NotApplicable,
        (_, None) => Verdict::Waiting,
        (count, typed) if count == typed => Verdict::Pass,
        _ => Verdict::Fail,
    }
}

fn value(values: &[Option<i64>], cell: CellId) -> Option<i64> {
    values.get(cell.index()).copied().flatten()
}

/// Whether the relation holds; `None` while a cell is blank or unreadable.
fn holds(comparison: &Comparison, given: &Figures<'_>) -> Option<bool> {
    let of = |term| given.of(term);
    Some(comparison.relation.holds(sum(&comparison.left, of)?, sum(&comparison.right, of)?))
}

/// Whether the relation holds whatever its blank cells come to hold: one request decides that table 三 is not all 0.
fn holds_anyway(Comparison { left, relation, right }: &Comparison, given: &Figures<'_>) -> Option<bool> {
    let constant = i128::from(left.constant) - i128::from(right.constant);
    let terms = left.terms.iter().map(|term| (term, 1)).chain(right.terms.iter().map(|term| (term, -1)));
    let (least, most) = terms.fold((constant, constant), |(least, most), (term, sign)| {
        let factor = i128::from(term.factor) * sign;
        let (low, high) = given.of(*term).map_or_else(|| given.form.cell(term.cell).kind.range(), |value| (value, value));
        let ends = (factor * i128::from(low), factor * i128::from(high));
        (least + ends.0.min(ends.1), most + ends.0.max(ends.1))
    });
    match relation {
        Relation::Equal => (least > 0 || most < 0).then_some(false),
        Relation::Unequal => (least > 0 || most < 0).then_some(true),
        _ => Some(relation.holds(least, 0)).filter(|holds| *holds == relation.holds(most, 0)),
    }
}
