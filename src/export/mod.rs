//! A draft as a file to hand on. Returns bytes, touches no disk and reads no clock.
//!
//! `report` lays the draft out as a neutral book: sheets, and the flow of the printed report. A writer for each kind (`xlsx`,
//! `docx`, `pdf`, `html`) prints the book and reads its own bytes back; only a file that says what the book says is handed out.

mod against;
mod consolidated;
mod container;
mod copy;
pub mod docx;
mod edition;
mod error;
mod file_name;
mod flow;
mod graphs;
pub mod html;
mod markup;
pub mod ofd;
mod paper;
pub mod pdf;
pub mod proof;
mod prose;
mod report;
mod results;
pub mod sheet;
mod summary;
mod table;
pub mod trend;
mod words;
pub mod xlsx;

pub use crate::read::{FileKind, endings};
pub use consolidated::{Consolidated, UnitRow, consolidated, letter};
pub use copy::{Compared, against_copy};
pub use error::ExportError;
pub use file_name::file_name;
pub use graphs::Indicator;
pub use pdf::Fonts;
pub use pdf::preview::{Preview, Words, pages};
pub use report::book;
pub use summary::summary;
use xlsx::spot::name as cell_name;

use sheet::Book;
pub use sheet::Edition;

/// The book as a file of this kind, read back and found to say what the book says. The fonts are for PDF and OFD, which embed them.
///
/// # Errors
/// The file could not be made, or says something else than the book.
pub fn file(kind: FileKind, book: &Book, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let bytes = write(kind, book, fonts)?;
    verify(kind, &bytes, book)?;
    Ok(bytes)
}

/// The book as bytes, not yet read back.
///
/// # Errors
/// The file could not be made.
pub fn write(kind: FileKind, book: &Book, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    if kind != FileKind::Pdf && !book.screens.is_empty() {
        return Err(ExportError::Write { kind, why: "里面有界面图，只能存成 PDF".to_owned(), sheet: String::new() });
    }
    match kind {
        FileKind::Xlsx => xlsx::write(book),
        FileKind::Docx => docx::write(book),
        FileKind::Html => html::page(book).map(String::into_bytes),
        FileKind::Fragment => html::fragment(book).map(String::into_bytes),
        FileKind::Pdf => pdf::write(book, fonts),
        FileKind::Ofd => ofd::write(book, fonts),
    }
}

/// The bytes say what the book says.
///
/// # Errors
/// The first cell or paragraph that differs, or why the bytes cannot be read.
pub fn verify(kind: FileKind, bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    match kind {
        FileKind::Xlsx => xlsx::verify(bytes, book),
        FileKind::Docx => docx::verify(bytes, book),
        FileKind::Html | FileKind::Fragment => html::verify(kind, bytes, book),
        FileKind::Pdf => pdf::verify(bytes, book),
        FileKind::Ofd => ofd::verify(bytes, book),
    }
}
