//! The most likely wrong cell. One wrong figure breaks exactly the sums it stands in, by the same amount; in table 三 no
//! two cells stand in the same set of sums, so the pattern of broken sums names the cell and the figure that mends all.
//! Silent when the smallest explanation is not the only one.

use std::collections::BTreeMap;

use crate::form::{CheckId, Comparison, Form, Relation, Table, Test};
use crate::model::{CellId, Draft, Entry};

use super::entry_of;

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

/// How a wrong figure comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring digits changed places.
    DigitsSwapped,
    /// A digit too many.
    ExtraDigit,
    /// A digit too few.
    MissingDigit,
    /// One digit is another.
    WrongDigit,
    /// The figure of the cell beside, above or below.
    NeighboursValue,
    /// The figures of two cells changed places.
    CellsSwapped,
    /// The sign is wrong.
    Sign,
    /// None of these.
    Other,
}

impl Slip {
    /// In the clerk's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::DigitsSwapped => "相邻两位数字写反",
            Self::ExtraDigit => "多写一位数字",
            Self::MissingDigit => "漏写一位数字",
            Self::WrongDigit => "一位数字写错",
            Self::NeighboursValue => "写成了旁边一格的数",
            Self::CellsSwapped => "两格的数填反",
            Self::Sign => "正负号写反",
            Self::Other => "数字写错",
        }
    }

    /// Stable name for JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitsSwapped => "digits_swapped",
            Self::ExtraDigit => "extra_digit",
            Self::MissingDigit => "missing_digit",
            Self::WrongDigit => "wrong_digit",
            Self::NeighboursValue => "neighbours_value",
            Self::CellsSwapped => "cells_swapped",
            Self::Sign => "sign",
            Self::Other => "other",
        }
    }
}

/// By how much a sum is off: left minus right.
type Residuals = BTreeMap<CheckId, i128>;

/// A cell and what must be added to its figure.
type Correction = (CellId, i128);

/// The most likely wrong cells, one or two for each group of sums that hang together, in form order.
pub fn suspects(form: &Form, draft: &Draft) -> Vec<Suspect> {
    let residuals = residuals(form, draft);
    if residuals.values().all(|off| *off == 0) {
        return Vec::new();
    }
    let mut suspects: Vec<Suspect> = Vec::new();
    for group in broken_groups(form, &residuals) {
        let corrections = only(singles(form, draft, &residuals, &group)).or_else(|none| match none {
            Count::None => only(pairs(form, draft, &residuals, &group)),
            Count::Several => Err(Count::Several),
        });
        if let Ok(corrections) = corrections {
            suspects.extend(describe(form, draft, &corrections));
        }
    }
    suspects.sort_by_key(|suspect| suspect.cell);
    suspects
}

/// How far every decided sum is off; sums that wait are left out.
fn residuals(form: &Form, draft: &Draft) -> Residuals {
    let sums = form.checks().filter_map(|(id, check)| Some((id, equation(&check.test)?)));
    sums.filter_map(|(id, Comparison { left, right, .. })| {
        let side = |side: &crate::form::Side| {
            side.terms.iter().try_fold(i128::from(side.constant), |sum, term| {
                Some(sum + i128::from(term.factor) * i128::from(draft.entry(term.cell).value()?))
            })
        };
        Some((id, (side(left)? - side(right)?) / 100))
    })
    .collect()
}

fn equation(test: &Test) -> Option<&Comparison> {
    match test {
        Test::Must(comparison) if comparison.relation == Relation::Equal => Some(comparison),
        _ => None,
    }
}

/// The decided sums a cell stands in, each with the cell's sign in "left minus right".
fn sums_of(form: &Form, residuals: &Residuals, cell: CellId) -> Vec<(CheckId, i128)> {
    let signed = |&id: &CheckId| {
        residuals.get(&id)?;
        let comparison = equation(&form.check(id).test)?;
        let of = |side: &crate::form::Side| {
            side.terms.iter().filter(|term| term.cell == cell).map(|term| i128::from(term.factor) / 100).sum::<i128>()
        };
        Some((id, of(&comparison.left) - of(&comparison.right)))
    };
    form.checks_of(cell).iter().filter_map(signed).collect()
}

