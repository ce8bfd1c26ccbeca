//! Nought in words: 未收到…申请, 未发生行政复议, 未作出行政强制决定.

use super::clause::applicant_key;
use super::figure::Figure;
use super::lex::{self, Token, TokenKind};
use super::mention::{Mention, Paragraph, Strength, Why};
use super::words::{Class, Lexicon};

/// 未收到…申请, 未发生行政复议: figures of nought in words.
pub(super) fn none(
    paragraph: &Paragraph,
    tokens: &[Token],
    place: usize,
    (is_request_scope, is_disclosure): (bool, bool),
    lexicon: &Lexicon,
) -> Option<Mention> {
    let first = tokens.get(place)?;
    let goes_on = |token: &&Token| {
        matches!(
            token.kind,
            TokenKind::Word(_) | TokenKind::Pause | TokenKind::Open | TokenKind::Close | TokenKind::Title | TokenKind::Quote
        )
    };
    let clause: Vec<&Token> = tokens.iter().skip(place + 1).take_while(goes_on).collect();
    let has = |class: Class| clause.iter().any(|token| token.class() == Some(class));
    let end_of = |class: Class| clause.iter().rev().find(|token| token.class() == Some(class)).map(|token| token.end);
    let mention = |end: usize, keys: Vec<Box<str>>, also: Option<&str>, strength| Mention {
        chars: first.start..end,
        at: first.start..end,
        figure: Figure::whole(0),
        unit: "".into(),
        keys,
        accepts: Vec::new(),
        also: also.map(Into::into),
        strength,
        why: Why::Bound,
    };
    if let Some(end) = end_of(Class::Suit).or(end_of(Class::Review)).filter(|_| is_disclosure && !has(Class::Filing)) {
        let end = end.max(end_of(Class::Review).unwrap_or(0));
        if has(Class::Corrected) {
            return Some(mention(
                end,
                vec!["rev.corrected".into()],
                has(Class::Suit).then_some("lit0.corrected+lit1.corrected"),
                Strength::Strong,
            ));
        }
        return Some(match (has(Class::Review), has(Class::Suit)) {
            (true, suit) => mention(end, vec!["rev.total".into()], suit.then_some("lit0.total+lit1.total"), Strength::Strong),
            (false, _) => mention(end, vec!["lit0.total+lit1.total".into()], None, Strength::Strong),
        });
    }
    // 无结转下年度的申请
    let leads = clause.iter().find(|token| token.class() != Some(Class::Filler)).and_then(|token| token.class());
    if matches!(leads, Some(Class::Carry | Class::CarryOut | Class::CarryIn)) && is_request_scope {
        let key = if super::bind_requests::direction(&clause)? { "carry_out.sum" } else { "carry_in.sum" };
        let end = end_of(Class::NextYear).or(end_of(Class::CarryOut)).or(end_of(Class::CarryIn)).or(end_of(Class::Carry))?;
        return Some(mention(end, vec![key.into()], None, Strength::Strong));
    }
    let object = clause.iter().find(|token| matches!(token.class(), Some(Class::Request | Class::BareApply)))?;
    let is_request = object.class() == Some(Class::Request) || is_request_scope;
    let is_followed = clause.iter().any(|token| {
        token.start >= object.end && matches!(token.class(), Some(Class::Cause | Class::Stop | Class::ProcessingFee | Class::Fee))
    });
    let is_led_away =
        clause.iter().any(|token| token.start < object.start && matches!(token.class(), Some(Class::Cause | Class::Stop | Class::Carry)));
    // 没有…, 无…: only directly before the words, and only as the whole clause.
    let gap = lex::loose(&paragraph.text, tokens, first.end..object.start);
    let is_direct = first.class() == Some(Class::NoneReceived)
        || gap == 0 && object.end + 2 >= clause_end(paragraph, tokens, place) && object.class() == Some(Class::Request);
    if !is_request || is_followed || is_led_away || !is_direct {
        return None;
    }
    let columns: Vec<&str> =
        clause.iter().filter(|token| token.start < object.start).filter_map(|token| applicant_key(token, lexicon)).collect();
    let key = match columns.as_slice() {
        ["nat", ..] if columns.iter().all(|column| *column == "nat") => "new.nat",
        ["legal", ..] if columns.iter().all(|column| *column == "legal") => "new.sum-new.nat",
        _ => "new.sum",
    };
    let mut none = mention(object.end, vec![key.into()], None, Strength::Strong);
    if !columns.is_empty() && columns.iter().all(|column| *column == "citizen") {
        none.accepts.push("new.nat".into());
    }
    Some(none)
}

/// 未作出行政强制决定: a figure of nought in words.
pub(super) fn undecided(tokens: &[Token], place: usize) -> Option<Mention> {
    let (first, object) = (tokens.get(place)?, tokens.get(place + 1)?);
    let key = match object.class()? {
        Class::License => "a5.license.decisions",
        Class::Penalty => "a6.penalty.decisions",
        Class::Coercion => "a6.coercion.decisions",
        _ => return None,
    };
    let chars = first.start..object.end;
    let (keys, figure) = (vec![key.into()], Figure::whole(0));
    Some(Mention {
        at: chars.clone(),
        chars,
        figure,
        unit: "".into(),
        keys,
        accepts: Vec::new(),
        also: None,
        strength: Strength::Weak,
        why: Why::Bound,
    })
}

/// Where the clause that `place` stands in ends.
fn clause_end(paragraph: &Paragraph, tokens: &[Token], place: usize) -> usize {
    let is_end = |token: &&Token| matches!(token.kind, TokenKind::Comma | TokenKind::Semicolon | TokenKind::Stop | TokenKind::Pause);
    tokens.iter().skip(place + 1).find(is_end).map_or(paragraph.text.len(), |token| token.start)
}
