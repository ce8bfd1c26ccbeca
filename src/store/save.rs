//! Whole-or-nothing: at every moment the draft's path holds the old file or the new one, never a part of either.
//! The save before stays beside it as `NAME.gouji.bak`, itself written the same way.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::digest::Digest;
use super::disk::{Disk, Standing};
use super::error::StoreError;
use super::file::{self, NotDraft};
use super::home::Home;
use crate::form::{Catalog, Form, Report};
use crate::model::Draft;

/// Largest draft read; a full report has some 30 KB.
pub(super) const MAX_MB: u64 = 20;

/// Where the previous save of this draft stands: `NAME.gouji.bak`.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(format!(".{}", super::BACKUP_ENDING));
    name.into()
}

/// The draft at this path, and its form.
///
/// # Errors
/// Nothing is changed on disk; the message says what is wrong and where the previous save stands.
pub fn load(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<(Arc<Form>, Draft), StoreError> {
    load_known(disk, path, catalog).map(|(form, draft, _)| (form, draft))
}

/// The draft in these bytes, which were read from this path.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(disk: &dyn Disk, path: &Path, bytes: &[u8], catalog: &Catalog) -> Result<(Arc<Form>, Draft), StoreError> {
    decode(bytes, path, || backup_beside(disk, path), catalog)
}

/// The save before this one, where it stands beside it.
fn backup_beside(disk: &dyn Disk, path: &Path) -> Option<PathBuf> {
    let is_file = |path: &PathBuf| disk.standing(path).is_ok_and(|found| found == Standing::File);
    disk.follow(path).ok().map(|path| backup_path(&path)).filter(is_file)
}

/// The bytes of a draft's file, not yet looked at.
///
/// # Errors
/// It is no regular file, too long, or cannot be read.
pub fn read_draft(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, StoreError> {
    read_regular(disk, path, MAX_MB)
}

/// As [`load`], with the digest of the file, by which [`save_known`] notices that someone else has changed it.
///
/// # Errors
/// As [`load`].
pub fn load_known(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<(Arc<Form>, Draft, Digest), StoreError> {
    let bytes = read_regular(disk, path, MAX_MB)?;
    load_bytes(disk, path, &bytes, catalog).map(|(form, draft)| (form, draft, Digest::of(&bytes)))
}

/// The draft in these bytes; `path` and the backup, looked for only then, are for the message.
pub(super) fn decode(
    bytes: &[u8],
    path: &Path,
    backup: impl FnOnce() -> Option<PathBuf>,
    catalog: &Catalog,
) -> Result<(Arc<Form>, Draft), StoreError> {
    file::decode(bytes, catalog).map_err(|not_draft| match not_draft {
        NotDraft::Newer(format) => StoreError::Newer { format, known: file::FORMAT, path: path.to_owned() },
        NotDraft::Damaged(damage) => StoreError::Damaged { damage, backup: backup(), path: path.to_owned() },
    })
}

/// The bytes of a regular file of at most so many megabytes. Anything else is refused before it is opened.
///
/// # Errors
/// It is no such file, or cannot be read.
pub fn read_regular(disk: &dyn Disk, path: &Path, limit_mb: u64) -> Result<Vec<u8>, StoreError> {
    match disk.standing(path).map_err(|source| StoreError::read(source, path))? {
        Standing::File | Standing::ReadOnlyFile => {}
        Standing::Missing => return Err(StoreError::NotFound(path.to_owned())),
        other => return Err(not_a_file(other, path)),
    }
    let limit = limit_mb * 1_000_000;
    let bytes = disk.read(path, limit).map_err(|source| StoreError::read(source, path))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        return Ok(bytes);
    }
    Err(StoreError::TooLarge { limit_mb, path: path.to_owned() })
}

fn not_a_file(found: Standing, path: &Path) -> StoreError {
    let what = if found == Standing::Folder { "文件夹" } else { "设备或管道" };
    StoreError::NotAFile { what, path: path.to_owned() }
}

/// Writes the draft to this path.
///
/// # Errors
/// The old file stands untouched, except for [`StoreError::Unconfirmed`].
pub fn save(disk: &dyn Disk, path: &Path, report: Report<'_>) -> Result<(), StoreError> {
    write(disk, path, encoded(path, report)?.as_bytes(), Previous::Kept)
}

/// Writes a draft to a path that nothing stands at.
///
/// # Errors
/// [`StoreError::Exists`] if something does; else as [`save`].
pub fn save_new(disk: &dyn Disk, path: &Path, report: Report<'_>) -> Result<(), StoreError> {
    save_known(disk, path, report, None).map(drop).map_err(|err| match err {
        StoreError::ChangedOnDisk(path) => StoreError::Exists(path),
        err => err,
    })
}

/// The draft's text, if it can be opened again.
fn encoded(path: &Path, report: Report<'_>) -> Result<String, StoreError> {
    let text = file::encode(report);
    if u64::try_from(text.len()).is_ok_and(|length| length <= MAX_MB * 1_000_000) {
        return Ok(text);
    }
    let chapter = report.form.texts().max_by_key(|(section, _)| report.draft.section(*section).len());
    let longest = chapter.map_or_else(String::new, |(_, chapter)| format!("“{}”", chapter.title));
    Err(StoreError::TooLong { limit_mb: MAX_MB, longest, path: path.to_owned() })
}

/// The file is a copy that the program keeps of an earlier save: it is opened as a copy and never written to.
pub(super) fn is_kept(home: &Home, path: &Path) -> bool {
    let is_backup = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(super::BACKUP_ENDING));
    is_backup || path.starts_with(home.folder.join("generations"))
}

