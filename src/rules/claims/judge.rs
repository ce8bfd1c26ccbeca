//! Judging the text chapters of a draft: every rule on every sentence, one finding a sentence, the strongest; the others fold into it.

use std::collections::BTreeMap;

use super::finding::TextFinding;
use super::held::{self, Held, Outcome};
use super::judged::{Judged, TextFigure};
use super::line::{Line, Page};
use super::mention::{Paragraph, Sentence};
use super::rule::RULES;
use super::{chapters, contradiction, figures, leftovers, link, lists, origin, parts, repeats, shares, year};

type SentenceRule = fn(&Line) -> Vec<TextFinding>;

/// The rules that look at nothing but a sentence, the agency and the year.
const OWN_RULES: [SentenceRule; 4] = [year::years, origin::foreign, origin::basis, leftovers::leftovers];
/// The rules that look at the figures as they are held against the tables, or at what stands around the sentence.
const SENTENCE_RULES: [SentenceRule; 6] =
    [figures::differences, lists::sums, shares::shares, contradiction::contradictions, origin::signatures, parts::parts];

/// What came out for a paragraph by itself: it stays as it is while the paragraph, the tables, the agency and the year do.
#[derive(Debug)]
pub(super) struct Kept {
    /// Where the paragraph began.
    start: usize,
    /// By sentence: its figures as they are held against the tables, and what its own words break.
    sentences: Vec<(Vec<Outcome>, Vec<TextFinding>)>,
}

fn alone(page: &Page, place: usize, paragraph: &Paragraph) -> Kept {
    let of = |sentence: &Sentence| {
        let held = held::hold(page.form, page.draft, paragraph, sentence);
        let line = Line { page, place, paragraph, sentence, held: &[] };
        (held.into_iter().map(|held| held.outcome).collect(), OWN_RULES.iter().flat_map(|rule| rule(&line)).collect())
    };
    Kept { start: paragraph.start, sentences: paragraph.sentences.iter().map(of).collect() }
}

/// Judges a chapter, taking over what is kept by the stamps of its paragraphs; returns what is to be kept.
pub(super) fn judge_page(page: &Page, kept: &mut BTreeMap<u64, Kept>, judged: &mut Judged) -> Vec<(u64, Kept)> {
    let mut findings: Vec<TextFinding> = Vec::new();
    let mut keeps = Vec::with_capacity(page.paragraphs.len());
    let links = link::links(page.draft, page.section, page.paragraphs);
    for (place, paragraph) in page.paragraphs.iter().enumerate() {
        let alone = kept.remove(&paragraph.stamp.number()).unwrap_or_else(|| alone(page, place, paragraph));
        for (sentence, (outcomes, own)) in paragraph.sentences.iter().zip(&alone.sentences) {
            let held = sentence.mentions.iter().zip(outcomes).map(|(mention, outcome)| Held { mention, outcome: outcome.clone() });
            let mut held: Vec<Held> = held.collect();
            for held in &mut held {
                let at = paragraph.start + held.mention.at.start;
                if let Some(link) = links.iter().find(|link| link.at.start == at) {
                    held::hold_link(page.form, page.draft, held, &link.key);
                }
            }
            judged.figures.extend(held.iter().map(|held| TextFigure::of(page.section, paragraph, held)));
            let line = Line { page, place, paragraph, sentence, held: &held };
            let own = own.iter().map(|found| found.moved(alone.start, paragraph.start));
            findings.extend(fold(own.chain(SENTENCE_RULES.iter().flat_map(|rule| rule(&line))).collect()));
        }
        keeps.push((paragraph.stamp.number(), alone));
    }
    findings.extend(figures::balances(page));
    findings.extend(chapters::chapters(page));
    findings.extend(repeats::repeats(page));
    findings.sort_by_key(|found| (found.chars.start, found.chars.end));
    name_sentences(page, &mut findings);
    judged.links.extend(links);
    judged.findings.extend(findings);
    keeps
}

/// Each finding gets the words of its sentence, by which its reason is filed; the same words a second time are counted.
fn name_sentences(page: &Page, findings: &mut [TextFinding]) {
    let mut seen: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for found in findings {
        found.sentence = if found.quote.is_empty() { String::new() } else { sentence_at(page.paragraphs, found.chars.start) };
        let (words, _) = found.without_figures();
        let num = seen.entry((&found.rule.id, words)).or_default();
        found.nth = *num;
        *num += 1;
    }
}

/// The words of the sentence at this character of the chapter.
fn sentence_at(paragraphs: &[Paragraph], at: usize) -> String {
    let place = paragraphs.partition_point(|paragraph| paragraph.start <= at);
    let Some(paragraph) = place.checked_sub(1).and_then(|place| paragraphs.get(place)) else { return String::new() };
    let sentence = paragraph.sentences.iter().find(|sentence| paragraph.start + sentence.chars.end > at);
    sentence.map_or_else(String::new, |sentence| paragraph.quote(&sentence.chars))
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
