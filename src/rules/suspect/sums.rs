//! The sums that must hold, and how far each is off. Where totals are computed they stand for the cells they sum.

use std::collections::BTreeMap;

use crate::form::{Check, Comparison, Form, Relation, Report, Severity, Side, Test};
use crate::model::{CellId, Totals};
use crate::rules::sums::{entry_of, plain_sum};
use crate::rules::years::{fits_last_year, prior_value};

/// A change of one cell's figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Correction {
    pub cell: CellId,
    /// What is added to the figure, never 0.
    pub by: i128,
}

/// A sum, by its place among [`Sums`].
pub(super) type SumId = usize;

/// The sums that are decided.
pub(super) struct Sums<'draft> {
    pub report: Report<'draft>,
    pub values: Vec<Option<i64>>,
    /// The cells of each sum, by how much it grows in hundredths when the cell grows by 1, left against right.
    terms: Vec<Vec<(CellId, i128)>>,
    /// Left minus right in hundredths, by sum.
    off: Vec<i128>,
    /// The sums of each cell, with its factor.
    of_cell: Vec<Vec<(SumId, i128)>>,
}

impl<'draft> Sums<'draft> {
    /// The decided sums with these values in place of the draft's own.
    pub fn of(report: Report<'draft>, values: Vec<Option<i64>>) -> Self {
        let mut sums = Self { report, values, terms: Vec::new(), off: Vec::new(), of_cell: vec![Vec::new(); report.form.cells.len()] };
        let is_computed = report.draft.totals() == Totals::Computed;
        for comparison in report.form.checks.iter().filter_map(|check| check.test.equation().or_else(|| known_side(report, check))) {
            if let Some((terms, off)) = sums.decided(comparison, is_computed) {
                sums.add(terms, off);
            }
        }
        sums
    }

    /// What a sum consists of and how far it is off; `None` while a cell is blank, and where it holds because its totals are
    /// computed.
    fn decided(&self, comparison: &Comparison, is_computed: bool) -> Option<(Vec<(CellId, i128)>, i128)> {
        let mut terms = Vec::with_capacity(comparison.num_terms());
        let is_total = |cell: CellId| is_computed && self.report.form.cell(cell).total.is_some();
        if let [term] = comparison.left.terms.as_slice()
            && is_total(term.cell)
        {
            return None;
        }
        let mut known = 0;
        for (side, sign) in [(&comparison.left, 1), (&comparison.right, -1)] {
            for term in &side.terms {
                let factor = i128::from(term.factor) * sign;
                if term.is_prior {
                    known += factor * i128::from(prior_value(self.report, term.cell)?);
                    continue;
                }
                match summands(self.report.form, term.cell).filter(|_| is_total(term.cell)) {
                    Some(side) => side.terms.iter().for_each(|part| grow(&mut terms, part.cell, factor * i128::from(part.factor) / 100)),
                    None => grow(&mut terms, term.cell, factor),
                }
            }
        }
        terms.retain(|(_, factor)| *factor != 0);
        // What is left of totals are totals of totals: they follow from the other sums.
        if terms.iter().any(|(cell, _)| is_total(*cell)) {
            return None;
        }
        let constant = i128::from(comparison.left.constant) - i128::from(comparison.right.constant) + known;
        let off = terms.iter().try_fold(constant, |sum, (cell, factor)| Some(sum + factor * i128::from(self.value(*cell)?)))?;
        Some((terms, off))
    }

    fn add(&mut self, terms: Vec<(CellId, i128)>, off: i128) {
        for (cell, factor) in &terms {
            if let Some(sums) = self.of_cell.get_mut(cell.index()) {
                sums.push((self.off.len(), *factor));
            }
        }
        self.terms.push(terms);
        self.off.push(off);
    }

    pub fn value(&self, cell: CellId) -> Option<i64> {
        self.values.get(cell.index()).copied().flatten()
    }

    /// The cells of a sum, with their factors.
    pub fn terms(&self, sum: SumId) -> &[(CellId, i128)] {
        self.terms.get(sum).map_or(&[], Vec::as_slice)
    }

    /// The sums of a cell, with its factor in each.
    pub fn of_cell(&self, cell: CellId) -> &[(SumId, i128)] {
        self.of_cell.get(cell.index()).map_or(&[], Vec::as_slice)
    }

    pub fn off(&self, sum: SumId) -> i128 {
        self.off.get(sum).copied().unwrap_or(0)
    }

    pub fn is_broken(&self, sum: SumId) -> bool {
        self.off(sum) != 0
    }

