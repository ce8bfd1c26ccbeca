//! Figures as they are written in Chinese prose: digits, full-width digits, thousands, 万 and 亿, Chinese numerals.

/// A figure with the power of ten it is written with; exact, never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// All digits, without the point.
    pub digits: i64,
    /// Digits behind the point.
    pub decimals: u8,
    /// Zeros that 万 (4) or 亿 (8) adds.
    pub zeros: u8,
}

impl Figure {
    /// A whole number.
    pub fn whole(digits: i64) -> Self {
        Self { digits, decimals: 0, zeros: 0 }
    }

    /// The value times 10^`decimals`; `None` if it is finer than that or too large.
    pub fn scaled(self, decimals: u8) -> Option<i64> {
        let up = decimals.checked_add(self.zeros)?;
        if let Some(power) = up.checked_sub(self.decimals) {
            return self.digits.checked_mul(10_i64.checked_pow(u32::from(power))?);
        }
        let power = 10_i64.checked_pow(u32::from(self.decimals - up))?;
        (self.digits % power == 0).then_some(self.digits / power)
    }

    /// The value of a count; `None` for a fraction.
    pub fn count(self) -> Option<i64> {
        self.scaled(0)
    }

    /// In digits: `33.9`, `61.63万`.
    pub fn text(self) -> String {
        let scale = match self.zeros {
            4 => "万",
            8 => "亿",
            _ => "",
        };
        if self.decimals == 0 {
            return format!("{}{scale}", self.digits);
        }
        let power = 10_i64.checked_pow(u32::from(self.decimals)).unwrap_or(1);
        format!("{}.{:0width$}{scale}", self.digits / power, self.digits % power, width = usize::from(self.decimals))
    }
}

/// A digit in either width.
pub fn digit(c: char) -> Option<i64> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => return None,
    };
    Some(i64::from(value))
}

/// The figure in digits that begins the text, without 万 or 亿, and its length. Thousands may be set apart by a comma or a blank.
pub fn in_digits(text: &[char]) -> Option<(Figure, usize)> {
    let mut figure = Figure::whole(0);
    let mut len = 0;
    let mut lead = 0;
    while let Some(c) = text.get(len) {
        if let Some(value) = digit(*c) {
            figure.digits = figure.digits.checked_mul(10)?.checked_add(value)?;
            len += 1;
            lead += 1;
        } else if matches!(c, ',' | '，' | ' ' | '\u{2009}') && (1..=3).contains(&lead) && is_group(text, len + 1) {
            len += 1;
            lead = 0;
        } else {
            break;
        }
        // After the first separator every group has three digits, so the next one may only follow a whole group.
    }
    (len > 0).then_some(())?;
    if matches!(text.get(len), Some('.' | '．')) && text.get(len + 1).copied().and_then(digit).is_some() {
        len += 1;
        while let Some(value) = text.get(len).copied().and_then(digit) {
            figure.digits = figure.digits.checked_mul(10)?.checked_add(value)?;
            figure.decimals = figure.decimals.checked_add(1)?;
            len += 1;
        }
    }
    Some((figure, len))
}

/// Exactly three digits stand here.
fn is_group(text: &[char], at: usize) -> bool {
    let is_digit = |place: usize| text.get(place).copied().and_then(digit).is_some();
    (at..at + 3).all(is_digit) && !is_digit(at + 3)
        || (at..at + 3).all(is_digit) && matches!(text.get(at + 3), Some(',' | '，')) && (at + 4..at + 7).all(is_digit)
}

/// The number in Chinese numerals that begins the text, and its length. `二〇二四` reads digit by digit.
pub fn in_numerals(text: &[char]) -> Option<(Figure, usize)> {
    let len = text.iter().take_while(|c| numeral(**c).is_some()).count();
    let numerals: Vec<i64> = text.iter().take(len).filter_map(|c| numeral(*c)).collect();
    if numerals.is_empty() || numerals.first().is_some_and(|first| *first >= 100) {
        return None;
    }
    let value = if numerals.iter().all(|value| *value < 10) && numerals.len() > 1 {
        numerals.iter().try_fold(0_i64, |sum, value| sum.checked_mul(10)?.checked_add(*value))?
    } else {
        by_place(&numerals)?
    };
    Some((Figure::whole(value), len))
}

/// 一百零二 = 1·100 + 2, 三万五千 = 3·10 000 + 5·1000.
fn by_place(numerals: &[i64]) -> Option<i64> {
    let (mut total, mut section, mut one) = (0_i64, 0_i64, None);
    for &value in numerals {
        match value {
            0 => {}
            1..=9 if one.is_none() => one = Some(value),
            10 | 100 | 1000 => section = section.checked_add(one.take().unwrap_or(1).checked_mul(value)?)?,
            10_000 | 100_000_000 => {
                total = total.checked_add(section.checked_add(one.take().unwrap_or(0))?.checked_mul(value)?)?;
                section = 0;
            }
            _ => return None,
        }
    }
    total.checked_add(section)?.checked_add(one.unwrap_or(0))
}

fn numeral(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}
