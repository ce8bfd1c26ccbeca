//! A sheet as a Word table with its exact merges.

use std::fmt::Write as _;

use super::run::{paragraph, twips};
use crate::export::paper;
use crate::export::sheet::{Align, Item, Sheet};

/// Writes the sheet in the given width in points.
pub fn write(xml: &mut String, sheet: &Sheet, width: f64) {
    let edges = edges(&paper::column_widths(sheet, width));
    _ = write!(
        xml,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>",
        edges.last().copied().unwrap_or_default()
    );
    _ = write!(xml, "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for col in 0..sheet.widths.len() {
        _ = write!(xml, "<w:gridCol w:w=\"{}\"/>", between(&edges, col, col + 1));
    }
    xml.push_str("</w:tblGrid>");
    for row in 0..sheet.num_rows {
        _ = write!(xml, "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(paper::row_height(sheet)));
        xml.push_str(if row < sheet.head_rows { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
        let mut items: Vec<&Item> = sheet.items.iter().filter(|item| (item.at.0..item.at.0 + item.span.0).contains(&row)).collect();
        items.sort_by_key(|item| item.at.1);
        for item in items {
            cell(xml, sheet, item, row, &edges);
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}

/// Where the columns begin and the last one ends, in whole twentieths of a point, so that merged widths add up exactly.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is some ten thousand twentieths wide")]
fn edges(widths: &[f64]) -> Vec<u32> {
    let mut right = 0.0;
    let ends = widths.iter().map(|width| {
        right += width;
        (right * 20.0).round() as u32
    });
    std::iter::once(0).chain(ends).collect()
}

fn between(edges: &[u32], left: usize, right: usize) -> u32 {
    let edge = |place: usize| edges.get(place).copied().unwrap_or_default();
    edge(right).saturating_sub(edge(left))
}

fn cell(xml: &mut String, sheet: &Sheet, item: &Item, row: usize, edges: &[u32]) {
    let width = between(edges, item.at.1, item.at.1 + item.span.1);
    _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if item.span.1 > 1 {
        _ = write!(xml, "<w:gridSpan w:val=\"{}\"/>", item.span.1);
    }
    let is_first = item.at.0 == row;
    if item.span.0 > 1 {
        xml.push_str(if is_first { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" });
    }
    xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let style = if paper::size(sheet) < paper::SIZE_FIVE { "TableSmall" } else { "TableText" };
    // Rows that belong together stay on one page with the next one; the last is free to end it.
    let keep = if row + 1 < sheet.num_rows && sheet.num_rows <= MAX_KEPT_ROWS { "<w:keepNext/>" } else { "" };
    let align = match item.align {
        Align::Center => "",
        Align::Left => "<w:jc w:val=\"left\"/>",
    };
    paragraph(xml, style, &format!("{keep}{align}"), &if is_first { item.content.words() } else { String::new() });
    xml.push_str("</w:tc>");
}

/// Tables with more rows than this cannot stay on one page.
const MAX_KEPT_ROWS: usize = 30;
