//! How a wrong figure may have come about, from what was typed and what it should be.

use crate::form::{Form, Slot};
use crate::model::{CellId, Draft, Entry};

/// How a wrong figure comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring digits changed places.
    DigitsSwapped,
    /// A digit too many.
    ExtraDigit,
    /// A digit too few.
    MissingDigit,
    /// One digit is another.
    WrongDigit,
    /// The figure of the cell beside, above or below.
    NeighboursValue,
    /// The figures of two cells changed places.
    CellsSwapped,
    /// The sign is wrong.
    Sign,
    /// None of these.
    Other,
}

impl Slip {
    /// In the clerk's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::DigitsSwapped => "相邻两位数字写反",
            Self::ExtraDigit => "多写一位数字",
            Self::MissingDigit => "漏写一位数字",
            Self::WrongDigit => "一位数字写错",
            Self::NeighboursValue => "写成了旁边一格的数",
            Self::CellsSwapped => "两格的数填反",
            Self::Sign => "正负号写反",
            Self::Other => "数字写错",
        }
    }

    /// Stable name for JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitsSwapped => "digits_swapped",
            Self::ExtraDigit => "extra_digit",
            Self::MissingDigit => "missing_digit",
            Self::WrongDigit => "wrong_digit",
            Self::NeighboursValue => "neighbours_value",
            Self::CellsSwapped => "cells_swapped",
            Self::Sign => "sign",
            Self::Other => "other",
        }
    }
}

/// How the cell's figure may have become wrong, the likeliest first.
pub(super) fn slip(form: &Form, draft: &Draft, cell: CellId, should_be: &Entry) -> Slip {
    let (Some(typed), Some(right)) = (draft.entry(cell).value(), should_be.value()) else { return Slip::Other };
    let (typed_digits, right_digits) = (typed.to_string(), right.to_string());
    let (typed_digits, right_digits) = (typed_digits.as_bytes(), right_digits.as_bytes());
    if typed == -right {
        Slip::Sign
    } else if is_swapped(typed_digits, right_digits) {
        Slip::DigitsSwapped
    } else if typed != 0 && has_one_more(typed_digits, right_digits) {
        Slip::ExtraDigit
    } else if right != 0 && has_one_more(right_digits, typed_digits) {
        Slip::MissingDigit
    } else if typed != 0 && neighbours(form, cell).any(|neighbour| draft.entry(neighbour).value() == Some(typed)) {
        Slip::NeighboursValue
    } else if typed_digits.len() == right_digits.len() && num_different(typed_digits, right_digits) == 1 {
        Slip::WrongDigit
    } else {
        Slip::Other
    }
}

/// The same digits but for two neighbours changed round.
fn is_swapped(a: &[u8], b: &[u8]) -> bool {
    let at = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    match (a.get(at..), b.get(at..)) {
        (Some([first, second, rest @ ..]), Some([third, fourth, end @ ..])) => first == fourth && second == third && rest == end,
        _ => false,
    }
}

/// `long` with one digit taken out is `short`.
fn has_one_more(long: &[u8], short: &[u8]) -> bool {
    let at = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long.get(at + 1..) == short.get(at..)
}

fn num_different(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// The cells beside, above and below.
fn neighbours(form: &Form, cell: CellId) -> impl Iterator<Item = CellId> {
    let spec = form.cell(cell);
    let (row, col) = spec.at;
    let beside =
        [(row.checked_sub(1), Some(col)), (Some(row + 1), Some(col)), (Some(row), col.checked_sub(1)), (Some(row), Some(col + spec.cols))];
    let table = form.tables.get(spec.table);
    beside.into_iter().filter_map(move |(row, col)| match table?.slot(row?, col?)? {
        Slot::Cell(cell) => Some(cell),
        Slot::Head(_) => None,
    })
}
