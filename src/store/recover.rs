//! What a crash, a power cut or a kill left behind, and how to go on with it. Nothing is restored over a newer file.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::aside::put_aside;
use super::disk::{Disk, Standing, written_at};
use super::error::StoreError;
use super::generations::Changed;
use super::hold::{Held, hold_sidecar};
use super::home::Home;
use super::journal::{self, Replay, replay};
use super::keeper::{Opened, open};
use super::save::{load_known, read_regular, remove_remains};
use crate::form::Catalog;
use crate::model::{Draft, Edit};

/// Largest journal read; they begin anew at a tenth of it.
const MAX_MB: u64 = 50;

/// A journal left behind.
#[derive(Debug)]
pub struct Left {
    /// Its file.
    pub file: PathBuf,
    /// What it restores, or why it cannot be read; then it stays until the user discards it.
    pub found: Result<Lost, StoreError>,
}

/// A draft with edits that its file does not hold.
#[derive(Debug)]
pub struct Lost {
    /// The draft with all its edits, where it stood and how many they are.
    pub replay: Replay,
    /// What became of its file meanwhile.
    pub standing: DraftFile,
    /// How much it differs from its file, or from an empty draft where that is not there.
    pub changed: Changed,
}

/// What became of the file of a draft that a crash took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftFile {
    /// It is as it was: work goes on in it.
    AsBefore,
    /// Someone saved another state to it, at this time if that is known: what was lost is restored as a copy.
    Changed(Option<Timestamp>),
    /// It was never saved, or is gone, or cannot be read: what was lost is restored as a new draft.
    Missing,
}

/// The journals of sessions that ended without closing their draft, by age. Those that hold nothing but what stands in the
/// draft's file are cleared away.
pub fn left_behind(home: &Home, catalog: &Catalog, now: Timestamp) -> Vec<Left> {
    // A session killed while it began its journal left only the lock.
    let endings = [journal::ENDING, journal::LOCK_ENDING];
    let is_ours = |path: &PathBuf| {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !is_hidden && path.extension().is_some_and(|ending| endings.iter().any(|ours| ending == *ours))
    };
    let found = home.disk.list(&home.journals()).unwrap_or_default();
    let mut journals: Vec<PathBuf> = found.into_iter().filter(is_ours).map(|path| path.with_extension(journal::ENDING)).collect();
    journals.dedup();
    journals.into_iter().filter_map(|file| look(home, file, catalog, now)).collect()
}

/// What the journal restores; `None` if that is nothing, or its session lives.
fn look(home: &Home, file: PathBuf, catalog: &Catalog, now: Timestamp) -> Option<Left> {
    // Let go at the end: it is free for the taking, but two sessions starting together shall not clear it away together.
    let held = hold_sidecar(&home.disk, journal::sidecar(&file), now);
    if matches!(held, Held::Others(_)) {
        return None;
    }
    let unreadable = |what| StoreError::Journal { what, path: file.clone() };
    let read = read_regular(&*home.disk, &file, MAX_MB);
    if matches!(read, Err(StoreError::NotFound(_))) {
        if matches!(held, Held::Ours(_)) {
            remove_remains(&*home.disk, &file);
        }
        return None;
    }
    let replayed = read.and_then(|bytes| replay(&bytes, catalog).map_err(unreadable));
    let found = match replayed {
        Err(err) => Err(err),
        Ok(replay) => match compare(&*home.disk, &replay, catalog) {
            None => {
                clear(&*home.disk, &file);
                return None;
            }
            Some((standing, changed)) => Ok(Lost { replay, standing, changed }),
        },
    };
    Some(Left { file, found })
}

