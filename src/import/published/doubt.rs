//! Rows with an empty cell: perhaps nothing was written there, perhaps two figures were put into one cell and the others moved on.

use super::account::{Found, How};
use super::lines::Line;
use super::table::proves;
use crate::form::{Check, Form, Severity};
use crate::model::{Edit, Entry};
use crate::rules;

/// Values in form order, nothing for nothing.
fn values(cells: &[Found]) -> Vec<Option<i64>> {
    cells.iter().map(|found| if found.how == How::Empty { Some(0) } else { found.entry.value() }).collect()
}

/// A figure that may be two, beside an empty cell, is taken only where a sum proves it; so is every figure before an empty cell in a
/// line without sums, for it may have moved.
pub(super) fn neighbours_of_empty(form: &Form, cells: &mut [Found]) {
    let values = values(cells);
    for line in Line::all(form) {
        let found: Vec<&Found> = line.cells.iter().filter_map(|cell| cells.get(cell.index())).collect();
        let is_there = |found: &Found| matches!(found.how, How::Read | How::Unreadable);
        let may_be_two = |found: &&Found| is_there(found) && found.text.chars().filter(char::is_ascii_digit).count() > 1;
        let is_empty = |place: Option<usize>| place.and_then(|place| found.get(place)).is_some_and(|found| found.how == How::Empty);
        // Where sums speak of the line, they decide it all: see below.
        let has_sums = !own(form, &line).is_empty();
        let mut doubtful = Vec::new();
        for (place, cell) in line.cells.iter().enumerate() {
            let mut checks = form.checks_of(*cell).iter().map(|id| form.check(*id)).filter(|check| proves(check));
            let is_beside = is_empty(place.checked_sub(1)) || is_empty(Some(place + 1));
            // A cell may be missing, and what stood behind it has moved on: no sum tells.
            let has_moved = !has_sums && (place + 1..found.len()).any(|next| is_empty(Some(next)));
            let is_suspect = has_moved || is_beside && found.get(place).is_some_and(may_be_two);
            if is_suspect && !checks.any(|check| rules::keeps(form, check, &values) == Some(true)) {
                doubtful.push(*cell);
            }
        }
        for cell in doubtful {
            if let Some(found) = cells.get_mut(cell.index())
                && found.how == How::Read
                && (!has_sums || may_be_two(&&*found))
            {
                (found.how, found.entry) = (How::Unreadable, Entry::Blank);
                "这一行有一格是空的，可能少了一格，或者两个数写在了一格里".clone_into(&mut found.why);
            }
        }
    }
}

/// With nothing for nothing the sums of the line must hold; where they do not, or cannot be told to, every figure in it may stand in another's place.
pub(super) fn lines_with_empty(form: &Form, cells: &mut [Found]) {
    let values = values(cells);
    for line in Line::all(form) {
        if !line.cells.iter().filter_map(|cell| cells.get(cell.index())).any(|found| found.how == How::Empty) {
            continue;
        }
        let broken = own(form, &line).into_iter().filter(|check| rules::keeps(form, check, &values) != Some(true));
        let ids: Vec<Box<str>> = broken.map(|check| form.rule(check).id.clone()).collect();
        for cell in &line.cells {
            if let Some(found) = cells.get_mut(cell.index()).filter(|found| found.how.has_figure()) {
                found.doubts.extend(ids.iter().cloned());
                found.doubts.sort();
                found.doubts.dedup();
            }
        }
    }
}

/// A figure too long for its column stands on two lines: it is one where a sum proves it.
pub(super) fn over_two_lines(form: &Form, cells: &mut [Found]) {
    let joined = |found: &Found| {
        let is_broken = found.how == How::Unreadable && found.text.contains('\n');
        let text: String = found.text.chars().filter(|c| !c.is_whitespace()).collect();
        (is_broken && text.chars().all(|c| c.is_ascii_digit()) && !text.starts_with('0')).then_some(text)
    };
    let values: Vec<Option<i64>> =
        cells.iter().map(|found| joined(found).map_or_else(|| found.entry.value(), |text| text.parse().ok())).collect();
    for (cell, spec) in form.cells() {
        let Some(found) = cells.get_mut(cell.index()) else { continue };
        let Some(entry) = joined(found).map(|text| Entry::read(spec.kind, &text)).filter(|entry| matches!(entry, Entry::Whole(_))) else {
            continue;
        };
        let mut checks = form.checks_of(cell).iter().map(|id| form.check(*id)).filter(|check| proves(check));
        if checks.any(|check| rules::keeps(form, check, &values) == Some(true)) {
            (found.how, found.entry) = (How::Inferred, entry);
            "一个数断成了两行，接起来与勾稽关系相符".clone_into(&mut found.why);
        }
    }
}

/// Rules of error level that the figures as read break: each of their cells is told so.
pub(super) fn by_rules(form: &Form, cells: &mut [Found]) {
    let mut draft = form.draft(String::new(), 0);
    for ((cell, _), found) in form.cells().zip(&*cells) {
        if matches!(found.entry, Entry::Whole(_) | Entry::Money(_)) {
            draft.apply(Edit::cell(cell, found.entry.clone()));
        }
    }
    for finding in
        rules::check(form.report(&draft)).into_iter().filter(|finding| finding.is_fail() && finding.severity(form) == Severity::Error)
    {
        let check = form.check(finding.check);
        for cell in &check.cells {
            if let Some(found) = cells.get_mut(cell.index()) {
                found.doubts.push(form.rule(check).id.clone());
            }
        }
    }
}

/// The sums within a line.
fn own<'f>(form: &'f Form, line: &Line) -> Vec<&'f Check> {
    let checks = form.checks().map(|(_, check)| check);
    checks.filter(|check| proves(check) && check.cells.iter().all(|cell| line.cells.contains(cell))).collect()
}
