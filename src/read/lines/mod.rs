//! A register (台账) as read: sheets of lines of text, whatever file it came in: workbooks old and new, text with separators, web
//! pages that systems export under the name of a workbook. Much longer than any report, and read for its lines alone.

mod cells;
mod sheet;
mod text;
pub(super) mod wire;
mod workbook;

pub use cells::Cells;
pub use sheet::{Line, Sheet};

use super::{Grid, Page, ReadError, SourceKind, Stretch, source};
use sheet::{MAX_COLUMNS, too_large, unreadable};

/// First bytes of older workbooks, and of newer ones with a password.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// The sheets of a file, by what it is and not by its name.
///
/// # Errors
/// It is broken, locked, in no encoding known here, no table, or larger than any register.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    match SourceKind::Xls.sniffed(bytes) {
        SourceKind::Xlsx => workbook::xlsx(bytes),
        kind @ (SourceKind::Html | SourceKind::Mht) => Ok(vec![of_page(source::read(kind, bytes)?)?]),
        SourceKind::Pdf => Err(unreadable("是 PDF，分不清列；请用原来的 Excel 文件")),
        _ if bytes.starts_with(OLE) => workbook::xls(bytes),
        _ => Ok(vec![text::read(bytes)?]),
    }
}

/// A web page as a spreadsheet shows it: its paragraphs and its tables one below the other.
fn of_page(page: Page) -> Result<Sheet, ReadError> {
    let mut rows: Vec<Cells> = Vec::new();
    for stretch in page.stretches() {
        match stretch {
            Stretch::Text(words) => rows.push(Cells::from_iter([words])),
            Stretch::Table(grid) if grid.is_cut() => return Err(too_large()),
            Stretch::Table(grid) => rows.extend(of_grid(&grid)?),
        }
    }
    let num_lines = u32::try_from(rows.len()).map_err(|_too_many| too_large())?;
    let lines =
        (1..).zip(rows).map(|(no, cells)| Line { no, cells, is_hidden: false }).filter(|line| line.filled().next().is_some()).collect();
    Ok(Sheet { lines, num_lines, ..Sheet::default() })
}

/// The rows of a table. A cell over several rows stands in each of them, one over several columns in the first.
fn of_grid(grid: &Grid) -> Result<Vec<Cells>, ReadError> {
    let (height, width) = grid.size();
    if width > MAX_COLUMNS {
        return Err(too_large());
    }
    let words = |row, col| match grid.cell((row, col)) {
        Some(cell) if cell.at.1 == col => cell.words,
        _ => "",
    };
    Ok((0..height).map(|row| (0..width).map(|col| words(row, col)).collect()).collect())
}
