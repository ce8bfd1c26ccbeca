//! The charts as a workbook: figures in cells, and the program's own charts over them, which stay editable.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::Chart;
use super::native::{figures, native};
use super::proof;
use crate::export::{ExportError, FileKind};

/// Rows that a chart covers.
const COVERED: u32 = 18;

/// The workbook as bytes, read back: one sheet, the charts one below the other, each beside its figures.
///
/// # Errors
/// The workbook could not be put together, or says something else than the charts.
pub fn workbook(title: &str, charts: &[Chart]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let written = sheet(workbook.add_worksheet(), title, charts).and_then(|()| workbook.save_to_buffer());
    let bytes = written.map_err(|err| ExportError::Write { kind: FileKind::Xlsx, why: err.to_string(), sheet: NAME.to_owned() })?;
    proof::workbook(&bytes, charts)?;
    Ok(bytes)
}

/// The column at which charts begin: beside the widest figures and their sentence.
const BESIDE: u16 = 9;

const NAME: &str = "趋势图";

fn sheet(sheet: &mut Worksheet, title: &str, charts: &[Chart]) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    // Upright four charts fill a page, and none is cut.
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 1);
    sheet.write_string(0, 0, title)?;
    let mut top = 2;
    for chart in charts {
        sheet.write_string(top, 0, format!("{}（{}）", chart.title, chart.about))?;
        let last = figures(sheet, chart, top + 1)?;
        sheet.write_string(last + 1, 0, chart.sentence())?;
        sheet.insert_chart(top, BESIDE, &native(chart, NAME, top + 1))?;
        top += COVERED.max(last - top + 4);
    }
    Ok(())
}
