//! The sum of a side, the one place where figures are added up. Blank is not zero: a sum with a cell that holds no figure has
//! no value. Sums are in hundredths, so that shares (`40%`) stay whole; they cannot overflow: figures and factors stay below
//! 10¹⁴, cells below 2¹⁶.

use super::years::prior_value;
use crate::form::{CheckId, Comparison, Form, Relation, Report, Side, Term, Test};
use crate::model::{CellId, Draft, Edit, Entry};

/// The side in hundredths, by the figures of its terms; `None` while one has none.
pub(super) fn sum(side: &Side, figure: impl Fn(Term) -> Option<i64>) -> Option<i128> {
    let add = |sum, term: &Term| Some(sum + i128::from(term.factor) * i128::from(figure(*term)?));
    side.terms.iter().try_fold(i128::from(side.constant), add)
}

/// The cells of a side added up as they are for people, without their factors: pieces, or 分. Plain numbers count in full.
pub(super) fn plain_sum(side: &Side, figure: impl Fn(Term) -> Option<i64>) -> Option<i128> {
    let add = |sum, term: &Term| {
        let value = i128::from(figure(*term)?);
        Some(if term.factor < 0 { sum - value } else { sum + value })
    };
    side.terms.iter().try_fold(i128::from(side.constant / HUNDREDTHS), add)
}

const HUNDREDTHS: i64 = 100;

/// Left less right in hundredths; `None` while a cell has no figure.
fn difference(comparison: &Comparison, figure: impl Fn(Term) -> Option<i64>) -> Option<i128> {
    Some(sum(&comparison.left, &figure)? - sum(&comparison.right, &figure)?)
}

/// The one blank cell of a sum that must hold, and the figure that would make it hold. Across years it is the cell on the left
/// alone that follows from the others.
pub fn completion(report: Report<'_>, check: CheckId) -> Option<(CellId, Entry)> {
    let (comparison, is_across) = match &report.form.check(check).test {
        Test::Must(comparison) if comparison.relation == Relation::Equal => (comparison, comparison.is_across_years()),
        _ => return None,
    };
    let figure = |term: Term| if term.is_prior { prior_value(report, term.cell) } else { report.draft.entry(term.cell).value() };
    let mut blanks = comparison.terms().filter(|term| !term.is_prior && report.draft.entry(term.cell).is_blank());
    let (blank, None) = (blanks.next()?.cell, blanks.next()) else { return None };
    if is_across && !comparison.left.terms.iter().any(|term| term.cell == blank && !term.is_prior) {
        return None;
    }
    let with_blank_at =
        |value| difference(comparison, |term| if term.cell == blank && !term.is_prior { Some(value) } else { figure(term) });
    let (off, by_one) = (with_blank_at(0)?, with_blank_at(1)? - with_blank_at(0)?);
    entry_of(report.form, blank, -off.checked_div(by_one)?)
}

/// The entry with this figure, if the cell can hold it.
pub(super) fn entry_of(form: &Form, cell: CellId, value: i128) -> Option<(CellId, Entry)> {
    let kind = form.cell(cell).kind;
    let entry = Entry::of_value(kind, i64::try_from(value).ok()?);
    (Entry::read(kind, &entry.text()) == entry).then_some((cell, entry))
}

/// What a total must be by the cells it sums; blank while one of them is. `None` where the cell is no total.
pub fn computed_total(report: Report<'_>, cell: CellId) -> Option<Entry> {
    let comparison = report.form.check(report.form.cell(cell).total?).test.equation()?;
    let sum = plain_sum(&comparison.right, |term| report.draft.entry(term.cell).value());
    Some(sum.and_then(|sum| entry_of(report.form, cell, sum)).map_or(Entry::Blank, |(_, entry)| entry))
}

/// Puts every total in place, totals of totals after what they sum, and returns what undoes it.
pub fn compute_totals(form: &Form, draft: &mut Draft) -> Vec<Edit> {
    let totals: Vec<CellId> = form.cells().filter(|(_, cell)| cell.total.is_some()).map(|(id, _)| id).collect();
    let mut undo = Vec::new();
    // Each round puts one more layer in place. Totals that sum each other in a ring would never come to rest.
    for _round in 0..=totals.len() {
        let before = undo.len();
        for &id in &totals {
            if let Some(entry) = computed_total(form.report(draft), id).filter(|entry| entry != draft.entry(id)) {
                undo.push(draft.apply(Edit::cell(id, entry)));
            }
        }
        if undo.len() == before {
            break;
        }
    }
    undo
}
