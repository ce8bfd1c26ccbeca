//! The charts as a workbook: figures in cells, and the program's own charts over them, which stay editable.

use rust_xlsxwriter::{Chart as Drawn, ChartType, Workbook, Worksheet, XlsxError};

use super::{Chart, Shape};
use crate::export::{ExportError, FileKind};

/// Rows that a chart covers.
const COVERED: u32 = 17;

/// The workbook as bytes: one sheet, the charts one below the other, each beside its figures.
///
/// # Errors
/// The workbook could not be put together.
pub fn workbook(title: &str, charts: &[Chart]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let written = sheet(workbook.add_worksheet(), title, charts).and_then(|()| workbook.save_to_buffer());
    written.map_err(|err| ExportError::Write { kind: FileKind::Xlsx, why: err.to_string(), sheet: NAME.to_owned() })
}

const NAME: &str = "趋势图";

fn sheet(sheet: &mut Worksheet, title: &str, charts: &[Chart]) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.write_string(0, 0, title)?;
    let mut top = 2;
    for chart in charts {
        top = one(sheet, chart, top)?;
    }
    Ok(())
}

/// Writes a chart with its figures from this row on; returns the row below both.
fn one(sheet: &mut Worksheet, chart: &Chart, top: u32) -> Result<u32, XlsxError> {
    sheet.write_string(top, 0, format!("{}（{}）", chart.title, chart.about))?;
    sheet.write_string(top + 1, 0, "年度")?;
    let (first, mut last) = (top + 2, top + 2);
    for (no, series) in (1_u16..).zip(&chart.series) {
        sheet.write_string(top + 1, no, series.name)?;
    }
    for (row, (place, year)) in (first..).zip(chart.years.iter().enumerate()) {
        last = row;
        // As text: a number would be taken for a series of its own.
        sheet.write_string(row, 0, format!("{year}年"))?;
        for (no, col) in (0..chart.series.len()).zip(1_u16..) {
            // A year without a report stays blank, and the column is left out; a 0 is written.
            if let Some(value) = chart.value(no, place).and_then(|value| u32::try_from(value).ok()) {
                sheet.write_number(row, col, value)?;
            }
        }
    }
    sheet.write_string(last + 1, 0, chart.sentence())?;
    let mut drawn = Drawn::new(if chart.shape == Shape::Bars { ChartType::Column } else { ChartType::BarPercentStacked });
    for (no, series) in (1_u16..).zip(&chart.series) {
        let added = drawn.add_series();
        added.set_name((NAME, top + 1, no)).set_categories((NAME, first, 0, last, 0)).set_values((NAME, first, no, last, no));
        let _ = series;
    }
    drawn.title().set_name(chart.title);
    drawn.set_alt_text(chart.words());
    let beside = u16::try_from(chart.series.len()).unwrap_or(6) + 2;
    sheet.insert_chart(top, beside, &drawn)?;
    Ok(top + COVERED.max(last - top + 4))
}
