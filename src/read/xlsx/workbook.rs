//! A workbook as it was read, and one that is being read.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::ReadError;
use super::held::Worksheet;
use super::limits::Room;
use super::package::Package;
use super::rich::Words;
use super::style::Style;

/// A name that stands for a place.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name: `new.nat`.
    pub name: String,
    /// It holds on one sheet alone, as copying a sheet makes it.
    pub is_local: bool,
    /// What it stands for: `'三、依申请公开'!$D$5`.
    pub refers: String,
}

/// A workbook: what it says of itself, its names and its sheets.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Workbook {
    /// Names that the workbook gives to places.
    pub names: Vec<Name>,
    /// What the writer has said of the file in words of its own.
    pub properties: HashMap<String, String>,
    /// Name of each worksheet, and what stands there or why it is not read; other kinds of sheet hold no cells.
    pub(super) sheets: Vec<(String, Result<Worksheet, ReadError>)>,
}

/// A workbook whose sheets are read one by one.
pub(super) struct Opened<'a> {
    pub names: Vec<Name>,
    pub properties: HashMap<String, String>,
    pub package: Package<'a>,
    /// Name and part of each worksheet.
    pub tabs: Vec<(String, String)>,
    pub strings: Vec<Words>,
    pub styles: Vec<Style>,
    pub dates_from_1904: bool,
    pub room: Room,
}
