//! R44b: one thing stated twice with two figures. Told only where the very words are the same, or where both name one cell that is
//! not filled; a filled cell decides by itself which of the two is wrong.

use std::collections::HashMap;

use super::bind_years::is_change;
use super::finding::{Certainty, TextFinding, TextSide};
use super::key::KeySum;
use super::line::{Given, Page};
use super::mention::{Mention, Paragraph, Sentence, Strength, Why};

/// Fewest characters that say what is counted.
const MIN_WORDS: usize = 8;
/// Words of a part, a span of time or a growing count: the same words may stand before another figure.
const OTHER_COUNTS: [&str; 12] = ["月", "季", "第", "累计", "新增", "每", "各", "其中", "上年", "去年", "分别", "以来"];

/// What is counted: the words before the figure and behind it, or the key of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Thing {
    Words(Box<[char]>, Box<str>),
    Key(Box<str>),
}

/// A figure that may be stated again.
#[derive(Debug)]
pub(super) struct Statement {
    thing: Thing,
    /// Places of the sentence in its paragraph and of the figure in the sentence.
    sentence: usize,
    mention: usize,
}

/// The figures of a paragraph that may be stated again elsewhere.
pub(super) fn statements(given: &Given, paragraph: &Paragraph) -> Vec<Statement> {
    let of = |(sentence, mentions): (usize, &Sentence)| {
        let said = mentions.mentions.iter().enumerate();
        let statement = move |(place, mention): (usize, &Mention)| {
            Some(Statement { thing: thing(given, paragraph, mention)?, sentence, mention: place })
        };
        said.filter_map(statement).collect::<Vec<_>>()
    };
    paragraph.sentences.iter().enumerate().flat_map(of).collect()
}

/// A figure with where it stands.
type Stated<'a> = (&'a Paragraph, &'a Sentence, &'a Mention);

/// Second statements of a chapter that differ from the first; the statements by paragraph.
pub(super) fn repeats<'a>(page: &Page, statements: impl Iterator<Item = (usize, &'a Statement)>) -> Vec<TextFinding> {
    let mut seen: HashMap<&Thing, Stated> = HashMap::new();
    let stated = |(place, statement): (usize, &'a Statement)| {
        let paragraph = page.paragraphs.get(place)?;
        let sentence = paragraph.sentences.get(statement.sentence)?;
        let stated = (paragraph, sentence, sentence.mentions.get(statement.mention)?);
        differs(page, *seen.entry(&statement.thing).or_insert(stated), stated)
    };
    statements.filter_map(stated).collect()
}

fn differs(page: &Page, first: Stated, second: Stated) -> Option<TextFinding> {
    let (left, right) = (second.2.figure.count()?, first.2.figure.count()?);
    if left == right || std::ptr::eq(first.1, second.1) {
        return None;
    }
    let against = format!("前面写的是“{}”，这里写的是“{}”", first.0.quote(&first.2.chars), second.0.quote(&second.2.chars));
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    let line = page.line(second.0, second.1);
    Some(line.finding("R44b", &second.2.chars, Certainty::Look, against)?.with(side(left), side(right)))
}

fn thing(given: &Given, paragraph: &Paragraph, mention: &Mention) -> Option<Thing> {
    match mention.keys.as_slice() {
        [key] if mention.strength != Strength::Doubtful && !key.starts_with("pct:") && !is_change(key) => {
            let is_filled = KeySum::on(given.report.form, key)?.value(given.report.draft).is_some();
            (!is_filled).then(|| Thing::Key(key.clone()))
        }
        [] if matches!(mention.why, Why::Unnamed | Why::OtherThing) => {
            let words = words_before(&paragraph.text, mention.at.start)?;
            if words.len() < MIN_WORDS {
                return None;
            }
            let said: String = words.iter().collect();
            let is_other = OTHER_COUNTS.iter().any(|word| said.contains(word));
            (!is_other).then(|| Thing::Words(words.into(), mention.unit.clone()))
        }
        _ => None,
    }
}

/// The words of the clause before a figure, without the year and 全年, 共 around them.
fn words_before(text: &[char], end: usize) -> Option<&[char]> {
    let is_end = |c: &char| "，；。：、（）()！？,;:《》“”".contains(*c) || c.is_numeric() || c.is_whitespace();
    let start = text.get(..end)?.iter().rposition(is_end).map_or(0, |at| at + 1);
    let words = text.get(start..end)?;
    let from = words.iter().take_while(|c| "年度全本我局共".contains(**c)).count();
    let behind = words.iter().rev().take_while(|c| "共了".contains(**c)).count();
    words.get(from..words.len().checked_sub(behind)?)
}
