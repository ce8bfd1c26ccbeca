//! What can be done with the pictures of several years.

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Pictures {
    /// Pick a report of another year, to be drawn as well.
    Add,
    /// Save them as a file; asks where and as what.
    Save,
    /// Put them behind every report that is exported, or do not.
    Along(bool),
    /// Write this sentence at the end of 总体情况: with cells in braces in place of its figures, or plain where a cell is missing.
    Write {
        /// With cells in braces.
        words: String,
        /// With the figures.
        plain: String,
    },
}

impl Pictures {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Add => "加一年的报告…",
            Self::Save => "存成文件…",
            Self::Along(_) => "导出的报告后面附上这些图",
            Self::Write { .. } => "用这句",
        }
    }
}
