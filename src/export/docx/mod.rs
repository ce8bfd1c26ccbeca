//! The report as a Word document after GB/T 9704-2012, fit to go on working with in Word, WPS and `LibreOffice`.
//!
//! Fonts are named, with others to stand in, never embedded. Everything has a named style, so that an office changes a look in
//! one place. The same book gives the same bytes.

mod body;
mod chart;
mod parts;
mod run;
mod table;

use super::container;
use super::proof;
use super::sheet::Book;
use super::trend;
use super::{ExportError, FileKind};
use crate::read::{self, Page, Stretch};

/// The document as bytes.
///
/// # Errors
/// A sign that Word files cannot hold.
pub fn write(book: &Book) -> Result<Vec<u8>, ExportError> {
    proof::no_hidden_signs(FileKind::Docx, book)?;
    let failed = |why: String| ExportError::Write { kind: FileKind::Docx, why, sheet: String::new() };
    let mut parts = parts::fixed(book);
    parts.push(("word/document.xml", body::document(book)));
    let mut parts: Vec<(String, Vec<u8>)> = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    parts.extend(chart::parts(book).map_err(failed)?);
    container::pack(&parts).map_err(|err| failed(err.to_string()))
}

/// The bytes say what the book says.
///
/// # Errors
/// The first paragraph or cell that differs.
pub fn verify(bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    let kind = FileKind::Docx;
    let read = |part: &str| proof::read_back(kind, read::docx::part(bytes, part)).map(Page::stretches);
    proof::compare(kind, book, &proof::expected(book, |_| true), &read("document")?)?;
    trend::proof::charts(kind, bytes, "word/charts", book.pictures.iter().map(|figure| &figure.chart))?;
    let edge = ["— 1 —".to_owned(), book.mark()].map(Stretch::Text);
    FOOTERS.into_iter().try_for_each(|footer| proof::compare(kind, book, &edge, &read(footer)?))
}

/// The parts at the lower edge of odd and of even pages.
const FOOTERS: [&str; 2] = ["footer1", "footer2"];
