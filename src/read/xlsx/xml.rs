//! One walk over a part for all who read one: names without their prefix, texts with references resolved.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::ReadError;
use super::limits::broken;

/// Who takes what stands in a part.
pub(super) trait Sink {
    /// An element begins; its name has no prefix.
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError>;

    /// It ends.
    fn close(&mut self, _name: &str) -> Result<(), ReadError> {
        Ok(())
    }

    /// A stretch of text.
    fn text(&mut self, _text: &str) {}
}

/// An element's head.
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// An attribute by its name without prefix; `None` where there is none.
    pub fn get(&self, name: &str) -> Result<Option<String>, ReadError> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_ill_formed| broken("有标签的属性写得不对"))?;
            if attribute.key.local_name().as_ref() == name {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_unknown| broken("有标签的属性写得不对"))?;
                return Ok(Some(value.into_owned()));
            }
        }
        Ok(None)
    }

    /// The attribute as a number; none where it is none.
    pub fn number(&self, name: &str) -> Result<Option<usize>, ReadError> {
        Ok(self.get(name)?.and_then(|value| value.trim().parse().ok()))
    }

    /// The attribute is set; where it is missing, `otherwise`.
    pub fn is_on(&self, name: &str, otherwise: bool) -> Result<bool, ReadError> {
        Ok(self.get(name)?.map_or(otherwise, |value| !matches!(value.as_str(), "0" | "false" | "off")))
    }
}

/// Goes through a part from its beginning to its end.
pub(super) fn walk(text: &str, sink: &mut impl Sink) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_ill_formed| broken("有标签写得不对，或者前后不成对"))? {
            Event::Start(tag) => {
                depth += 1;
                sink.open(tag.local_name().as_ref(), &Tag(&tag))?;
            }
            Event::Empty(tag) => {
                sink.open(tag.local_name().as_ref(), &Tag(&tag))?;
                sink.close(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                sink.close(tag.local_name().as_ref())?;
            }
            Event::Text(text) => sink.text(&text.xml10_content()),
            Event::CData(text) => sink.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                if let Some(sign) = quick_xml::escape::resolve_predefined_entity(&name) {
                    sink.text(sign);
                } else {
                    let sign = name.resolve_char_ref().ok().flatten().ok_or_else(|| broken("不认识的字符引用"))?;
                    sink.text(sign.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => return Err(broken("带有 DOCTYPE")),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if depth == 0 { Ok(()) } else { Err(broken("不完整")) }
}
