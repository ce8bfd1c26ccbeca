//! A report on the form of another year: last year's beside this year's, and one that was begun for the wrong year.

use crate::form::Form;
use crate::model::{Draft, Edit};

/// Last year's figures and texts on this year's form: cells of the same key, texts of the same chapter. What only one of the
/// forms has stays blank.
pub fn prior(form: &Form, old_form: &Form, old: &Draft) -> Draft {
    let mut prior = form.draft(old.agency.clone(), old.year);
    for (cell, spec) in form.cells() {
        let same = old_form.cell_by_key(&spec.key).filter(|old| old_form.cell(*old).kind == spec.kind);
        if let Some(same) = same {
            prior.apply(Edit::cell(cell, old.entry(same).clone()));
        }
    }
    for (section, text) in old.sections() {
        if let Some(splice) = crate::model::Splice::between(prior.section(section), text) {
            prior.apply(Edit::Text(section, splice));
        }
    }
    prior
}

/// The report as one of this year, on its form, and the names of filled cells that the form does not have. Nothing was done to it
/// yet: a log would not fit any more. Reasons stay where the rules are the same.
pub fn moved(form: &Form, old_form: &Form, old: &Draft, year: u16) -> (Draft, Vec<String>) {
    let is_same = form.id == old_form.id;
    let mut moved = if is_same { old.without_review() } else { prior(form, old_form, old) };
    moved.year = year;
    if is_same {
        return (moved, Vec::new());
    }
    moved.apply(Edit::totals(old.totals()));
    let filled = old_form.cells().filter(|(cell, _)| !old.entry(*cell).is_blank());
    let is_left = |spec: &crate::form::Cell| form.cell_by_key(&spec.key).is_none_or(|cell| form.cell(cell).kind != spec.kind);
    let left = filled.filter(|(_, spec)| is_left(spec)).map(|(_, spec)| spec.label.to_string()).collect();
    (moved, left)
}
