//! `gouji prior`: last year's report taken into the draft, or that there is none; what follows from it, taken into blank cells.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::reply::{HELP, Reply, hold};
use super::source::hashed;
use crate::county::Sourced;
use crate::form::{Catalog, Form, Report};
use crate::import::How;
use crate::model::{Draft, Edit, Fingerprint, LastYear, Prior, PriorSource, Role, plain_name};
use crate::review;
use crate::rules;
use crate::session::make_edits;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "把上一年度的报告收进草稿，与上年比较的规则才能核对",
    override_usage = "gouji prior 草稿.gouji 上年报告 [--published]\n      gouji prior 草稿.gouji --first-year\n      gouji prior 草稿.gouji --carry",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct PriorArgs {
    #[arg(value_name = "草稿.gouji", help = "本年的草稿")]
    draft: PathBuf,
    #[arg(value_name = "上年报告", required_unless_present_any = ["first_year", "none", "carry"], help = "上一年度的草稿，或已公布的报告（网页、Word、Excel、PDF、文本）")]
    file: Option<PathBuf>,
    #[arg(long, help = "这份草稿就是上年公布的那一份；不写时，没有签发的草稿不算已公布")]
    published: bool,
    #[command(flatten)]
    instead: Instead,
    #[arg(long, help = "把按上年报告应填的数（上年结转等）填进空着的格，记为由上年带入")]
    carry: bool,
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "谁填的；记为填报人，不能再由他通过或签发")]
    name: String,
}

/// What to note instead of a report.
#[derive(clap::Args)]
struct Instead {
    #[arg(long, conflicts_with_all = ["file", "none"], help = "本机关本年新成立，没有上年报告")]
    first_year: bool,
    #[arg(long, conflicts_with = "file", help = "撤掉收入的上年报告")]
    none: bool,
}

pub(super) fn run(args: &PriorArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let held = hold(&args.draft)?;
    let (form, mut draft, known) = store::load_known(&RealDisk, &args.draft, catalog)?;
    if let Err(objection) = review::may_edit(form.report(&draft), Role::Clerk) {
        bail!("{objection}；草稿没有改动：{}", args.draft.display());
    }
    let mut notes = Vec::new();
    let last = match &args.file {
        Some(file) => {
            let prior = LastFile::read(file, catalog)?.prior_for(&draft, args.published, &mut notes)?;
            Some(LastYear::Report(Arc::new(prior)))
        }
        None if args.instead.first_year => Some(LastYear::FirstYear),
        None => args.instead.none.then_some(LastYear::Unknown),
    };
    let mut out = last.as_ref().map_or_else(String::new, said);
    if let Some(last) = last {
        draft.apply(Edit::last_year(last));
    }
    if args.carry {
        out.push_str(&carried(&form, &mut draft)?);
    }
    super::reply::note_editor(&mut draft, &args.name)?;
    let report = form.report(&draft);
    store::save_known(&RealDisk, &args.draft, report, Some(known))?;
    drop(held);
    out.push_str(&proposed(report));
    Ok(Reply { err: notes.concat(), ..Reply::fine(format!("{out}文件：{}\n", args.draft.display())) })
}

fn said(last: &LastYear) -> String {
    match last {
        LastYear::Unknown => "已撤掉上年报告\n".to_owned(),
        LastYear::FirstYear => "已记下：本机关本年新成立，没有上年报告\n".to_owned(),
        LastYear::Report(prior) => format!("已收入上年报告：{}\n", prior.name()),
    }
}

/// Fills the blank cells that follow from last year's report.
fn carried(form: &Form, draft: &mut Draft) -> anyhow::Result<String> {
    let edits = rules::carry(form.report(draft));
    if edits.is_empty() {
        bail!("没有可以由上年带入的空格");
    }
    let num_cells = edits.len() - 1;
    let followed = make_edits(form, draft, edits).words();
    Ok(format!("由上年带入 {num_cells} 格\n{followed}"))
}

/// What could be filled in from last year's report, for people.
pub(super) fn proposed(report: Report<'_>) -> String {
    let proposals = rules::proposals(report);
    if proposals.is_empty() {
        return String::new();
    }
    let one = |(cell, entry): &(_, _)| format!("  {}＝{}\n", report.form.cell(*cell).label, rules::figure(report.form, *cell, entry));
    let list: String = proposals.iter().map(one).collect();
    format!("按上年报告可以带入 {} 格，还没有填；用 gouji prior 草稿.gouji --carry 填入：\n{list}", proposals.len())
}

/// A file with last year's report, read once for all that want it.
pub(super) struct LastFile {
    path: PathBuf,
    /// Everything in it.
    pub found: Vec<Sourced>,
    hash: Fingerprint,
}

impl LastFile {
    /// Reads it.
    ///
    /// # Errors
    /// It cannot be read, or holds no report.
    pub fn read(path: &Path, catalog: &Catalog) -> anyhow::Result<Self> {
        let (found, hash) = hashed(path, catalog)?;
        Ok(Self { path: path.to_owned(), found, hash })
    }

    /// Last year's report as this draft takes it.
    ///
    /// # Errors
    /// It holds no report of the year before.
    pub fn prior_for(&self, draft: &Draft, is_published: bool, notes: &mut Vec<String>) -> anyhow::Result<Prior> {
        let wanted = draft.year.saturating_sub(1);
        let is_of = |(_, report, _): &&Sourced| report.year == wanted || report.year == 0;
        let rank = |(_, report, _): &&Sourced| (report.year == 0, plain_name(&report.agency) != plain_name(&draft.agency));
        let Some(best) = self.found.iter().filter(is_of).min_by_key(rank) else {
            let years: Vec<String> = self.found.iter().map(|(_, report, _)| year_name(report.year)).collect();
            bail!("{} 年报告的上年报告应当是 {wanted} 年的，这里是：{}；文件：{}", draft.year, years.join("、"), self.path.display());
        };
        let mut prior = self.taken(best, is_published, notes);
        prior.year = wanted;
        if plain_name(&prior.agency) != plain_name(&draft.agency) {
            let named =
                if prior.agency.is_empty() { "没有写明单位".to_owned() } else { format!("写的单位是“{}”", prior.agency) };
            notes.push(format!("请核对：上年报告{named}，本年是“{}”；改过名称的可以不管\n", draft.agency));
        }
        Ok(prior)
    }

    /// A report of it as last year's: where it comes from, and what is to be said of that.
    pub fn taken(&self, (form, report, account): &Sourced, is_published: bool, notes: &mut Vec<String>) -> Prior {
        let source = match &account {
            Some(_) => PriorSource::Published,
            None if is_published => PriorSource::Published,
            None => review::prior_source(form.report(report)),
        };
        if let Some(account) = account {
            let num_open = account.open().count();
            if num_open > 0 {
                notes.push(format!("上年报告有 {num_open} 格没有读出，要用这些数的规则等待\n"));
            }
            let num_inferred = account.num(How::Inferred);
            if num_inferred > 0 {
                notes.push(format!("上年报告有 {num_inferred} 格是按勾稽关系推定的，请对照原文\n"));
            }
            if account.year.is_none() {
                notes.push("请核对：上年报告没有写明年度\n".to_owned());
            }
        }
        review::take_prior(form.report(report), source, Some(self.hash))
    }
}

fn year_name(year: u16) -> String {
    if year == 0 { "没有写明年度".to_owned() } else { format!("{year} 年") }
}
