//! What can go wrong with files, said to the clerk: what, what to do, and the path last, so that it can be cut off.

use std::io;
use std::path::{Path, PathBuf};

use super::damage::Damage;
use super::disk::is_held;
use super::hold::Holder;
use crate::form::FormError;

/// A draft or form file that cannot be read or written.
/// Each message is complete in itself; `source` is kept for those who look into the cause.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing stands there.
    #[error("找不到文件，请核对文件名和所在的文件夹；文件：{}", .0.display())]
    NotFound(PathBuf),
    /// A folder, a device, a pipe.
    #[error("这不是普通文件（是{what}），不能作为草稿；请选择以 .gouji 结尾的文件：{}", path.display())]
    NotAFile {
        /// What it is.
        what: &'static str,
        /// The path that was to be read.
        path: PathBuf,
    },
    /// More bytes than any draft has.
    #[error("文件超过 {limit_mb} MB，不会是草稿，没有打开；请核对是否选错了文件：{}", path.display())]
    TooLarge {
        /// The limit.
        limit_mb: u64,
        /// The path that was to be read.
        path: PathBuf,
    },
    /// The disk refused to read.
    #[error("读不了文件：{}；文件：{}", reason(source), path.display())]
    Read {
        /// The disk's reason.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// Made by a later version of this program.
    #[error("草稿是用更新版本的勾稽保存的（文件格式 {format}，本程序只认得 {known}），没有打开，文件未改动；请升级程序后再打开：{}", path.display())]
    Newer {
        /// The file's format number.
        format: u64,
        /// The newest format known here.
        known: u64,
        /// Where.
        path: PathBuf,
    },
    /// No draft, or a broken one.
    #[error("草稿损坏，打不开：{damage}。文件未改动；{}：{}", way_out(backup.as_deref()), path.display())]
    Damaged {
        /// What is wrong with it, and where in the file.
        #[source]
        damage: Damage,
        /// The previous save, if there is one.
        backup: Option<PathBuf>,
        /// Where.
        path: PathBuf,
    },
    /// A new draft would take the place of a file.
    #[error("文件已经存在，没有改动；请换一个文件名，或先把原文件移走：{}", .0.display())]
    Exists(PathBuf),
    /// What is written for others would take the place of a draft.
    #[error("这里是一份草稿（或者是指向草稿的链接），不能用来放导出的文件；草稿没有改动，请换一个文件名：{}", .0.display())]
    IsDraft(PathBuf),
    /// What is written for others was not.
    #[error("没有写出文件：{}；已有的文件没有改动，请换一个文件夹或文件名再试：{}", reason(source), path.display())]
    NotWritten {
        /// The disk's reason.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// A copy that the program keeps of an earlier save.
    #[error("这是以前保存的备份，不能直接改动；请打开它，另存为以 .gouji 结尾的草稿再改：{}", .0.display())]
    IsKept(PathBuf),
    /// More than could be opened again.
    #[error("没有保存：内容超过 {limit_mb} MB，存下去以后会打不开；最长的是{longest}，请删短后再保存：{}", path.display())]
    TooLong {
        /// The limit.
        limit_mb: u64,
        /// What is longest, by its name.
        longest: String,
        /// Where.
        path: PathBuf,
    },
    /// Someone has set the file to read-only.
    #[error("文件是只读的，没有保存；请另存为别的文件名，或在文件属性里取消“只读”：{}", .0.display())]
    ReadOnly(PathBuf),
    /// The save did not happen; what stood there still stands.
    #[error("没有保存：{}；已有的文件没有改动，{}：{}", reason(source), remedy(source), path.display())]
    Write {
        /// The disk's reason.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// The save happened, but the disk does not promise that it survives a power cut.
    #[error("已经写入，但磁盘没有确认（{}），突然断电可能丢失；请再保存一次：{}", reason(source), path.display())]
    Unconfirmed {
        /// The disk's reason.
        source: io::Error,
        /// Where.
        path: PathBuf,
    },
    /// Someone else has changed the file since it was opened here.
    #[error("没有保存：这份草稿打开以后，文件被别人改过（或在别的电脑上保存过）；那一份没有改动，请把现在的内容另存为副本，两份都保留，核对后再合并：{}", .0.display())]
    ChangedOnDisk(PathBuf),
    /// Another session writes this draft.
    #[error("草稿正被{holder}打开，这里只能查看，没有保存；请等对方关闭后再保存，或另存为副本：{}", path.display())]
    InUse {
        /// Who has it.
        holder: Holder,
        /// Which draft.
        path: PathBuf,
    },
    /// What a crash left behind cannot be read.
    #[error("恢复记录读不出：{what}；文件没有改动，草稿本身不受影响：{}", path.display())]
    Journal {
        /// What is wrong with it.
        what: String,
        /// Where.
        path: PathBuf,
    },
    /// The program's own settings cannot be read; the usual ones hold.
    #[error("设置读不出，按默认设置运行：{what}；文件没有改动：{}", path.display())]
    Settings {
        /// What is wrong with them.
        what: String,
        /// Where.
        path: PathBuf,
    },
    /// The draft is saved; its history is not.
    #[error("草稿已经保存，但没有留下历史版本：{}；{}：{}", reason(source), remedy(source), path.display())]
    NoGeneration {
        /// The disk's reason.
        source: io::Error,
        /// Where it should stand.
        path: PathBuf,
    },
    /// The draft is saved; its copy in the second folder is not.
    #[error("草稿已经保存，但没有写到备份文件夹：{}；{}：{}", reason(source), remedy(source), path.display())]
    NoCopy {
        /// The disk's reason.
        source: io::Error,
        /// Where it should stand.
        path: PathBuf,
    },
    /// A form file is broken.
    #[error(transparent)]
    Form(#[from] FormError),
}

impl StoreError {
    /// Reading failed, with its most common cause told apart.
    pub(super) fn read(source: io::Error, path: &Path) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path.to_owned()),
            _ => Self::Read { source, path: path.to_owned() },
        }
    }

    /// The disk's own error, for those who word it for another occasion.
    pub(super) fn into_io(self) -> io::Error {
        match self {
            Self::Read { source, .. }
            | Self::Write { source, .. }
            | Self::Unconfirmed { source, .. }
            | Self::NoGeneration { source, .. }
            | Self::NoCopy { source, .. } => source,
            Self::NotFound(_) => io::ErrorKind::NotFound.into(),
            Self::ReadOnly(_) => io::ErrorKind::PermissionDenied.into(),
            Self::Exists(_) => io::ErrorKind::AlreadyExists.into(),
            other => io::Error::other(other.to_string()),
        }
    }
}

