//! What differs between two states of one draft.

use crate::form::Form;
use crate::model::{Draft, Edit, ReasonKey, Splice};

/// The edits that lead from one draft to another of the same form and year: agency, kind of totals, cells and control
/// figures in form order, chapters, reasons, the review part.
pub fn changes(form: &Form, from: &Draft, to: &Draft) -> Vec<Edit> {
    let mut edits = Vec::new();
    if from.agency != to.agency {
        edits.push(Edit::Agency(to.agency.clone()));
    }
    if from.totals() != to.totals() {
        edits.push(Edit::Totals(to.totals()));
    }
    let cells = form.cells().filter(|(cell, _)| from.entry(*cell) != to.entry(*cell));
    edits.extend(cells.map(|(cell, _)| Edit::Cell(cell, to.entry(cell).clone())));
    let controls = form.cells().filter(|(cell, _)| from.control(*cell) != to.control(*cell));
    edits.extend(controls.map(|(cell, _)| Edit::Control(cell, to.control(cell).clone())));
    edits.extend(form.sections().filter_map(|(section, _)| {
        let splice = Splice::between(from.section(section), to.section(section))?;
        Some(Edit::Text(section, splice))
    }));
    let reason = |key: &ReasonKey| Edit::Reason(key.clone(), to.reason(key).cloned());
    edits.extend(to.reasons().filter(|(key, now)| from.reason(key) != Some(*now)).map(|(key, _)| reason(key)));
    edits.extend(from.reasons().filter(|(key, _)| to.reason(key).is_none()).map(|(key, _)| reason(key)));
    if from.review() != to.review() {
        edits.push(Edit::Review(Box::new(to.review().clone())));
    }
    edits
}
