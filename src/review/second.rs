//! 双录: a second person keys a table anew without seeing the first entry; what differs is settled cell by cell.
//!
//! The second sheet is a draft of its own, so that the window and the journal treat it as any other. A cell is settled when
//! both sheets hold the same; what they held before stays on the sheet, as reasons, so that nothing is lost on the way.

use crate::form::{Form, Report};
use crate::model::{CellId, Change, Draft, Edit, Entry, Item, Reason, ReasonKey, Totals};

use super::diff::{item_name, value_name};

/// A table keyed twice.
#[derive(Clone, Debug)]
pub struct SecondEntry {
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// What the second person keys.
    pub second: Draft,
}

/// What the sheet of a second entry says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondSheet {
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// Who keyed the first entry.
    pub one: Box<str>,
    /// Who keys the second.
    pub two: Box<str>,
    /// Name of the file that the first entry stands in, beside which this one was made.
    pub file: Box<str>,
}

/// Where the sheet says what it is, among what was settled cell by cell.
const SHEET: &str = "sheet";

fn key(at: &str) -> ReasonKey {
    ReasonKey { rule: ReasonKey::SECOND_ENTRY.into(), at: at.into() }
}

/// The text behind a name.
fn figure<'a>(reason: &'a Reason, name: &str) -> Option<&'a str> {
    reason.figures.iter().find(|(known, _)| **known == *name).map(|(_, text)| &**text)
}

impl SecondSheet {
    /// A blank sheet beside a first entry.
    pub fn blank(&self, first: Report<'_>) -> Draft {
        let mut sheet = first.form.draft(first.draft.agency.clone(), first.draft.year);
        sheet.apply(Edit::totals(first.draft.totals()));
        self.mark(first.form, &mut sheet);
        sheet
    }

    /// Writes on a sheet what it is.
    pub fn mark(&self, form: &Form, sheet: &mut Draft) {
        let table = form.tables.get(self.table).map_or("", |table| &*table.id);
        let figures = [("表", table), ("一录", &*self.one), ("二录", &*self.two)];
        let figures = figures.map(|(name, text)| (name.into(), text.into())).to_vec();
        sheet.apply(Edit::reason(key(SHEET), Some(Reason { text: self.file.clone(), figures })));
    }

    /// What a draft says of itself; none where it is no sheet of a second entry.
    pub fn read(sheet: Report<'_>) -> Option<Self> {
        let says = sheet.draft.reason(&key(SHEET))?;
        let table = figure(says, "表")?;
        let table = sheet.form.tables.iter().position(|known| *known.id == *table)?;
        Some(Self { table, one: figure(says, "一录")?.into(), two: figure(says, "二录")?.into(), file: says.text.clone() })
    }
}

impl SecondEntry {
    /// A blank second sheet for a table.
    pub fn new(first: Report<'_>, table: usize) -> Self {
        Self::of(first.form.draft(first.draft.agency.clone(), first.draft.year), table)
    }

    /// The second sheet as it was kept.
    pub fn of(second: Draft, table: usize) -> Self {
        Self { table, second }
    }

    /// The cells in which the sheets differ, in form order: `old` is the first entry, `new` the second. Computed totals are
    /// nobody's entry.
    pub fn mismatches(&self, first: Report<'_>) -> Vec<Change> {
        let mut changes = self.second.changes_since(first.draft);
        changes.retain(|change| matches!(change.item, Item::Cell(cell) if self.is_keyed(first, cell)));
        changes
    }

    fn is_keyed(&self, first: Report<'_>, cell: CellId) -> bool {
        let spec = first.form.cell(cell);
        spec.table == self.table && (first.draft.totals() == Totals::Typed || spec.total.is_none())
    }

    /// Settles a cell: the second sheet gets the entry, and the edit that gives it to the first is returned where it differs.
    pub fn settle(&mut self, first: Report<'_>, cell: CellId, entry: Entry) -> Option<Edit> {
        let item = Item::Cell(cell);
        let name = |draft: &Draft| value_name(first.form, &item, &draft.value(&item));
        let (one, two) = (name(first.draft), name(&self.second));
        self.second.apply(Edit::cell(cell, entry));
        let key = key(&first.form.cell(cell).key);
        // What was settled first is what both had keyed.
        if one != two && self.second.reason(&key).is_none() {
            let (text, figures) = (format!("一录 {one}，二录 {two}"), vec![("一录".into(), one.into()), ("二录".into(), two.into())]);
            self.second.apply(Edit::reason(key, Some(Reason { text: text.into(), figures })));
        }
        first.draft.edit_to(&item, self.second.value(&item))
    }

    /// What the log keeps of it, once nothing differs; else how many cells still do.
    ///
    /// # Errors
    /// So many cells are not settled.
    pub fn summary(&self, first: Report<'_>) -> Result<String, usize> {
        let num_left = self.mismatches(first).len();
        if num_left > 0 {
            return Err(num_left);
        }
        let num_cells = first.form.cells().filter(|(cell, _)| self.is_keyed(first, *cell)).count();
        let table = first.form.tables.get(self.table).map_or("", |table| &*table.name);
        let settled: Vec<String> = first.form.cells().filter_map(|(cell, spec)| self.settled(first, cell, &spec.key)).collect();
        let who = SecondSheet::read(first.form.report(&self.second))
            .map_or_else(String::new, |sheet| format!("（一录 {}，二录 {}）", sheet.one, sheet.two));
        let mut lines = vec![format!("{table} {num_cells} 格录了两遍{who}，{} 格两遍不同，已逐格定下来", settled.len())];
        lines.extend(settled);
        Ok(lines.join("\n"))
    }

    /// How a cell was settled that was keyed differently.
    fn settled(&self, first: Report<'_>, cell: CellId, at: &str) -> Option<String> {
        let (item, both) = (Item::Cell(cell), self.second.reason(&key(at))?);
        Some(format!("{}：{}，取 {}", item_name(first.form, &item), both.text, value_name(first.form, &item, &first.draft.value(&item))))
    }
}
