//! A table of a web page, as the clipboard carries it beside plain text. Plain text loses which cells are merged, so that
//! figures behind a merged head move to the left; here merges are laid out again.

use scraper::{ElementRef, Html, Selector};

/// Longest text read, in bytes; table 三 copied from Excel has some 100 000.
const MAX_BYTES: usize = 4_000_000;

/// Deepest nesting read: far more than any page has.
const MAX_DEPTH: usize = 400;

/// Most rows, columns and merged slots of a table.
const MAX_ROWS: usize = 1_000;
const MAX_COLS: usize = 100;

/// The table in a piece of HTML as tabbed text: a merged cell's words stand in its first slot, the others are empty. `None`
/// where there is no table, where no cell is merged (then the plain text is as good), or where it is too large to be one of
/// ours.
pub fn table_text(html: &str) -> Option<String> {
    if html.len() > MAX_BYTES || nesting(html) > MAX_DEPTH {
        return None;
    }
    let page = Html::parse_document(html);
    let [tables, rows, cells] = ["table", "tr", "td, th"].map(|what| Selector::parse(what).ok());
    let (tables, rows, cells) = (tables?, rows?, cells?);
    let table = page.select(&tables).next()?;
    let mut grid: Vec<Vec<Option<String>>> = Vec::new();
    let mut has_merges = false;
    for (row, line) in table.select(&rows).filter(|line| is_own(*line, table)).take(MAX_ROWS).enumerate() {
        let mut col = 0;
        for cell in line.select(&cells).filter(|cell| is_own(*cell, table)) {
            while slot(&mut grid, row, col)?.is_some() {
                col += 1;
            }
            let [across, down] = ["colspan", "rowspan"].map(|name| span(cell, name));
            has_merges |= across > 1 || down > 1;
            for (r, c) in (0..down.min(MAX_ROWS - row)).flat_map(|r| (0..across).map(move |c| (r, c))) {
                let words = if (r, c) == (0, 0) { words(cell) } else { String::new() };
                *slot(&mut grid, row + r, col + c)? = Some(words);
            }
            col += across;
        }
    }
    let line = |row: Vec<Option<String>>| row.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join("\t");
    has_merges.then(|| grid.into_iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The place in the grid, made where it is not there yet; none beyond what a table may have.
fn slot(grid: &mut Vec<Vec<Option<String>>>, row: usize, col: usize) -> Option<&mut Option<String>> {
    if row >= MAX_ROWS || col >= MAX_COLS {
        return None;
    }
    if grid.len() <= row {
        grid.resize(row + 1, Vec::new());
    }
    let line = grid.get_mut(row)?;
    if line.len() <= col {
        line.resize(col + 1, None);
    }
    line.get_mut(col)
}

/// Not of a table inside this table's cells.
fn is_own(element: ElementRef<'_>, table: ElementRef<'_>) -> bool {
    let around = element.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == "table");
    around.is_some_and(|around| around.id() == table.id())
}

fn span(cell: ElementRef<'_>, name: &str) -> usize {
    cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_COLS)
}

/// The words of a cell on one line.
fn words(cell: ElementRef<'_>) -> String {
    let text: String = cell.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many elements can be open inside each other: the parser recurses, so this is known before it runs.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = html.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(rest) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The element never has an end tag, or is usually left without one.
fn is_void(tag: &[u8]) -> bool {
    const NAMES: [&str; 12] = ["br", "col", "hr", "img", "input", "link", "meta", "td", "th", "tr", "p", "li"];
    let name: Vec<u8> = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    NAMES.iter().any(|void| void.as_bytes() == name)
}
