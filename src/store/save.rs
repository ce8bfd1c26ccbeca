//! Whole-or-nothing: at every moment the draft's path holds the old file or the new one, never a part of either.
//! The save before stays beside it as `NAME.gouji.bak`, itself written the same way.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, Standing};
use super::error::StoreError;
use super::file::{self, NotDraft};
use crate::form::{Catalog, Form};
use crate::model::Draft;

/// Largest draft read; a full report has some 30 KB.
const MAX_MB: u64 = 20;

/// Where the previous save of this draft stands: `NAME.gouji.bak`.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".bak");
    name.into()
}

/// The draft at this path, and its form.
///
/// # Errors
/// Nothing is changed on disk; the message says what is wrong and where the previous save stands.
pub fn load(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<(Arc<Form>, Draft), StoreError> {
    let bytes = read_regular(disk, path, MAX_MB)?;
    let is_file = |path: &PathBuf| disk.standing(path).is_ok_and(|found| found == Standing::File);
    decode(&bytes, path, || disk.follow(path).ok().map(|path| backup_path(&path)).filter(is_file), catalog)
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
pub(super) fn read_regular(disk: &dyn Disk, path: &Path, limit_mb: u64) -> Result<Vec<u8>, StoreError> {
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
pub fn save(disk: &dyn Disk, path: &Path, form: &Form, draft: &Draft) -> Result<(), StoreError> {
    write(disk, path, file::encode(form, draft).as_bytes(), Previous::Kept)
}

/// Writes any other file to this path, an exported workbook for example. What stood there is replaced.
///
/// # Errors
/// The old file stands untouched, except for [`StoreError::Unconfirmed`].
pub fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write(disk, path, bytes, Previous::Dropped)
}

/// What becomes of the file that stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Previous {
    Kept,
    Dropped,
}

fn write(disk: &dyn Disk, path: &Path, new: &[u8], previous: Previous) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write { source, path: path.to_owned() };
    let target = disk.follow(path).map_err(failed)?;
    let old = match disk.standing(&target).map_err(failed)? {
        Standing::File if previous == Previous::Kept => Some(read_regular(disk, &target, MAX_MB)?),
        Standing::Missing | Standing::File => None,
        Standing::ReadOnlyFile => return Err(StoreError::ReadOnly(path.to_owned())),
        other => return Err(not_a_file(other, path)),
    };
    // The same text again would only push the previous save out of the backup.
    if old.as_deref() != Some(new) {
        replace_whole(disk, &target, old.as_deref(), new).map_err(failed)?;
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    disk.sync_folder(folder).map_err(|source| StoreError::Unconfirmed { source, path: path.to_owned() })
}

/// Keeps the old bytes in the backup and puts the new ones in their place. The new file is written first: if that fails,
/// as it does on a full disk, the backup still holds the save before.
fn replace_whole(disk: &dyn Disk, target: &Path, old: Option<&[u8]>, new: &[u8]) -> io::Result<()> {
    let backup = backup_path(target);
    let (new_beside, old_beside) = (path_beside(target), path_beside(&backup));
    let keep_old = |old: &[u8]| disk.write_synced(&old_beside, old, target).and_then(|()| disk.replace(&old_beside, &backup));
    let write_new = disk.write_synced(&new_beside, new, target);
    let done = write_new.and_then(|()| old.map_or(Ok(()), keep_old)).and_then(|()| disk.replace(&new_beside, target));
    if done.is_err() {
        // What made the save fail is worth telling, not that its remains stay: the next save takes the same names.
        for beside in [new_beside, old_beside] {
            disk.remove(&beside).ok();
        }
    }
    done
}

/// A hidden name in the same folder, so that the replacement is a plain rename; short enough for any file system.
fn path_beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let start: String = name.chars().take(40).collect();
    let end = if name.ends_with(".bak") { "bak" } else { "new" };
    path.with_file_name(format!(".{start}.{}.{end}", std::process::id()))
}
