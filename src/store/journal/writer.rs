//! The thread that owns a journal's file. It keeps a draft of its own in step with the edits, so that it can begin the
//! journal anew at any time: when it has grown long, after a save, and after any failure of the disk.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::lines::{Start, edit_line};
use super::trouble::{Trouble, sidecar};
use crate::model::{Draft, Edit};
use crate::store::aside::put_aside;
use crate::store::digest::{Digest, Sum};
use crate::store::disk::Standing;
use crate::store::error::{StoreError, reason};
use crate::store::hold::{Held, Hold, hold_sidecar};
use crate::store::home::Home;
use crate::store::save::{remove_remains, write_whole};

/// What the thread is asked for.
pub(super) enum Order {
    /// Edits were made at this time.
    Edits(Vec<Edit>, Timestamp),
    /// The draft is this one, at this time.
    Whole(Box<Draft>, Timestamp),
    /// This draft now stands at this path, in a file with this digest.
    Saved { draft: Box<Draft>, path: PathBuf, file: Digest },
    /// The journal another session left at this path is carried on here, and goes once all of it is safe in this one.
    CarriesOn(PathBuf),
    /// Write everything and say how it went.
    Flush(Sender<Option<Trouble>>),
    /// The draft is closed: nothing is to be recovered.
    Close,
    /// The window is gone: everything is to be recovered.
    End,
}

/// Pause between two writes.
const PAUSE: Duration = Duration::from_millis(500);

/// Pause before the disk is tried again after a failure.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(3);

/// Length at which a journal begins anew, unless the draft alone is as long.
const MAX_BYTES: usize = 5_000_000;

/// The thread's state.
pub(super) struct Writer {
    pub home: Home,
    pub file: PathBuf,
    pub start: Start,
    /// In step with the edits.
    pub draft: Draft,
    /// How it stands, for the window.
    pub trouble: Arc<Mutex<Option<Trouble>>>,
    /// Called when that changes.
    pub wake: Box<dyn Fn() + Send>,
    /// Held while the file stands.
    pub hold: Option<Hold>,
    /// Edits that the draft's file does not hold.
    pub num_edits: u64,
    /// Lines to be added to the file.
    pub lines: Vec<u8>,
    /// When the first edit was made that is not in the file; `None` when all are.
    pub unsafe_since: Option<Timestamp>,
    /// When the last edit was made.
    pub last_edit: Timestamp,
    /// Length and sum of the file, if it stands and is whole.
    pub written: Option<(usize, Sum)>,
    /// Length of its first line.
    pub start_bytes: usize,
    /// Nothing is written before.
    pub not_before: Instant,
    /// Journals that this one takes the place of.
    pub obsolete: Vec<PathBuf>,
}

