//! A copy of a report as it lies in the county's folder: whose it says it is, whether it was signed, what its check came to, and its
//! figures. What it says at length is read again when somebody asks.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::figures::Figures;
use super::source::Sourced;
use crate::form::{Catalog, Form, Report, Severity};
use crate::import::How;
use crate::model::{Action, Draft, Fingerprint, Status};
use crate::review;
use crate::rules::claims::{Certainty, check_text};
use crate::rules::{self, Verdict};

/// What came of checking a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Broken error rules, of tables and text.
    pub error: u32,
    /// Broken rules that want a look and have no written reason.
    pub warning: u32,
    /// Places in the text that are to be looked at.
    pub look: u32,
    /// Checks that wait for a blank cell.
    pub waiting: u32,
}

/// A file as it lies on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// Where, from the county's folder where it is below it.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written.
    pub modified: Timestamp,
    /// SM3 of its bytes.
    pub sm3: Fingerprint,
}

/// A copy of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The file it stands in.
    pub lying: Arc<Lying>,
    /// Which of the reports of that file, from 0.
    pub nth: usize,
    /// The agency in its title; empty where it tells none.
    pub agency: String,
    /// The report year; 0 where it tells none.
    pub year: u16,
    /// The form it came on.
    pub form: Box<str>,
    /// How far it had come when it was handed in.
    pub status: Status,
    /// The first thing that its log does not prove; empty where it proves all it says.
    pub flaw: String,
    /// Code of its signature; empty where it has none.
    pub code: String,
    /// When it was handed in, by its log.
    pub filed: Option<Timestamp>,
    /// What its check came to.
    pub counts: Counts,
    /// The checks it breaks, errors and warnings, by their place in the year's form.
    pub broken: Vec<u16>,
    /// Cells that were not read from a file of another program, and questions about it.
    pub num_unread: u32,
    /// Its figures on the year's form.
    pub figures: Figures,
    /// Last year's, as it brings them along.
    pub last: Option<Figures>,
}

impl Taken {
    /// Checks a report and keeps what a county needs of it.
    pub fn of(lying: Arc<Lying>, nth: usize, (form, draft, account): &Sourced, catalog: &Catalog) -> Self {
        let came_on = form.id.clone();
        let moved = moved(form, draft, catalog);
        let (form, draft) = moved.as_ref().map_or((&**form, draft), |(form, draft)| (&**form, draft));
        let report = form.report(draft);
        let standing = review::standing(report);
        let flaw = standing.flaw().map(|flaw| review::flaw_name(draft.review(), flaw)).unwrap_or_default();
        let filed = draft.review().steps().iter().rev().find(|step| step.action == Action::File).map(|step| step.time);
        let (counts, broken) = checked(report);
        let num_unread = account
            .as_ref()
            .map_or(0, |account| account.cells.len() - account.num(How::Read) - account.num(How::Inferred) + account.questions.len());
        Self {
            lying,
            nth,
            agency: draft.agency.clone(),
            year: draft.year,
            form: came_on,
            status: draft.review().status(),
            flaw,
            code: review::approval(report).map(|approval| approval.code).unwrap_or_default(),
            filed,
            counts,
            broken,
            num_unread: u32::try_from(num_unread).unwrap_or(u32::MAX),
            figures: Figures::of(draft.entries().iter().map(crate::model::Entry::value)),
            last: draft
                .prior()
                .map(|_| Figures::of(form.cells().map(|(cell, _)| rules::prior_entry(report, cell).and_then(|entry| entry.value())))),
        }
    }

    /// The reports of a file in memory of their own. What is kept as long as the county is open must not lie scattered among what was
    /// needed to read it, or finding room for the next report takes longer the more there are.
    pub fn gathered(reports: &[Self]) -> Vec<Self> {
        let Some(first) = reports.first() else { return Vec::new() };
        let lying = Arc::new(Lying::clone(&first.lying));
        reports.iter().map(|taken| Self { lying: Arc::clone(&lying), ..taken.clone() }).collect()
    }

    /// It carries a signature that its log proves.
    pub fn is_signed(&self) -> bool {
        self.status.is_locked() && self.flaw.is_empty()
    }
}

/// The report on the form of its year: a body may still use the older one. What has no place on the newer one is blank there.
pub fn on_the_years_form(form: &Arc<Form>, draft: &Draft, catalog: &Catalog) -> (Arc<Form>, Draft) {
    moved(form, draft, catalog).unwrap_or_else(|| (Arc::clone(form), draft.clone()))
}

fn moved(form: &Arc<Form>, draft: &Draft, catalog: &Catalog) -> Option<(Arc<Form>, Draft)> {
    let of_year = catalog.for_year(draft.year).ok().filter(|of_year| of_year.id != form.id && of_year.years.0 > form.years.0)?;
    let moved = review::moved(form.report(draft), &of_year).draft;
    Some((of_year, moved))
}

/// What the check of a report comes to. A warning with a written reason is settled.
fn checked(report: Report<'_>) -> (Counts, Vec<u16>) {
    let findings = rules::check(report);
    let mut counts = Counts::default();
    let mut broken = Vec::new();
    for finding in &findings {
        match (finding.verdict, finding.severity(report.form)) {
            (Verdict::Waiting, _) => counts.waiting += 1,
            (Verdict::Fail, Severity::Error) => counts.error += 1,
            (Verdict::Fail, Severity::Warning) if rules::answer(report, *finding) == rules::Answer::Missing => counts.warning += 1,
            _ => continue,
        }
        if finding.is_fail() {
            broken.extend(u16::try_from(finding.check.index()));
        }
    }
    for found in check_text(report) {
        match (found.certainty, found.severity()) {
            (Certainty::Broken, Severity::Error) => counts.error += 1,
            (Certainty::Broken, Severity::Warning) => counts.warning += 1,
            (Certainty::Look, _) => counts.look += 1,
            (Certainty::Broken, Severity::Info) => {}
        }
    }
    (counts, broken)
}
