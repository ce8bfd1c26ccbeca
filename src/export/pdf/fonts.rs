//! The fonts of a page: which glyph a character has in which font, and how wide it is.
//!
//! GB/T 9704-2012 asks for 小标宋, 黑体, 楷体 and 仿宋. They belong to their makers and may not be shipped; where the machine has
//! them they are embedded, and what they lack, or all of it, comes from the font that comes with the program. No disk is
//! touched here: who calls brings the files.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, LazyLock};

use krilla::Data;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

use crate::export::sheet::Book;
use crate::export::{FileKind, proof};
use crate::model::{Objection, is_invisible};

/// Noto Sans CJK SC cut down to 通用规范汉字表 and GB 2312. The window is painted with it too: Chinese for every machine,
/// whatever it has installed.
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-core-Regular.otf");
/// The same, bold.
pub static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-core-Bold.otf");

/// What a text is; each has a font of its own. Source: GB/T 9704-2012; the font of tables is prescribed nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// 小标宋.
    Title,
    /// 黑体.
    Heading,
    /// 楷体.
    SubHeading,
    /// 仿宋.
    Body,
    /// 宋体: tables, and what stands at the edge of a page.
    Table,
}

impl Style {
    /// All, in the order of their numbers.
    const ALL: [Self; 5] = [Self::Title, Self::Heading, Self::SubHeading, Self::Body, Self::Table];

    /// Names under which Windows, WPS and macOS have the font, the best first.
    fn families(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
            Self::Heading => &["黑体", "SimHei", "STHeiti", "华文黑体"],
            Self::SubHeading => &["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "华文楷体"],
            // Without any 仿宋 a face with serifs is nearer to it than one without.
            Self::Body => &[
                "仿宋_GB2312",
                "FangSong_GB2312",
                "仿宋",
                "FangSong",
                "STFangsong",
                "华文仿宋",
                "FandolFang",
                "宋体",
                "SimSun",
                "STSong",
                "华文宋体",
                "Songti SC",
                "Source Han Serif SC",
                "思源宋体",
                "Noto Serif CJK SC",
                "Noto Serif SC",
                "FandolSong",
                "AR PL UMing CN",
            ],
            Self::Table => &[
                "宋体",
                "SimSun",
                "NSimSun",
                "STSong",
                "华文宋体",
                "Songti SC",
                "Source Han Serif SC",
                "Noto Serif CJK SC",
                "Noto Serif SC",
            ],
        }
    }
}

/// Bytes of a font file, and the place of the font in it.
pub type FontFile = (Vec<u8>, u32);

/// One font, ready to be measured and embedded.
struct Face {
    glyphs: HashMap<char, (u32, f64)>,
    /// What the PDF writer embeds.
    font: Font,
    /// The file it comes from, and its place there.
    file: (Data, u32),
}

/// The fonts of a document: those found on the machine first, those that come with the program last.
#[derive(Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
    /// The face of each style, in the order of [`Style::ALL`].
    styles: [usize; 5],
}

/// A character as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// Place of its font in [`Fonts`].
    pub face: usize,
    /// Its number there.
    pub id: u32,
    /// How far it moves on; in units of the font size, in a laid-out line in points.
    pub advance: f64,
}

/// Both faces, read once. They come with the program; a test reads them.
static BUNDLED: LazyLock<Vec<Arc<Face>>> = LazyLock::new(|| {
    let faces = [REGULAR, BOLD].into_iter().filter_map(|bytes| Face::new(bytes.into(), 0));
    faces.map(Arc::new).collect()
});

impl Default for Fonts {
    /// Those that come with the program alone.
    fn default() -> Self {
        Self { faces: BUNDLED.clone(), styles: [1, 1, 1, 0, 0] }
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fonts", self.faces.len())
    }
}

impl Fonts {
    /// Those that a kind of file needs: only what is laid out on pages embeds any, so only for it the machine is asked.
    pub fn needed(kind: FileKind, find: impl Fn(&[&str]) -> Option<FontFile>) -> Self {
        if kind.is_paged() { Self::found(find) } else { Self::default() }
    }

    /// Those that are found under the names of each style; a font whose maker forbids embedding is passed over.
    pub fn found(find: impl Fn(&[&str]) -> Option<FontFile>) -> Self {
        let mut fonts = Self::default();
        for style in Style::ALL {
            let file = find(style.families()).filter(|(bytes, index)| may_be_embedded(bytes, *index));
            if let Some(face) = file.and_then(|(bytes, index)| Face::new(bytes.into(), index)).filter(Face::is_simplified) {
                let place = fonts.take(face);
                if let Some(chosen) = fonts.styles.get_mut(style as usize) {
                    *chosen = place;
                }
            }
        }
        fonts
    }

    /// The place of a face. A font that goes by two names is one font.
    fn take(&mut self, face: Face) -> usize {
        let is_same = |known: &Arc<Face>| known.file.1 == face.file.1 && known.file.0.as_ref() == face.file.0.as_ref();
        self.faces.iter().position(is_same).unwrap_or_else(|| {
            self.faces.push(Arc::new(face));
            self.faces.len() - 1
        })
    }

