//! Everything the window can be asked to do. What stands in a menu or has a key carries nothing along and is in the table of
//! [`named`]; the rest says in its payload what it is about. Screens and questions return commands, `app` performs them.

pub mod account;
pub mod county;
pub mod edits;
pub mod files;
pub mod icons;
pub mod last_year;
pub mod ledger;
pub mod named;
pub mod pictures;
pub mod places;
pub mod second;

use std::path::PathBuf;

use crate::export::Edition;
use crate::form::CheckId;
use crate::import::Block;
use crate::model::{Action, ActionKind, CellId, Edit, Person, ReasonKey, Spot, Totals, Values, Workflow};
use crate::review::{BySize, Join};
use crate::rules::Finding;
use crate::ui::look::theme::Look;
use account::Receive;
use county::Many;
use files::{Ask, Into, Purpose, Workbook};
use last_year::LastYears;
use ledger::Tally;
use named::Named;
use pictures::Pictures;
use places::{FigureCard, List, Reading, Shown, Since, Take, Target};
use second::Second;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// What a menu or a key says.
    Named(Named),
    /// Start a draft for this agency and year.
    Start(String, u16),
    /// The open report is this agency's, of this year.
    MoveTo(String, u16),
    /// Open this draft.
    OpenPath(PathBuf),
    /// Take this draft off the list of the start screen; its file stays.
    LeaveOut(PathBuf),
    /// Show the pages of this edition as they will be printed.
    Preview(Edition),
    /// Put what was read from a workbook there.
    PutIn(Workbook, Into),
    /// A step with files that reports came in.
    Receive(Receive),
    /// A step with the office's register.
    Tally(Tally),
    /// A step with a county.
    Many(Many),
    /// Go on with what a crash left behind, or with what was given up, in this journal.
    Recover(PathBuf),
    /// Ask whether what a crash left behind in this journal is to be given up.
    AskForget(PathBuf),
    /// Give it up.
    Forget(PathBuf),
    /// Save a copy beside the file that someone else has changed.
    SaveBeside,
    /// Save, then do this.
    SaveThen(Box<Command>),
    /// Lose the changes and do this.
    DiscardThen(Box<Command>),
    /// Put the question away; what was to be done after it is not done.
    Cancel,
    /// This file was picked.
    Picked(Purpose, PathBuf),
    /// See what stands at this path, for the question that asks for a file. The question stays.
    LookUp(Purpose, String),
    /// Write nothing more of every kind.
    StopExport,
    /// Do this about last year's report.
    LastYear(LastYears),
    /// The open report goes on on the form of this year, cell by cell as was shown.
    MoveOn(String, u16),
    /// Do this with the pictures of several years.
    Pictures(Pictures),
    /// List, restore or compare earlier saves, or say where copies of each save go.
    Versions(Ask),
    /// Show this list on the right.
    Show(List),
    /// Compare with this.
    Compare(Since),
    /// Show figures of this year, of last year, or the change.
    ShowYear(Shown),
    /// Go where an entry of a list leads.
    Visit(Target),
    /// Show it, but leave the keyboard where it is.
    Peek(Target),
    /// Show a chapter.
    Chapter(u8),
    /// Put the cursor on a cell.
    GoTo(CellId),
    /// Go to a finding and tint its two sides.
    LookAt(Finding),
    /// Tint no finding.
    LookAway(CheckId),
    /// The pointer is on this finding: tint its sides meanwhile.
    Hover(Option<Finding>),
    /// Open this card over the text, or put it away.
    ShowFigure(Option<FigureCard>),
    /// Give the keyboard back to the chapter.
    BackToChapter,
    /// Put the strip for finding away.
    CloseFind,
    /// Take over what was typed.
    Type(Edit),
    /// Put 0 into the blank ones of these cells, as a step of its own.
    Zeros(Vec<CellId>),
    /// New reports take their totals from there, from now on.
    TotalsFrom(Totals),
    /// Change the draft, as a step of its own.
    Change(Vec<Edit>),
    /// Show what is wrong with a block before it is pasted.
    AskPaste(Block),
    /// Paste a block as it is.
    Paste(Block),
    /// Have the clipboard's text pasted where the keyboard is.
    AskClipboard,
    /// Have the system show this file or folder; the words on its button.
    ShowFile(PathBuf, &'static str),
    /// Put text on the clipboard.
    Copy(String),
    /// Say why the draft is not to be changed now.
    SayReadOnly,
    /// From now on this person acts; the office has these steps.
    SetPerson(Person, Option<Workflow>),
    /// Ask for what a step needs, then do it.
    Act(ActionKind),
    /// Do it, with these words.
    Do(Action, String),
    /// The step is on disk: say so, and for 报送 write the receipt.
    StepKept(ActionKind),
    /// Write a comment on this place.
    CommentOn(Spot),
    /// Show this step of the reading.
    Read(Reading),
    /// Accept the reason filed under this, or take that back.
    Judge(ReasonKey, bool),
    /// Call these differences large.
    Order(BySize),
    /// Mark this cell as looked at.
    MarkSeen(CellId),
    /// Join the copies, with these values where both had changed something.
    Join(Box<Join>, Values),
    /// A step of keying a table a second time.
    Second(Second),
    /// Settle a cell that was keyed differently.
    Settle(CellId, Take),
    /// Change the colours.
    Look(Look),
    /// Show figures of tables in groups of three digits, or not.
    GroupDigits(bool),
    /// Larger letters, or smaller ones.
    Zoom {
        /// A tenth larger, or else a tenth smaller.
        larger: bool,
    },
    /// Take the message above the table away.
    DismissNotice,
}

