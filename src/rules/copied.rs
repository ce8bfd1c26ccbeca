//! Sentences taken over from last year's text (内容雷同, a named failure of 国办公开办函〔2021〕30号（四）): the same words, or all but
//! a few.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::half_width;

/// What a chapter has of last year's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Letters in all sentences that were compared; a number counts as one.
    pub num_chars: usize,
    /// Those in sentences of last year's text.
    pub num_copied: usize,
    /// All sentences that were compared.
    pub num_sentences: usize,
    /// The sentences of last year's text, in characters from the chapter's start.
    pub sentences: Vec<Range<usize>>,
}

impl Copied {
    /// The copied part in hundredths, rounded down.
    pub fn share(&self) -> u32 {
        u32::try_from(self.num_copied * 100 / self.num_chars.max(1)).unwrap_or(100)
    }
}

/// A shorter piece says nothing of its own: headings, `无`, `见附表`.
const MIN_CHARS: usize = 8;

/// Pairs of neighbouring characters that two sentences share, in hundredths, from which on they are one with a few words changed.
const ALIKE: usize = 90;

/// The sentences of `now` that stand in `then`, or stand there with a few words changed.
pub fn copied(now: &str, then: &str) -> Copied {
    let then: Vec<Sentence> = sentences(then);
    let same: BTreeSet<&[char]> = then.iter().map(|sentence| &*sentence.letters).collect();
    let mut found = Copied::default();
    for sentence in sentences(now) {
        let num_chars = sentence.letters.len();
        found.num_sentences += 1;
        found.num_chars += num_chars;
        if same.contains(&*sentence.letters) || then.iter().any(|other| is_alike(&sentence, other)) {
            found.num_copied += num_chars;
            found.sentences.push(sentence.place);
        }
    }
    found
}

/// Two neighbouring characters.
type Pair = (char, char);

/// A sentence by its letters and digits alone.
struct Sentence {
    place: Range<usize>,
    letters: Vec<char>,
    /// Its pairs, sorted: made once, for each sentence is held against many.
    pairs: Vec<Pair>,
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    let chars: Vec<char> = text.chars().collect();
    let ends = chars.iter().enumerate().filter(|(_, c)| matches!(c, '。' | '；' | ';' | '！' | '？' | '\n')).map(|(at, _)| at + 1);
    for end in ends.chain([chars.len()]) {
        let words = chars.get(start..end).unwrap_or_default();
        let mut letters: Vec<char> = words.iter().map(|c| half_width(*c)).filter(|c| c.is_alphanumeric()).map(plain).collect();
        // A text with nothing but its figures exchanged is last year's text.
        letters.dedup_by(|one, before| *one == DIGIT && *before == DIGIT);
        if letters.len() >= MIN_CHARS {
            let blanks = words.iter().take_while(|c| c.is_whitespace()).count();
            let mut pairs: Vec<Pair> = letters.iter().copied().zip(letters.iter().copied().skip(1)).collect();
            pairs.sort_unstable();
            found.push(Sentence { place: start + blanks..end, letters, pairs });
        }
        start = end;
    }
    found
}

/// Stands for any number.
const DIGIT: char = '0';

fn plain(c: char) -> char {
    if c.is_ascii_digit() { DIGIT } else { c }
}

/// Both have nearly the same pairs of neighbouring characters.
fn is_alike(one: &Sentence, other: &Sentence) -> bool {
    let (short, long) = if one.letters.len() < other.letters.len() { (one, other) } else { (other, one) };
    if short.letters.len() * 100 < long.letters.len() * ALIKE * ALIKE / 100 {
        return false;
    }
    are_nearly_same(&short.pairs, &long.pairs)
}

/// Two sorted lists have all but a few in common, each as often as in both. Ends with the first that is too much.
fn are_nearly_same(one: &[Pair], other: &[Pair]) -> bool {
    let most = (one.len() + other.len()) * (100 - ALIKE) / 100;
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut num_alone = 0;
    while let (Some(here), Some(there)) = (one.peek(), other.peek()) {
        match here.cmp(there) {
            Ordering::Equal => (_, _) = (one.next(), other.next()),
            which => {
                num_alone += 1;
                _ = if which == Ordering::Less { one.next() } else { other.next() };
            }
        }
        if num_alone > most {
            return false;
        }
    }
    num_alone + one.count() + other.count() <= most
}
