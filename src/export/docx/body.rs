//! The running document: blocks as paragraphs and tables, sections where the paper turns round.

use std::fmt::Write as _;

use super::chart;
use super::run::{paragraph, twips};
use super::table;
use crate::export::paper::{self, Page};
use crate::export::sheet::{Block, Book, Orientation};
use crate::export::trend;

/// `word/document.xml`.
pub fn document(book: &Book) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>",
    );
    let sections = paper::sections(book);
    for (place, section) in sections.iter().enumerate() {
        let mut below_table = false;
        for (at, block) in section.blocks.iter().enumerate() {
            let is_close = |block: Option<&&Block>| matches!(block, Some(Block::Closing(_)));
            // Name and date stay together.
            let keep = is_close(Some(block)) && is_close(section.blocks.get(at + 1));
            write_block(&mut xml, book, block, &section.page, (below_table, keep));
            below_table = matches!(block, Block::Table(_));
        }
        if place + 1 < sections.len() {
            // The end of a section stands in a paragraph; this one is a point high, so that it makes no page of its own.
            _ = write!(xml, "<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/>{}</w:pPr></w:p>", section_end(&section.page));
        } else {
            xml.push_str(&section_end(&section.page));
        }
    }
    xml + "</w:body></w:document>"
}

/// What follows a table stands half a line below it.
const BELOW_TABLE: &str = "<w:spacing w:before=\"290\"/>";

fn write_block(xml: &mut String, book: &Book, block: &Block, page: &Page, (below_table, keep): (bool, bool)) {
    let more = if below_table { BELOW_TABLE } else { "" };
    match block {
        Block::Title(text) => paragraph(xml, "Title", &title_indent(text, page, paper::measures(book).title), text),
        // What is annexed has a page of its own.
        Block::Heading(1, text) if text == trend::annex::TITLE => paragraph(xml, "Heading1", "<w:pageBreakBefore/>", text),
        Block::Heading(1, text) => paragraph(xml, "Heading1", more, text),
        Block::Heading(_, text) => paragraph(xml, "Heading2", more, text),
        // A line before a long address would be spread over its whole width.
        Block::Paragraph(text) if has_address(text) => paragraph(xml, "BodyText", &format!("{more}<w:jc w:val=\"left\"/>"), text),
        Block::Paragraph(text) => paragraph(xml, "BodyText", more, text),
        Block::Sign(text) => paragraph(xml, "Signature", "", text),
        Block::Closing(text) => paragraph(xml, "Closing", if keep { "<w:keepNext/>" } else { "" }, text),
        Block::Table(place) => {
            if let Some(sheet) = book.sheets.get(*place) {
                table::write(xml, sheet, page.text_width());
            }
        }
        Block::Screen(_) => {}
        Block::Picture(place) => {
            if let Some(figure) = book.pictures.get(*place) {
                chart::write(xml, &figure.chart, *place, page.text_width());
            }
        }
    }
}

/// A run of Latin signs stands in the text that may not fit behind what is before it.
fn has_address(text: &str) -> bool {
    const LONG_WORD: usize = 14;
    text.split(|c: char| !c.is_ascii_graphic()).any(|word| word.len() >= LONG_WORD)
}

/// Margins that have a long part of the title break into lines of like length.
fn title_indent(text: &str, page: &Page, size: f64) -> String {
    let chars = |part: &str| part.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f64>();
    let longest = text.split('\n').map(chars).fold(0.0, f64::max);
    let lines = (longest * size / page.text_width()).ceil();
    if lines < 2.0 {
        return String::new();
    }
    let margin = (page.text_width() - ((longest / lines).ceil() + 0.5) * size) / 2.0;
    format!("<w:ind w:left=\"{0}\" w:right=\"{0}\"/>", twips(margin.max(0.0)))
}

/// Height that the lower edge of a page takes below the type area, in points: 15 mm.
const FOOTER: f64 = 42.5;

/// Paper, margins and page numbers. The order of the elements is the schema's.
fn section_end(page: &Page) -> String {
    let turned = match page.orientation {
        Orientation::Portrait => "",
        Orientation::Landscape => " w:orient=\"landscape\"",
    };
    // Page number and mark stand in the margin below the text, the number 7 mm below it.
    let footer = twips(page.bottom - FOOTER);
    let [width, height, top, right, bottom, left] = [page.width, page.height, page.top, page.right, page.bottom, page.left].map(twips);
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdOdd\"/><w:footerReference w:type=\"even\" r:id=\"rIdEven\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
         <w:cols w:space=\"425\"/></w:sectPr>"
    )
}
