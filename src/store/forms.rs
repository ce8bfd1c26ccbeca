//! Which forms are at hand: those that came with the program, and form files put beside it or named by `--forms`, so
//! that a new year's form needs no new program.

use std::path::{Path, PathBuf};

use super::disk::RealDisk;
use super::error::StoreError;
use super::save::read_regular;
use crate::form::{Catalog, FormError};

/// Largest form file read; the shipped ones have 45 KB.
const MAX_MB: u64 = 2;

/// The shipped forms, then those in the folder `forms` beside the program, then those in `extra`. Within a folder by
/// file name; a later form takes the place of an earlier one with the same id.
///
/// # Errors
/// A form file is broken or cannot be read, or `extra` is no folder.
pub fn catalog(extra: Option<&Path>) -> Result<Catalog, StoreError> {
    let mut catalog = Catalog::shipped()?;
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("forms")));
    for folder in beside.filter(|folder| folder.is_dir()).as_deref().into_iter().chain(extra) {
        for path in form_files(folder)? {
            let bytes = read_regular(&RealDisk, &path, MAX_MB)?;
            let file = path.display().to_string();
            catalog.add(&file, as_text(&file, &bytes)?)?;
        }
    }
    Ok(catalog)
}

/// The file's text; one in another encoding would load with every word unreadable.
fn as_text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, FormError> {
    std::str::from_utf8(bytes).map_err(|err| {
        let before = bytes.get(..err.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let problem = "不是 UTF-8 编码（可能是 GBK），请用记事本打开，另存为 UTF-8".to_owned();
        FormError { file: file.to_owned(), line, key: "文字编码".to_owned(), problem }
    })
}

/// The form files of a folder, by name.
fn form_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |source| StoreError::read(source, folder);
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder).map_err(failed)? {
        let path = item.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
