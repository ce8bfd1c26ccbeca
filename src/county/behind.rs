//! The bodies behind a cell of the sum, the strangest first: a broken rule, an amount in the wrong unit, a jump against last year.

use std::cmp::Reverse;

use super::assembled::County;
use super::words::WORDS;
use crate::form::{Check, Test};
use crate::model::{CellId, Entry, Kind};

/// A body behind a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The body, by its place on the roster.
    pub unit: usize,
    /// Its figure in the sum: pieces, or 分; none where it has none.
    pub value: Option<i64>,
    /// What its report says, where the county repaired it.
    pub mended_from: Option<Option<i64>>,
    /// Last year's figure.
    pub last: Option<i64>,
    /// Its part of the sum, in thousandths.
    pub share: i64,
    /// What is odd about it.
    pub odd: Option<Odd>,
}

/// What is odd about a figure. Order: the strangest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odd {
    /// It stands in a rule that the report breaks: both sides in short.
    Broken(String),
    /// There is none.
    Blank,
    /// It was likely typed in 元 where 万元 stands.
    UnitSlip,
    /// It is far from last year's.
    Jump,
}

impl County {
    /// The bodies behind a cell: the strangest first, then the largest.
    pub fn behind(&self, cell: CellId) -> Vec<Part> {
        let mended = self.mended();
        let kind = self.form.cell(cell).kind;
        let figure = |place: usize| {
            let own = self.summed(place)?.figures.get(cell.index());
            Some(mended.get(&(place, cell)).map_or((own, None), |one| (one.to.value(), Some(own))))
        };
        let figures: Vec<(usize, Option<i64>, Option<Option<i64>>)> =
            self.expected().filter_map(|place| figure(place).map(|(value, from)| (place, value, from))).collect();
        let values: Vec<i64> = figures.iter().filter_map(|(_, value, _)| *value).collect();
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        let peers = Peers::of(&values);
        let part = |(unit, value, mended_from): (usize, Option<i64>, Option<Option<i64>>)| {
            let last = self.last(unit).and_then(|last| last.get(cell.index()));
            let share = value.map_or(0, |value| i128::from(value) * 1000 / sum.max(1));
            let odd = self.broken_at(unit, cell).or_else(|| odd(kind, value, last, &peers));
            Part { unit, value, mended_from, last, share: i64::try_from(share).unwrap_or_default(), odd }
        };
        let mut parts: Vec<Part> = figures.into_iter().map(part).collect();
        parts.sort_by(|a, b| {
            let rank = |part: &Part| (part.odd.is_none(), part.odd.clone(), Reverse(part.value), part.unit);
            rank(a).cmp(&rank(b))
        });
        parts
    }

    /// The first rule with this cell that the report of a body breaks: `总计：29 ≠ 38`.
    fn broken_at(&self, place: usize, cell: CellId) -> Option<Odd> {
        let taken = self.summed(place)?;
        let checks = taken.broken.iter().filter_map(|check| self.form.checks.get(usize::from(*check)));
        let check = checks.clone().find(|check| check.cells.contains(&cell) && check.test.equation().is_some());
        let check = check.or_else(|| checks.clone().find(|check| check.cells.contains(&cell)))?;
        Some(Odd::Broken(self.sides(place, check).unwrap_or_else(|| self.form.rule(check).says.to_string())))
    }

    /// Both sides of a sum with the figures of a body.
    pub(super) fn sides(&self, place: usize, check: &Check) -> Option<String> {
        let Test::Must(comparison) = &check.test else { return None };
        let equation = check.test.equation()?;
        let figures: Vec<Option<i64>> = self.summed(place)?.figures.iter().collect();
        let side = |side: &crate::form::Side| {
            side.terms.iter().try_fold(0_i64, |sum, term| {
                let value = figures.get(term.cell.index()).copied().flatten()?;
                sum.checked_add(if term.factor < 0 { -value } else { value })
            })
        };
        let money = equation.terms().find_map(|term| match self.form.cell(term.cell).kind {
            kind @ Kind::Money(_) => Some(kind),
            Kind::Count | Kind::Change => None,
        });
        let shown = |value| money.map_or_else(|| value_words(value), |kind| Entry::of_value(kind, value).shown(kind));
        let (left, right) = (side(&comparison.left)?, side(&comparison.right)?);
        Some(format!("{}：{} ≠ {}", check.line, shown(left), shown(right)))
    }

