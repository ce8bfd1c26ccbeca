//! Judging the text chapters of a draft: every rule on every sentence, one finding a sentence, the strongest; the others fold into it.

use super::finding::TextFinding;
use super::line::{Line, Page};
use super::rule::{RULES, WORDS};
use super::{chapters, contradiction, figures, leftovers, lists, origin, parts, shares, year};
use super::{held, read};
use crate::form::Form;
use crate::model::Draft;

type SentenceRule = fn(&Line) -> Vec<TextFinding>;

/// The rules decided sentence by sentence.
const SENTENCE_RULES: [SentenceRule; 9] = [
    figures::differences,
    lists::sums,
    shares::shares,
    contradiction::contradictions,
    year::years,
    origin::foreign,
    origin::basis,
    parts::parts,
    leftovers::leftovers,
];

/// Checks the text chapters of a draft, in chapter order, within a chapter by place.
pub fn check_text(form: &Form, draft: &Draft) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    for (section, text) in draft.sections() {
        let paragraphs = read::read(section.0, text, &WORDS);
        let page = Page { form, draft, section, paragraphs: &paragraphs };
        findings.extend(check_page(&page));
    }
    findings
}

fn check_page(page: &Page) -> Vec<TextFinding> {
    let mut findings: Vec<TextFinding> = Vec::new();
    for (place, paragraph) in page.paragraphs.iter().enumerate() {
        for sentence in &paragraph.sentences {
            let held = held::hold(page.form, page.draft, paragraph, sentence);
            let line = Line { page, place, paragraph, sentence, held: &held };
            findings.extend(fold(SENTENCE_RULES.iter().flat_map(|rule| rule(&line)).collect()));
        }
    }
    findings.extend(figures::balances(page));
    findings.extend(chapters::chapters(page));
    findings.sort_by_key(|found| (found.chars.start, found.chars.end));
    findings
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
