//! A PDF: the operators of each page are followed, characters come from the fonts' own tables of
//! Unicode values, cells from the frames that are drawn, words go to the cell they stand in.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Number, Object, Stream};
use hayro_syntax::page::Page;

use super::pdf_table::{Cells, Frame};
use super::{Leaf, Piece, Stretch};
use crate::model::is_invisible;

/// What stands in the file.
///
/// # Errors
/// It is no PDF, or one whose characters are not understood, or has pictures, which may cover figures.
pub fn page(bytes: &[u8]) -> Result<super::Page, String> {
    read(bytes, false)
}

/// The words of a file that may have pictures among what is none of its text: the manual.
///
/// # Errors
/// As for [`page`], but for such pictures.
pub fn illustrated(bytes: &[u8]) -> Result<super::Page, String> {
    read(bytes, true)
}

fn read(bytes: &[u8], may_have_pictures: bool) -> Result<super::Page, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_broken| "文件已经损坏，或者不是 PDF".to_owned())?;
    let mut content = Content::default();
    for page in pdf.pages().iter() {
        content.new_page();
        read_page(page, may_have_pictures, &mut content)?;
    }
    Ok(content.done())
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Content {
    page: super::Page,
    /// The table that is being read, and the page it begins on; it may go on over pages.
    table: Option<(usize, Cells)>,
    /// How far down the last words stand, in points; words at the same height are one line.
    height: f64,
}

impl Content {
    /// What follows stands on the next page.
    pub(super) fn new_page(&mut self) {
        self.page.edges.push(String::new());
        if let Some((_, table)) = &mut self.table {
            table.new_page();
        }
    }

    /// All of it, once the last page is read.
    pub(super) fn done(mut self) -> super::Page {
        self.end_table();
        self.page
    }

    /// Words that begin here, counted upwards: the report's, or at the page's edge.
    pub(super) fn words(&mut self, at: (f64, f64), words: &str, is_report: bool) {
        if is_report {
            self.text(at, words);
        } else if let Some(edge) = self.page.edges.last_mut() {
            edge.push_str(words);
        }
    }

    fn text(&mut self, at: (f64, f64), text: &str) {
        if self.table.as_mut().is_some_and(|(_, table)| table.put(at, text)) || !text.chars().any(is_seen) {
            return;
        }
        self.end_table();
        let on = Leaf::Page(self.page.edges.len());
        let is_same_line = (at.1 - self.height).abs() < SAME_LINE;
        match self.page.pieces.last_mut() {
            Some(Piece { on: last, what: Stretch::Text(line) }) if is_same_line && *last == on => line.push_str(text),
            _ => self.page.pieces.push(Piece { on, what: Stretch::Text(text.to_owned()) }),
        }
        self.height = at.1;
    }

    /// A cell's frame.
    pub(super) fn frame(&mut self, frame: Frame) {
        let page = self.page.edges.len();
        self.table.get_or_insert_with(|| (page, Cells::default())).1.add(frame);
    }

    fn end_table(&mut self) {
        let table = self.table.take().map(|(page, cells)| Piece { on: Leaf::Page(page), what: Stretch::Table(cells.grid()) });
        self.page.pieces.extend(table);
    }
}

fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c)
}

/// Words less than this far above each other, in points, stand on one line.
const SAME_LINE: f64 = 2.0;

/// A way of looking at the page: where a step to the right, a step up, and the origin come to lie.
#[derive(Clone, Copy)]
struct Matrix {
    right: (f64, f64),
    up: (f64, f64),
    origin: (f64, f64),
}

impl Matrix {
    const UNMOVED: Self = Self { right: (1.0, 0.0), up: (0.0, 1.0), origin: (0.0, 0.0) };

    fn new(numbers: [Number; 6]) -> Self {
        let [right_x, right_y, up_x, up_y, x, y] = numbers.map(|number| number.as_f64());
        Self { right: (right_x, right_y), up: (up_x, up_y), origin: (x, y) }
    }

    fn turned(self, (x, y): (f64, f64)) -> (f64, f64) {
        (x * self.right.0 + y * self.up.0, x * self.right.1 + y * self.up.1)
    }

    fn moved(self, at: (f64, f64)) -> (f64, f64) {
        let (x, y) = self.turned(at);
        (x + self.origin.0, y + self.origin.1)
    }

    /// First the other one, then this one.
    fn after(self, inner: Self) -> Self {
        Self { right: self.turned(inner.right), up: self.turned(inner.up), origin: self.moved(inner.origin) }
    }
}

/// Where the painter stands on a page.
struct Painter<'a> {
    now: Matrix,
    kept: Vec<Matrix>,
    text: Matrix,
    font: HashMap<u16, String>,
    fonts: HashMap<Vec<u8>, HashMap<u16, String>>,
    /// Marked contents that are open: what they say in other words, and whether they are none of the report's.
    marked: Vec<(Option<String>, bool)>,
    path: Vec<(f64, f64)>,
    content: &'a mut Content,
}

