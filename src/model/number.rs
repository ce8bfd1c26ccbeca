//! Reads a number out of typed text: full-width digits, thousands separators, sign, unit. Never guesses.

use super::entry::Misread;

/// A number as typed: digits before and behind the point, sign and unit apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// A minus sign stood in front.
    pub negative: bool,
    /// Digits before the point, without separators.
    pub whole: String,
    /// Digits behind the point.
    pub fraction: String,
    /// What followed the digits; empty if nothing did.
    pub unit: String,
}

/// What offices write where there is nothing to report. It may mean 0 or "not known", so it is never read as either.
const PLACEHOLDERS: [&str; 10] = ["/", "\\", "-", "--", "—", "——", "无", "不适用", "暂无", "N/A"];

impl Typed {
    /// Reads `text`; `None` when it is blank.
    pub fn read(text: &str) -> Result<Option<Self>, Misread> {
        let text = normalise(text);
        if text.is_empty() {
            return Ok(None);
        }
        if PLACEHOLDERS.iter().any(|sign| sign.eq_ignore_ascii_case(&text)) {
            return Err(Misread::Placeholder);
        }
        let (negative, rest) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let (figure, unit) = rest.split_at(end);
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
        if whole.is_empty() || fraction.contains(['.', ',']) || figure.ends_with('.') {
            return Err(Misread::NotNumber);
        }
        Ok(Some(Self {
            negative,
            whole: without_separators(whole)?,
            fraction: fraction.trim_end_matches('0').to_owned(),
            unit: unit.to_owned(),
        }))
    }

    /// The number times ten to the power of `decimals`; the fraction must not be longer than that.
    pub fn scaled(&self, decimals: usize) -> Result<i64, Misread> {
        let digits = format!("{}{:0<decimals$}", self.whole, self.fraction);
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(0);
        }
        let value: i64 = digits.parse().map_err(|_too_long| Misread::TooLarge)?;
        Ok(if self.negative { -value } else { value })
    }
}

/// Full-width ASCII becomes ASCII; every kind of white space goes.
fn normalise(text: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|&c| !invisible(c)).map(half_width).collect()
}

/// The half-width twin of a full-width sign, or the sign itself.
pub(super) fn half_width(c: char) -> char {
    match c {
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '。' => '.',
        _ => c,
    }
}

/// Takes thousands separators out; they must stand where they belong: `1,024`, never `1,02`.
fn without_separators(whole: &str) -> Result<String, Misread> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut separated = false;
    for group in groups {
        separated = true;
        if group.len() != 3 {
            return Err(Misread::Separator);
        }
    }
    if separated && (first.is_empty() || first.len() > 3) { Err(Misread::Separator) } else { Ok(whole.replace(',', "")) }
}
