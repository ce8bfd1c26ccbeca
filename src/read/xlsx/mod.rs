//! A workbook: what its cells show, their merges, the names of places, and what it says of itself.
//!
//! A workbook from elsewhere may be made to harm, and what it says of its own size is never believed: parts are unpacked one by one
//! as they are asked for, and parts, sheets, cells and words are counted together by the parser that takes them. A cell is what
//! it shows: a number formatted as a date is that date in words, a struck-out run is no text. `calamine` reads ahead as much as a file
//! asks for, and tells neither formats nor struck runs nor the scope of a name.

mod book;
mod package;
mod rich;
mod sheet;
mod style;
mod xml;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{At, Grid, Leaf, Page, Piece, ReadError, Span, Stretch};
use package::Package;
use rich::Words;
use style::Style;

pub use book::{Name, place_of};

/// Rows beyond which no report stands.
pub(super) const MAX_ROW: usize = 5_000;
/// The same for columns.
pub(super) const MAX_COL: usize = 400;
/// Most cells and merges of all sheets read.
const MAX_CELLS: usize = 200_000;
/// Most bytes of words in the cells of all sheets read.
const MAX_WORDS: usize = 32 << 20;
/// Most sheets, names, fonts, formats and the like.
const MAX_LISTED: usize = 50_000;

/// A workbook whose sheets are read when they are asked for.
pub struct Workbook<'a> {
    /// Names that the workbook gives to places.
    pub names: Vec<Name>,
    /// What the writer has said of the file in words of its own.
    pub properties: HashMap<String, String>,
    package: Package<'a>,
    /// Name and part of each worksheet; other kinds of sheet hold no cells.
    tabs: Vec<(String, String)>,
    strings: Vec<Words>,
    styles: Vec<Style>,
    dates_from_1904: bool,
    room: Room,
}

/// What may still be taken.
#[derive(Clone, Copy, Debug)]
struct Room {
    cells: usize,
    words: usize,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Worksheet {
    /// Name of its tab.
    pub name: String,
    /// What stands in the cells that hold something.
    pub cells: BTreeMap<At, Held>,
    /// Words with a line through them, which do not count.
    pub struck: BTreeMap<At, String>,
    /// Cells that are computed.
    pub formulas: BTreeSet<At>,
    /// First slot and span of each merge.
    pub merges: Vec<(At, Span)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A number, typed or computed.
    Number(f64),
    /// Words, and everything else as a spreadsheet would show it: dates, percentages, errors.
    Text(String),
    /// A formula that no program has computed yet.
    Uncomputed,
}

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

fn broken(what: &str) -> ReadError {
    ReadError::Unreadable(format!("文件已经损坏（{what}）；请在 Excel 或 WPS 里打开它，另存为 .xlsx 再试"))
}

impl Held {
    /// The words, a number as a computer writes it; empty for what is not computed.
    pub fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Uncomputed => String::new(),
        }
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
