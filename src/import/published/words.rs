//! Labels compared as people compare them: without spaces, brackets and numbers, and with a slip of the pen forgiven.

use crate::model::{self, half_width};

/// A label made ready for comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// The number it begins with, without its brackets: `一`, `七`, `3`; empty where it has none.
    pub ordinal: String,
    /// Its letters.
    pub letters: Vec<char>,
    /// Its letters without what stands in brackets at its end; the same where there are none.
    pub short: Vec<char>,
}

impl Label {
    pub fn new(words: &str) -> Self {
        let (ordinal, rest) = ordinal(words);
        let head = rest.split(['（', '(']).next().unwrap_or_default();
        let (letters, short) = (letters(rest), letters(head));
        let short = if short.len() < 2 { letters.clone() } else { short };
        Self { ordinal, letters, short }
    }

    /// How far the other one is from this, in signs; `None` where it is another word. A missing bracket at the end is no difference,
    /// another number is one.
    pub fn distance(&self, other: &Self) -> Option<usize> {
        let pairs = [(&self.letters, &other.letters), (&self.short, &other.letters), (&self.short, &other.short)];
        let near = |(a, b): (&Vec<char>, &Vec<char>)| distance(a, b, allowed(a.len()));
        let letters = pairs.into_iter().filter_map(near).min()?;
        let is_other_number = !self.ordinal.is_empty() && !other.ordinal.is_empty() && self.ordinal != other.ordinal;
        Some(letters + usize::from(is_other_number))
    }
}

/// How many signs a label of this length may differ by and still be the same.
pub(super) fn allowed(len: usize) -> usize {
    match len {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

/// Letters alone, without spaces, digits and punctuation.
pub(super) fn letters(words: &str) -> Vec<char> {
    words.chars().filter(|c| c.is_alphabetic() && !is_filler(*c)).collect()
}

fn is_filler(c: char) -> bool {
    matches!(c, '\u{3000}' | '〇' | 'ー')
}

/// The number at the beginning and what follows it: `（七）总计`, `一、本年`, `3.其他`, `1、申请人`, `(1)`.
pub(super) fn ordinal(words: &str) -> (String, &str) {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let bracketed = words.strip_prefix(['（', '(']);
    let inner = bracketed.unwrap_or(words);
    let is_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c) || c.is_whitespace();
    let end = inner.find(|c| !is_number(c)).unwrap_or(inner.len());
    let (number, rest) = inner.split_at(end);
    let number: String = number.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let closing: &[char] = if bracketed.is_some() { &['）', ')'] } else { &['、', '.', '．', '，', ',', '。', '）', ')'] };
    match rest.trim_start().strip_prefix(closing) {
        Some(rest) if !number.is_empty() && number.chars().count() <= 2 => (number, rest),
        _ => (String::new(), words),
    }
}

/// How far one is from the other, if it is at most `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    Some(model::distance(a, b)).filter(|distance| *distance <= most)
}

/// Where a text holds something like the pattern, with at most `most` signs changed: begin, end, signs. The nearest, then the first.
pub(super) fn like(text: &[char], pattern: &[char], most: usize) -> Option<(usize, usize, usize)> {
    // Each entry: signs so far, and where the match begins.
    let mut column: Vec<(usize, usize)> = (0..=pattern.len()).map(|i| (i, 0)).collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for (end, c) in text.iter().enumerate() {
        let mut before = column.first().copied().unwrap_or_default();
        let mut above = (0, end + 1);
        let mut next = vec![above];
        for (p, old) in pattern.iter().zip(column.iter().skip(1)) {
            let same = (before.0 + usize::from(p != c), before.1);
            let dropped = (old.0 + 1, old.1);
            let added = (above.0 + 1, above.1);
            above = [same, dropped, added].into_iter().min_by_key(|way| way.0).unwrap_or_default();
            before = *old;
            next.push(above);
        }
        column = next;
        if let Some((signs, begin)) = column.last().copied().filter(|(signs, _)| *signs <= most)
            && best.is_none_or(|(.., least)| signs < least)
        {
            best = Some((begin, end + 1, signs));
        }
    }
    best
}
