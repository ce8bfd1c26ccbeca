//! R48: words that the tables contradict: everything done, everything upheld, while cells say otherwise.

use super::finding::{Certainty, TextFinding, TextSide};
use super::held;
use super::key::KeySum;
use super::lex::{Token, TokenKind};
use super::line::{Line, Page};
use super::words::{Aspect, Class};

/// 全部办结 with requests carried over; 均获维持 with cases pending.
pub(super) fn contradictions(line: &Line) -> Vec<TextFinding> {
    all_done(line).and_then(|done| done.against_cells(line)).into_iter().chain(all_upheld(line)).collect()
}

/// The sentence may contradict what the chapter says elsewhere.
pub(super) fn may(line: &Line) -> bool {
    all_done(line).is_some_and(|done| done.key.is_none()) || all_answered(line).is_some()
}

/// 全部办结 where the chapter states that nothing was; 均按期答复 where it does not say that some were carried over.
pub(super) fn in_chapter(page: &Page, _: usize, line: &Line) -> Vec<TextFinding> {
    let done = all_done(line).filter(|done| done.key.is_none()).and_then(|done| done.against_chapter(page, line));
    let answered = all_answered(line).filter(|_| !*page.facts.says_carried.get_or_init(|| says_carried(page)));
    done.into_iter().chain(answered.and_then(|chars| told(line, chars, Certainty::Look, "carry_out.sum"))).collect()
}

fn value(line: &Line, key: &str) -> Option<i64> {
    KeySum::value_on(line.given.report, key)
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

/// 全部办结: where it stands, how certain it is, and the cells that speak against it, if any do.
struct Done {
    chars: std::ops::Range<usize>,
    certainty: Certainty,
    key: Option<&'static str>,
}

impl Done {
    fn against_cells(self, line: &Line) -> Option<TextFinding> {
        told(line, self.chars, self.certainty, self.key?)
    }

    fn against_chapter(self, page: &Page, line: &Line) -> Option<TextFinding> {
        let (new, _) = page.facts.stated.get_or_init(|| stated(page)).filter(|(new, done)| *new > 0 && *done == 0)?;
        line.finding("R48", &self.chars, self.certainty, format!("本章写收到 {new} 件、办结 0 件"))
    }
}

fn all_done(line: &Line) -> Option<Done> {
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
    let is_left = value(line, "carry_out.sum").is_some_and(|left| left > 0);
    let is_none_done = value(line, "total.sum") == Some(0) && value(line, "new.sum").is_some_and(|new| new > 0);
    let start = universal.map_or(finish.start, |universal| universal.start.min(finish.start));
    // 全部在法定时限内办结 may speak of those that were due.
    let certainty = if universal.is_some() && !has(Class::InTime) { Certainty::Broken } else { Certainty::Look };
    let key = if is_left { Some("carry_out.sum") } else { is_none_done.then_some("total.sum") };
    Some(Done { chars: start..finish.end, certainty, key })
}

/// Requests received and dealt with as the chapter states them, each once.
fn stated(page: &Page) -> Option<(i64, i64)> {
    let only = |key: &str| {
        let is_meant = |mention: &&super::mention::Mention| mention.keys.first().is_some_and(|found| **found == *key);
        let mut values =
            page.sentences().flat_map(|sentence| &sentence.mentions).filter(is_meant).filter_map(|mention| mention.figure.count());
        values.next().filter(|_| values.next().is_none())
    };
    Some((only("new.sum")?, only("total.sum")?))
}

fn says_carried(page: &Page) -> bool {
    let mut tokens = page.paragraphs.iter().flat_map(|paragraph| &paragraph.tokens);
    tokens.any(|token| matches!(token.class(), Some(Class::Carry | Class::CarryOut)))
}

/// 均按期答复 while requests were carried over.
fn all_answered(line: &Line) -> Option<std::ops::Range<usize>> {
    let tokens = line.tokens();
    let place = tokens.iter().position(|token| token.class() == Some(Class::Answer))?;
    let clause = clause_of(tokens, place);
    let universal = clause.iter().find(|token| token.class() == Some(Class::Universal))?;
    let is_other = is_of_others(tokens, place)
        || clause.iter().any(|token| matches!(token.class(), Some(Class::Stop | Class::Plan | Class::Review | Class::Suit)));
    let is_left = value(line, "carry_out.sum").is_some_and(|left| left > 0);
    if is_other || !is_left || !is_about_requests(line) || tokens.iter().any(|token| token.class() == Some(Class::Except)) {
        return None;
    }
    let end = tokens.get(place)?.end;
    Some(universal.start..end.max(universal.end))
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
    let report = line.given.report;
    let right = TextSide { cells: held::cells(report.form, key), value: value(line, key) };
    Some(line.finding("R48", &chars, certainty, held::words(report, key))?.with(TextSide::default(), right))
}
