//! The report as a Word document after GB/T 9704-2012, fit to go on working with in Word, WPS and `LibreOffice`.
//!
//! Fonts are named, with others to stand in, never embedded. Everything has a named style, so that an office changes a look in
//! one place. The same book gives the same bytes.

mod body;
mod parts;
mod table;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::proof;
use super::sheet::Book;
use super::{ExportError, FileKind};
use crate::read::{self, Page, Stretch};

/// The document as bytes.
///
/// # Errors
/// A sign that Word files cannot hold.
pub fn write(book: &Book) -> Result<Vec<u8>, ExportError> {
    proof::no_hidden_signs(FileKind::Docx, book)?;
    let mut parts = parts::fixed(book);
    parts.push(("word/document.xml", body::document(book)));
    pack(&parts).map_err(|err| ExportError::Write { kind: FileKind::Docx, why: err.to_string(), sheet: String::new() })
}

/// The parts in their container. Its dates are all the same, whatever the clock says.
fn pack(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The bytes say what the book says.
///
/// # Errors
/// The first paragraph or cell that differs.
pub fn verify(bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    let kind = FileKind::Docx;
    let read = |part: &str| proof::read_back(kind, read::docx::part(bytes, part)).map(Page::stretches);
    proof::compare(kind, book, &proof::expected(book, |_| true), &read("document")?)?;
    let edge = ["— 1 —".to_owned(), book.mark()].map(Stretch::Text);
    FOOTERS.into_iter().try_for_each(|footer| proof::compare(kind, book, &edge, &read(footer)?))
}

/// The parts at the lower edge of odd and of even pages.
const FOOTERS: [&str; 2] = ["footer1", "footer2"];

/// Text as data, in elements and quoted attributes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A paragraph in a named style. The hint has quotation marks and dashes drawn in the Chinese font.
fn paragraph(xml: &mut String, style: &str, more: &str, text: &str) {
    _ = write!(xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>");
    if !text.is_empty() {
        let text = escaped(text)
            .replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">")
            .replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        _ = write!(xml, "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    }
    xml.push_str("</w:p>");
}

/// Points as twentieths of a point, which Word counts in.
fn twips(points: f64) -> String {
    format!("{:.0}", points * 20.0)
}