/// The disk's reason in the clerk's words.
pub fn reason(err: &io::Error) -> String {
    if cfg!(windows) && is_held(err) {
        return "没有权限，或者文件正被另一个程序占用（请关闭打开它的程序，稍等再试）".to_owned();
    }
    if let Some(gone) = gone_away(err.raw_os_error().filter(|_| cfg!(windows))) {
        return gone.to_owned();
    }
    match err.kind() {
        io::ErrorKind::NotFound => "文件夹不存在（可能被移走、U 盘被拔出，或共享文件夹断开）".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘空间不足".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名太长或含有不能用的字符".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::ResourceBusy => "文件正被另一个程序占用".to_owned(),
        io::ErrorKind::AlreadyExists => "同名的文件已经存在".to_owned(),
        io::ErrorKind::StaleNetworkFileHandle | io::ErrorKind::HostUnreachable | io::ErrorKind::TimedOut => "共享文件夹断开".to_owned(),
        io::ErrorKind::IsADirectory => "这里是一个文件夹".to_owned(),
        io::ErrorKind::DirectoryNotEmpty => "文件夹不是空的".to_owned(),
        io::ErrorKind::FileTooLarge => "文件太大，这个磁盘放不下（U 盘的 FAT32 格式最大 4 GB）".to_owned(),
        io::ErrorKind::CrossesDevices => "两处不在同一个磁盘上".to_owned(),
        io::ErrorKind::InvalidInput => "文件名里有不能用的字符".to_owned(),
        io::ErrorKind::Unsupported => "这个磁盘不支持这样写".to_owned(),
        io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock => "被打断了，请再试一次".to_owned(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::WriteZero => "没有读写完整".to_owned(),
        io::ErrorKind::OutOfMemory => "内存不足".to_owned(),
        // It has a name of its own, which only nightly may call it by.
        kind if format!("{kind:?}") == "FilesystemLoop" => "这是快捷方式（链接），互相指来指去，没有指到文件".to_owned(),
        _ => unknown(err),
    }
}

/// Windows' error numbers for a drive, a share or a cloud that is no longer there, in the clerk's words; others have none.
pub(super) fn gone_away(code: Option<i32>) -> Option<&'static str> {
    Some(match code? {
        15 | 21 | 34 | 55 | 433 | 1167 => "这个盘不在了（U 盘被拔出，或者盘符变了）",
        51 | 53 | 54 | 59 | 64 | 67 | 121 | 1231 | 1232 | 1236 => "共享文件夹断开",
        362 | 388 | 389 | 395 | 404 | 426 => "文件还在网盘上，没有下载到本机（请在资源管理器里双击它，下载好再打开）",
        225 | 226 => "杀毒软件不让打开（请让管理员把它加入信任）",
        _ => return None,
    })
}

/// What the system says in its own language is of no help; its number is, to those who look after the machine.
fn unknown(err: &io::Error) -> String {
    match err.raw_os_error() {
        Some(code) => format!("系统没有照办（错误代码 {code}）"),
        // Words of our own come along with errors of our own.
        None => Some(err.to_string()).filter(|words| !words.is_ascii()).unwrap_or_else(|| "系统没有照办".to_owned()),
    }
}

/// What the clerk can do about it.
pub(super) fn remedy(err: &io::Error) -> &'static str {
    if cfg!(windows) && is_held(err) {
        return "关闭占用它的程序后再保存，或另存到别处";
    }
    match err.kind() {
        io::ErrorKind::NotFound => "请重新插上或连接后再保存，或另存到别处",
        io::ErrorKind::PermissionDenied => "请另存到自己能写的文件夹（如“文档”），或请管理员开通权限",
        io::ErrorKind::ReadOnlyFilesystem => "请另存到能写的磁盘；U 盘请检查写保护开关",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "请清理磁盘后再保存，或另存到别的磁盘",
        io::ErrorKind::InvalidFilename => "请改用短一些的文件名，或换一个文件夹",
        io::ErrorKind::StaleNetworkFileHandle | io::ErrorKind::HostUnreachable | io::ErrorKind::TimedOut => {
            "请重新连接后再保存，或另存到本机"
        }
        _ => "请排除后再保存，或另存到别处",
    }
}

fn way_out(backup: Option<&Path>) -> String {
    match backup {
        Some(path) => format!("上一次保存的内容还在 {}，可复制出来、改成 .gouji 结尾后打开；损坏的文件", path.display()),
        None => "请从备份或发送过的副本中找回；损坏的文件".to_owned(),
    }
}
