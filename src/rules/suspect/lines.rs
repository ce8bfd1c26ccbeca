//! Whole lines gone wrong: totals left at 0 or blank, a row typed one line too low, a column typed one to the right.

use super::found::Found;
use super::slip::Slip;
use super::sums::{Correction, SumId, Sums};
use crate::form::{Form, Report, Side, Slot, Table};
use crate::model::{CellId, Draft, Totals};
use crate::rules::sums::plain_sum;

/// Totals of one rule, with what they sum.
type Line<'form> = Vec<(CellId, &'form Side)>;

/// Totals that were left blank though all their parts are there, and lines of totals left at 0 or blank throughout; what
/// belongs to one rule is one slip.
pub(super) fn missing_totals(report: Report<'_>, values: &[Option<i64>]) -> Vec<Found> {
    if report.draft.totals() == Totals::Computed {
        return Vec::new();
    }
    let lines = lines_of_totals(report.form);
    let is_empty = |cell: CellId| report.draft.entry(cell).is_blank() || value(values, cell) == Some(0);
    let is_left_out = |line: &Line<'_>| {
        // A cell where two lines of totals cross may have been typed with the other.
        let own = line.iter().filter(|(cell, _)| lines.iter().filter(|other| other.iter().any(|(other, _)| other == cell)).count() == 1);
        own.clone().count() > 0 && own.clone().all(|(cell, _)| is_empty(*cell))
    };
    let left_out: Vec<bool> = lines.iter().map(is_left_out).collect();
    let mut figures = values.to_vec();
    let targets: Vec<&(CellId, &Side)> = lines
        .iter()
        .zip(&left_out)
        .flat_map(|(line, is_left)| line.iter().filter(|(cell, _)| *is_left && is_empty(*cell) || report.draft.entry(*cell).is_blank()))
        .collect();
    put(&mut figures, targets.iter().map(|(cell, _)| (*cell, None)));
    for _round in 0..2 {
        for (cell, side) in &targets {
            let sum = plain_sum(side, |term| value(&figures, term.cell)).and_then(|sum| i64::try_from(sum).ok());
            put(&mut figures, sum.into_iter().map(|sum| (*cell, Some(sum))));
        }
    }
    let mut found: Vec<Found> =
        lines.iter().zip(left_out).filter_map(|(line, is_left)| missing_in(report.draft, values, &figures, line, is_left)).collect();
    // Where two lines cross, the cell goes with the longer.
    found.sort_by_key(|found| std::cmp::Reverse(found.figures.len()));
    let mut taken: Vec<CellId> = Vec::new();
    for Found { figures, .. } in &mut found {
        figures.retain(|(cell, _)| !taken.contains(cell));
        taken.extend(figures.iter().map(|(cell, _)| *cell));
    }
    found.retain(|found| !found.figures.is_empty());
    found
}

/// What is missing in one line of totals, by the figures it should have.
fn missing_in(draft: &Draft, values: &[Option<i64>], figures: &[Option<i64>], line: &Line<'_>, is_left: bool) -> Option<Found> {
    let is_blank = |cell: CellId| draft.entry(cell).is_blank();
    let wanted = line.iter().filter_map(|(cell, _)| Some((*cell, value(figures, *cell)?)));
    let is_zero = |&(cell, figure): &(CellId, i64)| figure != 0 && !is_blank(cell) && value(values, cell) == Some(0);
    let is_line = is_left && wanted.clone().filter(|(_, figure)| *figure != 0).count() > 1;
    let figures: Vec<_> = wanted.filter(|one| is_blank(one.0) || is_line && is_zero(one)).collect();
    let slip = if is_line && figures.iter().any(is_zero) { Slip::TotalsLeft } else { Slip::TotalsForgotten };
    (!figures.is_empty()).then_some(Found { slip, figures })
}

