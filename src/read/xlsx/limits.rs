//! What a workbook may hold, counted together, and what is said of a broken one.

use super::super::ReadError;

/// Rows beyond which no report stands.
pub(crate) const MAX_ROW: usize = 5_000;
/// The same for columns.
pub(crate) const MAX_COL: usize = 400;
/// Most cells and merges of all sheets read.
pub(crate) const MAX_CELLS: usize = 200_000;
/// Most bytes of words in the cells of all sheets read.
pub(crate) const MAX_WORDS: usize = 32 << 20;
/// Most sheets, names, fonts, formats and the like.
pub(crate) const MAX_LISTED: usize = 50_000;

/// What may still be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub cells: usize,
    pub words: usize,
}

pub(super) fn broken(what: &str) -> ReadError {
    ReadError::Unreadable(format!("文件已经损坏（{what}）；请在 Excel 或 WPS 里打开它，另存为 .xlsx 再试"))
}
