//! One writer for a draft: a file beside it, `.NAME.gouji.lock`, is held as long as the draft is open, and says who by.
//!
//! Never the draft itself: on Windows a locked file cannot be read. The system lets go when the process ends, however it
//! ends, so a lock left behind by a crash stops nobody.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::digest::Sum;
use super::disk::{Disk, RealDisk, Standing};
use super::home::Home;

/// Who holds a draft, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Name of the user; empty when not known.
    pub user: String,
    /// Name of the computer; empty when not known.
    pub host: String,
    /// Number of the process; 0 when not known.
    pub process: u32,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl Holder {
    /// This process.
    fn here(since: Timestamp) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        let host = match first(&["COMPUTERNAME"]) {
            name if name.is_empty() => read_words(&RealDisk, Path::new("/proc/sys/kernel/hostname")).unwrap_or_default(),
            name => name,
        };
        let user = first(&["USER", "USERNAME", "LOGNAME"]);
        Self { user, host: host.trim().to_owned(), process: std::process::id(), since: Some(since) }
    }

    /// Read leniently: whatever is missing is not known.
    fn of_words(words: &str) -> Self {
        let mut lines = words.lines().map(|line| line.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect::<String>());
        let mut next = || lines.next().unwrap_or_default();
        let (user, host, process, since) = (next(), next(), next(), next());
        Self { user, host, process: process.parse().unwrap_or(0), since: since.parse().ok() }
    }

    fn to_words(&self) -> String {
        let since = self.since.map_or_else(String::new, |since| since.to_string());
        format!("{}\n{}\n{}\n{since}\n", self.user, self.host, self.process)
    }
}

/// Longest name shown.
const MAX_NAME: usize = 60;

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = if self.user.is_empty() { "另一个窗口" } else { &self.user };
        write!(f, "{user}")?;
        if !self.host.is_empty() {
            write!(f, "在电脑 {} 上", self.host)?;
        }
        match self.since {
            Some(since) => write!(f, "（{} 起）", clock(since)),
            None => Ok(()),
        }
    }
}

/// Day and time for people, in this machine's time zone: `1月30日 14:03`.
pub(super) fn clock(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%-m月%-d日 %H:%M").to_string()
}

/// A draft held by this process until dropped.
#[derive(Debug)]
pub struct Hold {
    disk: Arc<dyn Disk>,
    sidecar: PathBuf,
    file: Option<File>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        // A file held open can be removed on Unix only, and there it must be: once let go it may be another's.
        if cfg!(windows) {
            self.file = None;
        }
        // Left behind it stops nobody.
        self.disk.remove(&self.sidecar).ok();
    }
}

/// What came of reaching for a draft.
#[derive(Debug)]
pub enum Held {
    /// It is ours.
    Ours(Hold),
    /// Another session has it.
    Others(Holder),
    /// There are no locks here, or nothing can be written; that the file changed is still noticed before saving.
    Unlocked(io::Error),
}

/// Holds the draft at this path, if nobody does.
pub fn hold(home: &Home, draft: &Path, now: Timestamp) -> Held {
    let draft = home.true_path(draft);
    match home.disk.standing(&draft) {
        // Nothing is put beside what cannot be a draft.
        Ok(Standing::Folder | Standing::Other) => Held::Unlocked(io::ErrorKind::InvalidInput.into()),
        Ok(Standing::Missing | Standing::File | Standing::ReadOnlyFile) => hold_sidecar(&home.disk, sidecar(&draft), now),
        Err(err) => Held::Unlocked(err),
    }
}

/// As [`hold`], by the sidecar itself.
pub(super) fn hold_sidecar(disk: &Arc<dyn Disk>, sidecar: PathBuf, now: Timestamp) -> Held {
    match disk.hold(&sidecar, Holder::here(now).to_words().as_bytes()) {
        Ok(Some(file)) => Held::Ours(Hold { disk: Arc::clone(disk), sidecar, file: Some(file) }),
        Ok(None) => Held::Others(Holder::of_words(&read_words(&**disk, &sidecar).unwrap_or_default())),
        Err(err) => Held::Unlocked(err),
    }
}

/// `.NAME.gouji.lock`; a name too long for that is shortened, and told apart by its sum.
fn sidecar(draft: &Path) -> PathBuf {
    let name = draft.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let name = match name.len() {
        ..=LONGEST_NAME => name.into_owned(),
        _ => format!("{}-{}", name.chars().take(30).collect::<String>(), Sum::new().with(name.as_bytes())),
    };
    draft.with_file_name(format!(".{name}.lock"))
}

/// Bytes of a name that leave room for the dot and the ending; a name may have 255.
const LONGEST_NAME: usize = 240;

/// The words in a sidecar, if it is what it should be.
fn read_words(disk: &dyn Disk, path: &Path) -> Option<String> {
    let is_file = matches!(disk.standing(path), Ok(Standing::File | Standing::ReadOnlyFile));
    let bytes = is_file.then(|| disk.read(path, 1000).ok()).flatten()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
