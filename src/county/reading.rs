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
use crate::store::{self, Disk};

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
type Came = Result<Vec<Taken>, Refused>;

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
    let mut files = store::sources(disk, paths)?;
    files.retain(|path| !is_own(folder, path));
    let index = folder.map(|folder| Index::load(disk, folder, catalog)).unwrap_or_default();
    let began = Timestamp::now();
    let (mut reading, mut came): (Reading, Vec<Vec<Taken>>) = (Reading::default(), Vec::new());
    let mut num_done = 0;
    store::in_order(
        &files,
        stop,
        |path| of_file(disk, folder, path, &index, catalog),
        |_, (is_fresh, found)| {
            num_done += 1;
            told(num_done, files.len());
            match found {
                Ok(taken) => {
                    reading.num_fresh += usize::from(is_fresh);
                    came.push(taken);
                }
                Err(refused) => reading.refused.push(refused),
            }
        },
    );
    reading.is_cut = num_done < files.len();
    let is_changed = reading.num_fresh > 0 || index.num_files() != came.len();
    reading.taken = came.into_iter().flatten().collect();
    // What it held is in the reading now; of a whole country it is much.
    drop(index);
    if let Some(folder) = folder.filter(|_| is_changed && !reading.is_cut) {
        // Without it everything is read again the next time, and nothing is wrong.
        Index::save(disk, folder, catalog, &reading.taken, began).ok();
    }
    Ok(reading)
}

/// A list of the county's own, a letter, something put aside: no report that came in.
fn is_own(folder: Option<&Path>, path: &Path) -> bool {
    let below = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
    let first = below.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
    is_hidden || [roster::FILE, EVENTS, MENDED, DOCUMENTS].contains(&&*first) || first == LETTERS || first == OUT
}

fn of_file(disk: &dyn Disk, folder: Option<&Path>, path: &Path, index: &Index, catalog: &Catalog) -> (bool, Came) {
    let below = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path).to_owned();
    let stamp = disk.stamp(path).ok().and_then(|(length, modified)| Some((length, Timestamp::try_from(modified).ok()?)));
    if let Some(known) = stamp.and_then(|stamp| index.unchanged(&below, stamp)) {
        return (false, Ok(known.to_vec()));
    }
    let came = source::reports(disk, path, catalog).map_err(|why| Refused { path: below.clone(), why }).map(|(reports, sm3)| {
        let (length, modified) = stamp.unwrap_or((0, Timestamp::UNIX_EPOCH));
        let lying = Arc::new(Lying { path: below, length, modified, sm3 });
        reports.iter().enumerate().map(|(nth, sourced)| Taken::of(Arc::clone(&lying), nth, sourced, catalog)).collect()
    });
    (true, came)
}
