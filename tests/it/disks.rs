//! The real disk, with something happening before each of its operations: it fails, or someone else writes.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use gouji::store::{Disk, RealDisk, Standing};

use crate::support::put;

/// What happens before the operation of this number and name.
type Before = dyn Fn(usize, &str) -> io::Result<()> + Send + Sync;

/// The real disk, meddled with.
#[derive(Clone)]
pub struct Meddled {
    before: Arc<Before>,
    done: Arc<AtomicUsize>,
}

impl fmt::Debug for Meddled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meddled")
    }
}

impl Meddled {
    /// This happens before each operation; should it fail, the operation fails, half done.
    pub fn before(before: impl Fn(usize, &str) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self { before: Arc::new(before), done: Arc::default() }
    }

    /// Fails at one operation, and stays dead afterwards as after a power cut, if asked to.
    pub fn failing_at(fails_at: usize, stays_dead: bool) -> Self {
        Self::before(move |no, _| {
            let fails = no == fails_at || no > fails_at && stays_dead;
            if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "injected")) } else { Ok(()) }
        })
    }

    /// Operations begun.
    pub fn num_done(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    fn step(&self, name: &str) -> io::Result<()> {
        (self.before)(self.done.fetch_add(1, Ordering::SeqCst), name)
    }
}

impl Disk for Meddled {
    fn standing(&self, path: &Path) -> io::Result<Standing> {
        self.step("standing").and_then(|()| RealDisk.standing(path))
    }
    fn follow(&self, path: &Path) -> io::Result<PathBuf> {
        self.step("follow").and_then(|()| RealDisk.follow(path))
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.step("read").and_then(|()| RealDisk.read(path, limit))
    }
    fn write_synced(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        let half = |_: &io::Error| {
            if path.parent().is_some_and(Path::is_dir) {
                put(path, &bytes[..bytes.len() / 2]);
            }
        };
        self.step("write").inspect_err(half).and_then(|()| RealDisk.write_synced(path, bytes, like))
    }
    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = |_: &io::Error| RealDisk.append_synced(path, &bytes[..bytes.len() / 2]).unwrap();
        self.step("append").inspect_err(half).and_then(|()| RealDisk.append_synced(path, bytes))
    }
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("replace").and_then(|()| RealDisk.replace(from, to))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync").and_then(|()| RealDisk.sync_folder(folder))
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("make").and_then(|()| RealDisk.make_folder(folder))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step("remove").and_then(|()| RealDisk.remove(path))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step("list").and_then(|()| RealDisk.list(folder))
    }
    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        self.step("modified").and_then(|()| RealDisk.modified(path))
    }
    fn stamp(&self, path: &Path) -> io::Result<(u64, SystemTime)> {
        self.step("stamp").and_then(|()| RealDisk.stamp(path))
    }
    fn hold(&self, path: &Path, words: &[u8]) -> io::Result<Option<File>> {
        self.step("hold").and_then(|()| RealDisk.hold(path, words))
    }
}
