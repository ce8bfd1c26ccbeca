//! The charts as a web page: each picture with its sentence and its figures in a table beside it.

use super::super::markup::escaped;
use super::{Chart, draw, svg};

/// The page, which stands alone. `title` is the agency's name and the years.
pub fn page(title: &str, charts: &[Chart]) -> String {
    let title = escaped(title);
    let figures: String = charts.iter().enumerate().map(figure).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body style=\"max-width:72em;margin:0 auto;padding:1em;background:#fff;color:#1f2937;font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\">\n\
         <main>\n<h1 style=\"font-size:20pt\">{title}</h1>\n{figures}</main>\n</body>\n</html>\n"
    )
}

fn figure((no, chart): (usize, &Chart)) -> String {
    format!(
        "<figure style=\"margin:1.5em 0\">\n<h2 style=\"font-size:14pt;margin:0 0 .3em\">{} <small style=\"font-weight:normal\">{}</small></h2>\n<div style=\"overflow-x:auto\">\n{}</div>\n<figcaption>{}</figcaption>\n{}</figure>\n",
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
    let row = |(place, year): (usize, &u16)| {
        let cell = |no: usize| {
            let words = match chart.value(no, place) {
                Some(value) => value.to_string(),
                None if chart.known.contains(year) => "没有数".to_owned(),
                None => "没有报告".to_owned(),
            };
            format!("<td style=\"{CELL}\">{words}</td>")
        };
        let cells: String = (0..chart.series.len()).map(cell).collect();
        format!("<tr>{}{cells}</tr>\n", head("row", &format!("{year}年")))
    };
    let rows: String = chart.years.iter().enumerate().map(row).collect();
    format!(
        "<table style=\"border-collapse:collapse;margin:.6em 0\">\n<caption style=\"text-align:left\">{}（件）</caption>\n<tr>{}{heads}</tr>\n{rows}</table>\n",
        escaped(chart.title),
        head("col", "年度")
    )
}