/// A draft at this path may be changed in place.
///
/// # Errors
/// It is a copy of an earlier save.
pub fn may_change(home: &Home, path: &Path) -> Result<(), StoreError> {
    if is_kept(home, &home.true_path(path)) || is_kept(home, path) { Err(StoreError::IsKept(path.to_owned())) } else { Ok(()) }
}

/// Writes the draft to this path, if the file there is the one known: loaded from it or saved to it, or none.
///
/// # Errors
/// [`StoreError::ChangedOnDisk`] if it is another; else as [`save`].
pub fn save_known(disk: &dyn Disk, path: &Path, report: Report<'_>, known: Option<Digest>) -> Result<Digest, StoreError> {
    let new = encoded(path, report)?;
    write(disk, path, new.as_bytes(), Previous::Known(known)).map(|()| Digest::of(new.as_bytes()))
}

/// A path beside this one that nothing stands at: `年报（副本 2026-01-30 14时03分）.gouji`.
///
/// # Errors
/// The folder cannot be looked at.
pub fn free_beside(disk: &dyn Disk, path: &Path, words: &str) -> Result<PathBuf, StoreError> {
    for no in 1.. {
        let number = if no == 1 { String::new() } else { format!(" {no}") };
        let free = path.with_file_name(name_with(path, &format!("（{words}{number}）")));
        if disk.standing(&free).map_err(|source| StoreError::read(source, &free))? == Standing::Missing {
            return Ok(free);
        }
    }
    Err(StoreError::Exists(path.to_owned()))
}

/// Where the second entry of a draft stands: beside it, `年报（双录 李四）.gouji`.
pub fn second_path(first: &Path, name: &str) -> PathBuf {
    let fits = |c: &char| !c.is_control() && !"<>:\"/\\|?*.".contains(*c);
    let name: String = name.chars().filter(fits).take(MAX_STEM / 2).collect();
    first.with_file_name(name_with(first, &format!("（双录 {name}）")))
}

/// The file's name with words behind its stem, short enough for any file system; an earlier save becomes a draft again.
fn name_with(path: &Path, words: &str) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let stem: String = stem.chars().take(MAX_STEM).collect();
    let ending =
        path.extension().map(|ending| ending.to_string_lossy()).filter(|ending| !ending.eq_ignore_ascii_case(super::BACKUP_ENDING));
    format!("{stem}{words}.{}", ending.unwrap_or(super::DRAFT_ENDING.into()))
}

/// Characters of a name that are kept where more is added to it; a name may have 255 bytes.
const MAX_STEM: usize = 50;

/// Removes what saves of this draft left beside it when the program was killed. Only for who holds the draft, as another
/// session's save may be under way. What cannot be removed does no harm.
pub(super) fn remove_remains(disk: &dyn Disk, path: &Path) {
    let Ok(target) = disk.follow(path) else { return };
    let starts = [start_of_name_beside(&target), start_of_name_beside(&backup_path(&target))];
    for found in disk.list(folder_of(&target)).unwrap_or_default() {
        let name = found.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let middle = starts.iter().find_map(|start| name.strip_prefix(start.as_str())?.strip_suffix(".part"));
        if middle.is_some_and(|middle| !middle.is_empty() && middle.chars().all(|c| c.is_ascii_digit() || c == '-')) {
            disk.remove(&found).ok();
        }
    }
}

/// Writes a file of the program's own to this path: journal, settings. What stood there is replaced.
///
/// # Errors
/// The old file stands untouched, except for [`StoreError::Unconfirmed`].
pub fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write(disk, path, bytes, Previous::Dropped)
}

/// Writes a file that several people share to this path, if the file there is the one known, or none. The one before is kept beside it.
///
/// # Errors
/// [`StoreError::ChangedOnDisk`] if it is another: read it again; else the old file stands untouched, except for
/// [`StoreError::Unconfirmed`].
pub fn write_known(disk: &dyn Disk, path: &Path, bytes: &[u8], known: Option<Digest>) -> Result<(), StoreError> {
    write(disk, path, bytes, Previous::Known(known))
}

