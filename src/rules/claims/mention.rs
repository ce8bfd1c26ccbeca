//! What a reading of a chapter is made of: paragraphs, sentences, and the figures in them with what each speaks of.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::figure::{self, Figure};
use super::lex::{Token, TokenKind};
use super::words::Aspect;

/// Where in the report a paragraph begins: all that it takes over from the text before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The chapter: 0 before 一, then by the headings met.
    pub chapter: u8,
    /// What the part is about.
    pub aspect: Aspect,
    /// Number of the part, counted from the start of the text.
    pub part: u16,
    /// The number of requests last stated in this part: what shares and outcomes are parts of.
    pub base: Option<Base>,
}

impl Scope {
    /// The same but for the number of the part, which nothing that is read depends on.
    pub(super) fn is_alike(self, other: Self) -> bool {
        self == Self { part: self.part, ..other }
    }
}

/// A number of requests that others are parts of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// 收到, 新收
    New,
    /// 办结, 答复
    Total,
    /// 收办: new and carried in.
    All,
}

impl Base {
    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new.sum",
            Self::Total => "total.sum",
            Self::All => "new.sum+carry_in.sum",
        }
    }
}

/// How sure the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The words allow one meaning (新收, 结转下年度, 不予公开).
    Strong,
    /// Offices use the words for more than one quantity (收到, 办理, 现行有效).
    Weak,
    /// It may count something else (许可信息 N 条, 代表区政府受理): bound only where it or a neighbour agrees with the table.
    Doubtful,
}

/// Why a figure is held against no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It belongs to a cell.
    Bound,
    /// 约, 余, 以上.
    Rough,
    /// Nothing in its clause names a quantity of the tables.
    Unnamed,
    /// Letters, hotlines, proposals, columns: not requests.
    OtherThing,
    /// 网络 N 件: by the way of receipt, a part.
    Way,
    /// A part of a list whose whole is held against the table.
    Part,
    /// Several years together.
    ManyYears,
    /// A comparison with another year.
    Comparison,
    /// Problems and plans are not held against the tables.
    Plan,
}

impl Why {
    /// For the clerk.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bound => "",
            Self::Rough => "约数，不与表核对",
            Self::Unnamed => "不是表里的数",
            Self::OtherThing => "说的不是政府信息公开申请",
            Self::Way => "按申请方式分的数，表里没有",
            Self::Part => "是一部分，总数另行核对",
            Self::ManyYears => "多年累计数，不与本年的表核对",
            Self::Comparison => "与其他年份的比较",
            Self::Plan => "问题、打算里的数，不与表核对",
        }
    }
}

/// A figure of the text, or words that say "none".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// From the words that decide to the end of the counter word, in characters of the paragraph.
    pub chars: Range<usize>,
    /// The figure with its counter word alone.
    pub at: Range<usize>,
    /// The value; 0 for words that say "none".
    pub figure: Figure,
    /// Behind the figure: `件`; empty where there is none.
    pub unit: Box<str>,
    /// What it may mean, each a sum of cell keys (`new.sum+carry_in.sum`, `deny*.sum`, `pct:A/B`); empty: no cell.
    pub keys: Vec<Box<str>>,
    /// Further meanings that offices give these words; agreeing with one of them is right too.
    pub accepts: Vec<Box<str>>,
    /// Words that say "none" of two things at once: the other one.
    pub also: Option<Box<str>>,
    /// How sure the words are.
    pub strength: Strength,
    /// Why it is held against no cell.
    pub why: Why,
}

/// A sentence with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, by place in [`Paragraph::tokens`]; the full stop is the last.
    pub tokens: Range<usize>,
    /// Its characters in the paragraph.
    pub chars: Range<usize>,
    /// What it stands under.
    pub scope: Scope,
    /// The figures, in order.
    pub mentions: Vec<Mention>,
    /// The words by which links of its figures are found again, without figures and blanks; empty where it has no figure to link.
    pub filed: Box<str>,
}

/// Tells a paragraph that was taken over from one that was read again. It is no part of what was read: any two are equal.
#[derive(Clone, Copy, Debug)]
pub struct Stamp(u64);

impl Stamp {
    /// One that no other paragraph has.
    pub fn fresh() -> Self {
        static NUMBERS: AtomicU64 = AtomicU64::new(0);
        Self(NUMBERS.fetch_add(1, Ordering::Relaxed))
    }

    /// Its number.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl PartialEq for Stamp {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Stamp {}

/// A paragraph that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it begins, in characters of the chapter.
    pub start: usize,
    /// What it takes over from the text before it.
    pub begin: Scope,
    /// Its characters, without the line feed.
    pub text: Vec<char>,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Which reading it comes from.
    pub stamp: Stamp,
}

impl Paragraph {
    /// The same where it begins in the part of this number.
    pub(super) fn in_part(mut self, part: u16) -> Self {
        let before = self.begin.part;
        if part != before {
            let moved = |known: u16| (known - before).saturating_add(part);
            self.begin.part = part;
            self.sentences.iter_mut().for_each(|sentence| sentence.scope.part = moved(sentence.scope.part));
        }
        self
    }

    /// The characters of a range.
    pub fn quote(&self, range: &Range<usize>) -> String {
        self.text.get(range.clone()).map(|text| text.iter().collect()).unwrap_or_default()
    }

    /// A figure; and one with letters behind it, as stand there while an input method composes.
    pub(super) fn can_be_linked(&self, token: &Token) -> bool {
        let begins_with_letter = |text: &[char]| text.first().is_some_and(char::is_ascii_alphabetic);
        let has_letters = || {
            let text = self.text.get(token.start..token.end)?;
            let (_, len) = figure::in_digits(text)?;
            text.get(len..).map(begins_with_letter)
        };
        token.counted().is_some() || token.kind == TokenKind::Opaque && has_letters() == Some(true)
    }

    /// The words of a sentence by which its links are found again: without figures and blanks. Empty where it has no figure to link.
    pub(super) fn filed(&self, sentence: &Sentence) -> String {
        if !self.tokens_of(sentence).iter().any(|token| self.can_be_linked(token)) {
            return String::new();
        }
        let text = self.text.get(sentence.chars.clone()).unwrap_or_default();
        text.iter().filter(|c| figure::digit(**c).is_none() && !c.is_whitespace()).collect()
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }
}
