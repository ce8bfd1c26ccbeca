//! What is wrong, or to be looked at, in a text chapter: the place, both sides, and the wording of its rule.

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::rule::{RULES, TextRule};
use crate::form::{Report, Severity};
use crate::model::{CellId, ReasonKey, SectionId};

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
/// What it says is shared by its copies, so that taking one over to the next keystroke costs nothing.
#[derive(Clone, Debug)]
pub struct TextFinding {
    /// Where, in characters of the chapter.
    pub chars: Range<usize>,
    /// Which of the chapter's sentences with these words, from 0.
    pub nth: usize,
    /// What else was found in the same sentence.
    pub folded: Vec<TextFinding>,
    told: Arc<Told>,
}

/// What a finding about text says, wherever in the chapter its sentence stands.
#[derive(Clone, Debug)]
pub struct Told {
    /// The rule.
    pub rule: &'static TextRule,
    /// The chapter; 0 for the words before 一.
    pub section: SectionId,
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
    /// The sentence without digits and blanks: `收到申请件`.
    pub words: String,
    /// The figure is linked to its cell: a difference is an error.
    pub is_linked: bool,
}

impl Deref for TextFinding {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.told
    }
}

impl TextFinding {
    /// A finding without figures.
    pub(super) fn new(
        rule: &str,
        section: SectionId,
        (chars, quote): (Range<usize>, String),
        certainty: Certainty,
        against: String,
    ) -> Option<Self> {
        let side = TextSide::default;
        let (sentence, words, is_linked) = (String::new(), String::new(), false);
        let rule = RULES.rule(rule)?;
        let told = Told { rule, section, quote, certainty, left: side(), right: side(), against, sentence, words, is_linked };
        Some(Self { chars, nth: 0, folded: Vec::new(), told: Arc::new(told) })
    }

    /// The same with both figures.
    pub(super) fn with(mut self, left: TextSide, right: TextSide) -> Self {
        let told = Arc::make_mut(&mut self.told);
        (told.left, told.right) = (left, right);
        self
    }

    /// The same, of a figure that is linked to its cell or is not.
    pub(super) fn linked(mut self, is_linked: bool) -> Self {
        Arc::make_mut(&mut self.told).is_linked = is_linked;
        self
    }

    /// It stands in this sentence.
    pub(super) fn put_sentence(&mut self, sentence: String) {
        let told = Arc::make_mut(&mut self.told);
        told.words = sentence.chars().filter(|c| !is_digit(*c) && !c.is_whitespace()).collect();
        told.sentence = sentence;
    }

    /// The same for a paragraph that began at `from` and now begins at `to`.
    pub(super) fn moved(&self, from: usize, to: usize) -> Self {
        let chars = self.chars.start + to - from..self.chars.end + to - from;
        let folded = self.folded.iter().map(|found| found.moved(from, to)).collect();
        Self { chars, folded, nth: self.nth, told: Arc::clone(&self.told) }
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
        let words = &self.words;
        let nth = if self.nth == 0 { String::new() } else { format!("#{}", self.nth + 1) };
        ReasonKey { rule: self.rule.id.clone(), at: format!("{}:{words}{nth}", self.section.0).into() }
    }

    /// The figures its reason is written for: those of the sentence, and the cells of both sides with their text.
    pub fn figures(&self, report: Report<'_>) -> Vec<(Box<str>, Box<str>)> {
        let figures = self.own_figures();
        let mut cells: Vec<CellId> = self.left.cells.iter().chain(&self.right.cells).copied().collect();
        cells.sort_unstable();
        cells.dedup();
        let of = |cell: &CellId| (report.form.cell(*cell).key.clone(), report.draft.entry(*cell).text().into());
        std::iter::once((ReasonKey::SENTENCE.into(), figures.into())).chain(cells.iter().map(of)).collect()
    }

    /// The figures of the sentence: `12 3`.
    fn own_figures(&self) -> String {
        self.sentence.split(|c| !is_digit(c)).filter(|figure| !figure.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// `1@120`: chapter and offset in characters.
    pub fn at(&self) -> String {
        format!("{}@{}", self.section.0, self.chars.start)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
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
