//! R44b: one thing stated twice with two figures. Told only where the very words are the same, or where both name one cell that is
//! not filled; a filled cell decides by itself which of the two is wrong.

use std::collections::BTreeMap;

use super::finding::{Certainty, TextFinding, TextSide};
use super::key::KeySum;
use super::line::{Line, Page};
use super::mention::{Mention, Paragraph, Sentence, Strength, Why};

/// Fewest characters that say what is counted.
const MIN_WORDS: usize = 8;
/// Words of a part, a span of time or a growing count: the same words may stand before another figure.
const OTHER_COUNTS: [&str; 12] = ["月", "季", "第", "累计", "新增", "每", "各", "其中", "上年", "去年", "分别", "以来"];

/// What is counted: the words before the figure and behind it, or the key of a cell.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Thing<'a> {
    Words(&'a [char], &'a str),
    Key(&'a str),
}

/// A figure with where it stands.
struct Stated<'a> {
    line: (usize, &'a Paragraph, &'a Sentence),
    mention: &'a Mention,
}

/// Second statements of a chapter that differ from the first.
pub(super) fn repeats(page: &Page) -> Vec<TextFinding> {
    let mut seen: BTreeMap<Thing, Stated> = BTreeMap::new();
    let mut findings = Vec::new();
    for (place, paragraph) in page.paragraphs.iter().enumerate() {
        for sentence in &paragraph.sentences {
            for mention in &sentence.mentions {
                let Some(thing) = thing(page, paragraph, mention) else { continue };
                let stated = Stated { line: (place, paragraph, sentence), mention };
                match seen.get(&thing) {
                    Some(first) => findings.extend(differs(page, first, &stated)),
                    None => drop(seen.insert(thing, stated)),
                }
            }
        }
    }
    findings
}

fn differs(page: &Page, first: &Stated, second: &Stated) -> Option<TextFinding> {
    let (left, right) = (second.mention.figure.count()?, first.mention.figure.count()?);
    let is_one_sentence = std::ptr::eq(first.line.2, second.line.2);
    if left == right || is_one_sentence {
        return None;
    }
    let (place, paragraph, sentence) = second.line;
    let line = Line { page, place, paragraph, sentence, held: &[] };
    let against =
        format!("前面写的是“{}”，这里写的是“{}”", first.line.1.quote(&first.mention.chars), paragraph.quote(&second.mention.chars));
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    Some(line.finding("R44b", &second.mention.chars, Certainty::Look, against)?.with(side(left), side(right)))
}

fn thing<'a>(page: &Page, paragraph: &'a Paragraph, mention: &'a Mention) -> Option<Thing<'a>> {
    match mention.keys.as_slice() {
        [key] if mention.strength != Strength::Doubtful && !key.starts_with("pct:") => {
            let is_filled = KeySum::on(page.form, key)?.value(page.draft).is_some();
            (!is_filled).then_some(Thing::Key(key))
        }
        [] if matches!(mention.why, Why::Unnamed | Why::OtherThing) => {
            let words = words_before(&paragraph.text, mention.at.start)?;
            if words.len() < MIN_WORDS {
                return None;
            }
            let said: String = words.iter().collect();
            let is_other = OTHER_COUNTS.iter().any(|word| said.contains(word));
            (!is_other).then_some(Thing::Words(words, &mention.unit))
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
