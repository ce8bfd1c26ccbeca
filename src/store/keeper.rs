//! All that keeps the open draft from being lost, for the window: opened under a lock, journaled, saved with history.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::digest::Digest;
use super::error::StoreError;
use super::hold::{Held, Hold, Holder, hold};
use super::home::Home;
use super::journal::{Journal, Trouble};
use super::save::{is_kept, load, load_known, remove_remains};
use super::saver::{SaveOrder, Saved, Saver, To};
use crate::form::{Catalog, Form};
use crate::model::{Draft, Edit};

/// A draft that was opened, on its way from the thread that read it to the window.
#[derive(Debug)]
pub struct Opened {
    /// Its form.
    pub form: Arc<Form>,
    /// The draft.
    pub draft: Draft,
    /// Its file; none for a new draft.
    pub path: Option<PathBuf>,
    home: Home,
    known: Option<Digest>,
    hold: Option<Hold>,
    holder: Option<Holder>,
}

/// Opens the draft at this path, and holds it if nobody else does. A copy of an earlier save opens as a draft without a file.
///
/// # Errors
/// As [`super::load`].
pub fn open(home: &Home, path: &Path, catalog: &Catalog, now: Timestamp) -> Result<Opened, StoreError> {
    // The lock first: what is read under it is what will be written over.
    let path = home.true_path(path);
    if is_kept(home, &path) {
        let (form, draft) = load(&*home.disk, &path, catalog)?;
        return Ok(Opened::without_file(home, form, draft));
    }
    let (hold, holder) = match hold(home, &path, now) {
        Held::Ours(hold) => {
            remove_remains(&*home.disk, &path);
            (Some(hold), None)
        }
        Held::Others(holder) => (None, Some(holder)),
        Held::Unlocked(_) => (None, None),
    };
    let (form, draft, known) = load_known(&*home.disk, &path, catalog)?;
    Ok(Opened { form, draft, path: Some(path), home: home.clone(), known: Some(known), hold, holder })
}

impl Opened {
    /// A new draft, an example, a draft restored without its file.
    pub fn without_file(home: &Home, form: Arc<Form>, draft: Draft) -> Self {
        Self { form, draft, path: None, home: home.clone(), known: None, hold: None, holder: None }
    }

    /// Who else has the draft open; then it is only to be looked at, or saved as a copy.
    pub fn holder(&self) -> Option<&Holder> {
        self.holder.as_ref()
    }

    /// The digest of its file.
    pub fn known(&self) -> Option<Digest> {
        self.known
    }
}

/// Looks at the file of an open draft.
#[derive(Debug)]
pub struct Watch {
    saver: Saver,
}

impl Watch {
    /// Someone else has changed the draft's file. Reads it.
    pub fn is_changed(&self) -> bool {
        self.saver.is_changed_on_disk()
    }
}

/// Keeps one open draft. Nothing here waits for the disk but [`Keeper::flush`], [`Keeper::close`] and being dropped.
///
/// Dropped without being closed, as in a panic, it leaves the journal for the next start.
#[derive(Debug)]
pub struct Keeper {
    form: Arc<Form>,
    journal: Journal,
    saver: Saver,
    holder: Option<Holder>,
    num_orders: u64,
}

impl Keeper {
    /// Takes charge of a draft. `wake` is called from another thread when [`Keeper::trouble`] changes.
    pub fn new(opened: Opened, now: Timestamp, wake: impl Fn() + Send + 'static) -> Self {
        let Opened { form, draft, path, home, known, hold, holder } = opened;
        let journal = Journal::begin(&home, (Arc::clone(&form), draft), path.as_deref(), known, now, wake);
        Self { form, journal, saver: Saver::new(&home, path, known, hold), holder, num_orders: 0 }
    }

    /// Takes the draft as it is on screen; `pending` is the edit that what is being typed into a cell would be. To be called
    /// once a frame: it compares, and whatever way the draft was changed, the change is in the journal.
    pub fn record(&mut self, draft: &Draft, pending: Option<&Edit>, now: Timestamp) {
        self.journal.record(draft, pending, now);
    }

    /// What the journal could not put on disk; to be shown as long as it lasts.
    pub fn trouble(&self) -> Option<Trouble> {
        self.journal.trouble()
    }

    /// Who else had the draft open when it was opened or a save was refused; it is only to be looked at.
    pub fn holder(&self) -> Option<&Holder> {
        self.holder.as_ref()
    }

    /// A save of the draft as it is, to be performed on a thread.
    pub fn order(&mut self, to: To, draft: &Draft) -> SaveOrder {
        self.num_orders += 1;
        self.saver.order(self.num_orders, to, Arc::clone(&self.form), draft, self.journal.flusher())
    }

    /// The save happened.
    pub fn saved(&mut self, saved: &Saved, now: Timestamp) {
        self.holder = None;
        self.journal.saved(&saved.draft, &saved.path, saved.file, now);
    }

    /// For a thread, when the window gets the focus back.
    pub fn watch(&self) -> Watch {
        Watch { saver: self.saver.clone() }
    }

    /// The draft was restored from a journal left behind, which is cleared away once all of it is safe in this one.
    pub fn carries_on(&mut self, left: &Path, now: Timestamp) {
        self.journal.carries_on(left.to_owned(), now);
    }

    /// Puts everything on disk and waits for it, two seconds at most.
    ///
    /// # Errors
    /// What is not on disk.
    pub fn flush(&self) -> Result<(), Trouble> {
        self.journal.flush()
    }

    /// The draft is closed, saved or given up: nothing is to be recovered, others may open it.
    pub fn close(self) {
        self.journal.close();
    }
}
