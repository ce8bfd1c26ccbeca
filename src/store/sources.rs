//! Files that reports come in: found in folders, and read.

use std::path::{Path, PathBuf};

use super::{Disk, Seen, Stamp, Standing, is_draft_name, office, read_regular};
use crate::model::Fingerprint;
use crate::read::{MAX_MB, SourceKind};
use crate::review;
use crate::workers;

/// Folders inside each other that are looked through.
const MAX_DEPTH: usize = 8;

/// A file with its length and the time of its writing, where the disk tells them.
pub type Stamped = (PathBuf, Option<Stamp>);

/// The files named, and those in the folders named that a report can come in, in the order of their names.
///
/// # Errors
/// A folder cannot be read: which, and why.
pub fn sources(disk: &dyn Disk, paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    Ok(stamped(disk, paths)?.into_iter().map(|(path, _)| path).collect())
}

/// The same with the stamp of each.
///
/// # Errors
/// As [`sources`].
pub fn stamped(disk: &dyn Disk, paths: &[PathBuf]) -> Result<Vec<Stamped>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.append(&mut below(disk, path, 0)?);
        } else {
            files.push((path.clone(), disk.stamp(path).ok()));
        }
    }
    Ok(files)
}

/// The folders in a folder are looked through on all cores.
fn below(disk: &dyn Disk, folder: &Path, depth: usize) -> Result<Vec<Stamped>, String> {
    let seen = disk.look(folder).map_err(|err| format!("读不到文件夹：{}；{}", folder.display(), super::reason(&err)))?;
    let is_folder = |seen: &Seen| seen.standing == Standing::Folder && depth < MAX_DEPTH;
    let folders: Vec<&Path> = seen.iter().filter(|seen| is_folder(seen)).map(|seen| &*seen.path).collect();
    let mut inner = workers::each(&folders, |folder| below(disk, folder, depth + 1)).into_iter();
    let mut files = Vec::with_capacity(seen.len());
    for seen in seen {
        if is_folder(&seen) {
            files.append(&mut inner.next().transpose()?.unwrap_or_default());
        } else if is_draft_name(&seen.path) || SourceKind::of(&seen.path).is_some() {
            files.push((seen.path, seen.stamp));
        }
    }
    Ok(files)
}

/// The file and its kind, by its first bytes where they tell; old Word and WPS files as `LibreOffice` writes them anew. With the
/// SM3 of the file as it lies there.
///
/// # Errors
/// Why it is not read, with its path.
pub fn read_source(disk: &dyn Disk, path: &Path) -> Result<(SourceKind, Vec<u8>, Fingerprint), String> {
    let Some(kind) = SourceKind::of(path) else {
        let endings: Vec<String> = SourceKind::endings().map(|ending| format!(".{ending}")).collect();
        return Err(format!("只能读 .gouji 草稿和以 {} 结尾的文件；文件：{}", endings.join("、"), path.display()));
    };
    let bytes = read_regular(disk, path, MAX_MB).map_err(|err| err.to_string())?;
    let (kind, hash) = (kind.sniffed(&bytes), review::sm3(&bytes));
    if kind == SourceKind::Doc {
        let converted = office::as_docx(path).map_err(|err| format!("LibreOffice 没有转换成功：{err}；文件：{}", path.display()))?;
        return Ok(converted.map_or((kind, bytes, hash), |docx| (SourceKind::Docx, docx, hash)));
    }
    Ok((kind, bytes, hash))
}
