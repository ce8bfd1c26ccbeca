//! Figures of the text that a clerk bound to cells. A link is filed like a reason, under the words of its sentence and the place of
//! the figure in it: it goes the way of reasons into file, journal, hash, log, differences and joined copies.

use std::collections::BTreeMap;
use std::ops::Range;

use super::figure::{self, Figure};
use super::held;
use super::key::KeySum;
use super::lex::{Token, TokenKind};
use super::mention::{Paragraph, Sentence};
use crate::form::Form;
use crate::model::{Draft, Edit, Reason, ReasonKey, SectionId, Splice};

/// A link where it stands in the text as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is filed under.
    pub filed: ReasonKey,
    /// The chapter.
    pub section: SectionId,
    /// The figure with its counter word, in characters of the chapter.
    pub at: Range<usize>,
    /// The cell, or the sum of cells, that it follows: `new.sum`.
    pub key: Box<str>,
}

/// A figure of a chapter that can be linked.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What a link of it is filed under.
    pub filed: ReasonKey,
    /// The figure with its counter word, in characters of the chapter.
    pub at: Range<usize>,
    /// The number alone.
    pub digits: Range<usize>,
    /// Its value.
    pub figure: Figure,
    /// Behind the number: `万元`.
    pub unit: String,
}

/// The figures of a chapter that can be linked, in order.
pub fn slots(section: SectionId, paragraphs: &[Paragraph]) -> Vec<Slot> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut slots = Vec::new();
    for paragraph in paragraphs {
        for sentence in &paragraph.sentences {
            let figures: Vec<&Token> = paragraph.tokens_of(sentence).iter().filter(|token| can_be_linked(paragraph, token)).collect();
            if figures.is_empty() {
                continue;
            }
            let words = words_of(paragraph, sentence);
            let nth = seen.entry(words.clone()).and_modify(|nth| *nth += 1).or_insert(1);
            let slot = |(place, token): (usize, &&Token)| slot(paragraph, token, format!("{}:{words}#{nth}@{}", section.0, place + 1));
            slots.extend(figures.iter().enumerate().filter_map(slot));
        }
    }
    slots
}

/// A figure; and one with letters behind it, as stand there while an input method composes.
fn can_be_linked(paragraph: &Paragraph, token: &Token) -> bool {
    let begins_with_letter = |text: &[char]| text.first().is_some_and(char::is_ascii_alphabetic);
    let has_letters = || {
        let text = paragraph.text.get(token.start..token.end)?;
        let (_, len) = figure::in_digits(text)?;
        text.get(len..).map(begins_with_letter)
    };
    token.counted().is_some() || token.kind == TokenKind::Opaque && has_letters() == Some(true)
}

/// The words of a sentence by which its links are found again: without figures and blanks.
fn words_of(paragraph: &Paragraph, sentence: &Sentence) -> String {
    let text = paragraph.text.get(sentence.chars.clone()).unwrap_or_default();
    text.iter().filter(|c| figure::digit(**c).is_none() && !c.is_whitespace()).collect()
}

fn slot(paragraph: &Paragraph, token: &Token, at: String) -> Option<Slot> {
    let text = paragraph.text.get(token.start..token.end)?;
    let (figure, len) = match token.counted() {
        Some(counted) => (counted.figure, figure::in_digits(text).map_or(counted.unit_start - token.start, |(_, len)| len)),
        None => figure::in_digits(text)?,
    };
    let placed = |range: Range<usize>| paragraph.start + range.start..paragraph.start + range.end;
    Some(Slot {
        filed: ReasonKey { rule: ReasonKey::LINK.into(), at: at.into() },
        at: placed(token.start..token.end),
        digits: placed(token.start..token.start + len),
        figure,
        unit: text.get(len..)?.iter().collect(),
    })
}

/// The links of a chapter that stand in its text.
pub fn links(draft: &Draft, section: SectionId, paragraphs: &[Paragraph]) -> Vec<Link> {
    let is_here = |key: &ReasonKey| *key.rule == *ReasonKey::LINK && chapter_of(key) == Some(section.0);
    if !draft.reasons().any(|(key, _)| is_here(key)) {
        return Vec::new();
    }
    let link = |slot: Slot| {
        let key = target(draft.reason(&slot.filed)?)?.into();
        Some(Link { filed: slot.filed, section, at: slot.at, key })
    };
    slots(section, paragraphs).into_iter().filter_map(link).collect()
}

fn chapter_of(key: &ReasonKey) -> Option<u8> {
    key.at.split_once(':')?.0.parse().ok()
}

/// The cell, or sum of cells, that a link follows.
fn target(reason: &Reason) -> Option<&str> {
    reason.figures.first().map(|(key, _)| &**key)
}

/// The edit that links a figure; none where the form has no such cell.
pub fn link(form: &Form, filed: &ReasonKey, key: &str) -> Option<Edit> {
    KeySum::on(form, key)?;
    let reason = Reason { text: format!("跟着{}", held::name(form, key)).into(), figures: vec![(key.into(), "".into())] };
    Some(Edit::reason(filed.clone(), Some(reason)))
}

/// The edit that puts a figure in step with the cells its link follows; none where it is, or where a cell is not filled.
pub fn in_step(form: &Form, draft: &Draft, section: SectionId, slot: &Slot, key: &str) -> Option<Edit> {
    let value = KeySum::on(form, key)?.value(draft)?;
    if held::in_units(form, key, slot.figure) == Some(value) {
        return None;
    }
    let new = printed(value, held::is_money(form, key), &slot.unit)?;
    let old: String = draft.section(section).chars().skip(slot.digits.start).take(slot.digits.len()).collect();
    Some(Edit::Text(section, Splice { at: slot.digits.start, old: old.into(), new: new.into() }))
}

/// A value as it is written before this unit: pieces in digits, 分 as 元 or 万元; none where the unit does not fit.
pub fn printed(value: i64, is_money: bool, unit: &str) -> Option<String> {
    if !is_money {
        return (value >= 0 && !unit.starts_with(['万', '亿', '%'])).then(|| value.to_string());
    }
    let decimals: u32 = if unit.starts_with("万元") {
        6
    } else if unit.starts_with('元') {
        2
    } else {
        return None;
    };
    let power = 10_i64.pow(decimals);
    let fraction = format!("{:0width$}", (value % power).abs(), width = decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let whole = value / power;
    Some(if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") })
}
