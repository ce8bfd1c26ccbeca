//! Statutory tables as other programs write them: a web page, the same pasted from Word, a Word document, a workbook, and text whose
//! borders are lost. Built by hand in the shape that these programs give them, so that no program is needed.

use std::collections::HashMap;
use std::io::Write as _;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::damage::{Cell, Tables};

/// A kind of file that tables are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Html,
    WordHtml,
    Docx,
    Xlsx,
    Text,
}

/// Every kind.
pub const ALL: [Written; 5] = [Written::Html, Written::WordHtml, Written::Docx, Written::Xlsx, Written::Text];

impl Written {
    /// The ending of its name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html | Self::WordHtml => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Text => "txt",
        }
    }

    /// The tables as such a file.
    pub fn file(self, tables: &Tables, title: &str) -> Vec<u8> {
        match self {
            Self::Html => tables.page(title).into_bytes(),
            Self::WordHtml => word_html(tables, title).into_bytes(),
            Self::Docx => docx(tables, title),
            Self::Xlsx => xlsx(tables, title),
            Self::Text => text(tables, title).into_bytes(),
        }
    }
}

type At = (usize, usize);

/// Where the cells of a table come to stand, as browsers place them; the first slot of the cell over each slot.
fn placed(table: &[Vec<Cell>]) -> (Vec<(At, &Cell)>, HashMap<At, At>) {
    let (mut cells, mut cover) = (Vec::new(), HashMap::new());
    for (row, line) in table.iter().enumerate() {
        let mut col = 0;
        for cell in line {
            while cover.contains_key(&(row, col)) {
                col += 1;
            }
            for below in 0..cell.span.0 {
                for right in 0..cell.span.1 {
                    cover.entry((row + below, col + right)).or_insert((row, col));
                }
            }
            cells.push(((row, col), cell));
            col += cell.span.1;
        }
    }
    (cells, cover)
}

/// As Word puts it on the clipboard and editors of web sites keep it: classes, styles, empty paragraphs, namespaced tags.
fn word_html(tables: &Tables, title: &str) -> String {
    let words = |words: &str| match words {
        "" => "<span lang=\"EN-US\" style=\"font-size:9.0pt\"><o:p>&nbsp;</o:p></span>".to_owned(),
        words => {
            let half = words.char_indices().nth(words.chars().count() / 2).map_or(0, |(at, _)| at);
            let (one, other) = words.split_at(half);
            let span = "<span style=\"font-size:9.0pt;font-family:宋体;mso-bidi-font-family:宋体;mso-font-kerning:0pt\">";
            format!("{span}{one}</span>{span}{other}</span><span lang=\"EN-US\"><o:p></o:p></span>")
        }
    };
    let cell = |cell: &Cell| {
        format!(
            "<td width=\"{}\" rowspan=\"{}\" colspan=\"{}\" style='width:51.3pt;border:solid windowtext 1.0pt;mso-border-alt:solid \
             windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>\n<p class=\"MsoNormal\" align=\"center\" style='mso-pagination:widow-orphan'>{}</p>\n</td>",
            68 * cell.span.1,
            cell.span.0,
            cell.span.1,
            words(&cell.words)
        )
    };
    let row = |row: &Vec<Cell>| {
        format!(
            "<tr style='mso-yfti-irow:1;height:19.85pt'>\n{}\n<![if !supportMisalignedRows]><td style='height:19.85pt;border:none' width=\"0\" height=\"26\"></td><![endif]>\n</tr>\n",
            row.iter().map(cell).collect::<Vec<_>>().join("\n")
        )
    };
    let table = |table: &Vec<Vec<Cell>>| {
        format!(
            "<p class=\"MsoNormal\"><b><span style='font-family:黑体'>表</span></b></p>\n<div align=\"center\"><table class=\"MsoNormalTable\" \
             border=\"1\" cellspacing=\"0\" cellpadding=\"0\" style='border-collapse:collapse'><tbody>{}</tbody></table></div>\n<p class=\"MsoNormal\"><span lang=\"EN-US\"><o:p>&nbsp;</o:p></span></p>\n",
            table.iter().map(row).collect::<String>()
        )
    };
    format!(
        "<div class=\"WordSection1\"><p class=\"MsoNormal\" align=\"center\"><span style='font-size:22.0pt'>{title}<span lang=\"EN-US\"><o:p></o:p></span></span></p>{}</div>",
        tables.0.iter().map(table).collect::<String>()
    )
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A package with these parts.
pub fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with this body.
pub fn document(body: &str) -> Vec<u8> {
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{kind}\" Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>");
    package(&[("_rels/.rels", relations), ("word/document.xml", document)])
}

