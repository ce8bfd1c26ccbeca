//! How a wrong figure may have come about, from what was typed and what it should be.

use crate::form::{Form, Slot};
use crate::model::CellId;

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
    /// A row typed one line too low, or too high.
    RowShifted,
    /// A column typed one too far to the right, or to the left.
    ColumnShifted,
    /// A line of totals left at 0.
    TotalsLeft,
    /// Totals left blank.
    TotalsForgotten,
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
            Self::RowShifted => "整行填错了一行",
            Self::ColumnShifted => "整列填错了一列",
            Self::TotalsLeft => "总计都是 0",
            Self::TotalsForgotten => "总计没有填",
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
            Self::RowShifted => "row_shifted",
            Self::ColumnShifted => "column_shifted",
            Self::TotalsLeft => "totals_at_zero",
            Self::TotalsForgotten => "totals_forgotten",
            Self::Other => "other",
        }
    }

    /// Too peculiar to fit by chance.
    pub(super) fn is_clear(self) -> bool {
        matches!(self, Self::DigitsSwapped | Self::CellsSwapped | Self::RowShifted | Self::ColumnShifted)
    }
}

/// How the cell's figure may have become wrong, the likeliest first.
pub(super) fn slip(form: &Form, values: &[Option<i64>], cell: CellId, right: i64) -> Slip {
    let value = |cell: CellId| values.get(cell.index()).copied().flatten();
    let Some(typed) = value(cell) else { return Slip::Other };
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
    } else if typed != 0 && neighbours(form, cell).any(|neighbour| value(neighbour) == Some(typed)) {
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
