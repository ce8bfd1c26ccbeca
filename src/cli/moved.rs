//! `gouji move`: a report made on another form, moved to this one, with the account of every cell.

use std::path::PathBuf;

use anyhow::bail;
use serde_json::{Value, json};

use super::figure;
use super::reply::{Exit, Format};
use super::reply::{HELP, Reply, Voice, json as json_text, new_draft_name};
use super::source::drafts;
use crate::form::{Catalog, Form};
use crate::model::{CellId, Edit, Ground};
use crate::review::{self, Line, Migration, Total};
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "把填在旧表样上的报告移到新表样，逐格说明去向",
    override_usage = "gouji move 报告 --form F2021 [--year 年度] [-o 草稿.gouji] [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct MoveArgs {
    #[arg(value_name = "报告", help = "草稿，或已公布的报告（网页、Word、Excel、PDF、文本）")]
    source: PathBuf,
    #[arg(long, value_name = "表样", help = "移到这个表样")]
    form: String,
    #[arg(long, value_name = "年度", help = "报告的年度，原文写错或者没有写时写在这里")]
    year: Option<u16>,
    #[arg(short, long, value_name = "草稿.gouji", help = "写到这个文件，不覆盖已有文件；不写时只说明去向")]
    output: Option<PathBuf>,
    #[command(flatten)]
    voice: Voice,
}

pub(super) fn run(args: &MoveArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let form = catalog.by_id(&args.form)?;
    let mut found = drafts(&args.source, catalog)?;
    if found.len() != 1 {
        bail!("里面有 {} 份报告，请先用 gouji import 分开；文件：{}", found.len(), args.source.display());
    }
    let (old_form, old, _) = found.remove(0);
    if old_form.id == form.id {
        bail!("这份报告已经在表样 {} 上；文件：{}", form.id, args.source.display());
    }
    let report = old_form.report(&old);
    let mut migration = review::moved(report, &form);
    if let Some(year) = args.year {
        migration.draft.year = year;
    }
    let words = review::moved_words(report, &form, &migration);
    let thresholds = form.own_thresholds(&old.ground().thresholds);
    migration.draft.apply(Edit::ground(Ground { thresholds, moved: words.into(), ..Ground::default() }));
    let form = form.on(migration.draft.ground())?;
    if let Some(output) = &args.output {
        catalog.by_id_and_year(&args.form, migration.draft.year)?;
        new_draft_name(output)?;
        store::save_new(&RealDisk, output, form.report(&migration.draft))?;
    }
    let exit = if migration.totals.iter().all(Total::is_proved) { Exit::Fine } else { Exit::Findings };
    let out = match args.voice.format {
        Format::Text => text(&old_form, &form, &migration),
        Format::Json => json_text(&value(&old_form, &form, &migration))?,
    };
    Ok(Reply { exit, ..Reply::fine(out) })
}

fn text(old_form: &Form, form: &Form, migration: &Migration) -> String {
    let line = |line: String| format!("    {line}\n");
    let part = |(name, lines): (String, Vec<String>)| format!("  {name}\n{}", lines.into_iter().map(line).collect::<String>());
    let parts: String = review::ledger_words(old_form, form, migration).into_iter().map(part).collect();
    let total = |total: &Total| format!("  {}\n", review::total_words(total));
    let totals: String = migration.totals.iter().map(total).collect();
    format!("{} → {}　共 {} 格\n{parts}{totals}", old_form.id, form.id, migration.lines.len())
}

fn value(old_form: &Form, form: &Form, migration: &Migration) -> Value {
    let keys = |cells: &[CellId]| cells.iter().map(|cell| form.cell(*cell).key.to_string()).collect::<Vec<_>>();
    let line = |line: &Line| json!({"from": old_form.cell(line.from).key, "value": figure::of_entry(&line.entry), "fate": line.fate.code(), "to": keys(&line.to), "why": line.fate.why()});
    let total = |total: &Total| {
        let Total { table, is_money, before, placed, to_decide, gone } = total;
        json!({"table": table, "money": is_money, "before": whole(*before), "placed": whole(*placed), "to_decide": whole(*to_decide), "gone": whole(*gone), "proved": total.is_proved()})
    };
    json!({
        "from": old_form.id,
        "to": form.id,
        "cells": migration.lines.iter().map(line).collect::<Vec<_>>(),
        "new": keys(&migration.new),
        "totals": migration.totals.iter().map(total).collect::<Vec<_>>(),
    })
}

/// JSON's numbers end below the widest sums; those are spelt as text.
fn whole(sum: i128) -> Value {
    i64::try_from(sum).map_or_else(|_too_wide| json!(sum.to_string()), |sum| json!(sum))
}
