//! What other programs hand over becomes entries of a form: files, by the one door [`read`], and blocks of cells from the
//! clipboard. `crate::read` says what stands in a file; here is what it means. Touches no disk.
//!
//! Reports of any office, of many kinds of file, come in by [`reports`] with an account of every cell.

mod block;
pub mod published;
mod web_table;
mod workbook;

use std::sync::Arc;

use crate::form::catalog::NoForm;
use crate::form::{Catalog, Form};
use crate::model::Draft;
use crate::read::{ReadError, SourceKind, apart};

pub use crate::read::{FileKind, MAX_MB, endings};
pub use published::{Account, Found, How, Place, Scrap};
pub use block::{Block, Problem, Range, copy_block, read_block};
pub use web_table::table_text;

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

/// Reads a report of any office: our own workbooks by the names of their cells, everything else by its labels. More than one
/// where the file holds more than one.
///
/// # Errors
/// Why nothing is read: it is too large, broken, encrypted, a scan, or no report.
pub fn reports(kind: SourceKind, bytes: &[u8], catalog: &Catalog) -> Result<Vec<Account>, ImportError> {
    if kind == SourceKind::Xlsx && bytes.starts_with(b"PK") {
        match workbook::read(bytes, catalog) {
            Ok(imported) => return Ok(vec![Account::of_draft(imported.form, &imported.draft)]),
            Err(ImportError::NotOurs(_)) => {}
            Err(err) => return Err(err),
        }
    }
    let page = apart::page(kind, bytes).map_err(|err| match err {
        ReadError::TooLarge(what) => ImportError::NotRead(format!("文件太大（{what}），不像一份年度报告")),
        ReadError::Unreadable(why) => ImportError::NotRead(why),
    })?;
    let accounts = published::accounts(&page, catalog);
    if accounts.is_empty() { Err(ImportError::NoReport(page.strange.map(|what| format!("；{what}")).unwrap_or_default())) } else { Ok(accounts) }
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The form that the workbook was made for.
    pub form: Arc<Form>,
    /// The draft.
    pub draft: Draft,
    /// Cells that hold something.
    pub num_filled: usize,
    /// Cells whose text is no figure: name, text, advice. The draft keeps the text.
    pub unread: Vec<(String, String, &'static str)>,
    /// Cells that the workbook no longer has.
    pub missing: Vec<String>,
    /// Titles of the text chapters that hold something.
    pub chapters: Vec<String>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is larger inside than any report.
    #[error("文件太大（{0}），不像是年度报告的工作簿")]
    TooLarge(&'static str),
    /// It cannot be read as a workbook.
    #[error("读不出这个 Excel 文件：{0}")]
    Unreadable(String),
    /// It was not made by this program.
    #[error("不是本程序导出的工作簿：{0}；请先用“导出”得到空白工作簿，在里面填好再导入")]
    NotOurs(&'static str),
    /// Files of this kind are not taken.
    #[error("不能从{0}导入，只能导入以 {taken} 结尾的文件", taken = endings(&FileKind::IMPORTED))]
    NotTaken(&'static str),
    /// It cannot be read.
    #[error("{0}")]
    NotRead(String),
    /// No statutory table was found in it.
    #[error("里面没有找到年度报告的统计表{0}")]
    NoReport(String),
    /// There is no such form here.
    #[error(transparent)]
    NoForm(#[from] NoForm),
}

impl From<ReadError> for ImportError {
    fn from(err: ReadError) -> Self {
        match err {
            ReadError::TooLarge(what) => Self::TooLarge(what),
            ReadError::Unreadable(why) => Self::Unreadable(why),
        }
    }
}
