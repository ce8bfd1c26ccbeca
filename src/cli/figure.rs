//! Figures in JSON: counts as integers, money as text in 元 with two decimals, blank as `null`.

use serde_json::{Value, json};

use crate::model::{Entry, Money, MoneyUnit};
use crate::rules::SideValue;

/// What stands in a cell.
pub(super) fn of_entry(entry: &Entry) -> Value {
    match entry.plain() {
        Entry::Unread { text, .. } => json!({ "invalid": text }),
        Entry::Money(money) => json!(money.yuan()),
        plain => plain.value().map_or(Value::Null, |value| json!(value)),
    }
}

/// The sum on one side of a comparison.
pub(super) fn of_side(side: &SideValue) -> Value {
    side.value.map_or(Value::Null, |value| of_sum(value, side.is_money))
}

/// Left minus right; `null` unless both are known.
pub(super) fn of_difference(left: &SideValue, right: &SideValue) -> Value {
    let difference = left.value.zip(right.value).map(|(left, right)| left - right);
    difference.map_or(Value::Null, |value| of_sum(value, left.is_money || right.is_money))
}

/// A sum of pieces, or of 分.
pub(super) fn of_sum(value: i128, is_money: bool) -> Value {
    match (i64::try_from(value), is_money) {
        (Ok(value), false) => json!(value),
        (Ok(fen), true) => json!(Money { fen, unit: MoneyUnit::Yuan }.yuan()),
        // Cells hold far less; a form of one's own might multiply them beyond.
        (Err(_beyond), _) => json!(value.to_string()),
    }
}
