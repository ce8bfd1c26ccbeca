//! Why there is no exported file.

use super::FileKind;

/// Why there is no exported file. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file could not be put together.
    #[error("不能生成{}：{why}{}", kind.name(), at(sheet))]
    Write {
        /// What was to be made.
        kind: FileKind,
        /// What the writer says.
        why: String,
        /// The sheet it was at; empty for the file as a whole.
        sheet: String,
    },
    /// A character that this kind of file cannot hold or cannot draw.
    #[error("{place}有{}{} {sign}，请删去或者换一个写法后再导出", kind.name(), if *is_hidden { "装不下的不可见字符" } else { "画不出的字" })]
    Sign {
        /// What was to be made.
        kind: FileKind,
        /// Chapter, or table and cell.
        place: String,
        /// The character, readable: `U+0007`, `𠮷（U+20BB7）`.
        sign: String,
        /// It is no character that can be seen.
        is_hidden: bool,
    },
    /// The bytes written cannot be read back.
    #[error("生成的{}读不回来，没有导出：{why}{}", kind.name(), at(sheet))]
    ReadBack {
        /// What was made.
        kind: FileKind,
        /// What the reader says.
        why: String,
        /// The sheet it was at; empty for the file as a whole.
        sheet: String,
    },
    /// What was read back is not what was to be written.
    #[error("生成的{}与填报内容不一致，没有导出：{cell} 应为“{expected}”，读回“{found}”{}", kind.name(), at(sheet))]
    Differs {
        /// What was made.
        kind: FileKind,
        /// The sheet, or the text chapters.
        sheet: String,
        /// The cell, as spreadsheets name it, or the paragraph.
        cell: String,
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
}

impl ExportError {
    /// The same, said of another kind of file that has the same pages.
    #[must_use]
    pub(super) fn about(mut self, other: FileKind) -> Self {
        let (Self::Write { kind, .. } | Self::Sign { kind, .. } | Self::ReadBack { kind, .. } | Self::Differs { kind, .. }) = &mut self;
        *kind = other;
        self
    }
}

fn at(sheet: &str) -> String {
    if sheet.is_empty() { String::new() } else { format!("；位置：{sheet}") }
}
