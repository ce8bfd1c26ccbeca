//! What the characters of a PDF's fonts mean and how wide they are.

use std::collections::HashMap;

use encoding_rs::GB18030;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

/// A font.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Bytes of a character: two for the fonts of Chinese text.
    bytes: usize,
    /// Its own table from characters to text.
    unicode: HashMap<u32, String>,
    /// What characters mean where that table is silent.
    other: Meaning,
    widths: HashMap<u32, f64>,
    /// Width of the others.
    width: f64,
}

/// What characters mean by themselves.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Meaning {
    #[default]
    Unknown,
    /// One byte, Latin.
    Latin,
    /// Two bytes, UTF-16.
    Utf16,
    /// GBK, one or two bytes; read as GB18030.
    Gbk,
}

/// A character: what it means (`None`: the file does not say), how wide in thousandths, and whether it is a blank of one byte.
pub(super) type Sign = (Option<String>, f64, bool);

/// Characters of a range that are taken; a broken table may promise more.
const MAX_RANGE: u32 = 0x1_0000;

impl Font {
    pub fn new(dict: &Dict<'_>) -> Self {
        let unicode =
            dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| stream.decoded().ok().map(|text| table(&text))).unwrap_or_default();
        let encoding = dict.get::<Name<'_>>("Encoding").map(|name| name.as_str().to_owned()).unwrap_or_default();
        if dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Type0") {
            let other = match &*encoding {
                name if name.starts_with("UniGB-U") || name.starts_with("UniGB-UTF16") => Meaning::Utf16,
                name if name.starts_with("GB") => Meaning::Gbk,
                _ => Meaning::Unknown,
            };
            let inner = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            let width = inner.as_ref().and_then(|inner| inner.get::<Number>("DW")).map_or(1000.0, |width| width.as_f64());
            let widths = inner.and_then(|inner| inner.get::<Array<'_>>("W")).map(|array| widths(&array)).unwrap_or_default();
            return Self { bytes: 2, unicode, other, widths, width };
        }
        let first = dict.get::<Number>("FirstChar").map_or(0, |number| number.as_i64());
        let all = dict.get::<Array<'_>>("Widths").map(|array| array.iter::<Number>().map(|width| width.as_f64()).collect::<Vec<_>>());
        let widths = all
            .unwrap_or_default()
            .into_iter()
            .zip(first..=i64::MAX)
            .filter_map(|(width, code)| Some((u32::try_from(code).ok()?, width)))
            .collect();
        let has_names = dict.get::<Dict<'_>>("Encoding").is_some_and(|dict| dict.contains_key("Differences"));
        let other = if has_names { Meaning::Unknown } else { Meaning::Latin };
        Self { bytes: 1, unicode, other, widths, width: 500.0 }
    }

    /// The characters of a string.
    pub fn signs(&self, bytes: &[u8]) -> Vec<Sign> {
        let mut signs = Vec::new();
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let len = match self.other {
                Meaning::Gbk if *first < 0x81 => 1,
                _ => self.bytes.max(1),
            };
            let (code, after) = rest.split_at(len.min(rest.len()));
            rest = after;
            let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
            let width = self.widths.get(&number).copied().unwrap_or(self.width);
            let words = self.unicode.get(&number).cloned().or_else(|| self.meaning(number, code));
            signs.push((words, width, code == [32]));
        }
        signs
    }

    fn meaning(&self, number: u32, code: &[u8]) -> Option<String> {
        match self.other {
            Meaning::Unknown => None,
            Meaning::Latin | Meaning::Utf16 => char::from_u32(number).map(String::from),
            Meaning::Gbk => GB18030.decode_without_bom_handling_and_without_replacement(code).map(std::borrow::Cow::into_owned),
        }
    }
}

/// `/W`: `1 [500 600] 10 20 1000`.
fn widths(array: &Array<'_>) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let mut pending: Vec<f64> = Vec::new();
    for object in array.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => pending.push(number.as_f64()),
            Object::Array(list) => {
                let first = pending.pop().map_or(0, code);
                widths.extend(list.iter::<Number>().zip(first..=u32::MAX).map(|(width, code)| (code, width.as_f64())));
                pending.clear();
            }
            _ => pending.clear(),
        }
        if let [first, last, width] = pending.as_slice() {
            let (first, last) = (code(*first), code(*last));
            widths.extend((first..=last.min(first.saturating_add(MAX_RANGE))).map(|code| (code, *width)));
            pending.clear();
        }
    }
    widths
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn code(number: f64) -> u32 {
    number.clamp(0.0, 65_535.0) as u32
}

/// The font's table, `beginbfchar` and `beginbfrange`.
fn table(text: &[u8]) -> HashMap<u32, String> {
    let text = String::from_utf8_lossy(text);
    let mut table = HashMap::new();
    for block in text.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap_or_default();
        let codes: Vec<&str> = strings(block);
        for pair in codes.chunks(2) {
            if let [from, to] = pair
                && let Some(from) = hex(from)
            {
                table.insert(from, utf16(to));
            }
        }
    }
    for block in text.split("beginbfrange").skip(1) {
        range(block.split("endbfrange").next().unwrap_or_default(), &mut table);
    }
    table
}

/// `<20> <7e> <0020>` or `<20> <21> [<0020> <0041>]`.
fn range(block: &str, table: &mut HashMap<u32, String>) {
    let mut rest = block;
    while let Some((from, after)) = string(rest) {
        let Some((to, after)) = string(after) else { return };
        let (Some(from), Some(to)) = (hex(from), hex(to)) else { return };
        let to = to.min(from.saturating_add(MAX_RANGE));
        if let Some(list) = after.trim_start().strip_prefix('[') {
            let (inner, after) = list.split_once(']').unwrap_or((list, ""));
            for (code, words) in (from..=to).zip(strings(inner)) {
                table.insert(code, utf16(words));
            }
            rest = after;
        } else {
            let Some((first, after)) = string(after) else { return };
            let first = utf16(first);
            let shifted = |by: u32| -> String {
                let mut chars: Vec<char> = first.chars().collect();
                if let Some(last) = chars.last_mut() {
                    *last = char::from_u32(u32::from(*last).saturating_add(by)).unwrap_or(*last);
                }
                chars.into_iter().collect()
            };
            table.extend((from..=to).map(|code| (code, shifted(code - from))));
            rest = after;
        }
    }
}

/// The next `<…>` and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    text.split_once('<')?.1.split_once('>')
}

fn strings(text: &str) -> Vec<&str> {
    text.split('<').skip(1).filter_map(|part| part.split('>').next()).collect()
}

fn hex(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits.trim(), 16).ok()
}

fn utf16(digits: &str) -> String {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(16)).collect();
    let units: Vec<u16> =
        digits.chunks(4).filter_map(|unit| u16::try_from(unit.iter().fold(0, |unit, digit| unit << 4 | digit)).ok()).collect();
    String::from_utf16_lossy(&units)
}