    /// The character in the font of this style, or else in those that come with the program, or else in any that has it.
    pub fn glyph(&self, style: Style, c: char) -> Option<Glyph> {
        let own = self.styles.get(style as usize).copied().unwrap_or_default();
        std::iter::once(own).chain(0..self.faces.len()).find_map(|face| {
            let (id, advance) = self.faces.get(face)?.glyphs.get(&c).copied()?;
            Some(Glyph { face, id, advance })
        })
    }

    /// With a font for each sign of the book that none of these has, where one is found.
    #[must_use]
    pub fn with_rare(mut self, book: &Book, find: impl Fn(char) -> Option<FontFile>) -> Self {
        let mut missing = BTreeSet::new();
        let look = proof::each_text(book, |_, text| {
            missing.extend(text.chars().filter(|c| is_drawn(*c) && self.glyph(Style::Body, *c).is_none()));
            Ok(())
        });
        if look.is_err() {
            return self;
        }
        for c in missing {
            if self.glyph(Style::Body, c).is_none()
                && let Some(face) = find(c).and_then(|(bytes, index)| Face::new(bytes.into(), index))
            {
                self.faces.push(Arc::new(face));
            }
        }
        self
    }

    /// A text that stands at this place can be drawn by these fonts, or by any that is found.
    ///
    /// # Errors
    /// The first sign that none of them has.
    pub fn printable(&self, place: &str, text: &str, find: impl Fn(char) -> Option<FontFile>) -> Result<(), Objection> {
        match text.chars().find(|c| is_drawn(*c) && self.glyph(Style::Body, *c).is_none() && find(*c).is_none()) {
            Some(sign) => Err(Objection::Undrawn { place: place.into(), sign }),
            None => Ok(()),
        }
    }

    /// Place of the font that a style has before any other.
    pub(super) fn face_of(&self, style: Style) -> usize {
        self.styles.get(style as usize).copied().unwrap_or_default()
    }

    /// The font at this place, to be embedded.
    pub fn font(&self, face: usize) -> Option<Font> {
        self.faces.get(face).map(|face| face.font.clone())
    }

    /// The bytes of the font at this place, and which font of them it is.
    pub fn file(&self, face: usize) -> Option<(&[u8], u32)> {
        self.faces.get(face).map(|face| (face.file.0.as_ref(), face.file.1))
    }

    /// What the font at this place calls itself; empty where it has no name.
    pub fn name(&self, face: usize) -> String {
        let font = self.file(face).and_then(|(bytes, index)| FontRef::from_index(bytes, index).ok());
        font.and_then(|font| font.localized_strings(StringId::FULL_NAME).english_or_first().map(|name| name.to_string()))
            .unwrap_or_default()
    }

    /// How many there are.
    pub fn num_faces(&self) -> usize {
        self.faces.len()
    }

    /// The fonts that come with the program can be read.
    pub fn is_whole(&self) -> bool {
        BUNDLED.len() == 2
    }
}

/// Common simplified characters; a font that lacks one is made for another script and would only be a patchwork.
const COMMON: &str = "国办开关听说图书馆务实际数据处决诉讼结纠续级县区镇";

impl Face {
    fn is_simplified(&self) -> bool {
        COMMON.chars().all(|c| self.glyphs.contains_key(&c))
    }

    fn new(data: Data, index: u32) -> Option<Self> {
        let reader = FontRef::from_index(data.as_ref(), index).ok()?;
        let metrics = reader.glyph_metrics(Size::new(1.0), LocationRef::default());
        let glyph = |(code, id): (u32, skrifa::GlyphId)| {
            let advance = metrics.advance_width(id).map_or(1.0, f64::from);
            Some((char::from_u32(code)?, (id.to_u32(), advance)))
        };
        let glyphs = reader.charmap().mappings().filter_map(glyph).collect();
        Some(Self { glyphs, font: Font::new(data.clone(), index)?, file: (data, index) })
    }
}

/// What is printed of a text: a tab as a space, nothing for signs that are invisible by nature.
pub fn shown(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '\t' { '　' } else { c }).collect()
}

/// The sign leaves a trace on paper.
fn is_drawn(c: char) -> bool {
    shown(c.encode_utf8(&mut [0; 4])).chars().any(|c| !c.is_whitespace())
}

/// The font's maker allows embedding it in parts. Source: OpenType, `OS/2.fsType`.
pub fn may_be_embedded(bytes: &[u8], index: u32) -> bool {
    const RESTRICTED: u16 = 0x0002;
    const LESS_RESTRICTED: u16 = 0x000c;
    const WHOLE_OR_PICTURES_ONLY: u16 = 0x0300;
    let Ok(font) = FontRef::from_index(bytes, index) else { return false };
    let allows = font.os2().map_or(0, |table| table.fs_type());
    (allows & RESTRICTED == 0 || allows & LESS_RESTRICTED != 0) && allows & WHOLE_OR_PICTURES_ONLY == 0
}
