//! A PDF of any author: where its characters and lines stand, made into tables and lines of text. Characters that the file does
//! not give a meaning to, and pages that are pictures, are named and not read.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::Page;
use super::pdf_font::Font;
use super::pdf_layout::{Glyph, Layout, Rule};

/// Drawings inside each other.
const MAX_DEPTH: usize = 8;
/// Most pages.
const MAX_PAGES: usize = 300;
/// Most characters of a file.
const MAX_GLYPHS: usize = 400_000;

/// What stands in the file.
///
/// # Errors
/// It is no PDF, has a password, or is a scan.
pub fn page(bytes: &[u8]) -> Result<Page, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|err| match err {
        hayro_syntax::LoadPdfError::Decryption(_) => "这个 PDF 加了密码，请先去掉密码".to_owned(),
        hayro_syntax::LoadPdfError::Invalid => "已经损坏，或者不是 PDF 文件".to_owned(),
    })?;
    let mut layout = Layout::default();
    let (mut num_glyphs, mut num_lost) = (0, 0);
    let mut has_pictures = false;
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let mut painter = Painter::default();
        painter.run(page.operations(), page.resources(), 0);
        num_glyphs += painter.glyphs.len();
        num_lost += painter.num_lost;
        has_pictures |= painter.has_pictures;
        if num_glyphs > MAX_GLYPHS {
            return Err("字太多，不像一份年度报告".to_owned());
        }
        layout.add(painter.glyphs, painter.rules);
    }
    if num_glyphs == 0 && num_lost == 0 {
        return Err(if has_pictures {
            "这个 PDF 是扫描的图片，里面没有文字，读不了；请找 Word 版或网页版".to_owned()
        } else {
            "这个 PDF 里没有文字".to_owned()
        });
    }
    let mut page = layout.page();
    if num_lost > 0 {
        page.strange = Some(format!("有 {num_lost} 个字没有写明是什么字"));
    }
    Ok(page)
}

/// A way of looking at the page: `[a b c d e f]`, as PDF writes it.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

impl Matrix {
    const UNMOVED: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn moved(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [right_x, right_y, up_x, up_y, to_x, to_y] = self.0;
        (x * right_x + y * up_x + to_x, x * right_y + y * up_y + to_y)
    }

    /// First the inner one, then this.
    fn after(self, inner: Self) -> Self {
        let [right_x, right_y, up_x, up_y, to_x, to_y] = inner.0;
        let origin = self.moved((0.0, 0.0));
        let turned = |step: (f64, f64)| {
            let (x, y) = self.moved(step);
            (x - origin.0, y - origin.1)
        };
        let (right, up, to) = (turned((right_x, right_y)), turned((up_x, up_y)), self.moved((to_x, to_y)));
        Self([right.0, right.1, up.0, up.1, to.0, to.1])
    }
}

