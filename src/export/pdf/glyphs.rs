//! A line of text onto a page.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::fonts::{Fonts, Glyph};
use super::line::Line;

/// Draws a line, a run of one font after the other.
pub(super) fn text(surface: &mut Surface<'_>, (mut x, y): (f64, f64), size: f64, line: &Line, fonts: &Fonts) {
    let chars: Vec<(usize, char, Glyph)> = line.text.char_indices().zip(&line.glyphs).map(|((at, c), glyph)| (at, c, *glyph)).collect();
    for run in chars.chunk_by(|(_, _, one), (_, _, next)| one.face == next.face) {
        let glyph = |(at, c, glyph): &(usize, char, Glyph)| {
            KrillaGlyph::new(GlyphId::new(glyph.id), f(glyph.advance / size), 0.0, 0.0, 0.0, *at..at + c.len_utf8(), None)
        };
        let glyphs: Vec<KrillaGlyph> = run.iter().map(glyph).collect();
        if let Some(font) = run.first().and_then(|(_, _, first)| fonts.font(first.face)) {
            surface.draw_glyphs(Point::from_xy(f(x), f(y)), &glyphs, font, &line.text, f(size), false);
        }
        x += run.iter().map(|(_, _, glyph)| glyph.advance).sum::<f64>();
    }
}

/// What the library counts in. A page is a few hundred points, far from where singles lose anything that can be seen.
#[expect(clippy::cast_possible_truncation, reason = "points on a page")]
pub(super) fn f(points: f64) -> f32 {
    points as f32
}
