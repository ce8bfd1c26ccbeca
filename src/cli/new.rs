//! `gouji new`: an empty draft. Never takes the place of a file.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply, new_draft_name};
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::model::clean_name;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "新建一份空白草稿",
    override_usage = "gouji new --agency 单位全称 --year 年度 [--form F2019|F2021] -o 草稿.gouji",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct NewArgs {
    #[arg(long, value_name = "单位全称", help = "单位全称")]
    agency: String,
    #[arg(long, value_name = "年度", value_parser = year, help = "报告年度（不是编写的那一年）")]
    year: u16,
    #[arg(long, value_name = "表样", help = "表样编号；不写时按年度选用")]
    form: Option<String>,
    #[arg(short, long, value_name = "草稿.gouji", help = "写到这个文件，不覆盖已有文件")]
    output: PathBuf,
}

fn year(text: &str) -> Result<u16, &'static str> {
    text.parse().ok().filter(|year| (1000..10_000).contains(year)).ok_or("应当是四位数的年份，如 2025")
}

pub(super) fn run(args: &NewArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let agency = clean_name(&args.agency);
    if agency.is_empty() {
        bail!("没有写单位全称；请在 --agency 后面写明");
    }
    let form = match &args.form {
        Some(id) => catalog.by_id_and_year(id, args.year)?,
        None => catalog.for_year(args.year)?,
    };
    if let Some(why) = not_yet(args.year, jiff::Zoned::now().year()) {
        bail!(why);
    }
    new_draft_name(&args.output)?;
    let draft = form.draft(agency, args.year);
    store::save_new(&RealDisk, &args.output, &form, &draft)?;
    Ok(Reply::fine(format!("已新建 {} 年报告草稿，{}（{}）；文件：{}\n", args.year, form.name, form.id, args.output.display())))
}
