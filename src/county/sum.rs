//! The county's report: its own part and every body, cell by cell (R61). A sum stands only where everyone has handed in and everyone's
//! cell has a figure; what there is so far is told apart from it and never taken for it.

use std::collections::BTreeMap;

use super::assembled::County;
use super::totals::{Sum, Total};
use crate::model::{Adjustment, CellId, Draft, Edit, Entry, Ground};

/// Repairs that count, by body and cell.
pub type Mended<'a> = BTreeMap<(usize, CellId), &'a Adjustment>;

impl County {
    /// The repairs that count: those whose body's report still says what it said when they were written down.
    pub fn mended(&self) -> Mended<'_> {
        self.journal.in_force().filter_map(|one| Some((self.as_then(one)?, one))).collect()
    }

    /// Repairs that no longer count, since the body's report says something else now.
    pub fn outdated(&self) -> impl Iterator<Item = &Adjustment> {
        self.journal.in_force().filter(|one| self.as_then(one).is_none())
    }

    /// The body and the cell of a repair; none where the body says something else by now.
    fn as_then(&self, one: &Adjustment) -> Option<(usize, CellId)> {
        let (place, cell) = (self.place_of(&one.unit)?, self.form.cell_by_key(&one.key)?);
        (self.summed(place)?.figures.get(cell.index()) == one.from.value()).then_some((place, cell))
    }

    /// The sum, repairs included.
    pub fn sum(&self) -> Sum {
        let mut sum = self.parts.clone();
        for ((_, cell), one) in self.mended() {
            let Some(total) = sum.totals.get_mut(cell.index()) else { continue };
            total.is_mended = true;
            total.so_far += one.to.value().map_or(0, i128::from) - one.from.value().map_or(0, i128::from);
            total.num_blank = total.num_blank + usize::from(one.to.value().is_none()) - usize::from(one.from.value().is_none());
        }
        sum
    }
}

impl Sum {
    /// What the bodies of a county handed in, without repairs.
    pub(super) fn of_parts(county: &County) -> Self {
        let mut sum = Self { totals: vec![Total::default(); county.form.cells.len()], ..Self::default() };
        for place in county.expected() {
            sum.turn(county.summed(place), true);
        }
        sum
    }

    /// The county's report as a draft: cells whose sum stands, and no other. What no cell can hold is left blank.
    pub fn draft(&self, county: &County) -> Draft {
        repaired(county, Self::filled(county, |cell| self.value(cell)))
    }

    /// The same with what there is so far, to be looked at and never to be handed on.
    pub fn draft_so_far(&self, county: &County) -> Draft {
        repaired(county, Self::filled(county, |cell| self.so_far(cell)))
    }

    /// What the bodies in the sum had last year, to be looked at beside it: cells that every one of them has a figure for. None where no
    /// body brings last year's.
    pub fn draft_last(county: &County) -> Option<Draft> {
        let mut sums: Option<Vec<Option<i128>>> = None;
        for place in county.expected().filter(|place| county.summed(*place).is_some()) {
            let figures = county.last(place)?;
            let sums = sums.get_or_insert_with(|| vec![Some(0); county.form.cells.len()]);
            for (sum, figure) in sums.iter_mut().zip(figures.iter().chain(std::iter::repeat(None))) {
                *sum = sum.zip(figure).map(|(sum, figure)| sum + i128::from(figure));
            }
        }
        let sums = sums?;
        Some(Self::filled(county, |cell| sums.get(cell.index()).copied().flatten()))
    }

    fn filled(county: &County, value: impl Fn(CellId) -> Option<i128>) -> Draft {
        let mut draft = county.form.draft(county.agency.clone(), county.year);
        for (cell, spec) in county.form.cells() {
            let Some(value) = value(cell).and_then(|value| i64::try_from(value).ok()) else { continue };
            let entry = Entry::of_value(spec.kind, value);
            if Entry::read(spec.kind, &entry.text()) == entry {
                draft.apply(Edit::cell(cell, entry));
            }
        }
        draft
    }
}

/// The draft, which says what was repaired in its sums.
fn repaired(county: &County, mut draft: Draft) -> Draft {
    draft.apply(Edit::ground(Ground { adjustments: county.mended().into_values().cloned().collect(), ..Ground::default() }));
    draft
}
