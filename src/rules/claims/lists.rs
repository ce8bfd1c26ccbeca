//! R44: 其中 … the parts of a list against their whole. Most lists of published reports are open; only what cannot be right is told.

use super::finding::{Certainty, TextFinding, TextSide};
use super::lex::{Counted, Token, TokenKind};
use super::line::Line;
use super::words::{Class, UnitKind};

/// A list of parts.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the list, read by name")]
struct List {
    /// The whole with its place in the paragraph's tokens.
    whole: (usize, i64),
    /// The parts with their places.
    parts: Vec<(usize, i64)>,
    /// Another unit or a new statement follows.
    goes_on: bool,
    /// 其他… closes it.
    is_closed: bool,
    /// 其中, （, ： stands before it.
    is_announced: bool,
    /// A figure of it is rough or a fraction.
    is_rough: bool,
    /// The parts have another counter word than the whole (607 条，其中 380 份).
    is_mixed: bool,
}

/// Lists of the sentence whose parts cannot make their whole.
pub(super) fn sums(line: &Line) -> Vec<TextFinding> {
    let tokens = &line.paragraph.tokens;
    let range = line.sentence.tokens.clone();
    let mut findings: Vec<TextFinding> = Vec::new();
    let mut behind = 0;
    for place in range.clone() {
        if place < behind {
            continue;
        }
        let Some(list) = announced(line, tokens, place).or_else(|| unannounced(line, tokens, place)) else { continue };
        behind = list.parts.last().map_or(place, |(last, _)| *last);
        findings.extend(judged(line, tokens, &list));
    }
    findings
}

/// The whole of the list that the token at `place` of the sentence is a part of.
pub(super) fn whole_before(line: &Line, place: usize) -> Option<i64> {
    let tokens = &line.paragraph.tokens;
    let at = line.sentence.tokens.start + place;
    let lists = line.sentence.tokens.clone().filter_map(|place| announced(line, tokens, place));
    lists.filter(|list| list.parts.iter().any(|(part, _)| *part == at)).map(|list| list.whole.1).next_back()
}

/// A list behind 其中, or in brackets, or behind a colon.
fn announced(line: &Line, tokens: &[Token], place: usize) -> Option<List> {
    let token = tokens.get(place)?;
    let opens = token.kind == TokenKind::Open || token.kind == TokenKind::Colon;
    let is_marker = token.class() == Some(Class::Among);
    let before = tokens.get(..place)?;
    let whole = if is_marker {
        // Between the whole and 其中 stand no more than marks and what the whole is about.
        let (at, counted) = whole_of(line, before)?;
        let between = tokens.get(at + 1..place)?;
        let stops = between.iter().filter(|token| token.kind == TokenKind::Stop).count();
        // 实现 100% 解读，其中…: the list belongs to another statement.
        let has_share = between.iter().any(|token| token.class() == Some(Class::Share) || token.class() == Some(Class::Compare));
        let is_apart =
            !has_share && between.iter().any(|token| token.counted().is_some_and(|counted| counted.unit == Some(UnitKind::Percent)));
        (stops <= 1 && !is_apart && between.iter().all(|token| !matches!(token.kind, TokenKind::Open))).then_some((at, counted))?
    } else if opens {
        let (at, counted) = last_count(before)?;
        (at + 1 == place).then_some((at, counted))?
    } else {
        return None;
    };
    collect(line, tokens, place + 1, (whole.0, whole.1.figure.count()?), whole.1, true)
}

/// 共 70 条，动态 66 条，其他 4 条: no 其中, closed by 其他.
fn unannounced(line: &Line, tokens: &[Token], place: usize) -> Option<List> {
    let counted = tokens.get(place)?.counted().filter(is_piece)?;
    let is_mark = |token: &Token| matches!(token.kind, TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Stop);
    let lead_start = tokens.iter().take(place).rposition(is_mark).map_or(0, |mark| mark + 1);
    let has_whole = tokens.get(lead_start..place)?.iter().any(|token| matches!(token.class(), Some(Class::Whole)));
    let follows = tokens.get(place + 1).is_some_and(|token| matches!(token.kind, TokenKind::Comma | TokenKind::Colon));
    if !has_whole || !follows {
        return None;
    }
    let list = collect(line, tokens, place + 2, (place, counted.figure.count()?), counted, false)?;
    let sum: i64 = list.parts.iter().map(|(_, part)| part).sum();
    let is_likely = list.is_closed && !list.goes_on && list.parts.len() >= 2 && (sum - list.whole.1).abs() * 5 <= list.whole.1;
    is_likely.then_some(list)
}

