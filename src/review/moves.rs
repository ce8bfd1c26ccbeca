//! What moved since last year, by size: what a reader looks at after what was explained.

use std::cmp::Reverse;

use crate::form::{Form, Report};
use crate::model::{CellId, Draft, Entry, Kind};

/// A figure that is another one than last year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The cell.
    pub cell: CellId,
    /// Last year's figure.
    pub old: Entry,
    /// This year's.
    pub new: Entry,
    /// This year's less last year's: a count, or 分.
    pub change: i64,
    /// It adds to a total in its own row, which says the same in short.
    pub is_part: bool,
}

/// What large means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BySize {
    /// By the number of cases, 按件数.
    #[default]
    Count,
    /// By how many times last year's figure, 按倍数.
    Ratio,
}

impl BySize {
    /// Both, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Count, Self::Ratio];

    /// The words on the switch.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "按件数",
            Self::Ratio => "按倍数",
        }
    }
}

/// All figures that are others than last year, in form order; `prior` is laid out on the same form. Where one of the years has no
/// figure nothing can be said.
pub fn moves(report: Report<'_>, prior: &Draft) -> Vec<Move> {
    let moved = |(cell, _)| {
        let (old, new) = (prior.entry(cell), report.draft.entry(cell));
        let change = new.value()?.checked_sub(old.value()?)?;
        let is_part = is_part(report.form, cell);
        (change != 0).then(|| Move { cell, old: old.clone(), new: new.clone(), change, is_part })
    };
    report.form.cells().filter_map(moved).collect()
}

/// The cell adds to a total that stands in its own row.
fn is_part(form: &Form, cell: CellId) -> bool {
    let spec = form.cell(cell);
    let is_total_beside = |check| {
        form.cells()
            .any(|(total, other)| other.total == Some(check) && total != cell && (other.table, other.at.0) == (spec.table, spec.at.0))
    };
    form.checks_of(cell).iter().any(|check| is_total_beside(*check))
}

/// The same, the largest first; totals before what adds to them.
pub fn by_size<'a>(form: &Form, moves: &'a [Move], by: BySize) -> Vec<&'a Move> {
    let mut sorted: Vec<&Move> = moves.iter().collect();
    let key = |one: &&Move| {
        // Money counts in 元.
        let unit = if matches!(form.cell(one.cell).kind, Kind::Money(_)) { 100 } else { 1 };
        let size = i128::from(one.change.unsigned_abs()) * 1_000 / unit;
        match by {
            BySize::Count => size,
            BySize::Ratio => size * unit * 1_000 / i128::from(one.old.value().unwrap_or(0).unsigned_abs().max(1)),
        }
    };
    sorted.sort_by_key(|one| (one.is_part, Reverse(key(one))));
    sorted
}
