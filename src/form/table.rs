//! A statutory table laid out on its grid: every slot is covered by exactly one head or one cell.

use super::schema::{Align, ItemFile, TableFile};
use super::wrong::Wrong;
use crate::model::CellId;

/// Most rows of a table; the largest shipped one has 28.
const MAX_ROWS: usize = 200;

/// Most columns; the widest shipped table has 15.
const MAX_COLS: usize = 40;

/// A statutory table as printed.
#[derive(Debug)]
pub struct Table {
    /// Stable id: `T3`.
    pub id: Box<str>,
    /// Name in messages: `表三`.
    pub name: Box<str>,
    /// Number of the chapter it makes up.
    pub chapter: u8,
    /// Relative column widths.
    pub widths: Vec<u16>,
    /// Rows of the grid.
    pub num_rows: usize,
    /// Rows at the top that repeat on every page.
    pub head_rows: usize,
    /// Printed words.
    pub heads: Vec<Head>,
    /// Keys of the columns that lines run through.
    pub columns: Vec<Box<str>>,
    /// Keys of the lines with their grid rows.
    pub lines: Vec<(Box<str>, usize)>,
    slots: Vec<Slot>,
}

/// Printed words on the grid.
#[derive(Debug)]
pub struct Head {
    /// Row and column of its first slot.
    pub at: (usize, usize),
    /// Rows and columns it spans.
    pub span: (usize, usize),
    /// The words, character for character.
    pub text: Box<str>,
    /// How they stand.
    pub align: Align,
}

/// What covers a slot of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The head at this place in [`Table::heads`].
    Head(usize),
    /// This cell.
    Cell(CellId),
}

/// A cell as it comes out of the layout, before it has a name.
pub(super) struct Placed<'file> {
    /// Row and column of the first slot.
    pub at: (usize, usize),
    /// Columns spanned.
    pub cols: usize,
    /// Stable key.
    pub key: String,
    /// The item it was written as.
    pub item: &'file ItemFile,
    /// Row and place in the row of that item in the file.
    pub place: (usize, usize),
    /// Place of its column in the file's `columns`, for a cell of a line.
    pub column: Option<usize>,
}

impl Table {
    /// What covers the slot; `None` outside the grid.
    pub fn slot(&self, row: usize, col: usize) -> Option<Slot> {
        if col < self.num_cols() { self.slots.get(row * self.num_cols() + col).copied() } else { None }
    }

    /// Cells to fill.
    pub fn num_cells(&self) -> usize {
        let mut cells: Vec<Slot> = self.slots.iter().filter(|slot| matches!(slot, Slot::Cell(_))).copied().collect();
        cells.dedup();
        cells.len()
    }

    /// Columns of the grid.
    pub fn num_cols(&self) -> usize {
        self.widths.len()
    }

    /// The head at this slot.
    pub fn head_at(&self, row: usize, col: usize) -> Option<&Head> {
        match self.slot(row, col)? {
            Slot::Head(head) => self.heads.get(head),
            Slot::Cell(_) => None,
        }
    }

    /// The heads left of this column in a row, outermost first.
    pub fn row_heads(&self, row: usize, before_col: usize) -> Vec<&Head> {
        let mut heads: Vec<&Head> = (0..before_col).filter_map(|col| self.head_at(row, col)).collect();
        heads.dedup_by(|a, b| std::ptr::eq(*a, *b));
        heads
    }

    /// The heads above a slot, outermost first: the nearest unbroken run, so that a block of 表二 sees only its own.
    pub fn column_heads(&self, row: usize, col: usize) -> Vec<&Head> {
        let above = (0..row).rev().map(|row| self.head_at(row, col));
        let mut heads: Vec<&Head> = above.skip_while(Option::is_none).map_while(|head| head).collect();
        heads.dedup_by(|a, b| std::ptr::eq(*a, *b));
        heads.reverse();
        heads
    }

    /// Columns on the left that hold nothing to fill.
    pub fn stub_cols(&self) -> usize {
        let is_stub = |col: &usize| (0..self.num_rows).all(|row| self.head_at(row, *col).is_some());
        (0..self.num_cols()).take_while(is_stub).count()
    }

