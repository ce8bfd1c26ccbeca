//! The charts as a web page: each picture with its sentence and its figures in a table beside it.

use super::super::markup::escaped;
use super::{Chart, draw, proof, svg};
use crate::export::ExportError;

/// The page, which stands alone, read back. `title` is the agency's name and the years.
///
/// # Errors
/// It says something else than the charts.
pub fn page(title: &str, charts: &[Chart]) -> Result<String, ExportError> {
    let title = escaped(title);
    let figures: String = charts.iter().enumerate().map(figure).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body style=\"max-width:72em;margin:0 auto;padding:1em;background:#fff;color:#1f2937;font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\">\n\
         <main>\n<h1 style=\"font-size:20pt\">{title}</h1>\n{figures}</main>\n</body>\n</html>\n"
    );
    proof::page(&page, charts)?;
    Ok(page)
}

fn figure((no, chart): (usize, &Chart)) -> String {
    format!(
        "<div style=\"margin:1.5em 0\">\n<h2 style=\"font-size:13pt;margin:0 0 .3em\">{}（{}）</h2>\n<div style=\"overflow-x:auto\">\n{}</div>\n<p style=\"margin:.3em 0\">{}</p>\n{}</div>\n",
        escaped(chart.title),
        escaped(chart.about),
        svg(&draw(chart), &chart.words(), no),
        escaped(&chart.sentence()),
        table(chart)
    )
}

fn table(chart: &Chart) -> String {
    const CELL: &str = "border:1px solid #9ca3af;padding:.2em .6em;text-align:right";
    let head = |scope: &str, words: &str| format!("<th scope=\"{scope}\" style=\"{CELL}\">{}</th>", escaped(words));
    let heads: String = chart.series.iter().map(|series| head("col", series.name)).collect();
    let row = |(place, year): (usize, String)| {
        let cell = |no: usize| {
            let words = chart.value(no, place).map_or_else(|| "没有数".to_owned(), |value| value.to_string());
            format!("<td style=\"{CELL}\">{words}</td>")
        };
        let cells: String = (0..chart.series.len()).map(cell).collect();
        format!("<tr>{}{cells}</tr>\n", head("row", &year))
    };
    let rows: String = chart.year_names().enumerate().map(row).collect();
    format!(
        "<table style=\"border-collapse:collapse;margin:.6em 0\">\n<caption style=\"text-align:left\">{}（件）</caption>\n<tr>{}{heads}</tr>\n{rows}</table>\n",
        escaped(chart.title),
        head("col", "年度")
    )
}