impl Writer {
    /// Works until the journal is closed, or its handle is gone; then whatever has come is written first.
    pub fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let pause = self.unsafe_since.map(|_| self.not_before.saturating_duration_since(Instant::now()));
            if pause.is_some_and(|pause| pause.is_zero()) {
                self.write();
                continue;
            }
            let order = match pause {
                None => orders.recv().map_err(|_gone| RecvTimeoutError::Disconnected),
                Some(pause) => orders.recv_timeout(pause),
            };
            match order {
                Ok(Order::Edits(edits, time)) => self.take(edits, time),
                Ok(Order::Whole(draft, time)) => {
                    (self.draft, self.written) = (*draft, None);
                    self.take(Vec::new(), time);
                }
                Ok(Order::Saved { draft, path, file }) => self.saved(&draft, path, file),
                Ok(Order::CarriesOn(journal)) => self.obsolete.push(journal),
                Ok(Order::Flush(answer)) => {
                    self.write();
                    // Who asked may have stopped waiting.
                    answer.send(self.trouble.lock().map_or(None, |trouble| trouble.clone())).ok();
                }
                Ok(Order::Close) => return self.close(),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => return self.write(),
            }
        }
    }

    fn take(&mut self, edits: Vec<Edit>, time: Timestamp) {
        // A review part is as long as the draft, and comes seldom: the journal begins anew with both.
        if edits.iter().any(|edit| matches!(edit, Edit::Review(_))) {
            (self.written, self.lines) = (None, Vec::new());
        }
        if let Some((bytes, sum)) = self.written {
            let (line, sum) = edit_line(&self.start.form, &edits, time, sum);
            self.lines.extend(&line);
            self.written = Some((bytes, sum));
        }
        for edit in edits {
            self.draft.apply(edit);
            self.num_edits = self.num_edits.saturating_add(1);
        }
        self.unsafe_since.get_or_insert(time);
        self.last_edit = time;
    }

    /// Brings the file up to date.
    fn write(&mut self) {
        let Some(since) = self.unsafe_since else { return };
        let most = MAX_BYTES.max(self.start_bytes.saturating_mul(2));
        let done = match self.written {
            Some((bytes, sum)) if bytes + self.lines.len() <= most => {
                match self.home.disk.append_synced(&self.file, &self.lines) {
                    Ok(()) => {
                        self.written = Some((bytes + self.lines.len(), sum));
                        self.renew_hold();
                        Ok(())
                    }
                    // Somebody has cleared our folder: all of it is here still.
                    Err(err) if err.kind() == io::ErrorKind::NotFound => self.begin_anew(),
                    Err(err) => Err(err),
                }
            }
            _ => self.begin_anew(),
        };
        self.lines.clear();
        match done {
            Ok(()) => {
                self.unsafe_since = None;
                self.not_before = Instant::now() + PAUSE;
                self.say(None);
                self.remove_obsolete();
            }
            Err(err) => {
                // What the file now ends in is not known.
                self.written = None;
                self.not_before = Instant::now() + PAUSE_AFTER_FAILURE;
                self.say(Some(Trouble { since, reason: reason(&err) }));
            }
        }
    }

    /// Writes a journal that starts from the draft as it is. The old one stands until the new one is whole.
    fn begin_anew(&mut self) -> io::Result<()> {
        self.home.disk.make_folder(&self.home.journals())?;
        self.renew_hold();
        let (line, sum) = self.start.line(&self.draft, self.num_edits, self.last_edit);
        write_whole(&*self.home.disk, &self.file, &line).map_err(StoreError::into_io)?;
        (self.written, self.start_bytes) = (Some((line.len(), sum)), line.len());
        Ok(())
    }

    /// Takes the lock, also where somebody has removed it.
    fn renew_hold(&mut self) {
        if self.hold.is_some() && matches!(self.home.disk.standing(&sidecar(&self.file)), Ok(Standing::Missing)) {
            self.hold = None;
        }
        if self.hold.is_none()
            && let Held::Ours(hold) = hold_sidecar(&self.home.disk, sidecar(&self.file), self.last_edit)
        {
            // Without locks the journal is still worth having; it may be offered for recovery too early.
            self.hold = Some(hold);
        }
    }

    /// The clerk has closed the draft. What was not saved is put aside, not thrown away.
    fn close(&mut self) {
        if self.num_edits > 0 {
            self.write();
            if self.written.is_some() && put_aside(&self.home, &self.file).is_ok() {
                self.written = None;
            }
        }
        self.remove();
    }

    fn saved(&mut self, draft: &Draft, path: PathBuf, file: Digest) {
        (self.start.path, self.start.file) = (Some(path), Some(file));
        if self.draft == *draft {
            self.num_edits = 0;
            return self.remove();
        }
        // Something was typed while the disk was at work: a new start that says what the file holds.
        self.written = None;
        self.unsafe_since.get_or_insert(self.last_edit);
        self.not_before = Instant::now();
    }

    /// Everything is in the draft's file, or given up.
    fn remove(&mut self) {
        // Should it stay, it leads to the draft as saved and so restores nothing; the next journal takes its place.
        self.home.disk.remove(&self.file).ok();
        self.lines.clear();
        (self.written, self.unsafe_since, self.hold) = (None, None, None);
        self.say(None);
        self.remove_obsolete();
    }

    fn remove_obsolete(&mut self) {
        for journal in self.obsolete.drain(..) {
            // What stays is offered for recovery once more, and holds nothing that is not here too.
            self.home.disk.remove(&journal).ok();
            remove_remains(&*self.home.disk, &journal);
        }
    }

    fn say(&self, trouble: Option<Trouble>) {
        let Ok(mut said) = self.trouble.lock() else { return };
        if *said != trouble {
            *said = trouble;
            drop(said);
            (self.wake)();
        }
    }
}
