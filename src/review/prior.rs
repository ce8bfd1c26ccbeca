//! Last year's report: taken into a draft, and laid out on this year's form.

use super::approval::approval;
use crate::form::{Form, Report};
use crate::model::{Draft, Edit, Fingerprint, Item, Prior, PriorSource, ReasonKey, Value};

/// What a draft is as last year's report: signed where its proof holds.
pub fn prior_source(report: Report<'_>) -> PriorSource {
    if approval(report).is_some() { PriorSource::Signed } else { PriorSource::Draft }
}

/// Last year's report as a draft holds it: every cell of its own form, calculations as what they come to, and its texts.
pub fn take_prior(old: Report<'_>, source: PriorSource, hash: Option<Fingerprint>) -> Prior {
    let mut prior = Prior::new(old.draft.agency.clone(), old.draft.year, &old.form.id, source, hash);
    for (cell, spec) in old.form.cells() {
        prior.put_figure(&spec.key, &old.draft.entry(cell).plain().text());
    }
    for (section, text) in old.draft.sections() {
        prior.put_text(section, text);
    }
    for (key, reason) in old.draft.reasons().filter(|(key, _)| *key.rule == *ReasonKey::LINK) {
        reason.figures.first().into_iter().for_each(|(cells, _)| _ = prior.put_link(&key.at, cells));
    }
    prior
}

/// Last year's figures and texts on this year's form: cells of the same key, texts of the same chapter. What only one of the
/// forms has stays blank.
pub fn prior_on(form: &Form, prior: &Prior) -> Draft {
    let mut draft = form.draft(prior.agency.clone(), prior.year);
    for (cell, spec) in form.cells() {
        if let Some(entry) = prior.entry(&spec.key, spec.kind) {
            draft.apply(Edit::cell(cell, entry));
        }
    }
    for (section, text) in prior.texts() {
        draft.apply(Edit::Set(Item::Text(section), Value::Text(text.to_owned())));
    }
    draft
}

/// Another report on this year's form, beside which it is looked at.
pub fn prior(form: &Form, old: Report<'_>) -> Draft {
    prior_on(form, &take_prior(old, PriorSource::Draft, None))
}
