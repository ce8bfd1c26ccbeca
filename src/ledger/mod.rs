//! 表三 and 表四 counted from the office's own register of requests (依申请公开台账) and of reviews and lawsuits.
//!
//! A [`Register`] is read from bytes, [`Ledger::count`] finds its columns, reads every line and counts by the articles. Nothing is
//! guessed: what a line does not say for certain becomes a [`Question`], and the line counts in no certain figure until the office
//! has answered ([`Answers`]). So each cell has two sums, certain and with the proposals, and both lead back to their lines.
//!
//! The state is one value: with each answer everything is counted anew ([`Counted::stage`] says how far it is). Touches no disk.
//! Names, telephones and addresses are read only to tell what kind of applicant it is, and never leave in a draft.

mod answers;
mod applicant;
mod calendar;
mod cases;
mod columns;
mod counted;
mod date;
mod doubles;
mod doubt;
mod faults;
mod fill;
mod layout;
mod open;
mod outcome;
mod register;
mod request;
mod sheet;
mod template;
mod text;
mod when;
mod words;
mod workbook;

pub use answers::{Answers, Basis, LineAnswer};
pub use columns::Field;
pub use counted::{Counted, Figure, Item, Place, Question, Remarked, Stage, State, Table, Word};
pub use doubt::{Doubt, Remark};
pub use fill::{Difference, Fill};
pub use layout::Column;
pub use open::open;
pub use register::{Line, Register, Sheet};
pub use sheet::{Ledger, Task};
pub use template::template;

/// Largest register that is read, in megabytes.
pub const MAX_MB: u64 = 50;
/// Most lines of a sheet.
const MAX_LINES: usize = 300_000;
/// Most columns of a sheet.
const MAX_COLUMNS: usize = 300;
/// Largest file of answers, in bytes.
const MAX_ANSWERS: usize = 2_000_000;

/// What a sheet is a register of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Requests: table 三.
    Requests,
    /// Reviews and lawsuits: table 四.
    Cases,
}

/// Why nothing was counted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LedgerError {
    /// Larger than any office's register.
    #[error("台账太大：最多 {MAX_LINES} 行、{MAX_COLUMNS} 列")]
    TooLarge,
    /// The file cannot be read.
    #[error("读不出这个台账：{0}")]
    Unreadable(String),
    /// The signs are in no encoding known here.
    #[error("台账的文字编码不认识；请在 Excel 或 WPS 里另存为 .xlsx 或 UTF-8 的 .csv")]
    Encoding,
    /// A quotation mark is not closed.
    #[error("台账第 {0} 行有一个引号没有配对，后面的内容分不清列；请改正后再读")]
    OpenQuote(u32),
    /// No sheet looks like a register.
    #[error("没有找到台账的表头；表头里应当有收到日期、申请人、办理结果这样的列名")]
    NoRegister,
    /// The answers cannot be used.
    #[error("归类文件有误：{0}")]
    Answers(String),
    /// The form has no such cells.
    #[error("表样 {0} 没有台账要填的格")]
    OtherForm(String),
    /// The program's own data is broken.
    #[error("程序自带的台账数据有误：{0}")]
    Data(String),
}
