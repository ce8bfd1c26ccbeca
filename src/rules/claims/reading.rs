//! The text chapters as they were read, kept from edit to edit so that a changed paragraph alone is read again.

use std::collections::BTreeMap;

use super::finding::TextFinding;
use super::judge;
use super::judged::Judged;
use super::line::Page;
use super::link::{self, Slot};
use super::mention::Paragraph;
use super::read;
use super::rule::WORDS;
use crate::form::Form;
use crate::model::{Draft, SectionId};

/// The text chapters of a draft, read.
#[derive(Debug, Default)]
pub struct Reading {
    sections: BTreeMap<SectionId, Vec<Paragraph>>,
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

    /// Judges every sentence anew against the whole draft, which must be the one that was read.
    pub fn judge(&self, form: &Form, draft: &Draft) -> Judged {
        let mut judged = Judged::default();
        for (section, paragraphs) in &self.sections {
            judge::judge_page(&Page { form, draft, section: *section, paragraphs }, &mut judged);
        }
        judged
    }
}

/// Checks the text chapters of a draft, in chapter order, within a chapter by place.
pub fn check_text(form: &Form, draft: &Draft) -> Vec<TextFinding> {
    Reading::of(draft).judge(form, draft).findings
}
