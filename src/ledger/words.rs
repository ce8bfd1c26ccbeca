//! The words of registers as data (`assets/ledger/words.ron`), and finding them in a text.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::error::LedgerError;
use crate::model::half_width;

/// The shipped words.
const SHIPPED: &str = include_str!("../../assets/ledger/words.ron");

/// Words with what they stand for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    /// Key of a row.
    #[serde(default)]
    pub row: String,
    /// Key of a column.
    #[serde(default)]
    pub column: String,
    /// 1 said without asking, 2 proposed, 3 asked.
    pub certainty: u8,
    pub words: Vec<String>,
}

/// Words that stand for one of several rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Either {
    /// Keys of the rows; the first is the proposal.
    pub rows: Vec<String>,
    pub words: Vec<String>,
}

/// Words of one way in which requests come in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WayWords {
    /// Its key, one of [`crate::model::WAYS`]; empty for words of none.
    way: String,
    words: Vec<String>,
}

/// `assets/ledger/words.ron`, list by list; each is explained there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordFile {
    pub folds: BTreeMap<String, BTreeMap<String, String>>,
    pub outcomes: Vec<Group>,
    pub either: Vec<Either>,
    pub refusals: Vec<String>,
    pub unables: Vec<String>,
    pub no_process: Vec<String>,
    pub steps: Vec<String>,
    pub pending: Vec<String>,
    pub states: Vec<String>,
    pub dittos: Vec<String>,
    pub redactions: Vec<String>,
    pub turns: Vec<String>,
    pub fillers: Vec<String>,
    pub kinds: Vec<Group>,
    pub broad_kinds: Vec<String>,
    pub names: Vec<Group>,
    pub surnames: String,
    pub compound_surnames: Vec<String>,
    pub results: Vec<Group>,
    pub result_fillers: Vec<String>,
    pub causes: Vec<String>,
    pub other_causes: Vec<String>,
    pub ways: Vec<WayWords>,
    pub totals: Vec<String>,
    pub notes: Vec<String>,
    pub tests: Vec<String>,
    pub cancels: Vec<String>,
}

/// What a word in an outcome is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A row of table 三, or a column of table 四, with its certainty.
    Row(Box<str>, u8),
    /// One of several rows.
    Either(Vec<Box<str>>),
    /// Refused, without a reason.
    Refusal,
    /// Could not be given, without a reason.
    Unable,
    /// Was not processed, without a reason.
    NoProcess,
    /// A step on the way.
    Step,
    /// Not finished.
    Pending,
    /// Finished somehow.
    State,
    /// As above.
    Ditto,
    /// Something was taken out.
    Redaction,
    /// Turns the meaning of what stands beside it.
    Turn,
    /// Changes nothing.
    Filler,
}

/// Words by their first character, the longest first.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    by_first: BTreeMap<char, Vec<(Vec<char>, Sense)>>,
}

impl Lexicon {
    fn add(&mut self, word: &str, sense: &Sense) {
        let signs = plain(word);
        if let Some(first) = signs.first() {
            self.by_first.entry(*first).or_default().push((signs, sense.clone()));
        }
    }

    fn add_all(&mut self, words: &[String], sense: &Sense) {
        for word in words {
            self.add(word, sense);
        }
    }

    fn sorted(mut self) -> Self {
        for words in self.by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        self
    }

    /// The words of a text in order, and the signs that belong to none.
    pub fn read(&self, text: &str) -> (Vec<&Sense>, String) {
        let signs = plain(text);
        let (mut senses, mut rest, mut at) = (Vec::new(), String::new(), 0);
        while let Some(sign) = signs.get(at) {
            let from = signs.get(at..).unwrap_or_default();
            if let Some((word, sense)) = self.by_first.get(sign).and_then(|words| words.iter().find(|(word, _)| from.starts_with(word))) {
                senses.push(sense);
                at += word.len();
            } else {
                if sign.is_alphabetic() || matches!(sign, '?' | '|') {
                    rest.push(*sign);
                }
                at += 1;
            }
        }
        (senses, rest)
    }
}

