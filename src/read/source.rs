//! The kinds of file that reports of other offices come in, and their one reader.

use std::path::Path;

use super::{Page, ReadError, docx_any, encoding, html, mht, pdf_any, text, weigh, xls, xlsx};

/// A kind of file to read a report from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A web page.
    Html,
    /// A web page kept in one file with its pictures.
    Mht,
    /// A Word document.
    Docx,
    /// A workbook.
    Xlsx,
    /// A workbook of the older kind.
    Xls,
    /// A PDF; it must hold text.
    Pdf,
    /// Plain text or Markdown.
    Text,
    /// A Word document of the older kind, or one of WPS: only by way of `LibreOffice`.
    Doc,
}

/// Every ending with its kind.
const ENDINGS: [(&str, SourceKind); 12] = [
    ("html", SourceKind::Html),
    ("htm", SourceKind::Html),
    ("mht", SourceKind::Mht),
    ("mhtml", SourceKind::Mht),
    ("docx", SourceKind::Docx),
    ("xlsx", SourceKind::Xlsx),
    ("xls", SourceKind::Xls),
    ("pdf", SourceKind::Pdf),
    ("txt", SourceKind::Text),
    ("md", SourceKind::Text),
    ("doc", SourceKind::Doc),
    ("wps", SourceKind::Doc),
];

/// First bytes of old Office files and of encrypted new ones.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

impl SourceKind {
    /// All endings, without the dot, in the order in which they are offered.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().map(|(ending, _)| *ending)
    }

    /// The kind that the ending of a file name says, large or small.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
    }

    /// The kind that the first bytes say, where they say one: many files are called `.doc` or `.xls` and are web pages.
    #[must_use]
    pub fn sniffed(self, bytes: &[u8]) -> Self {
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
        let starts_as_page = || {
            let head = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
            head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<table")
        };
        match self {
            _ if head.starts_with(b"%PDF-") => Self::Pdf,
            _ if head.to_ascii_lowercase().starts_with(b"mime-version:") => Self::Mht,
            Self::Doc | Self::Xls | Self::Docx | Self::Xlsx if starts_as_page() => Self::Html,
            Self::Doc if head.starts_with(b"PK") => Self::Docx,
            Self::Xls if head.starts_with(b"PK") => Self::Xlsx,
            kind => kind,
        }
    }

    /// Stable name, for the child that reads: `html`, `docx` …
    pub fn key(self) -> &'static str {
        ENDINGS.iter().find(|(_, kind)| *kind == self).map_or("", |(ending, _)| ending)
    }
}

/// The file as a neutral page. Words that only run on are kept, what is not understood is told in [`Page::strange`].
///
/// # Errors
/// It is too large, broken, encrypted, a scan, or a kind that cannot be read here.
pub fn read(kind: SourceKind, bytes: &[u8]) -> Result<Page, ReadError> {
    let say = |why: &str| Err(ReadError::Unreadable(why.to_owned()));
    match kind.sniffed(bytes) {
        SourceKind::Html => Ok(html::piece(&encoding::text(bytes))),
        SourceKind::Mht => mht::page(bytes).map_err(ReadError::Unreadable),
        SourceKind::Text => Ok(text::page(bytes)),
        SourceKind::Docx | SourceKind::Xlsx if bytes.starts_with(OLE) => {
            say("加了密码，或者是旧格式；请在 Word、Excel 或 WPS 里打开，另存为不加密码的 .docx 或 .xlsx")
        }
        SourceKind::Docx => {
            weigh::weigh(bytes)?;
            docx_any::page(bytes).map_err(ReadError::Unreadable)
        }
        SourceKind::Xlsx => xlsx::read(bytes).map(xlsx::page),
        SourceKind::Xls => xls::page(bytes),
        SourceKind::Pdf => pdf_any::page(bytes).map_err(ReadError::Unreadable),
        SourceKind::Doc => {
            say("是旧的 Word 格式或 WPS 格式，这台电脑上没有可以转换它的 LibreOffice；请在 Word 或 WPS 里打开，另存为 .docx 再导入")
        }
    }
}