    /// Lays the rows out; cells are numbered on from `first_cell`.
    ///
    /// # Errors
    /// What is wrong, and the item it is wrong with.
    pub(super) fn lay_out(file: &TableFile, chapter: u8, first_cell: usize) -> Result<(Self, Vec<Placed<'_>>), Wrong> {
        let (num_rows, num_cols) = (file.rows.len(), file.widths.len());
        if num_rows > MAX_ROWS || num_cols > MAX_COLS || file.head_rows > num_rows || file.columns.len() > num_cols {
            return Err(Wrong::of(&file.id, "表的行数、列数不对".to_owned()));
        }
        let mut layout = Layout { rows: num_rows, cols: num_cols, slots: vec![None; num_rows * num_cols] };
        let (mut heads, mut cells, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for (row, items) in file.rows.iter().enumerate() {
            for (index, item) in items.iter().enumerate() {
                let place = (row, index);
                let wrong = |problem: &str| Wrong::at_item(file, place, problem.to_owned());
                let mut add_cell = |layout: &mut Layout, cols, key, column| {
                    let id = CellId::new(first_cell + cells.len()).ok_or_else(|| wrong("格数太多"))?;
                    let at = layout.place(row, (1, cols), Slot::Cell(id)).map_err(wrong)?;
                    cells.push(Placed { at, cols, key, item, place, column });
                    Ok(())
                };
                match item {
                    ItemFile::Head { text, rows, cols, align } => {
                        let at = layout.place(row, (*rows, *cols), Slot::Head(heads.len())).map_err(wrong)?;
                        heads.push(Head { at, span: (*rows, *cols), text: text.as_str().into(), align: *align });
                    }
                    ItemFile::Cell { key, cols, .. } => add_cell(&mut layout, *cols, key.clone(), None)?,
                    ItemFile::Line { key, .. } => {
                        lines.push((key.as_str().into(), row));
                        for (column, spec) in file.columns.iter().enumerate() {
                            add_cell(&mut layout, 1, format!("{key}.{}", spec.key), Some(column))?;
                        }
                    }
                }
            }
            let free = layout.num_free(row);
            if free > 0 {
                let problem = format!("这一行缺 {free} 列（跨列数不对或少了一项）");
                return Err(Wrong::at_item(file, (row, items.len().saturating_sub(1)), problem));
            }
        }
        let table = Self {
            id: file.id.as_str().into(),
            name: file.name.as_str().into(),
            chapter,
            widths: file.widths.clone(),
            num_rows,
            head_rows: file.head_rows,
            heads,
            columns: file.columns.iter().map(|column| column.key.as_str().into()).collect(),
            lines,
            slots: layout.slots.into_iter().flatten().collect(),
        };
        Ok((table, cells))
    }
}

/// The grid while it is being filled.
struct Layout {
    rows: usize,
    cols: usize,
    slots: Vec<Option<Slot>>,
}

impl Layout {
    /// Puts an item into the next free slot of the row and returns where, or what is wrong.
    fn place(&mut self, row: usize, (rows, cols): (usize, usize), slot: Slot) -> Result<(usize, usize), &'static str> {
        let free = (0..self.cols).find(|col| self.slots.get(row * self.cols + col).is_some_and(Option::is_none));
        let col = free.ok_or("这一行已经排满，多出一项")?;
        if rows == 0 || cols == 0 {
            return Err("跨行、跨列至少是 1");
        }
        if cols > self.cols - col {
            return Err("跨列超出了表格右边");
        }
        if rows > self.rows - row {
            return Err("跨行超出了表格下边");
        }
        for row in row..row + rows {
            for col in col..col + cols {
                match self.slots.get_mut(row * self.cols + col) {
                    Some(free @ None) => *free = Some(slot),
                    _ => return Err("与另一项重叠"),
                }
            }
        }
        Ok((row, col))
    }

    /// Slots of the row that nothing covers.
    fn num_free(&self, row: usize) -> usize {
        self.slots.iter().skip(row * self.cols).take(self.cols).filter(|slot| slot.is_none()).count()
    }
}
