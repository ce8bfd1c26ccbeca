//! The index beside a county's folder: what was read of each file, so that only what changed is read again. It is never more than a
//! shortcut: a file counts as unchanged by name, length and time of writing, and is not kept where that time is too near to the
//! reading. What changed is added to the end; what is damaged, of another version or of other forms is not believed.

use std::collections::HashMap;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec::IntoIter;

use jiff::{SignedDuration, Timestamp};

use super::blocks::{Block, block, blocks};
use super::taken::Taken;
use crate::form::Catalog;
use crate::store::{self, Disk, StoreError};
use crate::workers;

/// Name of the file, hidden where a leading dot hides.
pub const FILE: &str = ".gouji-county";

/// The first line of an index. Its number grows with what is kept, or with how reports are read and checked.
const FORMAT: &str = "gouji county index 2";

/// Largest index that is read, in megabytes; three hundred thousand reports have some 100.
const MAX_MB: u64 = 2_000;

/// A file written within this time before the reading began may have been written again in the same tick of the disk's clock.
const TICK: SignedDuration = SignedDuration::from_secs(3);

/// Reports of a block, where all are written: blocks are read on all cores.
const A_BLOCK: usize = 4_096;

/// Reports that may be added or out of date before all are written anew: so many, and one in so many.
const MANY: usize = 64;
const ONE_IN: usize = 8;

/// What is known of files.
#[derive(Debug)]
pub struct Index {
    /// What it rests on.
    head: String,
    /// Reports in the order of their files, as they were when all were written.
    first: Peekable<IntoIter<Taken>>,
    /// What was added since.
    later: HashMap<PathBuf, Vec<Taken>>,
    /// Reports in it.
    num: usize,
    /// Reports that were handed out.
    num_used: usize,
    /// It is to be written anew.
    is_damaged: bool,
}

impl Index {
    /// The index beside a folder; empty where there is none that fits.
    pub fn load(disk: &dyn Disk, folder: &Path, catalog: &Catalog) -> Self {
        let head = head(catalog);
        let bytes = store::read_regular(disk, &folder.join(FILE), MAX_MB).unwrap_or_default();
        let (found, is_all) = bytes.strip_prefix(head.as_bytes()).map(blocks).unwrap_or_default();
        let blocks: Vec<Option<(bool, Vec<Taken>)>> = workers::each(&found, |block: &Block<'_>| block.reports(&head));
        let is_damaged = !is_all || blocks.is_empty() || blocks.iter().any(Option::is_none);
        let (mut first, mut later): (Vec<Taken>, HashMap<PathBuf, Vec<Taken>>) = (Vec::new(), HashMap::new());
        let mut num = 0;
        for (is_added, reports) in blocks.into_iter().map_while(|block| block) {
            num += reports.len();
            if is_added {
                add(&mut later, reports);
            } else {
                first.extend(reports);
            }
        }
        Self { head, first: first.into_iter().peekable(), later, num, num_used: 0, is_damaged }
    }

    /// Hands out what was read of this file, if it has not changed since. Files are asked for in their order; one that is not is
    /// read again.
    pub fn take(&mut self, path: &Path, stamp: (u64, Timestamp), mut put: impl FnMut(Taken)) -> bool {
        let lies_here = |taken: &Taken| taken.lying.path.as_os_str() == path.as_os_str();
        let is_same = |taken: &Taken| (taken.lying.length, taken.lying.modified) == stamp;
        let before = self.num_used;
        while self.first.next_if(|taken| !lies_here(taken) && *taken.lying.path < *path).is_some() {}
        while let Some(taken) = self.first.next_if(lies_here) {
            if is_same(&taken) {
                self.num_used += 1;
                put(taken);
            }
        }
        if self.num_used == before && self.later.get(path).and_then(|known| known.first()).is_some_and(is_same) {
            let known = self.later.remove(path).unwrap_or_default();
            self.num_used += known.len();
            known.into_iter().for_each(put);
        }
        self.num_used > before
    }

    /// What is added for these reports, read in a reading that began then; nothing where all are to be written anew, since it is
    /// damaged or much of it is out of date.
    pub fn addition<'a>(&self, fresh: impl ExactSizeIterator<Item = &'a Taken>, began: Timestamp) -> Option<Vec<u8>> {
        let num_old = self.num - self.num_used + fresh.len();
        (!self.is_damaged && num_old <= MANY + self.num / ONE_IN).then(|| {
            let mut settled = fresh.filter(|taken| is_settled(taken, began)).peekable();
            if settled.peek().is_some() { block(&self.head, true, settled) } else { Vec::new() }
        })
    }

    /// Adds this to the index beside a folder.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn add(disk: &dyn Disk, folder: &Path, addition: &[u8]) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        if addition.is_empty() {
            return Ok(());
        }
        disk.append_synced(&path, addition).map_err(|source| StoreError::NotWritten { source, path })
    }

    /// Writes all that was read beside the folder.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save(disk: &dyn Disk, folder: &Path, catalog: &Catalog, all: &[Taken], began: Timestamp) -> Result<(), StoreError> {
        if !all.iter().any(|taken| is_settled(taken, began)) {
            return Ok(());
        }
        let head = head(catalog);
        let mut bytes = head.clone().into_bytes();
        for reports in all.chunks(A_BLOCK) {
            bytes.extend(block(&head, false, reports.iter().filter(|taken| is_settled(taken, began))));
        }
        store::write_whole(disk, &folder.join(FILE), &bytes)
    }
}

/// The reports of a file that was read once more stand in the place of those before.
fn add(later: &mut HashMap<PathBuf, Vec<Taken>>, reports: Vec<Taken>) {
    for taken in reports {
        let known = later.entry(taken.lying.path.clone()).or_default();
        known.retain(|known| Arc::ptr_eq(&known.lying, &taken.lying));
        known.push(taken);
    }
}

/// Its file cannot have been written again since without its stamp telling so.
fn is_settled(taken: &Taken, began: Timestamp) -> bool {
    began.duration_since(taken.lying.modified) > TICK
}

/// What an index rests on: its format, this program, and every form with its rules and thresholds.
fn head(catalog: &Catalog) -> String {
    let forms: Vec<String> = catalog.forms().iter().map(|form| format!("{} {} {:?}", form.id, form.hash, form.thresholds)).collect();
    format!("{FORMAT}\n{}\n{}\n", env!("CARGO_PKG_VERSION"), forms.join(" "))
}
