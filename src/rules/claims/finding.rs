//! What is wrong, or to be looked at, in a text chapter: the place, both sides, and the wording of its rule.

use std::ops::Range;

use super::rule::{RULES, TextRule};
use crate::form::{Form, Severity};
use crate::model::{CellId, Draft, ReasonKey, SectionId};

/// How certain a finding about text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The words allow no other meaning.
    Broken,
    /// 请核对: the words may be right.
    Look,
}

/// One side: a figure and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSide {
    /// Cells of the tables; none for a figure of the text.
    pub cells: Vec<CellId>,
    /// The figure; none where the side is words.
    pub value: Option<i64>,
}

/// A breach of a rule about text. At most one a sentence is shown; weaker ones of the same sentence stand in [`TextFinding::folded`].
#[derive(Clone, Debug)]
pub struct TextFinding {
    /// The rule.
    pub rule: &'static TextRule,
    /// The chapter; 0 for the words before 一.
    pub section: SectionId,
    /// Where, in characters of the chapter.
    pub chars: Range<usize>,
    /// The words there.
    pub quote: String,
    /// How certain it is.
    pub certainty: Certainty,
    /// The text's side.
    pub left: TextSide,
    /// What it was held against.
    pub right: TextSide,
    /// The table's side in words, with its arithmetic.
    pub against: String,
    /// The words of the sentence; empty where the chapter as a whole is meant.
    pub sentence: String,
    /// Which of the chapter's sentences with these words, from 0.
    pub nth: usize,
    /// The figure is linked to its cell: a difference is an error.
    pub is_linked: bool,
    /// What else was found in the same sentence.
    pub folded: Vec<TextFinding>,
}

impl TextFinding {
    /// A finding without figures.
    pub(super) fn new(rule: &str, chars: Range<usize>, quote: String, certainty: Certainty, against: String) -> Option<Self> {
        let rule = RULES.rule(rule)?;
        let side = TextSide::default;
        let (section, sentence, nth, folded) = (SectionId(0), String::new(), 0, Vec::new());
        Some(Self { rule, section, chars, quote, certainty, left: side(), right: side(), against, sentence, nth, is_linked: false, folded })
    }

    /// The same with both figures.
    pub(super) fn with(self, left: TextSide, right: TextSide) -> Self {
        Self { left, right, ..self }
    }

    /// The same for a paragraph that began at `from` and now begins at `to`.
    pub(super) fn moved(&self, from: usize, to: usize) -> Self {
        let chars = self.chars.start + to - from..self.chars.end + to - from;
        Self { chars, ..self.clone() }
    }

    /// How grave it is; what is only to be looked at is never an error.
    pub fn severity(&self) -> Severity {
        if self.is_linked {
            return Severity::Error;
        }
        match (self.certainty, self.rule.severity) {
            (Certainty::Look, Severity::Error) => Severity::Warning,
            (_, severity) => severity,
        }
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> String {
        let wording = match self.certainty {
            Certainty::Broken => &self.rule.message,
            Certainty::Look => &self.rule.look,
        };
        wording.replace("{quote}", &format!("“{}”", shortened(&self.quote))).replace("{table}", &self.against)
    }

    /// What to look at first.
    pub fn hint(&self) -> &str {
        &self.rule.hint
    }

    /// What its reason is filed under: the sentence without its figures, wherever in the chapter it moves.
    pub fn reason_key(&self) -> ReasonKey {
        let (words, _) = self.without_figures();
        let nth = if self.nth == 0 { String::new() } else { format!("#{}", self.nth + 1) };
        ReasonKey { rule: self.rule.id.clone(), at: format!("{}:{words}{nth}", self.section.0).into() }
    }

    /// The figures its reason is written for: those of the sentence, and the cells of both sides with their text.
    pub fn figures(&self, form: &Form, draft: &Draft) -> Vec<(Box<str>, Box<str>)> {
        let (_, figures) = self.without_figures();
        let mut cells: Vec<CellId> = self.left.cells.iter().chain(&self.right.cells).copied().collect();
        cells.sort_unstable();
        cells.dedup();
        let of = |cell: &CellId| (form.cell(*cell).key.clone(), draft.entry(*cell).text().into());
        std::iter::once((ReasonKey::SENTENCE.into(), figures.into())).chain(cells.iter().map(of)).collect()
    }

    /// The sentence without digits and blanks, and its figures: `收到申请件`, `12`.
    pub(super) fn without_figures(&self) -> (String, String) {
        let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
        let words = self.sentence.chars().filter(|c| !is_digit(c) && !c.is_whitespace()).collect();
        let figures: Vec<&str> = self.sentence.split(|c: char| !is_digit(&c)).filter(|figure| !figure.is_empty()).collect();
        (words, figures.join(" "))
    }

    /// `1@120`: chapter and offset in characters.
    pub fn at(&self) -> String {
        format!("{}@{}", self.section.0, self.chars.start)
    }
}

/// Long quotations keep their beginning and end.
fn shortened(quote: &str) -> String {
    let chars: Vec<char> = quote.chars().collect();
    if chars.len() <= 60 {
        return quote.to_owned();
    }
    let part = |range: Range<usize>| chars.get(range).map(|part| part.iter().collect::<String>()).unwrap_or_default();
    format!("{}……{}", part(0..36), part(chars.len() - 20..chars.len()))
}
