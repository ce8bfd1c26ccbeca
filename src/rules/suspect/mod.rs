//! What is probably wrong. One wrong figure breaks exactly the sums it stands in, all by the same amount; in table 三 no two
//! cells stand in the same set of sums, so the pattern of broken sums names the cell and the figure that mends all.
//!
//! Errors that share no sum are explained apart, each from small to large: one slip (a figure, two cells exchanged, a line
//! typed one too far), two, three. Silent where too many explanations are equally likely. Nothing is named before all that
//! is proposed was put in and every rule decided anew.

mod found;
mod lines;
mod search;
mod slip;
mod sums;

pub use slip::Slip;

use super::check_values;
use super::sums::entry_of;
use crate::form::Report;
use crate::model::{CellId, Entry, Totals};
use found::Found;
use sums::Sums;

/// A cell that is probably wrong, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The cell.
    pub cell: CellId,
    /// What stands there.
    pub typed: Entry,
    /// What would make every sum hold.
    pub should_be: Entry,
    /// How the slip may have happened.
    pub slip: Slip,
}

/// One slip and all that puts it right: to be taken whole or not at all, as one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mending {
    /// What happened.
    pub slip: Slip,
    /// The cells and their right figures, in form order; at least one.
    pub suspects: Vec<Suspect>,
}

/// Something that is probably wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// How it may be mended: the one likely way, or a few that are equally likely, of which none is claimed.
    pub ways: Vec<Mending>,
}

impl Explanation {
    /// The one likely way; none where several are equally likely.
    pub fn claim(&self) -> Option<&Mending> {
        match self.ways.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Equally likely ways that are still worth listing.
const MAX_WAYS: usize = 3;

/// What is probably wrong, in form order, each slip by itself. Taking all that is claimed leaves fewer errors, and taking
/// any one leaves no more than there are.
pub fn explanations(report: Report<'_>) -> Vec<Explanation> {
    let values: Vec<Option<i64>> = report.draft.entries().iter().map(Entry::value).collect();
    let (forgotten, zeros): (Vec<_>, Vec<_>) =
        lines::missing_totals(report, &values).into_iter().partition(|fill| fill.slip == Slip::TotalsForgotten);
    let mut groups = searched(&mut Sums::of(report, values.clone()));
    // Lines of totals at 0 break many sums; a few wrong figures that do so as well are likelier, and fewer.
    if !zeros.is_empty() && (groups.is_empty() || groups.iter().map(Vec::len).sum::<usize>() > zeros.len()) {
        let filled = with(&values, zeros.iter());
        groups = zeros.into_iter().map(|fill| vec![vec![fill]]).collect();
        groups.extend(searched(&mut Sums::of(report, filled)));
    }
    groups.extend(forgotten.into_iter().map(|fill| vec![vec![fill]]));
    let mut explanations = checked(report, &values, groups);
    explanations.sort_by_key(|explanation| explanation.ways.first().and_then(|way| way.suspects.first()).map(|suspect| suspect.cell));
    explanations
}

/// Slips that hang together through sums, each with its ways.
type Group = Vec<Vec<Found>>;

fn searched(sums: &mut Sums<'_>) -> Vec<Group> {
    let groups = sums.groups().into_iter().map(|group| search::explain(sums, &group));
    groups.filter(|group| !group.is_empty() && group.iter().all(|ways| ways.len() <= MAX_WAYS)).collect()
}

/// The cells of [`explanations`] that are claimed to be wrong, in form order.
pub fn suspects(report: Report<'_>) -> Vec<Suspect> {
    claimed(&explanations(report))
}

/// The cells that are claimed to be wrong, in form order.
pub fn claimed(explanations: &[Explanation]) -> Vec<Suspect> {
    let claims = explanations.iter().filter_map(Explanation::claim);
    let mut suspects: Vec<Suspect> = claims.flat_map(|way| way.suspects.iter().cloned()).collect();
    suspects.sort_by_key(|suspect| suspect.cell);
    suspects
}

/// The values with these slips mended.
fn with<'a>(values: &[Option<i64>], found: impl Iterator<Item = &'a Found>) -> Vec<Option<i64>> {
    let mut values = values.to_vec();
    for (cell, figure) in found.flat_map(|found| &found.figures) {
        if let Some(value) = values.get_mut(cell.index()) {
            *value = Some(*figure);
        }
    }
    values
}

/// Puts in what is proposed, each way by itself, the claims of a group, and all claims; keeps what leaves no more errors.
fn checked(report: Report<'_>, values: &[Option<i64>], groups: Vec<Group>) -> Vec<Explanation> {
    if groups.is_empty() {
        return Vec::new();
    }
    let errors = |found: &mut dyn Iterator<Item = &Found>| num_errors(report, with(values, found));
    let before = errors(&mut std::iter::empty());
    let helps = |group: &Group| {
        let most = if group.iter().flatten().all(|way| way.slip == Slip::TotalsForgotten) { before } else { before.saturating_sub(1) };
        let is_claim = group.iter().all(|ways| ways.len() == 1);
        group.iter().flatten().all(|way| errors(&mut std::iter::once(way)) <= before)
            && (!is_claim || errors(&mut group.iter().flatten()) <= most)
    };
    let kept: Vec<Group> = groups.into_iter().filter(helps).collect();
    let claims: Vec<&Group> = kept.iter().filter(|group| group.iter().all(|ways| ways.len() == 1)).collect();
    let best = claims.iter().map(|group| errors(&mut group.iter().flatten())).min();
    if claims.len() > 1 && best.is_some_and(|best| errors(&mut claims.iter().copied().flatten().flatten()) > best) {
        return Vec::new();
    }
    let described = |ways: &Vec<Found>| Some(Explanation { ways: ways.iter().map(|way| described(report, way)).collect::<Option<_>>()? });
    kept.iter().flatten().filter_map(described).collect()
}

/// Broken error rules with these figures; computed totals follow.
fn num_errors(report: Report<'_>, mut values: Vec<Option<i64>>) -> usize {
    if report.draft.totals() == Totals::Computed {
        sums::compute(report.form, &mut values);
    }
    check_values(report, &values)
}

/// The slip with its cells as they stand; `None` where a cell cannot hold its figure.
fn described(report: Report<'_>, found: &Found) -> Option<Mending> {
    let suspect = |&(cell, figure): &(CellId, i64)| {
        let (_, should_be) = entry_of(report.form, cell, i128::from(figure))?;
        Some(Suspect { cell, typed: report.draft.entry(cell).clone(), should_be, slip: found.slip })
    };
    let mut suspects: Vec<Suspect> = found.figures.iter().map(suspect).collect::<Option<_>>()?;
    suspects.sort_by_key(|suspect| suspect.cell);
    Some(Mending { slip: found.slip, suspects })
}
