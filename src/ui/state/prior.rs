//! Last year's report taken into the draft, then what follows from it: the same key twice.

use std::sync::Arc;

use super::work::Work;
use crate::model::{Edit, LastYear, Prior};
use crate::rules;

impl Work {
    /// Takes the report that was found, if the draft has none; else fills the blank cells that follow from it.
    pub fn take_prior(&mut self) {
        self.commit();
        match self.panel.offered().filter(|_| self.session.draft().prior().is_none()).cloned() {
            Some(prior) => self.session.apply_alone(vec![Edit::last_year(LastYear::Report(prior))]),
            None => self.session.apply_alone(rules::carry(self.session.report())),
        }
        self.panel.refresh(&self.session);
    }

    /// There is no report of last year: the agency is new.
    pub fn note_first_year(&mut self) {
        self.commit();
        self.session.apply_alone(vec![Edit::last_year(LastYear::FirstYear)]);
        self.panel.refresh(&self.session);
    }

    /// Takes this report, which was picked, and shows how this year's differs.
    pub fn take_picked(&mut self, prior: Prior) {
        self.commit();
        self.session.apply_alone(vec![Edit::last_year(LastYear::Report(Arc::new(prior)))]);
        self.panel.refresh(&self.session);
    }
}
