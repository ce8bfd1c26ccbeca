//! Everything the window can be asked to do, with its words and keys in one place.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::import::{ImportForm, Into};
use super::review::{List, Second, Since, Take, Target};
use super::theme::Look;
use super::versions::Ask;
use crate::form::CheckId;
use crate::model::{Action, ActionKind, CellId, Edit, Person, Spot, Workflow};
use crate::rules::Finding;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for agency and year, then start a draft.
    New,
    /// Start a draft for this agency and year.
    Start(String, u16),
    /// Ask for a draft to open.
    Open,
    /// Ask for a workbook that was filled elsewhere.
    Import,
    /// Put what was read from it there.
    PutIn(ImportForm, Into),
    /// Open this draft.
    OpenPath(PathBuf),
    /// Open the bundled example.
    OpenExample,
    /// Go on with what a crash left behind, by its place in the list.
    Recover(usize),
    /// Throw it away.
    Forget(usize),
    /// Save a copy beside the file that someone else has changed.
    SaveBeside,
    /// Ask for the agency's right name.
    Rename,
    /// Save; asks where if the draft has no file yet.
    Save,
    /// Save under another name.
    SaveAs,
    /// Write a file to hand on; asks where and as what.
    Export,
    /// Write every kind of file into a folder; asks which.
    ExportAll,
    /// Write the page for the file; asks where.
    ExportSummary,
    /// Write nothing more of every kind.
    StopExport,
    /// Copy the report for a website's editor.
    CopyPage,
    /// Have the system show the report, for printing.
    Print,
    /// Leave the draft for the start screen.
    Close,
    /// Close the window.
    Quit,
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Go to the next finding.
    NextFinding,
    /// Go to the one before.
    PrevFinding,
    /// Write the reason of a warning.
    Reason,
    /// Go to the next cell or text with nothing in it; for who reviews, to the next not yet looked at.
    NextBlank,
    /// Show this list on the right.
    Show(List),
    /// Compare with this.
    Compare(Since),
    /// Ask for last year's report.
    OpenPrior,
    /// Ask for another copy of this report, to join it with this one.
    OpenCopy,
    /// Go where an entry of a list leads.
    Visit(Target),
    /// Write a comment on what the cursor is on.
    Comment,
    /// Write a comment on this place.
    CommentOn(Spot),
    /// Give the keyboard back to the chapter.
    BackToChapter,
    /// Mark what is selected, or else the chapter, as looked at.
    Seen,
    /// Ask for what a step needs, then do it.
    Act(ActionKind),
    /// Do it, with these words.
    Do(Action, String),
    /// Do the step this person is there for.
    WayOn,
    /// Give the report back.
    GiveBack,
    /// Show everything that was done.
    Log,
    /// Something about a table that is keyed a second time.
    Second(Second),
    /// Settle a cell that was keyed differently.
    Settle(CellId, Take),
    /// Settle the cell that the list has come to.
    SettleHere(Take),
    /// Ask who sits here.
    AskPerson,
    /// From now on this person acts; the office has these steps.
    SetPerson(Person, Option<Workflow>),
    /// Show a chapter.
    Chapter(u8),
    /// Put the cursor on a cell.
    GoTo(CellId),
    /// Go to a finding and tint its two sides.
    LookAt(Finding),
    /// Tint no finding.
    LookAway(CheckId),
    /// Take over what was typed.
    Type(Edit),
    /// Change the draft, as a step of its own.
    Change(Vec<Edit>),
    /// Open the practice sheet.
    Practice,
    /// Show the card of keys.
    Help,
    /// Look for words or figures in the chapter on screen.
    Find,
    /// Change the colours.
    Look(Look),
    /// Something about the draft's other versions.
    Versions(Ask),
    /// Take the message above the table away.
    DismissNotice,
}

/// The commands that have a key, in the order their keys are tried.
pub fn with_shortcut() -> [Command; 24] {
    use Command::{
        Close, Comment, Export, Find, GiveBack, Help, New, NextBlank, NextFinding, Open, PrevFinding, Print, Reason, Redo, Save, SaveAs,
        Seen, SettleHere, Show, Undo, WayOn,
    };
    // Ctrl+Shift+Z stands before Ctrl+Z, which would match it too; so do the others with Shift.
    [
        Redo,
        Undo,
        SaveAs,
        Save,
        New,
        Open,
        Export,
        Print,
        PrevFinding,
        NextFinding,
        Reason,
        NextBlank,
        Close,
        Find,
        Help,
        Comment,
        Seen,
        GiveBack,
        WayOn,
        Show(List::Findings),
        Show(List::Comments),
        Show(List::Changes),
        SettleHere(Take::First),
        SettleHere(Take::Second),
    ]
}

