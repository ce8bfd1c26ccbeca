//! The few disk operations that drafts need, behind a trait, and the real disk. No operation here decides anything.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Missing,
    /// A regular file that may be replaced.
    File,
    /// A regular file marked read-only.
    ReadOnlyFile,
    /// A folder.
    Folder,
    /// A device, a pipe, a socket: opening it may block for ever.
    Other,
}

/// Every operation on the disk that loading and saving consist of.
pub trait Disk {
    /// What stands at the path, links followed. Opens nothing.
    ///
    /// # Errors
    /// The path cannot be looked at.
    fn standing(&self, path: &Path) -> io::Result<Standing>;

    /// The path that a link finally leads to; itself where there is no link.
    ///
    /// # Errors
    /// The link leads nowhere.
    fn follow(&self, path: &Path) -> io::Result<PathBuf>;

    /// The bytes of a regular file, `limit` + 1 of them at most.
    ///
    /// # Errors
    /// The file cannot be opened or read.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Writes a new file with the permissions of `like`, where that exists, and waits until it is on the disk.
    ///
    /// # Errors
    /// The file cannot be written whole.
    fn write_synced(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()>;

    /// Puts the file `from` in the place of `to` in one step.
    ///
    /// # Errors
    /// `to` stays as it was.
    fn replace(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    ///
    /// # Errors
    /// The disk cannot promise it.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a folder and those above it, where they are missing.
    ///
    /// # Errors
    /// It cannot be made.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// It stays.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

/// Pauses before a replacement is tried again; about a second together.
const PAUSES_MS: [u64; 5] = [50, 100, 200, 300, 400];

impl Disk for RealDisk {
    fn standing(&self, path: &Path) -> io::Result<Standing> {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => Ok(Standing::Folder),
            Ok(meta) if !meta.is_file() => Ok(Standing::Other),
            Ok(meta) if meta.permissions().readonly() => Ok(Standing::ReadOnlyFile),
            Ok(_) => Ok(Standing::File),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(Standing::Missing),
            Err(err) => Err(err),
        }
    }

    fn follow(&self, path: &Path) -> io::Result<PathBuf> {
        // Only for links: on Windows a canonical path looks odd in messages.
        match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => fs::canonicalize(path),
            _ => Ok(path.to_owned()),
        }
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write_synced(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        let create = || OpenOptions::new().write(true).create_new(true).open(path);
        // A file of this name can only be the rest of a save that was cut off.
        let mut file = match create() {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => fs::remove_file(path).and_then(|()| create()),
            created => created,
        }?;
        if let Ok(meta) = fs::metadata(like) {
            file.set_permissions(meta.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Windows refuses while another program (virus scanner, sync client, Word) holds `to` open, mostly for a moment.
        for pause in PAUSES_MS {
            match fs::rename(from, to) {
                Err(err) if cfg!(windows) && is_held(&err) => std::thread::sleep(Duration::from_millis(pause)),
                done => return done,
            }
        }
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows cannot open a folder as a file and needs no such step.
        if cfg!(windows) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Some network file systems know no such operation; there is nothing more to be done on them.
            Err(err) if matches!(err.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Windows' error numbers for "access denied", "sharing violation" and "lock violation".
const HELD: [i32; 3] = [5, 32, 33];

/// Another program may be holding the file. Only meaningful on Windows.
pub(super) fn is_held(err: &io::Error) -> bool {
    err.raw_os_error().is_some_and(|code| HELD.contains(&code))
}
