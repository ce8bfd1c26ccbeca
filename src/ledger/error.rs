//! What is no register, how large one may be, and why nothing was counted.

/// Largest register that is read, in megabytes.
pub const MAX_MB: u64 = 50;
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
    /// The file cannot be read.
    #[error("读不出这个台账：{0}")]
    Unreadable(String),
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
