//! Saving the open draft: who may, over what, and what is kept of it. Runs on a thread of the caller's; saves of one draft
//! follow one another.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{Timestamp, Zoned};

use super::digest::Digest;
use super::error::StoreError;
use super::file::encode;
use super::generations::{copy_to_second_folder, dated, keep};
use super::hold::{Held, Hold, hold};
use super::home::Home;
use super::journal::Flusher;
use super::save::{self, free_beside, read_regular, remove_remains, save_known};
use super::settings::Settings;
use crate::form::Form;
use crate::model::Draft;

/// Where a draft is saved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// This file. If it is the draft's own, only while nobody else has changed it; if it is another, the user has chosen to
    /// replace it.
    File(PathBuf),
    /// A copy beside this file, under a free dated name: both versions are kept.
    Beside(PathBuf),
}

/// A save that happened.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Where the draft stands.
    pub path: PathBuf,
    /// What was saved.
    pub draft: Draft,
    /// The digest of its file.
    pub file: Digest,
    /// What did not work besides, in words for the user: no generation kept, no copy in the second folder.
    pub warnings: Vec<String>,
}

/// Where the open draft stands, shared by the window and the threads that save.
#[derive(Clone, Debug)]
pub(super) struct Saver {
    home: Home,
    place: Arc<Mutex<Place>>,
}

#[derive(Debug)]
pub(super) struct Place {
    /// The draft's file.
    pub path: Option<PathBuf>,
    /// What stood there when it was opened or last saved.
    pub known: Option<Digest>,
    /// Held as long as the draft is open.
    pub hold: Option<Hold>,
    /// The newest order carried out.
    pub done: Option<(u64, Saved)>,
}

/// A save to be carried out on a thread.
#[derive(Debug)]
pub struct SaveOrder {
    saver: Saver,
    no: u64,
    to: To,
    form: Arc<Form>,
    draft: Draft,
    journal: Flusher,
}

impl Saver {
    pub fn new(home: &Home, path: Option<PathBuf>, known: Option<Digest>, hold: Option<Hold>) -> Self {
        let place = Place { path, known, hold, done: None };
        Self { home: home.clone(), place: Arc::new(Mutex::new(place)) }
    }

    /// Looks at the place. A thread that panicked while saving leaves it as it was before, or after.
    pub fn with<T>(&self, look: impl FnOnce(&mut Place) -> T) -> T {
        look(&mut self.place.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The order of this number to save the draft as it is.
    pub fn order(&self, no: u64, to: To, form: Arc<Form>, draft: &Draft, journal: Flusher) -> SaveOrder {
        SaveOrder { saver: self.clone(), no, to, form, draft: draft.clone(), journal }
    }

    /// The draft's file is not the one that was opened or saved here. Reads it.
    pub fn is_changed_on_disk(&self) -> bool {
        self.with(|place| {
            let Some(path) = place.path.as_deref() else { return false };
            let found = read_regular(&*self.home.disk, path, save::MAX_MB);
            found.is_ok_and(|bytes| Some(Digest::of(&bytes)) != place.known)
        })
    }
}

impl SaveOrder {
    /// Saves. An order overtaken by a newer one writes nothing more and answers with that one's result.
    ///
    /// # Errors
    /// Nothing was saved, except for [`StoreError::Unconfirmed`]; what stood there still stands. [`StoreError::InUse`] and
    /// [`StoreError::ChangedOnDisk`] are answered by an order with [`To::Beside`].
    pub fn perform(&self, now: &Zoned) -> Result<Saved, StoreError> {
        // A journal behind the file would be taken for another's work after a crash in between. Its trouble is told elsewhere.
        self.journal.flush().ok();
        self.saver.with(|place| match &place.done {
            Some((newer, saved)) if *newer > self.no => Ok(saved.clone()),
            _ => self.perform_at(place, now),
        })
    }

    fn perform_at(&self, place: &mut Place, now: &Zoned) -> Result<Saved, StoreError> {
        let home = &self.saver.home;
        let time = now.timestamp();
        let path = match &self.to {
            To::File(path) => home.true_path(path),
            To::Beside(path) => free_beside(&*home.disk, &home.true_path(path), &format!("副本 {}", dated(now)))?,
        };
        let is_own = place.path.as_deref() == Some(&*path);
        // Where our file was, somebody has put a link: what it leads to is not ours to replace.
        if let To::File(named) = &self.to
            && !is_own
            && place.path.as_ref() == Some(named)
        {
            return Err(StoreError::ChangedOnDisk(named.clone()));
        }
        let hold = match place.hold.take_if(|_| is_own) {
            Some(hold) => Some(hold),
            None => hold_to_write(home, &path, time)?,
        };
        let before = read_regular(&*home.disk, &path, save::MAX_MB).ok();
        let known = match self.to {
            To::File(_) if !is_own => before.as_deref().map(Digest::of),
            To::File(_) => place.known,
            To::Beside(_) => None,
        };
        let done = save_known(&*home.disk, &path, self.form.report(&self.draft), known);
        let is_written = matches!(done, Ok(_) | Err(StoreError::Unconfirmed { .. }));
        if is_own || is_written {
            place.hold = hold;
        }
        if is_written {
            place.path = Some(path.clone());
            place.known = Some(Digest::of(encode(self.form.report(&self.draft)).as_bytes()));
        }
        let file = done?;
        let warnings = self.keep_history(&path, before.as_deref(), now);
        let saved = Saved { path, draft: self.draft.clone(), file, warnings };
        place.done = Some((self.no, saved.clone()));
        Ok(saved)
    }

    /// Keeps what stood there and what stands there, and copies it to the second folder.
    fn keep_history(&self, path: &Path, before: Option<&[u8]>, now: &Zoned) -> Vec<String> {
        let home = &self.saver.home;
        let time = now.timestamp();
        let after = encode(self.form.report(&self.draft));
        let (settings, unread) = match Settings::load(home) {
            Ok(settings) => (settings, None),
            Err(err) => (Settings::default(), Some(err)),
        };
        // Just before, so that the two stand in order whatever the clocks of shares say.
        let just_before = Timestamp::from_millisecond(time.as_millisecond().saturating_sub(1)).unwrap_or(time);
        let kept = before.map_or(Ok(()), |before| keep(home, path, before, just_before, time));
        let kept = kept.and_then(|()| keep(home, path, after.as_bytes(), time, time));
        let copied = copy_to_second_folder(home, &settings, path, after.as_bytes(), now);
        kept.err().into_iter().chain(copied.err()).chain(unread).map(|err| err.to_string()).collect()
    }
}

/// Holds the draft to be written; `None` where there are no locks.
fn hold_to_write(home: &Home, path: &Path, time: Timestamp) -> Result<Option<Hold>, StoreError> {
    match hold(home, path, time) {
        Held::Ours(hold) => {
            remove_remains(&*home.disk, path);
            Ok(Some(hold))
        }
        Held::Others(holder) => Err(StoreError::InUse { holder, path: path.to_owned() }),
        Held::Unlocked(_) => Ok(None),
    }
}
