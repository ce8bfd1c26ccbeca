//! A report out of any file, a draft of ours or one that was published, for last year's figures and for the pictures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::screen::App;
use crate::form::{Catalog, Form};
use crate::import::{self, Account, How};
use crate::model::{Draft, Fingerprint, Prior, PriorSource};
use crate::read::SourceKind;
use crate::review::{self, Digests};
use crate::store::{self, Home};

/// A report as it was read.
#[derive(Debug)]
pub(super) struct Sourced {
    /// Its form.
    pub form: Arc<Form>,
    /// What it says.
    pub draft: Draft,
    /// How it was read; none for a draft of ours.
    pub account: Option<Account>,
    hash: Fingerprint,
}

impl Sourced {
    /// As last year's report: a file that was published, a draft, a signed one.
    pub fn prior(&self) -> Prior {
        let report = self.form.report(&self.draft);
        let source = match self.account {
            Some(_) => PriorSource::Published,
            None => review::prior_source(report),
        };
        review::take_prior(report, source, Some(self.hash))
    }
}

/// Cells listed by name.
const MANY: usize = 60;

/// How a published report was read: what is sure, what was inferred, what is missing. What is missing stays unknown, it is no 0.
pub(super) fn account_lines(account: &Account) -> Vec<String> {
    let (num_read, num_inferred, num_open) = (account.num(How::Read), account.num(How::Inferred), account.open().count());
    let mut lines = vec![format!("共 {} 格：读出 {num_read}，推定 {num_inferred}，没有读出 {num_open}", account.cells.len())];
    if num_open > 0 {
        lines.push("没有读出的格当作不知道，不当作 0；要用这些数的规则等待。".to_owned());
    }
    let label = |cell| &account.form.cell(cell).label;
    let cells = || account.form.cells().map(|(cell, _)| cell).zip(&account.cells);
    let open = account.open().map(|(cell, found)| format!("没有读出　{}（{}）", label(cell), found.why));
    let doubted = cells().filter(|(_, found)| !found.doubts.is_empty());
    let doubted = doubted
        .map(|(cell, found)| format!("请对照原文　{}＝{}（原文里 {} 不平）", label(cell), found.entry.text(), found.doubts.join("、")));
    let left = account.left_over.iter().map(|scrap| format!("没有认出的文字　{}：{}", scrap.place, scrap.text));
    // Zeros that follow from lost borders say little; the figures do.
    let inferred = cells().filter(|(_, found)| found.how == How::Inferred && found.entry.value() != Some(0));
    let inferred = inferred.map(|(cell, found)| format!("推定　{}＝{}（{}）", label(cell), found.entry.text(), found.why));
    let all: Vec<String> = account.questions.iter().cloned().chain(open).chain(doubted).chain(left).chain(inferred).collect();
    let num_more = all.len().saturating_sub(MANY);
    lines.extend(all.into_iter().take(MANY));
    lines.extend((num_more > 0).then(|| format!("……另有 {num_more} 处")));
    lines
}

/// Every report in the file.
fn read(home: &Home, catalog: &Catalog, path: &Path) -> Result<Vec<Sourced>, String> {
    if store::is_draft_name(path) || SourceKind::of(path).is_none() {
        let bytes = store::read_draft(&*home.disk, path).map_err(|err| err.to_string())?;
        let (form, draft) = store::load_bytes(&*home.disk, path, &bytes, catalog).map_err(|err| err.to_string())?;
        return Ok(vec![Sourced { form, draft, account: None, hash: Digests::of(&bytes).sm3 }]);
    }
    let (kind, bytes, hash) = store::read_source(&*home.disk, path)?;
    let accounts = import::reports(kind, &bytes, catalog).map_err(|err| format!("{err}；文件：{}", path.display()))?;
    let sourced = |account: Account| Sourced { form: account.form.clone(), draft: account.draft(), account: Some(account), hash };
    Ok(accounts.into_iter().map(sourced).collect())
}

impl App {
    /// Reads every report in a file, for this.
    pub(super) fn read_reports(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        take: impl FnOnce(&mut Self, &Context, Vec<Sourced>) + Send + 'static,
    ) {
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        self.jobs.start(
            ctx,
            move |_| read(&home, &catalog, &path),
            |app, ctx, read| match read {
                Ok(found) => take(app, ctx, found),
                Err(why) => app.fail(why),
            },
        );
    }
}
