//! Dates as offices write them. Reading never guesses: what may be two days, or no day, is said to be so.

use jiff::civil::Date;

use super::words::plain;

/// What a cell for a date holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing, or a sign for nothing.
    Blank,
    /// A day with its year.
    Day(Date),
    /// A month and a day, without the year.
    MonthDay(i8, i8),
    /// 当场, 当日: the day of receipt.
    SameDay,
    /// A day that the calendar does not have.
    NoSuchDay,
    /// More than one date.
    Several,
    /// Words that are no date, or a date that can be read in two ways.
    Unread,
}

/// Signs for "no date".
const NOTHING: [&str; 8] = ["/", "-", "--", "—", "——", "无", "\\", "待定"];
/// The same day as the receipt.
const SAME_DAY: [&str; 8] = ["当场", "当日", "当天", "同日", "即时", "当场答复", "当日答复", "当场办结"];
/// What may follow a date without changing it.
const AFTER: [&str; 18] =
    ["日", "号", "上午", "下午", "收到", "收", "签收", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "时", "分", "秒"];
/// First and last day number of spreadsheets that is taken for a date: 1990 to 2064.
const SERIALS: std::ops::RangeInclusive<i32> = 32_874..=60_266;

/// Reads a date.
pub(super) fn read(text: &str) -> Written {
    let text = text.trim();
    if text.is_empty() || NOTHING.contains(&text) {
        return Written::Blank;
    }
    if let Some(written) = usual(text) {
        return written;
    }
    let signs = signs(text);
    if SAME_DAY.iter().any(|word| word.chars().eq(signs.iter().copied())) {
        return Written::SameDay;
    }
    let plain: String = if signs.iter().any(char::is_ascii_digit) { signs.into_iter().collect() } else { arabic(&signs) };
    let parts = parts(&plain);
    match parts.as_slice() {
        [first, rest @ ..] if first.before.is_empty() => begin(first, rest),
        _ => Written::Unread,
    }
}

