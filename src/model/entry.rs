//! What stands in one cell. Reading never fails: text that is no number is kept, with the reason.

use serde::Deserialize;

use super::misread::Misread;
use super::money::{Money, MoneyUnit};
use super::number::{Typed, joined, readings};
use super::signs::is_invisible;

/// What a cell may hold.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Kind {
    /// A whole number from 0 to 4 294 967 295.
    Count,
    /// A signed whole number (本年增/减), unsigned text is positive.
    Change,
    /// An amount. With a unit the head prints it; without, the clerk writes it in the cell.
    Money(Option<MoneyUnit>),
}

impl Kind {
    /// The least and the most a cell of this kind can hold, as [`Entry::value`] has it.
    pub fn range(self) -> (i64, i64) {
        match self {
            Self::Count => (0, MAX_COUNT),
            Self::Change => (-MAX_COUNT, MAX_COUNT),
            Self::Money(_) => (0, MAX_FEN),
        }
    }
}

/// What stands in a cell. Blank is not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// Nothing was typed.
    #[default]
    Blank,
    /// A count or a change.
    Whole(i64),
    /// An amount of money.
    Money(Money),
    /// A calculation: `=12+3`.
    Reckoned {
        /// The calculation as typed.
        text: Box<str>,
        /// What it comes to.
        figure: Figure,
    },
    /// Text that the cell cannot hold, kept as typed.
    Unread {
        /// The text as typed.
        text: Box<str>,
        /// Why it could not be read.
        why: Misread,
    },
}

/// What a calculation comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A count or a change.
    Whole(i64),
    /// An amount of money.
    Money(Money),
}

/// Largest count taken.
const MAX_COUNT: i64 = 0xFFFF_FFFF;

/// Largest amount taken, in 分: ten thousand 亿元.
const MAX_FEN: i64 = 100_000_000_000_000;

/// Nearly every entry of a report: a count in digits and nothing else. It is read at once; a country has sixty million.
fn plain_count(kind: Kind, text: &str) -> Option<i64> {
    let is_plain = kind == Kind::Count && matches!(text.as_bytes(), [b'0'] | [b'1'..=b'9', ..]) && text.len() <= 9;
    if is_plain && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl Entry {
    /// Reads what was typed into a cell of this kind. `Entry::read(kind, &entry.text())` gives the entry back.
    pub fn read(kind: Kind, text: &str) -> Self {
        if let Some(count) = plain_count(kind, text) {
            return Self::Whole(count);
        }
        let figure = Typed::read(text).and_then(|typed| typed.map(|typed| typed.figure(kind)).transpose());
        match figure {
            Ok(None) => Self::Blank,
            Ok(Some(figure)) if is_calculation(text) => Self::Reckoned { text: text.trim().into(), figure },
            Ok(Some(figure)) => Self::from(figure),
            Err(why) => Self::Unread { text: text.trim().into(), why },
        }
    }

    /// The text as it stands in the draft file: complete in itself, money with its unit.
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Whole(value) => value.to_string(),
            Self::Money(money) => format!("{}{}", money.figure(), money.unit.name()),
            Self::Reckoned { text, .. } | Self::Unread { text, .. } => text.to_string(),
        }
    }

    /// As sentences say it: its text, what a calculation comes to, 空白 for none.
    pub fn said(&self) -> String {
        if self.is_blank() { "空白".to_owned() } else { self.plain().text() }
    }

    /// The text that editing a cell of this kind begins with: a calculation as typed, anything else as shown.
    pub fn typed(&self, kind: Kind) -> String {
        if let Self::Reckoned { text, .. } = self { text.to_string() } else { self.shown(kind) }
    }

    /// What a calculation comes to; anything else as it is. For paper, and for comparing figures.
    #[must_use]
    pub fn plain(&self) -> Self {
        if let Self::Reckoned { figure, .. } = self { Self::from(*figure) } else { self.clone() }
    }

    /// The text as it is shown in a cell of this kind: without the unit where the head prints it.
    pub fn shown(&self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Money(money), Kind::Money(Some(_))) => money.figure(),
            (Self::Reckoned { figure, .. }, _) => Self::from(*figure).shown(kind),
            _ => self.text(),
        }
    }

    /// The figure the rules reckon with: pieces, or 分. `None` when blank or not a number.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Whole(value) | Self::Reckoned { figure: Figure::Whole(value), .. } => Some(*value),
            Self::Money(money) | Self::Reckoned { figure: Figure::Money(money), .. } => Some(money.fen),
            Self::Blank | Self::Unread { .. } => None,
        }
    }

    /// Nothing was typed.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// What may have been meant by text that could not be read, for the clerk to choose from; never taken unasked.
    pub fn proposals(&self, kind: Kind) -> Vec<Self> {
        let Self::Unread { text, why } = self else { return Vec::new() };
        let readings: Vec<String> = match why {
            Misread::Placeholder => vec!["0".to_owned(), String::new()],
            Misread::UnitMissing => vec![format!("{text}元"), format!("{text}万元")],
            Misread::Remark => text.split(['(', '（']).next().map(str::to_owned).into_iter().collect(),
            Misread::Separator => vec![text.replace([',', '，'], "")],
            Misread::Several(_) => vec![joined(text)],
            Misread::TwoReadings => readings(text),
            Misread::Negative => vec![text.trim_start_matches(['-', '−', '－', '负']).to_owned()],
            _ => Vec::new(),
        };
        let entries = readings.iter().map(|reading| Self::read(kind, reading));
        entries.filter(|entry| !matches!(entry, Self::Unread { .. })).collect()
    }

    /// An entry of this kind with this figure: the way back from [`Entry::value`].
    pub fn of_value(kind: Kind, value: i64) -> Self {
        match kind {
            Kind::Count | Kind::Change => Self::Whole(value),
            Kind::Money(unit) => Self::Money(Money { fen: value, unit: unit.unwrap_or(MoneyUnit::Yuan) }),
        }
    }
}

