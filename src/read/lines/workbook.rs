//! Registers in workbooks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader as _, SheetVisible, Xls, XlsError, Xlsx};

use super::cells::Cells;
use super::sheet::{Line, MAX_CELLS, MAX_COLUMNS, MAX_LINES, Room, Sheet, too_large, unreadable};
use crate::read::{ReadError, weigh};
use crate::workers::both;

/// What is said of a workbook with a password.
const LOCKED: &str = "加了密码，请在 Excel 或 WPS 里去掉密码再读";

/// Reads every sheet of a workbook of the newer kind.
///
/// # Errors
/// It is broken, locked, or larger than any register.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    // Which rows are hidden, calamine does not tell: found beside it.
    let mut room = Room(MAX_CELLS);
    let grids = || names.iter().map(|name| grid(&mut book, name, &mut room)).collect::<Result<Vec<Grid>, ReadError>>();
    let (marks, grids) = both(|| crate::read::xlsx::marks(bytes), grids);
    let (mut marks, mut sheets) = (marks?, Vec::new());
    for (name, grid) in names.into_iter().zip(grids?) {
        let marks = marks.remove(&name).unwrap_or_default();
        let merged = if marks.has_merges { book.merge_cells_by_sheet_name(&name).unwrap_or_default() } else { Vec::new() };
        let is_hidden = book.sheets_metadata().iter().any(|sheet| sheet.name == name && sheet.visible != SheetVisible::Visible);
        let mut sheet = Sheet { is_hidden, ..grid.into_sheet(name, &merged) };
        for line in &mut sheet.lines {
            line.is_hidden = marks.hidden.contains(&line.no);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// What the cells of a sheet show.
fn grid(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let words = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(words) => Cow::Borrowed(*words),
            DataRef::String(words) => Cow::Borrowed(&**words),
            other => text(&Data::from(other.clone())).into(),
        };
        grid.put(row, column, &words, room)?;
    }
    Ok(grid)
}

/// Reads every sheet of a workbook of the older kind.
///
/// # Errors
/// As [`xlsx`].
pub(super) fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|err| match err {
        XlsError::Password => unreadable(LOCKED),
        _ if is_locked(bytes) => unreadable(LOCKED),
        err => broken(err),
    })?;
    let (mut sheets, mut room) = (Vec::new(), Room(MAX_CELLS));
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(broken)?;
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Grid::default();
        for (row, column, value) in range.used_cells() {
            let place = |from: u32, by: usize| u32::try_from(by).map_or(u32::MAX, |by| from.saturating_add(by));
            grid.put(place(top, row), place(left, column), &text(value), &mut room)?;
        }
        let is_hidden = book.sheets_metadata().iter().any(|sheet| sheet.name == name && sheet.visible != SheetVisible::Visible);
        sheets.push(Sheet { is_hidden, ..grid.into_sheet(name, &merged) });
    }
    Ok(sheets)
}

fn broken(_what_the_library_says: impl std::error::Error) -> ReadError {
    unreadable("已经损坏，或者不是 Excel 文件；请在 Excel 或 WPS 里打开它，另存为 .xlsx 再读")
}

/// Newer workbooks with a password are kept in a file of the older kind, under this name.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// Lines as they fill up.
#[derive(Default)]
struct Grid {
    lines: BTreeMap<u32, Cells>,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, text: &str, room: &mut Room) -> Result<(), ReadError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let column = usize::try_from(column).map_err(|_too_wide| too_large())?;
        if column >= MAX_COLUMNS || self.lines.len() >= MAX_LINES {
            return Err(too_large());
        }
        // Nearly all come in order.
        let cells = match self.lines.last_entry() {
            Some(last) if *last.key() == row => last.into_mut(),
            _ => self.lines.entry(row).or_default(),
        };
        room.take((column + 1).saturating_sub(cells.len()))?;
        cells.set(column, text);
        Ok(())
    }

    /// A cell merged over several lines stands in each of them.
    fn into_sheet(mut self, name: String, merged: &[Dimensions]) -> Sheet {
        for area in merged.iter().filter(|area| area.end.0 > area.start.0 && area.end.0 - area.start.0 < 200) {
            let column = usize::try_from(area.start.1).unwrap_or(usize::MAX);
            let Some(text) = self.lines.get(&area.start.0).and_then(|cells| cells.get(column)).map(str::to_owned) else { continue };
            for row in area.start.0 + 1..=area.end.0 {
                // Only lines that hold something of their own.
                if let Some(cells) = self.lines.get_mut(&row).filter(|cells| cells.get(column).is_none_or(str::is_empty)) {
                    cells.set(column, &text);
                }
            }
        }
        let num_lines = self.lines.last_key_value().map_or(0, |(row, _)| row + 1);
        let lines = self.lines.into_iter().map(|(row, cells)| Line { no: row + 1, cells, is_hidden: false }).collect();
        Sheet { name, lines, num_lines, is_hidden: false }
    }
}

/// What a cell shows: dates by year, month and day; numbers without a fraction that is none.
fn text(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(date) if date.is_datetime() => day(date),
        other => other.to_string(),
    }
}

fn day(date: &ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02}")
}
