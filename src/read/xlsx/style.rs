//! What the format of a cell makes of its number.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, date};

use super::super::ReadError;
use super::limits::MAX_LISTED;
use super::xml::{Sink, Tag};
use crate::model::MoneyUnit;

/// How a cell shows what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub shows: Shows,
    /// The unit that the format writes behind the number.
    pub unit: Option<MoneyUnit>,
    /// A line goes through it.
    pub is_struck: bool,
}

/// What a number stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shows {
    /// A number, whatever its places.
    #[default]
    Number,
    Date,
    Time,
    Percent,
    /// The number over a thousand, a million: what is seen is not what is held.
    Scaled,
}

impl Shows {
    /// The words that stand for a number; `None` where it is shown as the number it is.
    pub fn words(self, number: f64, dates_from_1904: bool) -> Option<String> {
        match self {
            Self::Number => None,
            Self::Percent => Some(format!("{}%", (number * 100.0 * 1e6).round() / 1e6)),
            Self::Scaled => Some(format!("{number}（按千或百万显示）")),
            Self::Date => Some(day(number, dates_from_1904).map_or_else(|| format!("{number}（日期格式）"), |day| day.to_string())),
            Self::Time => Some(time(number).map_or_else(|| format!("{number}（时间格式）"), |time| time.strftime("%H:%M").to_string())),
        }
    }
}

/// The day of a serial number.
fn day(number: f64, from_1904: bool) -> Option<Date> {
    let first = if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    let days = format!("{:.0}", number.floor()).parse::<i32>().ok()?;
    first.checked_add(days.days()).ok()
}

/// The time of day of a part of a day.
fn time(number: f64) -> Option<Time> {
    let minutes = format!("{:.0}", number.fract() * 1440.0).parse::<i64>().ok()?;
    (number < 1.0).then_some(Time::midnight()).and_then(|start| start.checked_add(minutes.minutes()).ok())
}

/// What a format code makes of a number above zero.
fn of_code(code: &str) -> Shows {
    let (mut plain, mut elapsed) = (String::new(), false);
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => _ = signs.by_ref().find(|&sign| sign == '"'),
            '\\' | '_' | '*' => _ = signs.next(),
            '[' => {
                let inside: String = signs.by_ref().take_while(|&sign| sign != ']').collect();
                elapsed |= !inside.is_empty() && inside.chars().all(|sign| "hmsHMS".contains(sign));
            }
            ';' => break,
            sign => plain.push(sign.to_ascii_lowercase()),
        }
    }
    let plain = plain.replace("general", "");
    let is_scaled = plain.trim_end_matches(|sign| !"0#?,.".contains(sign)).ends_with(',') || plain.contains(",.");
    match () {
        () if plain.contains(['y', 'd', '年', '月', '日']) => Shows::Date,
        () if elapsed || plain.contains(['h', 's']) => Shows::Time,
        () if plain.contains('m') => Shows::Date,
        () if plain.contains('%') => Shows::Percent,
        () if is_scaled => Shows::Scaled,
        () => Shows::Number,
    }
}

/// The unit of money behind the digits of a format code: `0.00"元"`, `#,##0\万\元`.
fn unit_of(code: &str) -> Option<MoneyUnit> {
    let behind = code.split(';').next()?.rsplit(['0', '#', '?', 'l']).next()?; // `General` ends in l
    let words: String = behind.chars().filter(|sign| !matches!(sign, '"' | '\\' | '_' | '*' | ' ')).collect();
    [MoneyUnit::Yuan, MoneyUnit::Wan].into_iter().find(|unit| unit.name() == words)
}

/// The formats that every program knows by number. Source: ECMA-376 part 1, 18.8.30, and its Chinese list.
fn of_number(id: usize) -> Shows {
    match id {
        9 | 10 => Shows::Percent,
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shows::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Shows::Time,
        _ => Shows::Number,
    }
}

/// The part of styles.
#[derive(Default)]
pub(super) struct Styles {
    pub all: Vec<Style>,
    formats: HashMap<usize, (Shows, Option<MoneyUnit>)>,
    struck_fonts: Vec<bool>,
    in_fonts: bool,
    in_cells: bool,
}

impl Sink for Styles {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        match name {
            "numFmt" => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId")?, tag.get("formatCode")?) {
                    self.formats.insert(id, (of_code(&code), unit_of(&code)));
                }
            }
            "fonts" => self.in_fonts = true,
            "font" if self.in_fonts => self.struck_fonts.push(false),
            "strike" if self.in_fonts => {
                if let Some(font) = self.struck_fonts.last_mut() {
                    *font = tag.is_on("val", true)?;
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => {
                let style = self.style(tag)?;
                self.all.push(style);
            }
            _ => {}
        }
        let listed = self.all.len().max(self.formats.len()).max(self.struck_fonts.len());
        if listed > MAX_LISTED { Err(ReadError::TooLarge("格式太多".into())) } else { Ok(()) }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "fonts" => self.in_fonts = false,
            "cellXfs" => self.in_cells = false,
            _ => {}
        }
        Ok(())
    }
}

impl Styles {
    fn style(&self, tag: &Tag<'_>) -> Result<Style, ReadError> {
        let format = tag.number("numFmtId")?.unwrap_or(0);
        let font = tag.number("fontId")?.unwrap_or(0);
        let (shows, unit) = self.formats.get(&format).copied().unwrap_or_else(|| (of_number(format), None));
        Ok(Style { shows, unit, is_struck: self.struck_fonts.get(font).copied().unwrap_or(false) })
    }
}
