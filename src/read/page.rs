//! The neutral page: what stands in a file, whatever its kind.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Grid;

/// What stands in a file, in reading order: for Word and the web as it is written, for PDF as it is painted, for a workbook
/// sheet by sheet.
#[derive(Clone, Debug, Deserialize, Default, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Deserialize, Serialize, thiserror::Error)]
pub enum ReadError {
    /// It is larger inside than any report.
    #[error("文件太大（{0}）")]
    TooLarge(Cow<'static, str>),
    /// It is no file of this kind, or a broken one.
    #[error("{0}")]
    Unreadable(String),
}
