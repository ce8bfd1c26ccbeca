//! The parts of a Word file that do not depend on what is reported: styles, fonts, page numbers, properties.

use super::run::{paragraph, twips};
use crate::export::markup::escaped;
use crate::export::paper::{self, CELL_PADDING, Measures};
use crate::export::sheet::Book;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Every part but the document itself, with its place in the container.
pub fn fixed(book: &Book) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", content_types(book)),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(book)),
        ("docProps/custom.xml", custom(book)),
        ("word/_rels/document.xml.rels", document_relations(book)),
        ("word/styles.xml", styles(paper::measures(book))),
        ("word/fontTable.xml", fonts()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(book, ("right", "w:rightChars=\"100\" w:right=\"280\""), "left")),
        ("word/footer2.xml", footer(book, ("left", "w:leftChars=\"100\" w:left=\"280\""), "right")),
    ]
}

fn content_types(book: &Book) -> String {
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-{kind}+xml\"/>");
    let word = |name: &str, kind: &str| part(&format!("word/{name}.xml"), &format!("officedocument.wordprocessingml.{kind}"));
    let charts: String =
        (1..=book.pictures.len()).map(|no| part(&format!("word/charts/chart{no}.xml"), "officedocument.drawingml.chart")).collect();
    let workbooks = if charts.is_empty() {
        ""
    } else {
        "<Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>"
    };
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{workbooks}{charts}{}{}{}{}{}{}{}{}</Types>",
        word("document", "document.main"),
        word("styles", "styles"),
        word("fontTable", "fontTable"),
        word("settings", "settings"),
        word("footer1", "footer"),
        word("footer2", "footer"),
        part("docProps/core.xml", "package.core-properties"),
        part("docProps/custom.xml", "officedocument.custom-properties"),
    )
}

pub(super) const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(super) fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

pub(super) fn relation_file(relations: &[String]) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        relations.concat()
    )
}

fn relations() -> String {
    relation_file(&[
        relation("rId1", &format!("{RELATION}/officeDocument"), "word/document.xml"),
        relation("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        relation("rId3", &format!("{RELATION}/custom-properties"), "docProps/custom.xml"),
    ])
}

/// The relation of the picture at this place.
pub(super) fn chart_id(place: usize) -> String {
    format!("rIdChart{}", place + 1)
}

fn document_relations(book: &Book) -> String {
    let charts = (0..book.pictures.len())
        .map(|place| relation(&chart_id(place), &format!("{RELATION}/chart"), &format!("charts/chart{}.xml", place + 1)));
    let always = [
        relation("rIdStyles", &format!("{RELATION}/styles"), "styles.xml"),
        relation("rIdFonts", &format!("{RELATION}/fontTable"), "fontTable.xml"),
        relation("rIdSettings", &format!("{RELATION}/settings"), "settings.xml"),
        relation("rIdOdd", &format!("{RELATION}/footer"), "footer1.xml"),
        relation("rIdEven", &format!("{RELATION}/footer"), "footer2.xml"),
    ];
    relation_file(&always.into_iter().chain(charts).collect::<Vec<_>>())
}

fn core(book: &Book) -> String {
    let (title, author, day) = (escaped(&book.title), escaped(&book.author), book.made_on);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
         <dc:language>zh-CN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
}

/// The same hints for reading back that the workbook has.
fn custom(book: &Book) -> String {
    let properties = [("gouji.form", book.form.as_str()), ("gouji.year", &book.year.to_string()), ("gouji.code", &book.code)];
    let property = |(place, (name, value)): (usize, &(&str, &str))| {
        let (id, value) = (place + 2, escaped(value));
        format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{id}\" name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr></property>"
        )
    };
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">{}</Properties>",
        properties.iter().enumerate().map(property).collect::<String>()
    )
}

/// `w:rFonts` of a Chinese font.
fn font(name: &str) -> String {
    format!("<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>")
}

