//! The charts as a spreadsheet's own: they stay editable, and follow their cells.

use rust_xlsxwriter::{
    Chart as Drawn, ChartDataLabel, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill, ChartPatternFillType, ChartSolidFill,
    ChartType, Color, Workbook, Worksheet, XlsxError,
};

use super::picture::Fill;
use super::{Chart, Shape};

/// Longest text alternative of a chart in a workbook, in characters.
pub const MAX_ALT: usize = 255;

/// A part smaller than one of so many has no room for its figure; the table below has it.
const LEAST_PART: i64 = 20;

/// The chart over figures that stand like [`super::annex::sheet`]: heads in this row, years in the first column.
pub fn native(chart: &Chart, sheet: &str, head_row: u32) -> Drawn {
    let mut drawn = Drawn::new(if chart.shape == Shape::Bars { ChartType::Column } else { ChartType::BarPercentStacked });
    let first = head_row + 1;
    let last = head_row + u32::try_from(chart.years.len()).unwrap_or(u32::MAX);
    for (no, _) in (1_u16..).zip(&chart.series) {
        let added = drawn.add_series();
        added.set_name((sheet, head_row, no)).set_categories((sheet, first, 0, last, 0)).set_values((sheet, first, no, last, no));
        let fill = Fill::of(usize::from(no) - 1);
        added.set_format(&mut format(fill)).set_gap(60);
        let mut label = ChartDataLabel::new();
        // In a whole cut into parts a 0 has no room.
        label.show_value().set_num_format(if chart.shape == Shape::Bars { "0" } else { "0;;" });
        if chart.shape == Shape::Shares {
            let ink = if fill.colors().1 == [0xFF; 3] { Color::White } else { Color::Black };
            label.set_font(rust_xlsxwriter::ChartFont::new().set_color(ink));
        }
        added.set_data_label(&label);
        if chart.shape == Shape::Shares {
            let has_room = |place: usize| Some(chart.value(usize::from(no) - 1, place)?.checked_mul(LEAST_PART)? >= chart.total(place)?);
            let of_year = |place| match has_room(place) {
                Some(true) => ChartDataLabel::new().to_custom(),
                _ => ChartDataLabel::new().set_hidden().to_custom(),
            };
            added.set_custom_data_labels(&(0..chart.years.len()).map(of_year).collect::<Vec<_>>());
        }
    }
    drawn.title().set_name(chart.title);
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    match chart.shape {
        // From nothing up, or small changes look large.
        Shape::Bars => drawn.y_axis().set_hidden(true).set_major_gridlines(false).set_min(0),
        // Lying bars have their years on the other axis; the first on top, as in a table.
        Shape::Shares => {
            drawn.y_axis().set_reverse();
            drawn.x_axis().set_hidden(true).set_major_gridlines(false)
        }
    };
    drawn.set_alt_text(chart.short_words(MAX_ALT)).set_width(560).set_height(320);
    drawn
}

/// The same steps and patterns as in the pictures: each can be told from its neighbours in grey.
pub fn format(fill: Fill) -> ChartFormat {
    let color = |[red, green, blue]: [u8; 3]| Color::RGB(u32::from_be_bytes([0, red, green, blue]));
    let mut format = ChartFormat::new();
    let pattern = match fill {
        Fill::Striped => Some(ChartPatternFillType::DiagonalStripesWideUpwards),
        Fill::Dotted => Some(ChartPatternFillType::Dotted30Percent),
        _ => None,
    };
    match pattern {
        Some(pattern) => {
            let ink = color(super::INK);
            format.set_pattern_fill(
                ChartPatternFill::new().set_pattern(pattern).set_foreground_color(ink).set_background_color(Color::White),
            );
        }
        None => {
            format.set_solid_fill(ChartSolidFill::new().set_color(color(fill.colors().0)));
        }
    }
    format.set_border(ChartLine::new().set_color(color([0x59, 0x62, 0x70])).set_width(0.75));
    format
}

/// A workbook with the chart's figures and the chart over them, for a document that takes the chart along.
///
/// # Errors
/// The workbook could not be put together.
pub fn workbook_of(chart: &Chart) -> Result<Vec<u8>, XlsxError> {
    const NAME: &str = "图";
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(NAME)?;
    figures(sheet, chart, 0)?;
    sheet.insert_chart(u32::try_from(chart.years.len()).unwrap_or(u32::MAX).saturating_add(3), 0, &native(chart, NAME, 0))?;
    // The clock would make each file another one.
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new().set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1)?),
    );
    workbook.save_to_buffer()
}

/// Writes heads into this row and a row for each year below; returns the last one.
pub(super) fn figures(sheet: &mut Worksheet, chart: &Chart, head_row: u32) -> Result<u32, XlsxError> {
    sheet.write_string(head_row, 0, "年度")?;
    for (col, series) in (1_u16..).zip(&chart.series) {
        sheet.write_string(head_row, col, series.name)?;
    }
    let mut row = head_row;
    for (place, name) in chart.year_names().enumerate() {
        row += 1;
        // As text: a number would be taken for a series of its own.
        sheet.write_string(row, 0, name)?;
        for (no, col) in (0..chart.series.len()).zip(1_u16..) {
            // What is not known stays blank, and the column is left out; a 0 is written.
            if let Some(value) = chart.value(no, place).and_then(|value| value.to_string().parse::<f64>().ok()) {
                sheet.write_number(row, col, value)?;
            }
        }
    }
    Ok(row)
}
