//! Pictures as Word's own charts, each with the little workbook that it can be edited by.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::parts::{RELATION, chart_id, relation, relation_file};
use crate::export::markup::escaped;
use crate::export::sheet::Book;
use crate::export::trend::{Chart, native};

/// Word counts what it draws in this many to a point.
const UNITS: f64 = 12_700.0;

/// Height of a picture over its width: two of them, with sentence and figures, stand on a page.
const HEIGHT: f64 = 0.36;

/// The paragraph with the picture, with what it shows in words for those who do not see it.
pub(super) fn write(xml: &mut String, chart: &Chart, place: usize, width: f64) {
    let (wide, high) = (width * UNITS, width * HEIGHT * UNITS);
    let (name, words, no, id) = (escaped(chart.title), escaped(&chart.words()), place + 1, chart_id(place));
    _ = write!(
        xml,
        "<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/><w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:drawing>\
         <wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{wide:.0}\" cy=\"{high:.0}\"/><wp:docPr id=\"{no}\" name=\"{name}\" descr=\"{words}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"{CHART}\">\
         <c:chart xmlns:c=\"{CHART}\" r:id=\"{id}\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    );
}

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// A label shows its figure and nothing else.
const LABEL: &str = "<c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/>\
                     <c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>";

/// Charts, their workbooks, and what ties them together.
pub(super) fn parts(book: &Book) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut parts = Vec::new();
    for (no, figure) in (1..).zip(&book.pictures) {
        let workbook = native::workbook_of(&figure.chart).map_err(|err| err.to_string())?;
        let mut xml = String::new();
        let mut zip = ZipArchive::new(Cursor::new(&workbook)).map_err(|err| err.to_string())?;
        let part = zip.by_name("xl/charts/chart1.xml").map_err(|err| err.to_string())?;
        part.take(1 << 20).read_to_string(&mut xml).map_err(|err| err.to_string())?;
        let source = "<c:externalData r:id=\"rIdData\"><c:autoUpdate val=\"0\"/></c:externalData><c:printSettings>";
        if !xml.contains("<c:printSettings>") {
            return Err("图里没有 printSettings".to_owned());
        }
        let rels = relation("rIdData", &format!("{RELATION}/package"), &format!("../embeddings/chart{no}.xlsx"));
        // What is not written there Word's readers take for shown.
        let xml = xml.replace("<c:printSettings>", source).replace("<c:showVal val=\"1\"/>", LABEL);
        parts.push((format!("word/charts/chart{no}.xml"), xml.into_bytes()));
        parts.push((format!("word/charts/_rels/chart{no}.xml.rels"), relation_file(&[rels]).into_bytes()));
        parts.push((format!("word/embeddings/chart{no}.xlsx"), workbook));
    }
    Ok(parts)
}
