//! An OFD file as we write it: lines of text in the body of each page, cells from the frames that are drawn, words go to the
//! cell they stand in. A character whose glyph is another's in the embedded font is refused: what is read is what is seen.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use skrifa::{FontRef, MetadataProvider as _};
use zip::ZipArchive;

use super::Page;
use super::pdf::Content;
use super::pdf_table::Frame;

/// Largest part, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

fn broken() -> String {
    "文件已经损坏，或者不是 OFD".to_owned()
}

/// What stands in the file.
///
/// # Errors
/// It is no OFD, or one that we have not written.
pub fn page(bytes: &[u8]) -> Result<Page, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_no_container| broken())?;
    let root = text_of(&text(&mut zip, "OFD.xml")?, "DocRoot")?.pop().ok_or_else(broken)?;
    let (folder, _) = root.rsplit_once('/').ok_or_else(broken)?;
    let document = text(&mut zip, &root)?;
    let fonts = fonts(&mut zip, folder, &document)?;
    let mut content = Content::default();
    for place in values(&document, "Page", "BaseLoc")? {
        content.new_page();
        let body = text(&mut zip, &format!("{folder}/{place}"))?;
        read_page(&body, &fonts, &mut content)?;
    }
    Ok(content.done())
}

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn part(zip: &mut Zip<'_>, name: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    zip.by_name(name).map_err(|_missing| broken())?.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|_broken| broken())?;
    Ok(bytes)
}

fn text(zip: &mut Zip<'_>, name: &str) -> Result<String, String> {
    String::from_utf8(part(zip, name)?).map_err(|_not_text| broken())
}

/// Walks through a part: begun elements, words, ended elements.
fn walk(xml: &str, mut visit: impl FnMut(Step<'_>) -> Result<(), String>) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_ill_formed| broken())? {
            Event::Start(tag) => {
                depth += 1;
                visit(Step::Begin(&tag))?;
            }
            Event::Empty(tag) => {
                visit(Step::Begin(&tag))?;
                visit(Step::End(tag.local_name().as_ref()))?;
            }
            Event::End(tag) => {
                depth = depth.checked_sub(1).ok_or_else(broken)?;
                visit(Step::End(tag.local_name().as_ref()))?;
            }
            Event::Text(words) => visit(Step::Words(&words.xml10_content()))?,
            Event::GeneralRef(name) => {
                visit(Step::Words(quick_xml::escape::resolve_predefined_entity(&name).ok_or("不认识的字符引用")?))?;
            }
            Event::Decl(_) => {}
            Event::Eof if depth == 0 => return Ok(()),
            other => return Err(format!("文件里有 {other:?}")),
        }
    }
}

