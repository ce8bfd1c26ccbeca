//! A paragraph as a row of tokens: words that matter, figures, marks, and spans that are never figures of the report (titles,
//! quotations, document numbers, dates, ordinals). Everything else is loose text between them.

use std::ops::Range;

use super::figure::{self, Figure};
use super::words::{Class, Lexicon, UnitKind, Word};

/// A token with its place, in characters of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First character.
    pub start: usize,
    /// One behind the last character.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the lexicon.
    Word(Word),
    /// A figure with its counter word.
    Count(Counted),
    /// A year: `2024年`, `2024年度`.
    Year(u16),
    /// 、
    Pause,
    /// ，
    Comma,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// 。！？
    Stop,
    /// （
    Open,
    /// ）
    Close,
    /// 《…》
    Title,
    /// “…”
    Quote,
    /// 〔2021〕30号
    Document(u16, u16),
    /// 第…, dates, times, telephone numbers.
    Opaque,
}

/// A figure in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The figure.
    pub figure: Figure,
    /// What the counter word counts; none where there is no counter word.
    pub unit: Option<UnitKind>,
    /// Where the counter word begins.
    pub unit_start: usize,
    /// 余, 约, 3至5: not an exact figure.
    pub is_rough: bool,
}

impl Token {
    /// The word's class; none for other tokens.
    pub fn class(&self) -> Option<Class> {
        match self.kind {
            TokenKind::Word(word) => Some(word.class),
            _ => None,
        }
    }

    /// The figure; none for other tokens.
    pub fn counted(&self) -> Option<Counted> {
        match self.kind {
            TokenKind::Count(counted) => Some(counted),
            _ => None,
        }
    }
}

/// The tokens of a paragraph.
pub fn tokens(text: &[char], lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = span(rest).or_else(|| number(rest, at, tokens.last(), lexicon)).or_else(|| mark(rest)).or_else(|| word(rest, lexicon));
        let Some((kind, len)) = found else {
            at += 1;
            continue;
        };
        tokens.push(Token { start: at, end: at + len, kind });
        at += len;
    }
    join_requests(&mut tokens);
    tokens
}

fn word(rest: &[char], lexicon: &Lexicon) -> Option<(TokenKind, usize)> {
    lexicon.word(rest).map(|(word, len)| (TokenKind::Word(word), len))
}

fn mark(rest: &[char]) -> Option<(TokenKind, usize)> {
    let kind = match rest.first()? {
        '、' => TokenKind::Pause,
        '，' | ',' => TokenKind::Comma,
        '；' | ';' => TokenKind::Semicolon,
        '：' | ':' => TokenKind::Colon,
        '。' | '！' | '？' | '\n' => TokenKind::Stop,
        '（' | '(' | '[' | '【' => TokenKind::Open,
        '）' | ')' | ']' | '】' => TokenKind::Close,
        _ => return None,
    };
    Some((kind, 1))
}

/// Titles, quotations, document numbers, ordinals.
fn span(rest: &[char]) -> Option<(TokenKind, usize)> {
    match rest.first()? {
        '《' => closing(rest, '《', '》', 160).map(|len| (TokenKind::Title, len)),
        '“' => closing(rest, '“', '”', 60).map(|len| (TokenKind::Quote, len)),
        '〔' | '[' | '﹝' | '【' | '（' | '(' => document(rest),
        '第' => ordinal(rest),
        _ => None,
    }
}

/// Length up to the mark that closes the first one.
fn closing(rest: &[char], open: char, close: char, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, c) in rest.iter().take(limit).enumerate() {
        if *c == open {
            depth += 1;
        } else if *c == close {
            depth -= 1;
            if depth == 0 {
                return Some(place + 1);
            }
        }
    }
    None
}