fn collect(line: &Line, tokens: &[Token], from: usize, whole: (usize, i64), counted: Counted, is_announced: bool) -> Option<List> {
    let unit = |counted: Counted, token: &Token| unit_of(line, counted, token);
    let whole_unit = unit(counted, tokens.get(whole.0)?);
    let is_requests = is_request_whole(line, tokens.get(whole.0)?);
    let mut list =
        List { whole, parts: Vec::new(), goes_on: false, is_closed: false, is_announced, is_rough: counted.is_rough, is_mixed: false };
    let mut part_unit = whole_unit.clone();
    let mut depth = 0_usize;
    let mut item_start = from;
    let mut is_taken = false;
    let (mut mark, mut by_commas) = (TokenKind::Comma, false);
    for (place, token) in tokens.iter().enumerate().skip(from) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close if depth == 0 => break,
            TokenKind::Close => depth -= 1,
            TokenKind::Stop => break,
            _ if depth > 0 => {}
            TokenKind::Comma | TokenKind::Pause | TokenKind::Semicolon | TokenKind::Colon => {
                item_start = place + 1;
                is_taken = false;
                mark = if mark == TokenKind::Semicolon { mark } else { token.kind };
            }
            TokenKind::Word(word) if word.class == Class::Among && !list.parts.is_empty() => {
                // A second breakdown: of the last part, or of the whole once more.
                list.goes_on = true;
                break;
            }
            TokenKind::Count(counted) if is_piece(&counted) => {
                let lead = tokens.get(item_start..place).unwrap_or_default();
                if lead.iter().any(|token| token.class() == Some(Class::Compare)) || is_taken {
                    continue;
                }
                if list.parts.is_empty()
                    && is_document(&whole_unit)
                    && is_document(&unit(counted, token))
                    && whole_unit != unit(counted, token)
                {
                    part_unit = unit(counted, token);
                    list.is_mixed = true;
                }
                let is_same =
                    counted.unit.is_none() || is_requests && counted.unit == Some(UnitKind::Count) || unit(counted, token) == part_unit;
                // A list with commas ends at the semicolon.
                if mark == TokenKind::Semicolon && by_commas && !lead.iter().any(|token| token.class() == Some(Class::Rest)) {
                    list.goes_on = is_same && !is_statement(lead);
                    break;
                }
                if !is_same && has_other_count(tokens, place, |counted, token| unit(counted, token) == part_unit) {
                    continue;
                }
                if is_statement(lead) || !is_same {
                    list.goes_on = !list.is_closed;
                    break;
                }
                by_commas |= !list.parts.is_empty() && mark != TokenKind::Semicolon;
                mark = TokenKind::Comma;
                let Some(value) = counted.figure.count() else {
                    list.is_rough = true;
                    break;
                };
                list.is_rough |= counted.is_rough;
                list.is_closed = lead
                    .iter()
                    .find(|token| token.class() != Some(Class::Filler))
                    .is_some_and(|token| token.class() == Some(Class::Rest) || is_other_outcome(line, token));
                list.parts.push((place, value));
                is_taken = true;
            }
            _ => {}
        }
    }
    (list.parts.len() >= 2).then_some(list)
}

/// Counter words that offices use for the same items of information.
fn is_document(unit: &str) -> bool {
    matches!(unit, "条" | "份" | "篇" | "件")
}

/// A count in the list's unit follows in the same item: 在上三级媒体 412 篇.
fn has_other_count(tokens: &[Token], place: usize, is_same: impl Fn(Counted, &Token) -> bool) -> bool {
    let item = tokens
        .iter()
        .skip(place + 1)
        .take_while(|token| matches!(token.kind, TokenKind::Word(_) | TokenKind::Count(_) | TokenKind::Title | TokenKind::Quote));
    item.filter_map(|token| Some((token.counted()?, token))).any(|(counted, token)| is_same(counted, token))
}

/// The whole counts requests: 29 例 may have parts in 件.
fn is_request_whole(line: &Line, token: &Token) -> bool {
    let mentions = line.paragraph.sentences.iter().flat_map(|sentence| &sentence.mentions);
    let is_request = |key: &str| (key.starts_with("new.") || key.starts_with("total.")) && !super::bind_years::is_change(key);
    mentions.filter(|mention| mention.at.end == token.end).any(|mention| mention.keys.first().is_some_and(|key| is_request(key)))
}

/// 其他处理 closes a list of outcomes.
pub(super) fn is_other_outcome(line: &Line, token: &Token) -> bool {
    let words = line.paragraph.quote(&(token.start..token.end));
    words.starts_with("其他") || words.starts_with("其它")
}

/// A clause with a verb of its own is no item of the list.
fn is_statement(lead: &[Token]) -> bool {
    let has = |class| lead.iter().any(|token| token.class() == Some(class));
    (has(Class::Finish) || has(Class::Answer) || has(Class::HandleAll)) && !has(Class::Outcome) && !has(Class::Way)
        || has(Class::Review)
        || has(Class::Suit)
}

