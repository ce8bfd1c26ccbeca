//! Paints egui's triangles into a picture on the CPU, with no display and no graphics driver.
//!
//! The same triangles give the same bytes on every machine, so pictures of screens can be compared.
//! Textures are blended from the four nearest texels, whatever filter they ask for.
//! Paint callbacks are skipped: they need a graphics driver.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel positions and colours; `as` saturates, and every position is clamped to its picture"
)]

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use egui::epaint::{ImageData, ImageDelta, Primitive, Vertex};
use egui::{ClippedPrimitive, Color32, ColorImage, Mesh, Rect, TextureId, TexturesDelta};

/// The textures egui has handed over (glyphs, images), ready to paint with.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, ColorImage>,
    /// Freed by the last update, but the frame painted after it may still show them.
    freed: HashSet<TextureId>,
}

impl Raster {
    /// Takes over one frame's texture changes, leaving `deltas` empty; comes before [`Raster::paint`].
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
    pub fn paint(&self, primitives: &[ClippedPrimitive], pixels_per_point: f32, size: [usize; 2], background: Color32) -> ColorImage {
        let mut image = ColorImage::filled(size, background);
        self.paint_on(&mut image, primitives, pixels_per_point, &Area::whole(size));
        image
    }

    /// Paints a frame, or those parts of it that can be seen there, over what stands in this area of the picture. Every pixel
    /// comes out as it does in a whole picture.
    pub fn paint_on(&self, image: &mut ColorImage, primitives: &[ClippedPrimitive], pixels_per_point: f32, area: &Area) {
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let clip = *clip_rect * pixels_per_point;
            Canvas::new(image, clip, area, texture).mesh(mesh, pixels_per_point);
        }
    }

    fn change(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        let Some([left, top]) = change.pos else {
            self.textures.insert(id, ColorImage::clone(image));
            return;
        };
        let Some(texture) = self.textures.get_mut(&id) else { return };
        let width = texture.width().max(1);
        let rows = texture.pixels.chunks_exact_mut(width).skip(top);
        for (row, patch) in rows.zip(image.pixels.chunks_exact(image.width().max(1))) {
            for (texel, color) in row.iter_mut().skip(left).zip(patch) {
                *texel = *color;
            }
        }
    }
}

/// A rectangle of pixels inside a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// From left to right.
    pub columns: Range<usize>,
    /// From top to bottom.
    pub rows: Range<usize>,
}

impl Area {
    /// All of a picture of this width and height.
    pub fn whole([width, height]: [usize; 2]) -> Self {
        Self { columns: 0..width, rows: 0..height }
    }

    /// The part of a picture of this width and height whose pixels lie, with their centres, in this rectangle.
    pub fn of(rect: Rect, [width, height]: [usize; 2]) -> Self {
        Self { columns: covered(rect.min.x, rect.max.x, &(0..width)), rows: covered(rect.min.y, rect.max.y, &(0..height)) }
    }

    /// It holds no pixel.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() || self.rows.is_empty()
    }

    /// Both hold some of the same pixels.
    pub fn meets(&self, other: &Self) -> bool {
        let meet = |a: &Range<usize>, b: &Range<usize>| a.start.max(b.start) < a.end.min(b.end);
        meet(&self.columns, &other.columns) && meet(&self.rows, &other.rows)
    }

    /// Where its pixels stand in a picture of this width, row by row.
    pub fn spans(&self, width: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        self.rows.clone().map(move |row| row * width + self.columns.start..row * width + self.columns.end)
    }

    /// Lays one colour over it.
    pub fn wipe(&self, image: &mut ColorImage, color: Color32) {
        let width = image.width();
        for span in self.spans(width) {
            image.pixels.get_mut(span).unwrap_or_default().fill(color);
        }
    }
}

/// What runs evenly across a triangle: red, green, blue, alpha (0 to 255), then u, v in texels.
type Ink = [f32; 6];

fn between(mut a: Ink, b: Ink, part: f32) -> Ink {
    for (a, b) in a.iter_mut().zip(b) {
        *a += (b - *a) * part;
    }
    a
}

/// The premultiplied colour to blend where a triangle has this ink.
fn shade(texture: &ColorImage, [mut tint @ .., u, v]: Ink) -> [f32; 4] {
    for (channel, texel) in tint.iter_mut().zip(sample(texture, u, v).to_array()) {
        *channel *= f32::from(texel) / 255.0;
    }
    tint
}

fn sample(texture: &ColorImage, u: f32, v: f32) -> Color32 {
    let ((x, right), (y, down)) = (split(u), split(v));
    let texel = |x, y| texel(texture, x, y);
    if right == 0 && down == 0 {
        return texel(x, y);
    }
    let upper = mix(texel(x, y), texel(x + 1, y), right);
    let lower = mix(texel(x, y + 1), texel(x + 1, y + 1), right);
    mix(upper, lower, down)
}

/// One texel; beyond the edges of the texture the edge repeats.
fn texel(texture: &ColorImage, x: i32, y: i32) -> Color32 {
    let [column, row] = [x, y].map(|place| place.max(0) as usize);
    let [last_column, last_row] = texture.size.map(|side| side.saturating_sub(1));
    let index = row.min(last_row) * texture.width() + column.min(last_column);
    texture.pixels.get(index).copied().unwrap_or_default()
}

