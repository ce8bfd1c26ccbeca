//! R43g: N 件，占 p%.

use super::finding::{Certainty, TextFinding, TextSide};
use super::held::{self, is_share};
use super::key::KeySum;
use super::lex::{Counted, Token};
use super::line::Line;
use super::words::{Class, UnitKind};

/// Shares that fit no whole stated before them nor in table three.
pub(super) fn shares(line: &Line) -> Vec<TextFinding> {
    let tokens = line.tokens();
    (0..tokens.len()).filter_map(|place| share(line, tokens, place)).collect()
}

fn share(line: &Line, tokens: &[Token], place: usize) -> Option<TextFinding> {
    let token = tokens.get(place)?;
    let percent = token.counted().filter(|counted| counted.unit == Some(UnitKind::Percent) && !counted.is_rough)?;
    let before = tokens.get(..place)?;
    let (part_place, part) = before.iter().enumerate().rev().find_map(|(at, token)| Some((at, token.counted().filter(is_piece)?)))?;
    let between = before.get(part_place + 1..)?;
    let says_share = between.iter().any(|token| token.class() == Some(Class::Share));
    let is_led_away = between.iter().any(|token| matches!(token.class(), Some(Class::Compare | Class::Whole | Class::Stop)));
    let part_value = part.figure.count()?;
    if !says_share || is_led_away || between.len() > 4 || percent.figure.zeros > 0 {
        return None;
    }
    let mut wholes = stated(line, part_place);
    let own = wholes.clone();
    wholes.extend(["total.sum", "new.sum", "new.sum+carry_in.sum"].iter().filter_map(|key| KeySum::value_on(line.given.report, key)));
    if own.is_empty() || wholes.iter().any(|whole| is_share(part_value, *whole, percent.figure.digits, percent.figure.decimals)) {
        return None;
    }
    let whole = super::lists::whole_before(line, part_place)
        .or_else(|| line.sentence.scope.base.and(own.last().copied()))
        .or_else(|| requests_before(line, before.get(part_place)?))
        .filter(|whole| *whole >= part_value)?;
    let start = before.get(part_place)?.start;
    let against = format!(
        "{part_value} ÷ {whole} ＝ {}%，正文写 {}%",
        held::percent(part_value, whole, percent.figure.decimals),
        percent.figure.text()
    );
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    Some(line.finding("R43g", &(start..token.end), Certainty::Broken, against)?.with(side(part_value), side(whole)))
}

/// The number of requests that the sentence states last before a part that belongs to a row of table three.
fn requests_before(line: &Line, part: &Token) -> Option<i64> {
    let mentions = &line.sentence.mentions;
    let is_row = |key: &str| ["open.", "partial.", "deny", "unable", "noproc", "other"].iter().any(|row| key.starts_with(row));
    mentions.iter().find(|mention| {
        mention.at.end == part.end && mention.keys.first().is_some_and(|key| is_row(key) && !super::bind_years::is_change(key))
    })?;
    let is_whole = |key: &str| matches!(key, "new.sum" | "total.sum" | "new.sum+carry_in.sum");
    let wholes = mentions.iter().filter(|mention| mention.at.end <= part.start && mention.keys.first().is_some_and(|key| is_whole(key)));
    wholes.filter_map(|mention| mention.figure.count()).next_back()
}

fn is_piece(counted: &Counted) -> bool {
    matches!(counted.unit, Some(UnitKind::Count | UnitKind::Other) | None) && !counted.is_rough
}

/// Counts stated before the part, in this sentence and in those before it in the paragraph.
fn stated(line: &Line, part_place: usize) -> Vec<i64> {
    let first = line.sentence.tokens.start;
    let before = line.paragraph.tokens.get(..first + part_place).unwrap_or_default();
    before
        .iter()
        .filter_map(Token::counted)
        .filter(is_piece)
        .filter_map(|counted| counted.figure.count())
        .filter(|count| *count > 0)
        .collect()
}
