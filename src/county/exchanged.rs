//! Two columns of a table filled in each other's place, all the way down: every sum of the form holds, and only last year's report tells.

use std::collections::BTreeMap;

use super::figures::Figures;
use super::words::WORDS;
use crate::form::Form;
use crate::model::CellId;

/// Rows from which on columns beside each other are looked at.
const LEAST_ROWS: usize = 10;

/// Two columns that were likely exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// The first cell of each.
    pub heads: [CellId; 2],
    /// By how much both together differ from last year's, as they stand.
    pub apart: u64,
    /// The same, were they exchanged again.
    pub apart_then: u64,
}

/// The columns of a form that have many rows, by the last part of their cells' keys: `new.nat`, `open.nat`. Columns of totals are none.
#[derive(Clone, Debug)]
pub struct Columns(Vec<Vec<CellId>>);

impl Columns {
    /// Of a form.
    pub fn of(form: &Form) -> Self {
        let mut columns: BTreeMap<&str, BTreeMap<&str, CellId>> = BTreeMap::new();
        for (cell, spec) in form.cells() {
            if let Some((row, column)) = spec.key.rsplit_once('.') {
                columns.entry(column).or_default().insert(row, cell);
            }
        }
        let is_total = |cell: &CellId| form.cell(*cell).total.is_some();
        columns.retain(|_, cells| cells.len() >= LEAST_ROWS && !cells.values().all(is_total));
        let is_in_all = |row: &str| columns.values().all(|cells| cells.contains_key(row));
        let shared = |cells: &BTreeMap<&str, CellId>| {
            let mut shared: Vec<CellId> = cells.iter().filter(|(row, _)| is_in_all(row)).map(|(_, cell)| *cell).collect();
            shared.sort_unstable();
            shared
        };
        Self(columns.values().map(shared).collect())
    }

    /// The two columns of a report that were likely exchanged, held against last year's; none where nothing says so. Cells that one of the
    /// years has no figure for say nothing. Thresholds are data.
    pub fn exchanged(&self, now: &Figures, last: &Figures) -> Option<Exchanged> {
        let (now, last): (Vec<Option<i64>>, Vec<Option<i64>>) = (now.iter().collect(), last.iter().collect());
        let value = |of: &[Option<i64>], cell: &CellId| of.get(cell.index()).copied().flatten();
        let apart = |one: &[CellId], other: &[CellId]| -> u64 {
            let both = one.iter().zip(other).filter_map(|(one, other)| value(&now, one).zip(value(&last, other)));
            both.map(|(one, other)| one.abs_diff(other)).sum()
        };
        let pairs = self.0.iter().enumerate().flat_map(|(place, one)| self.0.iter().skip(place + 1).map(move |other| (one, other)));
        let odd = WORDS.odd;
        let judged = pairs.filter_map(|(one, other)| {
            let straight = apart(one, one) + apart(other, other);
            let crossed = if straight < odd.exchanged_least { return None } else { apart(one, other) + apart(other, one) };
            let heads = [*one.first()?, *other.first()?];
            (crossed * odd.exchanged_times <= straight).then_some(Exchanged { heads, apart: straight, apart_then: crossed })
        });
        judged.min_by_key(|found| (found.apart_then, u64::MAX - found.apart))
    }
}
