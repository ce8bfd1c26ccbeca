//! The fonts of a file: of each only the glyphs that are drawn, with their characters, so that a reader may go by either.

use std::collections::BTreeMap;

use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;

use super::spell::OFD;
use crate::export::markup::escaped;
use crate::export::pdf::{Fonts, Glyph};

/// What is used of one font.
#[derive(Default)]
struct Used {
    glyphs: GlyphRemapper,
    chars: BTreeMap<char, u16>,
}

/// The fonts that are used, each under its place in [`Fonts`].
pub(super) struct Embedded<'a> {
    all: &'a Fonts,
    used: BTreeMap<usize, Used>,
}

impl<'a> Embedded<'a> {
    pub(super) fn new(all: &'a Fonts) -> Self {
        Self { all, used: BTreeMap::new() }
    }

    /// The id of a font in the file.
    pub(super) fn id(face: usize) -> usize {
        face + 1
    }

    /// The number that this character's glyph has in the embedded font.
    pub(super) fn glyph(&mut self, c: char, glyph: Glyph) -> u16 {
        let used = self.used.entry(glyph.face).or_default();
        // OpenType counts glyphs in sixteen bits.
        let id = used.glyphs.remap(u16::try_from(glyph.id).unwrap_or_default());
        used.chars.insert(c, id);
        id
    }

    /// The list of the fonts.
    pub(super) fn resources(&self) -> String {
        let font = |face: &usize| {
            let (name, id) = (escaped(&self.all.name(*face)), Self::id(*face));
            format!(
                "<ofd:Font ID=\"{id}\" FontName=\"{name}\" FamilyName=\"{name}\"><ofd:FontFile>{}</ofd:FontFile></ofd:Font>",
                self.file(*face)
            )
        };
        let fonts: String = self.used.keys().map(font).collect();
        format!("<ofd:Res {OFD} BaseLoc=\"Res\"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>")
    }

    fn file(&self, face: usize) -> String {
        let font = self.all.file(face).and_then(|(bytes, index)| FontRef::from_index(bytes, index).ok());
        let is_postscript = font.is_some_and(|font| font.cff().is_ok());
        format!("font_{}.{}", Self::id(face), if is_postscript { "otf" } else { "ttf" })
    }

    /// The font files by name.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>, String> {
        let mut files = Vec::new();
        for (face, used) in &self.used {
            let (bytes, index) = self.all.file(*face).ok_or("没有这个字体")?;
            files.push((self.file(*face), cut(bytes, index, used)?));
        }
        Ok(files)
    }
}

/// The font with the glyphs that are used, and a table of which character each is.
fn cut(bytes: &[u8], index: u32, used: &Used) -> Result<Vec<u8>, String> {
    let small = subsetter::subset(bytes, index, &used.glyphs).map_err(|err| format!("字体不能嵌入：{err}"))?;
    let font = FontRef::new(&small).map_err(|err| format!("字体不能嵌入：{err}"))?;
    let chars = used.chars.iter().map(|(c, glyph)| (*c, GlyphId::new(u32::from(*glyph))));
    let chars = Cmap::from_mappings(chars).map_err(|err| format!("字体不能嵌入：{err}"))?;
    let mut whole = FontBuilder::new();
    whole.add_table(&chars).map_err(|err| format!("字体不能嵌入：{err}"))?;
    Ok(whole.copy_missing_tables(font).build())
}