/// Writes a file for others: an exported report, a picture. What stood there is replaced, but never a draft, by whatever link or
/// name it is reached.
///
/// # Errors
/// The old file stands untouched, except for [`StoreError::Unconfirmed`].
pub fn write_output(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |source| StoreError::NotWritten { source, path: path.to_owned() };
    let target = disk.follow(path).map_err(failed)?;
    let is_draft = match disk.standing(&target).map_err(failed)? {
        Standing::File | Standing::ReadOnlyFile => file::looks_like(&disk.read(&target, 200).map_err(failed)?),
        Standing::Missing | Standing::Folder | Standing::Other => false,
    };
    let is_named_so = |path: &Path| super::is_draft_name(path) || path.extension().is_some_and(|ending| ending == super::BACKUP_ENDING);
    if is_draft || is_named_so(path) || is_named_so(&target) {
        return Err(StoreError::IsDraft(path.to_owned()));
    }
    remove_remains(disk, &target);
    write(disk, path, bytes, Previous::Dropped).map_err(|err| match err {
        StoreError::Write { source, path } => StoreError::NotWritten { source, path },
        err => err,
    })
}

/// What becomes of the file that stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    /// It is kept as the backup.
    Kept,
    /// It is kept as the backup, if it is this one; else nothing is written.
    Known(Option<Digest>),
    /// It is not kept.
    Dropped,
}

fn write(disk: &dyn Disk, path: &Path, new: &[u8], previous: Previous) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write { source, path: path.to_owned() };
    let target = disk.follow(path).map_err(failed)?;
    let old = match disk.standing(&target).map_err(failed)? {
        Standing::File if previous != Previous::Dropped => Some(read_regular(disk, &target, MAX_MB)?),
        Standing::Missing | Standing::File => None,
        Standing::ReadOnlyFile => return Err(StoreError::ReadOnly(path.to_owned())),
        other => return Err(not_a_file(other, path)),
    };
    // The same text again would only push the previous save out of the backup.
    if old.as_deref() != Some(new) {
        let is_foreign = |known| old.as_deref().is_some_and(|old| Some(Digest::of(old)) != known);
        if matches!(previous, Previous::Known(known) if is_foreign(known)) {
            return Err(StoreError::ChangedOnDisk(path.to_owned()));
        }
        replace_whole(disk, path, &target, old.as_deref(), new, previous)?;
    }
    disk.sync_folder(folder_of(&target)).map_err(|source| StoreError::Unconfirmed { source, path: path.to_owned() })
}

/// The folder a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Keeps the old bytes in the backup and puts the new ones in their place. The new file is written first: if that fails,
/// as it does on a full disk, the backup still holds the save before.
fn replace_whole(
    disk: &dyn Disk,
    path: &Path,
    target: &Path,
    old: Option<&[u8]>,
    new: &[u8],
    previous: Previous,
) -> Result<(), StoreError> {
    let backup = backup_path(target);
    let (new_beside, old_beside) = (path_beside(target), path_beside(&backup));
    let keep_old = |old: &[u8]| disk.write_synced(&old_beside, old, target).and_then(|()| disk.replace(&old_beside, &backup));
    let failed = |source| StoreError::Write { source, path: path.to_owned() };
    let staged = disk.write_synced(&new_beside, new, target).and_then(|()| old.map_or(Ok(()), keep_old)).map_err(failed);
    // Writing both took its time; who knows nothing of our locks, a sync client or an editor, may have saved meanwhile.
    let unchanged = || match previous {
        Previous::Known(_) if !is_same(disk, target, old).map_err(failed)? => Err(StoreError::ChangedOnDisk(path.to_owned())),
        Previous::Known(_) | Previous::Kept | Previous::Dropped => Ok(()),
    };
    let done = staged.and_then(|()| unchanged()).and_then(|()| disk.replace(&new_beside, target).map_err(failed));
    if done.is_err() {
        // What made the save fail is worth telling, not that its remains stay: the next session removes them.
        for beside in [new_beside, old_beside] {
            disk.remove(&beside).ok();
        }
    }
    done
}

/// The file still holds these bytes, or is still missing.
fn is_same(disk: &dyn Disk, target: &Path, old: Option<&[u8]>) -> io::Result<bool> {
    Ok(match disk.standing(target)? {
        Standing::Missing => old.is_none(),
        _ => old.is_some_and(|old| disk.read(target, MAX_MB * 1_000_000).is_ok_and(|bytes| bytes == old)),
    })
}

/// A hidden name in the same folder, so that the replacement is a plain rename; short enough for any file system.
/// Each is used once: two threads may save the same draft at the same time.
fn path_beside(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let no = NEXT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!("{}{}-{no}.part", start_of_name_beside(path), std::process::id()))
}

/// What the names that [`path_beside`] gives begin with.
fn start_of_name_beside(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_backup = name.ends_with(".bak");
    let start: String = name.chars().take(MAX_STEM).collect();
    format!(".{start}.{}", if is_backup { "old-" } else { "new-" })
}
