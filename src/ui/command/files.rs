//! What files are picked for, and what goes along with a command about files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::export::FileKind;
use crate::import::Imported;
use crate::read::SourceKind;
use crate::store::{self, Generation};
use crate::ui::look::widgets::clock;

/// What a file is picked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A draft to open.
    Open,
    /// Last year's report, to be compared with.
    Prior,
    /// Last year's report, to begin this year's from.
    Last,
    /// A report of another year, to be drawn beside this one.
    Year,
    /// Where to save the pictures; the ending says as what.
    Pictures,
    /// Another copy of this report, to be joined with it.
    Join,
    /// The same table keyed by a second person.
    Second,
    /// A report that was published or filled elsewhere.
    Import,
    /// The office's register of requests or cases.
    Ledger,
    /// Where to save the draft.
    Save,
    /// Where to write the report; the ending says as what.
    Export,
    /// Where to write the copy to be signed by pen.
    Clean,
    /// Where to write the copy for the public.
    Public,
    /// Where to write the page for the file.
    Summary,
    /// The folder for every kind at once.
    Folder,
    /// A copy that went out, or a receipt, to be held against the report.
    Against,
    /// A county's folder.
    County,
    /// A body's report, to be taken into the county on screen.
    TakeIn,
    /// Where to write the county's sum; the ending says as what.
    Sum,
    /// The folder for the reports of all bodies of a county in every kind of file.
    Collect,
}

impl Purpose {
    /// A file that is there is picked, not a place for a new one.
    pub fn is_found(self) -> bool {
        !matches!(self, Self::Save | Self::Export | Self::Clean | Self::Public | Self::Summary | Self::Pictures | Self::Sum)
    }

    /// The ending that a new file gets; the first of those that fit.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Open | Self::Prior | Self::Last | Self::Year | Self::Join | Self::Second | Self::Save => store::DRAFT_ENDING,
            Self::Pictures => "png",
            Self::Import | Self::Ledger | Self::Sum => FileKind::Xlsx.ending(),
            Self::Export | Self::Public => FileKind::Docx.ending(),
            Self::Clean | Self::Summary => FileKind::Pdf.ending(),
            Self::Folder | Self::Against | Self::County | Self::TakeIn | Self::Collect => "",
        }
    }

    /// The name ends as one of its files does.
    pub fn fits(self, path: &Path) -> bool {
        match self {
            Self::Open | Self::Join | Self::Second | Self::Save => store::is_draft_name(path),
            Self::Prior | Self::Last | Self::Year | Self::TakeIn => store::is_draft_name(path) || SourceKind::of(path).is_some(),
            Self::Pictures => path.extension().is_some_and(|ending| PICTURES.iter().any(|known| ending.eq_ignore_ascii_case(known))),
            Self::Import => SourceKind::of(path).is_some(),
            Self::Ledger => is_register(path),
            Self::Export | Self::Clean | Self::Public | Self::Summary => FileKind::of(path).is_some(),
            Self::Against => FileKind::of(path).is_some() || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")),
            Self::Sum => path.extension().is_some_and(|ending| SUMS.iter().any(|known| ending.eq_ignore_ascii_case(known))),
            Self::Folder | Self::County | Self::Collect => false,
        }
    }

    /// The dialog's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "打开草稿",
            Self::Prior => "打开上年报告",
            Self::Last => "选上年报告，新建下一年的",
            Self::Year => "选另一年的报告",
            Self::Pictures => "保存历年情况图",
            Self::Join => "合并另一份副本",
            Self::Second => "打开双录的第二遍",
            Self::Ledger => "选台账：Excel 或 CSV",
            Self::Import => "导入报告：网页、Word、PDF、Excel、文本",
            Self::Save => "保存草稿",
            Self::Export => "导出",
            Self::Clean => "导出签字用的清样",
            Self::Public => "导出公开版",
            Self::Summary => "导出校验报告",
            Self::Folder => "全部导出到文件夹",
            Self::Against => "与导出的副本或回执核对",
            Self::County => "选装着各单位报告的文件夹",
            Self::Collect => "各单位的报告，各种文件，写到文件夹",
            Self::TakeIn => "收文件：草稿、网页、Word、PDF、Excel",
            Self::Sum => "导出汇总：.xlsx 工作簿、.gouji 草稿、.csv、.parquet",
        }
    }
}

/// The kinds of file that registers come in.
pub const REGISTERS: [&str; 5] = ["xlsx", "xls", "csv", "tsv", "txt"];

/// The name ends as a register's does.
pub fn is_register(path: &Path) -> bool {
    path.extension().is_some_and(|ending| REGISTERS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The kinds of file that pictures are saved as.
pub const PICTURES: [&str; 3] = ["png", "html", "xlsx"];

/// The kinds of file that a county's sum is written as.
pub const SUMS: [&str; 4] = ["xlsx", "gouji", "csv", "parquet"];

/// The path with the ending its purpose wants, if it has none.
pub fn with_ending(path: PathBuf, purpose: Purpose) -> PathBuf {
    if purpose.is_found() || purpose.fits(&path) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{}", purpose.ending()));
    name.into()
}

/// A workbook that was read, on its way to where it goes.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The file it was read from.
    pub path: PathBuf,
    /// What stands in it.
    pub imported: Arc<Imported>,
}

impl PartialEq for Workbook {
    /// They come from the same reading.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.imported, &other.imported)
    }
}

/// Where a workbook goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Into {
    /// Into the open report.
    Open,
    /// Into a report of its own.
    New,
}

/// What can be asked about other versions of a draft; what stands in a menu is in the table of commands.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// List what was given up in the last days.
    GivenUp,
    /// List the earlier saves of the draft at this path, which does not open.
    ListOf(PathBuf),
    /// Put an earlier save beside the draft at this path, as a file of its own.
    Restore(Generation, PathBuf),
    /// Compare what is on screen with another version.
    Compare(Other),
    /// Ask the system for the folder where copies go; this one was typed so far.
    PickBackup(String),
    /// Copies go there from now on, or nowhere.
    SetBackup(Option<PathBuf>),
}

impl Ask {
    /// What its button says.
    pub fn label(&self) -> &'static str {
        match self {
            Self::GivenUp => "不要了的改动…",
            Self::ListOf(_) => "历史版本…",
            Self::Restore(..) => "恢复为副本",
            Self::Compare(Other::Disk) => "对照两份",
            Self::Compare(Other::Earlier(_)) => "与现在对照",
            Self::PickBackup(_) => "选择文件夹…",
            Self::SetBackup(Some(_)) => "从现在起备份",
            Self::SetBackup(None) => "不再备份",
        }
    }
}

/// The version that what is on screen is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Other {
    /// The draft's own file, changed by someone else.
    Disk,
    /// An earlier save.
    Earlier(Generation),
}

impl Other {
    /// Its file, where that is not the draft's own.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Disk => None,
            Self::Earlier(save) => Some(&save.file),
        }
    }

    /// What it is called above its column.
    pub fn name(&self) -> String {
        match self {
            Self::Disk => "文件里（别人保存的）".to_owned(),
            Self::Earlier(save) => format!("{} 保存的一稿", clock(save.time)),
        }
    }
}
