//! `gouji manual`: the manual as a web page.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply};
use crate::form::Catalog;
use crate::manual::{html, pages};
use crate::store::{self, RealDisk};
use crate::ui::manual_png;

#[derive(clap::Args)]
#[command(about = "把使用手册存成网页", override_usage = "gouji manual -o 手册.html", help_template = HELP, next_help_heading = "选项")]
pub(super) struct ManualArgs {
    #[arg(short, long, value_name = "手册.html", help = "写到这个文件")]
    output: PathBuf,
}

pub(super) fn run(args: &ManualArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    if !args.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
        bail!("手册的文件名须以 .html 结尾；文件：{}", args.output.display());
    }
    let page = html(&pages(), |picture| manual_png(catalog, picture));
    store::write_output(&RealDisk, &args.output, page.as_bytes())?;
    Ok(Reply::fine(format!("已存使用手册；文件：{}\n", args.output.display())))
}
