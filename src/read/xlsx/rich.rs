//! Words of a cell, run by run: shared strings and those that stand in the cell itself.

use super::super::ReadError;
use super::limits::MAX_CELLS;
use super::xml::{Sink, Tag};

/// Words, and those of them with a line through.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub plain: String,
    pub struck: String,
}

/// Words while they are read.
#[derive(Default)]
pub(super) struct Rich {
    words: Words,
    in_text: bool,
    in_reading_aid: bool,
    is_struck: bool,
}

impl Rich {
    pub fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        match name {
            "r" => self.is_struck = false,
            "rPh" => self.in_reading_aid = true,
            "strike" | "dstrike" => self.is_struck = tag.is_on("val", true)?,
            "t" => self.in_text = !self.in_reading_aid,
            _ => {}
        }
        Ok(())
    }

    pub fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.in_reading_aid = false,
            "r" => self.is_struck = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    pub fn text(&mut self, text: &str) {
        if self.in_text {
            let words = if self.is_struck { &mut self.words.struck } else { &mut self.words.plain };
            words.push_str(text);
        }
    }

    pub fn take(&mut self) -> Words {
        let words = std::mem::take(self).words;
        Words { plain: signs(&words.plain), struck: signs(&words.struck) }
    }
}

/// Line ends as `\n`, and signs that the format writes as `_x000D_`.
pub(super) fn signs(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let sign = after.get(..4).filter(|_| after.get(4..5) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(sign) = sign.and_then(char::from_u32) {
            plain.push(sign);
            rest = after.get(5..).unwrap_or_default();
        } else {
            plain.push_str("_x");
            rest = after;
        }
    }
    plain.push_str(rest);
    if plain.contains('\r') { plain.replace("\r\n", "\n").replace('\r', "\n") } else { plain }
}

/// The part of shared strings.
#[derive(Default)]
pub(super) struct Strings {
    pub all: Vec<Words>,
    current: Rich,
}

impl Sink for Strings {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        self.current.open(name, tag)
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        self.current.close(name);
        if name == "si" {
            self.all.push(self.current.take());
        }
        if self.all.len() > MAX_CELLS { Err(ReadError::TooLarge("文字太多".into())) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) {
        self.current.text(text);
    }
}