/// The texel whose centre is at or before `position`, and how far on to the next, in 256ths.
///
/// Graphics cards keep eight bits too; it lets glyphs on whole pixels come out unblurred.
fn split(position: f32) -> (i32, u16) {
    let fixed = ((position - 0.5) * 256.0 + 0.5) as i32;
    (fixed >> 8, (fixed & 0xFF) as u16)
}

/// The colour `part` 256ths of the way from `a` to `b`.
fn mix(a: Color32, b: Color32, part: u16) -> Color32 {
    let mut mixed = a.to_array();
    for (a, b) in mixed.iter_mut().zip(b.to_array()) {
        *a = ((u16::from(*a) * (256 - part) + u16::from(b) * part) >> 8) as u8;
    }
    let [r, g, b, a] = mixed;
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// A corner of a triangle, or a place on its edge, in pixels.
#[derive(Clone, Copy)]
struct Corner {
    x: f32,
    y: f32,
    ink: Ink,
}

impl Corner {
    fn new(vertex: &Vertex, pixels_per_point: f32, texture: &ColorImage) -> Self {
        let Vertex { pos, uv, color } = vertex;
        let [r, g, b, a] = color.to_array().map(f32::from);
        let [width, height] = texture.size.map(|side| side as f32);
        let ink = [r, g, b, a, uv.x * width, uv.y * height];
        Self { x: pos.x * pixels_per_point, y: pos.y * pixels_per_point, ink }
    }
}

/// Where the edge between two corners crosses the height `y`.
/// Its upper end belongs to the edge, its lower end does not.
fn crossing(a: Corner, b: Corner, y: f32) -> Option<Corner> {
    // Always downwards, so that triangles sharing the edge agree to the last bit: no gap, no overlap.
    let (a, b) = if a.y <= b.y { (a, b) } else { (b, a) };
    (a.y <= y && y < b.y).then(|| {
        let part = (y - a.y) / (b.y - a.y);
        Corner { x: a.x + (b.x - a.x) * part, y, ink: between(a.ink, b.ink, part) }
    })
}

/// The picture being painted, for one mesh.
struct Canvas<'a> {
    image: &'a mut ColorImage,
    columns: Range<usize>,
    rows: Range<usize>,
    texture: &'a ColorImage,
}

impl<'a> Canvas<'a> {
    /// Lets paint fall only inside `clip`, which is in pixels, and `area`.
    fn new(image: &'a mut ColorImage, clip: Rect, area: &Area, texture: &'a ColorImage) -> Self {
        let columns = covered(clip.min.x, clip.max.x, &area.columns);
        let rows = covered(clip.min.y, clip.max.y, &area.rows);
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
        #[expect(clippy::float_cmp, reason = "a flat shape's corners hold copies of one colour")]
        let flat = (a.ink == b.ink && b.ink == c.ink).then(|| shade(self.texture, a.ink));
        let edges = [(a, b), (b, c), (c, a)];
        let (top, bottom) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        for row in covered(top, bottom, &self.rows) {
            let y = row as f32 + 0.5;
            let mut ends = edges.iter().filter_map(|(a, b)| crossing(*a, *b, y));
            if let (Some(one), Some(other)) = (ends.next(), ends.next()) {
                let (left, right) = if one.x <= other.x { (one, other) } else { (other, one) };
                self.span(row, left, right, flat);
            }
        }
    }

    /// Paints one row of a triangle, in one colour where it is `flat`.
    fn span(&mut self, row: usize, left: Corner, right: Corner, flat: Option<[f32; 4]>) {
        let columns = covered(left.x, right.x, &self.columns);
        let first = row * self.image.width();
        let place = first + columns.start..first + columns.end;
        let pixels = self.image.pixels.get_mut(place).unwrap_or_default();
        if let Some(color) = flat {
            return fill(pixels, color);
        }
        for (column, pixel) in columns.zip(pixels) {
            let part = (column as f32 + 0.5 - left.x) / (right.x - left.x);
            blend(pixel, shade(self.texture, between(left.ink, right.ink, part)));
        }
    }
}

/// The pixels of `within` whose centres lie from `from` up to, but not at, `to`.
fn covered(from: f32, to: f32, within: &Range<usize>) -> Range<usize> {
    let first = |edge: f32| ((edge - 0.5).ceil() as usize).clamp(within.start, within.end);
    first(from)..first(to).max(first(from))
}

/// Lays one premultiplied colour over all of `pixels`.
fn fill(pixels: &mut [Color32], over: [f32; 4]) {
    match over.map(|channel| (channel + 0.5) as u8) {
        [r, g, b, 255] => pixels.fill(Color32::from_rgb(r, g, b)),
        _ => pixels.iter_mut().for_each(|pixel| blend(pixel, over)),
    }
}

/// Lays a premultiplied colour over a pixel; with alpha 0 it adds light.
fn blend(pixel: &mut Color32, over: [f32; 4]) {
    let [r, g, b, a] = over;
    let kept = 1.0 - a / 255.0;
    let channel = |over: f32, under: u8| (over + f32::from(under) * kept + 0.5) as u8;
    let [red, green, blue, alpha] = pixel.to_array();
    *pixel = Color32::from_rgba_premultiplied(channel(r, red), channel(g, green), channel(b, blue), channel(a, alpha));
}
