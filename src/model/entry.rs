//! What stands in one cell. Reading never fails: text that is no number is kept, with the reason.

use serde::Deserialize;

use super::money::{Money, MoneyUnit};
use super::number::{Misread, Typed};

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
    /// Text that the cell cannot hold, kept as typed.
    Unread {
        /// The text as typed.
        text: Box<str>,
        /// Why it could not be read.
        why: Misread,
    },
}

/// Largest amount taken, in 分: ten thousand 亿元.
const MAX_FEN: i64 = 100_000_000_000_000;

impl Entry {
    /// Reads what was typed into a cell of this kind. `Entry::read(kind, &entry.text())` gives the entry back.
    pub fn read(kind: Kind, text: &str) -> Self {
        let entry = Typed::read(text).and_then(|typed| match typed {
            None => Ok(Self::Blank),
            Some(typed) => match kind {
                Kind::Count => typed.count().map(Self::Whole),
                Kind::Change => typed.change().map(Self::Whole),
                Kind::Money(unit) => typed.money(unit).map(Self::Money),
            },
        });
        entry.unwrap_or_else(|why| Self::Unread { text: text.trim().into(), why })
    }

    /// The text as it stands in the draft file: complete in itself, money with its unit.
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Whole(value) => value.to_string(),
            Self::Money(money) => format!("{}{}", money.figure(), money.unit.name()),
            Self::Unread { text, .. } => text.to_string(),
        }
    }

    /// The text as it is shown in a cell of this kind: without the unit where the head prints it.
    pub fn shown(&self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Money(money), Kind::Money(Some(_))) => money.figure(),
            _ => self.text(),
        }
    }

    /// The figure the rules reckon with: pieces, or 分. `None` when blank or not a number.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Whole(value) => Some(*value),
            Self::Money(money) => Some(money.fen),
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
            Misread::Negative => vec![text.trim_start_matches(['-', '−', '－']).to_owned()],
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

impl Typed {
    /// A whole number of pieces, not negative.
    fn count(&self) -> Result<i64, Misread> {
        let value = self.change()?;
        match value {
            ..0 => Err(Misread::Negative),
            0..=0xFFFF_FFFF => Ok(value),
            _ => Err(Misread::TooLarge),
        }
    }

    /// A whole number of pieces, signed.
    fn change(&self) -> Result<i64, Misread> {
        if !matches!(self.unit.as_str(), "" | "件" | "项") {
            return Err(if matches!(self.unit.as_str(), "元" | "万元") { Misread::WrongUnit } else { Misread::NotNumber });
        }
        if !self.fraction.is_empty() {
            return Err(Misread::Fraction);
        }
        let value = self.scaled(0)?;
        if value.unsigned_abs() > 0xFFFF_FFFF { Err(Misread::TooLarge) } else { Ok(value) }
    }

    /// An amount, shown in the printed unit where there is one.
    fn money(&self, printed: Option<MoneyUnit>) -> Result<Money, Misread> {
        let typed = match self.unit.as_str() {
            "元" => Some(MoneyUnit::Yuan),
            "万元" | "万" => Some(MoneyUnit::Wan),
            "" if self.is_zero() => printed.or(Some(MoneyUnit::Yuan)),
            "" => printed,
            _ => return Err(Misread::NotNumber),
        };
        let unit = typed.ok_or(Misread::UnitMissing)?;
        if self.fraction.len() > unit.decimals() {
            return Err(Misread::BelowOneFen);
        }
        let fen = self.scaled(unit.decimals())?;
        match fen {
            ..0 => Err(Misread::Negative),
            0..=MAX_FEN => Ok(Money { fen, unit }.shown_in(printed.unwrap_or(unit))),
            _ => Err(Misread::TooLarge),
        }
    }

    /// Every digit is a zero.
    fn is_zero(&self) -> bool {
        self.whole.bytes().chain(self.fraction.bytes()).all(|digit| digit == b'0')
    }
}
