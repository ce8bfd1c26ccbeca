//! A slip as it is looked for: in figures.

use super::slip::Slip;
use crate::model::CellId;

/// A slip that may have happened, in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// What happened.
    pub slip: Slip,
    /// New figures, by cell.
    pub figures: Vec<(CellId, i64)>,
}
