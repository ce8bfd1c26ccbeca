//! What other programs hand over becomes entries of a form: files, by the one door [`read`], and blocks of cells from the
//! clipboard. `crate::read` says what stands in a file; here is what it means. Touches no disk.
//!
//! Reports of any office, of many kinds of file, come in by [`reports`] with an account of every cell.

mod block;
mod imported;
mod pasted;
pub mod published;
mod titles;
mod web_table;
mod workbook;

use std::path::Path;

use crate::form::Catalog;
use crate::read::{Page, ReadError, SourceKind, apart, xlsx};

pub use crate::read::{FileKind, MAX_MB, endings};
pub use block::{Block, Problem, Range, copy_block, read_block, read_block_over};
pub use imported::{ImportError, Imported};
pub use pasted::{Split, split, without_own_title};
pub use published::{Account, Found, How, Place, Scrap};
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
        FileKind::Xlsx => workbook::read(&apart::workbook(bytes)?, catalog),
        FileKind::Docx | FileKind::Pdf | FileKind::Ofd | FileKind::Html | FileKind::Fragment => Err(ImportError::NotTaken(kind.name())),
    }
}

/// What was read of a file: the page as it stands there, and what it says as reports.
#[derive(Clone, Debug)]
pub struct Received {
    /// What stands in the file; empty for one of our own workbooks, which is read by the names of its cells.
    pub page: Page,
    /// At least one report.
    pub accounts: Vec<Account>,
}

/// Reads a report of any office: our own workbooks by the names of their cells, everything else by its labels. More than one
/// where the file holds more than one.
///
/// # Errors
/// Why nothing is read: it is too large, broken, encrypted, a scan, or no report.
pub fn reports(kind: SourceKind, bytes: &[u8], catalog: &Catalog) -> Result<Vec<Account>, ImportError> {
    receive(kind, bytes, catalog).map(|received| received.accounts)
}

/// The same, with the page that it was read from.
///
/// # Errors
/// As [`reports`].
pub fn receive(kind: SourceKind, bytes: &[u8], catalog: &Catalog) -> Result<Received, ImportError> {
    let refused = |err| match err {
        ReadError::TooLarge(what) => ImportError::NotRead(format!("文件太大（{what}），不像一份年度报告")),
        ReadError::Unreadable(why) => ImportError::NotRead(why),
    };
    let page = if kind.sniffed(bytes) == SourceKind::Xlsx && bytes.starts_with(b"PK") {
        let book = apart::workbook(bytes)?;
        match workbook::read(&book, catalog) {
            Ok(imported) => return Ok(Received { page: Page::default(), accounts: vec![of_workbook(imported)] }),
            Err(ImportError::NotOurs(_)) => xlsx::page(book.into_sheets().map_err(refused)?),
            Err(err) => return Err(err),
        }
    } else {
        apart::page(kind, bytes).map_err(refused)?
    };
    let accounts = published::accounts(&page, catalog);
    if accounts.is_empty() {
        // What a reader of pages does not know is of no help here; lost characters of a PDF are.
        let strange = page.strange.filter(|_| kind == SourceKind::Pdf).map(|what| format!("；{what}"));
        return Err(ImportError::NoReport(strange.unwrap_or_default()));
    }
    Ok(Received { page, accounts })
}

/// The account of one of our own workbooks. What was filled there and not taken is asked about.
fn of_workbook(imported: Imported) -> Account {
    let Imported { form, draft, missing, left_out, .. } = imported;
    let missing = missing.into_iter().map(|label| format!("工作簿里没有这一格：{label}"));
    Account { questions: missing.chain(left_out).collect(), ..Account::of_draft(form, &draft) }
}