/// 〔2021〕30号 in all the brackets that offices use.
fn document(rest: &[char]) -> Option<(TokenKind, usize)> {
    let (year, len) = figure::in_digits(rest.get(1..)?)?;
    let year = u16::try_from(year.count()?).ok().filter(|year| len == 4 && (1949..2100).contains(year))?;
    matches!(rest.get(5)?, '〕' | ']' | '﹞' | '】' | '）' | ')').then_some(())?;
    let skipped = rest.get(6..)?.iter().take_while(|c| matches!(c, ' ' | '第')).count();
    let (number, len) = figure::in_digits(rest.get(6 + skipped..)?)?;
    let number = u16::try_from(number.count()?).ok()?;
    (*rest.get(6 + skipped + len)? == '号').then_some((TokenKind::Document(year, number), 7 + skipped + len))
}

/// 第五十条, 第2次, 第三十批; ranges 第十九至二十一条.
fn ordinal(rest: &[char]) -> Option<(TokenKind, usize)> {
    let mut len = 1;
    loop {
        let more = rest.get(len..)?;
        let (_, digits) = figure::in_digits(more).or_else(|| figure::in_numerals(more))?;
        len += digits;
        if matches!(rest.get(len), Some('至' | '到' | '、' | '—' | '-')) && rest.get(len + 1..).is_some_and(starts_number) {
            len += 1;
        } else {
            break;
        }
    }
    let brackets = usize::from(matches!(rest.get(len), Some('）' | ')')));
    Some((
        TokenKind::Opaque,
        len + brackets + usize::from(rest.get(len + brackets).is_some_and(|c| "条届次个批部章款期项名位".contains(*c))),
    ))
}

fn starts_number(rest: &[char]) -> bool {
    figure::in_digits(rest).or_else(|| figure::in_numerals(rest)).is_some()
}

/// A figure, a year, a date or an identifier.
fn number(rest: &[char], at: usize, before: Option<&Token>, lexicon: &Lexicon) -> Option<(TokenKind, usize)> {
    let (figure, mut len) = match figure::in_digits(rest) {
        Some(found) => found,
        None => numerals(rest, lexicon)?,
    };
    if let Some(identifier) = identifier(rest, len) {
        return Some((TokenKind::Opaque, identifier));
    }
    let blank = usize::from(rest.get(len) == Some(&' '));
    if rest.get(len + blank) == Some(&'年') && len == 4 && figure.decimals == 0 {
        let year = u16::try_from(figure.digits).ok().filter(|year| (1949..2100).contains(year))?;
        let full = usize::from(rest.get(len + blank + 1) == Some(&'度'));
        return Some((TokenKind::Year(year), len + blank + 1 + full));
    }
    let mut counted = Counted { figure, unit: None, unit_start: at + len, is_rough: is_near(before, at) };
    let unit = |len: usize| {
        let blank = usize::from(rest.get(len) == Some(&' '));
        rest.get(len + blank..).and_then(|more| lexicon.unit(more)).map(|(kind, unit)| (kind, blank, unit))
    };
    if unit(len).is_none_or(|(kind, ..)| kind != UnitKind::Money) {
        counted.figure.zeros = match rest.get(len) {
            Some('万') => 4,
            Some('亿') => 8,
            _ => 0,
        };
        len += usize::from(counted.figure.zeros > 0);
    }
    if rest.get(len).is_some_and(|c| "余多几".contains(*c)) {
        counted.is_rough = true;
        len += 1;
    }
    counted.unit_start = at + len;
    if let Some((kind, blank, unit)) = unit(len) {
        if kind == UnitKind::Money {
            counted.figure.zeros = match rest.get(len + blank) {
                Some('万') => 4,
                Some('亿') => 8,
                _ => 0,
            };
        }
        counted.unit = Some(kind);
        counted.unit_start = at + len + blank;
        len += blank + unit;
    } else if len == 4 && figure.decimals == 0 && (2000..2100).contains(&figure.digits) && figure::digit(*rest.first()?).is_some() {
        // 2024我局…: the 年 was left out.
        return Some((TokenKind::Year(u16::try_from(figure.digits).ok()?), len));
    }
    if counted.unit == Some(UnitKind::Time) {
        return Some((TokenKind::Opaque, len));
    }
    let over = rest.get(len..).and_then(|more| lexicon.word(more)).filter(|(word, _)| word.class == Class::Over);
    counted.is_rough |= over.is_some() || rest.get(len..len + 2) == Some(&['以', '上']);
    Some((TokenKind::Count(counted), len))
}

