//! Where things are on this machine: the folder for documents, and the list of drafts worked on last.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::disk::{Disk, Standing};
use super::save::write_whole;

/// Drafts remembered.
const MAX_RECENT: usize = 8;

/// Largest list read, in MB; a list of eight paths has a few hundred bytes.
const MAX_LIST_MB: u64 = 1;

/// The folder that file dialogs begin in: the user's documents, else the home folder, else here.
pub fn documents() -> PathBuf {
    let home = etcetera::home_dir().unwrap_or_else(|_homeless| PathBuf::from("."));
    let documents = ["Documents", "文档", "我的文档"].map(|name| home.join(name));
    documents.into_iter().find(|folder| folder.is_dir()).unwrap_or(home)
}

/// The drafts worked on last, the latest first. An unreadable list counts as empty: it is a convenience, no data.
pub fn recent_paths(disk: &dyn Disk) -> Vec<PathBuf> {
    let read = |list: PathBuf| super::save::read_regular(disk, &list, MAX_LIST_MB).ok();
    let text = recent_list().and_then(read).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).take(MAX_RECENT).collect()
}

/// Puts a draft on top of the list. That it could not be noted is not worth a message: the draft itself is safe.
pub fn remember(disk: &dyn Disk, path: &Path) {
    let Ok(path) = std::path::absolute(path) else { return };
    let others = recent_paths(disk).into_iter().filter(|other| *other != path);
    let list: Vec<PathBuf> = std::iter::once(path.clone()).chain(others).take(MAX_RECENT).collect();
    let lines: Vec<&str> = list.iter().filter_map(|path| path.to_str()).collect();
    let text = lines.join("\n") + "\n";
    if let Some(file) = recent_list()
        && file.parent().is_some_and(|folder| disk.make_folder(folder).is_ok())
        && matches!(disk.standing(&file), Ok(Standing::Missing | Standing::File))
    {
        write_whole(disk, &file, text.as_bytes()).ok();
    }
}

fn recent_list() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|folders| folders.data_dir().join("gouji").join("recent.txt"))
}
