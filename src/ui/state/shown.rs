//! What of a chapter has been on the screen: only that can be marked as looked at.

use std::collections::BTreeSet;

use crate::model::{CellId, Item, SectionId};

/// What has been on the screen since the chapter was turned to.
#[derive(Debug, Default)]
pub struct Shown {
    chapter: u8,
    cells: BTreeSet<CellId>,
    text: Option<(SectionId, usize, usize)>,
}

impl Shown {
    /// This chapter is on screen; what was seen of another one counts no more.
    pub fn turn_to(&mut self, chapter: u8) {
        if self.chapter != chapter {
            *self = Self { chapter, ..Self::default() };
        }
    }

    /// These cells are on screen.
    pub fn add_cells(&mut self, cells: impl IntoIterator<Item = CellId>) {
        self.cells.extend(cells);
    }

    /// These characters of a text are on screen: the first, and one past the last. What is read on from there counts with it.
    pub fn add_text(&mut self, section: SectionId, first: usize, end: usize) {
        self.text = Some(match self.text {
            Some((known, from, to)) if known == section && first <= to && end >= from => (section, first.min(from), end.max(to)),
            _ => (section, first, end),
        });
    }

    /// The item has been on the screen, a text from its beginning to its end, which has so many characters. A reason never is: it is
    /// accepted or refused one by one.
    pub fn has(&self, item: &Item, length: impl Fn(SectionId) -> usize) -> bool {
        match item {
            Item::Cell(cell) | Item::Control(cell) => self.cells.contains(cell),
            Item::Text(section) => self.text.is_some_and(|(known, from, to)| known == *section && from == 0 && to >= length(*section)),
            Item::Agency | Item::Totals | Item::LastYear | Item::Ground => true,
            Item::Reason(_) => false,
        }
    }

    /// Where the text goes on that has not been on the screen.
    pub fn goes_on(&self, length: impl Fn(SectionId) -> usize) -> Option<(SectionId, usize)> {
        self.text.filter(|(section, _, to)| *to < length(*section)).map(|(section, _, to)| (section, to))
    }
}
