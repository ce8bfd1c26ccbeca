//! What an import gives, or why it gives nothing.

use std::borrow::Cow;
use std::sync::Arc;

use crate::form::Form;
use crate::form::catalog::NoForm;
use crate::model::Draft;
use crate::read::{FileKind, ReadError, endings};

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
    /// What is filled in the file and was not taken, or was taken otherwise than it seems: a line of words each.
    pub left_out: Vec<String>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is larger inside than any report.
    #[error("文件太大（{0}），不像是年度报告的工作簿")]
    TooLarge(Cow<'static, str>),
    /// It cannot be read as a workbook.
    #[error("读不出这个 Excel 文件：{0}")]
    Unreadable(String),
    /// It was not made by this program.
    #[error("不是本程序导出的工作簿：{0}；请先用“导出”得到空白工作簿，在里面填好再导入")]
    NotOurs(&'static str),
    /// The name of the file ends as none that is taken.
    #[error("只能导入以 {taken} 结尾的文件", taken = endings(&FileKind::IMPORTED))]
    OtherEnding,
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
