//! Blocks of cells as tabbed text, as spreadsheets put them on the clipboard.

use crate::form::{Form, Slot, Table};
use crate::model::{Draft, Edit, Entry, Kind, MoneyUnit};

/// Why a block was not pasted. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// The clipboard holds no text.
    #[error("剪贴板里没有文字")]
    Empty,
    /// The block reaches beyond the table.
    #[error("要粘贴的内容有 {rows} 行 {cols} 列，从这一格放下超出了表格；请从左上角第一格开始粘贴")]
    TooLarge {
        /// Lines of the block.
        rows: usize,
        /// Fields of its longest line.
        cols: usize,
    },
    /// A number would fall on printed words.
    #[error("第 {row} 行第 {col} 列的“{text}”会落在表头“{head}”上；请检查粘贴的位置")]
    OnHead {
        /// Line of the block, from 1.
        row: usize,
        /// Field of the line, from 1.
        col: usize,
        /// The field.
        text: String,
        /// The head.
        head: String,
    },
}

/// Rows and columns of a table's grid, both ends included.
pub type Range = ((usize, usize), (usize, usize));

/// The cells of a range as tabbed text; a slot without a cell of its own gives an empty field.
pub fn copy_block(form: &Form, draft: &Draft, table: &Table, ((top, left), (bottom, right)): Range) -> String {
    let field = |row: usize, col: usize| match table.slot(row, col) {
        Some(Slot::Cell(cell)) if form.cell(cell).at == (row, col) => draft.entry(cell).shown(form.cell(cell).kind),
        _ => String::new(),
    };
    let line = |row: usize| (left..=right).map(|col| field(row, col)).collect::<Vec<_>>().join("\t");
    (top..=bottom).map(line).collect::<Vec<_>>().join("\n")
}

/// The edits that put tabbed text into the table, its first field at `at`. Printed words in the block may fall on heads.
///
/// # Errors
/// The block does not fit.
pub fn paste_block(form: &Form, table: &Table, at: (usize, usize), text: &str) -> Result<Vec<Edit>, BlockError> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let cols = lines.iter().map(Vec::len).max().unwrap_or(0);
    if text.trim().is_empty() {
        return Err(BlockError::Empty);
    }
    if at.0 + lines.len() > table.num_rows || at.1 + cols > table.num_cols() {
        return Err(BlockError::TooLarge { rows: lines.len(), cols });
    }
    let mut edits = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for (col, field) in line.iter().enumerate() {
            let (slot_row, slot_col) = (at.0 + row, at.1 + col);
            match table.slot(slot_row, slot_col) {
                Some(Slot::Cell(cell)) if form.cell(cell).at == (slot_row, slot_col) => {
                    edits.push(Edit::Cell(cell, Entry::read(form.cell(cell).kind, field)));
                }
                Some(Slot::Head(head)) if is_figure(field) => {
                    let head = table.heads.get(head).map_or_else(String::new, |head| head.text.to_string());
                    return Err(BlockError::OnHead { row: row + 1, col: col + 1, text: field.trim().to_owned(), head });
                }
                _ => {}
            }
        }
    }
    Ok(edits)
}

/// The field is a figure and so was meant for a cell; `1.属于国家秘密` is not.
fn is_figure(field: &str) -> bool {
    matches!(Entry::read(Kind::Money(Some(MoneyUnit::Wan)), field), Entry::Money(_))
}
