//! What can be done with files that reports came in: seen, gone through cell by cell, taken over.

use std::path::PathBuf;

use crate::model::CellId;

/// One thing to do with a file that was received.
#[derive(Clone, Debug, PartialEq)]
pub enum Receive {
    /// Read these files and folders.
    Files(Vec<PathBuf>),
    /// Show the account of this file of the list.
    Show(PathBuf),
    /// Show the report at this place of the file.
    Other(usize),
    /// Show this part of the account.
    Part(Part),
    /// Show only what was not read, or everything.
    OnlyOpen(bool),
    /// Go to the next cell that wants a look.
    Next,
    /// Put the cursor on this cell.
    GoTo(CellId),
    /// The figure of this cell is right as it was read.
    IsRight(CellId),
    /// Begin a report from it.
    TakeNew,
    /// Take it as last year's report of the open one.
    TakePrior,
    /// Lay it beside the open report as a second entry of the table on screen.
    TakeSecond,
    /// Put it away: nothing is taken.
    Close,
    /// Read no more of the files.
    Stop,
}

impl Receive {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Files(_) => "导入",
            Self::Show(_) => "看账",
            Self::Other(_) | Self::Part(_) | Self::GoTo(_) => "转到",
            Self::OnlyOpen(_) => "只看没读到的",
            Self::Next => "下一处",
            Self::IsRight(_) => "对",
            Self::TakeNew => "作为新报告打开",
            Self::TakePrior => "作上年数",
            Self::TakeSecond => "与打开的报告对照",
            Self::Close => "不导入",
            Self::Stop => "停下",
        }
    }

    /// It needs an open report.
    pub fn needs_report(&self) -> bool {
        matches!(self, Self::TakePrior | Self::TakeSecond)
    }
}

/// A part of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The statutory table at this place of the form.
    Table(usize),
    /// The text chapters.
    Texts,
    /// What was left over, labels that are written otherwise, questions.
    Rest,
}
