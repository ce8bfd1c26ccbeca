//! What was read from all sheets, before it is summed.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::counted::{Remarked, Table, Word};
use super::error::Family;
use super::request::Taken;
use crate::workers;

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

/// Lines that are worth a start of their own.
const MANY: usize = 4_000;

/// What `work` makes of many lines, on all cores, in their order.
pub(super) fn in_parts<I: Sync, T: Send>(lines: &[I], work: impl Fn(&[I]) -> Vec<T> + Sync) -> Vec<T> {
    let mut all = Vec::new();
    in_parts_onto(&mut all, lines, work);
    all
}

/// As [`in_parts`], behind what is there already.
pub(super) fn in_parts_onto<I: Sync, T: Send>(all: &mut Vec<T>, lines: &[I], work: impl Fn(&[I]) -> Vec<T> + Sync) {
    all.reserve(lines.len());
    let parts: Vec<&[I]> = lines.chunks(MANY).collect();
    workers::in_order(&parts, &AtomicBool::new(false), |part| work(part), |_, mut made| all.append(&mut made));
}
