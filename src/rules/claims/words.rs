//! The words of the text chapters, as data (`assets/text/words.ron`): what each means, found longest first.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

pub use crate::form::wording::{Aspect, Class, UnitKind};

use crate::form::wording::Wordings;

/// A word of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it does.
    pub class: Class,
    /// For outcomes and applicants: place in [`Lexicon::key`].
    pub key: u16,
}

/// All words, by their first character, longest first.
#[derive(Clone, Debug)]
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
        Self::build(&[&ron::from_str(text).map_err(|err| format!("words.ron: {err}"))?])
    }

    /// These words; of a word that several have, the first meaning counts.
    pub(super) fn build(files: &[&Wordings]) -> Result<Self, String> {
        let (words, units, aspects) = (Index::default(), Index::default(), Vec::new());
        let mut lexicon = Self { words, units, keys: vec!["".into()], aspects };
        for file in files {
            lexicon.add(file)?;
        }
        lexicon.words.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        lexicon.units.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Ok(lexicon)
    }

    fn add(&mut self, file: &Wordings) -> Result<(), String> {
        for (class, words) in &file.words {
            put(&mut self.words, words, Word { class: *class, key: 0 })?;
        }
        for (class, named) in [(Class::Outcome, &file.outcomes), (Class::Applicant, &file.applicants)] {
            for (key, words) in named {
                let place = u16::try_from(self.keys.len()).map_err(|err| err.to_string())?;
                self.keys.push(key.as_str().into());
                put(&mut self.words, words, Word { class, key: place })?;
            }
        }
        for (kind, words) in &file.units {
            put(&mut self.units, words, *kind)?;
        }
        self.aspects.extend(file.aspects.iter().cloned());
        Ok(())
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
                let known = index.entry(*first).or_default();
                known.push((chars, ()));
                known.sort_by_key(|(word, ())| std::cmp::Reverse(word.len()));
            }
        }
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
