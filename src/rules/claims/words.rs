//! The words of the text chapters, as data (`assets/text/words.ron`): what each means, found longest first.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use serde::Deserialize;

/// What a word does in a sentence about the report's figures.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words under each name in assets/text/words.ron say what it means")]
pub enum Class {
    Apply,
    Open,
    Info,
    RunTail,
    Topic,
    Person,
    /// 政府信息公开申请 in any word order, joined by `lex`.
    Request,
    /// 申请 alone.
    BareApply,
    New,
    Receive,
    HandleAll,
    Handle,
    Finish,
    Answer,
    NoneReceived,
    NotOccurred,
    Declined,
    NotDecided,
    Toward,
    This,
    Carry,
    CarryOut,
    CarryIn,
    LastYear,
    NextYear,
    Review,
    Suit,
    SuitDirect,
    SuitAfter,
    Upheld,
    Corrected,
    OtherResult,
    Pending,
    Filing,
    Norm,
    Reg,
    License,
    Penalty,
    Coercion,
    Service,
    Make,
    Publish,
    Repeal,
    Valid,
    Total2,
    Decide,
    Items,
    Item,
    Paper,
    Fee,
    ProcessingFee,
    Procure,
    Stop,
    Way,
    ManyWays,
    Among,
    Elsewhere,
    WholeArea,
    ManyYears,
    Near,
    Over,
    Compare,
    Share,
    Universal,
    InTime,
    Except,
    Cause,
    Plan,
    Rest,
    Whole,
    Own,
    Filler,
    /// A row of table three; its key is in [`Word::key`].
    Outcome,
    /// A column of table three; its name is in [`Word::key`].
    Applicant,
}

/// What a counter word counts.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum UnitKind {
    /// Pieces: requests, documents, items of a web page. The unit decides nothing, the noun does.
    Count,
    /// Meetings, people, columns: never a cell.
    Other,
    /// A share.
    Percent,
    /// An amount of money.
    Money,
    /// A date or a span of time: no figure of the report.
    Time,
}

/// What a part of the text is about.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub enum Aspect {
    /// Before the first heading, or under one that says nothing of the report's order.
    #[default]
    Free,
    /// 总体情况 itself.
    Overview,
    /// 主动公开
    Proactive,
    /// 依申请公开
    Requests,
    /// 政府信息管理
    Management,
    /// 政府信息公开平台建设
    Platform,
    /// 监督保障
    Support,
    /// 行政复议、行政诉讼
    Review,
    /// 存在的主要问题及改进情况: problems and plans.
    Problems,
    /// 其他需要报告的事项
    Others,
}

/// A word of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it does.
    pub class: Class,
    /// For outcomes and applicants: place in [`Lexicon::key`].
    pub key: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    words: Vec<(Class, Vec<String>)>,
    outcomes: Vec<(String, Vec<String>)>,
    applicants: Vec<(String, Vec<String>)>,
    units: Vec<(UnitKind, Vec<String>)>,
    aspects: Vec<(Aspect, Vec<String>)>,
}

/// All words, by their first character, longest first.
#[derive(Debug)]
pub struct Lexicon {
    words: Index<Word>,
    units: Index<UnitKind>,
    keys: Vec<Box<str>>,
    aspects: Vec<(Aspect, Vec<String>)>,
}

/// Words by their first character, longest first.
type Index<T> = HashMap<char, Vec<(Box<[char]>, T)>, BuildHasherDefault<CharHasher>>;

/// A character is its own hash: every character of a text is looked up, and the words are ours.
#[derive(Default)]
struct CharHasher(u64);

impl Hasher for CharHasher {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value);
    }
}

impl Lexicon {
    /// Reads the words from RON text.
    ///
    /// # Errors
    /// The text is not the shape of `assets/text/words.ron`, or a word is empty; says which.
    pub fn load(text: &str) -> Result<Self, String> {
        let file: WordsFile = ron::from_str(text).map_err(|err| format!("words.ron: {err}"))?;
        let mut lexicon = Self { words: Index::default(), units: Index::default(), keys: vec!["".into()], aspects: file.aspects };
        for (class, words) in &file.words {
            put(&mut lexicon.words, words, Word { class: *class, key: 0 })?;
        }
        for (class, named) in [(Class::Outcome, &file.outcomes), (Class::Applicant, &file.applicants)] {
            for (key, words) in named {
                let place = u16::try_from(lexicon.keys.len()).map_err(|err| err.to_string())?;
                lexicon.keys.push(key.as_str().into());
                put(&mut lexicon.words, words, Word { class, key: place })?;
            }
        }
        for (kind, words) in &file.units {
            put(&mut lexicon.units, words, *kind)?;
        }
        lexicon.words.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        lexicon.units.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Ok(lexicon)
    }

    /// The longest word that begins the text, and its length in characters.
    pub fn word(&self, text: &[char]) -> Option<(Word, usize)> {
        longest(&self.words, text)
    }

    /// The longest counter word that begins the text, and its length in characters.
    pub fn unit(&self, text: &[char]) -> Option<(UnitKind, usize)> {
        longest(&self.units, text)
    }

    /// The cell key of an outcome or the column name of an applicant.
    pub fn key(&self, word: Word) -> &str {
        self.keys.get(usize::from(word.key)).map_or("", |key| key)
    }

    /// What a heading announces; free where it says nothing of the report's order.
    pub fn aspect(&self, heading: &str) -> Aspect {
        let fits = |words: &[String]| words.iter().any(|word| heading.contains(word.as_str()));
        self.aspects.iter().find(|(_, words)| fits(words)).map_or(Aspect::Free, |(aspect, _)| *aspect)
    }

    /// All cell keys of outcomes, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().skip(1).map(|key| &**key)
    }
}

/// Words that are looked for at every character of a text.
#[derive(Debug)]
pub(super) struct WordSet(Index<()>);

impl WordSet {
    /// These words; an empty one is left out.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index: Index<()> = Index::default();
        for word in words {
            let chars: Box<[char]> = word.chars().collect();
            if let Some(first) = chars.first() {
                index.entry(*first).or_default().push((chars, ()));
            }
        }
        index.values_mut().for_each(|words| words.sort_by_key(|(word, ())| std::cmp::Reverse(word.len())));
        Self(index)
    }

    /// Where a word of the set stands in the text, the longest at each character, in order.
    pub fn find<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        (0..text.len()).filter_map(|at| longest(&self.0, text.get(at..)?).map(|((), len)| at..at + len))
    }
}

fn put<T: Copy>(index: &mut Index<T>, words: &[String], meaning: T) -> Result<(), String> {
    for word in words {
        let chars: Box<[char]> = word.chars().collect();
        let first = *chars.first().ok_or("words.ron: an empty word")?;
        index.entry(first).or_default().push((chars, meaning));
    }
    Ok(())
}

fn longest<T: Copy>(index: &Index<T>, text: &[char]) -> Option<(T, usize)> {
    let words = index.get(text.first()?)?;
    words.iter().find(|(word, _)| text.starts_with(word)).map(|(word, meaning)| (*meaning, word.len()))
}
