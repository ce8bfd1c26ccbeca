//! R43a–k, R43m, R43n: figures of the text against the cells they name, and against each other.

use super::finding::{Certainty, TextFinding, TextSide};
use super::held::{self, Held, Outcome, State};
use super::line::{Line, Page};
use super::mention::{Mention, Strength};

/// Figures that differ from every meaning of their words.
pub(super) fn differences(line: &Line) -> Vec<TextFinding> {
    line.held.iter().filter_map(|held| difference(line, held)).chain(line.held.iter().filter_map(|held| second(line, held))).collect()
}

fn difference(line: &Line, held: &Held) -> Option<TextFinding> {
    let key = held.keys.first()?;
    if !matches!(held.state, State::Differs | State::Uncertain) {
        return None;
    }
    let is_none = held.mention.at == held.mention.chars && held.mention.unit.is_empty() && held.mention.figure.digits == 0;
    let certainty =
        if is_none || held.is_linked || held.mention.strength == Strength::Strong { Certainty::Broken } else { Certainty::Look };
    let is_new_alone = &**key == "new.sum" && held.mention.strength == Strength::Strong;
    let rule = if is_none {
        "R48"
    } else if is_new_alone {
        "R43a"
    } else {
        rule_of(key)
    };
    told(line, held, rule, certainty, key)
}

fn told(line: &Line, held: &Held, rule: &str, certainty: Certainty, key: &str) -> Option<TextFinding> {
    let report = line.given.report;
    if key.starts_with("pct:") {
        return line.finding(rule, &held.mention.chars, certainty, held::change_words(report, key)?);
    }
    let mut against = held::words(report, key);
    let may = if held.is_linked { &[][..] } else { &held.mention.accepts };
    let mut others: Vec<&Box<str>> = held.keys.iter().skip(1).chain(may).filter(|other| &***other != key).collect();
    others.dedup();
    for other in others.into_iter().filter(|other| !held::cells(report.form, other).is_empty()).take(2) {
        against.push('；');
        against += &held::words(report, other);
    }
    let left = TextSide { cells: Vec::new(), value: held::in_units(report.form, key, held.mention.figure) };
    let right = TextSide { cells: held::cells(report.form, key), value: held.value };
    let at = &held.mention.chars;
    Some(line.finding(rule, at, certainty, against)?.with(left, right).linked(held.is_linked))
}

/// The other half of “未发生行政复议、行政诉讼”.
fn second(line: &Line, held: &Held) -> Option<TextFinding> {
    let key = held.mention.also.as_deref()?;
    let value = super::key::KeySum::value_on(line.given.report, key).filter(|value| *value > 0)?;
    let outcome = Outcome { value: Some(value), keys: vec![key.into()], ..held.outcome.clone() };
    let held = Held { mention: held.mention, outcome };
    told(line, &held, "R48", Certainty::Broken, key)
}

/// Columns of table three.
const APPLICANTS: [&str; 6] = ["nat", "biz", "sci", "ngo", "law", "oth"];

/// The rule that a key belongs to.
fn rule_of(key: &str) -> &'static str {
    let column = |part: &str| part.rsplit_once('.').is_some_and(|(_, column)| APPLICANTS.contains(&column));
    let is_by_applicant = key.split(['+', '-']).any(column);
    match key.split(['.', '*']).next().unwrap_or("") {
        _ if super::bind_years::is_change(key) => "R43n",
        _ if is_by_applicant => "R43k",
        "new" | "way" => "R43b",
        "carry_in" => "R43c",
        "total" => "R43d",
        "carry_out" => "R43e",
        "rev" | "lit0" | "lit1" => "R43h",
        "a1" => "R43i",
        start if start.starts_with('a') || start.starts_with("-a") => "R43j",
        _ => "R43f",
    }
}

/// A figure with the places of its paragraph and its sentence.
type Placed<'a> = (usize, usize, &'a Mention);

/// 新收 + 上年结转 = 办结 + 结转下年度, where one part of the text states all four.
pub(super) fn balances(page: &Page) -> Vec<TextFinding> {
    let mut parts: Vec<(u16, Vec<Placed>)> = Vec::new();
    for (place, paragraph) in page.paragraphs.iter().enumerate() {
        for (at, sentence) in paragraph.sentences.iter().enumerate() {
            let bound = sentence.mentions.iter().filter(|mention| mention.keys.len() == 1).map(|mention| (place, at, mention));
            match parts.last_mut().filter(|(part, _)| *part == sentence.scope.part) {
                Some((_, mentions)) => mentions.extend(bound),
                None => parts.push((sentence.scope.part, bound.collect())),
            }
        }
    }
    parts.iter().filter_map(|(_, mentions)| balance(page, mentions)).collect()
}

fn balance(page: &Page, mentions: &[Placed]) -> Option<TextFinding> {
    let only = |key: &str| {
        let mut of = mentions.iter().filter(|(.., mention)| mention.keys.first().is_some_and(|found| **found == *key));
        let first = of.next()?;
        // Stated twice with two values: which one is meant is not known.
        let value = first.2.figure.count()?;
        of.all(|(.., other)| other.figure.count() == Some(value)).then_some((first, value))
    };
    let (new, carried_in, total, carried_out) = (only("new.sum")?, only("carry_in.sum")?, only("total.sum")?, only("carry_out.sum")?);
    let (left, right) = (new.1 + carried_in.1, total.1 + carried_out.1);
    if left == right {
        return None;
    }
    let (place, at, mention) = *total.0;
    let paragraph = page.paragraphs.get(place)?;
    let sentence = paragraph.sentences.get(at)?;
    let line = page.line(paragraph, sentence);
    let against = format!(
        "正文里新收 {} 加上年结转 {} 是 {left}，办结 {} 加结转下年度 {} 是 {right}，相差 {}",
        new.1,
        carried_in.1,
        total.1,
        carried_out.1,
        (left - right).abs()
    );
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    Some(line.finding("R43m", &mention.chars, Certainty::Broken, against)?.with(side(left), side(right)))
}
