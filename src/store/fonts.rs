//! Fonts that the machine has: by name for the PDF, which embeds what GB/T 9704 asks for where it is there; by sign for rare
//! characters, which are drawn by whatever font has them.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use fontique::{Collection, CollectionOptions, FontInfo};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::PathElement;
use skrifa::{FontRef, MetadataProvider as _};

/// What the system lists, asked for once: it takes some tenths of a second.
static SYSTEM: LazyLock<Mutex<System>> = LazyLock::new(|| {
    let fonts = Collection::new(CollectionOptions { shared: false, system_fonts: true });
    Mutex::new(System { fonts, known: HashMap::new() })
});

struct System {
    fonts: Collection,
    /// Signs that were asked for, and the font that has each.
    known: HashMap<char, Option<FontInfo>>,
}

/// Bytes of a font file, and the place of the font in it.
type FontFile = (Vec<u8>, u32);

/// Parts of the names of fonts that show for every sign only that they have none.
const PLACEHOLDERS: [&str; 4] = ["LastResort", "Last Resort", "AdobeBlank", "Adobe Blank"];

/// The first of these families that is installed.
pub fn system_font(families: &[&str]) -> Option<FontFile> {
    let mut system = SYSTEM.lock().unwrap_or_else(PoisonError::into_inner);
    families.iter().find_map(|family| {
        let family = system.fonts.family_by_name(family)?;
        file(family.default_font()?)
    })
}

/// Some installed font that draws this sign and is accepted; looked for once for each sign.
pub fn font_with(sign: char, accepts: impl Fn(&[u8], u32) -> bool) -> Option<FontFile> {
    let mut system = SYSTEM.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = system.known.get(&sign) {
        return known.as_ref().and_then(file);
    }
    let mut names: Vec<String> = system.fonts.family_names().map(str::to_owned).collect();
    // The same font on every run.
    names.sort();
    names.retain(|name| !PLACEHOLDERS.iter().any(|placeholder| name.contains(placeholder)));
    let found = names.iter().find_map(|name| {
        let font = system.fonts.family_by_name(name)?.default_font()?.clone();
        let (bytes, index) = file(&font)?;
        (draws(&bytes, index, sign) && accepts(&bytes, index)).then_some((font, (bytes, index)))
    });
    let (font, found) = found.unzip();
    system.known.insert(sign, font);
    found
}

fn file(font: &FontInfo) -> Option<FontFile> {
    Some((font.load(None)?.as_ref().to_vec(), font.index()))
}

/// The font has an outline for this sign.
fn draws(bytes: &[u8], index: u32, sign: char) -> bool {
    let Ok(font) = FontRef::from_index(bytes, index) else { return false };
    let Some(glyph) = font.charmap().map(sign).and_then(|id| font.outline_glyphs().get(id)) else { return false };
    let mut path: Vec<PathElement> = Vec::new();
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut path).is_ok() && !path.is_empty()
}
