//! Which characters bytes mean: UTF-8, UTF-16 with its mark, else GB18030, of which GBK and GB2312 are parts.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its own word on its encoding stands, in bytes. Source: HTML standard, prescan.
const PRESCAN: usize = 4096;

/// The text. What is valid UTF-8 is UTF-8, whatever a page says of itself: pages are recoded and keep their old word.
pub fn text(bytes: &[u8]) -> String {
    let by_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = by_mark.or_else(|| std::str::from_utf8(bytes).is_ok().then_some(UTF_8)).unwrap_or_else(|| said(bytes));
    encoding.decode(bytes).0.into_owned()
}

/// The text of bytes in the encoding of this name; as [`text`] where the name is none.
pub fn text_in(name: &str, bytes: &[u8]) -> String {
    match Encoding::for_label(name.trim().as_bytes()) {
        Some(encoding) if std::str::from_utf8(bytes).is_err() => widened(encoding).decode(bytes).0.into_owned(),
        _ => text(bytes),
    }
}

/// What a page says of itself; GB18030 where it says nothing or what cannot be.
fn said(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN.min(bytes.len())).unwrap_or(bytes)).to_ascii_lowercase();
    let name = head.split_once("charset").map(|(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'']));
    let name = name.and_then(|rest| rest.split(['"', '\'', ' ', ';', '>', '/']).next()).unwrap_or_default();
    let encoding = Encoding::for_label(name.as_bytes()).map_or(GB18030, widened);
    // It is not valid UTF-8, and two-byte encodings have a mark or no ASCII head at all.
    if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE { GB18030 } else { encoding }
}

/// GBK pages hold signs of GB18030.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { GB18030 } else { encoding }
}
