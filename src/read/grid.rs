//! A table with its merges expanded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Row and column on a grid, from 0.
pub type At = (usize, usize);

/// Rows and columns that a cell spans, each at least 1.
pub type Span = (usize, usize);

/// Most slots of a table; table 三 has some 300.
const MAX_SLOTS: usize = 200_000;

/// A table: its cells, and for each slot the first slot of the cell that covers it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(from = "Vec<(At, Span, String)>", into = "Vec<(At, Span, String)>")]
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

    /// Puts the rows of another table below these.
    pub fn append(&mut self, other: &Self) {
        let below = self.size().0;
        for cell in other.cells() {
            self.put((cell.at.0 + below, cell.at.1), cell.span, cell.words);
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

    /// The cells that begin in a row, from left to right.
    pub fn row(&self, row: usize) -> Vec<GridCell<'_>> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|(at, (span, words))| GridCell { at: *at, span: *span, words }).collect()
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

impl From<Vec<(At, Span, String)>> for Grid {
    fn from(cells: Vec<(At, Span, String)>) -> Self {
        let mut grid = Self::default();
        for (at, span, words) in cells {
            grid.put(at, span, &words);
        }
        grid
    }
}

impl From<Grid> for Vec<(At, Span, String)> {
    fn from(grid: Grid) -> Self {
        grid.cells.into_iter().map(|(at, (span, words))| (at, span, words)).collect()
    }
}
