//! Reading a chapter: paragraphs, sentences, and every figure in them with what it speaks of. Pure; a paragraph depends on its
//! own text and on the [`Scope`] it begins in, nothing else, so a changed paragraph is read again alone.

use std::ops::Range;

use super::bind;
use super::lex::{self, TokenKind};
pub use super::mention::{Base, Mention, Paragraph, Scope, Sentence, Stamp, Strength, Why};
use super::words::{Aspect, Lexicon};

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
            slot.take_if(|paragraph| paragraph.begin.is_alike(scope) && paragraph.text.iter().copied().eq(line.chars()))
        });
        let paragraph = match kept {
            Some(paragraph) => Paragraph { start, ..paragraph.in_part(scope.part) },
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
    let mut paragraph = Paragraph { start, begin, text, tokens, sentences: Vec::new(), stamp: Stamp::fresh() };
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
    let mut sentence = Sentence { tokens, chars, scope, mentions: Vec::new(), filed: "".into() };
    sentence.mentions = bind::mentions(paragraph, &sentence, lexicon);
    sentence.filed = paragraph.filed(&sentence).into();
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
    Scope { chapter, aspect, part: scope.part.saturating_add(1), base: None }
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
