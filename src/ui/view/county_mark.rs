//! The marks of bodies: what each needs, by shape first and colour second.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::county::Need;
use crate::ui::look::theme::palette;

/// The colour of a need on paper.
pub fn ink(need: Option<Need>) -> Color32 {
    match need {
        Some(Need::Wrong | Need::Overdue | Need::Returned) => palette().error,
        Some(Need::Look) => palette().warning,
        Some(Need::Ready) => palette().good,
        Some(Need::Missing) | None => palette().weak,
    }
}

/// The ground of a need.
pub fn tint(need: Option<Need>) -> Color32 {
    match need {
        Some(Need::Wrong | Need::Overdue | Need::Returned) => palette().error_tint,
        Some(Need::Look) => palette().warning_tint,
        Some(Need::Ready) => palette().total,
        Some(Need::Missing) | None => palette().paper,
    }
}

/// Paints the mark of a need in the middle of a place: tick, filled square ×, triangle !, clock, arrow back, ring; a dash for a body
/// that is expected to send nothing.
pub fn mark(painter: &Painter, place: Rect, need: Option<Need>) {
    let side = place.width().min(place.height()).min(13.0);
    let at = Rect::from_center_size(place.center(), vec2(side, side));
    let point = |x: f32, y: f32| pos2(at.left() + x * side, at.top() + y * side);
    let ink = ink(need);
    let stroke = Stroke::new(1.6, ink);
    let line = |points: &[(f32, f32)], stroke: Stroke| {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| point(*x, *y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    match need {
        Some(Need::Ready) => line(&[(0.1, 0.55), (0.4, 0.85), (0.92, 0.2)], stroke),
        Some(Need::Wrong) => {
            painter.rect_filled(at, 2.0, ink);
            let cross = Stroke::new(1.5, palette().on_accent);
            line(&[(0.28, 0.28), (0.72, 0.72)], cross);
            line(&[(0.72, 0.28), (0.28, 0.72)], cross);
        }
        Some(Need::Look) => {
            line(&[(0.5, 0.06), (0.97, 0.92), (0.03, 0.92), (0.5, 0.06), (0.7, 0.42)], stroke);
            line(&[(0.5, 0.38), (0.5, 0.62)], stroke);
            painter.circle_filled(point(0.5, 0.78), 1.0, ink);
        }
        Some(Need::Overdue) => {
            painter.circle_stroke(at.center(), side * 0.45, stroke);
            line(&[(0.5, 0.24), (0.5, 0.52), (0.7, 0.62)], stroke);
        }
        Some(Need::Returned) => {
            line(&[(0.35, 0.1), (0.08, 0.36), (0.35, 0.62)], stroke);
            line(&[(0.08, 0.36), (0.65, 0.36), (0.9, 0.5), (0.9, 0.75), (0.65, 0.9), (0.3, 0.9)], stroke);
        }
        Some(Need::Missing) => _ = painter.circle_stroke(at.center(), side * 0.42, stroke),
        None => line(&[(0.25, 0.5), (0.75, 0.5)], stroke),
    }
}

/// The strip of very many bodies, in one piece: a bar each, the higher the more is to be done, so that needs are told apart by shape too.
pub fn bars(tiles: impl Iterator<Item = (Rect, Option<Need>)>) -> Shape {
    let mut mesh = Mesh::default();
    for (place, need) in tiles {
        let part = match need {
            Some(Need::Wrong) => 1.0,
            Some(Need::Overdue) => 0.8,
            Some(Need::Look) => 0.6,
            Some(Need::Returned) => 0.4,
            Some(Need::Ready) => 0.2,
            Some(Need::Missing) | None => 0.0,
        };
        mesh.add_colored_rect(place, tint(need));
        let bar = Rect::from_min_max(pos2(place.left(), place.bottom() - place.height() * part), place.max);
        mesh.add_colored_rect(bar, ink(need));
    }
    Shape::mesh(mesh)
}

/// A cell of the strip of all bodies.
pub fn tile(painter: &Painter, place: Rect, need: Option<Need>, is_here: bool) {
    painter.rect_filled(place, 2.0, tint(need));
    let edge = Stroke::new(1.0, if need == Some(Need::Missing) { palette().line } else { ink(need).gamma_multiply(0.5) });
    painter.rect_stroke(place, 2.0, edge, StrokeKind::Inside);
    mark(painter, place.shrink(2.0), need);
    if is_here {
        painter.rect_stroke(place.expand(2.0), 3.0, Stroke::new(2.0, palette().accent), StrokeKind::Outside);
    }
}
