//! The folder of a county is looked at from time to time: what others put there shows by itself. Off the window's thread, and never for
//! more than a small part of the time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::screen::{App, Screen};
use crate::county::{self, Change};
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
        let (home, catalog, folder) = (self.home.clone(), self.catalog.clone(), page.folder.clone());
        let known = page.watch.known.clone();
        let look = move |_: &_| {
            let began = Instant::now();
            let seen = county::glance(&*home.disk, &folder).map(Arc::new);
            let took = began.elapsed().as_secs_f64();
            let news = match seen.as_ref().zip(known).map(|(seen, known)| seen.since(&known)) {
                None => News::None,
                Some(None) => News::All,
                Some(Some(paths)) if paths.is_empty() => News::None,
                Some(Some(paths)) => News::Files(county::read_again(&*home.disk, &folder, &paths, &catalog)),
            };
            (folder, seen, took, news)
        };
        self.jobs.start(ctx, look, |app, ctx, (folder, seen, took, news)| {
            let now = ctx.input(|input| input.time);
            let Some(page) = app.county.as_mut().filter(|page| page.folder == folder) else { return };
            (page.watch.is_looking, page.watch.next) = (false, now + PAUSE.max(took * REST));
            // A reading that began meanwhile knows what was seen here.
            if page.reading.is_some() {
                return;
            }
            page.watch.known = seen.or(page.watch.known.take());
            match news {
                News::None => {}
                News::All => app.county_step(ctx, Many::Again),
                News::Files(changes) => app.follow_county(ctx, changes),
            }
        });
    }
}

/// What is new in the folder since it was looked at before.
enum News {
    None,
    /// One of the lists on which everything hangs.
    All,
    Files(Vec<Change>),
}
