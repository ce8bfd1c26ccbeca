//! What a command is given to read: a draft, any file that a report comes in, or a folder of them.

use std::io::{self, IsTerminal as _, Write as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::form::{Catalog, Form};
use crate::import::{self, Account};
use crate::model::{Draft, Fingerprint};
use crate::read::SourceKind;
use crate::review::Digests;
use crate::store::{self, RealDisk};

/// The files named, and those in the folders named, in the order of their names.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    store::sources(&RealDisk, paths).map_err(anyhow::Error::msg)
}

/// The reports in a file that is no draft of ours.
pub(super) fn accounts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Account>> {
    published(path, catalog).map(|(accounts, _)| accounts)
}

fn published(path: &Path, catalog: &Catalog) -> anyhow::Result<(Vec<Account>, Fingerprint)> {
    let (kind, bytes, hash) = store::read_source(&RealDisk, path).map_err(anyhow::Error::msg)?;
    let accounts = import::reports(kind, &bytes, catalog).map_err(|err| anyhow::anyhow!("{err}；文件：{}", path.display()))?;
    Ok((accounts, hash))
}

/// What became of each file, in their order: read on all cores, a few at a time, so that no number of them fills the memory. On a
/// terminal it is told how far it is.
pub(super) fn each<T: Send>(files: &[PathBuf], read: impl Fn(&Path) -> T + Sync, mut take: impl FnMut(&Path, T)) {
    let num_cores = thread::available_parallelism().map_or(1, usize::from);
    let is_watched = files.len() > MANY && io::stderr().is_terminal();
    for (place, some) in files.chunks(num_cores * 2).enumerate() {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some((place, file)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|place| Some((place, some.get(place)?))) {
                done.push((place, read(file)));
            }
            done
        };
        let mut done: Vec<(usize, T)> = thread::scope(|scope| {
            let threads: Vec<_> = (0..num_cores.min(some.len())).map(|_| scope.spawn(work)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        done.sort_by_key(|(place, _)| *place);
        for (place, value) in done {
            if let Some(file) = some.get(place) {
                take(file, value);
            }
        }
        if is_watched {
            // Nobody who watches is no reason to stop.
            let _unseen = write!(io::stderr(), "\r第 {} / {} 个", (place * num_cores * 2 + some.len()), files.len());
        }
    }
    if is_watched {
        let _unseen = writeln!(io::stderr());
    }
}

/// From so many files on it is told how far it is.
const MANY: usize = 20;

/// A draft on its form, with the account of how it was read; none for a draft of ours.
pub(super) type Sourced = (Arc<Form>, Draft, Option<Account>);

/// Everything in a file as drafts.
pub(super) fn drafts(path: &Path, catalog: &Catalog) -> anyhow::Result<Vec<Sourced>> {
    hashed(path, catalog).map(|(found, _)| found)
}

/// The same with the SM3 of the file's bytes, which are read once.
pub(super) fn hashed(path: &Path, catalog: &Catalog) -> anyhow::Result<(Vec<Sourced>, Fingerprint)> {
    if store::is_draft_name(path) || SourceKind::of(path).is_none() {
        let bytes = store::read_draft(&RealDisk, path)?;
        let (form, draft) = store::load_bytes(&RealDisk, path, &bytes, catalog)?;
        return Ok((vec![(form, draft, None)], Digests::of(&bytes).sm3));
    }
    let sourced = |account: Account| (account.form.clone(), account.draft(), Some(account));
    let (accounts, hash) = published(path, catalog)?;
    Ok((accounts.into_iter().map(sourced).collect(), hash))
}
