//! A table with its merges expanded.

use std::collections::BTreeMap;

/// Row and column on a grid, from 0.
pub type At = (usize, usize);

/// Rows and columns that a cell spans, each at least 1.
pub type Span = (usize, usize);

/// Most slots of a table; table 三 has some 300.
const MAX_SLOTS: usize = 200_000;

/// A table: its cells, and for each slot the first slot of the cell that covers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    cells: BTreeMap<At, (Span, String)>,
    cover: BTreeMap<At, At>,
    is_cut: bool,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridCell<'a> {
    /// Its first slot.
    pub at: At,
    /// How many it covers.
    pub span: Span,
    /// Its words; lines end in a line feed.
    pub words: &'a str,
}

impl Grid {
    /// Puts a cell over its slots. Beyond what a table may have it is left out, and the table is cut.
    pub fn put(&mut self, at: At, span: Span, words: &str) {
        if self.cover.len().saturating_add(span.0.saturating_mul(span.1)) > MAX_SLOTS {
            self.is_cut = true;
            return;
        }
        self.cells.insert(at, (span, words.to_owned()));
        for row in at.0..at.0 + span.0 {
            for col in at.1..at.1 + span.1 {
                self.cover.insert((row, col), at);
            }
        }
    }

    /// The same cells with other words.
    #[must_use]
    pub fn map(mut self, words: impl Fn(&str) -> String) -> Self {
        for (_, text) in self.cells.values_mut() {
            *text = words(text);
        }
        self
    }

    /// The cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = GridCell<'_>> {
        self.cells.iter().map(|(at, (span, words))| GridCell { at: *at, span: *span, words })
    }

    /// The cell that covers a slot; `None` where there is none.
    pub fn cell(&self, slot: At) -> Option<GridCell<'_>> {
        let at = *self.cover.get(&slot)?;
        self.cells.get(&at).map(|(span, words)| GridCell { at, span: *span, words })
    }

    /// A cell covers the slot.
    pub fn is_taken(&self, slot: At) -> bool {
        self.cover.contains_key(&slot)
    }

    /// The slots that are covered, row by row.
    pub fn slots(&self) -> impl Iterator<Item = At> {
        self.cover.keys().copied()
    }

    /// Rows and columns, as far as cells reach.
    pub fn size(&self) -> Span {
        self.cover.keys().fold((0, 0), |size, slot| (size.0.max(slot.0 + 1), size.1.max(slot.1 + 1)))
    }

    /// It was larger than a table may be, and has lost cells.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }
}
