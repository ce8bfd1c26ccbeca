//! A workbook filled elsewhere is read and put into the open report or into one of its own. Nothing is replaced by a blank, and
//! all of it is one step to undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::screen::App;
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::import::{self, ImportError, Imported};
use crate::store::{self, Home, Opened};
use crate::ui::command::files::{Into, Workbook};
use crate::ui::dialog::ask::Dialog;
use crate::ui::state::notice::failed;

/// Reads a workbook.
///
/// # Errors
/// Why not, with its path.
fn read(home: &Home, catalog: &Catalog, path: &Path) -> Result<Imported, String> {
    let refused = |err: ImportError| format!("{err}；文件：{}", path.display());
    let kind = import::kind(path).map_err(refused)?;
    let bytes = store::read_regular(&*home.disk, path, import::MAX_MB).map_err(|err| err.to_string())?;
    let imported = import::read(kind, &bytes, catalog).map_err(refused)?;
    let not_yet = not_yet(imported.draft.year, jiff::Zoned::now().year());
    not_yet.map_or(Ok(imported), |why| Err(format!("{why}；文件：{}", path.display())))
}

impl App {
    /// Reads a workbook and asks where it goes.
    pub(super) fn read_workbook(&mut self, ctx: &Context, path: PathBuf) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let read = move |_: &_| read(&home, &catalog, &path).map(|imported| Workbook { path, imported: Arc::new(imported) });
        self.jobs.start(ctx, read, |app, _, read| match read {
            Ok(workbook) => app.dialog = Some(Dialog::Import(workbook)),
            Err(why) => app.fail(failed("没有导入", &why)),
        });
    }

    /// Puts the workbook where it was chosen.
    pub(super) fn put_in(&mut self, ctx: &Context, workbook: &Workbook, into: Into) {
        let Workbook { path, imported } = workbook;
        if into == Into::New {
            let blank = imported.form.draft(imported.draft.agency.clone(), imported.draft.year);
            self.open(ctx, Opened::without_file(&self.home, Arc::clone(&imported.form), blank));
        }
        let Some(work) = self.screen.work_mut() else { return };
        let num_edits = work.put_in(imported);
        self.say(format!("✓ 已从工作簿填入 {num_edits} 处，请看一遍，再保存：{}", path.display()));
    }
}
