//! What changed between two frames, so that a window without a graphics card paints no more than that.
//!
//! The shapes of both frames are walked side by side. Those that stand in both, in the same order, look the same; around all
//! others the picture is painted anew. What is not seen to be the same counts as changed.

use std::sync::Arc;

use egui::epaint::{ClippedShape, TextShape};
use egui::{Rect, Shape, TexturesDelta};

use super::raster::Area;

/// Most rectangles; more cost more than the pixels between them.
const MAX_RECTS: usize = 6;

/// How far ahead a shape is looked for that has moved in the list.
const AHEAD: usize = 48;

/// Paint may run over the edge of a shape by the softness of its own edge, in pixels.
const SOFT: f32 = 2.0;

/// The frame that stands on the screen.
#[derive(Default)]
pub struct Standing {
    shapes: Vec<ClippedShape>,
    size: [usize; 2],
    pixels_per_point: f32,
}

impl Standing {
    /// Where this frame differs from the one before, which it replaces. `textures` is what comes with it: new signs in the
    /// font's texture change nothing that stands, a texture laid anew may change everything.
    pub fn replace(&mut self, shapes: Vec<ClippedShape>, textures: &TexturesDelta, size: [usize; 2], pixels_per_point: f32) -> Vec<Area> {
        let is_laid_anew = textures.set.values().flatten().any(|change| change.pos.is_none());
        #[expect(clippy::float_cmp, reason = "the same scale is the same number")]
        let is_same_window = self.size == size && self.pixels_per_point == pixels_per_point;
        let areas = if is_same_window && !is_laid_anew {
            let places = changed(&self.shapes, &shapes).into_iter().map(|shape| pixels(shape, pixels_per_point));
            merged(places).into_iter().map(|rect| Area::of(rect, size)).filter(|area| !area.is_empty()).collect()
        } else {
            vec![Area::whole(size)]
        };
        *self = Self { shapes, size, pixels_per_point };
        areas
    }

    /// The shapes that can be seen in one of these areas, in their order.
    pub fn within(&self, areas: &[Area]) -> Vec<ClippedShape> {
        let is_seen = |shape: &&ClippedShape| {
            let place = Area::of(pixels(shape, self.pixels_per_point), self.size);
            areas.iter().any(|area| area.meets(&place))
        };
        self.shapes.iter().filter(is_seen).cloned().collect()
    }
}

/// The shapes of either frame that the other does not have.
fn changed<'a>(mut old: &'a [ClippedShape], mut new: &'a [ClippedShape]) -> Vec<&'a ClippedShape> {
    let mut found = Vec::new();
    while let ([first_old, rest_old @ ..], [first_new, rest_new @ ..]) = (old, new) {
        if is_same(first_old, first_new) {
            (old, new) = (rest_old, rest_new);
            continue;
        }
        let in_new = new.iter().take(AHEAD).position(|shape| is_same(first_old, shape));
        let in_old = old.iter().take(AHEAD).position(|shape| is_same(shape, first_new));
        // What stands between here and there came or went; with no match on either side these two changed.
        let (gone, come) = match (in_old, in_new) {
            (Some(gone), Some(come)) if gone < come => (gone, 0),
            (_, Some(come)) => (0, come),
            (Some(gone), None) => (gone, 0),
            (None, None) => (1, 1),
        };
        found.extend(old.iter().take(gone).chain(new.iter().take(come)));
        (old, new) = (old.get(gone..).unwrap_or_default(), new.get(come..).unwrap_or_default());
    }
    found.extend(old.iter().chain(new));
    found
}

fn is_same(a: &ClippedShape, b: &ClippedShape) -> bool {
    a.clip_rect == b.clip_rect && looks_same(&a.shape, &b.shape)
}

/// As equality, but texts and meshes that are one and the same are not compared sign by sign.
fn looks_same(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (Shape::Text(a), Shape::Text(b)) if Arc::ptr_eq(&a.galley, &b.galley) => {
            let plain = |text: &TextShape| (text.pos, text.underline, text.fallback_color, text.override_text_color);
            #[expect(clippy::float_cmp, reason = "the same ink is the same number")]
            let is_same_ink = a.opacity_factor == b.opacity_factor && a.angle == b.angle;
            plain(a) == plain(b) && is_same_ink
        }
        (Shape::Mesh(a), Shape::Mesh(b)) if Arc::ptr_eq(a, b) => true,
        (Shape::Vec(a), Shape::Vec(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| looks_same(a, b)),
        _ => a == b,
    }
}

/// Where a shape can be seen, in pixels.
fn pixels(shape: &ClippedShape, pixels_per_point: f32) -> Rect {
    let seen = shape.shape.visual_bounding_rect().intersect(shape.clip_rect);
    if !seen.is_positive() {
        return Rect::NOTHING;
    }
    let seen = (seen * pixels_per_point).expand(SOFT);
    Rect::from_min_max(seen.min.floor(), seen.max.ceil())
}

/// A few rectangles that cover all of these.
fn merged(places: impl Iterator<Item = Rect>) -> Vec<Rect> {
    let mut rects: Vec<Rect> = Vec::new();
    for mut rect in places.filter(Rect::is_positive) {
        // One that grows may reach others.
        while let Some(at) = rects.iter().position(|other| waste(rect, *other) <= 0.0) {
            rect |= rects.swap_remove(at);
        }
        rects.push(rect);
        while rects.len() > MAX_RECTS {
            join_closest(&mut rects);
        }
    }
    rects
}

/// How many pixels that belong to neither one rectangle around both would hold.
fn waste(a: Rect, b: Rect) -> f32 {
    (a | b).area() - a.area() - b.area()
}

/// Makes one rectangle of the two that waste least.
fn join_closest(rects: &mut Vec<Rect>) {
    let pairs = (0..rects.len()).flat_map(|i| (i + 1..rects.len()).map(move |j| (i, j)));
    let cost = |(i, j): &(usize, usize)| rects.get(*i).zip(rects.get(*j)).map_or(f32::MAX, |(a, b)| waste(*a, *b));
    if let Some((i, j)) = pairs.min_by(|a, b| cost(a).total_cmp(&cost(b))) {
        let one = rects.swap_remove(j);
        if let Some(other) = rects.get_mut(i) {
            *other |= one;
        }
    }
}