/// Broken sums that hang together through decided sums, so that errors in different tables are explained apart.
fn broken_groups(form: &Form, residuals: &Residuals) -> Vec<Vec<CheckId>> {
    let mut groups = Vec::new();
    let mut left: Vec<CheckId> = residuals.keys().copied().collect();
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(&check) = group.get(next) {
            next += 1;
            let cells = &form.check(check).cells;
            let (near, far) = left.into_iter().partition(|other| cells.iter().any(|cell| form.checks_of(*cell).contains(other)));
            group.extend::<Vec<_>>(near);
            left = far;
        }
        group.retain(|check| residuals.get(check).is_some_and(|off| *off != 0));
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups
}

/// Every one-cell explanation of the group.
fn singles(form: &Form, draft: &Draft, residuals: &Residuals, group: &[CheckId]) -> Vec<Vec<Correction>> {
    let Some(first) = smallest(form, group) else { return Vec::new() };
    let explains = |&cell: &CellId| {
        let sums = sums_of(form, residuals, cell);
        let covers = sums.len() == group.len() && sums.iter().all(|(id, _)| group.contains(id));
        let mut needed = sums.iter().map(|(id, sign)| residuals.get(id).map_or(0, |off| -off * sign));
        let delta = needed.next()?;
        (covers && needed.all(|other| other == delta) && fits(form, draft, (cell, delta))).then(|| vec![(cell, delta)])
    };
    form.check(first).cells.iter().filter_map(explains).collect()
}

/// Every two-cell explanation of the group; one of the two stands in the smallest broken sum.
fn pairs(form: &Form, draft: &Draft, residuals: &Residuals, group: &[CheckId]) -> Vec<Vec<Correction>> {
    let Some(first) = smallest(form, group) else { return Vec::new() };
    let mut found: Vec<Vec<Correction>> = Vec::new();
    for &one in &form.check(first).cells {
        let sums = sums_of(form, residuals, one);
        let uncovered =
            group.iter().copied().filter(|id| !sums.iter().any(|(sum, _)| sum == id)).min_by_key(|id| form.check(*id).cells.len());
        // The other cell stands in a broken sum that the first does not reach; else it shares a sum with the first.
        let near = match uncovered {
            Some(id) => vec![id],
            None => sums.iter().map(|(id, _)| *id).collect(),
        };
        let mut others: Vec<CellId> = near.iter().flat_map(|id| &form.check(*id).cells).copied().filter(|&cell| cell != one).collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let Some(pair) = explain(residuals, group, (one, &sums), (other, &sums_of(form, residuals, other))) else { continue };
            let fits = pair.iter().all(|correction| fits(form, draft, *correction));
            if fits && !found.contains(&pair) {
                found.push(pair);
            }
        }
    }
    found
}

/// The two corrections that mend every sum either cell stands in, if there are any and the group is covered.
fn explain(
    residuals: &Residuals,
    group: &[CheckId],
    one: (CellId, &[(CheckId, i128)]),
    other: (CellId, &[(CheckId, i128)]),
) -> Option<Vec<Correction>> {
    let sign_in = |sums: &[(CheckId, i128)], id: CheckId| sums.iter().find(|(sum, _)| *sum == id).map_or(0, |(_, sign)| *sign);
    let off = |id: CheckId| residuals.get(&id).copied().unwrap_or(0);
    let alone = |mine: &[(CheckId, i128)], theirs: &[(CheckId, i128)]| {
        mine.iter().find(|(id, _)| sign_in(theirs, *id) == 0).map(|(id, sign)| -off(*id) * sign)
    };
    let rest = |mine: &[(CheckId, i128)], theirs: &[(CheckId, i128)], delta: i128| {
        mine.first().map(|(id, sign)| (-off(*id) - sign_in(theirs, *id) * delta) * sign)
    };
    let (first, second) = match (alone(one.1, other.1), alone(other.1, one.1)) {
        (Some(first), Some(second)) => (first, second),
        (Some(first), None) => (first, rest(other.1, one.1, first)?),
        (None, Some(second)) => (rest(one.1, other.1, second)?, second),
        (None, None) => return None,
    };
    let mends = |id: CheckId| off(id) + sign_in(one.1, id) * first + sign_in(other.1, id) * second == 0;
    let touched = one.1.iter().chain(other.1).map(|(id, _)| *id).chain(group.iter().copied());
    let mut pair = vec![(one.0, first), (other.0, second)];
    pair.sort_unstable();
    (first != 0 && second != 0 && touched.into_iter().all(mends)).then_some(pair)
}

