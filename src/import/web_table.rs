//! A table of a web page, as the clipboard carries it beside plain text. Plain text loses which cells are merged, so that
//! figures behind a merged head move to the left; here merges are laid out again.

use super::block::{COVERED, is_figure, split};
use crate::read::{Grid, html};

/// Longest text read, in bytes; table 三 copied from Excel has some 100 000.
const MAX_BYTES: usize = 4_000_000;

/// Most rows and columns of a table of ours.
const MAX_SIZE: (usize, usize) = (1_000, 100);

/// The first table in a piece of HTML as tabbed text: a merged cell's words stand in its first slot, the others are empty.
/// `None` where there is no table, where no cell is merged (then the plain text is as good), or where it is too large to be one
/// of ours.
pub fn table_text(html: &str) -> Option<String> {
    if html.len() > MAX_BYTES {
        return None;
    }
    let page = html::piece(html);
    let grid = page.tables().next()?;
    let (rows, cols) = grid.size();
    let is_too_large = grid.is_cut() || rows > MAX_SIZE.0 || cols > MAX_SIZE.1;
    let has_merges = grid.cells().any(|cell| cell.span != (1, 1));
    (has_merges && !is_too_large).then(|| (0..rows).map(|row| line(grid, row)).collect::<Vec<_>>().join("\n"))
}

/// [`table_text`], as far as it shows what the plain text beside it shows. `None` where it has other words: something in it is
/// hidden, struck out or put in by the program, and the plain text is what was seen.
pub fn table_beside(html: &str, plain: &str) -> Option<String> {
    let (table, plain) = (split(&table_text(html)?), split(plain));
    let without_space = |field: &String| field.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let is_word = |field: &String| !field.is_empty() && field != COVERED;
    let words = |lines: &[Vec<String>]| lines.iter().flatten().map(without_space).filter(is_word).collect::<Vec<_>>();
    // Excel and Word end a table with a row that nobody sees.
    let shown = table.get(..table.len().min(plain.len()))?;
    let is_same = words(&table) == words(&plain) && words(shown) == words(&plain);
    is_same.then(|| shown.iter().map(|line| line.join("\t")).collect::<Vec<_>>().join("\n"))
}

/// A row as far as cells reach.
fn line(grid: &Grid, row: usize) -> String {
    let cols = grid.slots().filter(|slot| slot.0 == row).map(|slot| slot.1 + 1).max().unwrap_or(0);
    let words = |col: usize| match grid.cell((row, col)) {
        Some(cell) if cell.at == (row, col) => on_one_line(cell.words),
        // What a merged figure covers is no blank that would empty a cell; below a merged label is room for nothing anyway.
        Some(cell) if is_figure(cell.words.trim()) => COVERED.to_owned(),
        _ => String::new(),
    };
    (0..cols).map(words).collect::<Vec<_>>().join("\t")
}

/// The words of a cell on one line; the full-width space is a sign of its own.
fn on_one_line(words: &str) -> String {
    let is_space = |c: char| c.is_whitespace() && c != '\u{3000}';
    words.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
