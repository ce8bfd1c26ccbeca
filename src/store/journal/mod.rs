//! The journal: every edit of the open draft is on disk within a second, without the clerk saving.
//!
//! It stands in the program's own folder, one file for each session with a draft, and only while the draft holds something
//! its own file does not. A thread of its own writes it; the window never waits for the disk.

mod format_1;
mod lines;
mod trouble;
mod writer;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, TryLockError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::digest::{Digest, Sum};
use super::home::Home;
use crate::form::Form;
use crate::model::{Draft, Edit};
use lines::Start;
pub use lines::{Replay, replay};
pub use trouble::Trouble;
pub(super) use trouble::{ENDING, LOCK_ENDING, sidecar};
use writer::{Order, Writer};

/// The journal of the open draft. Dropped, it leaves its file behind, whole: what happens in a panic.
pub struct Journal {
    /// `None` while being dropped.
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<Trouble>>>,
    /// The draft as the thread will have it.
    draft: Draft,
    file: PathBuf,
}

/// Name of the thread that writes a journal.
const THREAD: &str = "gouji-journal";

/// Longest wait for a journal's last words.
const PATIENCE: Duration = Duration::from_secs(2);

impl Journal {
    /// Begins the journal of a draft; `path` and `file` are where it stands and in what file, if it does. Writes nothing yet.
    /// `wake` is called from another thread whenever [`Journal::trouble`] changes.
    pub fn begin(
        home: &Home,
        (form, draft): (Arc<Form>, Draft),
        path: Option<&Path>,
        file: Option<Digest>,
        now: Timestamp,
        wake: impl Fn() + Send + 'static,
    ) -> Self {
        let (orders, inbox) = channel();
        let trouble = Arc::new(Mutex::new(None));
        let writer = Writer {
            home: home.clone(),
            file: home.journals().join(name(now)),
            start: Start { form, path: path.map(|path| home.true_path(path)), file },
            draft: draft.clone(),
            trouble: Arc::clone(&trouble),
            wake: Box::new(wake),
            hold: None,
            num_edits: 0,
            lines: Vec::new(),
            unsafe_since: None,
            last_edit: now,
            written: None,
            start_bytes: 0,
            not_before: Instant::now(),
            obsolete: Vec::new(),
        };
        let file = writer.file.clone();
        let thread = thread::Builder::new().name(THREAD.to_owned()).spawn(move || writer.run(&inbox));
        let journal = Self { orders: Some(orders), thread: thread.ok(), trouble, draft, file };
        if let Ok(mut open) = OPEN.lock() {
            open.push((journal.file.clone(), journal.flusher()));
        }
        journal
    }

    /// Takes the draft as it is on screen; `pending` is what is being typed into a cell and not yet in the draft.
    /// Compares, so it may be called as often as one likes.
    pub fn record(&mut self, draft: &Draft, pending: Option<&Edit>, now: Timestamp) {
        if self.is_as(draft, pending) {
            return;
        }
        let mut on_screen = draft.clone();
        if let Some(edit) = pending {
            on_screen.apply(edit.clone());
        }
        let edits = on_screen.edits_since(&self.draft);
        if !edits.is_empty() {
            for edit in &edits {
                self.draft.apply(edit.clone());
            }
            self.send(Order::Edits(edits, now), now);
        }
        if self.draft != on_screen {
            // Something that is no edit: the journal begins anew with the whole draft.
            self.draft = on_screen.clone();
            self.send(Order::Whole(Box::new(on_screen), now), now);
        }
    }

    /// The thread has this draft with this edit made. Takes no copy: it is asked in every frame.
    fn is_as(&mut self, draft: &Draft, pending: Option<&Edit>) -> bool {
        match pending {
            None => self.draft == *draft,
            Some(Edit::Set(item, value)) if self.draft.value(item) == *value => {
                let back = self.draft.apply(Edit::Set(item.clone(), draft.value(item)));
                let is_same = self.draft == *draft;
                self.draft.apply(back);
                is_same
            }
            Some(_) => false,
        }
    }