/// What became of the draft's file, and how much the journal differs from it; `None` when the file holds all that it does.
fn compare(disk: &dyn Disk, replay: &Replay, catalog: &Catalog) -> Option<(DraftFile, Changed)> {
    let empty = || replay.form.draft(replay.draft.agency.clone(), replay.draft.year);
    let since = |draft: &Draft| Changed::of(&replay.draft.edits_since(draft));
    let Some(path) = replay.path.as_deref() else { return Some((DraftFile::Missing, since(&empty()))) };
    match load_known(disk, path, catalog) {
        Ok((_, draft, _)) if draft == replay.draft => None,
        Ok((_, draft, file)) if Some(file) == replay.file => Some((DraftFile::AsBefore, since(&draft))),
        Ok((form, draft, _)) => {
            let time = written_at(disk, path);
            Some((DraftFile::Changed(time), since(if form.id == replay.form.id { &draft } else { &replay.draft })))
        }
        Err(_) => match disk.standing(path) {
            Ok(Standing::File | Standing::ReadOnlyFile) => Some((DraftFile::Changed(None), since(&empty()))),
            _ => Some((DraftFile::Missing, since(&empty()))),
        },
    }
}

/// Removes what earlier runs of the program left half written or printed. What cannot be removed does no harm.
pub fn clear_remains(home: &Home) {
    let own = std::process::id().to_string();
    for file in home.disk.list(&home.prints()).unwrap_or_default() {
        if file.file_name().is_some_and(|name| *name != *own) {
            // Where a viewer still shows it, Windows keeps it until the next start.
            std::fs::remove_dir_all(file).ok();
        }
    }
    let kept = home.disk.list(&home.folder.join("generations")).unwrap_or_default();
    for folder in [home.folder.clone(), home.given_up()].into_iter().chain(kept) {
        for file in home.disk.list(&folder).unwrap_or_default() {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_ours = name.contains(&format!("new-{own}-"));
            if name.starts_with('.') && file.extension().is_some_and(|ending| ending == "part") && !is_ours {
                home.disk.remove(&file).ok();
            }
        }
    }
}

/// Days that a journal is kept after it was given up.
const DAYS_KEPT: i64 = 30;

/// The journals that were given up in the last 30 days, by age; older ones go. What they hold is restored like any other.
pub fn given_up(home: &Home, catalog: &Catalog, now: Timestamp) -> Vec<Left> {
    let found = home.disk.list(&home.given_up()).unwrap_or_default();
    let is_old = |file: &PathBuf| {
        let given_up = written_at(&*home.disk, file);
        given_up.is_some_and(|time| now.duration_since(time) > SignedDuration::from_hours(24 * DAYS_KEPT))
    };
    let (old, kept): (Vec<_>, Vec<_>) =
        found.into_iter().filter(|file| file.extension().is_some_and(|is| is == journal::ENDING)).partition(is_old);
    for file in old {
        clear(&*home.disk, &file);
    }
    kept.into_iter().filter_map(|file| look(home, file, catalog, now)).collect()
}

fn clear(disk: &dyn Disk, journal: &Path) {
    // What stays is offered once more.
    disk.remove(journal).ok();
    remove_remains(disk, journal);
}

impl Left {
    /// The user does not want it: it is kept aside for 30 days, see [`given_up`].
    pub fn discard(&self, home: &Home) {
        if put_aside(home, &self.file).is_err() {
            // It stays, and is offered once more.
            remove_remains(&*home.disk, &self.file);
        }
    }
}

impl Lost {
    /// Opens the draft to go on where the crash came: in its file, if that is still as it was and nobody else has it; else
    /// as a draft without a file. The edits are what is to be restored, to be applied as one step; see also
    /// [`super::Keeper::carries_on`].
    pub fn reopen(&self, home: &Home, catalog: &Catalog, now: Timestamp) -> (Opened, Vec<Edit>) {
        let replay = &self.replay;
        let in_file = replay.path.as_deref().filter(|_| self.standing == DraftFile::AsBefore);
        let opened = in_file.and_then(|path| open(home, path, catalog, now).ok());
        let opened = opened.filter(|opened| opened.holder().is_none() && opened.known() == replay.file).unwrap_or_else(|| {
            let empty = replay.form.draft(replay.draft.agency.clone(), replay.draft.year);
            Opened::without_file(home, replay.form.clone(), empty)
        });
        let edits = replay.draft.edits_since(&opened.draft);
        (opened, edits)
    }
}
