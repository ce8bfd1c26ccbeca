//! What was read from all sheets, before it is summed.

use std::collections::BTreeMap;

use super::counted::{Remarked, Table, Word};
use super::error::Family;
use super::request::Taken;

/// What was read from the sheets, before it is summed.
#[derive(Default)]
pub(super) struct Pages<'a> {
    pub taken: Vec<(Family, Taken<'a>)>,
    pub remarks: Vec<Remarked>,
    pub tables: Vec<Table>,
    pub words: BTreeMap<String, Word>,
    /// Two columns may be the receipt: their heads, and the lines where it makes a difference come from the lines.
    pub receipts: Vec<(String, String)>,
}
