//! A workbook of the older kind.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xls, XlsError};

use super::{Grid, Leaf, Page, Piece, ReadError, Stretch};

/// Each sheet as a table.
///
/// # Errors
/// It is no such workbook, or has a password.
pub fn page(bytes: &[u8]) -> Result<Page, ReadError> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|err| match err {
        XlsError::Password => ReadError::Unreadable("加了密码，请在 Excel 或 WPS 里去掉密码再导入".to_owned()),
        _ => broken(),
    })?;
    let mut page = Page::default();
    for name in workbook.sheet_names() {
        let merges = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = workbook.worksheet_range(&name).map_err(|_broken| broken())?;
        let start = range.start().unwrap_or_default();
        let mut grid = Grid::default();
        for (row, col, data) in range.used_cells() {
            let at = (row + start.0 as usize, col + start.1 as usize);
            let merge = merges.iter().find(|merge| (merge.start.0 as usize, merge.start.1 as usize) == at);
            let span =
                merge.map_or((1, 1), |merge| ((merge.end.0 - merge.start.0) as usize + 1, (merge.end.1 - merge.start.1) as usize + 1));
            if at.0 < super::xlsx::limits::MAX_ROW && at.1 < super::xlsx::limits::MAX_COL {
                grid.put(at, span, &words(data));
            }
        }
        page.pieces.push(Piece { on: Leaf::Sheet(name.into()), what: Stretch::Table(grid) });
    }
    Ok(page)
}

fn broken() -> ReadError {
    ReadError::Unreadable("已经损坏，或者不是 .xls 文件；请在 Excel 或 WPS 里打开，另存为 .xlsx 再导入".to_owned())
}

fn words(data: &Data) -> String {
    match data {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
