//! Sums of cells as the text chapters mean them: `new.sum+carry_in.sum`, `deny*.sum`, `new.sum-new.nat`.

use crate::form::{Form, Report};
use crate::model::{CellId, Draft, Kind, WAYS};

/// A sum of cells with signs, on a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySum {
    /// Each cell with its sign.
    pub terms: Vec<(i64, CellId)>,
    /// Last year's cells with their signs: key and kind.
    prior: Vec<(i64, Box<str>, Kind)>,
    /// What the office's register was counted by beside the cells, with its signs: `way.web`.
    counted: Vec<(i64, Box<str>)>,
}

impl KeySum {
    /// The sum on a form; `None` where the form lacks a cell that it names.
    pub fn on(form: &Form, key: &str) -> Option<Self> {
        let (mut terms, mut prior, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        let mut sign = 1;
        for part in split_signs(key) {
            match (part, part.strip_prefix("prior.")) {
                ("+", _) => sign = 1,
                ("-", _) => sign = -1,
                (_, Some(key)) => {
                    let of = |cell: CellId| (sign, form.cell(cell).key.clone(), form.cell(cell).kind);
                    prior.extend(cells(form, key)?.into_iter().map(of));
                }
                (key, None) if WAYS.contains(&key) => counted.push((sign, key.into())),
                (key, None) => terms.extend(cells(form, key)?.into_iter().map(|cell| (sign, cell))),
            }
        }
        (!terms.is_empty() || !prior.is_empty() || !counted.is_empty()).then_some(Self { terms, prior, counted })
    }

    /// What a key comes to in a report: [`Self::value`] of [`Self::on`], where its form has the cells.
    pub fn value_on(report: Report<'_>, key: &str) -> Option<i64> {
        Self::on(report.form, key)?.value(report.draft)
    }

    /// The value in the draft, money in 分; `None` while a cell is blank or unreadable, last year's report is not there, or no register
    /// gives what is asked of it.
    pub fn value(&self, draft: &Draft) -> Option<i64> {
        let then = self.prior.iter().try_fold(0_i64, |sum, (sign, key, kind)| {
            let entry = draft.prior()?.entry(key, *kind)?;
            sum.checked_add(sign * entry.value()?)
        })?;
        let origin = &draft.ground().origin;
        let then = self.counted.iter().try_fold(then, |sum, (sign, key)| sum.checked_add(sign * origin.count(key)?))?;
        self.terms.iter().try_fold(then, |sum, (sign, cell)| sum.checked_add(sign * draft.entry(*cell).value()?))
    }

    /// This year's cells, in the order named.
    pub fn cells(&self) -> Vec<CellId> {
        self.terms.iter().map(|(_, cell)| *cell).collect()
    }

    /// It compares with last year's report, which the draft does not have, or which lacks a cell.
    pub fn lacks_prior(&self, draft: &Draft) -> bool {
        let has = |key: &str| draft.prior().is_some_and(|prior| prior.has(key));
        self.prior.iter().any(|(_, key, _)| !has(key))
    }
}

fn split_signs(key: &str) -> impl Iterator<Item = &str> {
    key.split_inclusive(['+', '-'])
        .flat_map(|part| match part.strip_suffix(['+', '-']) {
            Some(key) => [key, if part.ends_with('+') { "+" } else { "-" }],
            None => [part, ""],
        })
        .filter(|part| !part.is_empty())
}

/// The cell of a key, or all cells of a group: `deny*.sum` is deny1 … deny8.
fn cells(form: &Form, key: &str) -> Option<Vec<CellId>> {
    let Some((group, column)) = key.split_once('*') else { return form.cell_by_key(key).map(|cell| vec![cell]) };
    let in_group = |key: &str| {
        key.strip_prefix(group).and_then(|rest| rest.strip_suffix(column)).is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
    };
    let cells: Vec<CellId> = form.cells().filter(|(_, cell)| in_group(&cell.key)).map(|(id, _)| id).collect();
    (!cells.is_empty()).then_some(cells)
}
