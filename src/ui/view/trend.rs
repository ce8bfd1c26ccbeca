//! Pictures of the trend as the window paints them: the same marks as on the page.

use egui::{Align2, Color32, FontId, Label, Painter, Pos2, Rect, RichText, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::export::trend::{Anchor, Chart, Fill, Mark, Picture, draw};
use crate::ui::look::theme::{bold_font, palette};

/// Room between charts.
pub const GAP: f32 = 22.0;

/// Height of a chart's title, and of its sentence.
pub const LINE: f32 = 26.0;

/// One chart: title, picture, sentence.
pub fn chart_ui(ui: &mut Ui, chart: &Chart) {
    let picture = draw(chart);
    let size = vec2(picture.width, picture.height + LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, chart.words()));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, palette().paper);
    let words = format!("{}　{}", chart.title, chart.about);
    painter.text(rect.left_top() + vec2(12.0, 6.0), Align2::LEFT_TOP, words, bold_font(14.0), palette().ink);
    paint(painter, rect.left_top() + vec2(0.0, LINE), &picture, 1.0);
    for (words, size) in [(chart.sentence(), 13.0), (chart.words(), 11.0)] {
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.add(Label::new(RichText::new(words).size(size).color(palette().ink)).wrap());
        });
    }
    ui.add_space(GAP);
}

fn ink([red, green, blue]: [u8; 3]) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The ground of a surface, and of words on it: steps of one colour and patterns on the paper of the window.
fn colors(fill: Fill) -> (Color32, Color32) {
    match fill {
        Fill::Striped | Fill::White | Fill::Dotted => (palette().paper, palette().ink),
        Fill::Accent => (palette().accent, palette().on_accent),
        Fill::Dark | Fill::Middle | Fill::Light => (ink(fill.colors().0), ink(fill.colors().1)),
    }
}

/// Paints a picture from this corner on, at this scale.
pub fn paint(painter: &Painter, origin: Pos2, picture: &Picture, scale: f32) {
    let at = |left: f32, top: f32| origin + vec2(left, top) * scale;
    let area = |[left, top, width, height]: [f32; 4]| Rect::from_min_size(at(left, top), vec2(width, height) * scale);
    for mark in &picture.marks {
        match mark {
            Mark::Ground(place) => _ = painter.rect_filled(area(*place), 0.0, palette().paper),
            Mark::Rect(place, fill) => filled(painter, area(*place), *fill),
            Mark::Line([left, top, width]) => {
                _ = painter.line_segment([at(*left, *top), at(left + width, *top)], Stroke::new(1.0, palette().frame));
            }
            Mark::Words { at: [x, y], text, size, anchor, on } => {
                let align = if *anchor == Anchor::Middle { Align2::CENTER_BOTTOM } else { Align2::LEFT_BOTTOM };
                let color = on.map_or(palette().ink, |fill| colors(fill).1);
                // egui places the foot of the line, SVG the baseline.
                painter.text(at(*x, y + size * 0.3), align, text, FontId::proportional(size * scale), color);
            }
        }
    }
}

/// Between stripes, and between dots, in points.
const STEP: f32 = 6.0;

fn filled(painter: &Painter, area: Rect, fill: Fill) {
    painter.rect_filled(area, 0.0, colors(fill).0);
    let inside = painter.with_clip_rect(area.intersect(painter.clip_rect()));
    let steps = |length: f32| std::iter::successors(Some(STEP / 2.0), |at| Some(at + STEP)).take_while(move |at| *at < length);
    match fill {
        Fill::Striped => {
            for along in steps(area.width() + area.height()) {
                let foot = area.left_bottom() + vec2(along - area.height(), 0.0);
                inside.line_segment([foot, foot + vec2(area.height(), -area.height())], Stroke::new(1.0, palette().frame));
            }
        }
        Fill::Dotted => {
            for across in steps(area.width()) {
                for down in steps(area.height()) {
                    inside.circle_filled(area.left_top() + vec2(across, down), 1.0, palette().frame);
                }
            }
        }
        Fill::Dark | Fill::Middle | Fill::Light | Fill::White | Fill::Accent => {}
    }
    painter.rect_stroke(area, 0.0, Stroke::new(0.6, palette().frame), StrokeKind::Inside);
}
