//! Files of other programs, read as they stand: one neutral [`Page`] whatever the kind. Knows no form and no report; what the
//! words mean is for `import`, whether they are right for the proof of an `export`. Touches no disk.
//!
//! Readers take what they understand and name the rest: bytes that are no such file are an error, something in them that is
//! not understood is [`Page::strange`], so that a proof can refuse it and an import can say it.

pub mod apart;
pub mod docx;
pub mod docx_any;
pub mod encoding;
mod grid;
pub mod html;
mod kind;
pub mod mht;
pub mod pdf;
pub mod pdf_any;
mod pdf_font;
mod pdf_layout;
mod pdf_table;
pub mod source;
pub mod text;
mod weigh;
pub mod xls;
pub mod xlsx;

use serde::{Deserialize, Serialize};

pub use grid::{At, Grid, GridCell, Span};
pub use kind::{FileKind, endings};
pub use source::SourceKind;

/// Largest file that is read, in megabytes.
pub const MAX_MB: u64 = 20;

/// What stands in a file, in reading order: for Word and the web as it is written, for PDF as it is painted, for a workbook
/// sheet by sheet.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Page {
    /// Paragraphs and the tables between them.
    pub pieces: Vec<Piece>,
    /// What each page of a PDF has besides, by page: watermark, repeated heads, number. Empty for other kinds.
    pub edges: Vec<String>,
    /// The title that a web page gives itself, which a browser shows above it; empty for other kinds.
    pub title: String,
    /// The last thing met that this reader does not understand, in words; what stood there may be missing above.
    pub strange: Option<String>,
}

/// A stretch of what stands in a file, and where it begins.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Piece {
    /// Where it begins.
    pub on: Leaf,
    /// What it is.
    pub what: Stretch,
}

/// Where a piece begins, as far as its kind of file tells; its place in [`Page::pieces`] says the rest.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub enum Leaf {
    /// Somewhere in a text that flows: Word, the web.
    Flow,
    /// On this page of a PDF, from 1.
    Page(usize),
    /// On the worksheet of this name.
    Sheet(Box<str>),
}

/// A paragraph or a table.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub enum Stretch {
    /// A title, a heading or a paragraph; for PDF a line, for paper does not tell where a paragraph ends.
    Text(String),
    /// A table.
    Table(Grid),
}

impl Page {
    /// The stretches alone, for who asks only what stands there.
    pub fn stretches(self) -> Vec<Stretch> {
        self.pieces.into_iter().map(|piece| piece.what).collect()
    }

    /// The tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Grid> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            Stretch::Table(grid) => Some(grid),
            Stretch::Text(_) => None,
        })
    }
}

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is larger inside than any report.
    #[error("文件太大（{0}）")]
    TooLarge(&'static str),
    /// It is no file of this kind, or a broken one.
    #[error("{0}")]
    Unreadable(String),
}

/// The file as a neutral page.
///
/// # Errors
/// It is too large, or no file of this kind.
pub fn page(kind: FileKind, bytes: &[u8]) -> Result<Page, ReadError> {
    match kind {
        FileKind::Xlsx => xlsx::read(bytes).map(xlsx::Workbook::page),
        FileKind::Docx => {
            weigh::weigh(bytes)?;
            docx::part(bytes, "document").map_err(ReadError::Unreadable)
        }
        FileKind::Html | FileKind::Fragment => html::page(bytes).map_err(ReadError::Unreadable),
        FileKind::Pdf => pdf::page(bytes).map_err(ReadError::Unreadable),
    }
}

/// Marks of direction, joiners, variation selectors and the like. Source: Unicode, `Default_Ignorable_Code_Point`.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
