//! Figures into a draft: only those that no open question can change, and nothing over what was typed unless that is wished.

use std::collections::BTreeSet;

use super::counted::{Counted, Figure, Item, State};
use super::error::Family;
use crate::form::{Form, Report};
use crate::model::{CellId, Edit, Entry, WAYS};

/// What would be written, and where the draft says something else.
#[derive(Clone, Debug, Default)]
pub struct Fill {
    /// One edit for each cell that changes; together one step.
    pub edits: Vec<Edit>,
    /// Cells whose figure in the draft is another than the register's.
    pub differences: Vec<Difference>,
    /// Cells that wait for answers: they stay as they are.
    pub waiting: Vec<CellId>,
}

/// A cell where the draft and the register differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The cell.
    pub cell: CellId,
    /// What stands in the draft.
    pub typed: Entry,
    /// What the register gives.
    pub counted: u32,
}

impl Counted {
    /// Cells that an open or proposed line may change: all of its column if that is certain, else all.
    pub fn waiting(&self, form: &Form) -> BTreeSet<CellId> {
        let is_open = |item: &&Item| matches!(item.state, State::Open | State::Proposed);
        let families: BTreeSet<Family> = self.items.iter().filter(is_open).map(|item| item.family).collect();
        let tables: Vec<_> = families.into_iter().filter_map(|family| table_of(form, family)).collect();
        let is_waiting = |cell: &CellId| tables.contains(&form.cell(*cell).table);
        self.figures.keys().copied().filter(is_waiting).collect()
    }

    /// Requests received in the year by the way they came in, for the text: each way, with zero too. None while a request waits, or
    /// one does not tell its way: parts that do not add up are no figures.
    pub fn settled_ways(&self) -> Option<Vec<(&'static str, Figure)>> {
        let is_open = |item: &Item| item.family == Family::Requests && matches!(item.state, State::Open | State::Proposed);
        let is_settled = self.num_wayless == 0 && !self.ways.is_empty() && !self.items.iter().any(is_open);
        is_settled.then(|| WAYS.iter().map(|way| (*way, self.ways.get(*way).cloned().unwrap_or_default())).collect())
    }

    /// What the draft would take. `replaces`: also over figures that were typed.
    pub fn fill(&self, report: Report<'_>, replaces: bool) -> Fill {
        let waiting = self.waiting(report.form);
        let mut fill = Fill { waiting: waiting.iter().copied().collect(), ..Fill::default() };
        for (cell, figure) in self.figures.iter().filter(|(cell, _)| !waiting.contains(cell)) {
            let (typed, counted) = (report.draft.entry(*cell), Entry::Whole(i64::from(figure.certain)));
            if *typed == counted {
                continue;
            }
            if !typed.is_blank() {
                fill.differences.push(Difference { cell: *cell, typed: typed.clone(), counted: figure.certain });
            }
            if typed.is_blank() || replaces {
                fill.edits.push(Edit::cell(*cell, counted));
            }
        }
        fill
    }
}

/// The table that a family of registers is counted into.
fn table_of(form: &Form, family: Family) -> Option<usize> {
    let key = if family == Family::Requests { "new.nat" } else { "rev.total" };
    form.cell_by_key(key).map(|cell| form.cell(cell).table)
}
