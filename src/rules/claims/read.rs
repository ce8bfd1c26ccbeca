//! Reading a chapter: paragraphs, sentences, and every figure in them with what it speaks of. Pure; a paragraph depends on its
//! own text and on the [`Scope`] it begins in, nothing else, so a changed paragraph is read again alone.

use std::ops::Range;

use super::bind;
use super::figure::Figure;
use super::lex::{self, Token, TokenKind};
use super::words::{Aspect, Lexicon};

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
}

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
}

impl Paragraph {
    /// The characters of a range.
    pub fn quote(&self, range: &Range<usize>) -> String {
        self.text.get(range.clone()).map(|text| text.iter().collect()).unwrap_or_default()
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }
}

/// Reads a chapter: paragraph after paragraph, each from the scope the one before ends in.
pub fn read(chapter: u8, text: &str, lexicon: &Lexicon) -> Vec<Paragraph> {
    reread(Vec::new(), chapter, text, lexicon)
}

/// The same as [`read`], taking over every paragraph of an earlier reading whose words and scope are unchanged.
pub fn reread(old: Vec<Paragraph>, chapter: u8, text: &str, lexicon: &Lexicon) -> Vec<Paragraph> {
    let num_lines = text.split('\n').count();
    let mut old: Vec<Option<Paragraph>> = old.into_iter().map(Some).collect();
    let shift = old.len().abs_diff(num_lines);
    let is_longer = num_lines > old.len();
    let mut scope = Scope { chapter, ..Scope::default() };
    let mut start = 0;
    let mut paragraphs = Vec::with_capacity(num_lines);
    for (place, line) in text.split('\n').enumerate() {
        // Unchanged lines stand where they stood, or as many lines further on as came in or went.
        let moved = if is_longer { place.checked_sub(shift) } else { Some(place + shift) };
        let kept = [Some(place), moved].into_iter().flatten().find_map(|at| {
            let slot = old.get_mut(at)?;
            slot.take_if(|paragraph| paragraph.begin == scope && paragraph.text.iter().copied().eq(line.chars()))
        });
        let paragraph = match kept {
            Some(paragraph) => Paragraph { start, ..paragraph },
            None => read_paragraph(scope, start, line, lexicon),
        };
        start += paragraph.text.len() + 1;
        scope = end_scope(&paragraph, scope);
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// The scope a paragraph ends in, given the one it began in.
pub fn end_scope(paragraph: &Paragraph, begin: Scope) -> Scope {
    match paragraph.sentences.last() {
        Some(sentence) => Scope { base: bind::last_base(sentence).or(sentence.scope.base), ..sentence.scope },
        None => begin,
    }
}

/// Reads one paragraph.
pub fn read_paragraph(begin: Scope, start: usize, line: &str, lexicon: &Lexicon) -> Paragraph {
    let text: Vec<char> = line.chars().collect();
    let tokens = lex::tokens(&text, lexicon);
    let mut paragraph = Paragraph { start, begin, text, tokens, sentences: Vec::new() };
    let mut scope = begin;
    let (mut first, mut at) = (0, 0);
    for (place, token) in paragraph.tokens.iter().enumerate() {
        let is_last = place + 1 == paragraph.tokens.len();
        if token.kind == TokenKind::Stop || is_last {
            let end = if token.kind == TokenKind::Stop { token.end } else { paragraph.text.len() };
            let sentence = sentence(&paragraph, first..place + 1, at..end, scope, lexicon);
            scope = Scope { base: bind::last_base(&sentence).or(sentence.scope.base), ..sentence.scope };
            (first, at) = (place + 1, end);
            paragraph.sentences.push(sentence);
        }
    }
    paragraph
}

fn sentence(paragraph: &Paragraph, tokens: Range<usize>, chars: Range<usize>, scope: Scope, lexicon: &Lexicon) -> Sentence {
    let scope = heading(paragraph.text.get(chars.clone()).unwrap_or_default(), scope, lexicon);
    let mut sentence = Sentence { tokens, chars, scope, mentions: Vec::new() };
    sentence.mentions = bind::mentions(paragraph, &sentence, lexicon);
    sentence
}

/// The scope behind a heading, if the sentence begins with one: 一、 （二） 3. 4、
fn heading(text: &[char], scope: Scope, lexicon: &Lexicon) -> Scope {
    let Some((is_chapter, number, len)) = numbering(text) else { return scope };
    let title: String = text.iter().skip(len).take(40).take_while(|c| !"。：:；\n".contains(**c)).collect();
    let aspect = lexicon.aspect(&title);
    let chapter = match (is_chapter, aspect, number) {
        (true, Aspect::Problems, _) => 5,
        (true, Aspect::Others, _) => 6,
        (true, Aspect::Overview, _) => 1,
        (true, Aspect::Review, _) if number == 4 => 4,
        _ => scope.chapter.max(1),
    };
    // A numbered sentence without a word of the report's order, inside a part, does not end the part.
    if aspect == Aspect::Free && !is_chapter && title.chars().count() > 20 {
        return scope;
    }
    Scope { chapter, aspect, part: scope.part + 1, base: None }
}

/// The numbering a heading begins with: whether it is a chapter's (一、), its number, its length.
pub fn numbering(text: &[char]) -> Option<(bool, i64, usize)> {
    let blanks = text.iter().take_while(|c| c.is_whitespace()).count();
    let text = text.get(blanks..)?;
    let bracket = usize::from(matches!(text.first()?, '（' | '('));
    let more = text.get(bracket..)?;
    let (figure, len) = super::figure::in_numerals(more).or_else(|| super::figure::in_digits(more))?;
    let number = figure.count().filter(|number| (1..=20).contains(number))?;
    let is_numeral = figure.decimals == 0 && super::figure::digit(*more.first()?).is_none();
    let close = more.get(len)?;
    let fits = if bracket == 1 { matches!(close, '）' | ')') } else { matches!(close, '、' | '.' | '．' | ',' | '，' | ' ') };
    (fits && figure.decimals == 0).then_some((bracket == 0 && is_numeral, number, blanks + bracket + len + 1))
}
