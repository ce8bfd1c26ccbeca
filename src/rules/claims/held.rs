//! A figure of the text held against the tables: equal, different, to be looked at, or none of theirs.

use super::key::KeySum;
use super::mention::{Mention, Paragraph, Sentence, Strength, Why};
use super::rule::RULES;
use super::words::Class;
use crate::form::{Form, Report};
use crate::model::{CellId, Draft, Kind};

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It agrees with the table.
    Equal,
    /// It differs, and the words allow no other meaning.
    Differs,
    /// It differs and may be right.
    Uncertain,
    /// It may be the tables' figure, and was held against nothing: the table is not filled there, or the base of a share is open.
    Unchecked,
    /// It is none of the tables' figures.
    Unrelated,
}

/// A figure and what came out for it.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// The figure.
    pub mention: &'a Mention,
    /// What came out.
    pub outcome: Outcome,
}

/// What a figure was held against, and what came out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its meanings on this form; those that agree, where one does.
    pub keys: Vec<Box<str>>,
    /// What came out.
    pub state: State,
    /// Why, in words; empty where it agrees.
    pub why: String,
    /// The value of the first meaning in the table, in the text's unit.
    pub value: Option<i64>,
    /// A clerk bound it to its cell.
    pub is_linked: bool,
}

impl std::ops::Deref for Held<'_> {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}

/// Holds the figures of a sentence against the tables.
pub fn hold<'a>(report: Report<'_>, paragraph: &Paragraph, sentence: &'a Sentence) -> Vec<Held<'a>> {
    let mut held: Vec<Held> = sentence.mentions.iter().map(|mention| one(report, mention)).collect();
    let is_confirmed = |held: &Held| held.state == State::Equal && held.mention.figure.digits != 0;
    let says_area = paragraph.tokens_of(sentence).iter().any(|token| token.class() == Some(Class::WholeArea));
    let is_confirmed = held.iter().any(is_confirmed);
    let speaks_of_table = is_confirmed || says_area || !is_consolidated(report.draft);
    for held in &mut held {
        let is_silent = match held.mention.strength {
            Strength::Doubtful => !is_confirmed,
            Strength::Weak => !speaks_of_table && held.value.is_some(),
            Strength::Strong => false,
        };
        if is_silent && matches!(held.state, State::Uncertain | State::Differs | State::Unchecked) {
            held.outcome = Outcome {
                keys: Vec::new(),
                state: State::Unrelated,
                why: "可能是另一口径的数，没有核对".to_owned(),
                value: None,
                is_linked: false,
            };
        }
    }
    held
}

/// Holds a linked figure against its cells alone, whatever its words are taken to mean.
pub(super) fn hold_link(report: Report<'_>, held: &mut Held, key: &str) {
    let value = KeySum::value_on(report, key);
    let (state, why) = match value {
        None => (State::Unchecked, "表里相应的格还没有填，没有核对"),
        Some(_) if value == in_units(report.form, key, held.mention.figure) => (State::Equal, ""),
        Some(_) => (State::Differs, "与所链接的格不一致"),
    };
    held.outcome = Outcome { keys: vec![key.into()], state, why: why.to_owned(), value, is_linked: true };
}

/// A government's report covers its area; figures in its text may be its own alone.
pub fn is_consolidated(draft: &Draft) -> bool {
    let name = draft.agency.trim_end();
    let is_town = ["镇人民政府", "乡人民政府", "镇政府", "乡政府"].iter().any(|end| name.ends_with(end)) || name.contains("街道");
    !is_town && (name.ends_with("政府") || name.ends_with("实验区") || name.ends_with("管委会") || name.ends_with("管理委员会"))
}

