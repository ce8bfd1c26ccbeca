//! `gouji check`: every rule on every draft named. A draft that cannot be read does not keep the others from being checked.

use std::path::PathBuf;

use serde_json::json;

use super::reply::{Exit, Format, HELP, Reply, Voice};
use super::report::Report;
use crate::form::Catalog;
use crate::rules;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "核对勾稽关系",
    override_usage = "gouji check 草稿.gouji … [--prior 上年.gouji] [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct CheckArgs {
    #[arg(value_name = "草稿.gouji", required = true, help = "草稿，可以有多份")]
    drafts: Vec<PathBuf>,
    #[arg(long, value_name = "上年.gouji", help = "上一年度的报告")]
    prior: Option<PathBuf>,
    #[command(flatten)]
    voice: Voice,
}

pub(super) fn run(args: &CheckArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (mut notes, mut exit) = (Vec::new(), Exit::Fine);
    if let Some(prior) = &args.prior {
        store::load(&RealDisk, prior, catalog)?;
        notes.push("上年报告已读入，但本程序还不能与上年比较：需要上年数的规则没有核对\n".to_owned());
    }
    let mut reports = Vec::new();
    for path in &args.drafts {
        let loaded = super::reply::only_drafts(path).and_then(|()| Ok(store::load(&RealDisk, path, catalog)?));
        match loaded {
            Ok((form, draft)) => {
                notes.extend(rules::orphans_note(&form, &draft).map(|note| format!("{}：{note}\n", path.display())));
                reports.push(Report::new(path.display().to_string(), &form, &draft));
            }
            Err(err) => {
                notes.push(format!("{err}\n"));
                exit = Exit::NotDone;
            }
        }
    }
    if reports.iter().any(|report| report.counts.error > 0 || report.is_broken()) {
        exit = exit.max(Exit::Findings);
    }
    let out = match args.voice.format {
        Format::Json => super::reply::json(&json!({ "reports": reports }))?,
        Format::Text => reports.iter().map(Report::text).collect::<Vec<_>>().join("\n"),
    };
    Ok(Reply { out, err: notes.concat(), exit })
}
