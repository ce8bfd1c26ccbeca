//! The few disk operations that drafts need, behind a trait, and the real disk. No operation here decides anything.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

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

/// Length of a file in bytes, and when it was last written.
pub type Stamp = (u64, SystemTime);

/// Something that stands in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where.
    pub path: PathBuf,
    /// What, links followed; nothing where it cannot be looked at.
    pub standing: Standing,
    /// Of a file.
    pub stamp: Option<Stamp>,
}

/// Every operation on the disk that loading, saving and the journal consist of.
pub trait Disk: fmt::Debug + Send + Sync {
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

    /// Adds bytes to the end of a file that is there, and waits until they are on the disk.
    ///
    /// # Errors
    /// None, some or all of the bytes may have been added.
    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

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

    /// Makes a folder of the program's own and those above it, where they are missing; nobody else on this machine may look into it.
    ///
    /// # Errors
    /// It cannot be made.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// It stays.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// What stands in a folder, by name; nothing in a folder that is missing.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The same with what each is, in the order of names. One call a folder where the system can do that: a country has three
    /// hundred thousand files.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn look(&self, folder: &Path) -> io::Result<Vec<Seen>> {
        let seen = |path: PathBuf| {
            let standing = self.standing(&path).unwrap_or(Standing::Missing);
            let is_file = matches!(standing, Standing::File | Standing::ReadOnlyFile);
            let stamp = if is_file { self.stamp(&path).ok() } else { None };
            Seen { path, standing, stamp }
        };
        Ok(self.list(folder)?.into_iter().map(seen).collect())
    }

    /// When a file was last written, by the file system's own reckoning.
    ///
    /// # Errors
    /// The file cannot be looked at.
    fn modified(&self, path: &Path) -> io::Result<SystemTime>;

    /// Length of a file in bytes, and when it was last written.
    ///
    /// # Errors
    /// The file cannot be looked at.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;

    /// Takes the file for this handle alone, makes it where it is missing, and writes `words` into it. `None` while another
    /// handle has it. Dropping the handle lets go of it, as does the end of the process, whatever ended it.
    ///
    /// # Errors
    /// The file cannot be made here, or this file system has no locks.
    fn hold(&self, path: &Path, words: &[u8]) -> io::Result<Option<File>>;
}

/// When the file was last written; none where that cannot be seen.
pub fn written_at(disk: &dyn Disk, path: &Path) -> Option<Timestamp> {
    disk.modified(path).ok().and_then(|time| time.try_into().ok())
}

