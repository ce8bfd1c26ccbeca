//! Where things are on this machine: the folder for documents, the program's own folder and what stands in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;

use super::digest::Sum;
use super::disk::{Disk, RealDisk};

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

    /// Where journals that were given up stand for a while.
    pub fn given_up(&self) -> PathBuf {
        self.folder.join("given-up")
    }

    /// Where what is printed stands until the viewer has it.
    pub fn prints(&self) -> PathBuf {
        self.folder.join("print")
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

    /// Where the office's own thresholds stand.
    pub fn profile(&self) -> PathBuf {
        self.folder.join("profile.txt")
    }

    /// Where the list of drafts worked on last stands.
    pub(super) fn recent(&self) -> PathBuf {
        self.folder.join("recent.txt")
    }

    /// The path as the disk knows it, so that one file has one name: absolute, links followed.
    pub fn true_path(&self, path: &Path) -> PathBuf {
        let path = self.disk.follow(path).unwrap_or_else(|_leads_nowhere| path.to_owned());
        std::path::absolute(&path).unwrap_or(path)
    }
}

/// The folder that file dialogs begin in: the user's documents, else the home folder, else here.
pub fn documents() -> PathBuf {
    let home = etcetera::home_dir().unwrap_or_else(|_homeless| PathBuf::from("."));
    let documents = ["Documents", "文档", "我的文档"].map(|name| home.join(name));
    redirected().into_iter().chain(documents).find(|folder| folder.is_dir()).unwrap_or(home)
}

/// Where Windows says that documents are: offices move the folder to another drive or a share.
#[cfg(windows)]
fn redirected() -> Option<PathBuf> {
    known_folders::get_known_folder_path(known_folders::KnownFolder::Documents)
}

/// Elsewhere the folder has its usual name.
#[cfg(not(windows))]
fn redirected() -> Option<PathBuf> {
    None
}

/// The program's own folder among this user's; none for a user without a home.
fn own_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|folders| folders.data_dir().join("gouji"))
}
