//! Plain text and Markdown: lines as they stand, with the spaces that keep columns apart, and tables between upright strokes.

use super::{Grid, Leaf, Page, Piece, Stretch, encoding};

/// Most lines; a report has some hundreds, two beside each other a thousand.
const MAX_LINES: usize = 20_000;

/// What stands in the text.
pub fn page(bytes: &[u8]) -> Page {
    of_text(&encoding::text(bytes))
}

/// What stands in a text from the clipboard or a file.
pub fn of_text(text: &str) -> Page {
    let mut page = Page::default();
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut lines = text.lines().map(|line| line.trim_matches(['\u{feff}', '\u{c}', '\r']));
    for line in lines.by_ref().take(MAX_LINES) {
        if let Some(row) = row(line) {
            table.extend(row);
            continue;
        }
        end_table(&mut page, &mut table);
        if !is_page_number(line) {
            page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Text(line.to_owned()) });
        }
    }
    end_table(&mut page, &mut table);
    if lines.next().is_some() {
        page.strange = Some("文本太长，后面的没有读".to_owned());
    }
    page
}

/// The rows that a table's line adds: none for the line of dashes below its head. `None` where it is no line of a table.
fn row(line: &str) -> Option<Vec<Vec<String>>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let fields: Vec<String> = inner.split('|').map(|field| field.trim().to_owned()).collect();
    let is_rule = fields.iter().all(|field| !field.is_empty() && field.chars().all(|c| matches!(c, '-' | ':')));
    // One dash alone is what an office writes for nothing.
    let has_words = !is_rule || fields.iter().all(|field| field.len() < 3);
    Some(if has_words { vec![fields] } else { Vec::new() })
}

fn end_table(page: &mut Page, rows: &mut Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let mut grid = Grid::default();
    for (row, fields) in rows.drain(..).enumerate() {
        for (col, field) in fields.iter().enumerate() {
            grid.put((row, col), (1, 1), field);
        }
    }
    page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Table(grid) });
}

/// `- 3 -`, as it stands at the foot of a page.
pub(super) fn is_page_number(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－');
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = line.trim_matches(is_dash);
    line.starts_with(is_dash) && line.ends_with(is_dash) && !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit())
}
