//! A workbook: what stands in the cells of its sheets, their merges, and what it says of itself.
//!
//! A workbook from elsewhere may be made to harm: it is weighed before anything is taken from it, and read cell by cell, so that
//! a cell at the far end of a sheet costs nothing.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};

use super::weigh::weigh;
use super::{At, Grid, Leaf, Page, Piece, ReadError, Span, Stretch};

/// Rows and columns beyond which no report stands.
pub(super) const MAX_ROW: usize = 5_000;
/// The same for columns.
pub(super) const MAX_COL: usize = 400;
/// Most cells of a sheet.
const MAX_CELLS: usize = 200_000;

/// A workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The sheets in their order.
    pub sheets: Vec<Worksheet>,
    /// Names that the workbook gives to places: `new.nat` → `'三、依申请公开'!$D$5`.
    pub names: HashMap<String, String>,
    /// What the writer has said of the file in words of its own.
    pub properties: HashMap<String, String>,
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct Worksheet {
    /// Name of its tab.
    pub name: String,
    /// What stands in the cells that hold something.
    pub cells: BTreeMap<At, Held>,
    /// First slot and span of each merge.
    pub merges: Vec<(At, Span)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A number, typed or computed.
    Number(f64),
    /// Words, and everything else as a spreadsheet would show it.
    Text(String),
}

/// Reads a workbook.
///
/// # Errors
/// It is too large, or no workbook.
pub fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    weigh(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let properties = workbook.workbook_properties().map_err(unreadable)?.custom_properties;
    let names = workbook.sheet_names();
    let sheets = names.into_iter().map(|name| worksheet(&mut workbook, name)).collect::<Result<_, _>>()?;
    let names = workbook.defined_names().iter().cloned().collect();
    Ok(Workbook { sheets, names, properties: properties.into_iter().collect() })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn unreadable(err: XlsxError) -> ReadError {
    ReadError::Unreadable(err.to_string())
}

fn worksheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Worksheet, ReadError> {
    let merges = workbook.merge_cells_by_sheet_name(&name).map_err(unreadable)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let at = at(cell.get_position());
        if at.0 < MAX_ROW && at.1 < MAX_COL && !matches!(cell.get_value(), DataRef::Empty) {
            cells.insert(at, Held::of(Data::from(cell.get_value().clone())));
        }
        if cells.len() > MAX_CELLS {
            return Err(ReadError::TooLarge("格子太多"));
        }
    }
    let merge = |merge: calamine::Dimensions| {
        let (start, end) = (at(merge.start), at(merge.end));
        (start, (end.0.saturating_sub(start.0) + 1, end.1.saturating_sub(start.1) + 1))
    };
    Ok(Worksheet { name, cells, merges: merges.into_iter().map(merge).collect() })
}

fn at((row, col): (u32, u32)) -> At {
    let index = |number| usize::try_from(number).unwrap_or(usize::MAX);
    (index(row), index(col))
}

impl Held {
    #[expect(clippy::cast_precision_loss, reason = "beyond any figure of a report")]
    fn of(data: Data) -> Self {
        match data {
            Data::Float(number) => Self::Number(number),
            Data::Int(number) => Self::Number(number as f64),
            Data::String(text) => Self::Text(text),
            other => Self::Text(other.to_string()),
        }
    }

    /// The words, a number as a computer writes it.
    pub fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl Workbook {
    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&Worksheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// Each sheet as a table.
    pub fn page(self) -> Page {
        let piece = |sheet: Worksheet| {
            let spans: HashMap<At, Span> = sheet.merges.into_iter().collect();
            let mut grid = Grid::default();
            for (at, held) in &sheet.cells {
                grid.put(*at, spans.get(at).copied().unwrap_or((1, 1)), &held.words());
            }
            Piece { on: Leaf::Sheet(sheet.name.into()), what: Stretch::Table(grid) }
        };
        Page { pieces: self.sheets.into_iter().map(piece).collect(), ..Page::default() }
    }
}