/// The broken sum with the fewest cells.
fn smallest(form: &Form, group: &[CheckId]) -> Option<CheckId> {
    group.iter().copied().min_by_key(|id| form.check(*id).cells.len())
}

/// The cell can hold the corrected figure.
fn fits(form: &Form, draft: &Draft, (cell, delta): Correction) -> bool {
    corrected(form, draft, (cell, delta)).is_some()
}

fn corrected(form: &Form, draft: &Draft, (cell, delta): Correction) -> Option<Entry> {
    let value = i128::from(draft.entry(cell).value()?);
    entry_of(form, cell, value + delta).map(|(_, entry)| entry)
}

/// How many explanations there are, if not one.
enum Count {
    None,
    Several,
}

fn only(mut explanations: Vec<Vec<Correction>>) -> Result<Vec<Correction>, Count> {
    match (explanations.pop(), explanations.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Count::Several),
        (None, _) => Err(Count::None),
    }
}

fn describe(form: &Form, draft: &Draft, corrections: &[Correction]) -> Vec<Suspect> {
    let suspect = |&(cell, delta): &Correction| {
        let typed = draft.entry(cell).clone();
        let should_be = corrected(form, draft, (cell, delta))?;
        Some(Suspect { cell, slip: slip(form, draft, cell, &typed, &should_be), typed, should_be })
    };
    let mut suspects: Vec<Suspect> = corrections.iter().filter_map(suspect).collect();
    if let [one, other] = suspects.as_mut_slice()
        && one.typed == other.should_be
        && other.typed == one.should_be
    {
        (one.slip, other.slip) = (Slip::CellsSwapped, Slip::CellsSwapped);
    }
    suspects
}

fn slip(form: &Form, draft: &Draft, cell: CellId, typed: &Entry, should_be: &Entry) -> Slip {
    let (Some(typed), Some(should_be)) = (typed.value(), should_be.value()) else { return Slip::Other };
    let typed_digits = typed.to_string().into_bytes();
    let right_digits = should_be.to_string().into_bytes();
    if typed == -should_be && typed != 0 {
        Slip::Sign
    } else if is_swap(&typed_digits, &right_digits) {
        Slip::DigitsSwapped
    } else if typed != 0 && without_one(&typed_digits, &right_digits) {
        Slip::ExtraDigit
    } else if should_be != 0 && without_one(&right_digits, &typed_digits) {
        Slip::MissingDigit
    } else if neighbours(form, cell).any(|neighbour| draft.entry(neighbour).value() == Some(typed)) && typed != 0 {
        Slip::NeighboursValue
    } else if typed_digits.len() == right_digits.len() && typed_digits.iter().zip(&right_digits).filter(|(a, b)| a != b).count() == 1 {
        Slip::WrongDigit
    } else {
        Slip::Other
    }
}

/// The same digits but for two neighbours changed round.
fn is_swap(a: &[u8], b: &[u8]) -> bool {
    let differ: Vec<usize> = (0..a.len()).filter(|&place| a.get(place) != b.get(place)).collect();
    match differ.as_slice() {
        [first, second] => a.len() == b.len() && first + 1 == *second && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first),
        _ => false,
    }
}

/// `long` with one digit taken out is `short`.
fn without_one(long: &[u8], short: &[u8]) -> bool {
    let same_start = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long.len() == short.len() + 1 && long.iter().skip(same_start + 1).eq(short.iter().skip(same_start))
}

/// The cells beside, above and below.
fn neighbours(form: &Form, cell: CellId) -> impl Iterator<Item = CellId> {
    let spec = form.cell(cell);
    let (row, col) = spec.at;
    let table: Option<&Table> = form.tables.get(spec.table);
    let beside =
        [(row.checked_sub(1), Some(col)), (Some(row + 1), Some(col)), (Some(row), col.checked_sub(1)), (Some(row), Some(col + spec.cols))];
    beside.into_iter().filter_map(move |(row, col)| match table?.slot(row?, col?)? {
        crate::form::Slot::Cell(cell) => Some(cell),
        crate::form::Slot::Head(_) => None,
    })
}
