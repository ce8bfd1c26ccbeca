//! Where things stand in the workbook and the formulas between them.

use crate::export::sheet::{At, Feed, Sheet};

/// What the running check says.
pub const EVEN: &str = "相符";
/// What the running check says when the two sides differ.
pub const UNEVEN: &str = "不符";
/// What the running check says while a cell holds no figure.
pub const OPEN: &str = "待填";

/// The worksheet row of the grid's first row: the title stands above.
pub fn first_row(sheet: &Sheet) -> usize {
    usize::from(!sheet.title.is_empty())
}

/// The worksheet row where the running check of a balance begins: below the print area, two rows each.
pub fn check_row(sheet: &Sheet, balance: usize) -> usize {
    first_row(sheet) + sheet.num_rows + 1 + 2 * balance
}

/// The worksheet column of a balance's line: that of its first summand.
pub fn check_col(left: &[At]) -> usize {
    left.first().map_or(0, |at| at.1)
}

/// A worksheet cell as spreadsheets name it: `D6`.
pub fn name((row, col): At) -> String {
    format!("{}{}", letters(col), row + 1)
}

/// A grid slot in formulas of other sheets: `$D$6`.
pub fn fixed(sheet: &Sheet, (row, col): At) -> String {
    format!("${}${}", letters(col), first_row(sheet) + row + 1)
}

/// `=SUM(D6:I6)`.
pub fn sum(sheet: &Sheet, summands: &[At]) -> String {
    format!("=SUM({})", runs(sheet, summands))
}

/// `=IF(COUNT('各单位'!$D$3:$D$47)<45,"",SUM('各单位'!$D$3:$D$47))`.
pub fn fed(feed: &Feed) -> String {
    let corner = |(row, col): At| format!("${}${}", letters(col), row + 1);
    let cells = format!("'{}'!{}:{}", feed.sheet.replace('\'', "''"), corner(feed.from), corner(feed.to));
    format!("=IF(COUNT({cells})<{},\"\",SUM({cells}))", feed.num())
}

/// Left side less right side, or words while a cell is open.
pub fn difference(sheet: &Sheet, line: &(Vec<At>, Vec<At>)) -> String {
    format!("=IF({},\"{OPEN}\",{})", is_open(sheet, line), minus(sheet, line))
}

/// Whether the sides are even, in words.
pub fn verdict(sheet: &Sheet, line: &(Vec<At>, Vec<At>)) -> String {
    format!("=IF({},\"{OPEN}\",IF({}=0,\"{EVEN}\",\"{UNEVEN}\"))", is_open(sheet, line), minus(sheet, line))
}

/// Whether the sides are known to differ, for a conditional format.
pub fn is_uneven(sheet: &Sheet, line: &(Vec<At>, Vec<At>)) -> String {
    format!("=IF({},FALSE,{}<>0)", is_open(sheet, line), minus(sheet, line))
}

fn minus(sheet: &Sheet, (left, right): &(Vec<At>, Vec<At>)) -> String {
    format!("SUM({})-SUM({})", runs(sheet, left), runs(sheet, right))
}

fn is_open(sheet: &Sheet, (left, right): &(Vec<At>, Vec<At>)) -> String {
    format!("COUNT({},{})<{}", runs(sheet, left), runs(sheet, right), left.len() + right.len())
}

/// The slots as ranges, `$D$6:$I$6,$D$9`; neighbours in a row or a column go together.
pub fn runs(sheet: &Sheet, slots: &[At]) -> String {
    let mut runs: Vec<(At, At)> = Vec::new();
    for &(row, col) in slots {
        match runs.last_mut() {
            Some((start, end)) if start.0 == row && *end == (row, col.wrapping_sub(1)) => *end = (row, col),
            Some((start, end)) if start.1 == col && *end == (row.wrapping_sub(1), col) => *end = (row, col),
            _ => runs.push(((row, col), (row, col))),
        }
    }
    let text =
        |(start, end): (At, At)| if start == end { fixed(sheet, start) } else { format!("{}:{}", fixed(sheet, start), fixed(sheet, end)) };
    runs.into_iter().map(text).collect::<Vec<_>>().join(",")
}

/// A column's letters: 0 is A, 26 is AA.
fn letters(col: usize) -> String {
    let last = u32::try_from(col % 26).ok().and_then(|place| char::from_u32(u32::from('A') + place)).unwrap_or('A');
    match col / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}
