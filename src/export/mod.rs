//! A draft as a file to hand on. Returns bytes, touches no disk and reads no clock.
//!
//! `report` lays the draft out as neutral sheets, a writer (`xlsx`) prints them, `verify` reads the bytes back and
//! compares them with the sheets cell by cell. Only a file that says what the sheets say is handed out.

mod file_name;
mod prose;
mod report;
mod results;
pub mod sheet;
mod table;
pub mod verify;
pub mod xlsx;

pub use file_name::file_name;
pub use report::book;

use jiff::civil::Date;

use crate::form::Form;
use crate::model::Draft;
use crate::rules::{Finding, Suspect};

/// Why there is no exported file. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The workbook could not be put together.
    #[error("不能生成 Excel 文件：{source}；工作表：{sheet}")]
    Write {
        /// What the writer says.
        source: rust_xlsxwriter::XlsxError,
        /// The sheet it was at; empty for the file as a whole.
        sheet: String,
    },
    /// The bytes written cannot be read back.
    #[error("生成的 Excel 文件读不回来，没有导出：{source}；工作表：{sheet}")]
    ReadBack {
        /// What the reader says.
        source: calamine::XlsxError,
        /// The sheet it was at; empty for the file as a whole.
        sheet: String,
    },
    /// What was read back is not what was to be written.
    #[error("生成的 Excel 文件与填报内容不一致，没有导出：{cell} 应为“{expected}”，读回“{found}”；工作表：{sheet}")]
    Differs {
        /// The sheet.
        sheet: String,
        /// The cell, as spreadsheets name it.
        cell: String,
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
}

/// The report as an Excel workbook, read back and found equal to the draft.
///
/// # Errors
/// The workbook could not be made, or says something else than the draft.
pub fn xlsx(form: &Form, draft: &Draft, findings: &[Finding], suspects: &[Suspect], made_on: Date) -> Result<Vec<u8>, ExportError> {
    let book = book(form, draft, findings, suspects, made_on);
    let bytes = xlsx::write(&book)?;
    verify::xlsx(&bytes, &book)?;
    Ok(bytes)
}