/// 2024-03-05, 2024/3/5, 2024.3.5: nearly every date, so without further ado.
fn usual(text: &str) -> Option<Written> {
    let separator = text.chars().nth(4).filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let mut parts = text.split(separator);
    let mut number = |lengths: std::ops::RangeInclusive<usize>| {
        let digits = parts.next().filter(|digits| lengths.contains(&digits.len()) && digits.bytes().all(|sign| sign.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let (year, month, number) = (number(4..=4)?, number(1..=2)?, number(1..=2)?);
    parts.next().is_none().then(|| day(year, month, number, &Rest::Fine))
}

/// The signs as [`plain`], but a blank between two digits stays: it ends a day.
fn signs(text: &str) -> Vec<char> {
    let mut signs: Vec<char> = Vec::new();
    for part in text.split_whitespace() {
        let part = plain(part);
        if signs.last().is_some_and(char::is_ascii_digit) && part.first().is_some_and(char::is_ascii_digit) {
            signs.push(' ');
        }
        signs.extend(part);
    }
    signs
}

/// A number, the signs before it and behind it.
struct Part {
    before: String,
    digits: String,
    after: String,
}

impl Part {
    fn value(&self) -> Option<i32> {
        self.digits.parse().ok()
    }
}

/// The numbers of a text with what stands between them.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut between = String::new();
    let mut in_number = false;
    for sign in text.chars() {
        if sign.is_ascii_digit() {
            if !in_number {
                if let Some(last) = parts.last_mut() {
                    last.after.clone_from(&between);
                }
                parts.push(Part { before: std::mem::take(&mut between), digits: String::new(), after: String::new() });
            }
            if let Some(part) = parts.last_mut() {
                part.digits.push(sign);
            }
        } else {
            between.push(sign);
        }
        in_number = sign.is_ascii_digit();
    }
    if let Some(last) = parts.last_mut() {
        last.after = between;
    }
    parts
}

fn begin(first: &Part, rest: &[Part]) -> Written {
    let separates = |sign: &str| matches!(sign, "-" | "/" | "." | "年" | ",");
    match (first.digits.len(), rest) {
        (8, rest) => whole(&first.digits, &rest_of(&first.after, rest)),
        (14, []) if first.after.is_empty() => whole(first.digits.get(..8).unwrap_or_default(), &Rest::Fine),
        (5, []) if first.after.is_empty() => serial(first),
        (5, [fraction]) if first.after == "." && fraction.after.is_empty() => serial(first),
        (4, [month, rest @ ..]) if separates(&first.after) => with_year(first, month, rest),
        (1 | 2, [day, rest @ ..]) if matches!(&*first.after, "-" | "/" | "." | "月") && day.digits.len() <= 2 => {
            without_year(first, day, rest)
        }
        _ => Written::Unread,
    }
}

/// What follows a date.
enum Rest {
    Fine,
    AnotherDate,
    Words,
}

/// A time of day, a weekday and the like may follow; another date, or words, may not.
fn rest_of(after: &str, rest: &[Part]) -> Rest {
    let is_clock = |part: &Part, next: Option<&Part>| {
        let ends = matches!(&*part.after, ":" | "时" | "分" | "秒" | "" | "." | ")" | "Z" | "点") || next.is_none();
        part.digits.len() <= 3 && ends
    };
    let has_clock = rest.first().is_some_and(|part| matches!(&*part.after, ":" | "时" | "点"));
    let clock_only = rest.is_empty() || has_clock && rest.iter().enumerate().all(|(at, part)| is_clock(part, rest.get(at + 1)));
    if !clock_only {
        return Rest::AnotherDate;
    }
    let mut words = after.to_owned();
    words.extend(rest.iter().flat_map(|part| part.after.chars()));
    for word in AFTER {
        words = words.replace(word, "");
    }
    let is_sign =
        |c: char| matches!(c, ' ' | 'T' | 'Z' | ':' | '.' | ',' | '(' | ')' | '-' | '一' | '二' | '三' | '四' | '五' | '六' | '点');
    if words.chars().all(is_sign) { Rest::Fine } else { Rest::Words }
}

fn day(year: i32, month: i32, day: i32, rest: &Rest) -> Written {
    match rest {
        Rest::AnotherDate => return Written::Several,
        Rest::Words => return Written::Unread,
        Rest::Fine => {}
    }
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok()).filter(|date| date.year() >= 1990);
    date.map_or(Written::NoSuchDay, Written::Day)
}

fn whole(digits: &str, rest: &Rest) -> Written {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    day(number(0..4), number(4..6), number(6..8), rest)
}

fn serial(first: &Part) -> Written {
    let days = first.value().filter(|days| SERIALS.contains(days));
    // Day 0 of spreadsheets, corrected for the day of 1900 that never was.
    let start = Date::constant(1899, 12, 30);
    let date = days.and_then(|days| start.checked_add(jiff::Span::new().days(days)).ok());
    date.map_or(Written::Unread, Written::Day)
}

fn with_year(year: &Part, month: &Part, rest: &[Part]) -> Written {
    let Some((day_part, rest)) = rest.split_first() else { return Written::Unread };
    let is_between = matches!(&*month.after, "-" | "/" | "." | "月" | ",");
    if !is_between || month.digits.len() > 2 || day_part.digits.len() > 2 {
        return Written::Unread;
    }
    match (year.value(), month.value(), day_part.value()) {
        (Some(year), Some(month), Some(number)) => day(year, month, number, &rest_of(&day_part.after, rest)),
        _ => Written::Unread,
    }
}

fn without_year(month: &Part, number: &Part, rest: &[Part]) -> Written {
    // 24.3.5 and 3/5/24 may be read in two ways.
    if !rest.is_empty() && matches!(&*number.after, "-" | "/" | ".") {
        return Written::Unread;
    }
    match (month.value(), number.value()) {
        // A leap year: whether 2.29 exists is known with the year.
        (Some(m), Some(d)) => match day(2000, m, d, &rest_of(&number.after, rest)) {
            Written::Day(date) => Written::MonthDay(date.month(), date.day()),
            other => other,
        },
        _ => Written::Unread,
    }
}

/// 二〇二四年三月十五日 → 2024年3月15日; other text stays.
fn arabic(signs: &[char]) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value =
        |sign: char| if matches!(sign, '零' | '○' | 'О' | 'O') { Some(0) } else { DIGITS.chars().position(|digit| digit == sign) };
    if !signs.contains(&'月') {
        return signs.iter().collect();
    }
    let mut text = String::new();
    for (at, sign) in signs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| signs.get(at)).is_some_and(|sign| value(*sign).is_some());
        let after = signs.get(at + 1).is_some_and(|sign| value(*sign).is_some());
        match (sign, value(*sign)) {
            ('十', _) if before && after => {}
            ('十', _) if before => text.push('0'),
            ('十', _) if after => text.push('1'),
            ('十', _) => text.push_str("10"),
            (_, Some(digit)) => text.push_str(&digit.to_string()),
            (sign, None) => text.push(*sign),
        }
    }
    text
}

/// The years from 1990 on that a text names: `安澜市住建局2024年…`, `（二〇二〇年）`, `2024-07`.
pub(super) fn years(text: &str) -> Vec<i16> {
    let signs = plain(text);
    let chinese: String = signs
        .iter()
        .map(|sign| {
            "〇一二三四五六七八九"
                .chars()
                .position(|digit| digit == *sign)
                .map_or(*sign, |value| char::from_digit(u32::try_from(value).unwrap_or(0), 10).unwrap_or(*sign))
        })
        .collect();
    let mut found: Vec<i16> = Vec::new();
    for part in parts(&chinese) {
        if let Some(year) = part.digits.parse().ok().filter(|year| part.digits.len() == 4 && (1990..2100).contains(year))
            && !found.contains(&year)
        {
            found.push(year);
        }
    }
    found
}

/// The year that the number of a request names beside its own: `AL-YSQ-2024-012`, `〔2024〕12号`.
pub(super) fn year_of_number(number: &str) -> Option<i16> {
    let mut groups = 0;
    let mut found = None;
    for digits in number.split(|sign: char| !sign.is_ascii_digit()).filter(|digits| !digits.is_empty()) {
        groups += 1;
        if let Some(year) = digits.parse().ok().filter(|year| digits.len() == 4 && (1990..2100).contains(year)) {
            if found.is_some_and(|other| other != year) {
                return None;
            }
            found = Some(year);
        }
    }
    found.filter(|_| groups > 1)
}
