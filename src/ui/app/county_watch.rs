//! The folder of a county is looked at from time to time: what others put there shows by itself. Off the window's thread, and never for
//! more than a small part of the time.

use std::time::{Duration, Instant};

use egui::Context;

use super::screen::{App, Screen};
use crate::county;
use crate::ui::command::county::Many;

/// Seconds between two looks, at least.
const PAUSE: f64 = 4.0;

/// Times that a look takes, between two of them: on a slow share it is looked seldom.
const REST: f64 = 50.0;

impl App {
    /// Looks at the folder when it is time to. Not behind a question: what it asks about must stay what it is.
    pub(super) fn watch_county(&mut self, ctx: &Context) {
        let is_on_screen = matches!(self.screen, Screen::County) && self.dialog.is_none();
        let now = ctx.input(|input| input.time);
        let Some(page) = self.county.as_mut().filter(|page| is_on_screen && page.reading.is_none() && !page.watch.is_looking) else {
            return;
        };
        if now < page.watch.next {
            return ctx.request_repaint_after(Duration::from_secs_f64(page.watch.next - now));
        }
        page.watch.is_looking = true;
        let (home, folder) = (self.home.clone(), page.folder.clone());
        let look = move |_: &_| {
            let began = Instant::now();
            (county::glance(&*home.disk, &folder), folder, began.elapsed().as_secs_f64())
        };
        self.jobs.start(ctx, look, |app, ctx, (seen, folder, took)| {
            let now = ctx.input(|input| input.time);
            let Some(page) = app.county.as_mut().filter(|page| page.folder == folder) else { return };
            (page.watch.is_looking, page.watch.next) = (false, now + PAUSE.max(took * REST));
            let is_changed = page.watch.known.is_some_and(|known| seen.is_some_and(|seen| seen != known));
            page.watch.known = page.watch.known.or(seen);
            if is_changed {
                app.county_step(ctx, Many::Again);
            }
        });
    }
}