    /// Broken sums that hang together through decided sums: errors in different tables are explained apart. Where totals
    /// are computed, nothing but the table holds the sums of its columns together.
    pub fn groups(&self) -> Vec<Vec<SumId>> {
        if self.report.draft.totals() == Totals::Computed {
            return self.groups_by_table();
        }
        let mut groups = Vec::new();
        let mut is_reached = vec![false; self.off.len()];
        let mut reach = |sum: SumId| is_reached.get_mut(sum).is_some_and(|reached| !std::mem::replace(reached, true));
        for first in (0..self.off.len()).filter(|sum| self.is_broken(*sum)) {
            if !reach(first) {
                continue;
            }
            let mut group = vec![first];
            let mut next = 0;
            while let Some(&sum) = group.get(next) {
                let near = self.terms(sum).iter().flat_map(|(cell, _)| self.of_cell(*cell)).map(|(sum, _)| *sum);
                group.extend(near.filter(|near| reach(*near)));
                next += 1;
            }
            group.retain(|sum| self.is_broken(*sum));
            groups.push(group);
        }
        groups
    }

    fn groups_by_table(&self) -> Vec<Vec<SumId>> {
        let mut groups: BTreeMap<usize, Vec<SumId>> = BTreeMap::new();
        for sum in (0..self.off.len()).filter(|sum| self.is_broken(*sum)) {
            let table = self.terms(sum).first().map_or(0, |(cell, _)| self.report.form.cell(*cell).table);
            groups.entry(table).or_default().push(sum);
        }
        groups.into_values().collect()
    }

    /// After these corrections all these sums hold, and every other they touch.
    pub fn all_hold_after(&mut self, corrections: &[Correction], broken: &[SumId]) -> bool {
        for one in corrections {
            self.correct(*one);
        }
        let touched = corrections.iter().flat_map(|one| self.of_cell(one.cell)).map(|(sum, _)| sum);
        let hold = touched.chain(broken).all(|sum| !self.is_broken(*sum));
        for one in corrections {
            self.uncorrect(*one);
        }
        hold
    }

    /// Makes the correction in what the sums are off.
    pub fn correct(&mut self, Correction { cell, by }: Correction) {
        for (sum, factor) in self.of_cell.get(cell.index()).into_iter().flatten() {
            if let Some(off) = self.off.get_mut(*sum) {
                *off += factor * by;
            }
        }
    }

    /// Takes the correction back.
    pub fn uncorrect(&mut self, Correction { cell, by }: Correction) {
        self.correct(Correction { cell, by: -by });
    }

    /// The figure after the correction, if the cell can hold it.
    pub fn corrected(&self, Correction { cell, by }: Correction) -> Option<i64> {
        let figure = i128::from(self.value(cell)?) + by;
        entry_of(self.report.form, cell, figure)?;
        i64::try_from(figure).ok()
    }
}

/// Adds to the cell's factor in a sum.
fn grow(terms: &mut Vec<(CellId, i128)>, cell: CellId, factor: i128) {
    match terms.iter_mut().find(|(known, _)| *known == cell) {
        Some((_, sum)) => *sum += factor,
        None => terms.push((cell, factor)),
    }
}

/// The cells that a total sums up.
pub(super) fn summands(form: &Form, total: CellId) -> Option<&Side> {
    let check = form.check(form.cell(total).total?);
    check.test.equation().map(|comparison| &comparison.right)
}

/// What a cell must be by last year's report (R38, R23): a sum with a side that is known.
fn known_side<'form>(report: Report<'_>, check: &'form Check) -> Option<&'form Comparison> {
    match &check.test {
        Test::Must(comparison) if comparison.relation == Relation::Equal && report.form.rule(check).severity == Severity::Error => {
            fits_last_year(report, check).then_some(comparison)
        }
        _ => None,
    }
}

/// Puts computed totals in place, totals of totals after what they sum.
pub(super) fn compute(form: &Form, values: &mut Vec<Option<i64>>) {
    let totals: Vec<(CellId, &Side)> = form.cells().filter_map(|(cell, _)| Some((cell, summands(form, cell)?))).collect();
    for _round in 0..=totals.len() {
        let before = values.clone();
        for (cell, side) in &totals {
            let sum = plain_sum(side, |term| values.get(term.cell.index()).copied().flatten()).and_then(|sum| i64::try_from(sum).ok());
            if let Some(value) = values.get_mut(cell.index()) {
                *value = sum;
            }
        }
        if *values == before {
            break;
        }
    }
}
