//! What is no register, how large one may be, and why nothing was counted.

/// Largest register that is read, in megabytes.
pub const MAX_MB: u64 = 50;
/// Most lines of a sheet.
pub(super) const MAX_LINES: usize = 300_000;
/// Most columns of a sheet.
pub(super) const MAX_COLUMNS: usize = 300;
/// Largest file of answers, in bytes.
pub(super) const MAX_ANSWERS: usize = 2_000_000;

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
