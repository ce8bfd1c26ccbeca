//! The container: parts by their names, all that are unpacked within one limit.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::super::ReadError;
use super::super::weigh::is_old_or_locked;
use super::limits::broken;
use super::xml::{Sink, Tag, walk};

/// Most parts.
const MAX_PARTS: usize = 20_000;
/// Largest content of all parts read, in bytes. A report of ours has less than one hundredth.
const MAX_UNPACKED: u64 = 64 << 20;

/// The container of a workbook.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Place of each part by its name in small letters.
    parts: HashMap<String, usize>,
    left: u64,
}

/// What a part refers to: id, kind, part.
pub(super) type Reference = (String, String, String);

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        if let Some(why) = is_old_or_locked(bytes) {
            return Err(why);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_no_container| broken("不是 .xlsx 文件，或者不完整"))?;
        if zip.len() > MAX_PARTS {
            return Err(ReadError::TooLarge("部件太多".into()));
        }
        // Who gives a part a name that is none hides it.
        let named = zip.file_names().enumerate().filter_map(|(place, name)| Some((name.ok()?.to_lowercase(), place)));
        let parts = named.collect();
        Ok(Self { zip, parts, left: MAX_UNPACKED })
    }

    /// The text of a part; `None` where there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(place) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        let damaged = || broken(&format!("其中的 {name} 解不开"));
        let part = self.zip.by_index(*place).map_err(|_damaged| damaged())?;
        let mut text = Vec::new();
        part.take(self.left + 1).read_to_end(&mut text).map_err(|_damaged| damaged())?;
        self.left = self.left.checked_sub(text.len() as u64).ok_or(ReadError::TooLarge("展开后超过 64 MB".into()))?;
        String::from_utf8(text).map(Some).map_err(|_not_utf8| broken(&format!("{name} 不是 UTF-8")))
    }

    /// What the part at this path refers to; the container itself at an empty path.
    pub fn references(&mut self, part: &str) -> Result<Vec<Reference>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}/_rels/{name}.rels");
        let Some(text) = self.part(path.trim_start_matches('/'))? else { return Ok(Vec::new()) };
        let mut references = References { folder: folder.to_owned(), found: Vec::new() };
        walk(&text, &mut references)?;
        Ok(references.found)
    }
}

struct References {
    folder: String,
    found: Vec<Reference>,
}

impl Sink for References {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        if name == "Relationship"
            && tag.get("TargetMode")?.is_none_or(|mode| mode != "External")
            && let (Some(id), Some(kind), Some(target)) = (tag.get("Id")?, tag.get("Type")?, tag.get("Target")?)
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            self.found.push((id, kind, resolved(&self.folder, &target)));
        }
        if self.found.len() > MAX_PARTS { Err(ReadError::TooLarge("部件太多".into())) } else { Ok(()) }
    }
}

/// A target as seen from a folder: `/xl/a.xml`, `a.xml`, `../a.xml`.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}
