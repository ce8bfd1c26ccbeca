//! Rare characters: what the program's own fonts lack is drawn with whatever font of the machine has it.

use crate::export::Fonts;
use crate::export::pdf::{FontFile, may_be_embedded};
use crate::model::Objection;
use crate::store;

/// A font of this machine that draws the sign and may be embedded.
pub fn rare_font(sign: char) -> Option<FontFile> {
    store::font_with(sign, may_be_embedded)
}

/// What is to go into the log, standing at this place, can be printed here.
///
/// # Errors
/// The first character that no font has.
pub fn is_printable(place: &str, words: &str) -> Result<(), Objection> {
    Fonts::default().printable(place, words, rare_font)
}
