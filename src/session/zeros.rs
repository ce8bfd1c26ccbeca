//! Zeros that are put in together: what is left of a line or a column, and what a typed total leaves no other figure for.
//! Nothing here is done unasked, and a total takes a 0 only where all that it sums is 0: it must go on finding slips.

use std::collections::BTreeSet;

use super::Session;
use crate::form::Cell;
use crate::model::{CellId, Edit, Entry, Totals};
use crate::rules;

impl Session {
    /// The edits that put 0 into these cells as far as [`Session::zero_cells`] says.
    pub fn zeros_in(&self, cells: &[CellId]) -> Vec<Edit> {
        self.zero_cells(cells).into_iter().map(|id| Edit::cell(id, Entry::read(self.form.cell(id).kind, "0"))).collect()
    }

    /// The blank ones of these cells that 0 may go into; a total only where all that it sums is 0, or will be by these.
    pub fn zero_cells(&self, cells: &[CellId]) -> BTreeSet<CellId> {
        let blank = |id: &CellId| self.draft.entry(*id).is_blank() && !self.is_computed(*id);
        let (totals, plain): (Vec<CellId>, Vec<CellId>) =
            cells.iter().copied().filter(blank).partition(|id| self.form.cell(*id).total.is_some());
        let mut zeros: BTreeSet<CellId> = plain.into_iter().collect();
        // A total of totals comes after them.
        while let Some(total) = totals.iter().find(|total| !zeros.contains(total) && self.sums_zeros(**total, &zeros)) {
            zeros.insert(*total);
        }
        zeros
    }

    /// All that the total sums is 0, counting these.
    fn sums_zeros(&self, total: CellId, zeros: &BTreeSet<CellId>) -> bool {
        let parts = self.parts(total);
        !parts.is_empty() && parts.iter().all(|part| zeros.contains(part) || self.draft.entry(*part).value() == Some(0))
    }

    /// The cells that a total sums; empty where the cell is none.
    pub fn parts(&self, total: CellId) -> Vec<CellId> {
        let check = self.form.cell(total).total.map(|check| self.form.check(check));
        let terms = check.and_then(|check| check.test.equation()).map(|comparison| &comparison.right.terms);
        terms.map_or_else(Vec::new, |terms| terms.iter().map(|term| term.cell).collect())
    }

    /// The blank cells that a typed total leaves nothing but 0 for: what stands in the others is the total already. Empty where
    /// that is not so, where totals are computed, or where one of the blank ones is a total of other figures than 0.
    pub fn left_zero_by(&self, total: CellId, entry: &Entry) -> Vec<CellId> {
        let Some(value) = entry.value().filter(|_| self.draft.totals() == Totals::Typed) else { return Vec::new() };
        let (blank, filled): (Vec<CellId>, Vec<CellId>) =
            self.parts(total).into_iter().partition(|part| self.draft.entry(*part).is_blank());
        let stands: Option<i128> = filled.iter().map(|part| self.draft.entry(*part).value().map(i128::from)).sum();
        let may_be_zero = |part: &CellId| self.form.cell(*part).total.is_none() || self.sums_zeros(*part, &BTreeSet::new());
        if stands == Some(value.into()) && blank.iter().all(may_be_zero) { blank } else { Vec::new() }
    }

    /// The cells of the line that a cell stands in, in form order: those of its row; where a row has several totals side by side, as
    /// in 表四, those of its own total.
    pub fn line(&self, cell: CellId) -> Vec<CellId> {
        let here = self.form.cell(cell);
        let row = || self.form.cells().filter(|(_, other)| (other.table, other.at.0) == (here.table, here.at.0)).map(|(id, _)| id);
        let of_total = row().filter(|total| self.form.cell(*total).total.is_some()).find_map(|total| {
            let group: BTreeSet<CellId> = self.parts(total).into_iter().chain([total]).collect();
            let is_here = group.contains(&cell) && group.iter().all(|part| self.form.cell(*part).at.0 == here.at.0);
            is_here.then(|| group.into_iter().collect())
        });
        of_total.unwrap_or_else(|| row().collect())
    }

    /// The cells of the column that a cell stands in, in form order.
    pub fn column(&self, cell: CellId) -> Vec<CellId> {
        let here = self.form.cell(cell);
        let is_below = |other: &Cell| other.table == here.table && other.at.1 == here.at.1;
        self.form.cells().filter(|(_, other)| is_below(other)).map(|(id, _)| id).collect()
    }

    /// The edits after which totals come from there. Typed totals that differ from the computed ones stay, as control figures.
    pub fn totals_edits(&self, totals: Totals) -> Vec<Edit> {
        let differs = |id: &CellId| {
            let (typed, sum) = (self.draft.entry(*id), rules::computed_total(self.report(), *id));
            !typed.is_blank() && sum.is_some_and(|sum| sum.value() != typed.value())
        };
        let is_kept = totals == Totals::Computed && self.draft.totals() == Totals::Typed;
        let all = self.form.cells().map(|(id, _)| id).filter(|id| is_kept && self.draft.control(*id).is_blank() && differs(id));
        all.map(|id| Edit::control(id, self.draft.entry(id).clone())).chain([Edit::totals(totals)]).collect()
    }
}
