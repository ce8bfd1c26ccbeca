//! A workbook: what its cells show, their merges, the names of places, and what it says of itself.
//!
//! A workbook from elsewhere may be made to harm, and what it says of its own size is never believed: parts are unpacked one by one
//! as they are asked for, and parts, sheets, cells and words are counted together by the parser that takes them. A cell is what
//! it shows: a number formatted as a date is that date in words, a struck-out run is no text. `calamine` reads ahead as much as a file
//! asks for, and tells neither formats nor struck runs nor the scope of a name.

mod book;
mod held;
pub(super) mod limits;
mod package;
mod rich;
mod sheet;
mod style;
mod workbook;
mod xml;

use std::collections::HashMap;

use super::{At, Grid, Leaf, Page, Piece, ReadError, Span, Stretch};
use limits::{MAX_COL, MAX_ROW, broken};
use package::Package;

pub use book::place_of;
pub use held::{Held, Worksheet};
pub use workbook::{Name, Workbook};

/// Reads every sheet.
///
/// # Errors
/// It is too large, or no workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Worksheet>, ReadError> {
    let mut workbook = Workbook::open(bytes)?;
    let names: Vec<String> = workbook.sheet_names().map(str::to_owned).collect();
    let sheets: Result<Vec<_>, _> = names.iter().map(|name| workbook.sheet(name)).collect();
    Ok(sheets?.into_iter().flatten().collect())
}

impl<'a> Workbook<'a> {
    /// Opens a workbook: its list of sheets, names, strings and styles.
    ///
    /// # Errors
    /// It is too large, or no workbook.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        book::open(Package::open(bytes)?)
    }

    /// The worksheets in their order.
    pub fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.tabs.iter().map(|(name, _)| &**name)
    }

    /// The sheet of this name, large or small letters alike; `None` where there is none.
    ///
    /// # Errors
    /// It is too large together with those read before, or broken.
    pub fn sheet(&mut self, name: &str) -> Result<Option<Worksheet>, ReadError> {
        let Some((name, part)) = self.tabs.iter().find(|(tab, _)| tab.to_lowercase() == name.to_lowercase()).cloned() else {
            return Ok(None);
        };
        let text = self.package.part(&part)?.ok_or_else(|| broken(&format!("工作表“{name}”不在文件里")))?;
        sheet::read(self, name, &text).map(Some)
    }
}

/// Each sheet as a table.
pub fn page(sheets: Vec<Worksheet>) -> Page {
    let is_far = |at: &At| at.0 >= MAX_ROW || at.1 >= MAX_COL;
    let strange = sheets.iter().any(|sheet| sheet.cells.keys().any(is_far)).then(|| "有的格子离表格太远".to_owned());
    let piece = |sheet: Worksheet| {
        let spans: HashMap<At, Span> = sheet.merges.into_iter().collect();
        let mut grid = Grid::default();
        for (at, held) in sheet.cells.iter().filter(|(at, _)| !is_far(at)) {
            grid.put(*at, spans.get(at).copied().unwrap_or((1, 1)), &held.words());
        }
        Piece { on: Leaf::Sheet(sheet.name.into()), what: Stretch::Table(grid) }
    };
    Page { pieces: sheets.into_iter().map(piece).collect(), strange, ..Page::default() }
}
