//! What a rule on text is given: a sentence with its figures held against the tables, and where it stands.

use std::ops::Range;

use super::finding::{Certainty, TextFinding};
use super::held::Held;
use super::lex::Token;
use super::mention::{Paragraph, Sentence};
use crate::form::Form;
use crate::model::{Draft, SectionId};

/// A chapter as it is judged.
pub(super) struct Page<'a> {
    pub form: &'a Form,
    pub draft: &'a Draft,
    pub section: SectionId,
    pub paragraphs: &'a [Paragraph],
}

/// A sentence as it is judged.
pub(super) struct Line<'a> {
    pub page: &'a Page<'a>,
    /// Place of the paragraph in [`Page::paragraphs`].
    pub place: usize,
    pub paragraph: &'a Paragraph,
    pub sentence: &'a Sentence,
    pub held: &'a [Held<'a>],
}

impl Line<'_> {
    /// A finding at these characters of the paragraph.
    pub fn finding(&self, rule: &str, chars: &Range<usize>, certainty: Certainty, against: impl Into<String>) -> Option<TextFinding> {
        let start = self.paragraph.start;
        let quote = self.paragraph.quote(chars);
        let found = TextFinding::new(rule, start + chars.start..start + chars.end, quote, certainty, against.into())?;
        Some(TextFinding { section: self.page.section, ..found })
    }

    /// The tokens of the sentence.
    pub fn tokens(&self) -> &[Token] {
        self.paragraph.tokens_of(self.sentence)
    }

    /// The words of the sentence.
    pub fn words(&self) -> String {
        self.paragraph.quote(&self.sentence.chars)
    }
}