fn standing(meta: &Metadata) -> Standing {
    match meta {
        meta if meta.is_dir() => Standing::Folder,
        meta if !meta.is_file() => Standing::Other,
        meta if meta.permissions().readonly() => Standing::ReadOnlyFile,
        _ => Standing::File,
    }
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

/// Does it again while it fails like this, for about a second. Elsewhere than on Windows nobody is kept from a file.
fn patiently<T>(is_worth_it: fn(&io::Error) -> bool, work: impl Fn() -> io::Result<T>) -> io::Result<T> {
    for pause in PAUSES_MS {
        match work() {
            Err(err) if cfg!(windows) && is_worth_it(&err) => std::thread::sleep(Duration::from_millis(pause)),
            done => return done,
        }
    }
    work()
}

/// Pauses before something is tried again; about a second together.
const PAUSES_MS: [u64; 5] = [50, 100, 200, 300, 400];

impl Disk for RealDisk {
    fn standing(&self, path: &Path) -> io::Result<Standing> {
        match fs::metadata(path) {
            Ok(meta) => Ok(standing(&meta)),
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
        patiently(is_shut, || File::open(path))?.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write_synced(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        let create = || permitted(OpenOptions::new().write(true).create_new(true), path, like).open(path);
        // A file of this name can only be the rest of a save that was cut off.
        let mut file = match create() {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => fs::remove_file(path).and_then(|()| create()),
            created => created,
        }?;
        if let Ok(meta) = fs::metadata(like) {
            // A nicety: not every share knows permissions.
            file.set_permissions(meta.permissions()).ok();
        }
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append_synced(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    fn replace(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Windows refuses while another program (virus scanner, sync client, Word) holds `to` open, mostly for a moment.
        patiently(is_held, || fs::rename(from, to))
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
        fs::create_dir_all(folder)?;
        close_to_others(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let items = match fs::read_dir(folder) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            items => items?,
        };
        let mut paths: Vec<PathBuf> = items.map(|item| item.map(|item| item.path())).collect::<io::Result<_>>()?;
        paths.sort();
        Ok(paths)
    }

    fn look(&self, folder: &Path) -> io::Result<Vec<Seen>> {
        let mut items: Vec<(OsString, Seen)> = Vec::new();
        let found = match fs::read_dir(folder) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            found => found?,
        };
        for item in found {
            let item = item?;
            let path = item.path();
            // What the folder itself knows of it; of a link that is not enough.
            let meta = item.metadata().and_then(|meta| if meta.is_symlink() { fs::metadata(&path) } else { Ok(meta) }).ok();
            let standing = meta.as_ref().map_or(Standing::Missing, standing);
            let stamp = meta.filter(Metadata::is_file).and_then(|meta| Some((meta.len(), meta.modified().ok()?)));
            items.push((item.file_name(), Seen { path, standing, stamp }));
        }
        items.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Ok(items.into_iter().map(|(_, seen)| seen).collect())
    }

    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        fs::metadata(path)?.modified()
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        let meta = fs::metadata(path)?;
        Ok((meta.len(), meta.modified()?))
    }

    fn hold(&self, path: &Path, words: &[u8]) -> io::Result<Option<File>> {
        for _ in 0..HOLD_TRIES {
            // Whoever can write here can put a link in our way; it must not lead us to shorten another file.
            match fs::symlink_metadata(path) {
                Ok(meta) if !meta.is_file() || meta.len() > MAX_HOLD_BYTES => return Err(io::ErrorKind::AlreadyExists.into()),
                _ => {}
            }
            let Some(mut file) = open_alone(path)? else { return Ok(None) };
            if is_at(&file, path) {
                // The lock is what counts; the words only tell others who has it.
                file.set_len(0).and_then(|()| file.write_all(words)).ok();
                return Ok(Some(file));
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }
}

/// A new file has the permissions of `like` from its first moment; in a folder that nobody else may look into it is as private.
#[cfg(unix)]
fn permitted<'a>(options: &'a mut OpenOptions, path: &Path, like: &Path) -> &'a mut OpenOptions {
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
    let is_private = |folder: &Path| fs::metadata(folder).is_ok_and(|meta| meta.mode().trailing_zeros() >= 6);
    match fs::metadata(like) {
        Ok(meta) => options.mode(meta.mode() & 0o777),
        Err(_) if path.parent().is_some_and(is_private) => options.mode(0o600),
        Err(_) => options,
    }
}

/// A new file has the permissions that its folder gives.
#[cfg(not(unix))]
fn permitted<'a>(options: &'a mut OpenOptions, _path: &Path, _like: &Path) -> &'a mut OpenOptions {
    options
}

/// Takes the folder from the eyes of others.
#[cfg(unix)]
fn close_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    match fs::metadata(folder)?.mode() & 0o077 {
        0 => Ok(()),
        _ => fs::set_permissions(folder, fs::Permissions::from_mode(0o700)),
    }
}

/// The user's own folders are the user's alone.
#[cfg(not(unix))]
fn close_to_others(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A holder that lets go removes the file, perhaps between our opening and our locking it; then it is tried again.
const HOLD_TRIES: usize = 20;

/// More than any holder writes.
const MAX_HOLD_BYTES: u64 = 4096;

/// Opens the file so that no other handle can do the same; `None` while one has.
#[cfg(not(windows))]
fn open_alone(path: &Path) -> io::Result<Option<File>> {
    let file = permitted(OpenOptions::new().read(true).write(true).create(true).truncate(false), path, path).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(err)) => Err(err),
    }
}

/// Opens the file so that no other handle can do the same; `None` while one has.
///
/// Not std's locks: on Windows they keep everyone from reading the file too, and who holds it is to be read. A share mode
/// that lets others read only is a lock taken in the same step as the opening, and keeps the file from being removed.
#[cfg(windows)]
fn open_alone(path: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_SHARE_READ: u32 = 1;
    const SHARING_VIOLATION: i32 = 32;
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).share_mode(FILE_SHARE_READ).open(path) {
        Err(err) if err.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
        opened => opened.map(Some),
    }
}

/// The open file still has this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// The open file still has this name: elsewhere than on Unix an open file of this kind cannot be removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Windows' error numbers for "access denied", "sharing violation" and "lock violation".
const HELD: [i32; 3] = [5, 32, 33];

/// Another program keeps everybody out of the file, as a virus scanner does for a moment. Only meaningful on Windows.
fn is_shut(err: &io::Error) -> bool {
    matches!(err.raw_os_error(), Some(32 | 33))
}

/// Another program may be holding the file. Only meaningful on Windows.
pub(super) fn is_held(err: &io::Error) -> bool {
    err.raw_os_error().is_some_and(|code| HELD.contains(&code))
}
