//! A workbook whose sheets are read when they are asked for, and its names.

use std::collections::HashMap;

use super::limits::Room;
use super::package::Package;
use super::rich::Words;
use super::style::Style;

/// A name that stands for a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The name: `new.nat`.
    pub name: String,
    /// It holds on one sheet alone, as copying a sheet makes it.
    pub is_local: bool,
    /// What it stands for: `'三、依申请公开'!$D$5`.
    pub refers: String,
}

/// A workbook whose sheets are read when they are asked for.
pub struct Workbook<'a> {
    /// Names that the workbook gives to places.
    pub names: Vec<Name>,
    /// What the writer has said of the file in words of its own.
    pub properties: HashMap<String, String>,
    pub(super) package: Package<'a>,
    /// Name and part of each worksheet; other kinds of sheet hold no cells.
    pub(super) tabs: Vec<(String, String)>,
    pub(super) strings: Vec<Words>,
    pub(super) styles: Vec<Style>,
    pub(super) dates_from_1904: bool,
    pub(super) room: Room,
}
