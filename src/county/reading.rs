//! Every report in a folder: read on all cores in one pass, and not read again while its file stays as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::index::Index;
use super::journal::{DOCUMENTS, EVENTS, LETTERS, MENDED, OUT};
use super::roster;
use super::source;
use super::taken::{Lying, Taken};
use crate::form::Catalog;
use crate::store::{self, Disk, Stamp};
use crate::workers;

/// The county's own lists.
pub(super) const LISTS: [&str; 4] = [roster::FILE, EVENTS, MENDED, DOCUMENTS];

/// A file that holds no report that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// Why, with its path.
    pub why: String,
}

/// What lies in a county's folder.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Copies of reports, in the order of their files.
    pub taken: Vec<Taken>,
    /// Files that could not be read.
    pub refused: Vec<Refused>,
    /// Files that were read anew; the others had not changed.
    pub num_fresh: usize,
    /// It was told to stop, and this is not all.
    pub is_cut: bool,
}

/// What became of a file.
pub(super) type Came = Result<Vec<Taken>, Refused>;

/// Reads what lies in these files and folders. `folder` is the county's own, beside which the index lies; `told` hears how many of
/// how many files are done.
///
/// # Errors
/// A folder cannot be read.
pub fn read(
    disk: &dyn Disk,
    folder: Option<&Path>,
    paths: &[PathBuf],
    catalog: &Catalog,
    stop: &AtomicBool,
    mut told: impl FnMut(usize, usize),
) -> Result<Reading, String> {
    let began = Timestamp::now();
    let mut index = folder.map(|folder| Index::load(disk, folder, catalog));
    let mut files = Vec::new();
    let mut known: Vec<(usize, Taken)> = Vec::new();
    let mut num_files = 0;
    for (path, stamp) in store::stamped(disk, paths)? {
        let below = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(&path);
        if is_own(below) {
            continue;
        }
        let stamp = stamp.and_then(counted);
        let put = |taken| known.push((num_files, taken));
        if !index.as_mut().zip(stamp).is_some_and(|(index, stamp)| index.take(below, stamp, put)) {
            files.push(File { no: num_files, below: below.to_owned(), path, stamp });
        }
        num_files += 1;
    }
    let num_known = num_files - files.len();
    for no in 1..=num_known {
        told(no, num_files);
    }
    let (mut fresh, mut reading) = (Vec::new(), Reading::default());
    workers::in_order(
        &files,
        stop,
        |file| of_file(disk, file, catalog),
        |file, came| {
            reading.num_fresh += 1;
            told(num_known + reading.num_fresh, num_files);
            match came {
                Ok(taken) => fresh.extend(Taken::gathered(&taken).into_iter().map(|taken| (file.no, taken))),
                Err(refused) => reading.refused.push(refused),
            }
        },
    );
    reading.is_cut = reading.num_fresh < files.len();
    let addition = index.as_ref().and_then(|index| index.addition(fresh.iter().map(|(_, taken)| taken), began));
    drop(index);
    known.append(&mut fresh);
    known.sort_by_key(|(no, _)| *no);
    reading.taken = known.into_iter().map(|(_, taken)| taken).collect();
    if let Some(folder) = folder.filter(|_| !reading.is_cut) {
        let kept = addition
            .map_or_else(|| Index::save(disk, folder, catalog, &reading.taken, began), |addition| Index::add(disk, folder, &addition));
        // Without it everything is read again the next time, and nothing is wrong.
        kept.ok();
    }
    Ok(reading)
}

/// A file that is to be read.
pub(super) struct File {
    /// Which of all.
    pub no: usize,
    /// Where it lies.
    pub path: PathBuf,
    /// From the county's folder where it is below it.
    pub below: PathBuf,
    /// Its length and the time of its writing.
    pub stamp: Option<(u64, Timestamp)>,
}

/// A list of the county's own, a letter, something put aside: no report that came in.
pub(super) fn is_own(below: &Path) -> bool {
    is_hidden(below) || below.iter().next().is_some_and(|first| LISTS.iter().chain(&[LETTERS, OUT]).any(|own| first == *own))
}

pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| matches!(name.as_encoded_bytes().first(), Some(b'.' | b'~')))
}

/// A stamp with the time as it is kept.
pub(super) fn counted((length, modified): Stamp) -> Option<(u64, Timestamp)> {
    Some((length, Timestamp::try_from(modified).ok()?))
}

pub(super) fn of_file(disk: &dyn Disk, file: &File, catalog: &Catalog) -> Came {
    let below = file.below.clone();
    let (reports, sm3) = source::reports(disk, &file.path, catalog).map_err(|why| Refused { path: below.clone(), why })?;
    let (length, modified) = file.stamp.unwrap_or((0, Timestamp::UNIX_EPOCH));
    let lying = Arc::new(Lying { path: below, length, modified, sm3 });
    Ok(reports.iter().enumerate().map(|(nth, sourced)| Taken::of(Arc::clone(&lying), nth, sourced, catalog)).collect())
}
