//! What can be done about last year's report.

use std::sync::Arc;

use crate::model::Prior;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum LastYears {
    /// Take this report, which was read from a file and looked at, into the open draft.
    Take(Arc<Prior>),
    /// Begin this year's report from it.
    Begin(Arc<Prior>),
    /// There is none: the agency is new.
    FirstYear,
    /// Take what was keyed in from paper.
    TakeKeyed,
    /// Drop it.
    DropKeyed,
}

impl LastYears {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Take(_) | Self::TakeKeyed => "收入",
            Self::Begin(_) => "用它新建",
            Self::FirstYear => "本机关本年新成立，没有上年报告",
            Self::DropKeyed => "放弃",
        }
    }
}