    /// The draft was saved to this path, in a file with this digest.
    pub fn saved(&mut self, draft: &Draft, path: &Path, file: Digest, now: Timestamp) {
        self.send(Order::Saved { draft: Box::new(draft.clone()), path: path.to_owned(), file }, now);
    }

    /// This journal carries on the one that a crash left behind in this file, which goes once all is safe in this one.
    pub fn carries_on(&mut self, left: PathBuf, now: Timestamp) {
        self.send(Order::CarriesOn(left), now);
    }

    /// Edits that are not on disk, and why.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.lock().map_or(None, |trouble| trouble.clone())
    }

    /// The file, for messages; there is none while nothing is unsaved.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes what has come, from any thread, even when this one can do no more.
    pub fn flusher(&self) -> Flusher {
        Flusher { orders: self.orders.clone() }
    }

    /// As [`Flusher::flush`].
    ///
    /// # Errors
    /// What is not on disk, and why.
    pub fn flush(&self) -> Result<(), Trouble> {
        self.flusher().flush()
    }

    /// The draft is closed: saved, or given up by the clerk. Nothing is to be recovered.
    pub fn close(self) {
        self.send(Order::Close, Timestamp::UNIX_EPOCH);
    }

    fn send(&self, order: Order, now: Timestamp) {
        let sent = self.orders.as_ref().is_some_and(|orders| orders.send(order).is_ok());
        let is_alive = sent && self.thread.is_some();
        if !is_alive && let Ok(mut trouble) = self.trouble.lock() {
            trouble.get_or_insert(Trouble { since: now, reason: "自动存盘没有运行".to_owned() });
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        if let Ok(mut open) = OPEN.lock() {
            open.retain(|(file, _)| *file != self.file);
        }
        // Not by hanging up alone: a flusher may hold the line. A closed journal's thread has ended already.
        if let Some(orders) = self.orders.take() {
            orders.send(Order::End).ok();
        }
        if let Some(thread) = self.thread.take() {
            // It writes what has come and ends. If it panicked, there is nobody left to tell.
            thread.join().ok();
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Writes a journal from anywhere.
#[derive(Clone, Debug)]
pub struct Flusher {
    orders: Option<Sender<Order>>,
}

impl Flusher {
    /// Writes what has come and waits for it, for two seconds at most.
    ///
    /// # Errors
    /// What is not on disk, and why.
    pub fn flush(&self) -> Result<(), Trouble> {
        let (answer, answers) = channel();
        let asked = self.orders.as_ref().is_some_and(|orders| orders.send(Order::Flush(answer)).is_ok());
        let answered = asked.then(|| answers.recv_timeout(PATIENCE).ok()).flatten();
        let silent = Trouble { since: Timestamp::UNIX_EPOCH, reason: "磁盘没有回应".to_owned() };
        answered.unwrap_or(Some(silent)).map_or(Ok(()), Err)
    }
}

/// The journals that are open.
static OPEN: Mutex<Vec<(PathBuf, Flusher)>> = Mutex::new(Vec::new());

/// For a panic hook: writes every open journal and waits for it, two seconds at most for each.
///
/// # Errors
/// What is not on disk, and why.
pub fn flush_all() -> Result<(), Trouble> {
    // A journal's own thread would wait for itself, and whoever holds the list now may be the one that panics.
    let open = match OPEN.try_lock() {
        Ok(open) if thread::current().name() != Some(THREAD) => open,
        Err(TryLockError::Poisoned(open)) => open.into_inner(),
        _ => return Err(Trouble { since: Timestamp::UNIX_EPOCH, reason: "自动存盘停下了".to_owned() }),
    };
    open.iter().try_for_each(|(_, journal)| journal.flush())
}

/// A file name that no other session has: a journal left behind by a crash is never in the way of the next one.
fn name(now: Timestamp) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let no = NEXT.fetch_add(1, Ordering::Relaxed);
    // Process numbers come again after a restart, milliseconds do not come twice to one process number.
    let unique = Sum::new().with(format!("{} {}", std::process::id(), no).as_bytes());
    format!("{:x}-{unique}.{ENDING}", now.as_millisecond())
}