impl Command {
    /// The words on its button.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Named(named) => named.words(),
            Self::Start(..) => Named::New.words(),
            Self::MoveTo(..) => Named::Rename.words(),
            Self::PutIn(..) => Named::Import.words(),
            Self::Receive(receive) => receive.label(),
            Self::Tally(tally) => tally.label(),
            Self::Many(many) => many.label(),
            Self::OpenPath(_) | Self::Picked(..) => "打开",
            Self::Recover(_) => "恢复",
            Self::AskForget(_) | Self::Forget(_) => "不要了",
            Self::LeaveOut(_) => "从列表去掉",
            Self::Preview(_) => Named::Preview.words(),
            Self::SaveBeside => "另存一份",
            Self::SaveThen(_) => "保存",
            Self::DiscardThen(_) => "不保存",
            Self::StopExport => "停止",
            Self::Pictures(what) => what.label(),
            Self::LastYear(what) => what.label(),
            Self::MoveOn(..) => "移到新表样",
            Self::Versions(ask) => ask.label(),
            Self::Show(list) => list.name(),
            Self::Compare(since) => since.name(),
            Self::ShowYear(shown) => shown.name(),
            Self::CommentOn(_) => Named::Comment.words(),
            Self::Act(kind) | Self::StepKept(kind) => kind.name(),
            Self::Do(action, _) => action.name(),
            Self::Read(reading) => reading.name(),
            Self::Judge(_, true) => "认可",
            Self::Judge(_, false) => "撤回",
            Self::Order(by) => by.name(),
            Self::MarkSeen(_) => Named::Seen.words(),
            Self::Join(..) => "合并",
            Self::Second(second) => second.label(),
            Self::Settle(_, Take::First) => Named::TakeFirst.words(),
            Self::Settle(_, Take::Second) => Named::TakeSecond.words(),
            Self::SetPerson(..) => Named::AskPerson.words(),
            Self::Look(look) => look.name(),
            Self::GroupDigits(_) => "千分位",
            Self::Zoom { larger: true } => "放大　Ctrl+加号",
            Self::Zoom { larger: false } => "缩小　Ctrl+减号",
            Self::LookUp(..)
            | Self::Chapter(_)
            | Self::GoTo(_)
            | Self::LookAt(_)
            | Self::Hover(_)
            | Self::ShowFigure(_)
            | Self::Visit(_)
            | Self::Peek(_)
            | Self::BackToChapter => "转到",
            Self::LookAway(_) | Self::CloseFind | Self::DismissNotice => "关闭",
            Self::Cancel => "取消",
            Self::Zeros(_) => "填 0",
            Self::TotalsFrom(_) => Named::SwitchTotals.words(),
            Self::Type(_) | Self::Change(_) | Self::SayReadOnly => "修改",
            Self::AskPaste(_) | Self::Paste(_) => "仍然粘贴",
            Self::AskClipboard => "粘贴",
            Self::ShowFile(_, words) => words,
            Self::Copy(_) => "复制",
        }
    }

    /// The key that does the same: `F9`; empty where there is none.
    pub fn keys(&self) -> String {
        let named = match self {
            Self::Named(named) => *named,
            Self::Act(ActionKind::Submit | ActionKind::Pass | ActionKind::Sign | ActionKind::File | ActionKind::Publish) => Named::WayOn,
            Self::Act(ActionKind::Return) => Named::GiveBack,
            Self::Show(List::Findings) => Named::ShowFindings,
            Self::Show(List::Comments) => Named::ShowComments,
            Self::Show(List::Changes) => Named::ShowChanges,
            _ => return String::new(),
        };
        named.keys()
    }

    /// It replaces or closes the open draft.
    pub fn leaves_draft(&self) -> bool {
        match self {
            Self::Named(named) => {
                matches!(named, Named::OpenExample | Named::OpenFaulty | Named::NewFromLast | Named::Practice | Named::Close | Named::Quit)
            }
            Self::Many(many) => matches!(many, Many::Open(_)),
            Self::Start(..) | Self::OpenPath(_) | Self::Recover(_) | Self::PutIn(_, Into::New) | Self::Receive(Receive::TakeNew) => true,
            _ => false,
        }
    }

    /// It changes what the report says.
    pub fn changes_draft(&self) -> bool {
        matches!(
            self,
            Self::Type(_)
                | Self::Change(_)
                | Self::Zeros(_)
                | Self::Settle(..)
                | Self::Pictures(Pictures::Write { .. })
                | Self::LastYear(LastYears::Take(_) | LastYears::FirstYear)
                | Self::Named(
                    Named::TakeFirst
                        | Named::TakeSecond
                        | Named::TakePrior
                        | Named::ZeroLine
                        | Named::ZeroColumn
                        | Named::SwitchTotals
                        | Named::TakeTotal
                )
        )
    }
}

impl From<Named> for Command {
    fn from(named: Named) -> Self {
        Self::Named(named)
    }
}

impl From<Pictures> for Command {
    fn from(what: Pictures) -> Self {
        Self::Pictures(what)
    }
}

impl From<LastYears> for Command {
    fn from(what: LastYears) -> Self {
        Self::LastYear(what)
    }
}

impl From<Ask> for Command {
    fn from(ask: Ask) -> Self {
        Self::Versions(ask)
    }
}

impl From<Receive> for Command {
    fn from(receive: Receive) -> Self {
        Self::Receive(receive)
    }
}

impl From<Tally> for Command {
    fn from(tally: Tally) -> Self {
        Self::Tally(tally)
    }
}

impl From<Many> for Command {
    fn from(many: Many) -> Self {
        Self::Many(many)
    }
}

impl From<Second> for Command {
    fn from(second: Second) -> Self {
        Self::Second(second)
    }
}
