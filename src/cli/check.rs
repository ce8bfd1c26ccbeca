//! `gouji check`: every rule on every report named: drafts, published reports of any kind, folders of them. One that cannot be read
//! does not keep the others from being checked.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::prior::LastFile;
use super::reply::{Exit, Format, HELP, Reply, Voice, json as json_text};
use super::report::{Outcome, totals};
use super::source::{drafts, each, files};
use crate::form::Catalog;
use crate::model::{Draft, Edit, Item, LastYear, SectionId, Value};
use crate::rules;

#[derive(clap::Args)]
#[command(
    about = "核对勾稽关系",
    override_usage = "gouji check 报告或文件夹 … [--prior 上年报告] [--brief] [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct CheckArgs {
    #[arg(value_name = "报告", required = true, help = "草稿、已公布的报告（网页、Word、Excel、PDF、文本），或装着它们的文件夹")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "上年报告", help = "用这份上一年度的报告核对（草稿或已公布的报告），不写进草稿")]
    prior: Option<PathBuf>,
    #[arg(long, help = "一份一行，最后是总数")]
    brief: bool,
    #[command(flatten)]
    voice: Voice,
}

pub(super) fn run(args: &CheckArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (mut notes, mut exit) = (Vec::new(), Exit::Fine);
    let mut reports = Vec::new();
    let last = args.prior.as_deref().map(|path| LastFile::read(path, catalog)).transpose()?;
    each(
        &files(&args.paths)?,
        |path| drafts(path, catalog),
        |path, found| match found {
            Ok(found) => {
                for (form, mut draft, account) in found {
                    if let Some(last) = &last {
                        match last.prior_for(&draft, false, &mut notes) {
                            Ok(prior) => drop(draft.apply(Edit::last_year(LastYear::Report(Arc::new(prior))))),
                            Err(err) => {
                                notes.push(format!("{err}\n"));
                                exit = Exit::NotDone;
                                continue;
                            }
                        }
                    }
                    let changed = rules::changed_thresholds(&form);
                    notes.extend(changed.iter().map(|line| format!("{}：改过的阈值：{line}\n", path.display())));
                    notes.extend(rules::orphans_note(form.report(&draft)).map(|note| format!("{}：{note}\n", path.display())));
                    let preamble = account.as_ref().map_or("", |account| &*account.preamble);
                    let draft = with_preamble(draft, preamble);
                    let report = Outcome::new(path.display().to_string(), form.report(&draft));
                    reports.push(match account {
                        Some(account) => report.read_from(&account),
                        None => report,
                    });
                }
            }
            Err(err) => {
                notes.push(format!("{err}\n"));
                exit = Exit::NotDone;
            }
        },
    );
    if reports.iter().any(|report| report.counts.error > 0 || report.is_broken()) {
        exit = exit.max(Exit::Findings);
    }
    let out = match (args.voice.format, args.brief) {
        (Format::Json, false) => json_text(&json!({ "reports": reports }))?,
        (Format::Text, false) => reports.iter().map(Outcome::text).collect::<Vec<_>>().join("\n"),
        (Format::Json, true) => {
            json_text(&json!({ "reports": reports.iter().map(Outcome::brief).collect::<Vec<_>>(), "totals": totals(&reports) }))?
        }
        (Format::Text, true) => reports.iter().map(Outcome::line).chain([totals(&reports).line()]).collect(),
    };
    Ok(Reply { out, err: notes.concat(), exit })
}

/// A report of another program's with all words before its first chapter, not its opening alone: on what notice it rests is told
/// there.
fn with_preamble(mut draft: Draft, preamble: &str) -> Draft {
    if !preamble.is_empty() {
        draft.apply(Edit::Set(Item::Text(SectionId::PREAMBLE), Value::Text(preamble.to_owned())));
    }
    draft
}
