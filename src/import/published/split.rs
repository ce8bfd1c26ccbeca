//! Figures whose borders are lost: `220000022` in seven cells. A run of digits is cut only where it can be cut in one way.

use super::lines::Line;
use crate::form::{Basis, Check, Form, Severity};
use crate::model::{CellId, Entry};
use crate::rules;

/// Most ways to cut a run that are looked at; with more there is no telling.
const MAX_WAYS: usize = 20_000;

/// Most ways of several runs together.
const MAX_TOGETHER: usize = 20_000;

/// Every way to cut runs of digits into so many whole numbers: spaces cut, no number begins with a needless zero.
/// `None` where there are too many, or other signs than digits.
pub(super) fn ways(tokens: &[&str], num: usize) -> Option<Vec<Vec<i64>>> {
    let mut ways: Vec<Vec<i64>> = vec![Vec::new()];
    for (place, token) in tokens.iter().enumerate() {
        let digits: Vec<i64> = token.chars().map(|c| c.to_digit(10).map(i64::from)).collect::<Option<_>>()?;
        let left = tokens.len() - place - 1;
        let mut longer = Vec::new();
        for way in &ways {
            cut(&digits, num.saturating_sub(left), way, &mut longer);
            if longer.len() > MAX_WAYS {
                return None;
            }
        }
        ways = longer;
    }
    ways.retain(|way| way.len() == num);
    Some(ways)
}

/// Adds every way to go on with all these digits, up to so many numbers.
fn cut(digits: &[i64], most: usize, way: &[i64], into: &mut Vec<Vec<i64>>) {
    if digits.is_empty() {
        into.push(way.to_vec());
        return;
    }
    if way.len() >= most || into.len() > MAX_WAYS || digits.len() > MAX_DIGITS * (most - way.len()) {
        return;
    }
    let longest = if digits.first() == Some(&0) { 1 } else { MAX_DIGITS.min(digits.len()) };
    let mut number = 0;
    for len in 1..=longest {
        number = number * 10 + digits.get(len - 1).copied().unwrap_or_default();
        let mut next = way.to_vec();
        next.push(number);
        cut(digits.get(len..).unwrap_or_default(), most, &next, into);
    }
}

/// Digits of the largest count.
const MAX_DIGITS: usize = 9;

/// A rule that says which figures can be: no guess at what is usual.
fn binds(form: &Form, check: &Check) -> bool {
    let rule = form.rule(check);
    rule.severity <= Severity::Warning && rule.basis != Basis::Plausibility && rule.basis != Basis::CrossYear
}

/// Figures of cells put into place.
fn with(values: &[Option<i64>], cells: &[CellId], way: &[i64]) -> Vec<Option<i64>> {
    let mut values = values.to_vec();
    for (cell, figure) in cells.iter().zip(way) {
        if let Some(value) = values.get_mut(cell.index()) {
            *value = Some(*figure);
        }
    }
    values
}

/// The ways that the rules which speak of these cells alone allow.
pub(super) fn allowed<'w>(form: &Form, cells: &[CellId], ways: &'w [Vec<i64>]) -> Vec<&'w Vec<i64>> {
    let checks: Vec<&Check> = own_checks(form, cells);
    let none = vec![None; form.cells.len()];
    let keeps = |way: &&Vec<i64>| {
        let values = with(&none, cells, way);
        checks.iter().all(|check| rules::keeps(form, check, &values) != Some(false)) && are_possible(form, cells, way)
    };
    ways.iter().filter(keeps).collect()
}

/// Each figure is one that its cell can hold.
fn are_possible(form: &Form, cells: &[CellId], way: &[i64]) -> bool {
    cells.iter().zip(way).all(|(cell, figure)| {
        let kind = form.cell(*cell).kind;
        !matches!(Entry::read(kind, &figure.to_string()), Entry::Unread { .. })
    })
}

