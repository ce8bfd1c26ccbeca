//! The edits that screens ask for, each made in one place.

use crate::model::{CellId, Edit, Entry, ReasonKey};

/// A cell holds this.
pub fn cell(cell: CellId, entry: Entry) -> Edit {
    Edit::cell(cell, entry)
}

/// The agency is called this.
pub fn agency(name: &str) -> Edit {
    Edit::agency(name.to_owned())
}

/// The reason is taken away.
pub fn no_reason(key: ReasonKey) -> Edit {
    Edit::reason(key, None)
}