fn one<'a>(report: Report<'_>, mention: &'a Mention) -> Held<'a> {
    let Report { form, draft } = report;
    let sums: Vec<(&Box<str>, KeySum)> = mention.keys.iter().filter_map(|key| Some((key, KeySum::on(form, key)?))).collect();
    let of = |state, keys: Vec<Box<str>>, why: &str, value| Held {
        mention,
        outcome: Outcome { keys, state, why: why.to_owned(), value, is_linked: false },
    };
    if let Some(key) = mention.keys.first().filter(|key| key.starts_with("pct:")) {
        return if key.contains("prior.") { change_share(report, mention) } else { share(report, mention, key) };
    }
    if sums.iter().any(|(_, sum)| sum.lacks_prior(draft)) {
        return of(State::Unrelated, Vec::new(), Why::Comparison.words(), None);
    }
    let keys: Vec<Box<str>> = sums.iter().map(|(key, _)| (*key).clone()).collect();
    let Some((_, first)) = sums.first() else {
        let why = if mention.why == Why::Bound { Why::Unnamed } else { mention.why };
        return of(State::Unrelated, keys, why.words(), None);
    };
    let decimals = decimals(form, first);
    let text = mention.figure.scaled(decimals);
    let values: Vec<(&Box<str>, Option<i64>)> = sums.iter().map(|(key, sum)| (*key, sum.value(draft))).collect();
    let value = values.first().and_then(|(_, value)| *value);
    let equal: Vec<Box<str>> =
        values.iter().filter(|(_, value)| value.is_some() && *value == text).map(|(key, _)| (*key).clone()).collect();
    let is_accepted = || mention.accepts.iter().filter_map(|key| KeySum::value_on(report, key)).any(|value| Some(value) == text);
    if let Some(first) = equal.first() {
        return of(State::Equal, vec![first.clone()], "", value);
    }
    if values.iter().all(|(_, value)| value.is_none()) {
        return of(State::Unchecked, keys, "表里相应的格还没有填，没有核对", None);
    }
    if is_accepted() {
        let accepted = mention.accepts.iter().find(|key| KeySum::value_on(report, key) == text);
        return of(State::Equal, accepted.into_iter().cloned().collect(), "", text);
    }
    let (state, why) = match (value, mention.strength) {
        (None, _) => (State::Unchecked, "表里相应的格还没有填，没有核对"),
        (_, Strength::Strong) => (State::Differs, "与表里的数不一致"),
        _ => (State::Uncertain, "与表里的数不一致"),
    };
    of(state, keys, why, value)
}

/// A share is judged by R43g from the text; here it is only named.
fn share<'a>(report: Report<'_>, mention: &'a Mention, key: &str) -> Held<'a> {
    let (part, whole) = key.trim_start_matches("pct:").rsplit_once('/').unwrap_or(("", ""));
    let value = |key: &str| KeySum::value_on(report, key.trim_matches(['(', ')']));
    let is_near = |part: i64, whole: i64| is_share(part, whole, mention.figure.digits, mention.figure.decimals);
    let state = match (value(part), value(whole)) {
        (Some(part), Some(whole)) if is_near(part, whole) => State::Equal,
        _ => State::Unchecked,
    };
    let why = match (state, value(part).and(value(whole))) {
        (State::Equal, _) => "",
        (_, None) => "表里相应的格还没有填，没有核对",
        _ => "与表里的数算出的百分比不一致",
    };
    Held { mention, outcome: Outcome { keys: vec![key.into()], state, why: why.to_owned(), value: None, is_linked: false } }
}

/// 同比增长 p%, where last year's report is at hand: by one of its meanings, else to be looked at.
fn change_share<'a>(report: Report<'_>, mention: &'a Mention) -> Held<'a> {
    let value = |key: &str| KeySum::value_on(report, key.trim_matches(['(', ')']));
    let sides = |key: &str| {
        let (part, whole) = key.strip_prefix("pct:")?.rsplit_once('/')?;
        Some((value(part)?, value(whole)?)).filter(|(_, whole)| *whole > 0)
    };
    let found: Vec<(Box<str>, (i64, i64))> = mention.keys.iter().filter_map(|key| Some((key.clone(), sides(key)?))).collect();
    let is_near = |(part, whole): (i64, i64)| is_share(part, whole, mention.figure.digits, mention.figure.decimals);
    let equal = found.iter().find(|(_, sides)| is_near(*sides)).map(|(key, _)| key.clone());
    let (keys, state, why) = match (equal, found.is_empty()) {
        (Some(key), _) => (vec![key], State::Equal, ""),
        (None, true) => (Vec::new(), State::Unrelated, Why::Comparison.words()),
        (None, false) => (found.into_iter().map(|(key, _)| key).collect(), State::Uncertain, "与上年报告的数算出的不一致"),
    };
    Held { mention, outcome: Outcome { keys, state, why: why.to_owned(), value: None, is_linked: false } }
}

/// `part` of `whole` is `digits` per cent, give or take one unit of the last digit printed: offices cut instead of rounding, and
/// fit the last share so that all make 100.
pub fn is_share(part: i64, whole: i64, digits: i64, decimals: u8) -> bool {
    let power = 10_i128.pow(u32::from(decimals.min(9)));
    let difference = i128::from(part) * 100 * power - i128::from(digits) * i128::from(whole);
    whole > 0 && difference.abs() <= i128::from(whole)
}

