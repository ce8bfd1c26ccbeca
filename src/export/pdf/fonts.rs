//! The embedded fonts: which glyph a character has and how wide it is.

use std::sync::LazyLock;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Noto Sans CJK SC cut down to 通用规范汉字表 and GB 2312. The window is painted with it too: Chinese for every machine,
/// whatever it has installed.
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-core-Regular.otf");
/// The same, bold.
pub static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-core-Bold.otf");

/// The weight of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Body text and tables.
    Regular,
    /// Title and headings.
    Bold,
}

/// One font, ready to be measured and embedded.
pub struct Face {
    reader: FontRef<'static>,
    /// What the PDF writer embeds.
    pub font: Font,
}

/// Both faces, read once. They come with the program; a test reads them.
static FACES: LazyLock<Option<(Face, Face)>> = LazyLock::new(|| Some((Face::new(REGULAR)?, Face::new(BOLD)?)));

/// The face of a weight; `None` if the program was built with a broken font.
pub fn face(weight: Weight) -> Option<&'static Face> {
    let (regular, bold) = FACES.as_ref()?;
    Some(match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    })
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { reader: FontRef::new(bytes).ok()?, font: Font::new(bytes.into(), 0)? })
    }

    /// Number of the character's glyph; `None` if the font has none.
    pub fn glyph(&self, c: char) -> Option<u32> {
        self.reader.charmap().map(c).map(skrifa::GlyphId::to_u32)
    }

    /// How far a character's glyph moves on, in units of the font size.
    pub fn advance(&self, c: char) -> f64 {
        let glyph = self.reader.charmap().map(c).unwrap_or_default();
        self.reader.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph).map_or(1.0, f64::from)
    }
}
