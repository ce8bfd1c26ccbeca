//! What a formula of a workbook computes with, read from its text: the proof's own way to see a formula, none of the writer's.

use crate::export::sheet::At;

/// A formula with `#` for each list of cells, `IF(COUNT(#)<8,…`, and the cells of each list in order of place.
pub type Refers = (String, Vec<Vec<At>>);

/// Takes a formula apart. Cells are written `$D$6` or `$D$6:$I$6`; what stands in quotes is no cell.
pub fn refers(formula: &str) -> Refers {
    let (mut shape, mut lists) = (String::new(), Vec::new());
    let mut rest = formula;
    while let Some(sign) = rest.chars().next() {
        if let Some((cells, after)) = list(rest) {
            shape.push('#');
            lists.push(cells);
            rest = after;
        } else if sign == '"' {
            let end = rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |end| end + 2);
            let (quoted, after) = rest.split_at(end);
            shape.push_str(quoted);
            rest = after;
        } else {
            shape.push(sign);
            rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        }
    }
    (shape, lists)
}

/// A list of cells and ranges between commas, and what follows it.
fn list(text: &str) -> Option<(Vec<At>, &str)> {
    let (mut cells, mut rest) = range(text)?;
    while let Some((more, after)) = rest.strip_prefix(',').and_then(range) {
        cells.extend(more);
        rest = after;
    }
    cells.sort_unstable();
    Some((cells, rest))
}

/// One cell, or all cells from one to another.
fn range(text: &str) -> Option<(Vec<At>, &str)> {
    let (first, rest) = cell(text)?;
    let (last, rest) = rest.strip_prefix(':').and_then(cell).unwrap_or((first, rest));
    let row = |row: usize| (first.1..=last.1).map(move |col| (row, col));
    Some(((first.0..=last.0).flat_map(row).collect(), rest))
}

/// `$D$6` is the cell in row 5 and column 3, both counted from 0.
fn cell(text: &str) -> Option<(At, &str)> {
    let text = text.strip_prefix('$')?;
    let (letters, rest) = text.split_at(text.find(|c: char| !c.is_ascii_uppercase())?);
    let rest = rest.strip_prefix('$')?;
    let (digits, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let worth = |col: usize, letter: u8| col.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1);
    let col = letters.bytes().try_fold(0, worth)?.checked_sub(1)?;
    Some(((digits.parse::<usize>().ok()?.checked_sub(1)?, col), rest))
}
