//! Files and folders that were dropped or named at once: read on all cores, a line each; what was read is let go of again, so that
//! no number of files fills the memory. The account of one is read anew when it is asked for.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;

use super::import::{Came, read};
use super::screen::App;
use crate::store;
use crate::ui::command::Command;
use crate::ui::state::account::{Batch, Fate, Line};
use crate::workers;

impl App {
    /// Takes in files and folders: one file is shown, several are listed.
    pub(super) fn take_in(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let disk = Arc::clone(&self.home.disk);
        let list = move |_: &_| store::sources(&*disk, &paths);
        self.jobs.start(ctx, list, |app, ctx, listed| match listed {
            Ok(files) => match files.as_slice() {
                [] => app.fail("这个文件夹里没有可以导入的文件".to_owned()),
                [one] if store::is_draft_name(one) => app.run(ctx, Command::OpenPath(one.clone())),
                [one] => app.read_source(ctx, one.clone()),
                _ => app.read_all(ctx, files),
            },
            Err(why) => app.fail(why),
        });
    }

    /// Reads every file, a line each.
    fn read_all(&mut self, ctx: &Context, files: Vec<PathBuf>) {
        self.commit();
        self.stop_reading();
        let stop = Arc::new(AtomicBool::new(false));
        (self.stop_reading, self.notice, self.account) = (Arc::clone(&stop), None, None);
        self.batch = Some(Batch { files: files.iter().map(|file| (file.clone(), Fate::Waits)).collect(), at: 0, is_over: false });
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let job = move |teller: &super::jobs::Teller<Self>| {
            workers::on_all_cores(&files, &stop, |place, file| {
                let tell = |fate: Fate| {
                    let stop = Arc::clone(&stop);
                    teller.tell(move |app: &mut Self, _| app.has_come(&stop, place, fate));
                };
                tell(Fate::Reads);
                tell(fate(&home, &catalog, file));
            });
            stop
        };
        self.jobs.start(ctx, job, |app, _, stop| {
            if Arc::ptr_eq(&stop, &app.stop_reading)
                && let Some(batch) = &mut app.batch
            {
                batch.is_over = true;
            }
        });
    }

    /// A file of the list that is on screen has come so far.
    fn has_come(&mut self, of: &Arc<AtomicBool>, place: usize, fate: Fate) {
        let batch = self.batch.as_mut().filter(|_| Arc::ptr_eq(of, &self.stop_reading));
        if let Some((_, known)) = batch.and_then(|batch| batch.files.get_mut(place)) {
            *known = fate;
        }
    }

    /// Reads no more of the files.
    pub(super) fn stop_reading(&self) {
        self.stop_reading.store(true, Ordering::Relaxed);
    }
}

fn fate(home: &store::Home, catalog: &crate::form::Catalog, file: &std::path::Path) -> Fate {
    if store::is_draft_name(file) {
        return Fate::Draft;
    }
    match read(home, catalog, file) {
        Ok(Came::Workbook(imported)) => Fate::Read(vec![Line {
            name: format!("{}　{} 年　勾稽的工作簿", imported.draft.agency, imported.draft.year),
            num_figures: imported.num_filled,
            num_open: imported.form.cells.len() - imported.num_filled,
            num_doubtful: 0,
        }]),
        Ok(Came::Report(received, _)) => Fate::Read(received.accounts.iter().map(Line::of).collect()),
        Err(why) => Fate::Refused(why),
    }
}
