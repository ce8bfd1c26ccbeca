//! The draft of one report: everything that was typed, and the one way to change it.

use std::collections::BTreeMap;
use std::mem::replace;

use super::{Edit, Entry, Item, Reason, ReasonKey, Review, Value};

/// A cell of the draft's form, by its place in the form's order of cells: 表二, 表三, 表四, row by row.
/// Files and people use the form's keys instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(u16);

impl CellId {
    /// The cell at this place, if a form can have so many.
    pub fn new(index: usize) -> Option<Self> {
        u16::try_from(index).ok().map(Self)
    }

    /// The place in the form's order of cells.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A text chapter, by its number: 1, 5, 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u8);

/// Where the totals of the tables come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Totals {
    /// 手工录入合计（核对用）: the clerk types them; that they agree proves the figures.
    #[default]
    Typed,
    /// 自动合计: they follow from the other cells; a control figure from paper may be typed beside them.
    Computed,
}

/// Everything that was typed for one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Id of the form: `F2021`.
    pub form: Box<str>,
    /// Full name of the agency (单位全称).
    pub agency: String,
    /// The year reported on, not the year of writing.
    pub year: u16,
    entries: Vec<Entry>,
    sections: BTreeMap<SectionId, String>,
    totals: Totals,
    controls: BTreeMap<CellId, Entry>,
    reasons: BTreeMap<ReasonKey, Reason>,
    review: Review,
}

impl Draft {
    /// An empty draft with so many cells.
    pub fn new(form: &str, agency: String, year: u16, num_cells: usize) -> Self {
        Self {
            form: form.into(),
            agency,
            year,
            entries: vec![Entry::Blank; num_cells],
            sections: BTreeMap::new(),
            totals: Totals::default(),
            controls: BTreeMap::new(),
            reasons: BTreeMap::new(),
            review: Review::default(),
        }
    }

    /// What stands in the cell.
    pub fn entry(&self, cell: CellId) -> &Entry {
        self.entries.get(cell.index()).unwrap_or(&Entry::Blank)
    }

    /// All entries in form order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The text of a chapter; paragraphs end in a line feed.
    pub fn section(&self, section: SectionId) -> &str {
        self.sections.get(&section).map_or("", String::as_str)
    }

    /// The text chapters that are not empty, in order.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, &str)> {
        self.sections.iter().map(|(section, text)| (*section, text.as_str()))
    }

    /// Whether totals are typed or computed.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// The control figure of a computed total; blank where there is none.
    pub fn control(&self, cell: CellId) -> &Entry {
        self.controls.get(&cell).unwrap_or(&Entry::Blank)
    }

    /// All control figures, in form order.
    pub fn controls(&self) -> impl Iterator<Item = (CellId, &Entry)> {
        self.controls.iter().map(|(cell, entry)| (*cell, entry))
    }

    /// The written reason for a warning.
    pub fn reason(&self, key: &ReasonKey) -> Option<&Reason> {
        self.reasons.get(key)
    }

    /// All written reasons, by rule and place.
    pub fn reasons(&self) -> impl Iterator<Item = (&ReasonKey, &Reason)> {
        self.reasons.iter()
    }

    /// The review part: log, comments, signature.
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// The report alone.
    #[must_use]
    pub fn without_review(&self) -> Self {
        Self { review: Review::default(), ..self.clone() }
    }

    /// Makes the change and returns the one that takes it back.
    pub fn apply(&mut self, edit: Edit) -> Edit {
        match edit {
            Edit::Set(item, value) => {
                let old = self.set(&item, value);
                Edit::Set(item, old)
            }
            Edit::Text(section, splice) => {
                let text = splice.apply(self.section(section));
                self.set_section(section, text);
                Edit::Text(section, splice.inverse())
            }
            Edit::Review(review) => Edit::Review(Box::new(replace(&mut self.review, *review))),
        }
    }

    /// Gives an item a value and returns the one it had; a value that it cannot hold is given back.
    fn set(&mut self, item: &Item, value: Value) -> Value {
        match (item, value) {
            (Item::Agency, Value::Text(name)) => Value::Text(replace(&mut self.agency, name)),
            (Item::Totals, Value::Totals(totals)) => Value::Totals(replace(&mut self.totals, totals)),
            (Item::Cell(cell), Value::Entry(entry)) => {
                let slot = self.entries.get_mut(cell.index());
                Value::Entry(slot.map_or(Entry::Blank, |slot| replace(slot, entry)))
            }
            (Item::Control(cell), Value::Entry(entry)) => {
                let old = if entry.is_blank() { self.controls.remove(cell) } else { self.controls.insert(*cell, entry) };
                Value::Entry(old.unwrap_or_default())
            }
            (Item::Text(section), Value::Text(text)) => Value::Text(self.set_section(*section, text)),
            (Item::Reason(key), Value::Reason(Some(reason))) => Value::Reason(self.reasons.insert(key.clone(), reason)),
            (Item::Reason(key), Value::Reason(None)) => Value::Reason(self.reasons.remove(key)),
            (Item::Agency | Item::Totals | Item::Cell(_) | Item::Control(_) | Item::Text(_) | Item::Reason(_), value) => value,
        }
    }

    /// An empty chapter is one that was never written: undo must lead back to the very same draft.
    fn set_section(&mut self, section: SectionId, text: String) -> String {
        let old = if text.is_empty() { self.sections.remove(&section) } else { self.sections.insert(section, text) };
        old.unwrap_or_default()
    }
}
