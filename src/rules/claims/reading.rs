//! The text chapters as they were read, kept from edit to edit so that a changed paragraph alone is read again.

use std::collections::BTreeMap;

use super::finding::TextFinding;
use super::judge::{self, Kept};
use super::judged::Judged;
use super::line::Page;
use super::link::{self, Slot};
use super::mention::Paragraph;
use super::read;
use super::rule::WORDS;
use crate::form::Form;
use crate::model::{Draft, Entry, SectionId};

/// The text chapters of a draft, read.
#[derive(Debug, Default)]
pub struct Reading {
    sections: BTreeMap<SectionId, Vec<Paragraph>>,
    /// What came out for each paragraph by itself, by its stamp, on this basis.
    kept: BTreeMap<u64, Kept>,
    basis: Option<Basis>,
}

/// All that a paragraph is judged by, beside its words.
#[derive(Debug, PartialEq, Eq)]
struct Basis {
    form: Box<str>,
    agency: String,
    year: u16,
    entries: Vec<Entry>,
}

impl Basis {
    fn is(&self, form: &Form, draft: &Draft) -> bool {
        self.form == form.id && self.agency == draft.agency && self.year == draft.year && self.entries == draft.entries()
    }
}

impl Reading {
    /// Reads all chapters.
    pub fn of(draft: &Draft) -> Self {
        let mut reading = Self::default();
        reading.refresh(draft);
        reading
    }

    /// Reads what has changed; the same as [`Reading::of`] from the beginning.
    pub fn refresh(&mut self, draft: &Draft) {
        let mut old = std::mem::take(&mut self.sections);
        let read = |(section, text): (SectionId, &str)| {
            let kept = old.remove(&section).unwrap_or_default();
            (section, read::reread(kept, section.0, text, &WORDS))
        };
        self.sections = draft.sections().map(read).collect();
    }

    /// The figures of a chapter that can be linked, as they were read.
    pub fn slots(&self, section: SectionId) -> Vec<Slot> {
        self.sections.get(&section).map_or_else(Vec::new, |paragraphs| link::slots(section, paragraphs))
    }

    /// Judges the chapters against the draft, which must be the one that was read. What a paragraph comes to by itself is taken over
    /// while its words and the tables are the same.
    pub fn judge(&mut self, form: &Form, draft: &Draft) -> Judged {
        if !self.basis.as_ref().is_some_and(|basis| basis.is(form, draft)) {
            self.kept.clear();
            let (agency, entries) = (draft.agency.clone(), draft.entries().to_vec());
            self.basis = Some(Basis { form: form.id.clone(), agency, year: draft.year, entries });
        }
        let (mut judged, mut keeps) = (Judged::default(), Vec::new());
        for (section, paragraphs) in &self.sections {
            keeps.extend(judge::judge_page(&Page { form, draft, section: *section, paragraphs }, &mut self.kept, &mut judged));
        }
        self.kept = keeps.into_iter().collect();
        judged
    }
}

/// Checks the text chapters of a draft, in chapter order, within a chapter by place.
pub fn check_text(form: &Form, draft: &Draft) -> Vec<TextFinding> {
    Reading::of(draft).judge(form, draft).findings
}
