//! The proof of a printed file: what its bytes say, read back as text and tables, against what the book says.
//!
//! A reader of each kind turns bytes into [`Stretch`]es; [`expected`] turns the book into the same; [`compare`] names the first
//! difference.

use std::borrow::Cow;

use super::sheet::{Block, Book, Sheet};
use super::{ExportError, FileKind, cell_name};
use crate::read::{At, Grid, GridCell, Page, Stretch};

/// What the file must say, leaving out the blocks that do not go into this kind.
pub fn expected(book: &Book, goes_in: impl Fn(&Block) -> bool) -> Vec<Stretch> {
    let piece = |block: &Block| match block {
        Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Sign(text) | Block::Closing(text) => {
            Some(Stretch::Text(text.clone()))
        }
        Block::Table(place) => book.sheets.get(*place).map(|sheet| Stretch::Table(grid(sheet))),
        // It has a paragraph, and no words.
        Block::Picture(_) => Some(Stretch::Text(String::new())),
        Block::Screen(_) => None,
    };
    book.flow.iter().filter(|block| goes_in(block)).filter_map(piece).collect()
}

/// The sheet's cells with the words that are printed in them.
pub(super) fn grid(sheet: &Sheet) -> Grid {
    let mut grid = Grid::default();
    for item in &sheet.items {
        grid.put(item.at, item.span, &item.content.words());
    }
    grid
}

/// What was read, if all of it is understood.
///
/// # Errors
/// It cannot be read, or holds something that we do not write.
pub fn read_back(kind: FileKind, page: Result<Page, String>) -> Result<Page, ExportError> {
    let page = page.and_then(|page| page.strange.clone().map_or(Ok(page), Err));
    page.map_err(|why| ExportError::ReadBack { kind, why, sheet: String::new() })
}

/// The pieces read are the pieces expected.
///
/// # Errors
/// The first cell or paragraph that differs.
pub fn compare(kind: FileKind, book: &Book, expected: &[Stretch], found: &[Stretch]) -> Result<(), ExportError> {
    let mut tables = book.flow.iter().filter_map(|block| match block {
        Block::Table(place) => book.sheets.get(*place).map(|sheet| sheet.name.as_str()),
        _ => None,
    });
    let differs = |sheet: &str, cell: String, expected: &str, found: &str| {
        Err(ExportError::Differs { kind, sheet: sheet.to_owned(), cell, expected: clip(expected), found: clip(found) })
    };
    for place in 0..expected.len().max(found.len()) {
        let name = match expected.get(place) {
            Some(Stretch::Table(_)) => tables.next().unwrap_or_default(),
            _ => "文字",
        };
        let part = || format!("第 {} 段", place + 1);
        match (expected.get(place), found.get(place)) {
            (Some(wanted), Some(got)) if wanted == got => {}
            (Some(Stretch::Table(wanted)), Some(Stretch::Table(got))) => {
                let (at, wanted, got) = first_difference(wanted, got);
                return differs(name, cell_name(at), &slot_words(wanted), &slot_words(got));
            }
            (Some(Stretch::Text(wanted)), Some(Stretch::Text(got))) => {
                return differs(name, part(), after_common(wanted, got), after_common(got, wanted));
            }
            (wanted, got) => return differs(name, part(), &piece_words(wanted), &piece_words(got)),
        }
    }
    Ok(())
}

type Slot<'a> = Option<GridCell<'a>>;

/// Where two tables that differ do so: by what covers a slot, else by what the cells themselves say.
fn first_difference<'a>(wanted: &'a Grid, got: &'a Grid) -> (At, Slot<'a>, Slot<'a>) {
    let slots = || wanted.slots().chain(got.slots());
    let shown = |slot: Slot<'a>| slot.map(|cell| (cell.at, cell.words));
    let differs = slots().filter(|at| shown(wanted.cell(*at)) != shown(got.cell(*at))).min();
    let at = differs.or_else(|| slots().filter(|at| wanted.cell(*at) != got.cell(*at)).min()).unwrap_or_default();
    (at, wanted.cell(at), got.cell(at))
}

fn slot_words(slot: Slot<'_>) -> String {
    match slot {
        None => "没有这一格".to_owned(),
        Some(cell) => format!("{}（{}）", cell.words, cell_name(cell.at)),
    }
}

fn piece_words(piece: Option<&Stretch>) -> Cow<'_, str> {
    match piece {
        None => "没有".into(),
        Some(Stretch::Text(text)) => text.into(),
        Some(Stretch::Table(grid)) => format!("表格，{} 格", grid.slots().count()).into(),
    }
}

/// The text from where it goes another way than the other.
fn after_common<'a>(text: &'a str, other: &str) -> &'a str {
    let same: usize = text.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    text.get(same..).unwrap_or_default()
}

/// As much as fits a message.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

/// No word of the book has a sign that this kind of file cannot hold: XML and HTML have no way to write them.
///
/// # Errors
/// The first such sign, with its chapter or cell.
pub fn no_hidden_signs(kind: FileKind, book: &Book) -> Result<(), ExportError> {
    each_text(book, |place, text| match text.chars().find(|c| is_hidden_sign(*c)) {
        None => Ok(()),
        Some(c) => Err(ExportError::Sign { kind, place: place(), sign: format!("U+{:04X}", u32::from(c)), is_hidden: true }),
    })
}

/// Control characters other than tab and line end, and the two codes that are no characters at all.
fn is_hidden_sign(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n') || c == '\u{fffe}' || c == '\u{ffff}'
}

/// Shows every printed text with a function that says where it stands.
///
/// # Errors
/// The first that the visit returns.
pub fn each_text(book: &Book, mut visit: impl FnMut(&dyn Fn() -> String, &str) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let mut chapter = "单位全称".to_owned();
    visit(&|| "签发人的姓名".to_owned(), &book.mark())?;
    for block in &book.flow {
        match block {
            Block::Table(place) => {
                let Some(sheet) = book.sheets.get(*place) else { continue };
                for item in &sheet.items {
                    visit(&|| format!("“{}”{} 格", sheet.name, cell_name(item.at)), &item.content.words())?;
                }
            }
            Block::Title(text) | Block::Closing(text) | Block::Sign(text) => visit(&|| "单位全称".to_owned(), text)?,
            Block::Heading(level, text) => {
                if *level == 1 {
                    chapter.clone_from(text);
                }
                visit(&|| format!("“{chapter}”"), text)?;
            }
            Block::Paragraph(text) => visit(&|| format!("“{chapter}”"), text)?,
            // Its words are our own, and stand in its table too.
            Block::Picture(_) | Block::Screen(_) => {}
        }
    }
    Ok(())
}