/// Chinese numerals count only directly before a counter word; 一是, 三安全 are no figures.
fn numerals(rest: &[char], lexicon: &Lexicon) -> Option<(Figure, usize)> {
    let (figure, len) = figure::in_numerals(rest)?;
    let more = rest.get(len..)?;
    let over = usize::from(more.first().is_some_and(|c| "余多".contains(*c)));
    (lexicon.unit(more.get(over..)?).is_some() && lexicon.word(rest).is_none_or(|(_, word)| word <= len)).then_some((figure, len))
}

/// 12345热线, 0571-87654321, 3-5件, 8+4, 2023.1.1, A3: what looks like a figure and is a name or a range.
fn identifier(rest: &[char], len: usize) -> Option<usize> {
    let hotline = ["12345", "12366", "12348", "12315", "12333", "12328", "12369", "12356", "110", "119"];
    let digits: String = rest.iter().take(len).collect();
    let is_joined = |c: char| matches!(c, '-' | '—' | '－' | '~' | '～' | '+' | '/' | '.' | '·' | '至' | '_' | '–');
    let next = *rest.get(len)?;
    if hotline.contains(&digits.as_str()) && lexicon_free(next) {
        return Some(len);
    }
    let joined = rest.get(len..)?.iter().take_while(|c| is_joined(**c)).count();
    let more = figure::in_digits(rest.get(len + joined..)?);
    if joined > 0
        && let Some((_, more)) = more
    {
        let end = len + joined + more;
        let tail = rest.get(end..)?.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).count();
        return Some(end + tail);
    }
    let letters = rest.get(len..)?.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '/' | '@')).count();
    (letters > 0 && next.is_ascii_alphabetic()).then_some(len + letters)
}

/// A hotline's number has no counter word behind it.
fn lexicon_free(next: char) -> bool {
    !"件条份起宗例个次".contains(next)
}

/// 约, 近, 超过 directly before.
fn is_near(before: Option<&Token>, at: usize) -> bool {
    before.is_some_and(|token| token.end == at && token.class() == Some(Class::Near))
}

/// Joins 依申请 + 公开 + 政府信息 + 的 + 申请, in any order, where they touch.
fn join_requests(tokens: &mut Vec<Token>) {
    let is_part = |token: &Token| matches!(token.class(), Some(Class::Apply | Class::Open | Class::Info | Class::RunTail));
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut run: Vec<Token> = Vec::new();
    for token in tokens.drain(..) {
        if run.last().is_some_and(|last| last.end != token.start || !is_part(&token)) {
            close_run(&mut joined, &mut run);
        }
        if is_part(&token) { run.push(token) } else { joined.push(token) }
    }
    close_run(&mut joined, &mut run);
    *tokens = joined;
}

fn close_run(joined: &mut Vec<Token>, run: &mut Vec<Token>) {
    let has = |class| run.iter().any(|token| token.class() == Some(class));
    let class = match (has(Class::Apply), has(Class::Open), has(Class::Info)) {
        (true, true, _) | (true, _, true) => Class::Request,
        (true, false, false) => Class::BareApply,
        (false, true, true) => Class::Topic,
        (false, true, false) => Class::Open,
        (false, false, true) => Class::Info,
        (false, false, false) => Class::RunTail,
    };
    if let (Some(first), Some(last)) = (run.first(), run.last()) {
        joined.push(Token { start: first.start, end: last.end, kind: TokenKind::Word(Word { class, key: 0 }) });
    }
    run.clear();
}

/// Characters of the range that no token covers, blanks aside.
pub fn loose(text: &[char], tokens: &[Token], range: Range<usize>) -> usize {
    let covered: usize = tokens.iter().map(|token| token.end.min(range.end).saturating_sub(token.start.max(range.start))).sum();
    let blanks = text.get(range.clone()).map_or(0, |text| text.iter().filter(|c| c.is_whitespace()).count());
    range.len().saturating_sub(covered + blanks)
}
