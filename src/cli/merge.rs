//! `gouji merge`: the reports of a county's bodies summed into its own, with who is missing, what is found, and who is behind a cell.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::bail;
use serde_json::{Map, Value, json};

use super::figure;
use super::reply::{Exit, Format, HELP, Reply, Voice, json as json_text, new_draft_name};
use super::source::Progress;
use crate::county::{self, County, Finding, Sum, Wanted};
use crate::form::{Catalog, Severity};
use crate::model::{CellId, Entry, Kind};
use crate::store::RealDisk;

#[derive(clap::Args)]
#[command(
    about = "把各单位的报告汇总成本级政府的报告",
    override_usage = "gouji merge 文件夹或报告 … -o 汇总.gouji|.xlsx|.csv|.parquet [--roster 名册] [--agency 单位全称] [--year 年度] [--cell 格]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct MergeArgs {
    #[arg(value_name = "文件夹", required = true, help = "装着各单位报告的文件夹（名册.csv、调整.csv 在里面的话一起用），或者各份报告")]
    paths: Vec<PathBuf>,
    #[arg(short, long, value_name = "汇总", help = "写到这个文件：.gouji 草稿，.xlsx 汇总工作簿，.csv 和 .parquet 一行一个单位")]
    output: PathBuf,
    #[arg(long, value_name = "名册", help = "编制主体名册：.csv、.xlsx 等；不写则用文件夹里的 名册.csv")]
    roster: Option<PathBuf>,
    #[arg(long, value_name = "单位全称", help = "汇总报告的单位全称；不写则用名册上的本级")]
    agency: Option<String>,
    #[arg(long, value_name = "年度", help = "报告年度；不写则按多数报告的年度")]
    year: Option<u16>,
    #[arg(long, value_name = "格", help = "列出这一格后面的各单位，最不像的在前")]
    cell: Option<String>,
    #[command(flatten)]
    voice: Voice,
}

pub(super) fn run(args: &MergeArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    match county::Output::of(&args.output) {
        None => bail!("{}；文件：{}", county::WriteError::Ending, args.output.display()),
        Some(county::Output::Draft) => new_draft_name(&args.output)?,
        Some(_) => {}
    }
    let wanted = Wanted {
        paths: args.paths.clone(),
        roster: args.roster.clone(),
        agency: args.agency.clone(),
        year: args.year,
        today: jiff::Zoned::now().date(),
    };
    let mut progress: Option<Progress> = None;
    let told = |_, of| progress.get_or_insert_with(|| Progress::new(of)).one_more();
    let county = county::open(&RealDisk, &wanted, catalog, &AtomicBool::new(false), told).map_err(anyhow::Error::msg)?;
    let sum = county.sum();
    let cell = args.cell.as_deref().map(|key| cell(&county, key)).transpose()?;
    let mut notes: Vec<String> = county.roster.problems.iter().chain(&county.journal.problems).map(|line| format!("{line}\n")).collect();
    notes.extend(county.refused.iter().map(|refused| format!("{}\n", refused.why)));
    let mut exit = if county.refused.is_empty() { Exit::Fine } else { Exit::NotDone };
    if county.findings.iter().any(Finding::is_error) || county.standings.iter().any(|standing| standing.need == Some(county::Need::Wrong)) {
        exit = exit.max(Exit::Findings);
    }
    if let Err(why) = county::write(&RealDisk, &county, &sum, &args.output) {
        notes.push(format!("{why}\n"));
        exit = Exit::NotDone;
    }
    let out = match args.voice.format {
        Format::Text => text(&county, &sum, cell),
        Format::Json => json_text(&value(&county, &sum, cell))?,
    };
    Ok(Reply { out, err: notes.concat(), exit })
}

fn cell(county: &County, key: &str) -> anyhow::Result<CellId> {
    county.form.cell_by_key(key).ok_or_else(|| anyhow::anyhow!("表样 {} 没有代号为“{key}”的格", county.form.id))
}

