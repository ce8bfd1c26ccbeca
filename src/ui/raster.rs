//! Paints egui's triangles into a picture on the CPU, with no display and no graphics driver.
//!
//! The same triangles give the same bytes on every machine, so pictures of screens can be compared.
//! Paint callbacks are skipped: they need a graphics driver.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel positions and colours; `as` saturates, and every position is clamped to its picture"
)]

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use egui::epaint::{ImageData, ImageDelta, Primitive, Vertex};
use egui::{
    ClippedPrimitive, Color32, ColorImage, Mesh, Rect, TextureFilter, TextureId, TexturesDelta,
};

/// The textures egui has handed over (glyphs, images), ready to paint with.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, Texture>,
    /// Freed by the last update, but the frame painted after it may still show them.
    freed: HashSet<TextureId>,
}

impl Raster {
    /// Takes over the texture changes of one frame, leaving `deltas` empty; to be called before [`Raster::paint`].
    pub fn update(&mut self, deltas: &mut TexturesDelta) {
        let freed = std::mem::take(&mut self.freed);
        self.textures.retain(|id, _| !freed.contains(id));
        #[expect(clippy::iter_over_hash_type, reason = "the textures do not depend on each other")]
        for (id, changes) in deltas.set.drain() {
            for change in changes {
                self.change(id, &change);
            }
        }
        self.freed.extend(deltas.free.drain());
    }

    /// Paints one tessellated frame over `background`; `size` is width and height in pixels.
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        pixels_per_point: f32,
        size: [usize; 2],
        background: Color32,
    ) -> ColorImage {
        let mut image = ColorImage::filled(size, background);
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            Canvas::new(&mut image, *clip_rect * pixels_per_point, texture)
                .mesh(mesh, pixels_per_point);
        }
        image
    }

    fn change(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        if let Some(at) = change.pos {
            if let Some(texture) = self.textures.get_mut(&id) {
                copy_into(&mut texture.image, image, at);
            }
        } else {
            let filter = change.options.magnification;
            self.textures.insert(id, Texture { image: ColorImage::clone(image), filter });
        }
    }
}

/// Overwrites the part of `whole` that starts at column and row `at`.
fn copy_into(whole: &mut ColorImage, part: &ColorImage, [left, top]: [usize; 2]) {
    let (width, part_width) = (whole.width().max(1), part.width().max(1));
    let rows = whole.pixels.chunks_exact_mut(width).skip(top);
    for (row, from) in rows.zip(part.pixels.chunks_exact(part_width)) {
        for (pixel, color) in row.iter_mut().skip(left).zip(from) {
            *pixel = *color;
        }
    }
}

/// A picture to sample from; beyond its edges the edge repeats.
struct Texture {
    image: ColorImage,
    filter: TextureFilter,
}

impl Texture {
    /// The colour to blend where the triangle has this ink.
    fn shade(&self, Ink([r, g, b, a, u, v]): Ink) -> [f32; 4] {
        let texel = self.sample(u, v);
        let times = |color: f32, texel: u8| color * f32::from(texel) / 255.0;
        [times(r, texel.r()), times(g, texel.g()), times(b, texel.b()), times(a, texel.a())]
    }

    fn sample(&self, u: f32, v: f32) -> Color32 {
        if self.filter == TextureFilter::Nearest {
            return self.texel(u as i32, v as i32);
        }
        let ((x, right), (y, down)) = (split(u), split(v));
        if right == 0 && down == 0 {
            return self.texel(x, y);
        }
        let upper = mix(self.texel(x, y), self.texel(x + 1, y), right);
        let lower = mix(self.texel(x, y + 1), self.texel(x + 1, y + 1), right);
        mix(upper, lower, down)
    }

    fn texel(&self, x: i32, y: i32) -> Color32 {
        let [width, height] = self.image.size;
        let column = (x.max(0) as usize).min(width.saturating_sub(1));
        let row = (y.max(0) as usize).min(height.saturating_sub(1));
        self.image.pixels.get(row * width + column).copied().unwrap_or_default()
    }
}

/// The texel whose centre is at or before `position`, and how far on to the next, in 256ths.
///
/// Graphics cards keep eight bits too; it lets glyphs on whole pixels come out unblurred.
fn split(position: f32) -> (i32, u16) {
    let fixed = ((position - 0.5) * 256.0 + 0.5) as i32;
    (fixed >> 8, (fixed & 0xFF) as u16)
}

/// From `a` (0) to `b` (256).
fn mix(a: Color32, b: Color32, part: u16) -> Color32 {
    let channel = |a: u8, b: u8| ((u16::from(a) * (256 - part) + u16::from(b) * part) >> 8) as u8;
    Color32::from_rgba_premultiplied(
        channel(a.r(), b.r()),
        channel(a.g(), b.g()),
        channel(a.b(), b.b()),
        channel(a.a(), b.a()),
    )
}

/// What runs evenly across a triangle: premultiplied red, green, blue, alpha (0 to 255), then u, v in texels.
#[derive(Clone, Copy, PartialEq)]
struct Ink([f32; 6]);

impl Ink {
    fn zip(mut self, other: Self, value: impl Fn(f32, f32) -> f32) -> Self {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a = value(*a, b);
        }
        self
    }
}

