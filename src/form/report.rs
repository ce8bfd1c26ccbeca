//! A draft with the form it is filled on. Nearly all that judges, prints or keeps a report needs both.

use super::Form;
use crate::model::Draft;

/// A report (报告): the draft and the form it is filled on. They travel together, so that no draft is ever read by the rows and
/// rules of another form. Made by [`Form::report`]; as cheap to hand on as a reference.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What can be typed and what must hold.
    pub form: &'a Form,
    /// What was typed.
    pub draft: &'a Draft,
}

impl Form {
    /// A draft on this form. Tests fail where it was filled on another one.
    pub fn report<'a>(&'a self, draft: &'a Draft) -> Report<'a> {
        debug_assert_eq!(self.id, draft.form, "a draft is read on its own form");
        Report { form: self, draft }
    }
}
