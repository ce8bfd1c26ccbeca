//! Last year's report out of a draft that was picked.

use crate::form::Form;
use crate::model::{Draft, PriorSource};
use crate::review;
use crate::store;

use super::screen::App;

impl App {
    /// Takes the report into the open draft and compares with it. Where the draft is not to be changed now, or the report is of
    /// another year, it is only looked at beside this one.
    pub(super) fn take_prior(&mut self, form: &Form, prior: &Draft) {
        let Some(work) = self.screen.work_mut() else { return };
        work.panel.compare_with(review::prior(work.session.form(), form, prior));
        let draft = work.session.draft();
        if prior.year.checked_add(1) != Some(draft.year) {
            let words = format!("这是 {} 年的报告，不是上一年度的：只作对照，没有收入草稿", prior.year);
            return self.fail(words);
        }
        if work.session.read_only().is_none() {
            let is_signed = review::approval(form, prior).is_some();
            let source = if is_signed { PriorSource::Signed } else { PriorSource::Draft };
            let hash = review::Digests::of(store::encode(form, prior).as_bytes()).sm3;
            work.take_picked(review::take_prior(form, prior, source, Some(hash)));
        }
    }
}
