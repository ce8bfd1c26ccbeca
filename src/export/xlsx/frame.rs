//! What surrounds the items: paper, column widths, row heights, protection, page numbers.

use rust_xlsxwriter::{ProtectionOptions, RowNum, Worksheet, XlsxError};

use super::put::{cell, indented};
use super::{look, spot};
use crate::export::sheet::{Book, Content, Item, Layout, Orientation, Sheet};
use crate::export::trend::{Chart, native::native};

/// A4 in the workbook format.
const A4: u8 = 9;

/// Printable width of A4 between our margins, in pixels of 1/96 inch: 156 mm upright (GB/T 9704), 257 mm sideways. One
/// column wider than the page is not scaled down by every program, so this is never exceeded.
const PORTRAIT_PIXELS: u32 = 588;
/// The same, sideways.
const LANDSCAPE_PIXELS: u32 = 968;

/// Pixels for each unit of width where the sheet is not meant for paper.
const RECORD_PIXELS: u32 = 8;

/// Columns of a record that go on paper.
const RECORD_PRINTED: usize = 3;

/// Points that a cell keeps free on both sides together.
const PADDING: f64 = 14.0;

/// Points to a pixel.
const POINTS: f64 = 0.75;

/// Longest running head, in characters; the format takes 255 with its codes.
const MAX_RUNNING: usize = 100;

/// Name, paper, columns, rows, protection.
pub fn set_up(worksheet: &mut Worksheet, sheet: &Sheet, book: &Book) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_screen_gridlines(false);
    paper(worksheet, sheet, book)?;
    let pixels = column_pixels(sheet);
    for (col, pixels) in (0..).zip(&pixels) {
        worksheet.set_column_width_pixels(col, *pixels)?;
    }
    row_heights(worksheet, sheet, &pixels)?;
    if sheet.layout != Layout::List && sheet.layout != Layout::Record {
        worksheet.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() });
    }
    Ok(())
}

fn paper(worksheet: &mut Worksheet, sheet: &Sheet, book: &Book) -> Result<(), XlsxError> {
    worksheet.set_paper_size(A4).set_print_center_horizontally(true);
    match sheet.orientation {
        Orientation::Portrait => worksheet.set_margins(1.1, 1.02, 1.0, 1.0, 0.5, 0.5),
        Orientation::Landscape => worksheet.set_landscape().set_margins(0.79, 0.79, 0.8, 0.7, 0.4, 0.35),
    };
    match sheet.layout {
        Layout::Table | Layout::Cover => worksheet.set_print_fit_to_pages(1, 1),
        Layout::Prose | Layout::List => worksheet.set_print_fit_to_pages(1, 0),
        Layout::Record => worksheet,
    };
    if sheet.layout != Layout::Cover {
        let running: String = book.title.chars().take(MAX_RUNNING).collect();
        worksheet.set_header(format!("&R{}", running.replace('&', "&&")));
    }
    let mark: String = book.mark().chars().take(MAX_RUNNING).collect();
    worksheet.set_footer(format!("&L&9{}&C第 &P 页，共 &N 页", mark.replace('&', "&&")));
    let first = spot::first_row(sheet);
    // A record is two hundred columns wide; on paper it only says whose it is.
    let num_cols = if sheet.layout == Layout::Record { RECORD_PRINTED } else { sheet.widths.len() };
    let (last_row, last_col) = cell(((first + sheet.num_rows).saturating_sub(1), num_cols.saturating_sub(1)))?;
    worksheet.set_print_area(0, 0, last_row, last_col)?;
    if sheet.head_rows > 0 {
        let (below, _) = cell((first + sheet.head_rows, 0))?;
        worksheet.set_freeze_panes(below, 0)?;
        worksheet.set_repeat_rows(0, below - 1)?;
    }
    Ok(())
}

/// Rows that a picture covers below its figures.
const PICTURE_ROWS: usize = 20;

/// The picture of the sheet's figures, below them; both are printed.
pub fn picture(worksheet: &mut Worksheet, sheet: &Sheet, chart: &Chart) -> Result<(), XlsxError> {
    let head = spot::first_row(sheet);
    let (head_row, _) = cell((head, 0))?;
    let (below, _) = cell((head + sheet.num_rows + 1, 0))?;
    let (last_row, last_col) = cell((head + sheet.num_rows + PICTURE_ROWS, sheet.widths.len().saturating_sub(1)))?;
    worksheet.set_print_area(0, 0, last_row, last_col)?;
    worksheet.insert_chart(below, 0, &native(chart, &sheet.name, head_row))?;
    Ok(())
}

fn column_pixels(sheet: &Sheet) -> Vec<u32> {
    let page = match (sheet.layout, sheet.orientation) {
        (Layout::Record, _) => return sheet.widths.iter().map(|width| u32::from(*width) * RECORD_PIXELS).collect(),
        (_, Orientation::Portrait) => PORTRAIT_PIXELS,
        (_, Orientation::Landscape) => LANDSCAPE_PIXELS,
    };
    let all: u32 = sheet.widths.iter().map(|width| u32::from(*width)).sum();
    sheet.widths.iter().map(|width| page * u32::from(*width) / all.max(1)).collect()
}

/// Spreadsheets do not fit rows to merged or wrapped text by themselves, so every height is set.
fn row_heights(worksheet: &mut Worksheet, sheet: &Sheet, pixels: &[u32]) -> Result<(), XlsxError> {
    let first = spot::first_row(sheet);
    if first > 0 {
        let width: u32 = pixels.iter().sum();
        let lines = lines(&sheet.title, look::SIZE_THREE, width);
        worksheet.set_row_height(0, (lines * look::SIZE_THREE * 1.5 + 12.0).min(409.0))?;
    }
    let mut heights = vec![1.0_f64; sheet.num_rows];
    for item in &sheet.items {
        // Words that run down several rows share them.
        let (rows, cols) = item.span;
        let width = pixels.iter().skip(item.at.1).take(cols).sum();
        let rows_needed = lines(&words(item), look::size(sheet), width) / f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
        for height in heights.iter_mut().skip(item.at.0).take(rows) {
            *height = height.max(rows_needed);
        }
    }
    let least = if sheet.layout == Layout::Cover { 24.0 } else { 0.0 };
    for (row, lines) in (first..).zip(heights) {
        let row = RowNum::try_from(row).map_err(|_too_many| XlsxError::RowColumnLimitError)?;
        worksheet.set_row_height(row, look::row_height(sheet, lines).max(least))?;
    }
    Ok(())
}

/// What an item's height depends on.
fn words(item: &Item) -> String {
    match &item.content {
        Content::Paragraph(text) => indented(text),
        content => content.words(),
    }
}

/// Lines that words take in a width: CJK characters are as wide as the font is high, others half.
fn lines(text: &str, size: f64, pixels: u32) -> f64 {
    let room = ((f64::from(pixels) * POINTS - PADDING) / (size / 2.0)).floor().max(2.0);
    text.lines().map(|line| line_count(line, room)).sum::<f64>().max(1.0)
}

/// Lines that one paragraph takes where a line has room for so many half-width characters.
fn line_count(text: &str, room: f64) -> f64 {
    let (mut lines, mut used) = (1.0, 0.0);
    for c in text.chars() {
        let width = if c.is_ascii() { 1.0 } else { 2.0 };
        if used + width > room {
            lines += 1.0;
            used = 0.0;
        }
        used += width;
    }
    lines
}
