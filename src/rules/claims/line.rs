//! What a rule on text is given. A rule on a sentence sees its paragraph and what the whole report is judged by, and nothing else:
//! what comes out for a paragraph can be kept while these stay. A rule on a page sees the paragraphs around as well.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use super::finding::{Certainty, TextFinding};
use super::held::Held;
use super::lex::Token;
use super::mention::{Paragraph, Sentence};
use crate::form::Report;
use crate::model::SectionId;

/// What every sentence of a chapter is judged by: of the draft its cells, its last year's report, its agency and its year.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub report: Report<'a>,
    pub section: SectionId,
}

impl<'a> Given<'a> {
    /// A sentence whose figures are not needed.
    pub fn line(&'a self, paragraph: &'a Paragraph, sentence: &'a Sentence) -> Line<'a> {
        Line { given: self, paragraph, sentence, held: &[] }
    }
}

/// A chapter as it is judged.
pub(super) struct Page<'a> {
    pub given: Given<'a>,
    pub paragraphs: &'a [Paragraph],
    pub facts: Facts,
}

/// What is found out once for a chapter, when the first rule asks.
#[derive(Default)]
pub(super) struct Facts {
    /// It speaks of requests carried over.
    pub says_carried: OnceCell<bool>,
    /// Requests received and dealt with, each stated once.
    pub stated: OnceCell<Option<(i64, i64)>>,
    /// Numbers of requests by part, with their sums.
    pub wholes: OnceCell<BTreeMap<u16, Vec<i64>>>,
}

impl<'a> Deref for Page<'a> {
    type Target = Given<'a>;

    fn deref(&self) -> &Given<'a> {
        &self.given
    }
}

impl Page<'_> {
    /// All sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences)
    }
}

/// A sentence as it is judged.
pub(super) struct Line<'a> {
    pub given: &'a Given<'a>,
    pub paragraph: &'a Paragraph,
    pub sentence: &'a Sentence,
    pub held: &'a [Held<'a>],
}

impl Line<'_> {
    /// A finding at these characters of the paragraph.
    pub fn finding(&self, rule: &str, chars: &Range<usize>, certainty: Certainty, against: impl Into<String>) -> Option<TextFinding> {
        let start = self.paragraph.start;
        let quote = self.paragraph.quote(chars);
        TextFinding::new(rule, self.given.section, (start + chars.start..start + chars.end, quote), certainty, against.into())
    }

    /// The tokens of the sentence.
    pub fn tokens(&self) -> &[Token] {
        self.paragraph.tokens_of(self.sentence)
    }

    /// The characters of the sentence.
    pub fn chars(&self) -> &[char] {
        self.paragraph.text.get(self.sentence.chars.clone()).unwrap_or_default()
    }

    /// The words of the sentence.
    pub fn words(&self) -> String {
        self.paragraph.quote(&self.sentence.chars)
    }
}
