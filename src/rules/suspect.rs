//! The most likely wrong cell. One wrong figure breaks exactly the sums it stands in, all by the same amount; in table 三
//! no two cells stand in the same set of sums, so the pattern of broken sums names the cell and the figure that mends all.
//!
//! Explanations are tried from small to large: one cell, two cells exchanged, two cells. Silent when the smallest
//! explanation is not the only one of its size.

use super::slip::{Slip, slip};
use super::sums::{difference, entry_of, equation};
use crate::form::{CheckId, Comparison, Form, Side};
use crate::model::{CellId, Draft, Entry};

/// A cell that is probably wrong, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The cell.
    pub cell: CellId,
    /// What stands there.
    pub typed: Entry,
    /// What would make every sum hold.
    pub should_be: Entry,
    /// How the slip may have happened.
    pub slip: Slip,
}

/// The most likely wrong cells, one or two for each group of sums that hang together, in form order.
pub fn suspects(form: &Form, draft: &Draft) -> Vec<Suspect> {
    let mut sums = Sums::of(form, draft);
    let mut suspects = Vec::new();
    for group in sums.broken_groups() {
        if let Some(corrections) = sums.explain(&group) {
            suspects.extend(sums.describe(&corrections));
        }
    }
    suspects.sort_by_key(|suspect| suspect.cell);
    suspects
}

/// A change of one cell's figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Correction {
    cell: CellId,
    /// What is added to the figure, never 0.
    by: i128,
}

/// The sums that must hold, and how far each is off.
struct Sums<'draft> {
    form: &'draft Form,
    draft: &'draft Draft,
    /// Left minus right in hundredths, by place of the check. None where the check is no sum or waits for a cell.
    off: Vec<Option<i128>>,
}

impl<'draft> Sums<'draft> {
    fn of(form: &'draft Form, draft: &'draft Draft) -> Self {
        let off = |test| difference(equation(test)?, |cell| draft.entry(cell).value());
        Self { form, draft, off: form.checks.iter().map(|check| off(&check.test)).collect() }
    }

    /// How far a sum is off; `None` if it is none, or waits.
    fn off(&self, sum: CheckId) -> Option<i128> {
        self.off.get(sum.index()).copied().flatten()
    }

    fn is_broken(&self, sum: CheckId) -> bool {
        self.off(sum).is_some_and(|off| off != 0)
    }

    /// Broken sums that hang together through decided sums: errors in different tables are explained apart.
    fn broken_groups(&self) -> Vec<Vec<CheckId>> {
        let mut groups = Vec::new();
        let mut is_reached = vec![false; self.off.len()];
        let mut reach = |sum: CheckId| is_reached.get_mut(sum.index()).is_some_and(|reached| !std::mem::replace(reached, true));
        for (first, _) in self.form.checks().filter(|(id, _)| self.is_broken(*id)) {
            if !reach(first) {
                continue;
            }
            let mut group = vec![first];
            let mut next = 0;
            while let Some(&sum) = group.get(next) {
                let near = self.form.check(sum).cells.iter().flat_map(|&cell| self.form.checks_of(cell)).copied();
                group.extend(near.filter(|&near| self.off(near).is_some() && reach(near)));
                next += 1;
            }
            group.retain(|sum| self.is_broken(*sum));
            groups.push(group);
        }
        groups
    }

    /// The smallest explanation of all broken sums of a group, if it is the only one of its size.
    fn explain(&mut self, group: &[CheckId]) -> Option<Vec<Correction>> {
        let singles: Vec<Correction> = self.singles(group).into_iter().filter(|one| self.fits(*one)).collect();
        match singles.as_slice() {
            [] => {}
            [only] => return Some(vec![*only]),
            [_, _, ..] => return None,
        }
        let mut pairs = self.pairs(group);
        if pairs.len() > 1 {
            pairs.retain(|pair| self.is_exchange(*pair));
        }
        match pairs.as_slice() {
            [only] => Some(only.to_vec()),
            _ => None,
        }
    }

