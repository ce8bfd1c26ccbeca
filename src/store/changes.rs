//! What differs between two states of one draft.

use crate::form::Form;
use crate::model::{Draft, Edit, Splice};

/// The edits that lead from one draft to another of the same form and year: agency, cells in form order, chapters.
pub fn changes(form: &Form, from: &Draft, to: &Draft) -> Vec<Edit> {
    let agency = (from.agency != to.agency).then(|| Edit::Agency(to.agency.clone()));
    let cells = form.cells().filter(|(cell, _)| from.entry(*cell) != to.entry(*cell));
    let cells = cells.map(|(cell, _)| Edit::Cell(cell, to.entry(cell).clone()));
    let texts = form.sections().filter_map(|(section, _)| {
        let splice = Splice::between(from.section(section), to.section(section))?;
        Some(Edit::Text(section, splice))
    });
    agency.into_iter().chain(cells).chain(texts).collect()
}
