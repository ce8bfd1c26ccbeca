//! The kinds of file that a report leaves the house as.

use std::path::Path;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Xlsx,
    /// A Word document.
    Docx,
    /// For print and archive.
    Pdf,
    /// A page that stands alone.
    Html,
    /// What is pasted into a website's editor: the page without its frame and without the title, which has a field of its own there.
    Fragment,
}

impl FileKind {
    /// One of each ending, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Docx, Self::Pdf, Self::Xlsx, Self::Html];

    /// The kind that the ending of a file name says.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        Self::ALL.into_iter().find(|kind| ending.eq_ignore_ascii_case(kind.ending()))
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Html | Self::Fragment => "html",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "Excel 工作簿",
            Self::Docx => "Word 文档",
            Self::Pdf => "PDF 文件",
            Self::Html => "网页",
            Self::Fragment => "网页代码",
        }
    }
}
