//! A picture's marks on a page.

use super::object::{Objects, outline};
use crate::export::pdf::{Drawing, hatching, words};
use crate::export::trend::{Fill, INK, Mark};

/// Paints it where it was laid.
pub(super) fn paint(objects: &mut Objects<'_>, drawing: &Drawing) -> String {
    drawing.picture.marks.iter().map(|mark| paint_mark(objects, drawing, mark)).collect()
}

fn paint_mark(objects: &mut Objects<'_>, drawing: &Drawing, mark: &Mark) -> String {
    match mark {
        Mark::Ground(area) => surface(objects, drawing, *area, Fill::White, 0.0),
        Mark::Rect(area, fill) => surface(objects, drawing, *area, *fill, 0.6) + &pattern(objects, drawing, *area, *fill),
        Mark::Line([left, top, width]) => {
            let [from, to] = [*left, left + width].map(|x| drawing.place((x.into(), (*top).into())));
            let thick = drawing.scale;
            let area = [from.0, from.1 - thick / 2.0, to.0 - from.0, thick];
            objects.path(&area, &[&[from, to]], (false, thick, INK), None)
        }
        Mark::Words { .. } => match words(drawing, mark, objects.all) {
            Some(words) => objects.line(&words),
            None => String::new(),
        },
    }
}

/// The corners of an area of the picture, on the page.
fn corners(drawing: &Drawing, [left, top, width, height]: [f32; 4]) -> [(f64, f64); 4] {
    let (right, bottom) = (left + width, top + height);
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| drawing.place((x.into(), y.into())))
}

/// The ground of an area, with an edge so thick round it.
fn surface(objects: &mut Objects<'_>, drawing: &Drawing, area: [f32; 4], fill: Fill, edge: f64) -> String {
    let (corners, edge) = (corners(drawing, area), edge * drawing.scale);
    objects.path(&outline(corners, edge), &[&corners], (true, edge, INK), Some(fill.colors().0))
}

/// Stripes or dots; an object ends where its area does.
fn pattern(objects: &mut Objects<'_>, drawing: &Drawing, area: [f32; 4], fill: Fill) -> String {
    let lines: Vec<[(f64, f64); 2]> = hatching(area, fill).into_iter().map(|line| line.map(|at| drawing.place(at))).collect();
    let lines: Vec<&[(f64, f64)]> = lines.iter().map(<[_; 2]>::as_slice).collect();
    if lines.is_empty() {
        return String::new();
    }
    let width = if fill == Fill::Dotted { 1.6 } else { 1.0 } * drawing.scale;
    objects.path(&outline(corners(drawing, area), 0.0), &lines, (false, width, INK), None)
}
