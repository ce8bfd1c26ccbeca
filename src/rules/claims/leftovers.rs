//! R59, R59b, R60: doubled words, what a template left behind, and what may not be published.

use std::ops::Range;
use std::sync::LazyLock;

use super::finding::{Certainty, TextFinding};
use super::line::Line;
use super::rule::RULES;
use super::words::WordSet;

/// Everything of this kind in the sentence.
pub(super) fn leftovers(line: &Line) -> Vec<TextFinding> {
    let mut findings: Vec<TextFinding> = Vec::new();
    findings.extend(template(line));
    findings.extend(blank_date(line));
    findings.extend(secret(line));
    findings.extend(person(line));
    findings.extend(doubled(line));
    findings
}

fn found(line: &Line, at: Range<usize>, rule: &str, certainty: Certainty, against: &str) -> Option<TextFinding> {
    let start = line.sentence.chars.start;
    line.finding(rule, &(start + at.start..start + at.end), certainty, against)
}

static LEFTOVERS: LazyLock<WordSet> = LazyLock::new(|| WordSet::of(RULES.leftovers.iter().map(|word| &**word)));
static SECRECY: LazyLock<WordSet> = LazyLock::new(|| WordSet::of(RULES.secrecy.iter().map(|word| &**word)));

fn template(line: &Line) -> Option<TextFinding> {
    let text = line.chars();
    // xxgk in an address is none: no other letter may touch it.
    let is_free = |at: &Range<usize>| {
        let touches = |place: Option<usize>| {
            place.and_then(|place| text.get(place)).is_some_and(|c| c.is_ascii_alphanumeric() && *c != 'X' || matches!(c, '/' | '.' | '_'))
        };
        !text.get(at.start).is_some_and(char::is_ascii_alphabetic) || !touches(at.start.checked_sub(1)) && !touches(Some(at.end))
    };
    // 《公开<格式>…》 is a title, 格式> what a page of a web site left behind.
    let is_alone = |at: &Range<usize>| text.get(at.end - 1) != Some(&'>') || !text.contains(&'<');
    let at = LEFTOVERS.find(text).find(|at| is_free(at) && is_alone(at))?;
    found(line, at, "R59b", Certainty::Broken, "这是模板里的提示语或者空格，不是报告内容")
}

/// 年　　月　　日 without figures.
fn blank_date(line: &Line) -> Option<TextFinding> {
    let text = line.chars();
    let month = text.iter().enumerate().find(|(place, c)| {
        let before: String = text.get(place.saturating_sub(4)..*place).unwrap_or_default().iter().collect();
        **c == '月'
            && before.contains('年')
            && before
                .split('年')
                .next_back()
                .is_some_and(|gap| gap.chars().count() >= 2 && gap.chars().all(|c| c.is_whitespace() || c == '_'))
    });
    let (place, _) = month?;
    found(line, place.saturating_sub(4)..place + 1, "R59b", Certainty::Broken, "日期没有填写")
}

fn secret(line: &Line) -> Option<TextFinding> {
    let text = line.chars();
    let at = SECRECY.find(text).next()?;
    found(line, at, "R60", Certainty::Look, "像是密级标志")
}

/// Identity numbers and mobile telephone numbers.
fn person(line: &Line) -> Option<TextFinding> {
    let text = line.chars();
    let mut place = 0;
    while place < text.len() {
        let rest = text.get(place..).unwrap_or_default();
        let digits = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x')).count();
        let digits = rest.get(..digits).unwrap_or_default();
        if digits.len() == 18 && is_identity(digits) {
            return found(line, place..place + 18, "R60", Certainty::Broken, "这是公民身份号码");
        }
        if digits.len() == 11
            && digits.iter().all(char::is_ascii_digit)
            && digits.first() == Some(&'1')
            && digits.get(1).is_some_and(|c| ('3'..='9').contains(c))
        {
            return found(line, place..place + 11, "R60", Certainty::Look, "像是手机号码");
        }
        place += digits.len().max(1);
    }
    None
}

/// The last digit of an identity number follows from the others (GB 11643).
fn is_identity(digits: &[char]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum = digits.iter().zip(WEIGHTS).try_fold(0, |sum, (c, weight)| Some(sum + c.to_digit(10)? * weight));
    let check = sum.and_then(|sum| CHECKS.get(usize::try_from(sum % 11).ok()?));
    check.is_some() && digits.last().map(char::to_ascii_uppercase).as_ref() == check
}

/// The same clause twice in a row; the same three characters and more twice in a row.
fn doubled(line: &Line) -> Option<TextFinding> {
    let text = line.chars();
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (place, c) in text.iter().enumerate() {
        if "，、；。：\n".contains(*c) {
            clauses.push(start..place);
            start = place + 1;
        }
    }
    clauses.push(start..text.len());
    let words = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let twice = clauses.windows(2).find_map(|pair| match pair {
        [first, second] if first.len() >= 4 && words(first) == words(second) => Some(second.clone()),
        _ => None,
    });
    if let Some(at) = twice.or_else(|| (3..=12).find_map(|len| stutter(text, len))) {
        return found(line, at, "R59", Certainty::Broken, "同样的词句连着写了两次");
    }
    found(line, doubled_word(text)?, "R59", Certainty::Look, "同一个词连着写了两次")
}

/// So many Chinese characters, not all the same, twice in a row.
fn stutter(text: &[char], len: usize) -> Option<Range<usize>> {
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut num_same = 0;
    for (at, (c, behind)) in text.iter().zip(text.get(len..)?).enumerate() {
        num_same = if c == behind && is_han(c) { num_same + 1 } else { 0 };
        let first = (at + 1).saturating_sub(len);
        let is_one = || text.get(first..=at).is_some_and(|first| first.iter().all(|other| other == c));
        if num_same >= len && !is_one() {
            return Some(first + len..first + 2 * len);
        }
    }
    None
}

/// 问题问题和: a word of two characters twice with no third behind it that could make a compound (服务服务事项 is right).
fn doubled_word(text: &[char]) -> Option<Range<usize>> {
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let at = text.windows(5).position(|window| match window {
        [a, b, c, d, next] => a == c && b == d && a != b && is_han(a) && is_han(b) && *a != '一' && "，。；、：和及与等".contains(*next),
        _ => false,
    })?;
    Some(at + 2..at + 4)
}
