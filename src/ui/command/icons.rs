//! Which icon stands beside a command's words.

use super::named::Named;
use crate::ui::look::icon::Icon;

impl Named {
    /// The icon in menus and on the start screen; none where a picture would say less than the words.
    pub fn icon(self) -> Option<Icon> {
        let icon = match self {
            Self::New => Icon::Plus,
            Self::NewFromLast | Self::OpenCopy | Self::Against => Icon::Sheets,
            Self::Open | Self::Backup => Icon::Folder,
            Self::Import | Self::TakePrior | Self::OpenPrior => Icon::TrayIn,
            Self::Export | Self::ExportAll | Self::ExportClean | Self::ExportPublic => Icon::TrayOut,
            Self::County => Icon::Squares,
            Self::Ledger | Self::Decisions | Self::Manual => Icon::Book,
            Self::OpenExample | Self::OpenFaulty | Self::ExportSummary => Icon::Sheet,
            Self::Save | Self::SaveAs => Icon::Disk,
            Self::Print => Icon::Printer,
            Self::Preview | Self::Find | Self::GoTo | Self::Replace => Icon::Lens,
            Self::Versions => Icon::Clock,
            Self::Undo | Self::GiveBack => Icon::Back,
            Self::Redo => Icon::Forward,
            Self::ZeroLine | Self::ZeroColumn => Icon::Zero,
            Self::TakeTotal | Self::SwitchTotals => Icon::Sum,
            Self::Rename | Self::KeyPrior | Self::Comment | Self::Reason | Self::KeyTwice | Self::Practice => Icon::Pencil,
            Self::Trend => Icon::Bars,
            Self::NextFinding | Self::PrevFinding => Icon::Triangle,
            Self::NextBlank => Icon::Ring,
            Self::Help | Self::About => Icon::Question,
            Self::WayOn => Icon::Chevron,
            Self::Seen => Icon::Tick,
            Self::Log | Self::Reading => Icon::Lines,
            Self::AskPerson => Icon::Person,
            Self::Close | Self::Quit => Icon::Door,
            _ => return None,
        };
        Some(icon)
    }
}
