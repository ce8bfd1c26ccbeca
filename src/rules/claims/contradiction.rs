//! R48: words that the tables contradict: everything done, everything upheld, while cells say otherwise.

use super::finding::{Certainty, TextFinding, TextSide};
use super::held;
use super::key::KeySum;
use super::lex::{Token, TokenKind};
use super::line::Line;
use super::words::{Aspect, Class};

/// 全部办结 with requests carried over; 均获维持 with cases pending.
pub(super) fn contradictions(line: &Line) -> Vec<TextFinding> {
    all_done(line).into_iter().chain(all_answered(line)).chain(all_upheld(line)).collect()
}

fn value(line: &Line, key: &str) -> Option<i64> {
    KeySum::on(line.page.form, key)?.value(line.page.draft)
}

fn is_about_requests(line: &Line) -> bool {
    let has = |class| line.tokens().iter().any(|token| token.class() == Some(class));
    let is_scope = line.sentence.scope.aspect == Aspect::Requests || line.sentence.scope.base.is_some();
    (has(Class::Request) || has(Class::Receive) && has(Class::Applicant) || is_scope && !has(Class::Info))
        && line.sentence.scope.aspect != Aspect::Problems
        && line.sentence.scope.chapter != 5
}

/// The clause around a token: its tokens up to the marks on both sides.
fn clause_of(tokens: &[Token], place: usize) -> &[Token] {
    let is_mark = |token: &Token| {
        matches!(
            token.kind,
            TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Stop | TokenKind::Open | TokenKind::Close
        )
    };
    let from = tokens.iter().take(place).rposition(is_mark).map_or(0, |mark| mark + 1);
    let to = tokens.iter().skip(place).position(is_mark).map_or(tokens.len(), |mark| place + mark);
    tokens.get(from..to).unwrap_or_default()
}

/// 收到来信 30 件，全部办结: the sentence speaks of letters, proposals, hotlines, and of no request before this token.
fn is_of_others(tokens: &[Token], place: usize) -> bool {
    let says = |classes: &[Class]| tokens.iter().take(place).any(|token| token.class().is_some_and(|class| classes.contains(&class)));
    says(&[Class::Stop]) && !says(&[Class::Request, Class::BareApply])
}

fn all_done(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let place = tokens.iter().position(|token| token.class() == Some(Class::Finish))?;
    let finish = tokens.get(place)?;
    let clause = clause_of(tokens, place);
    let has = |class| clause.iter().any(|token| token.class() == Some(class));
    let sentence_has = |class| tokens.iter().any(|token| token.class() == Some(class));
    let universal = clause.iter().find(|token| token.class() == Some(Class::Universal));
    let states_figure = clause.iter().any(|token| token.counted().is_some());
    let is_excepted =
        sentence_has(Class::Except) || sentence_has(Class::Carry) || sentence_has(Class::CarryOut) || line.words().contains("其余");
    let is_other = is_of_others(tokens, place)
        || has(Class::Stop)
        || has(Class::Review)
        || has(Class::Suit)
        || has(Class::Plan)
        || !is_about_requests(line);
    if is_excepted || is_other || universal.is_none() && states_figure || sentence_has(Class::NotOccurred) && universal.is_none() {
        return None;
    }
    let carried_out = value(line, "carry_out.sum");
    let is_left = carried_out.is_some_and(|left| left > 0);
    let is_none_done = value(line, "total.sum") == Some(0) && value(line, "new.sum").is_some_and(|new| new > 0);
    let key = if is_left { "carry_out.sum" } else { "total.sum" };
    let start = universal.map_or(finish.start, |universal| universal.start.min(finish.start));
    // 全部在法定时限内办结 may speak of those that were due.
    let certainty = if universal.is_some() && !has(Class::InTime) { Certainty::Broken } else { Certainty::Look };
    if is_left || is_none_done {
        return told(line, start..finish.end, certainty, key);
    }
    let (new, _) = stated(line).filter(|(new, done)| *new > 0 && *done == 0)?;
    line.finding("R48", &(start..finish.end), certainty, format!("本章写收到 {new} 件、办结 0 件"))
}

/// Requests received and dealt with as the chapter states them, each once.
fn stated(line: &Line) -> Option<(i64, i64)> {
    let sentences = || line.page.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
    let only = |key: &str| {
        let is_meant = |mention: &&super::mention::Mention| mention.keys.first().is_some_and(|found| **found == *key);
        let mut values = sentences().flat_map(|sentence| &sentence.mentions).filter(is_meant).filter_map(|mention| mention.figure.count());
        values.next().filter(|_| values.next().is_none())
    };
    Some((only("new.sum")?, only("total.sum")?))
}

/// 均按期答复 while requests were carried over and the chapter does not say so.
fn all_answered(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let place = tokens.iter().position(|token| token.class() == Some(Class::Answer))?;
    let clause = clause_of(tokens, place);
    let universal = clause.iter().find(|token| token.class() == Some(Class::Universal))?;
    let says_carried = line
        .page
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.tokens)
        .any(|token| matches!(token.class(), Some(Class::Carry | Class::CarryOut)));
    let is_other = is_of_others(tokens, place)
        || clause.iter().any(|token| matches!(token.class(), Some(Class::Stop | Class::Plan | Class::Review | Class::Suit)));
    let is_left = value(line, "carry_out.sum").is_some_and(|left| left > 0);
    if says_carried || is_other || !is_left || !is_about_requests(line) || tokens.iter().any(|token| token.class() == Some(Class::Except)) {
        return None;
    }
    let end = tokens.get(place)?.end;
    told(line, universal.start..end.max(universal.end), Certainty::Look, "carry_out.sum")
}

fn all_upheld(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let place = tokens.iter().position(|token| token.class() == Some(Class::Upheld))?;
    let clause = clause_of(tokens, place);
    let universal = clause.iter().find(|token| token.class() == Some(Class::Universal))?;
    let names = |class| tokens.iter().any(|token| token.class() == Some(class));
    if tokens.iter().any(|token| token.class() == Some(Class::Except)) {
        return None;
    }
    let mut keys = Vec::new();
    if names(Class::Review) {
        keys.extend(["rev.corrected", "rev.other", "rev.pending"]);
    }
    if names(Class::Suit) {
        keys.extend(["lit0.corrected", "lit0.other", "lit0.pending", "lit1.corrected", "lit1.other", "lit1.pending"]);
    }
    let not_upheld: Vec<&str> = keys.into_iter().filter(|key| value(line, key).is_some_and(|value| value > 0)).collect();
    let key = not_upheld.join("+");
    not_upheld.first()?;
    told(line, universal.start..tokens.get(place)?.end, Certainty::Broken, &key)
}

fn told(line: &Line, chars: std::ops::Range<usize>, certainty: Certainty, key: &str) -> Option<TextFinding> {
    let (form, draft) = (line.page.form, line.page.draft);
    let right = TextSide { cells: held::cells(form, key), value: value(line, key) };
    Some(line.finding("R48", &chars, certainty, held::words(form, draft, key))?.with(TextSide::default(), right))
}
