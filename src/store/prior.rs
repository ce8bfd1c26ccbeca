//! Last year's report of the same agency, where it lies beside this year's or was worked on lately: nobody should have to
//! look for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::home::Home;
use super::is_draft_name;
use super::recent::recent_paths;
use super::save::{load, read_draft};
use crate::form::{Catalog, Form};
use crate::model::Draft;

/// Most drafts looked into; a county keeps those of all its offices, of many years, in one folder.
const MAX_LOOKED_INTO: usize = 10_000;

/// What a draft says of itself; the rest of its file is passed over.
#[derive(Deserialize)]
struct Head {
    agency: String,
    year: u16,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        // As deep as a draft goes; RON's own limit takes a lot of stack.
        ron::Options::default().with_recursion_limit(32).from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
    }

    /// It is the report of the year before.
    fn is_prior_of(&self, draft: &Draft) -> bool {
        self.agency.trim() == draft.agency.trim() && self.year.checked_add(1) == Some(draft.year)
    }
}

/// The report of the year before `draft`, which stands at this path: the one that has come furthest, then the fullest.
/// What cannot be read is passed over, it was not asked for.
pub fn find_prior(home: &Home, path: &Path, draft: &Draft, catalog: &Catalog) -> Option<(Arc<Form>, Draft)> {
    let beside = path.parent().and_then(|folder| home.disk.list(folder).ok()).unwrap_or_default();
    let mut paths: Vec<PathBuf> = recent_paths(home).into_iter().chain(beside).filter(|path| is_draft_name(path)).collect();
    paths.sort();
    paths.dedup();
    let found = paths.into_iter().filter(|other| other != path).take(MAX_LOOKED_INTO).filter_map(|path| {
        let head = Head::read(&read_draft(&*home.disk, &path).ok()?)?;
        if head.is_prior_of(draft) { load(&*home.disk, &path, catalog).ok() } else { None }
    });
    found.max_by_key(|(_, old)| (old.review().status(), old.entries().iter().filter(|entry| !entry.is_blank()).count()))
}
