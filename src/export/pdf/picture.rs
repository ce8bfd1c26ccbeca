//! A picture's marks on a page, as lines and surfaces that stay sharp at any size.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect};
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;

use super::fonts::{Fonts, Style};
use super::glyphs::{f, text};
use super::line::{self, Line, Setting};
use super::mark::Drawing;
use crate::export::trend::{Anchor, Fill as Filled, INK, Mark};

/// Between stripes, and between dots, in units of the picture.
const STEP: f64 = 5.0;

/// Paints it where it was laid.
pub(super) fn paint(surface: &mut Surface<'_>, drawing: &Drawing, fonts: &Fonts) {
    for mark in &drawing.picture.marks {
        match mark {
            Mark::Ground(area) => surface_of(surface, drawing, *area, Filled::White, false),
            Mark::Rect(area, fill) => {
                surface_of(surface, drawing, *area, *fill, true);
                pattern(surface, drawing, *area, *fill);
            }
            Mark::Line([left, top, width]) => {
                let ends = [(f64::from(*left), f64::from(*top)), (f64::from(left + width), f64::from(*top))];
                stroke(surface, drawing, &[ends], 1.0);
            }
            Mark::Words { .. } => {
                let Some(Words { at, size, ink, line }) = words(drawing, mark, fonts) else { continue };
                fill_with(surface, Some(ink));
                text(surface, at, size, &line, fonts);
            }
        }
    }
    surface.set_stroke(None);
}

/// Words on a page.
pub(in crate::export) struct Words {
    /// Where they begin, on their baseline.
    pub at: (f64, f64),
    /// Size in points.
    pub size: f64,
    /// Red, green and blue.
    pub ink: [u8; 3],
    /// The characters with their widths.
    pub line: Line,
}

/// Words of a picture: where on the page they begin, their size, colour and glyphs.
pub(in crate::export) fn words(drawing: &Drawing, mark: &Mark, fonts: &Fonts) -> Option<Words> {
    let Mark::Words { at, text, size, anchor, on } = mark else { return None };
    let size = f64::from(*size) * drawing.scale;
    let setting = Setting { fonts, style: Style::Table, size, tracking: 0.0, width: f64::INFINITY, indent: 0.0 };
    let line = line::lines(text, setting).into_iter().next()?;
    let (x, y) = drawing.place((f64::from(at[0]), f64::from(at[1])));
    let x = if *anchor == Anchor::Middle { x - line.width() / 2.0 } else { x };
    Some(Words { at: (x, y), size, ink: on.map_or(INK, |fill| fill.colors().1), line })
}

fn color([red, green, blue]: [u8; 3]) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill_with(surface: &mut Surface<'_>, ink: Option<[u8; 3]>) {
    surface.set_stroke(None);
    surface.set_fill(ink.map(|ink| Fill { paint: color(ink).into(), ..Fill::default() }));
}

fn rect(drawing: &Drawing, [left, top, width, height]: [f32; 4]) -> Option<Path> {
    let (x, y) = drawing.place((left.into(), top.into()));
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(f(x), f(y), f(f64::from(width) * drawing.scale), f(f64::from(height) * drawing.scale))?);
    path.finish()
}

/// The ground of an area, with an edge round it.
fn surface_of(surface: &mut Surface<'_>, drawing: &Drawing, area: [f32; 4], fill: Filled, has_edge: bool) {
    let Some(path) = rect(drawing, area) else { return };
    fill_with(surface, Some(fill.colors().0));
    if has_edge {
        surface.set_stroke(Some(Stroke { paint: color(INK).into(), width: f(0.6 * drawing.scale), ..Stroke::default() }));
    }
    surface.draw_path(&path);
}

/// The lines that stripes and dots are made of, in units of the picture; they run over the edges of the area.
pub(in crate::export) fn hatching(area: [f32; 4], fill: Filled) -> Vec<[(f64, f64); 2]> {
    let [left, top, width, height] = area.map(f64::from);
    let steps = |length: f64| std::iter::successors(Some(STEP / 2.0), |at| Some(at + STEP)).take_while(move |at| *at < length);
    match fill {
        Filled::Striped => steps(width + height).map(|along| [(left + along - height, top + height), (left + along, top)]).collect(),
        // A dot is a line about as long as it is thick.
        Filled::Dotted => steps(width)
            .flat_map(|across| steps(height).map(move |down| [(left + across - 0.8, top + down), (left + across + 0.8, top + down)]))
            .collect(),
        Filled::Dark | Filled::Middle | Filled::Light | Filled::White | Filled::Accent => Vec::new(),
    }
}

/// Stripes or dots, clipped to the area.
fn pattern(surface: &mut Surface<'_>, drawing: &Drawing, area: [f32; 4], fill: Filled) {
    let Some(path) = rect(drawing, area) else { return };
    let lines = hatching(area, fill);
    if lines.is_empty() {
        return;
    }
    surface.push_clip_path(&path, &FillRule::NonZero);
    stroke(surface, drawing, &lines, if fill == Filled::Dotted { 1.6 } else { 1.0 });
    surface.pop();
}

fn stroke(surface: &mut Surface<'_>, drawing: &Drawing, lines: &[[(f64, f64); 2]], width: f64) {
    let mut path = PathBuilder::new();
    for [from, to] in lines {
        let ((x, y), (to_x, to_y)) = (drawing.place(*from), drawing.place(*to));
        path.move_to(f(x), f(y));
        path.line_to(f(to_x), f(to_y));
    }
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: color(INK).into(), width: f(width * drawing.scale), ..Stroke::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
