//! A draft as a list of values: reading one, comparing two, putting some in.

use std::collections::BTreeSet;

use super::{CellId, Change, Draft, Edit, Item, LastYear, Value, Values};

impl Draft {
    /// What an item holds.
    pub fn value(&self, item: &Item) -> Value {
        match item {
            Item::Agency => Value::Text(self.agency.clone()),
            Item::Totals => Value::Totals(self.totals()),
            Item::Cell(cell) => Value::Entry(self.entry(*cell).clone()),
            Item::Control(cell) => Value::Entry(self.control(*cell).clone()),
            Item::Text(section) => Value::Text(self.section(*section).to_owned()),
            Item::Reason(key) => Value::Reason(self.reason(key).cloned()),
            Item::LastYear => Value::LastYear(self.last_year().clone()),
            Item::Ground => Value::Ground(self.ground().clone()),
        }
    }

    /// Every item that holds something, and every cell.
    pub fn items(&self) -> BTreeSet<Item> {
        let cells = (0..self.entries().len()).filter_map(CellId::new).map(Item::Cell);
        let controls = self.controls().map(|(cell, _)| Item::Control(cell));
        let texts = self.sections().map(|(section, _)| Item::Text(section));
        let reasons = self.reasons().map(|(key, _)| Item::Reason(key.clone()));
        let last_year = (*self.last_year() != LastYear::Unknown).then_some(Item::LastYear);
        let ground = (!self.ground().is_empty()).then_some(Item::Ground);
        let rest = last_year.into_iter().chain(ground);
        [Item::Agency, Item::Totals].into_iter().chain(cells).chain(controls).chain(texts).chain(reasons).chain(rest).collect()
    }

    /// The edit that gives an item this value; `None` where it has it.
    pub fn edit_to(&self, item: &Item, value: Value) -> Option<Edit> {
        Edit::between(item, &self.value(item), value)
    }

    /// The draft with these values put in.
    #[must_use]
    pub fn with(&self, values: &Values) -> Self {
        let mut draft = self.clone();
        draft.put(values);
        draft
    }

    /// Puts these values in.
    pub fn put(&mut self, values: &Values) {
        for (item, value) in values {
            if let Some(edit) = self.edit_to(item, value.clone()) {
                self.apply(edit);
            }
        }
    }

    /// Everything that differs from an earlier state of this report, or from another report on the same form.
    pub fn changes_since(&self, old: &Self) -> Vec<Change> {
        let mut items = self.items();
        items.extend(old.items());
        let change = |item: Item| Change { old: old.value(&item), new: self.value(&item), item };
        items.into_iter().map(change).filter(|change| change.old != change.new).collect()
    }

    /// The edits that lead from an earlier state of this report to this one, in the order of [`Item`]; the review part last.
    pub fn edits_since(&self, old: &Self) -> Vec<Edit> {
        let changes = self.changes_since(old).into_iter();
        let mut edits: Vec<Edit> = changes.filter_map(|change| Edit::between(&change.item, &change.old, change.new)).collect();
        if self.review() != old.review() {
            edits.push(Edit::Review(Box::new(self.review().clone())));
        }
        edits
    }

    /// The values that lead from this state back to an earlier one.
    pub fn back_to(&self, old: &Self) -> Values {
        self.changes_since(old).into_iter().map(|change| (change.item, change.old)).collect()
    }
}
