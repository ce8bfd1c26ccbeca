//! A statutory table laid out on its grid: every slot is covered by exactly one head or one cell.

use super::schema::{Align, ItemFile, TableFile};
use crate::model::CellId;

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

impl Head {
    /// The head covers this grid row.
    pub fn covers_row(&self, row: usize) -> bool {
        (self.at.0..self.at.0 + self.span.0).contains(&row)
    }

    /// The head covers this grid column.
    pub fn covers_col(&self, col: usize) -> bool {
        (self.at.1..self.at.1 + self.span.1).contains(&col)
    }
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
    /// Place of its column in the file's `columns`, for a cell of a line.
    pub column: Option<usize>,
}

impl Table {
    /// What covers the slot; `None` outside the grid.
    pub fn slot(&self, row: usize, col: usize) -> Option<Slot> {
        match col < self.num_cols() {
            true => self.slots.get(row * self.num_cols() + col).copied(),
            false => None,
        }
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

    /// Lays the rows out; cells are numbered on from `first_cell`.
    ///
    /// # Errors
    /// What is wrong, and the text or key of the item it is wrong with.
    pub(super) fn lay_out(file: &TableFile, chapter: u8, first_cell: usize) -> Result<(Self, Vec<Placed<'_>>), (String, String)> {
        let mut layout = Layout { cols: file.widths.len(), slots: vec![None; file.rows.len() * file.widths.len()] };
        let (mut heads, mut cells, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for (row, items) in file.rows.iter().enumerate() {
            for item in items {
                match item {
                    ItemFile::Head { text, rows, cols, align } => {
                        let at = layout.place(row, (*rows, *cols), Slot::Head(heads.len()), text)?;
                        heads.push(Head { at, span: (*rows, *cols), text: text.as_str().into(), align: *align });
                    }
                    ItemFile::Cell { key, cols, .. } => {
                        let id = CellId::new(first_cell + cells.len()).ok_or_else(|| ("格数太多".to_owned(), key.clone()))?;
                        let at = layout.place(row, (1, *cols), Slot::Cell(id), key)?;
                        cells.push(Placed { at, cols: *cols, key: key.clone(), item, column: None });
                    }
                    ItemFile::Line { key, .. } => {
                        lines.push((key.as_str().into(), row));
                        for (column, spec) in file.columns.iter().enumerate() {
                            let id = CellId::new(first_cell + cells.len()).ok_or_else(|| ("格数太多".to_owned(), key.clone()))?;
                            let at = layout.place(row, (1, 1), Slot::Cell(id), key)?;
                            cells.push(Placed { at, cols: 1, key: format!("{key}.{}", spec.key), item, column: Some(column) });
                        }
                    }
                }
            }
            layout.row_is_full(row, items)?;
        }
        let slots = layout.slots.into_iter().flatten().collect();
        let table = Self {
            id: file.id.as_str().into(),
            name: file.name.as_str().into(),
            chapter,
            widths: file.widths.clone(),
            num_rows: file.rows.len(),
            head_rows: file.head_rows,
            heads,
            columns: file.columns.iter().map(|column| column.key.as_str().into()).collect(),
            lines,
            slots,
        };
        Ok((table, cells))
    }
}

/// The grid while it is being filled.
struct Layout {
    cols: usize,
    slots: Vec<Option<Slot>>,
}

impl Layout {
    /// Puts an item into the next free slot of the row and returns where.
    fn place(&mut self, row: usize, span: (usize, usize), slot: Slot, name: &str) -> Result<(usize, usize), (String, String)> {
        let free = (0..self.cols).find(|col| self.slots.get(row * self.cols + col).is_some_and(Option::is_none));
        let wrong = |what: &str| (what.to_owned(), name.to_owned());
        let col = free.ok_or_else(|| wrong("这一行已经排满，多出一项"))?;
        if span.0 == 0 || span.1 == 0 {
            return Err(wrong("跨行、跨列至少是 1"));
        }
        if col + span.1 > self.cols {
            return Err(wrong("跨列超出了表格右边"));
        }
        for row in row..row + span.0 {
            for col in col..col + span.1 {
                match self.slots.get_mut(row * self.cols + col) {
                    None => return Err(wrong("跨行超出了表格下边")),
                    Some(Some(_)) => return Err(wrong("与另一项重叠")),
                    Some(free) => *free = Some(slot),
                }
            }
        }
        Ok((row, col))
    }

    /// Every slot of the row is covered.
    fn row_is_full(&self, row: usize, items: &[ItemFile]) -> Result<(), (String, String)> {
        let covered = self.slots.iter().skip(row * self.cols).take(self.cols).flatten().count();
        if covered == self.cols {
            return Ok(());
        }
        let last = items.last().map_or("rows", |item| match item {
            ItemFile::Head { text, .. } => text,
            ItemFile::Cell { key, .. } | ItemFile::Line { key, .. } => key,
        });
        Err((format!("这一行缺 {} 列（跨列数不对或少了一项）", self.cols - covered), last.to_owned()))
    }
}
