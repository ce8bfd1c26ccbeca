//! Files that reports come in: found in folders, and read.

use std::path::{Path, PathBuf};

use super::{Disk, Standing, is_draft_name, office, read_regular};
use crate::model::Fingerprint;
use crate::read::{MAX_MB, SourceKind};
use crate::review;

/// Folders inside each other that are looked through.
const MAX_DEPTH: usize = 8;

/// The files named, and those in the folders named that a report can come in, in the order of their names.
///
/// # Errors
/// A folder cannot be read: which, and why.
pub fn sources(disk: &dyn Disk, paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(disk, path, 0, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn below(disk: &dyn Disk, folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let mut paths = disk.list(folder).map_err(|err| format!("读不到文件夹：{}；{}", folder.display(), super::reason(&err)))?;
    paths.sort();
    for path in paths {
        if matches!(disk.standing(&path), Ok(Standing::Folder)) && depth < MAX_DEPTH {
            below(disk, &path, depth + 1, files)?;
        } else if is_draft_name(&path) || SourceKind::of(&path).is_some() {
            files.push(path);
        }
    }
    Ok(())
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
