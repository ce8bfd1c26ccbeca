//! What can be done with a county: gone through, taken in, given back, summed, repaired, handed on.

use std::path::PathBuf;

use super::places::Shown;
use crate::county::{Need, UnitKind};

/// One thing to do with a county.
#[derive(Clone, Debug, PartialEq)]
pub enum Many {
    /// Show the county in this folder.
    Open(PathBuf),
    /// Read what lies there again.
    Again,
    /// Read no more.
    Stop,
    /// Ask for a file to take in.
    AskFile,
    /// Take these files in.
    TakeIn(Vec<PathBuf>),
    /// This file, which belongs to no body for certain, is this body's; none: it is not taken in.
    Assign(PathBuf, Option<usize>),
    /// Make the roster of those who have handed in, or of this pasted list.
    Roster(Option<String>),
    /// Put the cursor on this body.
    At(usize),
    /// Choose this body, or choose it no more.
    Mark(usize),
    /// Show only the bodies with this need; all of them.
    Only(Option<Need>),
    /// Show only the bodies of this kind; all of them.
    Kind(Option<UnitKind>),
    /// Show the bodies in this order.
    Sort(Order),
    /// Show the report of the body at the cursor.
    Report,
    /// Give the chosen reports back, each with a letter; that at the cursor where none is chosen.
    GiveBack,
    /// Remind those who have not handed in.
    Remind,
    /// Show the sum, or the board again.
    Sum(bool),
    /// Show this chapter of the sum.
    Chapter(u8),
    /// Show this year's sums, last year's, or the change.
    Year(Shown),
    /// Show the figures of the bodies behind a cell in this order.
    Parts(PartOrder),
    /// Put the cursor on this body behind the cell.
    Part(usize),
    /// Put what stands beside board or sum in their place, where there is no room beside them; or those again.
    Beside,
    /// Ask what is to be summed instead of the figure at the cursor.
    AskMend,
    /// Sum this instead, for this reason.
    Mend(String, String),
    /// Ask where the sum is to be written.
    Export,
    /// Ask for the folder of all reports in every kind of file.
    AskCollect,
    /// Write them into this folder, with a page that leads to them.
    Collect(PathBuf),
    /// Put the county away.
    Close,
}

impl Many {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open(_) => "县区汇总…",
            Self::Again => "重新读",
            Self::Stop => "停下",
            Self::AskFile | Self::TakeIn(_) => "收文件…",
            Self::Assign(_, Some(_)) => "是它的",
            Self::Assign(_, None) => "不收",
            Self::Roster(_) => "由这些文件建名册",
            Self::At(_) | Self::Part(_) | Self::Chapter(_) => "转到",
            Self::Mark(_) => "选中",
            Self::Only(_) => "只看",
            Self::Kind(kind) => kind.map_or("各类单位", UnitKind::name),
            Self::Year(shown) => shown.name(),
            Self::Sort(order) => order.name(),
            Self::Parts(order) => order.name(),
            Self::Report => "打开报告",
            Self::GiveBack => "退回",
            Self::Remind => "催报名单",
            Self::Sum(true) => "汇总表",
            Self::Sum(false) => "单位总览",
            Self::Beside => "换到旁边的内容",
            Self::AskMend => "写下调整…",
            Self::Mend(..) => "记下",
            Self::Export => "导出汇总…",
            Self::AskCollect | Self::Collect(_) => "各单位文件…",
            Self::Close => "关闭",
        }
    }
}

/// The order of bodies on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is to be done first.
    #[default]
    Need,
    /// As on the roster.
    Roster,
    /// Most new requests first.
    Requests,
    /// Most changed against last year first.
    Change,
}

impl Order {
    /// All, as they stand beside each other.
    pub const ALL: [Self; 4] = [Self::Need, Self::Roster, Self::Requests, Self::Change];

    /// The word on its button.
    pub fn name(self) -> &'static str {
        match self {
            Self::Need => "要办的在前",
            Self::Roster => "名册顺序",
            Self::Requests => "申请数",
            Self::Change => "差异大小",
        }
    }
}

/// The order of bodies behind a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartOrder {
    /// The strangest first.
    #[default]
    Odd,
    /// The largest first.
    Large,
    /// As on the roster.
    Roster,
}

impl PartOrder {
    /// All, as they stand beside each other.
    pub const ALL: [Self; 3] = [Self::Odd, Self::Large, Self::Roster];

    /// The word on its button.
    pub fn name(self) -> &'static str {
        match self {
            Self::Odd => "最不像的在前",
            Self::Large => "数大的在前",
            Self::Roster => "名册",
        }
    }
}