impl Command {
    /// The words on its button or in its menu.
    pub fn label(&self) -> &'static str {
        match self {
            Self::New | Self::Start(..) => "新建报告…",
            Self::Open => "打开草稿…",
            Self::Import | Self::PutIn(..) => "导入 Excel 工作簿…",
            Self::OpenPath(_) => "打开",
            Self::OpenExample => "打开示例",
            Self::Recover(_) => "恢复",
            Self::Forget(_) => "不要了",
            Self::SaveBeside => "另存一份",
            Self::Rename => "改单位全称…",
            Self::Save => "保存",
            Self::SaveAs => "另存为…",
            Self::Export => "导出…",
            Self::ExportAll => "全部导出到文件夹…",
            Self::ExportSummary => "导出校验报告…",
            Self::StopExport => "停止",
            Self::CopyPage => "复制网页代码",
            Self::Print => "打印…",
            Self::Close => "回到开始页",
            Self::Quit => "退出",
            Self::Practice => "十个按键练习",
            Self::Help => "按键一览",
            Self::Find => "查找…",
            Self::Look(look) => look.name(),
            Self::Versions(ask) => ask.label(),
            Self::Undo => "撤销",
            Self::Redo => "重做",
            Self::NextFinding => "下一处问题",
            Self::PrevFinding => "上一处问题",
            Self::Reason => "写待核实的说明",
            Self::NextBlank => "下一处未填或未看",
            Self::Show(list) => list.name(),
            Self::Compare(since) => since.name(),
            Self::OpenPrior => "对照上年报告…",
            Self::OpenCopy => "合并另一份副本…",
            Self::Comment | Self::CommentOn(_) => "写批注",
            Self::Seen => "已看过",
            Self::Act(deed) => deed.name(),
            Self::Do(action, _) => action.name(),
            Self::WayOn => "送审、通过或签发…",
            Self::GiveBack => "退回修改…",
            Self::Log => "办理记录…",
            Self::Second(what) => what.label(),
            Self::Settle(_, take) | Self::SettleHere(take) => match take {
                Take::First => "取一录",
                Take::Second => "取二录",
            },
            Self::AskPerson | Self::SetPerson(..) => "姓名和身份…",
            Self::Chapter(_) | Self::GoTo(_) | Self::LookAt(_) | Self::Visit(_) | Self::BackToChapter => "转到",
            Self::LookAway(_) | Self::DismissNotice => "关闭",
            Self::Type(_) | Self::Change(_) => "修改",
        }
    }

    /// Its keys.
    pub fn shortcuts(&self) -> &'static [KeyboardShortcut] {
        const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(modifiers, key)
        }
        const SHIFTED: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        match self {
            Self::New => &const { [key(Modifiers::COMMAND, Key::N)] },
            Self::Open => &const { [key(Modifiers::COMMAND, Key::O)] },
            Self::Save => &const { [key(Modifiers::COMMAND, Key::S)] },
            Self::SaveAs => &const { [key(SHIFTED, Key::S)] },
            Self::Export => &const { [key(Modifiers::COMMAND, Key::E)] },
            Self::Print => &const { [key(Modifiers::COMMAND, Key::P)] },
            Self::Close => &const { [key(Modifiers::COMMAND, Key::W)] },
            Self::Undo => &const { [key(Modifiers::COMMAND, Key::Z)] },
            Self::Redo => &const { [key(Modifiers::COMMAND, Key::Y), key(SHIFTED, Key::Z)] },
            Self::Help => &const { [key(Modifiers::NONE, Key::F1)] },
            Self::Find => &const { [key(Modifiers::COMMAND, Key::F)] },
            Self::NextFinding => &const { [key(Modifiers::NONE, Key::F8)] },
            Self::PrevFinding => &const { [key(Modifiers::SHIFT, Key::F8)] },
            Self::Reason => &const { [key(Modifiers::NONE, Key::F4)] },
            Self::NextBlank => &const { [key(Modifiers::NONE, Key::F7)] },
            Self::Comment => &const { [key(Modifiers::SHIFT, Key::F2)] },
            Self::Seen => &const { [key(Modifiers::COMMAND, Key::Enter)] },
            Self::WayOn => &const { [key(Modifiers::NONE, Key::F9)] },
            Self::GiveBack => &const { [key(Modifiers::SHIFT, Key::F9)] },
            Self::Show(List::Findings) => &const { [key(Modifiers::COMMAND, Key::Num1)] },
            Self::Show(List::Comments) => &const { [key(Modifiers::COMMAND, Key::Num2)] },
            Self::Show(List::Changes) => &const { [key(Modifiers::COMMAND, Key::Num3)] },
            Self::SettleHere(Take::First) => &const { [key(Modifiers::NONE, Key::F5)] },
            Self::SettleHere(Take::Second) => &const { [key(Modifiers::NONE, Key::F6)] },
            _ => &[],
        }
    }

    /// Its first key in words: `Ctrl+S`.
    pub fn keys(&self) -> &'static str {
        match self {
            Self::New => "Ctrl+N",
            Self::Open => "Ctrl+O",
            Self::Save => "Ctrl+S",
            Self::SaveAs => "Ctrl+Shift+S",
            Self::Export => "Ctrl+E",
            Self::Print => "Ctrl+P",
            Self::Close => "Ctrl+W",
            Self::Undo => "Ctrl+Z",
            Self::Redo => "Ctrl+Y",
            Self::Help => "F1",
            Self::Find => "Ctrl+F",
            Self::NextFinding => "F8",
            Self::PrevFinding => "Shift+F8",
            Self::Reason => "F4",
            Self::NextBlank => "F7",
            Self::Comment => "Shift+F2",
            Self::Seen => "Ctrl+Enter",
            Self::WayOn | Self::Act(ActionKind::Submit | ActionKind::Pass | ActionKind::Sign | ActionKind::File | ActionKind::Publish) => {
                "F9"
            }
            Self::GiveBack | Self::Act(ActionKind::Return) => "Shift+F9",
            Self::Show(List::Findings) => "Ctrl+1",
            Self::Show(List::Comments) => "Ctrl+2",
            Self::Show(List::Changes) => "Ctrl+3",
            Self::SettleHere(Take::First) => "F5",
            Self::SettleHere(Take::Second) => "F6",
            _ => "",
        }
    }
}