/// A sum of pieces, or of 分.
fn of_sum(kind: Kind, sum: Option<i128>) -> Value {
    sum.map_or(Value::Null, |sum| figure::of_sum(sum, matches!(kind, Kind::Money(_))))
}

fn of_figure(kind: Kind, figure: Option<i64>) -> Value {
    of_sum(kind, figure.map(i128::from))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn value(county: &County, sum: &Sum, cell: Option<CellId>) -> Value {
    let form = &county.form;
    let cells = |of: &dyn Fn(CellId) -> Option<i128>| -> Map<String, Value> {
        form.cells().map(|(cell, spec)| (spec.key.to_string(), of_sum(spec.kind, of(cell)))).collect()
    };
    let names = |places: &mut dyn Iterator<Item = usize>| places.map(|place| county.name(place).to_owned()).collect::<Vec<_>>();
    let findings = county.findings.iter().map(|finding| {
        json!({
            "rule": finding.rule,
            "unit": finding.unit.map(|unit| county.name(unit)),
            "cells": finding.cells.iter().map(|cell| &*form.cell(*cell).key).collect::<Vec<_>>(),
            "verdict": if finding.is_waiting { "waiting" } else { "fail" },
            "severity": severity(finding.severity),
            "message": finding.message,
        })
    });
    let mut value = json!({
        "agency": county.agency,
        "year": county.year,
        "form": form.id,
        "assessable": sum.is_whole(),
        "units": (0..county.standings.len()).map(|place| unit(county, place)).collect::<Vec<_>>(),
        "sum": cells(&|cell| sum.value(cell)),
        "so_far": cells(&|cell| sum.so_far(cell)),
        "missing": names(&mut county.missing()),
        "findings": findings.collect::<Vec<_>>(),
        "adjustments": county.mended().into_values().map(|one| json!({
            "unit": one.unit, "cell": one.key, "from": figure::of_entry(&one.from), "to": figure::of_entry(&one.to),
            "why": one.why, "by": one.by, "time": one.time.to_string(),
        })).collect::<Vec<_>>(),
        "strays": county.strays.iter().filter_map(|stray| county.taken.get(stray.taken).map(|taken| (stray, taken))).map(|(stray, taken)| json!({
            "file": taken.lying.path.display().to_string(), "agency": taken.agency, "year": taken.year,
            "likely": names(&mut stray.likely.iter().copied()),
        })).collect::<Vec<_>>(),
        "refused": county.refused.iter().map(|refused| json!({"file": refused.path.display().to_string(), "why": refused.why})).collect::<Vec<_>>(),
        "unchecked": county::unchecked(county),
    });
    if let (Some(cell), Some(fields)) = (cell, value.as_object_mut()) {
        fields.insert("cell".to_owned(), behind(county, sum, cell));
    }
    value
}

fn unit(county: &County, place: usize) -> Value {
    let (Some(unit), Some(standing)) = (county.unit(place), county.standings.get(place)) else { return Value::Null };
    let taken = county.counted(place);
    let broken: Vec<Value> = taken
        .iter()
        .flat_map(|taken| &taken.broken)
        .filter_map(|check| county.form.checks.get(usize::from(*check)))
        .map(|check| json!({"rule": county.form.rule(check).id, "at": check.at}))
        .collect();
    json!({
        "unit": unit.name,
        "kind": unit.kind.code(),
        "state": standing.state.map(county::State::code),
        "need": standing.need.map(county::Need::code),
        "due": county.due(place).to_string(),
        "received": standing.received.map(|received| received.to_string()),
        "form": taken.map(|taken| &*taken.form),
        "files": standing.copies.iter().filter_map(|copy| county.taken.get(*copy)).map(|copy| json!({
            "file": copy.lying.path.display().to_string(), "sm3": copy.lying.sm3.to_string(), "status": if copy.flaw.is_empty() { copy.status.code() } else { "broken" },
        })).collect::<Vec<_>>(),
        "counts": taken.map(|taken| json!({
            "error": taken.counts.error, "warning": taken.counts.warning, "uncertain": taken.counts.look, "waiting": taken.counts.waiting,
            "blank": taken.figures.num_blank(), "unread": taken.num_unread,
        })),
        "broken": broken,
    })
}

/// The bodies behind a cell.
fn behind(county: &County, sum: &Sum, cell: CellId) -> Value {
    let kind = county.form.cell(cell).kind;
    let units = county.behind(cell).into_iter().map(|part| {
        let findings: Vec<&str> =
            county.findings_of(part.unit).filter(|found| found.cells.contains(&cell)).map(|found| found.rule).collect();
        json!({
            "unit": county.name(part.unit),
            "value": of_figure(kind, part.value),
            "reported": of_figure(kind, part.mended_from.unwrap_or(part.value)),
            "last": of_figure(kind, part.last),
            "share": format!("{}.{}%", part.share / 10, part.share % 10),
            "odd": part.odd.as_ref().map(|odd| odd.words(kind, part.value, part.last)),
            "findings": findings,
        })
    });
    json!({
        "key": county.form.cell(cell).key,
        "sum": of_sum(kind, sum.value(cell)),
        "so_far": of_sum(kind, sum.so_far(cell)),
        "units": units.collect::<Vec<_>>(),
    })
}

fn text(county: &County, sum: &Sum, cell: Option<CellId>) -> String {
    let mut lines = vec![format!(
        "{}　{} 年　{}　{} 个单位，已汇总 {}，缺 {}\n",
        if county.agency.is_empty() { "汇总" } else { &county.agency },
        county.year,
        county.form.id,
        county.standings.len(),
        sum.num_in,
        sum.num_missing
    )];
    for place in county.by_need() {
        let Some(need) = county.standings.get(place).and_then(|standing| standing.need) else { continue };
        if need == county::Need::Ready {
            continue;
        }
        let told = county.counted(place).map(|taken| {
            let county::Counts { error, warning, look, .. } = taken.counts;
            format!("　错误 {error}，待核实 {warning}，请核对 {look}，空 {} 格", taken.figures.num_blank())
        });
        lines.push(format!("  {}　{}{}\n", need.name(), county.name(place), told.unwrap_or_default()));
    }
    lines.extend(county.findings.iter().map(|finding| {
        let unit = finding.unit.map_or_else(String::new, |unit| format!("{}：", county.name(unit)));
        let word = if finding.is_waiting { "待定" } else { crate::rules::severity_name(finding.severity) };
        let unit = if finding.message.starts_with(unit.trim_end_matches('：')) { String::new() } else { unit };
        format!("  {word} {} {unit}{}\n", finding.rule, finding.message)
    }));
    if let Some(cell) = cell {
        let spec = county.form.cell(cell);
        let shown =
            |figure: Option<i64>| figure.map_or_else(|| "—".to_owned(), |figure| Entry::of_value(spec.kind, figure).shown(spec.kind));
        let so_far = sum.so_far(cell).and_then(|sum| i64::try_from(sum).ok());
        let word = if sum.is_whole() { "合计" } else { "已报各单位之和" };
        lines.push(format!("  {}：{word} {}\n", spec.label, shown(so_far)));
        lines.extend(county.behind(cell).iter().map(|part| {
            let odd = part.odd.as_ref().map_or_else(String::new, |odd| format!("　{}", odd.words(spec.kind, part.value, part.last)));
            let mended = part.mended_from.map_or_else(String::new, |from| format!("（报的是 {}）", shown(from)));
            let last = part.last.map_or_else(String::new, |last| format!("　上年 {}", shown(Some(last))));
            format!("    {}　{}{mended}{last}　{}.{}%{odd}\n", county.name(part.unit), shown(part.value), part.share / 10, part.share % 10)
        }));
    }
    let unchecked = county::unchecked(county);
    if !unchecked.is_empty() {
        lines.push(format!("  没有核对：{}\n", unchecked.join("；")));
    }
    lines.concat()
}
