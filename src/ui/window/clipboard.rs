//! Tables on the clipboard. egui hands over plain text only; where another program also put the page's own table there, with
//! merged cells, that one is taken. The program that owns the clipboard may be slow to hand it over or may hang: it is asked on a
//! thread, what is pressed meanwhile waits behind the paste, and after a while the plain text stands.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use egui::{Context, Event};

use crate::import;

/// Longest wait for a table.
const PATIENCE: Duration = Duration::from_millis(800);

/// How often the window looks whether the answer has come, should nothing wake it.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Gives the table beside a plain text, if there is one.
type Fetch = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Pastes of tables and what is pressed behind them.
pub struct Clipboard {
    fetch: Fetch,
    asked: Option<Asked>,
    held: Vec<Event>,
}

/// The clipboard was asked for the table beside this plain text.
struct Asked {
    plain: String,
    answer: Receiver<Option<String>>,
    since: Instant,
}

impl fmt::Debug for Clipboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clipboard").field("held", &self.held).finish_non_exhaustive()
    }
}

impl Default for Clipboard {
    /// The clipboard of this desktop.
    fn default() -> Self {
        Self::new(table_on_clipboard)
    }
}

impl Clipboard {
    /// A clipboard whose tables are fetched like this; `fetch` is called on a thread of its own.
    pub fn new(fetch: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { fetch: Arc::new(fetch), asked: None, held: Vec::new() }
    }

    /// Leaves in `events` what this frame may have: a paste comes with its table once that is there. Returns whether the plain
    /// text had to do, because nothing came in time. Where no table takes the keyboard nothing is asked.
    pub fn deal(&mut self, ctx: &Context, takes_tables: bool, events: &mut Vec<Event>) -> bool {
        self.held.append(events);
        let mut is_late = false;
        loop {
            if let Some(asked) = self.asked.take() {
                match asked.answer.try_recv() {
                    Ok(table) => events.push(Event::Paste(table.unwrap_or(asked.plain))),
                    Err(TryRecvError::Empty) if asked.since.elapsed() < PATIENCE => {
                        self.asked = Some(asked);
                        ctx.request_repaint_after(LOOK_AGAIN);
                        return is_late;
                    }
                    Err(_) => {
                        is_late = true;
                        events.push(Event::Paste(asked.plain));
                    }
                }
            }
            let next = self.held.iter().position(|event| matches!(event, Event::Paste(_))).filter(|_| takes_tables);
            events.extend(self.held.drain(..next.unwrap_or(self.held.len())));
            if next.is_none() {
                return is_late;
            }
            if let Event::Paste(plain) = self.held.remove(0) {
                self.asked = Some(self.ask(ctx, plain));
            }
        }
    }

    fn ask(&self, ctx: &Context, plain: String) -> Asked {
        let ((sender, answer), fetch, ctx, beside) = (channel(), Arc::clone(&self.fetch), ctx.clone(), plain.clone());
        thread::spawn(move || {
            // Nobody waits any more where it comes too late.
            sender.send(fetch(&beside)).ok();
            ctx.request_repaint();
        });
        Asked { plain, answer, since: Instant::now() }
    }
}

/// The table on the clipboard as tabbed text; `None` where there is none with merged cells, where it has other words
/// than the plain text, or the clipboard cannot be read: then the plain text stands.
fn table_on_clipboard(plain: &str) -> Option<String> {
    let html = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().html()).ok()?;
    import::table_beside(&html, plain)
}
