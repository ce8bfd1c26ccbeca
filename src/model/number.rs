//! Reads a number out of typed text: full-width digits, thousands separators, sign, unit. Never guesses.

use super::misread::{Misread, without_separators};
use super::numeral::{self, is_numeral};
use super::reckon::{Reckoned, reckon};
use super::signs::{half_width, is_invisible};

/// A number as typed: digits before and behind the point, sign, power and unit apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// A minus sign stood in front.
    pub negative: bool,
    /// Digits before the point, without separators.
    pub whole: String,
    /// Digits behind the point.
    pub fraction: String,
    /// Zeros that 万 or 亿 behind the digits stand for: 4, 8, or none.
    pub power: usize,
    /// A numeral with 万 or 亿 in its midst: 三万五千 is a figure in 元 or 件, hardly one in 万元.
    pub is_spelt_out: bool,
    /// What followed; empty if nothing did.
    pub unit: String,
}

/// What offices write where there is nothing to report. It may mean 0 or "not known", so it is never read as either.
const PLACEHOLDERS: [&str; 10] = ["/", "\\", "-", "--", "—", "——", "无", "不适用", "暂无", "N/A"];

impl Typed {
    /// Reads `text`; `None` when it is blank.
    pub fn read(text: &str) -> Result<Option<Self>, Misread> {
        let text = normalise(text)?;
        if text.is_empty() {
            return Ok(None);
        }
        if PLACEHOLDERS.iter().any(|sign| sign.eq_ignore_ascii_case(&text)) {
            return Err(Misread::Placeholder);
        }
        if let Some(calculation) = text.strip_prefix('=') {
            return Self::reckoned(calculation).map(Some);
        }
        let (negative, rest) = match text.strip_prefix(['-', '−', '负']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let numeral = rest.split_at(rest.find(|c| !is_numeral(c)).unwrap_or(rest.len())).0;
        let typed = if numeral.is_empty() { Self::in_digits(rest)? } else { Self::in_numerals(numeral, rest)? };
        if typed.unit.contains('(') {
            return Err(Misread::Remark);
        }
        Ok(Some(Self { negative, ..typed }))
    }

    /// `1,024.5万元`.
    fn in_digits(text: &str) -> Result<Self, Misread> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
        let (figure, unit) = text.split_at(end);
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
        if whole.is_empty() || fraction.contains(['.', ',']) || figure.ends_with('.') {
            return Err(Misread::NotNumber);
        }
        let (power, unit) = power(unit);
        Ok(Self {
            negative: false,
            whole: without_separators(whole)?,
            fraction: fraction.trim_end_matches('0').to_owned(),
            power,
            is_spelt_out: false,
            unit: unit.to_owned(),
        })
    }

    /// `十二万件`: 万 and 亿 at the end are what they are behind digits.
    fn in_numerals(numeral: &str, text: &str) -> Result<Self, Misread> {
        let none = || if numeral::readings(numeral).is_some() { Misread::TwoReadings } else { Misread::NotNumber };
        let value = numeral::value(numeral).ok_or_else(none)?;
        let (power, is_spelt_out) = match numeral.chars().last() {
            Some('万') => (4, false),
            Some('亿') => (8, false),
            _ => (0, numeral.contains(['万', '亿'])),
        };
        let digits = value.to_string();
        let whole = digits.get(..digits.len() - power).unwrap_or_default().to_owned();
        let unit = text.strip_prefix(numeral).unwrap_or_default().to_owned();
        Ok(Self { negative: false, whole, fraction: String::new(), power, is_spelt_out, unit })
    }

    /// `12+3`, with its unit if it has one.
    fn reckoned(calculation: &str) -> Result<Self, Misread> {
        let Reckoned { negative, whole, fraction, rest } = reckon(calculation)?;
        let (power, unit) = power(rest);
        // What 万 stands for in `12+3万` is open: the 3, or the sum.
        if power > 0 && unit != "元" {
            return Err(Misread::NotNumber);
        }
        Ok(Self { negative, whole, fraction, power, is_spelt_out: false, unit: unit.to_owned() })
    }

    /// The number times ten to the power of `decimals`; the fraction must not be longer than that and its own power.
    pub fn scaled(&self, decimals: usize) -> Result<i64, Misread> {
        let decimals = decimals + self.power;
        let digits = format!("{}{:0<decimals$}", self.whole, self.fraction);
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(0);
        }
        let value: i64 = digits.parse().map_err(|_too_long| Misread::TooLarge)?;
        Ok(if self.negative { -value } else { value })
    }

    /// The unit is one that pieces are counted in, or none is written.
    pub fn counts_pieces(&self) -> bool {
        self.unit.is_empty() || COUNTERS.contains(&&*self.unit)
    }
}

/// What offices count documents, decisions, requests and cases in. Each stands for one piece.
const COUNTERS: [&str; 16] = ["件", "件次", "项", "项次", "条", "条次", "份", "份次", "起", "宗", "笔", "个", "例", "次", "人次", "部"];

/// 万 or 亿 at the start of what follows the digits, as zeros, and what follows then.
fn power(unit: &str) -> (usize, &str) {
    match (unit.strip_prefix('万'), unit.strip_prefix('亿')) {
        (Some(rest), _) => (4, rest),
        (_, Some(rest)) => (8, rest),
        _ => (0, unit),
    }
}

/// The numeral at the start, with the readings it may have in digits: `一百二件` gives `120件` and `102件`.
pub(super) fn readings(text: &str) -> Vec<String> {
    let Ok(text) = normalise(text) else { return Vec::new() };
    let sign = if text.starts_with(['-', '−', '负']) { "-" } else { "" };
    let text = text.trim_start_matches(['-', '−', '负', '+']);
    let (numeral, rest) = text.split_at(text.find(|c| !is_numeral(c)).unwrap_or(text.len()));
    numeral::readings(numeral).into_iter().flatten().map(|value| format!("{sign}{value}{rest}")).collect()
}

/// Thin spaces that only typesetting puts, between the groups of one number.
const GROUP_SPACES: [char; 4] = ['\u{2005}', '\u{2006}', '\u{2009}', '\u{202f}'];

/// Full-width ASCII becomes ASCII; what cannot be seen and white space go.
///
/// # Errors
/// Figures on both sides of white space are several numbers; a control sign is in the text.
fn normalise(text: &str) -> Result<String, Misread> {
    let mut plain = String::new();
    let (mut num_numbers, mut gap) = (1, None);
    for c in text.chars().filter(|c| !is_invisible(*c)).map(figure_sign) {
        if c.is_whitespace() {
            gap = Some(GROUP_SPACES.contains(&c) && gap.unwrap_or(true));
            continue;
        }
        if c.is_control() {
            return Err(Misread::Hidden);
        }
        let is_inside =
            |last: char| (last.is_ascii_digit() || is_numeral(last)) && (c.is_ascii_digit() || is_numeral(c) && !"万亿".contains(c));
        match gap.take() {
            Some(is_group) if plain.chars().next_back().is_some_and(is_inside) => {
                num_numbers += usize::from(!is_group);
                plain.push(',');
            }
            _ => {}
        }
        plain.push(c);
    }
    if num_numbers > 1 { Err(Misread::Several(num_numbers)) } else { Ok(plain) }
}

/// A number whose groups stand apart, as one: `1 024` → `1,024`. A proposal, never taken unasked.
pub(super) fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(",")
}

/// A sign of a figure in half width; a full stop of Chinese text is a point.
fn figure_sign(c: char) -> char {
    if c == '。' { '.' } else { half_width(c) }
}
