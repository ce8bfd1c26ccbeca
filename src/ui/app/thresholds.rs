//! The office's own thresholds: a file that people change in an editor; new reports take them along.

use egui::Context;

use super::screen::App;
use crate::form::Catalog;
use crate::model::Thresholds;
use crate::store::{self, Home, Standing};

impl App {
    /// Has the system's editor show the file; one with all thresholds is written where there is none.
    pub(super) fn show_thresholds(&mut self, ctx: &Context) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        self.jobs.start(
            ctx,
            move |_| show(&home, &catalog),
            |app, _, shown| match shown {
                Ok(path) => app.say(format!("✓ 请在打开的文件里改，存盘后新建的报告就用它；没有打开的，文件在 {path}")),
                Err(why) => app.fail(why),
            },
        );
    }

    /// Reads the file anew: it may have been changed since.
    pub(super) fn reload_thresholds(&mut self, ctx: &Context) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        self.jobs.start(
            ctx,
            move |_| store::own_profile(&home, &catalog),
            |app, _, read| match read {
                Ok(thresholds) => app.thresholds = thresholds,
                Err(err) => app.fail(err.to_string()),
            },
        );
    }
}

fn show(home: &Home, catalog: &Catalog) -> Result<String, String> {
    let path = home.profile();
    if matches!(home.disk.standing(&path), Ok(Standing::Missing)) {
        let failed = |err: std::io::Error| format!("不能建立文件夹：{}；文件夹：{}", store::reason(&err), home.folder.display());
        home.disk.make_folder(&home.folder).map_err(failed)?;
        let text = store::profile_text(catalog, &Thresholds::new());
        store::write_output(&*home.disk, &path, text.as_bytes()).map_err(|err| err.to_string())?;
    }
    // A thread waits for the editor; it ends when that does.
    let _editor = open::that_in_background(&path);
    Ok(path.display().to_string())
}
