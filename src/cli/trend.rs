//! `gouji trend`: several years of one agency as pictures, each with its figures.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply};
use super::source::{drafts, files};
use crate::export::trend::{self, Chart, Year, charts, page, workbook};
use crate::form::{Catalog, Report};
use crate::model::plain_name;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "把几年的报告画成趋势图",
    override_usage = "gouji trend 报告或文件夹 … -o 图.html|图.xlsx|图.png",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct TrendArgs {
    #[arg(
        value_name = "报告",
        required = true,
        help = "同一单位各年的草稿或已公布的报告，或装着它们的文件夹；草稿里收入的上年报告也算一年"
    )]
    files: Vec<PathBuf>,
    #[arg(short, long, value_name = "图", help = "写到这个文件：.html 网页，.xlsx 工作簿，.png 图片")]
    output: PathBuf,
}

pub(super) fn run(args: &TrendArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let Some(write) = writer(&args.output) else {
        bail!("图的文件名须以 .html、.xlsx 或 .png 结尾；文件：{}", args.output.display());
    };
    let years = years(Vec::new(), &args.files, catalog)?;
    let (Some(first), Some(last)) = (years.first(), years.last()) else { bail!("里面没有报告") };
    let others: Vec<&str> =
        years.iter().map(|year| &*year.agency).filter(|agency| plain_name(agency) != plain_name(&last.agency)).collect();
    let err = if others.is_empty() {
        String::new()
    } else {
        format!("请核对：各年写的单位不一样：{}、{}\n", others.join("、"), last.agency)
    };
    let span = if first.year == last.year { first.year.to_string() } else { format!("{}—{}", first.year, last.year) };
    let title = format!("{} {span}年政府信息公开情况", last.agency);
    let charts = charts(&years);
    store::write_output(&RealDisk, &args.output, &write(&title, &charts)?)?;
    let said: String = charts.iter().map(said).collect();
    Ok(Reply {
        err, ..Reply::fine(format!("已画 {} 年的 {} 张图；文件：{}\n{said}", years.len(), charts.len(), args.output.display()))
    })
}

/// The open report and those in these files, with last year's reports that they hold; in their order.
pub(super) fn years_with(report: Report<'_>, files: &[PathBuf], catalog: &Catalog) -> anyhow::Result<Vec<Year>> {
    years(vec![(Year::of(report), report.draft.prior().map(Year::of_prior))], files, catalog)
}

fn years(mut known: Vec<(Year, Option<Year>)>, paths: &[PathBuf], catalog: &Catalog) -> anyhow::Result<Vec<Year>> {
    for path in files(paths)? {
        for (form, draft, _) in drafts(&path, catalog)? {
            if draft.year == 0 {
                bail!("没有写明报告年度；文件：{}", path.display());
            }
            if let Some((twin, _)) = known.iter().find(|(known, _)| known.year == draft.year) {
                bail!("{} 年的报告有两份（{}、{}），只能有一份；文件：{}", twin.year, twin.agency, draft.agency, path.display());
            }
            known.push((Year::of(form.report(&draft)), draft.prior().map(Year::of_prior)));
        }
    }
    Ok(trend::in_order(known))
}

fn said(chart: &Chart) -> String {
    format!("  {}：{}\n", chart.title, chart.sentence())
}

type Write = fn(&str, &[Chart]) -> anyhow::Result<Vec<u8>>;

fn writer(output: &std::path::Path) -> Option<Write> {
    let ending = output.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "html" => |title, charts| Ok(page(title, charts)?.into_bytes()),
        "xlsx" => |title, charts| Ok(workbook(title, charts)?),
        #[cfg(feature = "gui")]
        "png" => |title, charts| Ok(crate::ui::trend_png(title, charts)?),
        _ => return None,
    })
}