/// The share rounded to the digits printed.
pub(super) fn percent(part: i64, whole: i64, decimals: u8) -> String {
    let decimals = decimals.clamp(1, 4);
    let power = 10_i64.pow(u32::from(decimals));
    let scaled = (i128::from(part) * 100 * i128::from(power) * 2 + i128::from(whole)) / (2 * i128::from(whole.max(1)));
    let (digits, fraction) = (scaled / i128::from(power), scaled % i128::from(power));
    format!("{digits}.{fraction:0width$}", width = usize::from(decimals))
}

/// Money is kept in 分; the text's figure is compared in the same unit.
fn decimals(form: &Form, sum: &KeySum) -> u8 {
    let is_money = sum.terms.iter().any(|(_, cell)| matches!(form.cell(*cell).kind, Kind::Money(_)));
    if is_money { 2 } else { 0 }
}

/// The key's cells hold money.
pub fn is_money(form: &Form, key: &str) -> bool {
    KeySum::on(form, key).is_some_and(|sum| decimals(form, &sum) > 0)
}

/// A key in the clerk's words: 表三“一、本年新收”总计＋表三“二、上年结转”总计.
pub fn name(form: &Form, key: &str) -> String {
    let parts = key.split_inclusive(['+', '-']).map(|part| {
        let name = label(form, part.trim_end_matches(['+', '-']));
        match part.chars().next_back() {
            Some('+') => name + "＋",
            Some('-') => name + "－",
            _ => name,
        }
    });
    parts.collect()
}

fn label(form: &Form, key: &str) -> String {
    if let Some(key) = key.strip_prefix("prior.") {
        return format!("上年报告{}", label(form, key));
    }
    RULES.name(key).or_else(|| form.label_of(key)).unwrap_or(key).to_owned()
}

/// The text's figure in the unit of the key's cells: pieces, or 分.
pub fn in_units(form: &Form, key: &str, figure: super::figure::Figure) -> Option<i64> {
    figure.scaled(KeySum::on(form, key).map_or(0, |sum| decimals(form, &sum)))
}

/// The cells of a key.
pub fn cells(form: &Form, key: &str) -> Vec<CellId> {
    KeySum::on(form, key).map(|sum| sum.cells()).unwrap_or_default()
}

/// A share since last year in the clerk's words: （26－12）÷12＝116.67%.
pub(super) fn change_words(report: Report<'_>, key: &str) -> Option<String> {
    let (part, whole) = key.strip_prefix("pct:")?.rsplit_once('/')?;
    let (part, whole) = (part.trim_matches(['(', ')']), whole.trim_matches(['(', ')']));
    let (value, base) = (KeySum::value_on(report, part)?, KeySum::value_on(report, whole)?);
    let share = percent(value, base, 2);
    Some(format!("{}；{value} ÷ {base} ＝ {share}%", words(report, part)))
}

/// A key in the clerk's words with its figures: 表三“一、本年新收”总计 3＋表三“二、上年结转”总计 0＝3.
pub fn words(report: Report<'_>, key: &str) -> String {
    let mut said = String::new();
    let mut num_parts = 0;
    for part in key.split_inclusive(['+', '-']) {
        let name = part.trim_end_matches(['+', '-']);
        if name.is_empty() {
            continue;
        }
        num_parts += 1;
        said.extend([label(report.form, name).as_str(), " ", &shown(report, name)]);
        said += if part.ends_with('+') {
            "＋"
        } else if part.ends_with('-') {
            "－"
        } else {
            ""
        };
    }
    if num_parts > 1 {
        said.extend(["＝", &shown(report, key)]);
    }
    said
}

fn shown(report: Report<'_>, key: &str) -> String {
    match KeySum::on(report.form, key) {
        Some(sum) if sum.terms.len() == 1 && !key.starts_with("prior.") && !key.contains(['+', '-']) => match sum.terms.first() {
            Some((_, cell)) if !report.draft.entry(*cell).is_blank() => report.draft.entry(*cell).text(),
            _ => "（未填）".to_owned(),
        },
        Some(sum) => sum.value(report.draft).map_or_else(|| "（未填）".to_owned(), |value| value.to_string()),
        None => String::new(),
    }
}