fn own_checks<'f>(form: &'f Form, cells: &[CellId]) -> Vec<&'f Check> {
    let mut ids: Vec<_> = cells.iter().flat_map(|cell| form.checks_of(*cell)).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let checks = ids.into_iter().map(|id| form.check(id));
    checks.filter(|check| binds(form, check) && check.cells.iter().all(|cell| cells.contains(cell))).collect()
}

/// A line whose run can be cut in these ways.
pub(super) struct Open<'a> {
    pub line: &'a Line,
    pub ways: Vec<Vec<i64>>,
    /// The run has exactly one digit for each cell, so that no rule is needed.
    pub is_plain: bool,
}

/// What is left of each line's ways when all rules between lines are asked: the figures where exactly one way is left.
/// `known` are the figures read elsewhere, in form order.
pub(super) fn settle(form: &Form, known: &[Option<i64>], open: &[Open<'_>]) -> Vec<Option<Vec<i64>>> {
    let mut values = known.to_vec();
    for line in open.iter().filter(|line| line.ways.len() == 1) {
        if let Some(way) = line.ways.first() {
            values = with(&values, &line.line.cells, way);
        }
    }
    let unsure: Vec<&Open<'_>> = open.iter().filter(|line| line.ways.len() > 1).collect();
    let together = unsure.iter().try_fold(1_usize, |all, line| all.checked_mul(line.ways.len()).filter(|all| *all <= MAX_TOGETHER));
    let mut kept: Vec<Vec<usize>> = Vec::new();
    if let Some(together) = together.filter(|_| !unsure.is_empty()) {
        let checks = between(form, &unsure);
        for number in 0..together {
            let choice = choice(number, &unsure);
            let mut tried = values.clone();
            for (line, way) in unsure.iter().zip(&choice) {
                if let Some(way) = line.ways.get(*way) {
                    tried = with(&tried, &line.line.cells, way);
                }
            }
            // A rule that waits decides nothing: then the choice is not the only one.
            if checks.iter().all(|check| rules::keeps(form, check, &tried) != Some(false)) {
                kept.push(choice);
            }
        }
    }
    let one = |place: usize| {
        let first = *kept.first()?.get(place)?;
        kept.iter().all(|choice| choice.get(place) == Some(&first)).then_some(first)
    };
    let mut place = 0;
    let mut settled = Vec::new();
    for line in open {
        let way = match line.ways.len() {
            1 => line.ways.first().filter(|way| line.is_plain || is_borne_out(form, &values, line.line, way)),
            0 => None,
            _ => {
                place += 1;
                one(place - 1).and_then(|way| line.ways.get(way))
            }
        };
        settled.push(way.cloned());
    }
    settled
}

/// The ways that this number stands for.
fn choice(mut number: usize, lines: &[&Open<'_>]) -> Vec<usize> {
    let mut choice = Vec::new();
    for line in lines {
        choice.push(number % line.ways.len());
        number /= line.ways.len();
    }
    choice
}

fn between<'f>(form: &'f Form, lines: &[&Open<'_>]) -> Vec<&'f Check> {
    let mut ids: Vec<_> = lines.iter().flat_map(|line| &line.line.cells).flat_map(|cell| form.checks_of(*cell)).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| form.check(id)).filter(|check| form.rule(check).severity == Severity::Error && binds(form, check)).collect()
}

/// Where rules to other lines can be asked, at least one of them is kept in every column: a source that breaks its own rule
/// must not make a wrong cut look right.
fn is_borne_out(form: &Form, values: &[Option<i64>], line: &Line, way: &[i64]) -> bool {
    line.cells.iter().zip(way).filter(|(_, figure)| **figure != 0).all(|(cell, _)| {
        let others = form.checks_of(*cell).iter().map(|id| form.check(*id));
        let others = others.filter(|check| form.rule(check).severity == Severity::Error && binds(form, check));
        let others = others.filter(|check| check.cells.iter().any(|other| !line.cells.contains(other)));
        let kept: Vec<bool> = others.filter_map(|check| rules::keeps(form, check, values)).collect();
        kept.is_empty() || kept.contains(&true)
    })
}