/// Merged as Word merges: `gridSpan` to the right, `vMerge` down.
fn docx(tables: &Tables, title: &str) -> Vec<u8> {
    let paragraph = |words: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(words));
    let mut body = paragraph(title);
    for table in &tables.0 {
        body += &paragraph("表");
        body += "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/></w:tblPr><w:tblGrid/>";
        let (cells, cover) = placed(table);
        let cells: HashMap<At, &Cell> = cells.into_iter().collect();
        let num_rows = table.len();
        let num_cols = cover.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
        for row in 0..num_rows {
            body += "<w:tr>";
            let mut col = 0;
            while col < num_cols {
                let Some(start) = cover.get(&(row, col)) else {
                    // Word has no holes: an empty cell, unless nothing follows.
                    if (col..num_cols).any(|right| cover.contains_key(&(row, right))) {
                        body.extend(["<w:tc>", &paragraph(""), "</w:tc>"]);
                    }
                    col += 1;
                    continue;
                };
                let cell = cells[start];
                let cols = (col..num_cols).take_while(|right| cover.get(&(row, *right)) == Some(start)).count();
                let span = if cols > 1 { format!("<w:gridSpan w:val=\"{cols}\"/>") } else { String::new() };
                let (merge, words) = match (start.0 == row, cell.span.0 > 1) {
                    (true, true) => ("<w:vMerge w:val=\"restart\"/>", &*cell.words),
                    (false, _) => ("<w:vMerge/>", ""),
                    (true, false) => ("", &*cell.words),
                };
                body.extend(["<w:tc><w:tcPr>", &span, merge, "</w:tcPr>", &paragraph(words), "</w:tc>"]);
                col += cols;
            }
            body += "</w:tr>";
        }
        body += "</w:tbl>";
    }
    document(&body)
}

/// All tables on one sheet below each other, as offices keep them; figures as numbers, some as text.
fn xlsx(tables: &Tables, title: &str) -> Vec<u8> {
    let (mut workbook, format) = (Workbook::new(), Format::new());
    let sheet = workbook.add_worksheet();
    sheet.write_string(1, 1, title).unwrap();
    let mut top = 3;
    for table in &tables.0 {
        let (cells, cover) = placed(table);
        for (at, cell) in cells {
            let (row, col) = (top + at.0, 1 + at.1);
            let is_whole = || {
                (0..cell.span.0).all(|below| (0..cell.span.1).all(|right| cover.get(&(at.0 + below, at.1 + right)) == Some(&at)))
                    && at.0 + cell.span.0 <= table.len()
            };
            if cell.span != (1, 1) && is_whole() {
                let (end_row, end_col) = (row + cell.span.0 - 1, col + cell.span.1 - 1);
                sheet.merge_range(short(row), narrow(col), short(end_row), narrow(end_col), "", &format).unwrap();
            }
            put(sheet, row, col, cell);
        }
        top += table.len() + 2;
    }
    workbook.save_to_buffer().unwrap()
}

fn put(sheet: &mut Worksheet, row: usize, col: usize, cell: &Cell) {
    match cell.words.parse::<u32>().ok().filter(|_| cell.is_figure && !row.is_multiple_of(5)) {
        Some(number) => drop(sheet.write_number(short(row), narrow(col), number).unwrap()),
        None if cell.words.is_empty() => {}
        None => drop(sheet.write_string(short(row), narrow(col), &cell.words).unwrap()),
    }
}

fn short(row: usize) -> u32 {
    u32::try_from(row).unwrap()
}

fn narrow(col: usize) -> u16 {
    u16::try_from(col).unwrap()
}

/// Rows as text is taken out of a table: words and figures run together.
fn text(tables: &Tables, title: &str) -> String {
    let rows = tables.0.iter().flat_map(|table| table.iter());
    let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.words.replace('\n', "")).collect::<String>() + "\n";
    format!("{title}\n{}", rows.map(row).collect::<String>())
}