/// A corner of a triangle, or a place on its edge, in pixels.
#[derive(Clone, Copy)]
struct Corner {
    x: f32,
    y: f32,
    ink: Ink,
}

impl Corner {
    fn new(Vertex { pos, uv, color }: &Vertex, pixels_per_point: f32, texture: &Texture) -> Self {
        let [r, g, b, a] = color.to_array().map(f32::from);
        let [width, height] = texture.image.size.map(|side| side as f32);
        let ink = Ink([r, g, b, a, uv.x * width, uv.y * height]);
        Self { x: pos.x * pixels_per_point, y: pos.y * pixels_per_point, ink }
    }
}

/// Where the edge between two corners crosses the height `y`; its upper end belongs to it, its lower one does not.
fn crossing(a: Corner, b: Corner, y: f32) -> Option<Corner> {
    // Downwards always, so that two triangles sharing the edge agree to the last bit: no gap, nothing painted twice.
    let (a, b) = if a.y <= b.y { (a, b) } else { (b, a) };
    (a.y <= y && y < b.y).then(|| {
        let part = (y - a.y) / (b.y - a.y);
        let ink = a.ink.zip(b.ink, |a, b| a + (b - a) * part);
        Corner { x: a.x + (b.x - a.x) * part, y, ink }
    })
}

/// The picture being painted, for one mesh.
struct Canvas<'a> {
    image: &'a mut ColorImage,
    columns: Range<usize>,
    rows: Range<usize>,
    texture: &'a Texture,
}

impl<'a> Canvas<'a> {
    /// Lets paint fall only inside `clip`, which is in pixels.
    fn new(image: &'a mut ColorImage, clip: Rect, texture: &'a Texture) -> Self {
        let [width, height] = image.size;
        let within = |from: f32, to: f32, side: usize| {
            let start = (from.round() as usize).min(side);
            start..(to.round() as usize).clamp(start, side)
        };
        let (columns, rows) =
            (within(clip.min.x, clip.max.x, width), within(clip.min.y, clip.max.y, height));
        Self { image, columns, rows, texture }
    }

    fn mesh(&mut self, mesh: &Mesh, pixels_per_point: f32) {
        let corner = |vertex| Corner::new(vertex, pixels_per_point, self.texture);
        let corners: Vec<Corner> = mesh.vertices.iter().map(corner).collect();
        for triangle in mesh.indices.as_chunks::<3>().0 {
            if let [Some(a), Some(b), Some(c)] = triangle.map(|index| corners.get(index as usize)) {
                self.triangle(*a, *b, *c);
            }
        }
    }

    fn triangle(&mut self, a: Corner, b: Corner, c: Corner) {
        let flat = (a.ink == b.ink && b.ink == c.ink).then(|| self.texture.shade(a.ink));
        let (top, bottom) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        for row in covered(top, bottom, &self.rows) {
            let y = row as f32 + 0.5;
            let mut ends =
                [(a, b), (b, c), (c, a)].into_iter().filter_map(|(a, b)| crossing(a, b, y));
            let (Some(one), Some(other)) = (ends.next(), ends.next()) else { continue };
            let (left, right) = if one.x <= other.x { (one, other) } else { (other, one) };
            self.span(row, left, right, flat);
        }
    }

    /// Paints one row of a triangle, in one colour where it is `flat`.
    fn span(&mut self, row: usize, left: Corner, right: Corner, flat: Option<[f32; 4]>) {
        let columns = covered(left.x, right.x, &self.columns);
        let start = row * self.image.width();
        let Some(pixels) = self.image.pixels.get_mut(start + columns.start..start + columns.end)
        else {
            return;
        };
        if let Some(shade @ [r, g, b, a]) = flat {
            if a < 255.0 {
                pixels.iter_mut().for_each(|pixel| blend(pixel, shade));
            } else {
                let [r, g, b] = [r, g, b].map(|channel| (channel + 0.5) as u8);
                pixels.fill(Color32::from_rgb(r, g, b));
            }
            return;
        }
        let length = right.x - left.x;
        let slope = left.ink.zip(right.ink, |from, to| (to - from) / length);
        for (column, pixel) in columns.zip(pixels) {
            let distance = column as f32 + 0.5 - left.x;
            blend(
                pixel,
                self.texture.shade(left.ink.zip(slope, |ink, slope| ink + slope * distance)),
            );
        }
    }
}

/// The pixels of `within` whose centres lie from `from` up to, but not at, `to`.
fn covered(from: f32, to: f32, within: &Range<usize>) -> Range<usize> {
    let first = |edge: f32| ((edge - 0.5).ceil() as usize).clamp(within.start, within.end);
    first(from)..first(to)
}

/// Lays a premultiplied colour over a pixel; with alpha 0 it adds light.
fn blend(under: &mut Color32, [r, g, b, a]: [f32; 4]) {
    if [r, g, b, a] == [0.0; 4] {
        return; // most of a glyph's box
    }
    let kept = 1.0 - a / 255.0;
    let channel = |over: f32, under: u8| (over + f32::from(under) * kept + 0.5) as u8;
    *under = Color32::from_rgba_premultiplied(
        channel(r, under.r()),
        channel(g, under.g()),
        channel(b, under.b()),
        channel(a, under.a()),
    );
}
