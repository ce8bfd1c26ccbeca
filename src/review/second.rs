//! 双录: a second person keys a table anew without seeing the first entry; what differs is settled cell by cell.
//!
//! The second sheet is a draft of its own, so that the window and the journal treat it as any other. A cell is settled when
//! both sheets hold the same.

use std::collections::BTreeMap;

use crate::form::Form;
use crate::model::{CellId, Change, Draft, Edit, Entry, Item, Totals};

use super::diff::{item_name, value_name};

/// A table keyed twice.
#[derive(Clone, Debug)]
pub struct SecondEntry {
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// What the second person keys.
    pub second: Draft,
    /// What both had keyed where they differed.
    settled: BTreeMap<CellId, (String, String)>,
}

impl SecondEntry {
    /// A blank second sheet for a table.
    pub fn new(form: &Form, first: &Draft, table: usize) -> Self {
        Self::of(form.draft(first.agency.clone(), first.year), table)
    }

    /// The second sheet as it was kept.
    pub fn of(second: Draft, table: usize) -> Self {
        Self { table, second, settled: BTreeMap::new() }
    }

    /// The cells in which the sheets differ, in form order: `old` is the first entry, `new` the second. Computed totals are
    /// nobody's entry.
    pub fn mismatches(&self, form: &Form, first: &Draft) -> Vec<Change> {
        let mut changes = self.second.changes_since(first);
        changes.retain(|change| matches!(change.item, Item::Cell(cell) if self.is_keyed(form, first, cell)));
        changes
    }

    fn is_keyed(&self, form: &Form, first: &Draft, cell: CellId) -> bool {
        let spec = form.cell(cell);
        spec.table == self.table && (first.totals() == Totals::Typed || spec.total.is_none())
    }

    /// Settles a cell: the second sheet gets the entry, and the edit that gives it to the first is returned where it differs.
    pub fn settle(&mut self, form: &Form, first: &Draft, cell: CellId, entry: Entry) -> Option<Edit> {
        let item = Item::Cell(cell);
        let name = |draft: &Draft| value_name(form, &item, &draft.value(&item));
        let (one, two) = (name(first), name(&self.second));
        self.second.apply(Edit::Cell(cell, entry));
        if one != two {
            self.settled.entry(cell).or_insert((one, two));
        }
        first.edit_to(&item, self.second.value(&item))
    }

    /// What the log keeps of it, once nothing differs; else how many cells still do.
    ///
    /// # Errors
    /// So many cells are not settled.
    pub fn summary(&self, form: &Form, first: &Draft) -> Result<String, usize> {
        let num_left = self.mismatches(form, first).len();
        if num_left > 0 {
            return Err(num_left);
        }
        let num_cells = form.cells().filter(|(cell, _)| self.is_keyed(form, first, *cell)).count();
        let table = form.tables.get(self.table).map_or("", |table| &*table.name);
        let mut lines = vec![format!("{table} {num_cells} 格两遍一致，其中 {} 格原来不同", self.settled.len())];
        lines.extend(self.settled.iter().map(|(cell, (one, two))| {
            let item = Item::Cell(*cell);
            let taken = value_name(form, &item, &first.value(&item));
            format!("{}：一录 {one}，二录 {two}，取 {taken}", item_name(form, &item))
        }));
        Ok(lines.join("\n"))
    }
}
