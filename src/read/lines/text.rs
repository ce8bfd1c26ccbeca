//! Registers saved as text: UTF-8, UTF-16 or GB18030; commas, tabs or semicolons.

use encoding_rs::{Encoding, GB18030};

use super::sheet::{Line, MAX_CELLS, MAX_COLUMNS, MAX_LINES, Room, Sheet, too_large, unreadable};
use crate::read::ReadError;

/// Separators, the most usual first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Records looked at to find the separator.
const SAMPLE: usize = 200;
/// Line breaks in one cell beyond which a quotation mark was left open.
const MAX_BREAKS: usize = 30;
/// What is said of signs in no encoding known here.
const ENCODING: &str = "文字编码不认识；请在 Excel 或 WPS 里另存为 .xlsx 或 UTF-8 的 .csv";

/// Reads a text file.
///
/// # Errors
/// The signs are in no encoding known here, a quotation mark is left open, or the file is larger than any register.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let text = decode(bytes)?;
    let separator = separator(&text);
    let (mut lines, mut counter) = (Vec::new(), LineCounter { text: &text, at: 0, no: 1 });
    let mut reader = reader(&text, separator);
    let (mut record, mut room) = (csv::StringRecord::new(), Room(MAX_CELLS));
    while reader.read_record(&mut record).map_err(|err| unreadable(&format!("分不开列：{err}")))? {
        let no = counter.line_of(record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX)));
        if record.len() > MAX_COLUMNS || lines.len() >= MAX_LINES {
            return Err(too_large());
        }
        room.take(record.len())?;
        if record.iter().any(|cell| cell.matches('\n').count() > MAX_BREAKS) {
            return Err(unreadable(&format!("第 {no} 行有一个引号没有配对，后面的内容分不清列；请改正后再读")));
        }
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            lines.push(Line { no, cells: record.iter().collect(), is_hidden: false });
        }
    }
    let num_lines = u32::try_from(text.lines().count()).map_err(|_too_many| too_large())?;
    Ok(Sheet { lines, num_lines, ..Sheet::default() })
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// UTF-8 where it is that, else by the mark in front, else GB18030, which offices' Excel writes.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, is_broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return if is_broken { Err(unreadable(ENCODING)) } else { Ok(text.into_owned()) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, is_broken) = GB18030.decode_without_bom_handling(bytes);
    if is_broken || text.contains('\0') { Err(unreadable(ENCODING)) } else { Ok(text.into_owned()) }
}

/// The separator that gives most records the same number of cells, more than one.
fn separator(text: &str) -> u8 {
    let fit = |separator: u8| {
        let mut widths: Vec<usize> =
            reader(text, separator).into_records().take(SAMPLE).filter_map(Result::ok).map(|record| record.len()).collect();
        widths.retain(|width| *width > 1);
        widths.sort_unstable();
        widths.chunk_by(|a, b| a == b).map(|same| (same.len(), same.first().copied().unwrap_or(0))).max().unwrap_or((0, 0))
    };
    // The first of equals wins.
    SEPARATORS.into_iter().rev().max_by_key(|separator| fit(*separator)).unwrap_or(b',')
}

/// Counts lines up to the beginning of a record.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    no: u32,
}

impl LineCounter<'_> {
    /// The line that the record found at this byte begins on: breaks that stand before it belong to the lines above.
    fn line_of(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        while let Some(sign) = bytes.get(self.at) {
            let is_break = matches!(sign, b'\n' | b'\r');
            if self.at >= byte && !is_break {
                break;
            }
            let is_lone = *sign == b'\r' && bytes.get(self.at + 1) != Some(&b'\n');
            self.no += u32::from(*sign == b'\n' || is_lone);
            self.at += 1;
        }
        self.no
    }
}
