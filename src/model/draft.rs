//! The draft of one report: everything that was typed, and the one way to change it.

use std::collections::BTreeMap;

use super::{Entry, Reason, ReasonKey, Review, Splice};

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

/// One change of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A cell holds this from now on.
    Cell(CellId, Entry),
    /// A text chapter changes.
    Text(SectionId, Splice),
    /// The agency's full name.
    Agency(String),
    /// Whether totals are typed or computed.
    Totals(Totals),
    /// The control figure (控制数) of a computed total, from paper; blank for none.
    Control(CellId, Entry),
    /// The written reason for a warning; none takes it away.
    Reason(ReasonKey, Option<Reason>),
    /// The review part as a whole: by a review action, or restored after a crash. Never undone.
    Review(Box<Review>),
}

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
            Edit::Cell(cell, entry) => {
                let old = match self.entries.get_mut(cell.index()) {
                    Some(slot) => std::mem::replace(slot, entry),
                    None => Entry::Blank,
                };
                Edit::Cell(cell, old)
            }
            Edit::Text(section, splice) => {
                let text = self.sections.entry(section).or_default();
                *text = splice.apply(text);
                // An empty chapter is one that was never written: undo must lead back to the very same draft.
                if text.is_empty() {
                    self.sections.remove(&section);
                }
                Edit::Text(section, splice.inverse())
            }
            Edit::Agency(name) => Edit::Agency(std::mem::replace(&mut self.agency, name)),
            Edit::Totals(totals) => Edit::Totals(std::mem::replace(&mut self.totals, totals)),
            Edit::Control(cell, entry) => {
                let old = if entry.is_blank() { self.controls.remove(&cell) } else { self.controls.insert(cell, entry) };
                Edit::Control(cell, old.unwrap_or_default())
            }
            Edit::Reason(key, reason) => {
                let old = match reason {
                    Some(reason) => self.reasons.insert(key.clone(), reason),
                    None => self.reasons.remove(&key),
                };
                Edit::Reason(key, old)
            }
            Edit::Review(review) => Edit::Review(Box::new(std::mem::replace(&mut self.review, *review))),
        }
    }
}
