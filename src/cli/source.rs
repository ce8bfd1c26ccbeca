//! What a command is given to read: a draft, any file that a report comes in, or a folder of them.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::county::{self, Sourced};
use crate::form::Catalog;
use crate::import::Account;
use crate::model::Fingerprint;
use crate::store::{self, RealDisk};
use crate::workers;

/// The files named, and those in the folders named, in the order of their names.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    store::sources(&RealDisk, paths).map_err(anyhow::Error::msg)
}

/// The reports in a file that is no draft of ours.
pub(super) fn accounts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Account>> {
    county::accounts(&RealDisk, path, catalog).map(|(accounts, _)| accounts).map_err(anyhow::Error::msg)
}

/// Everything in a file as drafts.
pub(super) fn drafts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Sourced>> {
    hashed(path, catalog).map(|(found, _)| found)
}

/// The same with the SM3 of the file's bytes, which are read once.
pub(super) fn hashed(path: &Path, catalog: &Catalog) -> anyhow::Result<(Vec<Sourced>, Fingerprint)> {
    county::reports(&RealDisk, path, catalog).map_err(anyhow::Error::msg)
}

/// What became of each file, in their order: read on all cores. On a terminal it is told how far it is.
pub(super) fn each<T: Send>(files: &[PathBuf], read: impl Fn(&Path) -> T + Sync, mut take: impl FnMut(&Path, T)) {
    let mut progress = Progress::new(files.len());
    workers::in_order(
        files,
        &AtomicBool::new(false),
        |path| read(path),
        |path, value| {
            take(path, value);
            progress.one_more();
        },
    );
}

/// From so many files on it is told how far it is.
const MANY: usize = 20;

/// How far the files are, for who watches a terminal.
pub(super) struct Progress {
    num: usize,
    of: usize,
    is_watched: bool,
}

impl Progress {
    pub fn new(of: usize) -> Self {
        Self { num: 0, of, is_watched: of > MANY && io::stderr().is_terminal() }
    }

    pub fn one_more(&mut self) {
        self.num += 1;
        if self.is_watched {
            let end = if self.num == self.of { "\n" } else { "" };
            // Nobody who watches is no reason to stop.
            let _unseen = write!(io::stderr(), "\r第 {} / {} 个{end}", self.num, self.of);
        }
    }
}