/// How text is set.
#[derive(Clone, Debug)]
struct Text {
    font: Rc<Font>,
    size: f64,
    between: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

#[derive(Clone, Debug)]
struct State {
    now: Matrix,
    text: Text,
}

/// Marked content.
struct Mark {
    /// Words stand for what is painted there; they are still here until the first of it tells where.
    words: Option<String>,
    has_words: bool,
    /// It is none of the text.
    is_artifact: bool,
}

/// What is painted on a page.
#[derive(Default)]
struct Painter {
    state: State,
    kept: Vec<State>,
    at: Matrix,
    line: Matrix,
    fonts: HashMap<Vec<u8>, Rc<Font>>,
    path: Vec<Vec<(f64, f64)>>,
    /// Marked contents that are open.
    marks: Vec<Mark>,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    num_lost: usize,
    has_pictures: bool,
}

impl Default for Matrix {
    fn default() -> Self {
        Self::UNMOVED
    }
}

impl Default for State {
    fn default() -> Self {
        let text = Text { font: Rc::default(), size: 1.0, between: 0.0, between_words: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 };
        Self { now: Matrix::UNMOVED, text }
    }
}

impl Painter {
    fn run(&mut self, mut operations: UntypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        while let Some(operation) = operations.next() {
            let operands: Vec<Object<'_>> = operation.operands().cloned().collect();
            let n = |place: usize| {
                operands.get(place).and_then(|object| object.clone().into_number()).map_or(0.0, |number: Number| number.as_f64())
            };
            let matrix = || Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
            match &operation.operator[..] {
                b"q" if self.kept.len() < 1000 => self.kept.push(self.state.clone()),
                b"Q" => self.state = self.kept.pop().unwrap_or_default(),
                b"cm" => self.state.now = self.state.now.after(matrix()),
                b"BT" => (self.at, self.line) = (Matrix::UNMOVED, Matrix::UNMOVED),
                b"Tm" => (self.at, self.line) = (matrix(), matrix()),
                b"Td" => self.next_line(n(0), n(1)),
                b"TD" => {
                    self.state.text.leading = -n(1);
                    self.next_line(n(0), n(1));
                }
                b"T*" => self.next_line(0.0, -self.state.text.leading),
                b"TL" => self.state.text.leading = n(0),
                b"Tc" => self.state.text.between = n(0),
                b"Tw" => self.state.text.between_words = n(0),
                b"Tz" => self.state.text.stretch = n(0) / 100.0,
                b"Ts" => self.state.text.rise = n(0),
                b"Tf" => {
                    if let Some(Object::Name(name)) = operands.first() {
                        self.font(name, resources, depth);
                    }
                    self.state.text.size = n(1);
                }
                b"Tj" | b"TJ" => self.show_all(operands.first()),
                b"'" => {
                    self.next_line(0.0, -self.state.text.leading);
                    self.show_all(operands.first());
                }
                b"\"" => {
                    (self.state.text.between_words, self.state.text.between) = (n(0), n(1));
                    self.next_line(0.0, -self.state.text.leading);
                    self.show_all(operands.get(2));
                }
                b"m" => self.path.push(vec![self.state.now.moved((n(0), n(1)))]),
                b"l" => {
                    let to = self.state.now.moved((n(0), n(1)));
                    self.step(to);
                }
                b"c" => {
                    let to = self.state.now.moved((n(4), n(5)));
                    self.step(to);
                }
                b"v" | b"y" => {
                    let to = self.state.now.moved((n(2), n(3)));
                    self.step(to);
                }
                b"h" => self.close(),
                b"re" => {
                    let (x, y, width, height) = (n(0), n(1), n(2), n(3));
                    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                    self.path.push(corners.map(|corner| self.state.now.moved(corner)).to_vec());
                }
                b"S" | b"B" | b"B*" => self.paint(true),
                b"s" | b"b" | b"b*" => {
                    self.close();
                    self.paint(true);
                }
                b"f" | b"F" | b"f*" => self.paint(false),
                b"n" => self.path.clear(),
                b"Do" => {
                    if let Some(Object::Name(name)) = operands.first() {
                        self.drawing(name, resources, depth);
                    }
                }
                b"BI" => self.has_pictures = true,
                b"BMC" => self.marks.push(Mark { words: None, has_words: false, is_artifact: is_artifact(operands.first()) }),
                b"BDC" => self.mark(&operands),
                b"EMC" => {
                    self.marks.pop();
                }
                _ => {}
            }
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix([1.0, 0.0, 0.0, 1.0, x, y]));
        self.at = self.line;
    }

    fn step(&mut self, to: (f64, f64)) {
        if let Some(part) = self.path.last_mut() {
            part.push(to);
        }
    }

    fn close(&mut self) {
        if let Some(part) = self.path.last_mut()
            && let Some(first) = part.first().copied()
        {
            part.push(first);
        }
    }

    /// Fonts inside a drawing are named anew.
    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let mut key = name.as_ref().to_vec();
        key.push(u8::try_from(depth).unwrap_or(u8::MAX));
        if !self.fonts.contains_key(&key) {
            let font = resources.get_font(name).map(|dict: Dict<'_>| Font::new(&dict)).unwrap_or_default();
            self.fonts.insert(key.clone(), Rc::new(font));
        }
        self.state.text.font = self.fonts.get(&key).cloned().unwrap_or_default();
    }

