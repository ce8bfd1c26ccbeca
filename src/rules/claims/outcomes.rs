//! R44: all groups of outcomes, or a closed row of them, against the numbers of requests stated in the same part of the text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bind_years::is_change;
use super::finding::{Certainty, TextFinding, TextSide};
use super::lex::{Token, TokenKind};
use super::line::{Line, Page};
use super::lists::{clause_start, is_other_outcome, is_piece};
use super::mention::{Mention, Paragraph};
use super::words::Class;

/// More numbers of one kind in a part: which of them the outcomes belong to is not known.
const MOST_STATED: usize = 8;

/// A row of outcomes that states no whole of its own.
struct Row {
    values: Vec<i64>,
    /// In characters of the paragraph.
    chars: Range<usize>,
    names_all: bool,
}

/// The sentence is such a row.
pub(super) fn may(line: &Line) -> bool {
    row(line).is_some()
}

/// Outcomes that make none of the numbers of requests stated before and behind them.
pub(super) fn outcomes(page: &Page, place: usize, line: &Line) -> Vec<TextFinding> {
    row(line).filter(|_| !is_cut(page, place, line)).and_then(|row| judged(page, line, &row)).into_iter().collect()
}

fn row(line: &Line) -> Option<Row> {
    let is_own = |mention: &&Mention| !mention.keys.iter().any(|key| is_change(key));
    let mentions: Vec<&Mention> = line.sentence.mentions.iter().filter(is_own).collect();
    let is_outcome = |key: &str| ["open", "partial", "deny", "unable", "noproc", "other"].iter().any(|group| key.starts_with(group));
    let own: Vec<_> = mentions.iter().filter(|mention| mention.keys.first().is_some_and(|key| is_outcome(key))).collect();
    let first = own.first()?;
    let has = |group: &str| own.iter().any(|mention| mention.keys.iter().any(|key| key.contains(group)));
    let names_all = has("open") && has("deny") && has("unable") && has("noproc") && has("other");
    let has_own_whole = mentions.iter().any(|mention| {
        mention.keys.iter().any(|key| key.contains("new.sum") || key.contains("total.sum"))
            && !mention.keys.iter().any(|key| key.starts_with("pct"))
    });
    let (parts, is_closed) = items(line, line.sentence.tokens.clone());
    let is_list = names_all && own.len() >= 5 || is_closed && parts.len() >= 3;
    let end = parts.last().and_then(|(place, _)| line.paragraph.tokens.get(*place)).filter(|_| is_list && !has_own_whole)?.end;
    let values = if names_all {
        own.iter().filter_map(|mention| mention.figure.count()).collect()
    } else {
        parts.iter().map(|(_, value)| *value).collect()
    };
    Some(Row { values, chars: first.chars.start..end, names_all })
}

fn judged(page: &Page, line: &Line, row: &Row) -> Option<TextFinding> {
    let sum: i64 = row.values.iter().sum();
    let stated = page.facts.wholes.get_or_init(|| wholes(page)).get(&line.sentence.scope.part)?;
    let whole = *stated.last()?;
    if stated.contains(&sum) || sum == 0 {
        return None;
    }
    let said = |values: &[i64], between: &str| values.iter().map(i64::to_string).collect::<Vec<_>>().join(between);
    let against = format!("各项之和 {} ＝ {sum}，前面写的申请数是 {}", said(&row.values, " ＋ "), said(stated, "、"));
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    let certainty = if row.names_all { Certainty::Broken } else { Certainty::Look };
    Some(line.finding("R44", &row.chars, certainty, against)?.with(side(sum), side(whole)))
}

/// The sentence begins in the paragraph before: text with a line feed at the end of each printed line.
fn is_cut(page: &Page, place: usize, line: &Line) -> bool {
    let before = place.checked_sub(1).and_then(|before| page.paragraphs.get(before));
    let is_first = line.paragraph.sentences.first().is_some_and(|first| first.chars == line.sentence.chars);
    let is_open =
        |paragraph: &Paragraph| paragraph.text.len() > 20 && paragraph.text.last().is_some_and(|last| !"。！？：:；".contains(*last));
    is_first && before.is_some_and(is_open)
}

/// The pieces of a sentence, one an item, and whether 其他 closes them.
fn items(line: &Line, range: Range<usize>) -> (Vec<(usize, i64)>, bool) {
    let tokens = &line.paragraph.tokens;
    let (mut parts, mut is_closed) = (Vec::new(), false);
    for place in range {
        let Some(counted) = tokens.get(place).and_then(Token::counted).filter(is_piece) else { continue };
        let Some(value) = counted.figure.count() else { continue };
        let start = clause_start(tokens, place);
        let lead = tokens.get(start..place).unwrap_or_default();
        let begins = lead
            .iter()
            .find(|token| !matches!(token.kind, TokenKind::Close | TokenKind::Open))
            .is_some_and(|token| token.class() == Some(Class::Rest) || is_other_outcome(line, token));
        is_closed = begins
            || tokens.get(place.saturating_sub(1)).is_some_and(|token| token.kind == TokenKind::Close)
                && opened_by_rest(line, tokens, place);
        parts.push((place, value));
    }
    (parts, is_closed)
}

/// 其他情况（…）7 件
fn opened_by_rest(line: &Line, tokens: &[Token], place: usize) -> bool {
    let open = tokens.iter().take(place).rposition(|token| token.kind == TokenKind::Open);
    open.is_some_and(|open| {
        let start = clause_start(tokens, open);
        tokens
            .get(start..open)
            .unwrap_or_default()
            .first()
            .is_some_and(|token| token.class() == Some(Class::Rest) || is_other_outcome(line, token))
    })
}

/// Numbers of requests by part, and their sums.
fn wholes(page: &Page) -> BTreeMap<u16, Vec<i64>> {
    let mut parts: BTreeMap<u16, Vec<&Mention>> = BTreeMap::new();
    for sentence in page.sentences() {
        parts.entry(sentence.scope.part).or_default().extend(&sentence.mentions);
    }
    parts.into_iter().filter_map(|(part, mentions)| Some((part, sums(&mentions)?))).collect()
}

fn sums(mentions: &[&Mention]) -> Option<Vec<i64>> {
    let of = |key: &str| {
        let mut values: Vec<i64> = Vec::new();
        for mention in mentions.iter().filter(|mention| mention.keys.first().is_some_and(|found| **found == *key)) {
            values.extend(mention.figure.count().filter(|value| !values.contains(value)));
        }
        (values.len() <= MOST_STATED).then_some(values)
    };
    let (new, total, all) = (of("new.sum")?, of("total.sum")?, of("new.sum+carry_in.sum")?);
    let (carried_in, carried_out) = (of("carry_in.sum")?, of("carry_out.sum")?);
    let mut wholes: Vec<i64> = new.iter().chain(&all).copied().collect();
    wholes.extend(new.iter().flat_map(|new| carried_in.iter().map(move |carried| new + carried)));
    let less: Vec<i64> = wholes.iter().flat_map(|whole| carried_out.iter().map(move |carried| whole - carried)).collect();
    wholes.extend(less);
    wholes.extend(total.iter().flat_map(|total| carried_out.iter().map(move |carried| total + carried)));
    wholes.extend(total);
    Some(wholes)
}
