//! Everything that waits for a disk or a person runs on a thread of its own, so the window never stands still. A job is a
//! closure; what is to be done with its answer is another one, which the window's own thread calls.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use egui::Context;

/// What the owner does with an answer.
pub type Answer<Owner> = Box<dyn FnOnce(&mut Owner, &Context) + Send>;

/// What a thread sends back.
enum Message<Owner> {
    /// How far it is.
    Meanwhile(Answer<Owner>),
    /// Its answer.
    Over(Answer<Owner>),
    /// It panicked.
    Broken,
}

/// What came from the threads.
pub enum News<Owner> {
    /// Something to be done.
    Answer(Answer<Owner>),
    /// A thread panicked; its job is over.
    Broken,
}

/// The threads at work for an owner, and their answers.
pub struct Jobs<Owner> {
    sender: Sender<Message<Owner>>,
    receiver: Receiver<Message<Owner>>,
    num_running: usize,
}

/// Tells the owner how far a job is.
pub struct Teller<Owner> {
    sender: Sender<Message<Owner>>,
    ctx: Context,
}

impl<Owner> Default for Jobs<Owner> {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, num_running: 0 }
    }
}

impl<Owner> fmt::Debug for Jobs<Owner> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jobs").field("num_running", &self.num_running).finish_non_exhaustive()
    }
}

impl<Owner> Teller<Owner> {
    /// Has the owner do this while the job goes on.
    pub fn tell(&self, answer: impl FnOnce(&mut Owner, &Context) + Send + 'static) {
        self.send(Message::Meanwhile(Box::new(answer)));
    }

    fn send(&self, message: Message<Owner>) {
        // The window may have been closed meanwhile; then nobody waits for the answer.
        let _closed = self.sender.send(message);
        self.ctx.request_repaint();
    }
}

impl<Owner: 'static> Jobs<Owner> {
    /// Starts a job; `take` gets its answer. A thread that cannot be started is worked off at once instead.
    pub fn start<T: Send + 'static>(
        &mut self,
        ctx: &Context,
        job: impl FnOnce(&Teller<Owner>) -> T + Send + 'static,
        take: impl FnOnce(&mut Owner, &Context, T) + Send + 'static,
    ) {
        self.num_running += 1;
        let teller = Teller { sender: self.sender.clone(), ctx: ctx.clone() };
        let work = move || {
            // Whatever went wrong in it, the job is over and the window goes on.
            let done = panic::catch_unwind(AssertUnwindSafe(|| job(&teller)));
            teller.send(done.map_or(Message::Broken, |done| Message::Over(Box::new(move |owner, ctx| take(owner, ctx, done)))));
        };
        let work = Arc::new(Mutex::new(Some(work)));
        let for_thread = Arc::clone(&work);
        if thread::Builder::new().name("gouji-job".to_owned()).spawn(move || work_off(&for_thread)).is_err() {
            work_off(&work);
        }
    }

    /// The next news, if some has come.
    pub fn news(&mut self) -> Option<News<Owner>> {
        let message = self.receiver.try_recv().ok()?;
        if !matches!(message, Message::Meanwhile(_)) {
            self.num_running = self.num_running.saturating_sub(1);
        }
        Some(match message {
            Message::Meanwhile(answer) | Message::Over(answer) => News::Answer(answer),
            Message::Broken => News::Broken,
        })
    }

    /// A job is still at work.
    pub fn is_busy(&self) -> bool {
        self.num_running > 0
    }
}

/// Does the work, unless that was done already.
fn work_off(work: &Mutex<Option<impl FnOnce()>>) {
    if let Some(work) = work.lock().ok().and_then(|mut work| work.take()) {
        work();
    }
}
