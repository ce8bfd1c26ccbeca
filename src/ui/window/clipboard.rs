//! Pasting. The program that owns the clipboard may be slow to hand it over or may hang: it is asked on a thread, what is pressed
//! meanwhile waits behind the paste, and after a while the window goes on without. Where another program also put the page's own
//! table there, with merged cells, a table here takes that one.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers};

use crate::import;

/// Longest wait for the clipboard.
const PATIENCE: Duration = Duration::from_millis(800);

/// How often the window looks whether the answer has come, should nothing wake it.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// What did not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// The table beside the plain text, which was pasted instead.
    Table,
    /// Anything at all: nothing was pasted.
    Everything,
}

/// Where texts are pasted from.
pub trait Source: Send + Sync {
    /// The plain text; `None` where there is none.
    fn plain(&self) -> Option<String>;

    /// The table beside this plain text, as tabbed text; `None` where the plain text stands.
    fn table(&self, plain: &str) -> Option<String>;
}

/// Pastes and what is pressed behind them.
pub struct Clipboard {
    source: Arc<dyn Source>,
    asked: Option<Asked>,
    held: Vec<Event>,
}

/// The clipboard was asked.
struct Asked {
    plain: Option<String>,
    answer: Receiver<Piece>,
    since: Instant,
}

/// What the clipboard holds, as it comes.
enum Piece {
    Plain(String),
    Table(Option<String>),
}

impl fmt::Debug for Clipboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clipboard").field("held", &self.held).finish_non_exhaustive()
    }
}

impl Default for Clipboard {
    /// The clipboard of this desktop.
    fn default() -> Self {
        Self::new(Desktop)
    }
}

impl Clipboard {
    /// A clipboard that takes its texts from here; it is asked on a thread of its own.
    pub fn new(source: impl Source + 'static) -> Self {
        Self { source: Arc::new(source), asked: None, held: Vec::new() }
    }

    /// Leaves in `events` what this frame may have: the keys of copying and cutting as what they mean, a paste once its text is
    /// there. Returns what did not come in time. Where no table takes the keyboard no table is asked for.
    pub fn deal(&mut self, ctx: &Context, takes_tables: bool, events: &mut Vec<Event>) -> Option<Late> {
        self.held.extend(events.drain(..).map(meaning));
        let mut late = None;
        loop {
            if let Some(mut asked) = self.asked.take() {
                match asked.look() {
                    Look::NotYet => {
                        self.asked = Some(asked);
                        ctx.request_repaint_after(LOOK_AGAIN);
                        return late;
                    }
                    Look::Done(text, missing) => {
                        events.extend(text.map(Event::Paste));
                        late = missing.or(late);
                    }
                }
            }
            let is_asked = |event: &Event| is_paste_key(event) || takes_tables && matches!(event, Event::Paste(_));
            let next = self.held.iter().position(is_asked);
            events.extend(self.held.drain(..next.unwrap_or(self.held.len())));
            if next.is_none() {
                return late;
            }
            let plain = match self.held.remove(0) {
                Event::Paste(plain) => Some(plain),
                _ => None,
            };
            self.asked = Some(self.ask(ctx, plain, takes_tables));
        }
    }

    fn ask(&self, ctx: &Context, known: Option<String>, takes_tables: bool) -> Asked {
        let ((sender, answer), source, ctx, plain) = (channel(), Arc::clone(&self.source), ctx.clone(), known.clone());
        thread::spawn(move || {
            // Nobody waits any more where it comes too late.
            if let Some(plain) = known.or_else(|| source.plain()) {
                sender.send(Piece::Plain(plain.clone())).ok();
                sender.send(Piece::Table(takes_tables.then(|| source.table(&plain)).flatten())).ok();
            }
            drop(sender);
            ctx.request_repaint();
        });
        Asked { plain, answer, since: Instant::now() }
    }
}

/// How it stands with a paste.
enum Look {
    NotYet,
    /// What is pasted, and what did not come in time.
    Done(Option<String>, Option<Late>),
}

impl Asked {
    fn look(&mut self) -> Look {
        loop {
            match self.answer.try_recv() {
                Ok(Piece::Plain(plain)) => self.plain = Some(plain),
                Ok(Piece::Table(table)) => return Look::Done(table.or(self.plain.take()), None),
                Err(TryRecvError::Empty) if self.since.elapsed() < PATIENCE => return Look::NotYet,
                // There is no text there.
                Err(TryRecvError::Disconnected) if self.plain.is_none() => return Look::Done(None, None),
                Err(_) => {
                    let late = if self.plain.is_some() { Late::Table } else { Late::Everything };
                    return Look::Done(self.plain.take(), Some(late));
                }
            }
        }
    }
}

/// The keys of copying and cutting as what they mean.
fn meaning(event: Event) -> Event {
    match pressed(&event) {
        Some((Key::Copy, _)) => Event::Copy,
        Some((Key::Cut, _)) => Event::Cut,
        Some((Key::C, keys)) if keys.command_only() => Event::Copy,
        Some((Key::X, keys)) if keys.command_only() => Event::Cut,
        Some((Key::Insert, keys)) if keys.command_only() => Event::Copy,
        Some((Key::Delete, keys)) if keys.shift_only() => Event::Cut,
        _ => event,
    }
}

fn is_paste_key(event: &Event) -> bool {
    match pressed(event) {
        Some((Key::Paste, _)) => true,
        Some((Key::V, keys)) => keys.command_only(),
        Some((Key::Insert, keys)) => keys.shift_only(),
        _ => false,
    }
}

fn pressed(event: &Event) -> Option<(Key, Modifiers)> {
    match event {
        Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
        _ => None,
    }
}

/// The clipboard of this desktop.
struct Desktop;

impl Source for Desktop {
    fn plain(&self) -> Option<String> {
        let text = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text()).ok()?;
        Some(text.replace("\r\n", "\n")).filter(|text| !text.is_empty())
    }

    /// None where there is no table with merged cells, where it has other words than the plain text, or the clipboard cannot be
    /// read.
    fn table(&self, plain: &str) -> Option<String> {
        let html = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().html()).ok()?;
        import::table_beside(&html, plain)
    }
}