/// What is met on a walk.
enum Step<'a> {
    Begin(&'a BytesStart<'a>),
    Words(&'a str),
    End(&'a str),
}

/// The words of every element of this name.
fn text_of(xml: &str, name: &str) -> Result<Vec<String>, String> {
    let (mut found, mut is_in): (Vec<String>, bool) = (Vec::new(), false);
    walk(xml, |step| {
        match step {
            Step::Begin(tag) if tag.local_name().as_ref() == name => {
                is_in = true;
                found.push(String::new());
            }
            Step::Words(words) if is_in => found.last_mut().ok_or_else(broken)?.push_str(words),
            Step::End(ended) if ended == name => is_in = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// An attribute of every element of this name.
fn values(xml: &str, name: &str, attribute: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    walk(xml, |step| {
        if let Step::Begin(tag) = step
            && tag.local_name().as_ref() == name
        {
            found.push(value(tag, attribute)?);
        }
        Ok(())
    })?;
    Ok(found)
}

fn value(tag: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let found = tag.try_get_attribute(name).map_err(|_ill_formed| broken())?;
    found.map(|found| found.value.to_string()).ok_or_else(|| format!("{} 没有 {name}", tag.local_name().as_ref()))
}

/// Lengths in points.
fn lengths(words: &str) -> Result<Vec<f64>, String> {
    let length = |word: &str| word.parse::<f64>().map(|length| length * POINTS).map_err(|_no_number| format!("“{word}”不是长度"));
    words.split_whitespace().map(length).collect()
}

/// Which glyph each character has, by the id of the font.
type FontChars = HashMap<String, HashMap<char, u32>>;

fn fonts(zip: &mut Zip<'_>, folder: &str, document: &str) -> Result<FontChars, String> {
    let mut fonts = HashMap::new();
    for list in text_of(document, "PublicRes")? {
        let list = text(zip, &format!("{folder}/{list}"))?;
        let base = values(&list, "Res", "BaseLoc")?.pop().ok_or_else(broken)?;
        for (id, file) in values(&list, "Font", "ID")?.into_iter().zip(text_of(&list, "FontFile")?) {
            let bytes = part(zip, &format!("{folder}/{base}/{file}"))?;
            let font = FontRef::new(&bytes).map_err(|_no_font| "嵌入的字体读不出来".to_owned())?;
            let chars = font.charmap().mappings().filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph.to_u32())));
            fonts.insert(id, chars.collect());
        }
    }
    Ok(fonts)
}

/// The object that is being read.
#[derive(Default)]
struct Object {
    /// Its upper left corner, in points.
    corner: (f64, f64),
    font: String,
    start: (f64, f64),
    words: String,
    glyphs: String,
    data: String,
}

fn read_page(xml: &str, fonts: &FontChars, content: &mut Content) -> Result<(), String> {
    let (mut is_body, mut inside, mut object) = (false, String::new(), Object::default());
    walk(xml, |step| {
        match step {
            Step::Begin(tag) => {
                tag.local_name().as_ref().clone_into(&mut inside);
                match &*inside {
                    "Layer" => is_body = value(tag, "Type")? == "Body",
                    "TextObject" | "PathObject" => object = Object::begin(tag, is_body)?,
                    "TextCode" => {
                        let [x, y] = ["X", "Y"].map(|name| value(tag, name).and_then(|words| lengths(&words)));
                        object.start = (first(&x?)?, first(&y?)?);
                    }
                    "Page" | "Area" | "PhysicalBox" | "Content" | "FillColor" | "StrokeColor" | "CGTransform" | "Glyphs"
                    | "AbbreviatedData" => {}
                    other => return Err(format!("页面里有不认识的内容 {other}")),
                }
            }
            Step::Words(words) => match &*inside {
                "TextCode" => object.words.push_str(words),
                "Glyphs" => object.glyphs.push_str(words),
                "AbbreviatedData" => object.data.push_str(words),
                _ => {}
            },
            Step::End("TextObject") => {
                object.is_drawn_as_it_says(fonts)?;
                let (x, y) = (object.corner.0 + object.start.0, object.corner.1 + object.start.1);
                content.words((x, -y), &object.words, is_body);
            }
            Step::End("PathObject") if is_body => content.frame(Frame::around(&object.points()?)),
            Step::End(_) => inside.clear(),
        }
        Ok(())
    })
}

fn first(lengths: &[f64]) -> Result<f64, String> {
    lengths.first().copied().ok_or_else(broken)
}

impl Object {
    fn begin(tag: &BytesStart<'_>, is_body: bool) -> Result<Self, String> {
        let area = lengths(&value(tag, "Boundary")?)?;
        let is_turned = tag.try_get_attribute("CTM").map_err(|_ill_formed| broken())?.is_some();
        if is_turned && is_body {
            return Err("正文里有转过方向的内容".to_owned());
        }
        let font = if tag.local_name().as_ref() == "TextObject" { value(tag, "Font")? } else { String::new() };
        Ok(Self { corner: (first(&area)?, area.get(1).copied().ok_or_else(broken)?), font, ..Self::default() })
    }

    /// The glyphs that are drawn are those of the characters that are said.
    fn is_drawn_as_it_says(&self, fonts: &FontChars) -> Result<(), String> {
        let chars = fonts.get(&self.font).ok_or("没有这个字体")?;
        let said = self.words.chars().map(|c| chars.get(&c).map(ToString::to_string));
        let is_same = said.eq(self.glyphs.split_whitespace().map(|glyph| Some(glyph.to_owned())));
        if is_same { Ok(()) } else { Err(format!("“{}”的字形与文字不一致", self.words)) }
    }

    /// The points of its lines, counted upwards.
    fn points(&self) -> Result<Vec<(f64, f64)>, String> {
        let numbers: Vec<&str> = self.data.split_whitespace().filter(|word| !matches!(*word, "M" | "L" | "C")).collect();
        let numbers = lengths(&numbers.join(" "))?;
        let point = |pair: &[f64]| match pair {
            [x, y] => Ok((self.corner.0 + x, -(self.corner.1 + y))),
            _ => Err(broken()),
        };
        numbers.chunks(2).map(point).collect()
    }
}