/// Half-width signs, no blanks, one kind of bracket and comma: how words are compared.
fn compared(text: &str) -> impl Iterator<Item = char> + '_ {
    let half = |c: char| match c {
        '、' | '；' | '。' | '｡' | '\n' | ';' => ',',
        '“' | '”' | '〝' | '〞' => '"',
        '〔' | '【' | '[' => '(',
        '〕' | '】' | ']' => ')',
        c => half_width(c),
    };
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')).map(half)
}

/// The signs of a text as they are compared.
pub(super) fn plain(text: &str) -> Vec<char> {
    compared(text).collect()
}

/// [`plain`] as text.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    key.extend(compared(text));
    key
}

/// Ending of a name: word, column, certainty.
type Ending = (String, Box<str>, u8);

/// All words, ready for use.
#[derive(Debug)]
pub(super) struct Words {
    pub file: WordFile,
    pub outcomes: Lexicon,
    pub results: Lexicon,
    /// Kind of applicant → column, certainty.
    pub kinds: HashMap<String, (Box<str>, u8)>,
    /// Endings of names by their last character, the longest first: word, column, certainty.
    pub endings: BTreeMap<char, Vec<Ending>>,
}

impl Words {
    /// The shipped words.
    ///
    /// # Errors
    /// They are no RON of this shape; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LedgerError> {
        let file: WordFile = ron::from_str(SHIPPED).map_err(|err| LedgerError::Data(format!("words.ron {err}")))?;
        let kinds = file
            .kinds
            .iter()
            .flat_map(|group| group.words.iter().map(move |word| (key(word), (group.column.as_str().into(), group.certainty))));
        Ok(Self { kinds: kinds.collect(), outcomes: outcomes(&file), results: results(&file), endings: endings(&file), file })
    }
}

impl WordFile {
    /// The way in which a request came in; none where nothing is written, or words of several ways, or of none.
    pub fn way(&self, typed: &str) -> Option<&str> {
        let typed = key(typed).to_lowercase();
        let mut found = self.ways.iter().filter(|way| way.words.iter().any(|word| typed.contains(word.as_str())));
        let only = found.next().filter(|way| !way.way.is_empty())?;
        found.next().is_none().then_some(&*only.way)
    }
}

fn endings(file: &WordFile) -> BTreeMap<char, Vec<Ending>> {
    let mut endings: BTreeMap<char, Vec<Ending>> = BTreeMap::new();
    for group in &file.names {
        for word in &group.words {
            if let Some(last) = word.chars().last() {
                endings.entry(last).or_default().push((word.clone(), group.column.as_str().into(), group.certainty));
            }
        }
    }
    for words in endings.values_mut() {
        words.sort_by_key(|(word, ..)| std::cmp::Reverse(word.chars().count()));
    }
    endings
}

fn outcomes(file: &WordFile) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for group in &file.outcomes {
        lexicon.add_all(&group.words, &Sense::Row(group.row.as_str().into(), group.certainty));
    }
    for either in &file.either {
        lexicon.add_all(&either.words, &Sense::Either(either.rows.iter().map(|row| row.as_str().into()).collect()));
    }
    let plain_lists = [
        (&file.refusals, Sense::Refusal),
        (&file.unables, Sense::Unable),
        (&file.no_process, Sense::NoProcess),
        (&file.steps, Sense::Step),
        (&file.pending, Sense::Pending),
        (&file.states, Sense::State),
        (&file.dittos, Sense::Ditto),
        (&file.redactions, Sense::Redaction),
        (&file.turns, Sense::Turn),
        (&file.fillers, Sense::Filler),
    ];
    for (words, sense) in plain_lists {
        lexicon.add_all(words, &sense);
    }
    lexicon.sorted()
}

fn results(file: &WordFile) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for group in &file.results {
        lexicon.add_all(&group.words, &Sense::Row(group.row.as_str().into(), group.certainty));
    }
    lexicon.add_all(&file.result_fillers, &Sense::Filler);
    lexicon.add_all(&file.turns, &Sense::Turn);
    lexicon.sorted()
}
