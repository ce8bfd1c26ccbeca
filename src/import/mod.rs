//! What other programs hand over becomes entries of a form: files, by the one door [`read`], and blocks of cells from the
//! clipboard. `crate::read` says what stands in a file; here is what it means. Touches no disk.
//!
//! A further kind of file (a published report, a ledger) is a module here and an arm in [`read`].

mod block;
mod imported;
mod titles;
mod web_table;
mod workbook;

use std::path::Path;

use crate::form::Catalog;

pub use crate::read::{FileKind, MAX_MB, endings};
pub use block::{Block, Problem, Range, copy_block, read_block, read_block_over, transposed};
pub use imported::{ImportError, Imported};
pub use web_table::{table_beside, table_text};

/// The kind of a file to be imported, which the ending of its name says.
///
/// # Errors
/// It says none that is taken.
pub fn kind(path: &Path) -> Result<FileKind, ImportError> {
    FileKind::imported(path).ok_or(ImportError::OtherEnding)
}

/// Reads a file of this kind.
///
/// # Errors
/// Why nothing is read: it is too large or broken, its kind is not taken, or it fits no form here.
pub fn read(kind: FileKind, bytes: &[u8], catalog: &Catalog) -> Result<Imported, ImportError> {
    match kind {
        FileKind::Xlsx => workbook::read(bytes, catalog),
        FileKind::Docx | FileKind::Pdf | FileKind::Html | FileKind::Fragment => Err(ImportError::NotTaken(kind.name())),
    }
}
