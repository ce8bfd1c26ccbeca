//! The drafts worked on last.

use std::path::{Path, PathBuf};

use super::disk::Standing;
use super::home::Home;
use super::save::{read_regular, write_whole};

/// Drafts remembered.
const MAX_RECENT: usize = 12;

/// Largest list read, in MB; a list of a dozen paths has a few hundred bytes.
const MAX_LIST_MB: u64 = 1;

/// The drafts worked on last, the latest first. An unreadable list counts as empty: it is a convenience, no data.
pub fn recent_paths(home: &Home) -> Vec<PathBuf> {
    let bytes = read_regular(&*home.disk, &home.recent(), MAX_LIST_MB).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).take(MAX_RECENT).collect()
}

/// Puts a draft on top of the list. That it could not be noted is not worth a message: the draft itself is safe.
pub fn remember(home: &Home, path: &Path) {
    let Ok(path) = std::path::absolute(path) else { return };
    let others = recent_paths(home).into_iter().filter(|other| *other != path);
    write(home, &std::iter::once(path.clone()).chain(others).take(MAX_RECENT).collect::<Vec<_>>());
}

/// Takes a draft off the list; its file stays as it is.
pub fn leave_out(home: &Home, path: &Path) {
    write(home, &recent_paths(home).into_iter().filter(|other| other != path).collect::<Vec<_>>());
}

fn write(home: &Home, list: &[PathBuf]) {
    let lines: Vec<&str> = list.iter().filter_map(|path| path.to_str()).collect();
    let text = lines.join("\n") + "\n";
    if home.disk.make_folder(&home.folder).is_ok() && matches!(home.disk.standing(&home.recent()), Ok(Standing::Missing | Standing::File)) {
        write_whole(&*home.disk, &home.recent(), text.as_bytes()).ok();
    }
}
