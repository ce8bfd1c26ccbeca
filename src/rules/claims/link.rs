//! Figures of the text that a clerk bound to cells. A link is filed like a reason, under the words of its sentence and the place of
//! the figure in it: it goes the way of reasons into file, journal, hash, log, differences and joined copies.

use std::collections::HashMap;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use super::figure::{self, Figure};
use super::held;
use super::key::KeySum;
use super::lex::Token;
use super::mention::{Paragraph, Sentence};
use super::places::Places;
use super::read::read;
use super::rule::words_of;
use crate::form::{Form, Report};
use crate::model::{Draft, Edit, Fingerprint, Reason, ReasonKey, SectionId, Splice};

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

/// The figures that stand, in part at least, in these places of a chapter, in order.
pub fn slots(section: SectionId, paragraphs: &[Paragraph], places: &[Range<usize>]) -> Vec<Slot> {
    let places = Places::of(places.iter().cloned());
    let is_meant = |paragraph: &Paragraph, sentence: &Sentence| {
        !sentence.filed.is_empty() && places.meet(&(paragraph.start + sentence.chars.start..paragraph.start + sentence.chars.end))
    };
    let all = || paragraphs.iter().flat_map(|paragraph| paragraph.sentences.iter().map(move |sentence| (paragraph, sentence)));
    // Sentences with the same words are told apart by their number; the others need not be counted.
    let mut seen: HashMap<&str, usize> =
        all().filter(|(paragraph, sentence)| is_meant(paragraph, sentence)).map(|(_, sentence)| (&*sentence.filed, 0)).collect();
    let mut slots = Vec::new();
    for (paragraph, sentence) in all().filter(|(_, sentence)| !sentence.filed.is_empty()) {
        let Some(nth) = seen.get_mut(&*sentence.filed) else { continue };
        *nth += 1;
        if is_meant(paragraph, sentence) {
            slots.extend(in_sentence(section, paragraph, sentence, *nth).filter(|slot| places.meet(&slot.at)));
        }
    }
    slots
}

/// The figures of the `nth` sentence with its words, from 1.
fn in_sentence<'a>(
    section: SectionId,
    paragraph: &'a Paragraph,
    sentence: &'a Sentence,
    nth: usize,
) -> impl Iterator<Item = Slot> + use<'a> {
    let figures = paragraph.tokens_of(sentence).iter().filter(|token| paragraph.can_be_linked(token));
    let of = move |(place, token)| slot(paragraph, token, format!("{}:{}#{nth}@{}", section.0, sentence.filed, place + 1));
    figures.enumerate().filter_map(of)
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

/// The links of a chapter that stand in its text, in order.
pub fn links(draft: &Draft, section: SectionId, paragraphs: &[Paragraph]) -> Vec<Link> {
    let filed = draft.reasons().filter(|(key, _)| *key.rule == *ReasonKey::LINK).map(|(key, _)| &*key.at);
    let link = |slot: Slot| {
        let key = target(draft.reason(&slot.filed)?)?.into();
        Some(Link { filed: slot.filed, section, at: slot.at, key })
    };
    standing(filed, section, paragraphs).into_iter().filter_map(link).collect()
}

/// Figures of a chapter that are not linked and stand in a sentence whose figure in this place was linked last year: the links that
/// they may have again.
pub fn offers(report: Report<'_>, section: SectionId, paragraphs: &[Paragraph]) -> Vec<Link> {
    let Some(prior) = report.draft.prior() else { return Vec::new() };
    let offer = |slot: Slot| {
        let key = prior.link(&slot.filed.at).filter(|key| KeySum::on(report.form, key).is_some())?.into();
        report.draft.reason(&slot.filed).is_none().then_some(Link { filed: slot.filed, section, at: slot.at, key })
    };
    standing(prior.links().map(|(at, _)| at), section, paragraphs).into_iter().filter_map(offer).collect()
}

