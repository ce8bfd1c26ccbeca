//! Where things are on this machine: the folder for documents, the program's own folder, the drafts worked on last.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;

use super::digest::Sum;
use super::disk::{Disk, RealDisk, Standing};
use super::save::write_whole;

/// The disk, and the program's own folder on it: journals, earlier saves, settings. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Home {
    /// The disk.
    pub disk: Arc<dyn Disk>,
    /// The program's own folder.
    pub folder: PathBuf,
}

impl Home {
    /// This user's; in the folder for temporary files where the user has none.
    pub fn of_user() -> Self {
        let folder = own_folder().unwrap_or_else(|| std::env::temp_dir().join("gouji"));
        Self { disk: Arc::new(RealDisk), folder }
    }

    /// Where the journals of open drafts stand.
    pub fn journals(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Where the earlier saves of the draft at this path stand.
    pub fn generations(&self, draft: &Path) -> PathBuf {
        let draft = self.true_path(draft);
        self.folder.join("generations").join(Sum::new().with(draft.as_os_str().as_encoded_bytes()).to_string())
    }

    /// Where the settings stand.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("settings.ron")
    }

    /// Where the list of drafts worked on last stands.
    fn recent(&self) -> PathBuf {
        self.folder.join("recent.txt")
    }

    /// The path as the disk knows it, so that one file has one name: absolute, links followed.
    pub fn true_path(&self, path: &Path) -> PathBuf {
        let path = self.disk.follow(path).unwrap_or_else(|_leads_nowhere| path.to_owned());
        std::path::absolute(&path).unwrap_or(path)
    }
}

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
pub fn recent_paths(home: &Home) -> Vec<PathBuf> {
    let bytes = super::save::read_regular(&*home.disk, &home.recent(), MAX_LIST_MB).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).take(MAX_RECENT).collect()
}

/// Puts a draft on top of the list. That it could not be noted is not worth a message: the draft itself is safe.
pub fn remember(home: &Home, path: &Path) {
    let Ok(path) = std::path::absolute(path) else { return };
    let others = recent_paths(home).into_iter().filter(|other| *other != path);
    let list: Vec<PathBuf> = std::iter::once(path.clone()).chain(others).take(MAX_RECENT).collect();
    let lines: Vec<&str> = list.iter().filter_map(|path| path.to_str()).collect();
    let text = lines.join("\n") + "\n";
    if home.disk.make_folder(&home.folder).is_ok() && matches!(home.disk.standing(&home.recent()), Ok(Standing::Missing | Standing::File)) {
        write_whole(&*home.disk, &home.recent(), text.as_bytes()).ok();
    }
}

/// The program's own folder among this user's; none for a user without a home.
fn own_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|folders| folders.data_dir().join("gouji"))
}
