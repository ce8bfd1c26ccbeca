//! What other programs hand over: tables on the clipboard, and our own workbooks.
//!
//! Our own workbooks read back into drafts: a blank one filled in a spreadsheet, or a report that was changed there. Touches
//! no disk. Only what stands in visible cells counts; the names that the export gave the cells say where to look.
//!
//! A workbook from elsewhere may be made to harm: `preflight` weighs it before anything is taken from it.

mod html;
mod preflight;
mod xlsx;

use std::sync::Arc;

use crate::form::Form;
use crate::form::catalog::NoForm;
use crate::model::Draft;

pub use html::table_text;
pub use xlsx::xlsx;

/// Largest file that is read, in megabytes.
pub const MAX_MB: u64 = 20;

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
    /// There is no such form here.
    #[error(transparent)]
    NoForm(#[from] NoForm),
}
