//! Last year's report out of a draft that was picked: taken into the open one, or begun from.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;
use jiff::Zoned;

use super::screen::App;
use crate::form::catalog::not_yet;
use crate::model::{Edit, LastYear, Prior};
use crate::review;
use crate::store::{self, Opened};

impl App {
    /// Reads last year's report, for this.
    pub(super) fn read_prior(&mut self, ctx: &Context, path: PathBuf, take: impl FnOnce(&mut Self, &Context, Prior) + Send + 'static) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let read = move |_: &_| store::read_prior(&*home.disk, &path, &catalog).map_err(|err| err.to_string());
        self.jobs.start(ctx, read, |app, ctx, read| match read {
            Ok(prior) => take(app, ctx, prior),
            Err(why) => app.fail(why),
        });
    }

    /// Takes the report into the open draft and compares with it. Where the draft is not to be changed now, or the report is of
    /// another year, it is only looked at beside this one.
    pub(super) fn take_prior(&mut self, prior: Prior) {
        let Some(work) = self.screen.work_mut() else { return };
        work.panel.compare_with(review::prior_on(work.session.form(), &prior));
        if prior.year.checked_add(1) != Some(work.session.draft().year) {
            let words = format!("这是 {} 年的报告，不是上一年度的：只作对照，没有收入草稿", prior.year);
            return self.fail(words);
        }
        if work.session.read_only().is_none() {
            work.take_picked(prior);
        }
    }

    /// Begins this year's report from last year's: agency and form, its figures to be checked against; no text is copied.
    pub(super) fn begin_from(&mut self, ctx: &Context, prior: Prior) {
        let year = prior.year.saturating_add(1);
        if let Some(why) = not_yet(year, Zoned::now().year()) {
            return self.fail(why);
        }
        match self.catalog.for_year(year) {
            Ok(form) => {
                let mut draft = form.draft(prior.agency.clone(), year);
                draft.apply(Edit::last_year(LastYear::Report(Arc::new(prior))));
                self.open(ctx, Opened::without_file(&self.home, form, draft));
            }
            Err(err) => self.fail(err.to_string()),
        }
    }
}
