//! Sheets and lines, and how many of them a register may have.

use serde::{Deserialize, Serialize};

use super::cells::Cells;
use crate::read::ReadError;

/// Most lines of a sheet.
pub(super) const MAX_LINES: usize = 300_000;
/// Most columns of a sheet.
pub(super) const MAX_COLUMNS: usize = 300;
/// Most cells of a file, blank ones before filled ones too.
pub(super) const MAX_CELLS: usize = 5_000_000;

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name in the workbook; none in other files.
    pub name: String,
    /// The lines that hold something, in order.
    pub lines: Vec<Line>,
    /// Lines in the file, blank ones too.
    pub num_lines: u32,
    /// Whoever opens the file does not see it.
    pub is_hidden: bool,
}

/// One line.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number in the file, from 1. A line with breaks inside its cells has the number of its first.
    pub no: u32,
    /// What stands in it.
    pub cells: Cells,
    /// Whoever opens the file does not see it: hidden, or left out by a filter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hidden: bool,
}

impl Line {
    /// The cell in a column, without blanks around it; blank beyond the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The cells that hold something: column and text.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty())
    }
}

/// Cells that may still be taken.
pub(super) struct Room(pub usize);

impl Room {
    pub fn take(&mut self, num_cells: usize) -> Result<(), ReadError> {
        self.0 = self.0.checked_sub(num_cells).ok_or_else(too_large)?;
        Ok(())
    }
}

/// Why a file is not read.
pub(super) fn unreadable(why: &str) -> ReadError {
    ReadError::Unreadable(why.to_owned())
}

/// It is larger than any register.
pub(super) fn too_large() -> ReadError {
    ReadError::TooLarge(format!("一张表最多 {MAX_LINES} 行、{MAX_COLUMNS} 列，一共最多 {MAX_CELLS} 格").into())
}
