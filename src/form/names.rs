//! Names of cells and lines, put together from the printed heads around them.

use super::table::Table;

/// The number a head begins with: `三、` gives `三`, `（三）不予公开` gives `（三）`, anything else itself.
fn numbering(text: &str) -> &str {
    if let Some((number, _)) = text.split_once('、') {
        return number;
    }
    match text.find('）') {
        Some(end) if text.starts_with('（') => text.get(..end + '）'.len_utf8()).unwrap_or(text),
        _ => text,
    }
}

/// A row in short: the numbers of its groups and its own words, `三（三）1.属于国家秘密`.
pub(super) fn line(table: &Table, row: usize) -> String {
    let heads = table.row_heads(row, table.num_cols());
    let Some((own, groups)) = heads.split_last() else { return String::new() };
    groups.iter().map(|head| numbering(&head.text)).chain([&*own.text]).collect()
}

/// A column by its nearest head: `自然人`.
pub(super) fn column(table: &Table, row: usize, col: usize) -> String {
    table.column_heads(row, col).last().map_or_else(String::new, |head| head.text.to_string())
}

/// The short name of a cell and its full path of heads.
pub(super) fn cell(table: &Table, (row, col): (usize, usize), in_line: bool) -> (String, String) {
    let rows = table.row_heads(row, col);
    let columns = table.column_heads(row, col);
    let words = columns.iter().chain(&rows).map(|head| &*head.text);
    let path = [&*table.name].into_iter().chain(words).collect::<Vec<_>>().join(" › ");
    let label = match (in_line, rows.is_empty()) {
        (true, _) => format!("{} {} {}", table.name, column(table, row, col), line(table, row)),
        (false, false) => format!("{} {} {}", table.name, line(table, row), column(table, row, col)),
        (false, true) => format!("{} {}", table.name, columns.iter().map(|head| &*head.text).collect::<Vec<_>>().join(" ")),
    };
    (label, path)
}
