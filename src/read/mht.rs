//! A web page kept in one file: the parts of a message, of which the first that is a page counts. Source: RFC 2045, 2557.

use super::{Page, encoding, html};

/// The page.
///
/// # Errors
/// No part of it is a page.
pub fn page(bytes: &[u8]) -> Result<Page, String> {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let (head, body) = halves(&text).ok_or("文件里没有网页")?;
    let boundary = field(head, "boundary=");
    let parts: Vec<&str> = match &boundary {
        Some(boundary) => body.split(&format!("--{boundary}")).collect(),
        None => vec![text.as_str()],
    };
    for part in parts {
        let Some((head, body)) = halves(part.trim_start_matches(['\r', '\n'])) else { continue };
        if head.to_ascii_lowercase().contains("text/html") {
            let bytes = decoded(head, body);
            let charset = field(head, "charset=").unwrap_or_default();
            return Ok(html::piece(&encoding::text_in(&charset, &bytes)));
        }
    }
    Err("文件里没有网页".to_owned())
}

/// The head of a part and its body.
fn halves(part: &str) -> Option<(&str, &str)> {
    part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))
}

/// What a head says of itself behind this name, with or without quotes.
fn field(head: &str, name: &str) -> Option<String> {
    let at = head.to_ascii_lowercase().find(name)? + name.len();
    let rest = head.get(at..)?;
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    Some(quoted.unwrap_or_else(|| rest.split([';', '\r', '\n', ' ']).next().unwrap_or_default()).to_owned())
}

fn decoded(head: &str, body: &str) -> Vec<u8> {
    let head = head.to_ascii_lowercase();
    if head.contains("quoted-printable") {
        quoted_printable(body)
    } else if head.contains("base64") {
        base64(body)
    } else {
        latin(body)
    }
}

/// The bytes that signs below 256 stand for.
fn latin(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let bytes = latin(&text.replace("=\r\n", "").replace("=\n", ""));
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        let (byte, then) = code.filter(|_| *first == b'=').map_or((*first, after), |byte| (byte, after.get(2..).unwrap_or_default()));
        out.push(byte);
        rest = then;
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(u32::from(c - b'A')),
        b'a'..=b'z' => Some(u32::from(c - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(c - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let codes: Vec<u32> = text.bytes().filter_map(value).collect();
    let group = |group: &[u32]| {
        let bits = group.iter().fold(0, |bits, code| bits << 6 | code) << (6 * (4 - group.len()));
        let bytes = bits.to_be_bytes();
        bytes.get(1..group.len()).unwrap_or_default().to_vec()
    };
    codes.chunks(4).flat_map(group).collect()
}
