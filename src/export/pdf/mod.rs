//! The report as a PDF for print and archive (PDF/A-2b): the pages of GB/T 9704-2012, text that can be selected and searched,
//! an outline, fonts cut down to what is used. The same book gives the same bytes.
//!
//! `layout` puts the book on pages, `draw` paints them; `read::pdf` turns the bytes back into text and tables.

mod draw;
mod fonts;
mod glyphs;
mod layout;
mod line;
mod mark;
mod picture;
pub mod preview;
mod table;

use fonts::Style;
pub use fonts::{BOLD, FontFile, Fonts, REGULAR, may_be_embedded};
// OFD has the same pages.
pub(super) use draw::PALE;
pub(super) use fonts::Glyph;
pub(super) use layout::{Laid, WATERMARK_SIZE};
pub(super) use line::Line;
pub(super) use mark::{Bookmark, Drawing, Mark, Sheet};
pub(super) use picture::{Words, hatching, words};

use super::proof;
use super::sheet::{Block, Book};
use super::{ExportError, FileKind};
use crate::read::{self, Page, Stretch};

/// The report as bytes.
///
/// # Errors
/// A character that the embedded fonts do not have, or a cell that no page can take.
pub fn write(book: &Book, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    draw::paint(book, &laid_out(book, fonts)?, fonts)
}

/// The pages, once it is sure that all of the book can be drawn.
pub(super) fn laid_out(book: &Book, fonts: &Fonts) -> Result<Laid, ExportError> {
    proof::no_hidden_signs(FileKind::Pdf, book)?;
    no_chapter_is_endless(book)?;
    every_sign_has_a_glyph(book, fonts)?;
    layout::lay_out(book, fonts)
}

/// Most signs of a chapter, or of a table, that are put on pages: some hundreds of pages, and a second's work.
const MAX_SIGNS: usize = 500_000;

/// Nobody waits for a chapter that no printer would print.
fn no_chapter_is_endless(book: &Book) -> Result<(), ExportError> {
    let (mut at, mut num_signs) = (String::new(), 0);
    proof::each_text(book, |place, text| {
        let place = place();
        num_signs = if place == at { num_signs } else { 0 } + text.chars().count();
        at.clone_from(&place);
        if num_signs <= MAX_SIGNS {
            return Ok(());
        }
        let why = format!("太长，一章最多放 {} 万字，请删短或者改用 Word", MAX_SIGNS / 10_000);
        Err(ExportError::Write { kind: FileKind::Pdf, why, sheet: place })
    })
}

/// What the fonts cannot draw is refused by name, never printed as an empty box.
fn every_sign_has_a_glyph(book: &Book, fonts: &Fonts) -> Result<(), ExportError> {
    let kind = FileKind::Pdf;
    if !fonts.is_whole() {
        return Err(ExportError::Write { kind, why: "程序自带的字体读不出来".to_owned(), sheet: String::new() });
    }
    proof::each_text(book, |place, text| {
        let shown = fonts::shown(text);
        match shown.chars().find(|&c| c != '\n' && fonts.glyph(Style::Body, c).is_none()) {
            None => Ok(()),
            Some(c) => {
                Err(ExportError::Sign { kind, place: place(), sign: format!("“{c}”（U+{:04X}）", u32::from(c)), is_hidden: false })
            }
        }
    })
}

/// The bytes say what the book says.
///
/// # Errors
/// The first cell or stretch of text that differs.
pub fn verify(bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    same_on_paper(if book.screens.is_empty() { read::pdf::page(bytes) } else { read::pdf::illustrated(bytes) }, book)
}

/// The pages that were read back say what the book says.
pub(super) fn same_on_paper(page: Result<Page, String>, book: &Book) -> Result<(), ExportError> {
    let kind = FileKind::Pdf;
    let found = proof::read_back(kind, page)?;
    let edges: Vec<String> = found.edges.iter().map(|edge| bare(edge)).collect();
    proof::compare(kind, book, &joined(proof::expected(book, |_: &Block| true)), &joined(found.stretches()))?;
    (1..).zip(&edges).try_for_each(|(number, edge)| edge_is_whole(book, number, edge))
}

/// The page says which copy it belongs to, its number, and whether it is a draft.
fn edge_is_whole(book: &Book, number: usize, edge: &str) -> Result<(), ExportError> {
    let is_draft = book.is_marked_draft();
    let missing = [format!("— {number} —"), book.mark()].into_iter().find(|words| !edge.contains(&bare(words)));
    let wanted = missing
        .or((edge.contains(mark::WATERMARK) != is_draft).then(|| format!("{}{}", if is_draft { "" } else { "没有" }, mark::WATERMARK)));
    let Some(expected) = wanted else { return Ok(()) };
    let (cell, sheet) = (format!("第 {number} 页边上"), String::new());
    Err(ExportError::Differs { kind: FileKind::Pdf, sheet, cell, expected, found: edge.to_owned() })
}

/// On paper nothing tells where a paragraph ends or a line was broken: text between two tables is one stretch, and in
/// cells and text white space does not count.
fn joined(pieces: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Stretch::Text(all)), Stretch::Text(text)) => all.push_str(&bare(&text)),
            (_, Stretch::Text(text)) => joined.push(Stretch::Text(bare(&text))),
            (_, Stretch::Table(grid)) => joined.push(Stretch::Table(grid.map(bare))),
        }
    }
    joined
}

/// What of a text leaves a trace on paper.
fn bare(text: &str) -> String {
    fonts::shown(text).chars().filter(|c| !c.is_whitespace()).collect()
}
