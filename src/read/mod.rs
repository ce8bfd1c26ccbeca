//! Files of other programs, read as they stand: one neutral [`Page`] whatever the kind. Knows no form and no report; what the
//! words mean is for `import`, whether they are right for the proof of an `export`. Touches no disk.
//!
//! Readers take what they understand and name the rest: bytes that are no such file are an error, something in them that is
//! not understood is [`Page::strange`], so that a proof can refuse it and an import can say it.

pub mod apart;
pub mod chart;
pub mod docx;
pub mod docx_any;
pub mod encoding;
mod grid;
pub mod html;
mod kind;
pub mod lines;
pub mod mht;
pub mod ofd;
mod page;
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

pub use grid::{At, Grid, GridCell, Span};
pub use kind::{FileKind, endings};
pub use page::{Leaf, Page, Piece, ReadError, Stretch};
pub use source::SourceKind;
pub use weigh::weigh;

/// Largest file that is read, in megabytes.
pub const MAX_MB: u64 = 20;

/// The file as a neutral page.
///
/// # Errors
/// It is too large, or no file of this kind.
pub fn page(kind: FileKind, bytes: &[u8]) -> Result<Page, ReadError> {
    match kind {
        FileKind::Xlsx => xlsx::read(bytes).map(xlsx::page),
        FileKind::Docx => {
            weigh::weigh(bytes)?;
            docx::part(bytes, "document").map_err(ReadError::Unreadable)
        }
        FileKind::Html | FileKind::Fragment => html::page(bytes).map_err(ReadError::Unreadable),
        FileKind::Pdf => pdf::page(bytes).map_err(ReadError::Unreadable),
        FileKind::Ofd => {
            weigh::weigh(bytes)?;
            ofd::page(bytes).map_err(ReadError::Unreadable)
        }
    }
}
