//! Judging the text chapters of a draft: every rule on every sentence, one finding a sentence, the strongest; the others fold into it.
//!
//! What a paragraph comes to by itself is kept from keystroke to keystroke. It depends on the paragraph, on [`Given`] and on its links,
//! and on nothing else: a rule on a [`Line`] sees no more than these. What depends on the paragraphs around it is decided anew.

use std::collections::HashMap;

use super::chapters::{self, Bracket};
use super::finding::TextFinding;
use super::held;
use super::judged::{Judged, TextFigure};
use super::line::{Facts, Given, Line, Page};
use super::link::{self, Link};
use super::mention::{Paragraph, Sentence};
use super::repeats::{self, Statement};
use super::rule::RULES;
use super::{contradiction, figures, leftovers, lists, origin, outcomes, parts, shares, year};

type SentenceRule = fn(&Line) -> Vec<TextFinding>;

/// The rules that look at nothing but a sentence in its paragraph.
const SENTENCE_RULES: [SentenceRule; 9] = [
    year::years,
    origin::foreign,
    origin::basis,
    leftovers::leftovers,
    figures::differences,
    lists::sums,
    shares::shares,
    contradiction::contradictions,
    parts::parts,
];

/// A rule that looks at the paragraphs around a sentence as well, and whether it may have something to say of a sentence.
type AroundRule = (fn(&Line) -> bool, fn(&Page, usize, &Line) -> Vec<TextFinding>);

const AROUND_RULES: [AroundRule; 4] = [
    (outcomes::may, outcomes::outcomes),
    (contradiction::may, contradiction::in_chapter),
    (origin::may_sign, origin::signatures),
    (parts::may_count, parts::counted),
];

/// What came out for a paragraph by itself: it stays as it is while the paragraph, its links and what it is judged by do.
#[derive(Debug)]
pub(super) struct Kept {
    /// Where the paragraph began.
    start: usize,
    /// Its links: the character of the paragraph, and the cells.
    links: Vec<(usize, Box<str>)>,
    figures: Vec<TextFigure>,
    sentences: Vec<KeptSentence>,
    /// What does not fold into a sentence.
    apart: Vec<TextFinding>,
    brackets: Vec<Bracket>,
    statements: Vec<Statement>,
}

/// A sentence that breaks a rule, or may break one with what stands around it.
#[derive(Debug)]
struct KeptSentence {
    /// Its place in the paragraph.
    place: usize,
    found: Option<TextFinding>,
    around: [bool; AROUND_RULES.len()],
}

fn alone(given: &Given, paragraph: &Paragraph, links: Vec<(usize, Box<str>)>) -> Kept {
    let (mut figures, mut sentences) = (Vec::new(), Vec::new());
    for (place, sentence) in paragraph.sentences.iter().enumerate() {
        let mut held = held::hold(given.report, paragraph, sentence);
        for held in &mut held {
            if let Some((_, key)) = links.iter().find(|(at, _)| *at == held.mention.at.start) {
                held::hold_link(given.report, held, key);
            }
        }
        figures.extend(held.iter().map(|held| TextFigure::of(given.section, paragraph, held)));
        let line = Line { given, paragraph, sentence, held: &held };
        let found = fold(SENTENCE_RULES.iter().flat_map(|rule| rule(&line)).collect()).map(|found| named(paragraph, found));
        let around = AROUND_RULES.map(|(may, _)| may(&line));
        if found.is_some() || around.contains(&true) {
            sentences.push(KeptSentence { place, found, around });
        }
    }
    let apart = chapters::apart(given, paragraph).into_iter().map(|found| named(paragraph, found)).collect();
    let (brackets, statements) = (chapters::brackets(paragraph), repeats::statements(given, paragraph));
    Kept { start: paragraph.start, links, figures, sentences, apart, brackets, statements }
}

/// Judges a chapter, taking over what is kept by the stamps of its paragraphs; returns what is to be kept.
pub(super) fn judge_page(given: Given, paragraphs: &[Paragraph], kept: &mut HashMap<u64, Kept>, judged: &mut Judged) -> Vec<(u64, Kept)> {
    let page = Page { given, paragraphs, facts: Facts::default() };
    let links = link::links(given.report.draft, given.section, paragraphs);
    let keeps: Vec<Kept> = paragraphs
        .iter()
        .map(|paragraph| {
            let links = links_in(&links, paragraph);
            let kept = kept.remove(&paragraph.stamp.number()).filter(|kept| kept.links == links);
            kept.unwrap_or_else(|| alone(&page.given, paragraph, links))
        })
        .collect();
    let (mut findings, mut others) = (Vec::new(), Vec::new());
    for (place, (paragraph, kept)) in paragraphs.iter().zip(&keeps).enumerate() {
        judged.figures.extend(kept.figures.iter().map(|figure| figure.placed(paragraph.start)));
        let moved = |found: &TextFinding| found.moved(kept.start, paragraph.start);
        findings.extend(kept.sentences.iter().filter_map(|kept| {
            let own = kept.found.as_ref().map(moved);
            let around = around(&page, place, paragraph.sentences.get(kept.place)?, kept);
            if around.is_empty() { own } else { fold(own.into_iter().flat_map(unfolded).chain(around).collect()) }
        }));
        others.extend(kept.apart.iter().map(moved));
    }
    others.extend(figures::balances(&page));
    others.extend(chapters::chapters(&page, by_paragraph(&keeps, |kept| &kept.brackets)));
    others.extend(repeats::repeats(&page, by_paragraph(&keeps, |kept| &kept.statements)));
    for found in others {
        fold_in(&page, &mut findings, found);
    }
    findings.sort_by_key(|found| (found.chars.start, found.chars.end));
    for found in findings.iter_mut().filter(|found| found.sentence.is_empty()) {
        name(&page, found);
    }
    number(&mut findings);
    judged.offers.extend(link::offers(given.report, given.section, paragraphs));
    judged.links.extend(links);
    judged.findings.extend(findings);
    paragraphs.iter().map(|paragraph| paragraph.stamp.number()).zip(keeps).collect()
}

