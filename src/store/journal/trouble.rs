//! What a journal's thread and its handle both speak of: trouble with the disk, names of files.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::store::hold::clock;

/// Edits that would be lost in a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When the first of them was made.
    pub since: Timestamp,
    /// Why they are not on disk.
    pub reason: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 以后填的内容还没有自动存盘（{}），都还在窗口里；请尽快保存，或另存到别处", clock(self.since), self.reason)
    }
}

/// Ending of a journal's file name.
pub(in crate::store) const ENDING: &str = "journal";

/// Ending of the file that tells other sessions that a journal is in use.
pub(in crate::store) const LOCK_ENDING: &str = "lock";

/// The file that tells other sessions that this journal is in use.
pub(in crate::store) fn sidecar(journal: &Path) -> PathBuf {
    journal.with_extension(LOCK_ENDING)
}
