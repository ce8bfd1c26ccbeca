//! A Word document of any author: text boxes, nested tables, tracked changes and fields as a reader sees them. What was struck out
//! or only stands for older programs is not read; a table inside a table is one of its own.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Grid, Leaf, Page, Piece, Stretch, encoding};

/// Longest part taken, in bytes.
const MAX_BYTES: u64 = 64 << 20;
/// Elements inside each other.
const MAX_DEPTH: usize = 2_000;
/// Tables inside each other; the words of deeper ones run on.
const MAX_NESTED: usize = 16;
/// Widest span.
const MAX_SPAN: usize = 400;
/// Elements whose content is not shown: struck out, moved away, for older programs, fields' own words.
const UNSEEN: [&str; 7] = ["w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:pPrChange", "w:rPrChange"];

/// What stands in the document's body, in order.
///
/// # Errors
/// It is no Word document, or a broken one.
pub fn page(bytes: &[u8]) -> Result<Page, String> {
    let broken = || "已经损坏，或者不是 .docx 文件；请在 Word 或 WPS 里打开，另存为 .docx 再导入".to_owned();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_broken| broken())?;
    let name = body(&mut zip).unwrap_or_else(|| "word/document.xml".to_owned());
    let mut content = Vec::new();
    zip.by_name(&name).map_err(|_broken| broken())?.take(MAX_BYTES).read_to_end(&mut content).map_err(|_broken| broken())?;
    let text = encoding::text(&content);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|_broken| broken())? {
            Event::Start(tag) => document.start(&tag, false)?,
            Event::Empty(tag) => document.start(&tag, true)?,
            Event::End(tag) => document.end(tag.name().as_ref()),
            Event::Text(text) => document.text(&text.xml10_content()),
            Event::CData(text) => document.text(&text.xml10_content()),
            Event::GeneralRef(name) => document.reference(&name),
            Event::Eof => break,
            _ => {}
        }
    }
    while !document.tables.is_empty() {
        document.end_table();
    }
    Ok(document.page)
}

/// The part that is the document's body, by the package's own word.
fn body(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let mut text = String::new();
    zip.by_name("_rels/.rels").ok()?.take(1 << 20).read_to_string(&mut text).ok()?;
    let relation = text.split("<Relationship ").find(|relation| relation.contains("/officeDocument\""))?;
    let target = relation.split_once("Target=\"")?.1.split('"').next()?;
    Some(target.trim_start_matches('/').to_owned())
}

/// The document as far as it is read.
#[derive(Default)]
struct Document {
    page: Page,
    depth: usize,
    /// The depth below which nothing is seen.
    unseen: Option<usize>,
    /// Paragraphs that are open: a text box stands inside of one.
    paragraphs: Vec<String>,
    in_text: bool,
    tables: Vec<Table>,
    num_deeper: usize,
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    row: usize,
    col: usize,
    cols: usize,
    is_continued: bool,
    words: Vec<String>,
}

/// A cell: first slot, spans, words.
struct Cell {
    at: (usize, usize),
    span: (usize, usize),
    words: String,
}

impl Document {
    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), String> {
        let name = tag.name();
        let name = name.as_ref();
        if self.unseen.is_none() {
            self.open(name, tag);
            if UNSEEN.contains(&name) && !is_empty {
                self.unseen = Some(self.depth);
            }
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("文件里一层套一层太深，不像一份年度报告".to_owned());
        }
        if is_empty {
            self.end(name);
        }
        Ok(())
    }

    fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || tag.try_get_attribute("w:val").ok().flatten().map(|value| value.value.to_string());
        let number = || value().and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(0).min(MAX_SPAN);
        match name {
            "w:p" => self.paragraphs.push(String::new()),
            "w:t" | "m:t" => self.in_text = true,
            "w:tab" | "w:ptab" => self.add("\t"),
            "w:br" | "w:cr" => self.add("\n"),
            "w:noBreakHyphen" => self.add("-"),
            "w:tbl" if self.tables.len() >= MAX_NESTED => self.num_deeper += 1,
            "w:tbl" => self.tables.push(Table::default()),
            _ => {
                let Some(table) = self.tables.last_mut().filter(|_| self.num_deeper == 0) else { return };
                match name {
                    "w:tr" => table.col = 0,
                    "w:gridBefore" => table.col += number(),
                    "w:tc" => (table.cols, table.is_continued, table.words) = (1, false, Vec::new()),
                    "w:gridSpan" => table.cols = number().max(1),
                    "w:vMerge" => table.is_continued = value().is_none_or(|value| value == "continue"),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(depth) = self.unseen {
            if depth >= self.depth {
                self.unseen = None;
            }
            return;
        }
        match name {
            "w:t" | "m:t" => self.in_text = false,
            "w:p" => {
                let words = self.paragraphs.pop().unwrap_or_default();
                self.paragraph(words);
            }
            "w:tbl" if self.num_deeper > 0 => self.num_deeper -= 1,
            "w:tbl" => self.end_table(),
            _ => {
                let Some(table) = self.tables.last_mut().filter(|_| self.num_deeper == 0) else { return };
                match name {
                    "w:tr" => table.row += 1,
                    "w:tc" => table.end_cell(),
                    _ => {}
                }
            }
        }
    }

    fn paragraph(&mut self, words: String) {
        match self.tables.last_mut() {
            Some(table) => table.words.push(words),
            None => self.page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Text(words) }),
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let grid = table.grid();
        if let Some(outer) = self.tables.last_mut() {
            outer.words.extend(grid.cells().map(|cell| cell.words.to_owned()));
        }
        if grid.is_cut() {
            self.page.strange = Some("文件里有太大的表格".to_owned());
        }
        self.page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Table(grid) });
    }

    fn add(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(words);
        }
    }

    fn text(&mut self, words: &str) {
        if self.in_text && self.unseen.is_none() {
            self.add(words);
        }
    }

    fn reference(&mut self, name: &str) {
        let number = name.strip_prefix('#').and_then(|code| match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        });
        match (quick_xml::escape::resolve_predefined_entity(name), number.and_then(char::from_u32)) {
            (Some(sign), _) => self.text(sign),
            (None, Some(c)) => self.text(&c.to_string()),
            (None, None) => self.page.strange = Some("文件里有不认识的字符引用".to_owned()),
        }
    }
}

impl Table {
    fn end_cell(&mut self) {
        let (at, words) = ((self.row, self.col), std::mem::take(&mut self.words).join("\n"));
        self.cols = self.cols.max(1);
        let above =
            self.cells.iter_mut().rev().find(|cell| cell.at.1 == at.1 && cell.span.1 == self.cols && cell.at.0 + cell.span.0 == at.0);
        match above {
            // What stands in the lower part of a merge is not shown.
            Some(cell) if self.is_continued => cell.span.0 += 1,
            _ => self.cells.push(Cell { at, span: (1, self.cols), words }),
        }
        self.col += self.cols;
    }

    fn grid(self) -> Grid {
        let mut grid = Grid::default();
        for cell in self.cells {
            grid.put(cell.at, cell.span, &cell.words);
        }
        grid
    }
}
