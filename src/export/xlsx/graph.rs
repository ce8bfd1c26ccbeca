//! A list of names and figures as the spreadsheet's own chart: it stays editable, and follows its cells.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartType, Worksheet, XlsxError};

use super::put::cell;
use super::spot;
use crate::export::sheet::{Graph, Sheet};
use crate::export::trend::Fill;
use crate::export::trend::native::{MAX_ALT, format};

/// Size of a lying chart, and of a standing one, in pixels.
const LYING: (u32, u32) = (320, 375);
const STANDING: (u32, u32) = (206, 250);

/// How far it stands off its corner, in pixels: on paper none shows above the page it begins.
const OFF: u32 = 4;

/// Draws it beside its figures.
pub fn insert(worksheet: &mut Worksheet, sheet: &Sheet, graph: &Graph) -> Result<(), XlsxError> {
    let head = spot::first_row(sheet);
    let (first, names) = cell((head + graph.first.0, graph.first.1))?;
    let (last, figures) = cell((head + graph.first.0 + graph.values.len().saturating_sub(1), graph.first.1 + 1))?;
    let mut chart = Chart::new(if graph.is_lying { ChartType::Bar } else { ChartType::Column });
    let series = chart.add_series();
    series.set_categories((&*sheet.name, first, names, last, names)).set_values((&*sheet.name, first, figures, last, figures));
    series.set_format(&mut format(Fill::Middle)).set_gap(40);
    series.set_data_label(ChartDataLabel::new().show_value());
    chart.title().set_name(&graph.title).set_font(rust_xlsxwriter::ChartFont::new().set_size(11));
    chart.legend().set_hidden();
    let small = rust_xlsxwriter::ChartFont::new().set_size(8).clone();
    if graph.is_lying {
        // Lying bars have their names on the other axis; the first on top, as in the list.
        chart.y_axis().set_reverse().set_font(&small);
        chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    } else {
        // Long names break into lines; left to itself the spreadsheet turns them sideways.
        chart.x_axis().set_font(small.clone().set_rotation(0));
        chart.y_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    }
    let (width, height) = if graph.is_lying { LYING } else { STANDING };
    let words: String = graph.title.chars().chain("。各数在左边的列里。".chars()).take(MAX_ALT).collect();
    chart.set_alt_text(words).set_width(width).set_height(height);
    let (row, col) = cell((head + graph.corner.0, graph.corner.1))?;
    worksheet.insert_chart_with_offset(row, col, &chart, OFF, OFF)?;
    Ok(())
}

/// On paper each indicator, which begins with lying bars, has a page of its own.
pub fn page_breaks(worksheet: &mut Worksheet, sheet: &Sheet, graphs: &[&Graph]) -> Result<(), XlsxError> {
    let head = spot::first_row(sheet);
    let firsts = graphs.iter().filter(|graph| graph.is_lying && graph.corner.0 > 0);
    let rows: Vec<u32> = firsts.map(|graph| cell((head + graph.corner.0, 0)).map(|(row, _)| row)).collect::<Result<_, _>>()?;
    if !rows.is_empty() {
        worksheet.set_page_breaks(&rows)?;
    }
    Ok(())
}
