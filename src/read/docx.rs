//! A Word document: paragraphs, and tables with their merges expanded.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{At, Grid, Leaf, Page, Piece, Stretch};

/// Longest document taken, in bytes; ours have a tenth of a megabyte for each hundred pages.
const MAX_BYTES: u64 = 64 << 20;

/// What is said of a document that cannot be read.
fn broken() -> String {
    "文件已经损坏，或者不是 Word 的 .docx 文件".to_owned()
}

/// What stands in a part of the document, `document` itself or a footer, in order. A table inside a table is words of its cell.
///
/// # Errors
/// It is no Word document, or a broken one.
pub fn part(bytes: &[u8], part: &str) -> Result<Page, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_no_container| broken())?;
    let mut text = String::new();
    let part = zip.by_name(&format!("word/{part}.xml")).map_err(|_missing| broken())?;
    part.take(MAX_BYTES).read_to_string(&mut text).map_err(|_broken| broken())?;
    let mut reader = Reader::from_str(&text);
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|_ill_formed| broken())? {
            Event::Start(tag) => document.start(&tag)?,
            Event::Empty(tag) => {
                document.start(&tag)?;
                document.end(tag.name().as_ref());
            }
            Event::End(tag) => document.end(tag.name().as_ref()),
            Event::Text(text) => document.text(&text.xml10_content()),
            Event::GeneralRef(name) => match quick_xml::escape::resolve_predefined_entity(&name) {
                Some(sign) => document.text(sign),
                None => document.strange("不认识的字符引用".to_owned()),
            },
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) => {}
            other => document.strange(format!("文件里有 {other:?}")),
        }
    }
    if document.depth == 0 { Ok(document.page) } else { Err("文件不完整".to_owned()) }
}

/// The document as far as it is read.
#[derive(Default)]
struct Document {
    page: Page,
    depth: usize,
    paragraph: String,
    /// The paragraph only ends a section.
    ends_section: bool,
    in_text: bool,
    table: Option<Table>,
    /// Tables open inside that one.
    num_inner: usize,
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    /// Every cell: first slot, spans, words. A continued merge adds a row to the cell above.
    cells: Vec<(At, (usize, usize), String)>,
    row: usize,
    col: usize,
    cols: usize,
    is_continued: bool,
    words: Vec<String>,
}

impl Document {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        self.depth += 1;
        let value = || -> Result<Option<String>, String> {
            let found = tag.try_get_attribute("w:val").map_err(|_ill_formed| broken())?;
            Ok(found.map(|found| found.value.to_string()))
        };
        match tag.name().as_ref() {
            "w:p" => (self.paragraph, self.ends_section) = (String::new(), false),
            "w:sectPr" => self.ends_section = true,
            "w:t" => self.in_text = true,
            "w:tab" => self.paragraph.push('\t'),
            "w:br" => self.paragraph.push('\n'),
            "w:tbl" if self.table.is_some() => {
                self.num_inner += 1;
                self.strange("表格里有表格".to_owned());
            }
            "w:tbl" => self.table = Some(Table::default()),
            name => {
                if let Some(table) = self.table.as_mut().filter(|_| self.num_inner == 0) {
                    match name {
                        "w:tr" => table.col = 0,
                        "w:tc" => (table.cols, table.is_continued, table.words) = (1, false, Vec::new()),
                        "w:gridSpan" => table.cols = value()?.and_then(|value| value.parse().ok()).ok_or("w:gridSpan")?,
                        "w:vMerge" => table.is_continued = value()?.is_none_or(|value| value == "continue"),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        match name {
            "w:t" => self.in_text = false,
            "w:tbl" if self.num_inner > 0 => self.num_inner -= 1,
            "w:tbl" => {
                if let Some(table) = self.table.take() {
                    self.push(Stretch::Table(table.grid()));
                }
            }
            "w:p" => {
                let words = std::mem::take(&mut self.paragraph);
                match &mut self.table {
                    Some(table) => table.words.push(words),
                    None if self.ends_section => {}
                    None => self.push(Stretch::Text(words)),
                }
            }
            _ => {
                if let Some(table) = self.table.as_mut().filter(|_| self.num_inner == 0) {
                    match name {
                        "w:tr" => table.row += 1,
                        "w:tc" => table.end_cell(),
                        _ => {}
                    }
                }
            }
        }
    }

    fn push(&mut self, what: Stretch) {
        self.page.pieces.push(Piece { on: Leaf::Flow, what });
    }

    fn strange(&mut self, what: String) {
        self.page.strange = Some(what);
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.paragraph.push_str(text);
        }
    }
}

impl Table {
    fn end_cell(&mut self) {
        let (at, words) = ((self.row, self.col), self.words.join("\n"));
        let above = self.cells.iter_mut().rev().find(|(start, span, _)| start.1 == at.1 && span.1 == self.cols && start.0 + span.0 == at.0);
        match above {
            Some((_, span, _)) if self.is_continued && words.is_empty() => span.0 += 1,
            _ => self.cells.push((at, (1, self.cols), words)),
        }
        self.col += self.cols;
    }

    fn grid(self) -> Grid {
        let mut grid = Grid::default();
        for (at, span, words) in self.cells {
            grid.put(at, span, &words);
        }
        grid
    }
}
