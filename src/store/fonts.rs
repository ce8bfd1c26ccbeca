//! Fonts that the machine has, by name; for the PDF, which embeds what GB/T 9704 asks for where it is there.

use std::sync::{LazyLock, Mutex, PoisonError};

use fontique::{Collection, CollectionOptions};

/// What the system lists, asked for once: it takes some tenths of a second.
static SYSTEM: LazyLock<Mutex<Collection>> =
    LazyLock::new(|| Mutex::new(Collection::new(CollectionOptions { shared: false, system_fonts: true })));

/// The first of these families that is installed: bytes of its file, and the font's place in it.
pub fn system_font(families: &[&str]) -> Option<(Vec<u8>, u32)> {
    let mut system = SYSTEM.lock().unwrap_or_else(PoisonError::into_inner);
    families.iter().find_map(|family| {
        let family = system.family_by_name(family)?;
        let font = family.default_font()?;
        Some((font.load(None)?.as_ref().to_vec(), font.index()))
    })
}
