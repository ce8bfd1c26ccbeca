//! Last year's report of the same agency, where it lies beside this year's or was worked on lately: nobody should have to
//! look for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::home::Home;
use super::is_draft_name;
use super::recent::recent_paths;
use super::save::load;
use crate::form::{Catalog, Form};
use crate::model::Draft;

/// Most drafts looked into; a county keeps those of all its offices in one folder.
const MAX_LOOKED_INTO: usize = 200;

/// The report of the year before `draft`, which stands at this path: the one that has come furthest, then the fullest.
/// What cannot be read is passed over, it was not asked for.
pub fn find_prior(home: &Home, path: &Path, draft: &Draft, catalog: &Catalog) -> Option<(Arc<Form>, Draft)> {
    let beside = path.parent().and_then(|folder| home.disk.list(folder).ok()).unwrap_or_default();
    let mut paths: Vec<PathBuf> = recent_paths(home).into_iter().chain(beside).filter(|path| is_draft_name(path)).collect();
    paths.sort();
    paths.dedup();
    let found = paths.into_iter().filter(|other| other != path).take(MAX_LOOKED_INTO).filter_map(|path| {
        let (form, old) = load(&*home.disk, &path, catalog).ok()?;
        let is_prior = old.agency.trim() == draft.agency.trim() && old.year.checked_add(1) == Some(draft.year);
        is_prior.then_some((form, old))
    });
    found.max_by_key(|(_, old)| (old.review().status(), old.entries().iter().filter(|entry| !entry.is_blank()).count()))
}
