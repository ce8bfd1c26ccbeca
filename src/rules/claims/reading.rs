//! The text chapters as they were read, kept from edit to edit so that a changed paragraph alone is read again.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::finding::TextFinding;
use super::judge::{self, Kept};
use super::judged::Judged;
use super::line::Given;
use super::link::{self, Link, Slot};
use super::mention::Paragraph;
use super::read;
use super::rule::words_of;
use super::words::Lexicon;
use crate::form::{Form, Report};
use crate::model::{Draft, Entry, LastYear, SectionId};

/// The text chapters of a draft, read.
#[derive(Debug)]
pub struct Reading {
    lexicon: Cow<'static, Lexicon>,
    sections: BTreeMap<SectionId, Vec<Paragraph>>,
    /// What came out for each paragraph by itself, by its stamp, on this basis.
    kept: HashMap<u64, Kept>,
    basis: Option<Basis>,
}

/// All that a paragraph is judged by, beside its words and links.
#[derive(Debug)]
struct Basis {
    form: Box<str>,
    agency: String,
    year: u16,
    entries: Vec<Entry>,
    last_year: LastYear,
}

impl Basis {
    fn of(report: Report<'_>) -> Self {
        let (agency, entries) = (report.draft.agency.clone(), report.draft.entries().to_vec());
        Self { form: report.form.id.clone(), agency, year: report.draft.year, entries, last_year: report.draft.last_year().clone() }
    }

    fn is(&self, report: Report<'_>) -> bool {
        let is_same = self.form == report.form.id && self.agency == report.draft.agency && self.year == report.draft.year;
        is_same && self.entries == report.draft.entries() && self.last_year == *report.draft.last_year()
    }
}

impl Reading {
    /// Nothing read yet, of reports on this form.
    pub fn new(form: &Form) -> Self {
        Self { lexicon: words_of(form), sections: BTreeMap::new(), kept: HashMap::new(), basis: None }
    }

    /// Reads all chapters.
    pub fn of(report: Report<'_>) -> Self {
        let mut reading = Self::new(report.form);
        reading.refresh(report.draft);
        reading
    }

    /// Reads what has changed; the same as [`Reading::of`] from the beginning.
    pub fn refresh(&mut self, draft: &Draft) {
        let mut old = std::mem::take(&mut self.sections);
        let read = |(section, text): (SectionId, &str)| {
            let kept = old.remove(&section).unwrap_or_default();
            (section, read::reread(kept, section.0, text, &self.lexicon))
        };
        self.sections = draft.sections().map(read).collect();
    }

    /// The figures of a chapter that can be linked, as they were read, in these places.
    pub fn slots(&self, section: SectionId, places: &[Range<usize>]) -> Vec<Slot> {
        self.sections.get(&section).map_or_else(Vec::new, |paragraphs| link::slots(section, paragraphs, places))
    }

    /// The links that stand in the text of the draft that was read.
    pub fn links(&self, draft: &Draft) -> Vec<Link> {
        self.sections.iter().flat_map(|(section, paragraphs)| link::links(draft, *section, paragraphs)).collect()
    }

    /// Judges the chapters against the draft, which must be the one that was read. What a paragraph comes to by itself is taken over
    /// while its words and the tables are the same.
    pub fn judge(&mut self, report: Report<'_>) -> Judged {
        if !self.basis.as_ref().is_some_and(|basis| basis.is(report)) {
            self.kept.clear();
            self.basis = Some(Basis::of(report));
        }
        let (mut judged, mut keeps) = (Judged::default(), HashMap::new());
        for (section, paragraphs) in &self.sections {
            let given = Given { report, section: *section };
            keeps.extend(judge::judge_page(given, paragraphs, &mut self.kept, &mut judged));
        }
        self.kept = keeps;
        judged
    }
}

/// Checks the text chapters of a draft, in chapter order, within a chapter by place.
pub fn check_text(report: Report<'_>) -> Vec<TextFinding> {
    Reading::of(report).judge(report).findings
}