fn judged(line: &Line, tokens: &[Token], list: &List) -> Option<TextFinding> {
    let values: Vec<i64> = list.parts.iter().map(|(_, value)| *value).collect();
    let sum: i64 = values.iter().sum();
    let whole = list.whole.1;
    if list.is_rough || sum == whole || others(line, list).contains(&sum) {
        return None;
    }
    let mut so_far = 0;
    let is_reached = values.iter().any(|value| {
        so_far += value;
        so_far == whole
    });
    // What follows the parts cannot make them less than they are.
    // Nor is 其他 tacked on behind parts that make the whole already; but one may mean it so.
    let is_filled_up = sum > whole && is_reached && list.is_closed && !list.goes_on;
    let is_wrong = if sum > whole { !is_reached || is_filled_up } else { list.is_closed && !list.goes_on && sum > 0 };
    if !is_wrong || sum > whole && is_nested(&values, whole) {
        return None;
    }
    let certainty = if list.is_announced && !list.is_mixed && !is_filled_up { Certainty::Broken } else { Certainty::Look };
    told(line, tokens, list, sum, certainty)
}

/// A part that is itself a sum of the parts behind it (278 = 200 + 78): the list has two floors.
fn is_nested(values: &[i64], whole: i64) -> bool {
    let floors = |(place, value): (usize, &i64)| {
        let mut sum = 0;
        values.iter().skip(place + 1).any(|other| {
            sum += other;
            sum == *value && *value > 0
        })
    };
    values.len() > 3 && values.iter().enumerate().any(floors) || values.contains(&whole)
}

/// Other wholes of the paragraph that the parts may make: with what was carried in, or together with it.
fn others(line: &Line, list: &List) -> Vec<i64> {
    let mentions = line.paragraph.sentences.iter().flat_map(|sentence| &sentence.mentions);
    let of = |key: &str| {
        mentions
            .clone()
            .filter(move |mention| mention.keys.first().is_some_and(|found| **found == *key))
            .filter_map(|mention| mention.figure.count())
            .collect::<Vec<_>>()
    };
    let (came, left) = (of("carry_in.sum"), of("carry_out.sum"));
    let before = line.paragraph.tokens.get(..=list.whole.0).unwrap_or_default();
    let stops = before.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Stop).map(|(place, _)| place + 1);
    let from = stops.rev().nth(1).unwrap_or(0);
    let first_part = list.parts.first().map_or(list.whole.0, |(place, _)| *place);
    let stated: Vec<i64> = line
        .paragraph
        .tokens
        .get(from..first_part)
        .unwrap_or_default()
        .iter()
        .filter_map(Token::counted)
        .filter(is_piece)
        .filter_map(|counted| counted.figure.count())
        .collect();
    let near = stated.iter().copied().chain(came.iter().flat_map(|carried| [list.whole.1 + carried, list.whole.1 - carried]));
    near.chain(left.iter().map(|carried| list.whole.1 - carried))
        .chain(came.iter().flat_map(|carried| left.iter().map(move |out| list.whole.1 + carried - out)))
        .collect()
}

fn told(line: &Line, tokens: &[Token], list: &List, sum: i64, certainty: Certainty) -> Option<TextFinding> {
    let (first, end) = (tokens.get(list.whole.0)?, tokens.get(list.parts.last()?.0)?.end);
    let parts = list.parts.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(" ＋ ");
    let whole = list.whole.1;
    let difference = if sum > whole { format!("多 {}", sum - whole) } else { format!("少 {}", whole - sum) };
    let against = format!("各项之和 {parts} ＝ {sum}，总数写 {whole}，各项{difference}");
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    Some(line.finding("R44", &(first.start..end), certainty, against)?.with(side(sum), side(whole)))
}

/// The last count that is no part itself: 317 件，上年结转 3 件。其中….
fn whole_of(line: &Line, before: &[Token]) -> Option<(usize, Counted)> {
    let mentions = || line.paragraph.sentences.iter().flat_map(|sentence| &sentence.mentions).chain(&line.sentence.mentions);
    let is_carried = |token: &Token| {
        mentions().any(|mention| mention.at.end == token.end && mention.keys.first().is_some_and(|key| key.starts_with("carry")))
    };
    before
        .iter()
        .enumerate()
        .rev()
        .find_map(|(place, token)| Some((place, token.counted().filter(is_piece)?)).filter(|_| !is_carried(token)))
}

fn last_count(tokens: &[Token]) -> Option<(usize, Counted)> {
    tokens.iter().enumerate().rev().find_map(|(place, token)| Some((place, token.counted().filter(is_piece)?)))
}

pub(super) fn is_piece(counted: &Counted) -> bool {
    matches!(counted.unit, Some(UnitKind::Count | UnitKind::Other) | None)
}

/// The counter word without what does not change what is counted.
fn unit_of(line: &Line, counted: Counted, token: &Token) -> String {
    line.paragraph.quote(&(counted.unit_start..token.end)).trim_end_matches('次').to_owned()
}

pub(super) fn clause_start(tokens: &[Token], place: usize) -> usize {
    let is_mark = |token: &Token| {
        matches!(token.kind, TokenKind::Comma | TokenKind::Pause | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Stop)
    };
    tokens.iter().take(place).rposition(is_mark).map_or(0, |mark| mark + 1)
}
