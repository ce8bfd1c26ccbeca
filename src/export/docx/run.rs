//! Text as Word has it: in paragraphs, in Word's own measure.

use std::fmt::Write as _;

use crate::export::markup::escaped;

/// A paragraph in a named style. The hint has quotation marks and dashes drawn in the Chinese font.
pub(super) fn paragraph(xml: &mut String, style: &str, more: &str, text: &str) {
    _ = write!(xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>");
    if !text.is_empty() {
        let text = escaped(text)
            .replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">")
            .replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        _ = write!(xml, "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    }
    xml.push_str("</w:p>");
}

/// Points as twentieths of a point, which Word counts in.
pub(super) fn twips(points: f64) -> String {
    format!("{:.0}", points * 20.0)
}
