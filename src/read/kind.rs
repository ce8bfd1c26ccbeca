//! The kinds of file that a report comes and goes as: one table.

use std::path::Path;

/// A kind of file of other programs. Drafts are our own: see `store::is_draft_name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Xlsx,
    /// A Word document.
    Docx,
    /// For print and archive.
    Pdf,
    /// The same pages as archives and exchange systems of offices take them (GB/T 33190-2016).
    Ofd,
    /// A page that stands alone.
    Html,
    /// What is pasted into a website's editor: the page without its frame and without the title, which has a field of its own there.
    Fragment,
}

impl FileKind {
    /// What can be exported, one of each ending, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Docx, Self::Pdf, Self::Ofd, Self::Xlsx, Self::Html];

    /// What can be imported, in the order in which they are offered.
    pub const IMPORTED: [Self; 1] = [Self::Xlsx];

    /// The kind that the ending of a file name says, large or small.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        Self::ALL.into_iter().find(|kind| ending.eq_ignore_ascii_case(kind.ending()))
    }

    /// The kind of a file to be imported; `None` where its ending says another.
    pub fn imported(path: &Path) -> Option<Self> {
        Self::of(path).filter(|kind| Self::IMPORTED.contains(kind))
    }

    /// It is laid out on pages, with its fonts inside.
    pub fn is_paged(self) -> bool {
        matches!(self, Self::Pdf | Self::Ofd)
    }

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        self.row().0
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Ending and name.
    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Xlsx => ("xlsx", "Excel 工作簿"),
            Self::Docx => ("docx", "Word 文档"),
            Self::Pdf => ("pdf", "PDF 文件"),
            Self::Ofd => ("ofd", "OFD 版式文件"),
            Self::Html => ("html", "网页"),
            Self::Fragment => ("html", "网页代码"),
        }
    }
}

/// These endings in words, as they stand in a message: `.docx、.pdf、.xlsx 或 .html`.
pub fn endings(kinds: &[FileKind]) -> String {
    let dotted: Vec<String> = kinds.iter().map(|kind| format!(".{}", kind.ending())).collect();
    match dotted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} 或 {last}", before.join("、")),
        _ => dotted.concat(),
    }
}