/// Every rule that says what totals are, with its totals.
fn lines_of_totals(form: &Form) -> Vec<Line<'_>> {
    let mut lines: Vec<(usize, Line<'_>)> = Vec::new();
    for check in &form.checks {
        let Some(comparison) = check.test.equation() else { continue };
        let [total] = comparison.left.terms.as_slice() else { continue };
        if total.factor != 100 || comparison.left.constant != 0 || comparison.right.terms.len() < 2 {
            continue;
        }
        match lines.last_mut().filter(|(rule, _)| *rule == check.rule) {
            Some((_, line)) => line.push((total.cell, &comparison.right)),
            None => lines.push((check.rule, vec![(total.cell, &comparison.right)])),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn value(values: &[Option<i64>], cell: CellId) -> Option<i64> {
    values.get(cell.index()).copied().flatten()
}

fn put(values: &mut [Option<i64>], figures: impl Iterator<Item = (CellId, Option<i64>)>) {
    for (cell, figure) in figures {
        if let Some(value) = values.get_mut(cell.index()) {
            *value = figure;
        }
    }
}

/// Lines whose figures stand in the line beside them, which explains all these sums: the figures belong where only zeros are.
pub(super) fn shifts(sums: &mut Sums<'_>, broken: &[SumId]) -> Vec<Found> {
    let form = sums.report.form;
    let is_computed = sums.report.draft.totals() == Totals::Computed;
    let mut found: Vec<Found> = Vec::new();
    for (slip, pairs) in form.tables.iter().flat_map(neighbours) {
        let parts: Vec<_> = pairs.iter().copied().filter(|(cell, _)| form.cell(*cell).total.is_none()).collect();
        for pairs in if is_computed { vec![parts] } else { vec![pairs, parts] } {
            if let Some(figures) = shifted(sums, broken, &pairs)
                && found.iter().all(|other| other.figures != figures)
            {
                found.push(Found { slip, figures });
            }
        }
    }
    found
}

/// The figures after the two lines are exchanged, if one holds nothing but zeros and every sum holds then.
fn shifted(sums: &mut Sums<'_>, broken: &[SumId], pairs: &[(CellId, CellId)]) -> Option<Vec<(CellId, i64)>> {
    let values: Option<Vec<(i64, i64)>> = pairs.iter().map(|(one, other)| Some((sums.value(*one)?, sums.value(*other)?))).collect();
    let values = values.filter(|values| values.len() > 1)?;
    let (is_empty, is_other_empty) = (values.iter().all(|(one, _)| *one == 0), values.iter().all(|(_, other)| *other == 0));
    if is_empty == is_other_empty {
        return None;
    }
    let moves = pairs.iter().zip(&values).filter(|(_, (one, other))| one != other);
    let moves = moves.flat_map(|((one, other), (value, other_value))| [(*one, *value, *other_value), (*other, *other_value, *value)]);
    let corrections: Vec<Correction> =
        moves.clone().map(|(cell, old, new)| Correction { cell, by: i128::from(new) - i128::from(old) }).collect();
    sums.all_hold_after(&corrections, broken).then(|| moves.map(|(cell, _, new)| (cell, new)).collect())
}

/// Rows and columns of single cells with the next one, cell by cell.
fn neighbours(table: &Table) -> Vec<(Slip, Vec<(CellId, CellId)>)> {
    let cell = |row: usize, col: usize| match table.slot(row, col)? {
        Slot::Cell(cell) => Some(cell),
        Slot::Head(_) => None,
    };
    let (rows, cols) = (table.num_rows, table.num_cols());
    let below = |row: usize| (0..cols).filter_map(|col| Some((cell(row, col)?, cell(row + 1, col)?))).collect();
    let beside =
        |col: usize| (0..rows).filter_map(|row| Some((cell(row, col)?, cell(row, col + 1)?)).filter(|(one, other)| one != other)).collect();
    let rows = (0..rows.saturating_sub(1)).map(|row| (Slip::RowShifted, below(row)));
    rows.chain((0..cols.saturating_sub(1)).map(|col| (Slip::ColumnShifted, beside(col)))).collect()
}