    /// Amounts that were likely typed in 元 where 万元 stands: body, cell, the amount in 分.
    pub fn unit_slips(&self) -> Vec<(usize, CellId, i64)> {
        let mut slips = Vec::new();
        for (cell, spec) in self.form.cells().filter(|(_, spec)| matches!(spec.kind, Kind::Money(_))) {
            let figures: Vec<(usize, i64)> =
                self.expected().filter_map(|place| Some((place, self.summed(place)?.figures.get(cell.index())?))).collect();
            let peers = Peers::of(&figures.iter().map(|(_, value)| *value).collect::<Vec<_>>());
            for (place, value) in figures {
                let last = || self.last(place).and_then(|last| last.get(cell.index()));
                if value > 0 && odd(spec.kind, Some(value), last(), &peers) == Some(Odd::UnitSlip) {
                    slips.push((place, cell, value));
                }
            }
        }
        slips
    }
}

fn value_words(value: i64) -> String {
    value.to_string()
}

impl Odd {
    /// Why the body stands where it does.
    pub fn words(&self, kind: Kind, value: Option<i64>, last: Option<i64>) -> String {
        let shown = |value: i64| Entry::of_value(kind, value).shown(kind);
        match (self, value, last) {
            (Self::Broken(sides), ..) => sides.clone(),
            (Self::Blank, ..) => "没有填".to_owned(),
            (Self::UnitSlip, Some(value), _) => format!("像是按元填的，{} 万元？", shown(value / WAN)),
            (Self::Jump, Some(value), Some(last)) if value > last => format!("上年 {}，多 {}", shown(last), shown(value - last)),
            (Self::Jump, Some(value), Some(last)) => format!("上年 {}，少 {}", shown(last), shown(last - value)),
            (Self::UnitSlip | Self::Jump, ..) => String::new(),
        }
    }
}

/// 元 in a 万元.
pub(super) const WAN: i64 = 10_000;

/// The others' figures of a cell, as far as they are not 0.
struct Peers {
    sorted: Vec<i64>,
}

impl Peers {
    fn of(values: &[i64]) -> Self {
        let mut sorted: Vec<i64> = values.iter().copied().filter(|value| *value > 0).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// The middle and the largest of all but one with this value, and how many they are.
    fn without(&self, value: i64) -> Option<(i64, i64, usize)> {
        let at = self.sorted.binary_search(&value).ok()?;
        let num = self.sorted.len() - 1;
        let other = |place: usize| self.sorted.get(if place < at { place } else { place + 1 }).copied();
        Some((other(num / 2)?, other(num.checked_sub(1)?)?, num))
    }
}

/// What is odd about a figure by itself.
fn odd(kind: Kind, value: Option<i64>, last: Option<i64>, peers: &Peers) -> Option<Odd> {
    let Some(value) = value else { return Some(Odd::Blank) };
    let odd = &WORDS.odd;
    let over = |other: i64, times: i64| value / times.max(1) >= other && other > 0;
    if matches!(kind, Kind::Money(_)) {
        let by_last = last.is_some_and(|last| over(last, odd.slip_over_last));
        // The slip explains it only where the amount in 元 is one the others might have.
        let by_peers = peers.without(value).is_some_and(|(middle, largest, num)| {
            let is_like_others = peers.sorted.first().is_some_and(|least| value / WAN >= *least) && value / WAN <= largest;
            num >= odd.slip_least_others && over(middle, odd.slip_over_middle) && over(largest, odd.slip_over_largest) && is_like_others
        });
        // Somebody who knows last year's amount is not contradicted by the others.
        if by_last || (by_peers && last.is_none_or(|last| last == 0)) {
            return Some(Odd::UnitSlip);
        }
    }
    let last = last?;
    let unit = if matches!(kind, Kind::Money(_)) { WAN * 100 } else { 1 };
    let is_far = value.abs_diff(last) >= (odd.jump_least * unit).unsigned_abs();
    let times = odd.jump_times;
    (is_far && (value >= last.saturating_mul(times) || value.saturating_mul(times) <= last)).then_some(Odd::Jump)
}