    fn drawing(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(stream): Option<Stream<'_>> = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_str() != "Form") {
            self.has_pictures = true;
            return;
        }
        let (Ok(content), true) = (stream.decoded(), depth < MAX_DEPTH) else { return };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let numbers: Vec<f64> = dict
            .get::<hayro_syntax::object::Array<'_>>("Matrix")
            .map(|matrix| matrix.iter::<Number>().map(|number| number.as_f64()).collect())
            .unwrap_or_default();
        let outer = self.state.clone();
        if let Ok(matrix) = <[f64; 6]>::try_from(numbers) {
            self.state.now = self.state.now.after(Matrix(matrix));
        }
        self.fonts.retain(|key, _| key.last().is_none_or(|level| usize::from(*level) <= depth));
        self.run(UntypedIter::new(&content), own.as_ref().unwrap_or(resources), depth + 1);
        self.state = outer;
    }

    fn show_all(&mut self, object: Option<&Object<'_>>) {
        match object {
            Some(Object::String(text)) => self.show(text.as_bytes()),
            Some(Object::Array(parts)) => {
                for part in parts.iter::<Object<'_>>() {
                    match part {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(back) => {
                            let text = &self.state.text;
                            let by = -back.as_f64() / 1000.0 * text.size * text.stretch;
                            self.at = self.at.after(Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]));
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let text = self.state.text.clone();
        let is_hidden = self.marks.iter().any(|mark| mark.is_artifact || mark.has_words);
        let is_artifact = self.marks.iter().any(|mark| mark.is_artifact);
        for (words, width, is_blank) in text.font.signs(bytes) {
            let whole = self.state.now.after(self.at);
            let on = whole.after(Matrix([text.size * text.stretch, 0.0, 0.0, text.size, 0.0, text.rise]));
            let [right_x, right_y, up_x, up_y, x, y] = on.0;
            let (size, is_turned) = (up_x.hypot(up_y), right_y.abs() > right_x.abs() * 0.05 || right_x < 0.0);
            let advance = width / 1000.0 * text.size + text.between + if is_blank { text.between_words } else { 0.0 };
            let stands_for = self.marks.iter_mut().find_map(|mark| mark.words.take()).filter(|_| !is_artifact && !is_turned);
            if let Some(words) = stands_for {
                self.glyphs.push(Glyph { x, y, width: width / 1000.0 * right_x.abs(), size, words });
            }
            match (words, is_turned || is_hidden) {
                (_, true) => {}
                (Some(words), false) => self.glyphs.push(Glyph { x, y, width: width / 1000.0 * right_x.abs(), size, words }),
                (None, false) => self.num_lost += 1,
            }
            self.at = self.at.after(Matrix([1.0, 0.0, 0.0, 1.0, advance * text.stretch, 0.0]));
        }
    }

    fn mark(&mut self, operands: &[Object<'_>]) {
        let words = match operands.get(1) {
            Some(Object::Dict(dict)) => {
                dict.get::<hayro_syntax::object::String<'_>>("ActualText").map(|text| super::pdf::text_string(text.as_bytes()))
            }
            _ => None,
        };
        let has_words = words.is_some();
        let words = words.filter(|words| !words.is_empty());
        self.marks.push(Mark { words, has_words, is_artifact: is_artifact(operands.first()) });
    }

    /// Lines that were drawn, or surfaces so thin that they are lines.
    fn paint(&mut self, is_stroke: bool) {
        for part in std::mem::take(&mut self.path) {
            let rule = Rule::around(&part);
            if rule.is_thin() {
                self.rules.push(rule);
            } else if is_stroke {
                self.rules.extend(part.windows(2).map(Rule::around).filter(Rule::is_thin));
            }
        }
    }
}

fn is_artifact(name: Option<&Object<'_>>) -> bool {
    matches!(name, Some(Object::Name(name)) if name.as_ref() == b"Artifact")
}
