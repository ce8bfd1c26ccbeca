//! A table found again from the frames round its cells and the words that stand in them.

use super::Grid;

/// How far apart two edges may be and still be the same, in points. Rows and columns are ten times as far apart.
const SAME: f64 = 0.5;

/// A page's height is added to what stands on the next page, so that one table goes on over pages.
const PAGE: f64 = 10_000.0;

/// The frame of a cell; `top` is above `bottom`, counted downwards.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Frame {
    /// The smallest frame round these points, which PDF counts upwards.
    pub fn around(points: &[(f64, f64)]) -> Self {
        let least = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        Self { left: least(|at| at.0), top: -most(|at| at.1), right: most(|at| at.0), bottom: -least(|at| at.1) }
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left - SAME..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }
}

/// The cells of a table as they are read.
#[derive(Debug, Default)]
pub struct Cells {
    cells: Vec<(Frame, String)>,
    /// Added to heights on this page.
    shift: f64,
}

impl Cells {
    /// What follows stands on the next page.
    pub fn new_page(&mut self) {
        self.shift += PAGE;
    }

    /// A cell.
    pub fn add(&mut self, frame: Frame) {
        let frame = Frame { top: frame.top + self.shift, bottom: frame.bottom + self.shift, ..frame };
        self.cells.push((frame, String::new()));
    }

    /// Puts words into the cell that stands here; tells whether there is one.
    pub fn put(&mut self, (x, y): (f64, f64), words: &str) -> bool {
        let y = self.shift - y;
        match self.cells.iter_mut().find(|(frame, _)| frame.holds((x, y))) {
            Some((_, text)) => {
                text.push_str(words);
                true
            }
            None => false,
        }
    }

    /// The cells in rows and columns: every edge begins one.
    pub fn grid(self) -> Grid {
        let cols = edges(self.cells.iter().flat_map(|(frame, _)| [frame.left, frame.right]));
        // The last row on a page ends where no row begins.
        let rows = edges(self.cells.iter().map(|(frame, _)| frame.top));
        let mut grid = Grid::default();
        for (frame, words) in &self.cells {
            let at = (place(&rows, frame.top), place(&cols, frame.left));
            let end = (place(&rows, frame.bottom), place(&cols, frame.right));
            grid.put(at, (end.0 - at.0, end.1 - at.1), words);
        }
        grid
    }
}

/// Different edges in order.
fn edges(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut edges: Vec<f64> = all.collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|next, last| *next - *last < SAME);
    edges
}

/// How many edges stand clearly before this one.
fn place(edges: &[f64], edge: f64) -> usize {
    edges.iter().take_while(|other| **other < edge - SAME).count()
}
