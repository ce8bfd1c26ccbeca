//! Earlier saves of a draft, in the program's own folder: the draft itself stays one file that can be mailed.
//!
//! Thinned by age: all of the last hour, one an hour for a day, one a day for a month, one a month beyond, 60 at most.
//! A file is named by its time and digest: `20260130T140305.123Z 7a1f-….gouji`.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::DRAFT_ENDING;
use super::digest::Digest;
use super::disk::Standing;
use super::error::StoreError;
use super::home::Home;
use super::save::{self, free_beside, load_known, read_regular, write_whole};
use super::settings::Settings;
use crate::form::Catalog;
use crate::model::{Draft, Edit, Item};

/// An earlier save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// When it was saved.
    pub time: Timestamp,
    /// Its file; not to be written to.
    pub file: PathBuf,
    /// What the next newer save changed; `None` for the newest, and when one of the two cannot be read.
    pub changed: Option<Changed>,
}

/// How much two saves differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Cells with another entry.
    pub num_cells: usize,
    /// Text chapters with another text.
    pub num_chapters: usize,
}

/// Generations kept.
const MAX_KEPT: usize = 60;

/// Keeps these bytes of the draft at this path, unless the newest generation holds the same, and thins the older ones.
///
/// # Errors
/// They are not kept; older generations still are.
pub fn keep(home: &Home, draft: &Path, bytes: &[u8], time: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    let folder = home.generations(draft);
    let failed = |source| StoreError::NoGeneration { source, path: folder.clone() };
    let digest = Digest::of(bytes);
    home.disk.make_folder(&folder).map_err(failed)?;
    let mut kept = names(home, &folder).map_err(failed)?;
    if kept.last().is_some_and(|newest| newest.digest == digest) {
        return Ok(());
    }
    let name = format!("{} {digest}.{DRAFT_ENDING}", time.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%S%.3fZ"));
    let file = folder.join(name);
    write_whole(&*home.disk, &file, bytes).map_err(|err| failed(err.into_io()))?;
    kept.extend(Name::of(file));
    kept.sort_by_key(|name| name.time);
    let times: Vec<Timestamp> = kept.iter().map(|name| name.time).collect();
    for place in superfluous(&times, now) {
        if let Some(old) = kept.get(place) {
            // One too many does no harm.
            home.disk.remove(&old.file).ok();
        }
    }
    Ok(())
}

/// A generation by its file name.
struct Name {
    time: Timestamp,
    digest: Digest,
    file: PathBuf,
}

impl Name {
    fn of(file: PathBuf) -> Option<Self> {
        let (time, digest) = file.file_name()?.to_str()?.strip_suffix(DRAFT_ENDING)?.strip_suffix('.')?.split_once(' ')?;
        Some(Self { time: time.parse().ok()?, digest: digest.parse().ok()?, file })
    }
}

/// The generations in this folder, oldest first. Other files are none of ours.
fn names(home: &Home, folder: &Path) -> std::io::Result<Vec<Name>> {
    let mut names: Vec<Name> = home.disk.list(folder)?.into_iter().filter_map(Name::of).collect();
    names.sort_by_key(|name| name.time);
    Ok(names)
}

/// Places of the times, given oldest first, that thinning gives up. The newest of each hour, day or month stays.
pub fn superfluous(times: &[Timestamp], now: Timestamp) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..times.len()).collect();
    let span = |place: usize| times.get(place).map(|time| span_of(*time, now));
    kept.retain(|place| span(*place).is_some_and(|here| here.is_none() || span(place + 1) != Some(here)));
    while kept.len() > MAX_KEPT {
        // The one that its newer neighbour follows soonest, for its age, tells least.
        let closeness = |pair: &[usize]| match pair {
            [here, next] => times.get(*here).zip(times.get(*next)).map(|(here, next)| {
                let age_secs = now.duration_since(*here).as_secs().abs().max(1);
                next.duration_since(*here).as_millis() * 1_000_000 / i128::from(age_secs)
            }),
            _ => None,
        };
        let pairs = kept.windows(2).enumerate().skip(1);
        let Some((closest, _)) = pairs.min_by_key(|(_, pair)| closeness(pair)) else { break };
        kept.remove(closest);
    }
    (0..times.len()).filter(|place| !kept.contains(place)).collect()
}

