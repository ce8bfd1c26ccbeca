//! From cell to cell, over heads and wide cells.

use crate::form::Table;
use crate::ui::state::grid::{GridView, Position, cell_at, first_slot};

/// A direction on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// The next cell that is typed into, as one reads.
pub fn onward(view: GridView<'_>, at: Position) -> Option<Position> {
    let table = view.table;
    let next_row = |row| row_of_cells(table, row, Way::Down).and_then(|row| row_end(table, row, Way::Left));
    to_type(view, at, |at| step(table, at, Way::Right).or_else(|| next_row(at.0)))
}

/// The cell before, as one reads.
pub fn before(table: &Table, at: Position) -> Option<Position> {
    step(table, at, Way::Left).or_else(|| row_of_cells(table, at.0, Way::Up).and_then(|row| row_end(table, row, Way::Right)))
}

/// The first cell on this way that is typed into: Tab and Enter pass over totals that are computed.
pub fn to_type(view: GridView<'_>, from: Position, way: impl Fn(Position) -> Option<Position>) -> Option<Position> {
    let is_computed = |at: Position| cell_at(view.table, at).is_some_and(|cell| view.session.is_computed(cell));
    std::iter::successors(way(from), |at| way(*at)).find(|at| !is_computed(*at))
}

/// The first slot of the nearest cell that way, over heads and wide cells.
pub fn step(table: &Table, (row, col): Position, way: Way) -> Option<Position> {
    let here = cell_at(table, (row, col));
    let on = |at: &Position| cell_at(table, *at).is_some() && cell_at(table, *at) != here;
    let to = match way {
        Way::Up => (0..row).rev().map(|row| (row, col)).find(on),
        Way::Down => (row + 1..table.num_rows).map(|row| (row, col)).find(on),
        Way::Left => (0..col).rev().map(|col| (row, col)).find(on),
        Way::Right => (col + 1..table.num_cols()).map(|col| (row, col)).find(on),
    };
    first_slot(table, to?)
}

/// The first or last cell of a row.
pub fn row_end(table: &Table, row: usize, side: Way) -> Option<Position> {
    let mut cells = (0..table.num_cols()).filter(|&col| cell_at(table, (row, col)).is_some());
    let col = if side == Way::Left { cells.next() } else { cells.next_back() };
    first_slot(table, (row, col?))
}

/// The last cell of the table.
pub fn last_cell(table: &Table) -> Option<Position> {
    (0..table.num_rows).rev().find_map(|row| row_end(table, row, Way::Right))
}

/// The next row up or down that has cells.
fn row_of_cells(table: &Table, row: usize, way: Way) -> Option<usize> {
    let has_cells = |row: &usize| row_end(table, *row, Way::Left).is_some();
    if way == Way::Up { (0..row).rev().find(has_cells) } else { (row + 1..table.num_rows).find(has_cells) }
}