    /// The corrections that mend all these sums and break no other; whether the cell can hold the figure is left open.
    fn singles(&self, broken: &[CheckId]) -> Vec<Correction> {
        let Some(&smallest) = broken.iter().min_by_key(|sum| self.form.check(**sum).cells.len()) else { return Vec::new() };
        let stands_in_all = |cell: &&CellId| broken.iter().all(|sum| self.form.checks_of(**cell).contains(sum));
        let cells = self.form.check(smallest).cells.iter().filter(stands_in_all);
        cells.filter_map(|&cell| self.mending(cell, smallest)).filter(|one| self.all_hold_after(*one)).collect()
    }

    /// The pairs of corrections that together mend all these sums and break no other.
    ///
    /// One cell of any such pair stands in a broken sum where the other does not, so it mends that sum alone; what is
    /// then still broken must be the other's work alone.
    fn pairs(&mut self, broken: &[CheckId]) -> Vec<[Correction; 2]> {
        let form = self.form;
        let mut pairs = Vec::new();
        for &sum in broken {
            for &cell in &form.check(sum).cells {
                let Some(first) = self.mending(cell, sum) else { continue };
                self.correct(first);
                let touched = form.checks_of(cell).iter().filter(|near| !broken.contains(near));
                let left: Vec<CheckId> = broken.iter().chain(touched).copied().filter(|sum| self.is_broken(*sum)).collect();
                let seconds = self.singles(&left);
                self.correct(Correction { by: -first.by, ..first });
                pairs.extend(seconds.into_iter().map(|second| if first < second { [first, second] } else { [second, first] }));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|[one, other]| one.cell != other.cell && self.fits(*one) && self.fits(*other));
        pairs
    }

    /// The correction of this cell that makes this sum hold.
    fn mending(&self, cell: CellId, sum: CheckId) -> Option<Correction> {
        let (off, factor) = (self.off(sum)?, self.factor(sum, cell)?);
        (off != 0 && off % factor == 0).then(|| Correction { cell, by: -off / factor })
    }

    /// After this correction every sum of its cell holds.
    fn all_hold_after(&self, one: Correction) -> bool {
        let holds = |&sum: &CheckId| self.off(sum).is_none_or(|off| off + self.factor(sum, one.cell).unwrap_or(0) * one.by == 0);
        self.form.checks_of(one.cell).iter().all(holds)
    }

    /// Makes the correction in what the sums are off.
    fn correct(&mut self, one: Correction) {
        for &sum in self.form.checks_of(one.cell) {
            let change = self.factor(sum, one.cell).map(|factor| factor * one.by);
            if let (Some(Some(off)), Some(change)) = (self.off.get_mut(sum.index()), change) {
                *off += change;
            }
        }
    }

    /// By how much a sum grows, left against right, when the cell grows by 1; in hundredths, never 0.
    fn factor(&self, sum: CheckId, cell: CellId) -> Option<i128> {
        let Comparison { left, right, .. } = equation(&self.form.check(sum).test)?;
        let of = |side: &Side| side.terms.iter().filter(|term| term.cell == cell).map(|term| i128::from(term.factor)).sum::<i128>();
        Some(of(left) - of(right)).filter(|factor| *factor != 0)
    }

    /// What stands in the cell after the correction, if the cell can hold it.
    fn corrected(&self, one: Correction) -> Option<Entry> {
        let value = i128::from(self.draft.entry(one.cell).value()?);
        entry_of(self.form, one.cell, value + one.by).map(|(_, entry)| entry)
    }

    fn fits(&self, one: Correction) -> bool {
        self.corrected(one).is_some()
    }

    /// The corrections put each cell's figure into the other: one slip rather than two.
    fn is_exchange(&self, [one, other]: [Correction; 2]) -> bool {
        let typed = |one: Correction| self.draft.entry(one.cell).value().map(i128::from);
        typed(one).map(|value| value + one.by) == typed(other) && one.by == -other.by
    }

    fn describe(&self, corrections: &[Correction]) -> Vec<Suspect> {
        let is_exchange = matches!(corrections, &[one, other] if self.is_exchange([one, other]));
        let suspect = |&one: &Correction| {
            let (typed, should_be) = (self.draft.entry(one.cell).clone(), self.corrected(one)?);
            let slip = if is_exchange { Slip::CellsSwapped } else { slip(self.form, self.draft, one.cell, &should_be) };
            Some(Suspect { cell: one.cell, typed, should_be, slip })
        };
        corrections.iter().filter_map(suspect).collect()
    }
}
