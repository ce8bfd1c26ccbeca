//! The proof of a printed file: what its bytes say, read back as text and tables, against what the book says.
//!
//! A reader of each kind turns bytes into [`Piece`]s; [`expected`] turns the book into the same; [`compare`] names the first
//! difference.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::sheet::{At, Block, Book, Sheet};
use super::{ExportError, FileKind, cell_name};

/// A stretch of what stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A title, a heading or a paragraph.
    Text(String),
    /// A table.
    Table(Grid),
}

/// A table with its merges expanded: each slot has the first slot of the cell that covers it, and that cell's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    slots: BTreeMap<At, (At, String)>,
}

impl Grid {
    /// Puts a cell over its slots.
    pub fn put(&mut self, at: At, (rows, cols): (usize, usize), words: &str) {
        for row in at.0..at.0 + rows {
            for col in at.1..at.1 + cols {
                self.slots.insert((row, col), (at, words.to_owned()));
            }
        }
    }

    /// The same cells with other words.
    #[must_use]
    pub fn map(self, words: impl Fn(&str) -> String) -> Self {
        Self { slots: self.slots.into_iter().map(|(at, (first, text))| (at, (first, words(&text)))).collect() }
    }

    /// A cell covers the slot.
    pub fn is_taken(&self, at: At) -> bool {
        self.slots.contains_key(&at)
    }
}

/// What the file must say, leaving out the blocks that do not go into this kind.
pub fn expected(book: &Book, goes_in: impl Fn(&Block) -> bool) -> Vec<Piece> {
    let piece = |block: &Block| match block {
        Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Sign(text) | Block::Closing(text) => {
            Some(Piece::Text(text.clone()))
        }
        Block::Table(place) => book.sheets.get(*place).map(|sheet| Piece::Table(grid(sheet))),
    };
    book.flow.iter().filter(|block| goes_in(block)).filter_map(piece).collect()
}

/// The sheet's cells with the words that are printed in them.
fn grid(sheet: &Sheet) -> Grid {
    let mut grid = Grid::default();
    for item in &sheet.items {
        grid.put(item.at, item.span, &item.content.words());
    }
    grid
}

/// The pieces read are the pieces expected.
///
/// # Errors
/// The first cell or paragraph that differs.
pub fn compare(kind: FileKind, book: &Book, expected: &[Piece], found: &[Piece]) -> Result<(), ExportError> {
    let mut tables = book.flow.iter().filter_map(|block| match block {
        Block::Table(place) => book.sheets.get(*place).map(|sheet| sheet.name.as_str()),
        _ => None,
    });
    let differs = |sheet: &str, cell: String, expected: &str, found: &str| {
        Err(ExportError::Differs { kind, sheet: sheet.to_owned(), cell, expected: clip(expected), found: clip(found) })
    };
    for place in 0..expected.len().max(found.len()) {
        let name = match expected.get(place) {
            Some(Piece::Table(_)) => tables.next().unwrap_or_default(),
            _ => "文字",
        };
        let part = || format!("第 {} 段", place + 1);
        match (expected.get(place), found.get(place)) {
            (Some(wanted), Some(got)) if wanted == got => {}
            (Some(Piece::Table(wanted)), Some(Piece::Table(got))) => {
                let Some((at, wanted, got)) = first_difference(wanted, got) else { continue };
                return differs(name, cell_name(at), &slot_words(wanted), &slot_words(got));
            }
            (Some(Piece::Text(wanted)), Some(Piece::Text(got))) => {
                return differs(name, part(), after_common(wanted, got), after_common(got, wanted));
            }
            (wanted, got) => return differs(name, part(), &piece_words(wanted), &piece_words(got)),
        }
    }
    Ok(())
}

type Slot<'a> = Option<&'a (At, String)>;

fn first_difference<'a>(wanted: &'a Grid, got: &'a Grid) -> Option<(At, Slot<'a>, Slot<'a>)> {
    let slots = wanted.slots.keys().chain(got.slots.keys());
    let at = slots.filter(|at| wanted.slots.get(at) != got.slots.get(at)).min()?;
    Some((*at, wanted.slots.get(at), got.slots.get(at)))
}

fn slot_words(slot: Slot<'_>) -> String {
    match slot {
        None => "没有这一格".to_owned(),
        Some((at, words)) => format!("{words}（{}）", cell_name(*at)),
    }
}

fn piece_words(piece: Option<&Piece>) -> Cow<'_, str> {
    match piece {
        None => "没有".into(),
        Some(Piece::Text(text)) => text.into(),
        Some(Piece::Table(grid)) => format!("表格，{} 格", grid.slots.len()).into(),
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
        }
    }
    Ok(())
}
