//! Money in whole 分, so that no figure is ever rounded. 1 元 = 100 分, 1 万元 = 1 000 000 分.

use serde::{Deserialize, Serialize};

/// The unit an amount is typed and shown in.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub enum MoneyUnit {
    /// 元.
    Yuan,
    /// 万元.
    Wan,
}

impl MoneyUnit {
    /// The unit as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Wan => "万元",
        }
    }

    /// Decimal places down to 分.
    pub(super) fn decimals(self) -> usize {
        match self {
            Self::Yuan => 2,
            Self::Wan => 6,
        }
    }
}

/// An amount of money, not negative, in the unit it is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount in 分.
    pub fen: i64,
    /// The unit it is shown in.
    pub unit: MoneyUnit,
}

impl Money {
    /// The bare figure in its own unit, without needless zeros: `875050`, `87.505`.
    pub fn figure(self) -> String {
        let text = decimal(self.fen, self.unit.decimals());
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// The amount in 元 with two decimals, as `gouji show --format json` prints it: `875050.00`.
    pub fn yuan(self) -> String {
        decimal(self.fen, MoneyUnit::Yuan.decimals())
    }

    /// The same amount shown in another unit.
    #[must_use]
    pub fn shown_in(self, unit: MoneyUnit) -> Self {
        Self { unit, ..self }
    }
}

/// `fen` written with `decimals` digits behind the point.
fn decimal(fen: i64, decimals: usize) -> String {
    let digits = format!("{:0>width$}", fen.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    format!("{}{whole}.{fraction}", if fen < 0 { "-" } else { "" })
}