/// The hour, day or month of which one generation is kept; `None` within the last hour, where all are.
fn span_of(time: Timestamp, now: Timestamp) -> Option<(char, i64)> {
    let age = now.duration_since(time);
    let civil = time.to_zoned(TimeZone::UTC);
    let hours = time.as_second().div_euclid(3600);
    if age < SignedDuration::from_hours(1) {
        None
    } else if age < SignedDuration::from_hours(24) {
        Some(('h', hours))
    } else if age < SignedDuration::from_hours(31 * 24) {
        Some(('d', hours.div_euclid(24)))
    } else {
        Some(('m', i64::from(civil.year()) * 12 + i64::from(civil.month())))
    }
}

/// The earlier saves of the draft at this path, newest first.
///
/// # Errors
/// Their folder cannot be read.
pub fn generations(home: &Home, draft: &Path, catalog: &Catalog) -> Result<Vec<Generation>, StoreError> {
    let folder = home.generations(draft);
    let names = names(home, &folder).map_err(|source| StoreError::read(source, &folder))?;
    let mut newer: Option<Draft> = None;
    let mut found = Vec::new();
    for name in names.into_iter().rev() {
        let loaded = load_known(&*home.disk, &name.file, catalog).ok().filter(|(.., digest)| *digest == name.digest);
        let changed = loaded.as_ref().zip(newer.as_ref()).map(|((_, draft, _), newer)| Changed::of(&newer.edits_since(draft)));
        newer = loaded.map(|(_, draft, _)| draft);
        found.push(Generation { time: name.time, file: name.file, changed });
    }
    Ok(found)
}

impl Changed {
    /// Counts edits that each change another place.
    pub fn of(edits: &[Edit]) -> Self {
        let count = |is: fn(&&Edit) -> bool| edits.iter().filter(is).count();
        Self {
            num_cells: count(|edit| matches!(edit, Edit::Set(Item::Cell(_), _))),
            num_chapters: count(|edit| matches!(edit, Edit::Text(..))),
        }
    }
}

/// Puts a generation beside the draft, under a free name with its date: `年报（2026-01-30 14时03分的一稿）.gouji`.
///
/// # Errors
/// It is damaged, or cannot be written.
pub fn restore_copy(home: &Home, generation: &Generation, draft: &Path, catalog: &Catalog) -> Result<PathBuf, StoreError> {
    load_known(&*home.disk, &generation.file, catalog)?;
    let bytes = read_regular(&*home.disk, &generation.file, save::MAX_MB)?;
    let words = format!("{}的一稿", dated(&generation.time.to_zoned(TimeZone::system())));
    let copy = free_beside(&*home.disk, draft, &words)?;
    write_whole(&*home.disk, &copy, &bytes)?;
    Ok(copy)
}

/// Date and time as they may stand in a file name: `2026-01-30 14时03分`.
pub(super) fn dated(time: &Zoned) -> String {
    time.strftime("%Y-%m-%d %H时%M分").to_string()
}

/// Puts a dated copy of the draft into the second folder, if the settings name one. The copies there are the clerk's:
/// none is ever removed or replaced.
///
/// # Errors
/// The copy is not there.
pub(super) fn copy_to_second_folder(home: &Home, settings: &Settings, draft: &Path, bytes: &[u8], now: &Zoned) -> Result<(), StoreError> {
    let Some(folder) = &settings.second_folder else { return Ok(()) };
    let failed = |err: StoreError| StoreError::NoCopy { source: err.into_io(), path: folder.clone() };
    // A folder that is gone is a USB stick that was pulled out; making it anew would put the copies somewhere else.
    if home.disk.standing(folder).ok() != Some(Standing::Folder) {
        return Err(failed(StoreError::NotFound(folder.clone())));
    }
    let plain = folder.join(draft.file_name().unwrap_or_default());
    let copy = free_beside(&*home.disk, &plain, &dated(now)).map_err(failed)?;
    write_whole(&*home.disk, &copy, bytes).map_err(failed)
}
