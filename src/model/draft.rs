//! The draft of one report: everything that was typed, the review part beside it, and the one way to change them.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::replace;
use std::sync::Arc;

use super::{CellId, Entry, Fingerprint, Ground, Item, LastYear, Prior, Reason, ReasonKey, SectionId, Splice, Step, Totals, Value, Values};

/// One change of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The item holds this value from now on. A value of another item's type changes nothing; the constructors below give none.
    Set(Item, Value),
    /// A text chapter changes, in one place.
    Text(SectionId, Splice),
    /// The review part as a whole: by a review action, or restored after a crash. Never undone.
    Review(Box<Review>),
}

/// The review part of a draft. Empty until something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    steps: Vec<Arc<Step>>,
    /// The report after the last step, without a review part; none while there is no step.
    base: Option<Arc<Draft>>,
    /// What each person has looked at, as it was then.
    seen: BTreeMap<Box<str>, Values>,
    /// Who has typed figures, texts or reasons since the last step.
    editors: BTreeSet<Box<str>>,
    /// Another program has written in its file: the bytes were not under their seal. Stays so until the report is submitted anew.
    is_unsealed: bool,
}

impl Review {
    /// A review part with these steps, oldest first, and the report as it stood after the last.
    pub fn new(steps: Vec<Arc<Step>>, base: Option<Arc<Draft>>, seen: BTreeMap<Box<str>, Values>) -> Self {
        Self { steps, base, seen, editors: BTreeSet::new(), is_unsealed: false }
    }

    /// The same, found in a file whose bytes are not under their seal.
    #[must_use]
    pub fn unsealed(self) -> Self {
        Self { is_unsealed: true, ..self }
    }

    /// Another program has written in its file since this one did; see [`Self::unsealed`].
    pub fn is_unsealed(&self) -> bool {
        self.is_unsealed
    }

    /// The same, with these people having typed since the last step.
    #[must_use]
    pub fn with_editors(self, editors: impl IntoIterator<Item = Box<str>>) -> Self {
        Self { editors: self.editors.into_iter().chain(editors).collect(), ..self }
    }

    /// The same, with this looked at by each person.
    #[must_use]
    pub(super) fn with_all_seen(self, seen: BTreeMap<Box<str>, Values>) -> Self {
        Self { seen, ..self }
    }

    /// Who has typed figures, texts or reasons since the last step, as far as they said who they are.
    pub fn editors(&self) -> &BTreeSet<Box<str>> {
        &self.editors
    }

    /// The log, oldest first.
    pub fn steps(&self) -> &[Arc<Step>] {
        &self.steps
    }

    /// The newest step.
    pub fn last(&self) -> Option<&Arc<Step>> {
        self.steps.last()
    }

    /// The step with this id.
    pub fn step(&self, id: Fingerprint) -> Option<&Arc<Step>> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The report as it stood after the last step.
    pub fn base(&self) -> Option<&Arc<Draft>> {
        self.base.as_ref()
    }

    /// What each person has looked at, as it was then.
    pub fn seen(&self) -> &BTreeMap<Box<str>, Values> {
        &self.seen
    }
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
    last_year: LastYear,
    ground: Ground,
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
            last_year: LastYear::Unknown,
            ground: Ground::default(),
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

    /// What is known of last year.
    pub fn last_year(&self) -> &LastYear {
        &self.last_year
    }

    /// Last year's report, if the draft has it.
    pub fn prior(&self) -> Option<&Prior> {
        self.last_year.report()
    }

    /// What it rests on beside what is typed.
    pub fn ground(&self) -> &Ground {
        &self.ground
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
            (Item::LastYear, Value::LastYear(last)) => Value::LastYear(replace(&mut self.last_year, last)),
            (Item::Ground, Value::Ground(ground)) => Value::Ground(replace(&mut self.ground, ground)),
            (
                Item::Agency
                | Item::Totals
                | Item::Cell(_)
                | Item::Control(_)
                | Item::Text(_)
                | Item::Reason(_)
                | Item::LastYear
                | Item::Ground,
                value,
            ) => value,
        }
    }

    /// An empty chapter is one that was never written: undo must lead back to the very same draft.
    fn set_section(&mut self, section: SectionId, text: String) -> String {
        let old = if text.is_empty() { self.sections.remove(&section) } else { self.sections.insert(section, text) };
        old.unwrap_or_default()
    }
}
