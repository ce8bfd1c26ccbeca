//! Reads a number out of typed text: full-width digits, thousands separators, sign, unit. Never guesses.

/// Why typed text is not what the cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Not a number.
    NotNumber,
    /// A sign for "nothing to report", which may mean 0 or "not known".
    Placeholder,
    /// Thousands separators in the wrong place.
    Separator,
    /// A count below zero.
    Negative,
    /// A part of a piece.
    Fraction,
    /// More than the cell can hold.
    TooLarge,
    /// An amount without 元 or 万元, where the form prints no unit.
    UnitMissing,
    /// A unit the cell does not have.
    WrongUnit,
    /// An amount finer than 分.
    BelowOneFen,
    /// A number with a remark in brackets: which of the figures is meant?
    Remark,
}

impl Misread {
    /// What is wrong and what to do, for the clerk.
    pub fn advice(self) -> &'static str {
        match self {
            Self::NotNumber => "不是数字，请只填数字",
            Self::Placeholder => "不是数字：没有发生请填 0，暂时不清楚请留空",
            Self::Separator => "千位分隔符的位置不对，请核对位数",
            Self::Negative => "不能是负数",
            Self::Fraction => "应当是整数",
            Self::TooLarge => "数字太大，请核对位数",
            Self::UnitMissing => "没有写单位，请在数字后写明“元”或“万元”",
            Self::WrongUnit => "单位与本格不符，请只填数字",
            Self::Remark => "带有括号里的说明，请只填数字，说明写到文字部分",
            Self::BelowOneFen => "精确到分即可，小数位数太多",
        }
    }
}

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
        let rest = &with_digits(rest);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let (figure, unit) = rest.split_at(end);
        if unit.starts_with('(') && !figure.is_empty() {
            return Err(Misread::Remark);
        }
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

/// A number in Chinese numerals at the start becomes digits, whatever follows stays: `一百零二件` gives `102件`.
fn with_digits(text: &str) -> String {
    let end = text.find(|c| chinese_digit(c).is_none() && chinese_power(c).is_none()).unwrap_or(text.len());
    let (numerals, rest) = text.split_at(end);
    // 万 may be the first letter of 万元: then it is part of the unit, and 八十七万元 is 87 万元.
    let (numerals, rest) = match numerals.strip_suffix('万') {
        Some(before) if rest.starts_with('元') => (before, text.get(before.len()..).unwrap_or(rest)),
        _ => (numerals, rest),
    };
    match chinese_number(numerals) {
        Some(number) if !numerals.is_empty() => format!("{number}{rest}"),
        _ => text.to_owned(),
    }
}

/// The value of Chinese numerals: 一百零二, 十二, 三万五千, or digit by digit 二〇二五. `None` when they do not make a number.
fn chinese_number(numerals: &str) -> Option<u64> {
    if numerals.chars().all(|c| chinese_digit(c).is_some()) {
        return numerals.chars().try_fold(0_u64, |number, c| number.checked_mul(10)?.checked_add(chinese_digit(c)?));
    }
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, None);
    let mut last_power = u64::MAX;
    for c in numerals.chars() {
        match (chinese_digit(c), chinese_power(c)) {
            (Some(0), _) => digit = None,
            (Some(value), _) if digit.is_none() => digit = Some(value),
            (_, Some(power @ (10_000 | 100_000_000))) => {
                total = total.checked_add(section.checked_add(digit.take().unwrap_or(0))?)?.checked_mul(power)?;
                (section, last_power) = (0, u64::MAX);
            }
            (_, Some(power)) if power < last_power => {
                // 十二 is 12, but a 百 needs its digit.
                let count = digit.take().or((power == 10 && section == 0).then_some(1))?;
                section = section.checked_add(count.checked_mul(power)?)?;
                last_power = power;
            }
            _ => return None,
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

fn chinese_digit(c: char) -> Option<u64> {
    let digits = ["零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];
    digits.iter().zip(0_u64..).find(|(names, _)| names.contains(c)).map(|(_, value)| value)
}

fn chinese_power(c: char) -> Option<u64> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

/// Full-width ASCII becomes ASCII; white space goes, but between two digits it counts as a separator: `1 024`, never `1 2`.
fn normalise(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let signs: Vec<char> = text.chars().filter(|&c| !invisible(c)).map(half_width).collect();
    let mut plain = String::new();
    let mut groups = signs.split(|c| c.is_whitespace()).filter(|group| !group.is_empty()).peekable();
    while let Some(group) = groups.next() {
        plain.extend(group);
        let next = groups.peek().and_then(|next| next.first());
        if group.last().is_some_and(char::is_ascii_digit) && next.is_some_and(char::is_ascii_digit) {
            plain.push(',');
        }
    }
    plain
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
