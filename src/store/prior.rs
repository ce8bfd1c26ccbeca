//! Last year's report of the same agency, where it lies beside this year's or was worked on lately: nobody should have to
//! look for it. Of all drafts there only the first lines are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::disk::{Disk, Standing};
use super::error::StoreError;
use super::file::decode;
use super::home::Home;
use super::is_draft_name;
use super::recent::recent_paths;
use super::save::{load, read_draft};
use crate::form::{Catalog, Form, Report};
use crate::model::{Draft, Prior, distance, plain_name};
use crate::review::{self, Digests};

/// Most drafts looked at; a county keeps those of all its offices, of many years, in one folder.
const MAX_LOOKED_AT: usize = 20_000;

/// Where a draft says whose it is and of which year, in bytes from its start.
const HEAD: u64 = 2_000;

/// Characters in which a renamed agency's old name may differ: 局 for 委员会, a district become a city.
const MAX_RENAMED: usize = 3;

/// What a draft says of itself.
#[derive(Debug, Deserialize)]
struct Head {
    agency: String,
    year: u16,
}

impl Head {
    /// From the first lines, as this program writes them.
    fn read(start: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(start);
        let field = |name: &str| text.lines().find_map(|line| line.trim_start().strip_prefix(name)?.trim().strip_suffix(','));
        Some(Self { agency: ron::from_str(field("agency:")?).ok()?, year: field("year:")?.parse().ok()? })
    }

    /// From the whole text, however a person has laid it out.
    fn read_whole(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        // As deep as a draft goes; RON's own limit takes a lot of stack.
        ron::Options::default().with_recursion_limit(32).from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
    }
}

/// The report of the year before `draft`, which stands at this path: that of the agency's own name, however it is typed, else the
/// only one of a name much like it; of several the one that has come furthest, then the fullest. What cannot be read is passed
/// over, it was not asked for.
pub fn find_prior(home: &Home, path: &Path, draft: &Draft, catalog: &Catalog) -> Option<Prior> {
    let of_last_year: Vec<(Head, PathBuf)> =
        at_hand(home, path).into_iter().filter(|(head, _)| head.year.checked_add(1) == Some(draft.year)).collect();
    let own = plain_name(&draft.agency);
    let (own_name, others): (Vec<_>, Vec<_>) = of_last_year.into_iter().partition(|(head, _)| plain_name(&head.agency) == own);
    let taken = |(form, draft, bytes): Read| taken(form.report(&draft), &bytes);
    if !own_name.is_empty() {
        return best(home, own_name, catalog).map(taken);
    }
    let renamed: Vec<_> = others.into_iter().filter(|(head, _)| is_much_like(&plain_name(&head.agency), &own)).collect();
    if renamed.len() == 1 { best(home, renamed, catalog).map(taken) } else { None }
}

/// The reports of the agency's earlier years that lie beside the draft at this path or were worked on lately, by year, one each.
pub fn earlier_years(home: &Home, path: &Path, draft: &Draft, catalog: &Catalog) -> Vec<(Arc<Form>, Draft)> {
    let own = plain_name(&draft.agency);
    let mut by_year: BTreeMap<u16, Vec<(Head, PathBuf)>> = BTreeMap::new();
    for (head, path) in at_hand(home, path) {
        if head.year < draft.year && plain_name(&head.agency) == own {
            by_year.entry(head.year).or_default().push((head, path));
        }
    }
    by_year.into_values().filter_map(|of_year| best(home, of_year, catalog)).map(|(form, draft, _)| (form, draft)).collect()
}

/// What the drafts beside this one and those worked on lately say of themselves.
fn at_hand(home: &Home, path: &Path) -> Vec<(Head, PathBuf)> {
    let path = std::path::absolute(path).unwrap_or_else(|_nowhere| path.to_owned());
    let beside = path.parent().and_then(|folder| home.disk.list(folder).ok()).unwrap_or_default();
    let mut paths: Vec<PathBuf> = recent_paths(home).into_iter().chain(beside).filter(|path| is_draft_name(path)).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter(|other| *other != path).take(MAX_LOOKED_AT).filter_map(|path| Some((head(home, &path)?, path))).collect()
}

fn head(home: &Home, path: &Path) -> Option<Head> {
    if home.disk.standing(path).is_ok_and(|found| matches!(found, Standing::File | Standing::ReadOnlyFile)) {
        Head::read(&home.disk.read(path, HEAD).ok()?).or_else(|| Head::read_whole(&read_draft(&*home.disk, path).ok()?))
    } else {
        None
    }
}

fn is_much_like(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    distance(&one, &other) <= MAX_RENAMED.min(one.len().min(other.len()) / 3)
}

/// The draft at this path as last year's report: signed where its proof holds.
///
/// # Errors
/// It cannot be read.
pub fn read_prior(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<Prior, StoreError> {
    let (form, draft) = load(disk, path, catalog)?;
    Ok(taken(form.report(&draft), &read_draft(disk, path)?))
}

/// A draft as last year's report, with the hash of its file.
fn taken(report: Report<'_>, bytes: &[u8]) -> Prior {
    review::take_prior(report, review::prior_source(report), Some(Digests::of(bytes).sm3))
}

/// A draft on its form, and the bytes of its file.
type Read = (Arc<Form>, Draft, Vec<u8>);

/// The draft among these that has come furthest, then the fullest.
fn best(home: &Home, found: Vec<(Head, PathBuf)>, catalog: &Catalog) -> Option<Read> {
    let drafts = found.into_iter().filter_map(|(_, path)| {
        let bytes = read_draft(&*home.disk, &path).ok()?;
        let (form, draft) = decode(&bytes, catalog).ok()?;
        Some((draft.review().status(), draft.entries().iter().filter(|entry| !entry.is_blank()).count(), (form, draft, bytes)))
    });
    drafts.max_by_key(|(status, filled, _)| (*status, *filled)).map(|(.., read)| read)
}
