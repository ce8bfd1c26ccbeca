//! `gouji new`: an empty draft, or one that begins from last year's report. Never takes the place of a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::prior::{LastFile, proposed};
use super::profile::rest_on;
use super::reply::{HELP, Reply, new_draft_name};
use crate::county::Sourced;
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::model::{Draft, Edit, LastYear, Prior, clean_name};
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "新建一份空白草稿",
    override_usage = "gouji new --agency 单位全称 --year 年度 [--form F2019|F2021] -o 草稿.gouji\n      gouji new --from 上年报告 [--agency 单位全称] [--year 年度] -o 草稿.gouji",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct NewArgs {
    #[arg(long, value_name = "单位全称", required_unless_present = "from", help = "单位全称；用上年报告新建时，不写就照上年")]
    agency: Option<String>,
    #[arg(long, value_name = "年度", value_parser = year, required_unless_present = "from", help = "报告年度（不是编写的那一年）；用上年报告新建时，不写就是上年的下一年")]
    year: Option<u16>,
    #[arg(long, value_name = "上年报告", help = "用上一年度的报告新建：收入草稿，用来核对和提示；文字不照抄")]
    from: Option<PathBuf>,
    #[arg(long, value_name = "表样", help = "表样编号；不写时按年度选用")]
    form: Option<String>,
    #[arg(long, value_name = "阈值.txt", help = "本机关的阈值，见 gouji profile")]
    profile: Option<PathBuf>,
    #[arg(short, long, value_name = "草稿.gouji", help = "写到这个文件，不覆盖已有文件")]
    output: PathBuf,
}

fn year(text: &str) -> Result<u16, &'static str> {
    text.parse().ok().filter(|year| (1000..10_000).contains(year)).ok_or("应当是四位数的年份，如 2025")
}

pub(super) fn run(args: &NewArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let mut notes = Vec::new();
    let last = args.from.as_deref().map(|from| last(from, args.year, catalog, &mut notes)).transpose()?;
    let agency = args.agency.as_deref().or(last.as_ref().map(|last| &*last.agency));
    let agency = clean_name(agency.unwrap_or_default());
    if agency.is_empty() {
        bail!("没有写单位全称；请在 --agency 后面写明");
    }
    let Some(year) = args.year.or(last.as_ref().map(|last| last.year.saturating_add(1))) else { bail!("没有写年度") };
    let form = match &args.form {
        Some(id) => catalog.by_id_and_year(id, year)?,
        None => catalog.for_year(year)?,
    };
    if let Some(why) = not_yet(year, jiff::Zoned::now().year()) {
        bail!(why);
    }
    new_draft_name(&args.output)?;
    let mut draft = form.draft(agency, year);
    let said = last.as_ref().map_or_else(String::new, |last| format!("已收入上年报告：{}；文字没有照抄\n", last.name()));
    if let Some(last) = last {
        draft.apply(Edit::last_year(LastYear::Report(Arc::new(last))));
    }
    if let Some(profile) = &args.profile {
        rest_on(&mut draft, form.own_thresholds(&store::load_profile(&RealDisk, profile, catalog)?));
    }
    let form = form.on(draft.ground())?;
    let report = form.report(&draft);
    store::save_new(&RealDisk, &args.output, report)?;
    let made = format!("已新建 {year} 年报告草稿，{}（{}）；文件：{}\n", form.name, form.id, args.output.display());
    Ok(Reply { err: notes.concat(), ..Reply::fine(made + &said + &proposed(report)) })
}

/// Last year's report: of the year before the one asked for, else the only one in the file.
fn last(from: &Path, year: Option<u16>, catalog: &Catalog, notes: &mut Vec<String>) -> anyhow::Result<Prior> {
    let file = LastFile::read(from, catalog)?;
    let is_of = |report: &Draft| year.is_none_or(|year| report.year == 0 || report.year.checked_add(1) == Some(year));
    let found: Vec<&Sourced> = file.found.iter().filter(|(_, report, _)| is_of(report)).collect();
    let sourced = match (found.as_slice(), year) {
        ([only], _) => only,
        ([], _) => bail!("里面没有上一年度的报告；文件：{}", from.display()),
        (several, None) => bail!("里面有 {} 份报告，请用 --year 写明要编制哪一年的；文件：{}", several.len(), from.display()),
        (several, Some(_)) => bail!("里面有 {} 份上一年度的报告，请先用 gouji import 分开；文件：{}", several.len(), from.display()),
    };
    let mut prior = file.taken(sourced, false, notes);
    match (prior.year, year) {
        (0, None) => bail!("上年报告没有写明年度，请用 --year 写明要编制哪一年的；文件：{}", from.display()),
        (0, Some(year)) => prior.year = year.saturating_sub(1),
        _ => {}
    }
    Ok(prior)
}