/// The figures of the sentences that these are filed under, in order.
fn standing<'a>(all: impl Iterator<Item = &'a str>, section: SectionId, paragraphs: &[Paragraph]) -> Vec<Slot> {
    let mut filed: HashMap<&str, (usize, Vec<usize>)> = HashMap::new();
    for (words, nth) in all.filter_map(|at| sentence_of(at, section)) {
        filed.entry(words).or_default().1.push(nth);
    }
    let mut slots = Vec::new();
    if filed.is_empty() {
        return slots;
    }
    for paragraph in paragraphs {
        for sentence in paragraph.sentences.iter().filter(|sentence| !sentence.filed.is_empty()) {
            let Some((nth, meant)) = filed.get_mut(&*sentence.filed) else { continue };
            *nth += 1;
            if meant.contains(nth) {
                slots.extend(in_sentence(section, paragraph, sentence, *nth));
            }
        }
    }
    slots
}

/// The words of the sentence that a link is filed under, and which of the sentences with these words, if it is in this chapter.
fn sentence_of(at: &str, section: SectionId) -> Option<(&str, usize)> {
    let (chapter, rest) = at.split_once(':')?;
    let (words, nth) = rest.rsplit_once('@')?.0.rsplit_once('#')?;
    (chapter.parse() == Ok(section.0)).then_some(())?;
    Some((words, nth.parse().ok()?))
}

/// The cell, or sum of cells, that a link follows.
fn target(reason: &Reason) -> Option<&str> {
    reason.figures.first().map(|(key, _)| &**key)
}

/// The links of a draft in short, for a file that holds the text without them: a mark of the sentence and of the place in it, and
/// the cells: `5f0c21aa=new.sum`.
pub fn marks(draft: &Draft) -> Vec<String> {
    let links = draft.reasons().filter(|(key, _)| *key.rule == *ReasonKey::LINK);
    links.filter_map(|(key, reason)| Some(format!("{}={}", mark(key), target(reason)?))).collect()
}

/// The edits that link the text of a draft by such marks, and how many find no figure any more.
pub fn by_marks<'a>(report: Report<'_>, marks: impl Iterator<Item = &'a str>) -> (Vec<Edit>, usize) {
    let (all, words) = (0..usize::MAX, words_of(report.form));
    let slots = |(section, text): (SectionId, &str)| slots(section, &read(section.0, text, &words), std::slice::from_ref(&all));
    let filed: HashMap<String, ReasonKey> = report.draft.sections().flat_map(slots).map(|slot| (mark(&slot.filed), slot.filed)).collect();
    let (mut edits, mut num_lost) = (Vec::new(), 0);
    for known in marks {
        let edit = known.split_once('=').and_then(|(mark, key)| link(report.form, filed.get(mark)?, key));
        num_lost += usize::from(edit.is_none());
        edits.extend(edit);
    }
    (edits, num_lost)
}

fn mark(filed: &ReasonKey) -> String {
    let digest = Fingerprint(Sha256::digest(filed.at.as_bytes()).into()).to_string();
    digest.chars().take(12).collect()
}

/// The edit that links a figure; none where the form has no such cell.
pub fn link(form: &Form, filed: &ReasonKey, key: &str) -> Option<Edit> {
    KeySum::on(form, key)?;
    let reason = Reason { text: format!("跟着{}", held::name(form, key)).into(), figures: vec![(key.into(), "".into())] };
    Some(Edit::reason(filed.clone(), Some(reason)))
}

/// The edit that puts a figure in step with the cells its link follows; none where it is, or where a cell is not filled.
pub fn in_step(report: Report<'_>, section: SectionId, slot: &Slot, key: &str) -> Option<Edit> {
    let value = KeySum::value_on(report, key)?;
    if held::in_units(report.form, key, slot.figure) == Some(value) {
        return None;
    }
    let new = printed(value, held::is_money(report.form, key), &slot.unit)?;
    let old: String = report.draft.section(section).chars().skip(slot.digits.start).take(slot.digits.len()).collect();
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
