//! 双录: the steps on the way of a table that is keyed a second time.

use std::path::PathBuf;

use crate::model::{Person, Role};
use crate::review::SecondSheet;

/// A table to be keyed a second time: by whom, and which two files belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which table, by whom.
    pub what: SecondSheet,
    /// The report's own file.
    pub first: PathBuf,
    /// The file of the second entry.
    pub second: PathBuf,
}

impl Sheet {
    /// Who keys it.
    pub fn person(&self) -> Person {
        Person { name: self.what.two.clone(), role: Role::Clerk }
    }
}

/// A step on the way of a second entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Second {
    /// Open the sheet for it.
    Key(Sheet),
    /// Ask for a sheet that was keyed elsewhere.
    Bring(Sheet),
    /// Lay it beside the first; asks where cells are not keyed yet.
    Lay(Sheet),
    /// Lay it beside the first as it is.
    LayAsIs(Sheet),
    /// Write down that the table was keyed twice.
    Finish,
    /// Put it away.
    Drop,
}

impl Second {
    /// The words on its button or in its menu.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Key(_) => "现在就录",
            Self::Bring(_) => "已经录好，打开第二遍…",
            Self::Lay(_) => "录完了，与第一遍对照",
            Self::LayAsIs(_) => "仍要对照",
            Self::Finish => "完成双录",
            Self::Drop => "先放下",
        }
    }
}