impl From<Figure> for Entry {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::Whole(value) => Self::Whole(value),
            Figure::Money(money) => Self::Money(money),
        }
    }
}

/// The text begins with an equals sign, whatever width it has.
fn is_calculation(text: &str) -> bool {
    text.chars().find(|&c| !c.is_whitespace() && !is_invisible(c)).is_some_and(|c| matches!(c, '=' | '＝'))
}

impl Typed {
    /// What a cell of this kind takes it for.
    fn figure(&self, kind: Kind) -> Result<Figure, Misread> {
        match kind {
            Kind::Count => self.count().map(Figure::Whole),
            Kind::Change => self.change().map(Figure::Whole),
            Kind::Money(unit) => self.money(unit).map(Figure::Money),
        }
    }

    /// A whole number of pieces, not negative.
    fn count(&self) -> Result<i64, Misread> {
        let value = self.change()?;
        match value {
            ..0 => Err(Misread::Negative),
            0..=MAX_COUNT => Ok(value),
            _ => Err(Misread::TooLarge),
        }
    }

    /// A whole number of pieces, signed.
    fn change(&self) -> Result<i64, Misread> {
        if !self.counts_pieces() {
            return Err(if matches!(self.unit.as_str(), "元" | "元整") { Misread::WrongUnit } else { Misread::NotNumber });
        }
        if self.fraction.len() > self.power {
            return Err(Misread::Fraction);
        }
        let value = self.scaled(0)?;
        if value.abs() > MAX_COUNT { Err(Misread::TooLarge) } else { Ok(value) }
    }

    /// An amount, shown in the printed unit where there is one. 万 and 亿 with nothing behind them are 万元 and 亿元.
    fn money(&self, printed: Option<MoneyUnit>) -> Result<Money, Misread> {
        let typed = match self.unit.as_str() {
            "元" | "元整" => Some(MoneyUnit::Yuan),
            "" if self.power > 0 => Some(MoneyUnit::Yuan),
            "" if self.is_spelt_out => None,
            "" if self.is_zero() => printed.or(Some(MoneyUnit::Yuan)),
            "" => printed,
            _ => return Err(Misread::NotNumber),
        };
        let unit = typed.ok_or(Misread::UnitMissing)?;
        if self.fraction.len() > unit.decimals() + self.power {
            return Err(Misread::BelowOneFen);
        }
        let shown = printed.unwrap_or(if self.power > 0 { MoneyUnit::Wan } else { unit });
        match self.scaled(unit.decimals())? {
            ..0 => Err(Misread::Negative),
            fen @ 0..=MAX_FEN => Ok(Money { fen, unit: shown }),
            _ => Err(Misread::TooLarge),
        }
    }

    /// Every digit is a zero.
    fn is_zero(&self) -> bool {
        self.whole.bytes().chain(self.fraction.bytes()).all(|digit| digit == b'0')
    }
}
