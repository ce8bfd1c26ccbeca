//! What is wrong with a laid-out frame: texts that are cut or lie over another, marks of the keyboard's place.

use egui::epaint::{ClippedShape, Shape};
use egui::{Context, Rect};
use gouji::ui::theme::palette;

/// A text on the screen: where its ink is, where it may be seen, how far down in the painting it lies.
struct Seen {
    words: String,
    ink: Rect,
    clip: Rect,
    depth: usize,
    is_elided: bool,
}

/// Every line of text and every opaque rectangle of a frame, from back to front.
fn texts(shapes: &[ClippedShape]) -> (Vec<Seen>, Vec<(usize, Rect)>) {
    let (mut seen, mut covers, mut depth) = (Vec::new(), Vec::new(), 0);
    for clipped in shapes {
        walk(&clipped.shape, clipped.clip_rect, &mut depth, &mut seen, &mut covers);
    }
    (seen, covers)
}

fn walk(shape: &Shape, clip: Rect, depth: &mut usize, seen: &mut Vec<Seen>, covers: &mut Vec<(usize, Rect)>) {
    *depth += 1;
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, clip, depth, seen, covers)),
        Shape::Rect(rect) if rect.fill.a() == 255 => covers.push((*depth, rect.rect.intersect(clip))),
        // What is turned is the watermark: it lies below words by nature.
        Shape::Text(text) if text.angle == 0.0 => {
            for row in &text.galley.rows {
                let bounds = row.row.visuals.mesh_bounds;
                if bounds.is_positive() {
                    let ink = bounds.translate(text.pos.to_vec2() + row.pos.to_vec2());
                    let words = row.row.text().clone();
                    seen.push(Seen { words, ink, clip, depth: *depth, is_elided: text.galley.elided });
                }
            }
        }
        _ => {}
    }
}

/// What is wrong with a frame.
pub fn faults(ctx: &Context, shapes: &[ClippedShape], screen: Rect) -> Vec<String> {
    let (seen, covers) = texts(shapes);
    let is_covered = |depth: usize, rect: Rect| covers.iter().any(|(over, cover)| *over > depth && cover.contains_rect(rect));
    let visible: Vec<&Seen> = seen
        .iter()
        .filter(|text| {
            let rect = text.ink.intersect(text.clip).intersect(screen);
            rect.is_positive() && !is_covered(text.depth, rect)
        })
        .collect();
    let mut faults = Vec::new();
    // One thing laid over another: of a line only a part is left. What floats may do that.
    let floats = egui::Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
    for (depth, cover) in covers.iter().filter(|_| !floats) {
        for text in visible.iter().filter(|text| text.depth < *depth) {
            let shown = text.ink.intersect(text.clip).intersect(screen);
            let hidden = shown.intersect(*cover);
            if hidden.is_positive() && hidden.width() > 3.0 && hidden.height() > 3.0 {
                faults.push(format!("half hidden: {:?} at {shown:?} by {cover:?}", text.words));
            }
        }
    }
    for (place, one) in visible.iter().enumerate() {
        let shown = one.ink.intersect(one.clip);
        // What is cut by a tall clip is scrolled to.
        let leaves_screen = one.ink.max.x > screen.max.x + 1.0 && one.clip.max.x >= screen.max.x - 1.0
            || one.ink.min.x < screen.min.x - 1.0 && one.clip.min.x <= screen.min.x + 1.0
            || one.ink.min.y < screen.min.y - 1.0 && one.clip.min.y <= screen.min.y + 1.0;
        if leaves_screen || one.clip.max.x < one.ink.max.x - 1.5 && one.clip.height() < 40.0 {
            faults.push(format!("cut at the side: {:?} at {:?}", one.words, one.ink));
        }
        if one.is_elided && one.words.ends_with('…') && one.words.chars().count() < 3 {
            faults.push(format!("hardly anything left: {:?} at {:?}", one.words, one.ink));
        }
        for other in visible.iter().skip(place + 1) {
            let both = shown.intersect(other.ink.intersect(other.clip)).intersect(screen);
            let is_over = both.is_positive() && both.width() > 1.5 && both.height() > 2.0;
            if is_over && !is_covered(one.depth, both) {
                faults.push(format!("{:?} over {:?} at {both:?}", other.words, one.words));
            }
        }
    }
    faults
}

/// A question is open, and the keyboard is with what lies below it.
pub fn is_below_question(ctx: &Context) -> bool {
    let layer = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id)).map(|response| response.layer_id);
    let question = ctx.memory(egui::Memory::top_modal_layer);
    question.is_some() && layer.is_some() && layer != question
}

/// How many marks say where the keyboard is: the ring round a control or a cell, or the frame and caret of a field of text.
pub fn num_rings(ctx: &Context, shapes: &[ClippedShape]) -> usize {
    let mut rings = Vec::new();
    for clipped in shapes {
        rings_of(&clipped.shape, clipped.clip_rect, &mut rings);
    }
    let field = ctx.text_edit_focused().then(|| ctx.memory(egui::Memory::focused)).flatten().and_then(|id| ctx.read_response(id));
    // The field in a cell stands in the cell's ring.
    rings.retain(|ring| field.as_ref().is_none_or(|field| !ring.expand(4.0).intersects(field.rect)));
    rings.len() + usize::from(field.is_some())
}

fn rings_of(shape: &Shape, clip: Rect, rings: &mut Vec<Rect>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| rings_of(shape, clip, rings)),
        Shape::Rect(rect) if rect.stroke.color == palette().accent && rect.stroke.width > 1.9 && rect.rect.intersects(clip) => {
            rings.push(rect.rect);
        }
        _ => {}
    }
}
