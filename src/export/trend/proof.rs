//! What was drawn, read back: every figure of every chart in the file's own parts, and in the tables beside them.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use zip::ZipArchive;

use super::Chart;
use crate::export::{ExportError, FileKind};
use crate::read::{self, Stretch};

/// Longest chart part taken, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// The figures of a chart's series.
type Drawn = Vec<Vec<Option<String>>>;

/// The container has these charts, in this folder, with these figures, and no more.
///
/// # Errors
/// The first chart that is missing or shows something else.
pub fn charts<'a>(kind: FileKind, bytes: &[u8], folder: &str, charts: impl Iterator<Item = &'a Chart>) -> Result<(), ExportError> {
    drawn(kind, bytes, folder, charts.map(of_chart))
}

/// Title and figures of a chart.
pub fn of_chart(chart: &Chart) -> (&str, Drawn) {
    let series = chart.series.iter().map(|series| series.values.iter().map(|value| value.map(|value| value.to_string())).collect());
    (chart.title, series.collect())
}

/// The same of charts of any kind: their titles, and the figures of each series.
///
/// # Errors
/// The first chart that is missing or shows something else.
pub fn drawn<'a>(kind: FileKind, bytes: &[u8], folder: &str, charts: impl Iterator<Item = (&'a str, Drawn)>) -> Result<(), ExportError> {
    let unread = |why: &str| ExportError::ReadBack { kind, why: why.to_owned(), sheet: "图".to_owned() };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_broken| unread("文件已经损坏"))?;
    let mut part = |no: usize| -> Option<String> {
        let mut text = String::new();
        let part = zip.by_name(&format!("{folder}/chart{no}.xml")).ok()?;
        part.take(MAX_BYTES).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let mut num_charts = 0;
    for (no, (title, wanted)) in (1..).zip(charts) {
        let text = part(no).ok_or_else(|| unread(&format!("缺第 {no} 张图")))?;
        let found = read::chart::series(&text).map_err(|why| unread(&why))?;
        if found != wanted {
            return Err(differs(kind, title, &format!("{wanted:?}"), &format!("{found:?}")));
        }
        num_charts = no;
    }
    match part(num_charts + 1) {
        None => Ok(()),
        Some(_) => Err(unread("多一张图")),
    }
}

fn differs(kind: FileKind, title: &str, expected: &str, found: &str) -> ExportError {
    let clip = |text: &str| text.chars().take(200).collect();
    ExportError::Differs { kind, sheet: title.to_owned(), cell: "图".to_owned(), expected: clip(expected), found: clip(found) }
}

/// The workbook has the charts, and below each heading the figures.
///
/// # Errors
/// The first chart that differs.
pub(super) fn workbook(bytes: &[u8], of: &[Chart]) -> Result<(), ExportError> {
    let kind = FileKind::Xlsx;
    charts(kind, bytes, "xl/charts", of.iter())?;
    let unread = |err: calamine::XlsxError| ExportError::ReadBack { kind, why: err.to_string(), sheet: "图".to_owned() };
    let mut workbook: Xlsx<_> = calamine::Reader::new(Cursor::new(bytes)).map_err(unread)?;
    let sheet = workbook.worksheet_range_at(0).transpose().map_err(unread)?.unwrap_or_default();
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(words).collect()).collect();
    for chart in of {
        let head = rows.iter().position(|row| row.first().is_some_and(|text| *text == format!("{}（{}）", chart.title, chart.about)));
        let first = head.map_or(usize::MAX, |head| head + 1);
        let found: Vec<Vec<String>> = rows
            .iter()
            .skip(first)
            .take(chart.years.len() + 1)
            .map(|row| row.iter().take(chart.series.len() + 1).cloned().collect())
            .collect();
        let wanted = table(chart, "");
        if found != wanted {
            return Err(differs(kind, chart.title, &format!("{wanted:?}"), &format!("{found:?}")));
        }
    }
    Ok(())
}

fn words(held: &Data) -> String {
    match held {
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// The page has every picture, and beside each its figures.
///
/// # Errors
/// The first chart that differs.
pub(super) fn page(page: &str, of: &[Chart]) -> Result<(), ExportError> {
    let kind = FileKind::Html;
    let found = read::html::page(page.as_bytes()).map_err(|why| ExportError::ReadBack { kind, why, sheet: "图".to_owned() })?;
    let tables: Vec<Vec<Vec<String>>> = found.stretches().iter().filter_map(rows_of).collect();
    for (place, chart) in of.iter().enumerate() {
        let wanted = table(chart, "没有数");
        let got = tables.get(place).cloned().unwrap_or_default();
        if got != wanted || !page.contains(&super::svg(&super::draw(chart), &chart.words(), place)) {
            return Err(differs(kind, chart.title, &format!("{wanted:?}"), &format!("{got:?}")));
        }
    }
    Ok(())
}

fn rows_of(stretch: &Stretch) -> Option<Vec<Vec<String>>> {
    let Stretch::Table(grid) = stretch else { return None };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cell in grid.cells() {
        if cell.at.0 >= rows.len() {
            rows.resize(cell.at.0 + 1, Vec::new());
        }
        if let Some(row) = rows.get_mut(cell.at.0) {
            row.push(cell.words.to_owned());
        }
    }
    Some(rows)
}

/// Heads and rows as they are printed beside the picture.
fn table(chart: &Chart, blank: &str) -> Vec<Vec<String>> {
    let heads = ["年度"].into_iter().chain(chart.series.iter().map(|series| series.name)).map(ToOwned::to_owned).collect();
    let row = |(place, name): (usize, String)| {
        let value = |no: usize| chart.value(no, place).map_or_else(|| blank.to_owned(), |value| value.to_string());
        [name].into_iter().chain((0..chart.series.len()).map(value)).collect()
    };
    [heads].into_iter().chain(chart.year_names().enumerate().map(row)).collect()
}