/// Sizes in half points, distances in twentieths of a point. Source: GB/T 9704-2012; table fonts are prescribed nowhere.
fn styles(measures: &Measures) -> String {
    // A trifle closer, so that 28 characters fill the line of 156 mm.
    let close = "<w:spacing w:val=\"-5\"/>";
    let (fang, song, hei, kai) = (font("仿宋_GB2312"), font("宋体"), font("黑体"), font("楷体_GB2312"));
    // Digits of tables half as wide as they are high, whatever stands in for 宋体: where it is missing, figures would be broken.
    let table = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/>";
    let (line, two_lines, two_chars) = (twips(measures.line), twips(2.0 * measures.line), twips(2.0 * measures.text));
    let size = |points: f64| format!("<w:sz w:val=\"{0:.0}\"/><w:szCs w:val=\"{0:.0}\"/>", points * 2.0);
    let text = size(measures.text);
    let indent = format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{two_chars}\"/>");
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        let based = if id == "Normal" { ("w:default=\"1\" ", "") } else { ("", "<w:basedOn w:val=\"Normal\"/>") };
        format!(
            "<w:style w:type=\"paragraph\" {}w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>",
            based.0, based.1
        )
    };
    let styles = [
        style(
            "Normal",
            "Normal",
            &format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/>"),
            &format!("{fang}{text}"),
        ),
        style(
            "Title",
            "Title",
            &format!(
                "<w:keepNext/><w:spacing w:after=\"{line}\" w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
                twips(measures.title_line)
            ),
            &format!("{}{}", font("方正小标宋简体"), size(measures.title)),
        ),
        style("Heading1", "heading 1", &format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"0\"/>"), &hei),
        style("Heading2", "heading 2", &format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"1\"/>"), &kai),
        style("BodyText", "Body Text", &indent, close),
        style(
            "Signature",
            "Signature",
            &format!("<w:keepNext/><w:spacing w:before=\"{line}\" w:after=\"{two_lines}\"/><w:jc w:val=\"left\"/>"),
            "",
        ),
        style(
            "Closing",
            "Closing",
            &format!("<w:keepLines/><w:ind w:rightChars=\"200\" w:right=\"{two_chars}\"/><w:jc w:val=\"right\"/>"),
            "",
        ),
        style(
            "TableText",
            "Table Text",
            "<w:spacing w:line=\"260\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
            &format!("{table}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>"),
        ),
        style(
            "TableSmall",
            "Table Text Small",
            "<w:spacing w:line=\"220\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
            &format!("{table}<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
        ),
        style("SectionEnd", "Section End", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", "<w:sz w:val=\"2\"/>"),
        style(
            "Footer",
            "footer",
            "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>",
            &format!("{song}<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"),
        ),
        style(
            "FooterMark",
            "Footer Mark",
            "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>",
            &format!("{song}<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
        ),
    ];
    format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fang}<w:kern w:val=\"2\"/>{text}\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{}{}</w:styles>",
        styles.concat(),
        table_styles()
    )
}

/// Single rules, and a little room in each cell.
fn table_styles() -> String {
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let padding = twips(CELL_PADDING);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"20\" w:type=\"dxa\"/><w:left w:w=\"{padding}\" w:type=\"dxa\"/><w:bottom w:w=\"20\" w:type=\"dxa\"/><w:right w:w=\"{padding}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    )
}

/// The fonts of GB/T 9704, each with the one that stands in for it where it is missing.
fn fonts() -> String {
    let font = |(name, other): (&str, &str)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/><w:pitch w:val=\"default\"/></w:font>"
        )
    };
    let fonts = [("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋"), ("楷体_GB2312", "楷体"), ("黑体", "SimHei"), ("宋体", "SimSun")];
    format!("{HEAD}<w:fonts {W}>{}</w:fonts>", fonts.map(font).concat())
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"640\"/><w:evenAndOddHeaders/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

/// The page number between dashes, one character away from the outer edge; below it, at the inner edge, the mark of this copy.
fn footer(book: &Book, (side, indent): (&str, &str), inner: &str) -> String {
    let mut mark = String::new();
    paragraph(&mut mark, "FooterMark", &format!("<w:jc w:val=\"{inner}\"/>"), &book.mark());
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/><w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>{mark}</w:ftr>"
    )
}