fn read_page(page: &Page<'_>, may_have_pictures: bool, content: &mut Content) -> Result<(), String> {
    let mut painter = Painter {
        now: Matrix::UNMOVED,
        kept: Vec::new(),
        text: Matrix::UNMOVED,
        font: HashMap::new(),
        fonts: HashMap::new(),
        marked: Vec::new(),
        path: Vec::new(),
        content,
    };
    let mut operations = page.typed_operations();
    while let Some(op) = operations.next() {
        match op {
            Op::SaveState(_) => painter.kept.push(painter.now),
            Op::RestoreState(_) => painter.now = painter.kept.pop().ok_or("Q 没有 q")?,
            Op::Transform(m) => painter.now = painter.now.after(Matrix::new([m.0, m.1, m.2, m.3, m.4, m.5])),
            Op::BeginText(_) => painter.text = Matrix::UNMOVED,
            Op::SetTextMatrix(m) => painter.text = Matrix::new([m.0, m.1, m.2, m.3, m.4, m.5]),
            Op::TextFont(font) => {
                let name: &[u8] = font.0.as_ref();
                if !painter.fonts.contains_key(name) {
                    let dict = page.resources().get_font(font.0).ok_or("没有这个字体")?;
                    painter.fonts.insert(name.to_vec(), unicode(&dict)?);
                }
                painter.font = painter.fonts.get(name).cloned().unwrap_or_default();
            }
            Op::ShowText(text) => painter.show(text.0.as_bytes())?,
            Op::ShowTexts(texts) => {
                let bytes: Vec<u8> =
                    texts.0.iter::<Object<'_>>().filter_map(Object::into_string).flat_map(|part| part.as_bytes().to_vec()).collect();
                painter.show(&bytes)?;
            }
            Op::BeginMarkedContent(mark) => painter.mark(mark.0.as_ref(), None),
            Op::BeginMarkedContentWithProperties(mark) => painter.mark(mark.0.as_ref(), Some(mark.1)),
            Op::EndMarkedContent(_) => painter.unmark()?,
            Op::MoveTo(to) => painter.path = vec![painter.now.moved((to.0.as_f64(), to.1.as_f64()))],
            Op::LineTo(to) => painter.path.push(painter.now.moved((to.0.as_f64(), to.1.as_f64()))),
            Op::RectPath(rect) => {
                let [x, y, width, height] = [rect.0, rect.1, rect.2, rect.3].map(|number| number.as_f64());
                painter.path = [(x, y), (x + width, y + height)].map(|corner| painter.now.moved(corner)).to_vec();
            }
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => painter.stroke(),
            Op::XObject(_) if may_have_pictures && painter.is_furniture() => {}
            Op::XObject(_) | Op::InlineImage(_) | Op::NextLine(_) | Op::Fallback(_) => return Err("页面里有不认识的内容".to_owned()),
            _ => {}
        }
    }
    Ok(())
}

impl Painter<'_> {
    fn is_furniture(&self) -> bool {
        self.marked.iter().any(|(_, furniture)| *furniture)
    }

    fn at(&self) -> (f64, f64) {
        self.now.after(self.text).origin
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), String> {
        // Words that stand for this text were taken when the mark was opened.
        if self.marked.iter().any(|(words, _)| words.is_some()) {
            return Ok(());
        }
        let mut text = String::new();
        for code in bytes.chunks(2) {
            let [high, low] = code else { return Err("字符代码不完整".to_owned()) };
            text.push_str(self.font.get(&u16::from_be_bytes([*high, *low])).ok_or("有的字没有 Unicode 值")?);
        }
        self.put(&text);
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.content.words(self.at(), text, !self.is_furniture());
    }

    fn mark(&mut self, name: &[u8], properties: Option<&Object<'_>>) {
        let words = match properties {
            Some(Object::Dict(dict)) => dict.get::<hayro_syntax::object::String<'_>>("ActualText").map(|text| text_string(text.as_bytes())),
            _ => None,
        };
        self.marked.push((words, name == b"Artifact"));
    }

    fn unmark(&mut self) -> Result<(), String> {
        let (words, _) = self.marked.pop().ok_or("EMC 没有 BMC")?;
        if let Some(words) = words {
            self.put(&words);
        }
        Ok(())
    }

    fn stroke(&mut self) {
        let path = std::mem::take(&mut self.path);
        if !path.is_empty() && !self.is_furniture() {
            self.content.frame(Frame::around(&path));
        }
    }
}

/// A PDF text string: UTF-16 after its mark, otherwise Latin.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => utf16(units),
        None => bytes.iter().copied().map(char::from).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte))).collect();
    String::from_utf16_lossy(&units)
}

/// The font's own table from character codes to text, `beginbfchar` and `beginbfrange`.
fn unicode(font: &Dict<'_>) -> Result<HashMap<u16, String>, String> {
    let stream: Stream<'_> = font.get("ToUnicode").ok_or("字体没有 Unicode 表")?;
    let text = stream.decoded().map_err(|_broken| "其中的内容解不开".to_owned())?;
    let text = String::from_utf8_lossy(&text);
    let mut table = HashMap::new();
    for (begin, end, is_range) in [("beginbfchar", "endbfchar", false), ("beginbfrange", "endbfrange", true)] {
        for block in text.split(begin).skip(1) {
            let block = block.split(end).next().unwrap_or_default();
            let mut codes = block.split(['<', '>']).map(str::trim).filter(|part| !part.is_empty());
            while let Some(first) = codes.next() {
                let last = if is_range { codes.next() } else { Some(first) };
                let (Some(first), Some(last), Some(words)) = (code(first), last.and_then(code), codes.next().and_then(hex)) else {
                    return Err("字体的 Unicode 表读不出来".to_owned());
                };
                for code in first..=last {
                    let words = utf16(&words);
                    let shifted = |c: char| char::from_u32(u32::from(c) + u32::from(code - first)).unwrap_or(c);
                    table.insert(code, if first == last { words } else { words.chars().map(shifted).collect() });
                }
            }
        }
    }
    Ok(table)
}

fn code(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits, 16).ok()
}

fn hex(digits: &str) -> Option<Vec<u8>> {
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
