//! What follows from last year's report for cells that are still blank (由上年带入).

use std::sync::Arc;

use super::sums::completion;
use super::years::fits_last_year;
use crate::form::{Form, Report, Rule};
use crate::model::{Adjustment, CellId, Edit, Entry, LastYear, Prior};

/// What this year's blank cells would hold if they follow from last year's report, in rule order, each cell once: proposals, which
/// count for nothing until they are taken.
pub fn proposals(report: Report<'_>) -> Vec<(CellId, Entry)> {
    let mut proposals: Vec<(CellId, Entry)> = Vec::new();
    let across = report.form.checks().filter(|(_, check)| !check.prior_cells.is_empty() && fits_last_year(report, check));
    for (cell, entry) in across.filter_map(|(id, _)| completion(report, id)) {
        if proposals.iter().all(|(known, _)| *known != cell) {
            proposals.push((cell, entry));
        }
    }
    proposals
}

/// The edits that take all [`proposals`] (由上年带入), and note in last year's report which cells were filled from it; none where
/// there is nothing to take.
pub fn carry(report: Report<'_>) -> Vec<Edit> {
    let (proposals, Some(prior)) = (proposals(report), report.draft.prior()) else { return Vec::new() };
    let mut prior = prior.clone();
    for (cell, _) in &proposals {
        prior.note_carried(&report.form.cell(*cell).key);
    }
    let noted = (!proposals.is_empty()).then(|| Edit::last_year(LastYear::Report(Arc::new(prior))));
    proposals.into_iter().map(|(cell, entry)| Edit::cell(cell, entry)).chain(noted).collect()
}

/// Cells named before the rest is counted.
const MAX_NAMED: usize = 8;

/// What is to be said in log and print of what the report rests on: last year's report, which cells were filled from it, changed
/// thresholds, the form it was moved from, each repair of its sums.
pub fn ground_words(report: Report<'_>) -> Vec<(&'static str, String)> {
    let Report { form, draft } = report;
    let whose = (*draft.last_year() != LastYear::Unknown).then(|| ("上年报告", draft.last_year().name()));
    let carried = draft.prior().into_iter().flat_map(Prior::carried).filter_map(|key| form.cell_by_key(key));
    let carried: Vec<&str> = carried.filter(|cell| !draft.entry(*cell).is_blank()).map(|cell| &*form.cell(cell).label).collect();
    let rest = if carried.len() > MAX_NAMED { "等" } else { "" };
    let named = carried.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join("、");
    let filled = (!carried.is_empty()).then(|| ("由上年带入", format!("{} 格：{named}{rest}", carried.len())));
    let changed = changed_thresholds(form);
    let thresholds = (!changed.is_empty()).then(|| ("改过的阈值", changed.join("；")));
    let moved = Some(draft.ground().moved.to_string()).filter(|moved| !moved.is_empty()).map(|moved| ("换过表样", moved));
    let origin = &draft.ground().origin;
    let counted = (!origin.is_empty()).then(|| ("台账", origin.name()));
    let adjusted = draft.ground().adjustments.iter().map(|one| ("汇总时的调整", adjustment_name(form, one)));
    whose.into_iter().chain(filled).chain(thresholds).chain(moved).chain(counted).chain(adjusted).collect()
}

/// A repair of a sum, behind the name of its cell.
pub fn adjustment_name(form: &Form, one: &Adjustment) -> String {
    format!("{}：{}", form.label_of(&one.key).unwrap_or(&one.key), one.name())
}

/// The rules whose thresholds the office has changed: what each says now, and what it says as the program comes.
pub fn changed_thresholds(form: &Form) -> Vec<String> {
    let said = |rule: &Rule| Some(format!("{} 现为“{}”，程序原来是“{}”", rule.id, rule.says, rule.says_usually.as_ref()?));
    form.rules.iter().filter_map(said).collect()
}
