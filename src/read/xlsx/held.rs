//! A sheet and what stands in its cells.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::{At, Span};
use crate::model::MoneyUnit;

/// A sheet.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Worksheet {
    /// Name of its tab.
    pub name: String,
    /// What stands in the cells that hold something.
    #[serde(with = "pairs")]
    pub cells: BTreeMap<At, Held>,
    /// Words with a line through them, which do not count.
    #[serde(with = "pairs")]
    pub struck: BTreeMap<At, String>,
    /// Cells that are computed.
    pub formulas: BTreeSet<At>,
    /// Units of money that the format of a cell writes behind its number.
    #[serde(with = "pairs")]
    pub units: BTreeMap<At, MoneyUnit>,
    /// First slot and span of each merge.
    pub merges: Vec<(At, Span)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub enum Held {
    /// A number, typed or computed.
    #[serde(with = "bits")]
    Number(f64),
    /// Words, and everything else as a spreadsheet would show it: dates, percentages, errors.
    Text(String),
    /// A formula that no program has computed yet.
    Uncomputed,
}

impl Held {
    /// The words, a number as a computer writes it; empty for what is not computed.
    pub fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Uncomputed => String::new(),
        }
    }
}

/// Places are no names, as the text between child and program has them: a list of pairs.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::At;

    pub fn serialize<T: Serialize, S: Serializer>(map: &BTreeMap<At, T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub fn deserialize<'d, T: Deserialize<'d>, D: Deserializer<'d>>(deserializer: D) -> Result<BTreeMap<At, T>, D::Error> {
        Ok(Vec::<(At, T)>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// A number, to the last bit.
mod bits {
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(number.to_bits())
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(f64::from_bits(u64::deserialize(deserializer)?))
    }
}
