//! What figures add up to, cell by cell: what there is so far, and whether that is all.

use super::taken::Taken;
use crate::model::CellId;

/// What a cell comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// What the figures at hand add up to: pieces, or 分.
    pub so_far: i128,
    /// Bodies in the sum that have no figure here.
    pub num_blank: usize,
    /// A repair stands in it.
    pub is_mended: bool,
}

/// The sum over a county.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Each cell of the form, in its order.
    pub totals: Vec<Total>,
    /// Bodies in it.
    pub num_in: usize,
    /// Expected bodies that are not.
    pub num_missing: usize,
}

impl Sum {
    /// The report of an expected body comes in or goes out; none where it has handed in nothing that counts.
    pub(super) fn turn(&mut self, taken: Option<&Taken>, is_in: bool) {
        let (sign, step): (i128, fn(&mut usize)) = if is_in { (1, |num| *num += 1) } else { (-1, |num| *num -= 1) };
        let Some(taken) = taken else { return step(&mut self.num_missing) };
        step(&mut self.num_in);
        // A report on a form with fewer cells has no figure for the rest.
        for (total, figure) in self.totals.iter_mut().zip(taken.figures.iter().chain(std::iter::repeat(None))) {
            match figure {
                Some(figure) => total.so_far += sign * i128::from(figure),
                None => step(&mut total.num_blank),
            }
        }
    }

    /// Everyone has handed in: it can be held against the county's report.
    pub fn is_whole(&self) -> bool {
        self.num_missing == 0 && self.num_in > 0
    }

    /// The figure of a cell; none while a body is missing or has none here.
    pub fn value(&self, cell: CellId) -> Option<i128> {
        self.so_far(cell).filter(|_| self.is_whole())
    }

    /// What the bodies at hand add up to; none while one of them has no figure here.
    pub fn so_far(&self, cell: CellId) -> Option<i128> {
        let total = self.totals.get(cell.index())?;
        (total.num_blank == 0 && self.num_in > 0).then_some(total.so_far)
    }
}
