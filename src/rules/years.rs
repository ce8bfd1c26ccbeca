//! This year against last year: what last year's report has to say, and whether a rule speaks of it at all. Without one, and in
//! cells that its form did not have, a rule is not applicable; it never passes unseen.

use super::copied::copied;
use crate::form::{Check, FirstYear, Need, Report, Rule, Severity, Test};
use crate::model::{CellId, Draft, Entry, LastYear, SectionId};

/// What last year's cell of the same key held, as this form reads it; `None` where there was no such cell.
pub fn prior_entry(report: Report<'_>, cell: CellId) -> Option<Entry> {
    let cell = report.form.cell(cell);
    report.draft.prior()?.entry(&cell.key, cell.kind)
}

/// Its figure; `None` where it is blank or unreadable too.
pub(super) fn prior_value(report: Report<'_>, cell: CellId) -> Option<i64> {
    prior_entry(report, cell)?.value()
}

/// What is known of last year allows the check: see [`FirstYear`]; where it speaks of last year's cells, they are there.
pub(super) fn fits_last_year(report: Report<'_>, check: &Check) -> bool {
    let Report { form, draft } = report;
    let is_first = *draft.last_year() == LastYear::FirstYear;
    let fits_first_year = match form.rule(check).first_year {
        FirstYear::Any => true,
        FirstYear::Only => is_first,
        FirstYear::Never => !is_first,
    };
    let has_cells = || draft.prior().is_some_and(|prior| check.prior_cells.iter().all(|cell| prior.has(&form.cell(*cell).key)));
    fits_first_year
        && match check.test {
            Test::Repeats(_) => draft.prior().is_some_and(|prior| prior.form == form.id),
            Test::Copied(..) => draft.prior().is_some(),
            _ => check.prior_cells.is_empty() || has_cells(),
        }
}

/// Last year's figures are not those of a published report, and the rule takes that into account.
pub(super) fn is_eased(draft: &Draft, rule: &Rule) -> bool {
    rule.unpublished.is_some() && draft.prior().is_some_and(|prior| !prior.source.is_published())
}

/// The rule's severity, or what it means for figures that were not published.
pub(super) fn severity(rule: &Rule, is_eased: bool) -> Severity {
    if is_eased { rule.unpublished.unwrap_or(rule.severity) } else { rule.severity }
}

/// Whether all figures are last year's, with at least so many that are not zero. One that differs decides it; else `None` while
/// one is missing.
pub(super) fn repeats(report: Report<'_>, values: &[Option<i64>], least: u32) -> Option<bool> {
    let (mut num_filled, mut is_blank) = (0, false);
    for (cell, value) in report.form.cells().map(|(cell, _)| cell).zip(values) {
        match (*value, prior_value(report, cell)) {
            (Some(now), Some(then)) if now != then => return Some(false),
            (Some(now), Some(_)) => num_filled += u32::from(now != 0),
            _ => is_blank = true,
        }
    }
    (!is_blank).then_some(num_filled >= least)
}

/// Whether the chapter is, to this part in hundredths, made of last year's sentences. An empty chapter is not.
pub(super) fn is_copied(draft: &Draft, section: SectionId, share: u32) -> bool {
    let then = draft.prior().map_or("", |prior| prior.text(section));
    let found = copied(draft.section(section), then);
    found.num_chars > 0 && found.share() >= share
}

/// The rules that are not decided on this draft, with what they wait for.
pub fn undecided(report: Report<'_>) -> impl Iterator<Item = (&Rule, Need)> {
    let is_unknown = *report.draft.last_year() == LastYear::Unknown;
    report.form.rules.iter().filter_map(move |rule| {
        let for_prior = (rule.is_across_years && is_unknown).then_some(Need::Prior);
        Some((rule, rule.needs.or(for_prior)?))
    })
}
