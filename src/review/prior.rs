//! Last year's report beside this year's.

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