/// The links of a paragraph, in its characters.
fn links_in(links: &[Link], paragraph: &Paragraph) -> Vec<(usize, Box<str>)> {
    let from = links.partition_point(|link| link.at.start < paragraph.start);
    let here = links.iter().skip(from).take_while(|link| link.at.start <= paragraph.start + paragraph.text.len());
    here.map(|link| (link.at.start - paragraph.start, link.key.clone())).collect()
}

fn by_paragraph<'a, T>(keeps: &'a [Kept], of: fn(&'a Kept) -> &'a Vec<T>) -> impl Iterator<Item = (usize, &'a T)> {
    keeps.iter().enumerate().flat_map(move |(place, kept)| of(kept).iter().map(move |one| (place, one)))
}

/// What a sentence breaks with what stands around it.
fn around(page: &Page, place: usize, sentence: &Sentence, kept: &KeptSentence) -> Vec<TextFinding> {
    let Some(paragraph) = page.paragraphs.get(place) else { return Vec::new() };
    let rules = AROUND_RULES.iter().zip(kept.around).filter(|(_, may)| *may);
    rules.flat_map(|((_, rule), _)| rule(page, place, &page.line(paragraph, sentence))).collect()
}

/// Adds a finding; where its sentence has one already, the weaker of the two folds into the other.
fn fold_in(page: &Page, findings: &mut Vec<TextFinding>, found: TextFinding) {
    let sentence = sentence_of(page, &found).map(|(paragraph, sentence)| {
        let start = paragraph.start;
        start + sentence.chars.start..start + sentence.chars.end
    });
    let place = sentence.and_then(|sentence| {
        let from = findings.partition_point(|known| known.chars.start < sentence.start);
        let mut here = findings.iter().enumerate().skip(from).take_while(|(_, known)| known.chars.start < sentence.end);
        here.find(|(_, known)| !known.quote.is_empty()).map(|(place, _)| place)
    });
    if let Some(place) = place {
        let known = findings.remove(place);
        findings.splice(place..place, fold(unfolded(known).chain([found]).collect()));
    } else {
        let place = findings.partition_point(|known| known.chars.start <= found.chars.start);
        findings.insert(place, found);
    }
}

/// The sentence of a finding; none where the chapter as a whole is meant.
fn sentence_of<'a>(page: &'a Page, found: &TextFinding) -> Option<(&'a Paragraph, &'a Sentence)> {
    let place = page.paragraphs.partition_point(|paragraph| paragraph.start <= found.chars.start);
    let paragraph = place.checked_sub(1).and_then(|place| page.paragraphs.get(place)).filter(|_| !found.quote.is_empty())?;
    let sentence = paragraph.sentences.iter().find(|sentence| paragraph.start + sentence.chars.end > found.chars.start)?;
    Some((paragraph, sentence))
}

/// A finding gets the words of its sentence, by which its reason is filed.
fn name(page: &Page, found: &mut TextFinding) {
    if let Some((paragraph, sentence)) = sentence_of(page, found) {
        found.put_sentence(paragraph.quote(&sentence.chars));
    }
}

fn named(paragraph: &Paragraph, mut found: TextFinding) -> TextFinding {
    let sentence = paragraph.sentences.iter().find(|sentence| paragraph.start + sentence.chars.end > found.chars.start);
    if let Some(sentence) = sentence.filter(|_| !found.quote.is_empty()) {
        found.put_sentence(paragraph.quote(&sentence.chars));
    }
    found
}

/// The same words a second time are counted.
fn number(findings: &mut [TextFinding]) {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::with_capacity(findings.len());
    let nths: Vec<usize> = findings
        .iter()
        .map(|found| {
            let num = seen.entry((&found.rule.id, &found.words)).or_default();
            *num += 1;
            *num - 1
        })
        .collect();
    findings.iter_mut().zip(nths).for_each(|(found, nth)| found.nth = nth);
}

/// A finding and what was folded into it.
fn unfolded(mut found: TextFinding) -> impl Iterator<Item = TextFinding> {
    let folded = std::mem::take(&mut found.folded);
    std::iter::once(found).chain(folded)
}

/// The strongest finding with the others folded into it.
fn fold(mut findings: Vec<TextFinding>) -> Option<TextFinding> {
    let order = |found: &TextFinding| RULES.rules.iter().position(|rule| rule.id == found.rule.id);
    findings.sort_by_key(|found| (found.certainty, found.rule.severity, order(found), found.chars.start));
    let mut findings = findings.into_iter();
    let mut first = findings.next()?;
    first.folded = findings.collect();
    Some(first)
}
