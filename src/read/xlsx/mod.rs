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

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{At, Grid, Leaf, Page, Piece, ReadError, Span, Stretch};
use limits::{MAX_COL, MAX_ROW, broken};
use package::Package;

pub use book::place_of;
pub use held::{Held, Worksheet};
use workbook::Opened;
pub use workbook::{Name, Workbook};

/// Reads every sheet.
///
/// # Errors
/// It is too large, or no workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Worksheet>, ReadError> {
    open(bytes)?.into_sheets()
}

/// Opens a workbook and reads its sheets, those that its names stand for first: a sheet too large for what is left is not read, and
/// none after it.
///
/// # Errors
/// It is too large, or no workbook.
pub fn open(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let mut opened = book::open(Package::open(bytes)?)?;
    let mut tabs = opened.tabs.clone();
    let named: HashSet<String> =
        opened.names.iter().filter(|name| !name.name.starts_with("_xlnm")).filter_map(|name| Some(place_of(&name.refers)?.0)).collect();
    tabs.sort_by_key(|(name, _)| !named.contains(name));
    let mut is_full = None;
    let mut sheets: HashMap<String, Result<Worksheet, ReadError>> = HashMap::new();
    for (name, part) in tabs {
        let sheet = match &is_full {
            Some(full) => Err(ReadError::TooLarge(Cow::clone(full))),
            None => opened.sheet(&name, &part),
        };
        if let Err(ReadError::TooLarge(what)) = &sheet {
            is_full = Some(what.clone());
        }
        sheets.entry(name).or_insert(sheet);
    }
    let in_order = |(name, _): (String, String)| sheets.remove(&name).map(|sheet| (name, sheet));
    let sheets = opened.tabs.into_iter().filter_map(in_order).collect();
    Ok(Workbook { names: opened.names, properties: opened.properties, sheets })
}

/// What a reader of cells is not told of a sheet, or only by reading it once more.
#[derive(Default)]
pub(super) struct Marks {
    /// The rows, from 1, that whoever opens the workbook does not see.
    pub hidden: HashSet<u32>,
    /// Some of its cells are merged.
    pub has_merges: bool,
}

/// The marks of each sheet.
///
/// # Errors
/// As [`open`]; its cells are not looked at.
pub(super) fn marks(bytes: &[u8]) -> Result<HashMap<String, Marks>, ReadError> {
    let mut package = Package::open(bytes)?;
    let mut marks = HashMap::new();
    for (name, part) in book::tabs(&mut package)? {
        if let Some(text) = package.part(&part)? {
            let hidden = if text.contains("hidden=") { hidden_in(&text) } else { HashSet::new() };
            marks.insert(name, Marks { hidden, has_merges: text.contains("mergeCell") });
        }
    }
    Ok(marks)
}

/// The hidden ones among `<row r="3" … hidden="1">`; a row without a number follows the one before.
fn hidden_in(sheet: &str) -> HashSet<u32> {
    let (mut hidden, mut no) = (HashSet::new(), 0_u32);
    for tag in sheet.split("<row").skip(1).filter(|rest| rest.starts_with([' ', '>', '/'])) {
        let tag = tag.split('>').next().unwrap_or_default();
        let value = |name: &str| tag.split_once(name).and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
        no = value(" r=").and_then(|no| no.parse().ok()).unwrap_or(no.saturating_add(1));
        if value(" hidden=").is_some_and(|value| matches!(value, "1" | "true")) {
            hidden.insert(no);
        }
    }
    hidden
}

impl Opened<'_> {
    fn sheet(&mut self, name: &str, part: &str) -> Result<Worksheet, ReadError> {
        let text = self.package.part(part)?.ok_or_else(|| broken(&format!("工作表“{name}”不在文件里")))?;
        sheet::read(self, name.to_owned(), &text)
    }
}

impl Workbook {
    /// The worksheets in their order.
    pub fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| &**name)
    }

    /// The sheet of this name, large or small letters alike; `None` where there is none.
    ///
    /// # Errors
    /// It is too large together with those read before, or broken.
    pub fn sheet(&self, name: &str) -> Result<Option<&Worksheet>, ReadError> {
        let found = self.sheets.iter().find(|(tab, _)| tab.to_lowercase() == name.to_lowercase());
        found.map(|(_, sheet)| sheet.as_ref().map_err(Clone::clone)).transpose()
    }

    /// Every sheet.
    ///
    /// # Errors
    /// One is too large together with those read before, or broken.
    pub fn into_sheets(self) -> Result<Vec<Worksheet>, ReadError> {
        self.sheets.into_iter().map(|(_, sheet)| sheet).collect()
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
            let unit = sheet.units.get(at).map_or("", |unit| unit.name());
            grid.put(*at, spans.get(at).copied().unwrap_or((1, 1)), &format!("{}{unit}", held.words()));
        }
        Piece { on: Leaf::Sheet(sheet.name.into()), what: Stretch::Table(grid) }
    };
    Page { pieces: sheets.into_iter().map(piece).collect(), strange, ..Page::default() }
}
