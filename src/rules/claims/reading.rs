//! The text chapters as they were read, kept from edit to edit so that a changed paragraph alone is read again, and what came
//! out when they were last judged.

use std::collections::BTreeMap;
use std::ops::Range;

use super::figure::Figure;
use super::finding::TextFinding;
use super::held::{Held, State};
use super::judge::{self, Page};
use super::read::{self, Paragraph};
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

    /// Judges every sentence anew against the whole draft, which must be the one that was read.
    pub fn judge(&self, form: &Form, draft: &Draft) -> Judged {
        let mut judged = Judged::default();
        for (section, paragraphs) in &self.sections {
            judge::judge_page(&Page { form, draft, section: *section, paragraphs }, &mut judged);
        }
        judged
    }
}

/// What came out for the text chapters, in chapter order, within a chapter by place.
#[derive(Debug, Default)]
pub struct Judged {
    /// What is wrong or to be looked at.
    pub findings: Vec<TextFinding>,
    /// Every figure, with what it was held against.
    pub figures: Vec<TextFigure>,
}

/// A figure of the text, and what it was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFigure {
    /// The chapter.
    pub section: SectionId,
    /// From the words that decide to the end of the counter word, in characters of the chapter.
    pub chars: Range<usize>,
    /// The figure with its counter word alone.
    pub at: Range<usize>,
    /// The words of [`TextFigure::chars`].
    pub quote: String,
    /// The value; 0 for words that say "none".
    pub figure: Figure,
    /// Behind the figure: `件`; empty where there is none.
    pub unit: Box<str>,
    /// Its meanings on this form, sums of cell keys; those that agree, where one does.
    pub keys: Vec<Box<str>>,
    /// What came out.
    pub state: State,
    /// Why, in words; empty where it agrees.
    pub why: String,
}

impl TextFigure {
    /// From a figure that was held against the tables.
    pub(super) fn of(section: SectionId, paragraph: &Paragraph, held: &Held) -> Self {
        let placed = |range: &Range<usize>| paragraph.start + range.start..paragraph.start + range.end;
        let mention = held.mention;
        Self {
            section,
            chars: placed(&mention.chars),
            at: placed(&mention.at),
            quote: paragraph.quote(&mention.chars),
            figure: mention.figure,
            unit: mention.unit.clone(),
            keys: held.keys.clone(),
            state: held.state,
            why: held.why.clone(),
        }
    }
}
