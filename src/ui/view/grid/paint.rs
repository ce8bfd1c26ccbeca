//! What a table looks like. State is never told by colour alone: a broken cell also has a thick border and a sign in its
//! corner, the sides of the finding looked at carry the words 左 and 右.

use std::sync::Arc;

use egui::epaint::{Mesh, RectShape, Tessellator};
use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Galley, Painter, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::layout::{Layout, PADDING, cell_font, head_words};
use crate::form::{Align, Cell, Head, Severity};
use crate::model::{CellId, Entry, Item};
use crate::rules;
use crate::ui::look::theme::{self, palette};
use crate::ui::look::widgets::severity_color;
use crate::ui::state::grid::{GridState, GridView};

/// Paints the table from its drawing, with selection and cursor, which move oftener than it changes.
pub fn table(ui: &Ui, view: GridView<'_>, state: &GridState, (layout, drawing): (&Layout, Vec<Shape>), focused: bool) {
    let painter = ui.painter();
    painter.extend(drawing);
    let selection = state.selection(view);
    painter.rect_stroke(layout.rect(), 0.0, Stroke::new(1.0, palette().frame), StrokeKind::Outside);
    if selection.range.0 != selection.range.1 {
        painter.rect_stroke(layout.slots(selection.range), 0.0, Stroke::new(1.5, palette().accent), StrokeKind::Inside);
    }
    let cursor = layout.slots(state.cursor_range(view));
    let stroke = if focused { Stroke::new(2.0, palette().accent) } else { Stroke::new(1.0, palette().weak) };
    painter.rect_stroke(cursor, 0.0, stroke, StrokeKind::Middle);
}

/// The shapes of a table: paper and rules as one mesh, cut into triangles here, then words and signs.
pub fn drawing(ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout) -> Vec<Shape> {
    let (mut rects, mut above) = (vec![RectShape::filled(layout.rect(), 0.0, palette().paper)], Vec::new());
    let (painter, clip) = (ui.painter(), ui.clip_rect());
    for head in view.table.heads.iter().filter(|head| clip.intersects(layout.head(head))) {
        let rect = layout.head(head);
        rects.push(RectShape::new(rect, 0.0, palette().head, Stroke::new(1.0, palette().line), StrokeKind::Middle));
        above.push(head_shape(ui, rect, head));
    }
    let selection = state.selection(view);
    for (id, cell) in view.cells().filter(|(_, cell)| clip.intersects(layout.cell(cell))) {
        let is_selected = selection.contains(cell.at) && selection.range.0 != selection.range.1 && state.cursor != cell.at;
        let rect = layout.cell(cell);
        rects.push(RectShape::new(rect, 0.0, fill(view, id, cell, is_selected), Stroke::new(1.0, palette().line), StrokeKind::Middle));
        above.extend(cell_shapes(painter, view, rect, id, cell));
    }
    for (id, cell) in view.cells().filter(|(_, cell)| clip.intersects(layout.cell(cell))) {
        above.extend(note_shapes(view, layout.cell(cell), id));
        above.extend(mark_shapes(view, layout.cell(cell), id));
    }
    above.insert(0, Shape::mesh(triangles(ui, &rects)));
    above
}

/// Rectangles cut into triangles, as egui would. They have straight corners, so no texture is needed but its white first point.
fn triangles(ui: &Ui, rects: &[RectShape]) -> Mesh {
    let options = ui.ctx().options(|options| options.tessellation_options);
    let mut tessellator = Tessellator::new(ui.ctx().pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for rect in rects {
        tessellator.tessellate_rect(rect, &mut mesh);
    }
    mesh
}

fn head_shape(ui: &Ui, rect: Rect, head: &Head) -> Shape {
    let words = head_words(ui, head, rect.width());
    let x = match head.align {
        Align::Left => rect.left() + PADDING.x,
        Align::Center => rect.center().x,
    };
    Shape::galley(pos2(x, rect.center().y - words.size().y / 2.0).round(), words, palette().ink)
}

fn fill(view: GridView<'_>, id: CellId, cell: &Cell, is_selected: bool) -> Color32 {
    match (is_selected, side_tint(view, id), view.session.mark(id)) {
        (true, ..) => palette().accent_tint,
        (_, Some((tint, _)), _) => tint,
        (.., Some(Severity::Error)) => palette().error_tint,
        (.., Some(Severity::Warning)) => palette().warning_tint,
        _ if view.panel.other(id).is_some() => palette().accent_tint,
        _ if cell.total.is_some() => palette().total,
        _ => palette().paper,
    }
}

/// The entry, the small figure beside it, the word of its side.
fn cell_shapes(painter: &Painter, view: GridView<'_>, rect: Rect, id: CellId, cell: &Cell) -> Vec<Shape> {
    let entry = view.session.draft().entry(id);
    let side = side_tint(view, id);
    let font = if cell.total.is_some() { theme::bold_font(theme::TABLE_TEXT) } else { cell_font() };
    let ink = if matches!(entry, Entry::Unread { .. }) { palette().error } else { palette().ink };
    let words = fitted(painter, &entry.shown(cell.kind), font, ink, rect.width() - 2.0 * PADDING.x);
    let at = Align2::RIGHT_CENTER.align_size_within_rect(words.size(), rect.shrink2(PADDING));
    let mut shapes = vec![Shape::galley(at.min, Arc::clone(&words), ink)];
    let small_font = FontId::proportional(theme::TABLE_TEXT - 3.0);
    // The words of a side stand where the small figure would.
    if let Some(note) = beside(view, id).filter(|_| side.is_none_or(|(_, words)| words.is_empty())) {
        let lay_out = |note: String| painter.layout_no_wrap(note, small_font.clone(), palette().accent);
        let mut small = lay_out(note.clone());
        if small.size().x + words.size().x + 2.0 * PADDING.x > rect.width() {
            // No room beside a long figure: the first sign says that there is one; pointer and inspector say which.
            small = lay_out(note.chars().take(1).collect());
        }
        shapes.push(Shape::galley(rect.left_bottom() + vec2(3.0, -1.0 - small.size().y), small, palette().accent));
    }
    if let Some((_, words)) = side {
        let words = painter.layout_no_wrap(words.to_owned(), small_font, palette().ink);
        shapes.push(Shape::galley(rect.left_top() + vec2(9.0, 1.0), words, palette().ink));
    }
    shapes
}

/// The small figure beside an entry: what it was in the report compared with; beside a total what it should be by its cells where it is typed, its control figure where it is computed.
fn beside(view: GridView<'_>, id: CellId) -> Option<String> {
    let (form, draft) = (view.session.form(), view.session.draft());
    if let Some((whose, old)) = view.panel.other(id) {
        let old = old.shown(form.cell(id).kind);
        return Some(format!("{whose}{}", if old.is_empty() { "空" } else { &old }));
    }
    if view.session.is_computed(id) {
        let control = draft.control(id);
        return (!control.is_blank()).then(|| format!("控{}", control.shown(form.cell(id).kind)));
    }
    // Where the wrong cell is known to be another one, the total is right.
    let suspects = view.session.suspects();
    if !suspects.is_empty() && !suspects.iter().any(|suspect| suspect.cell == id) {
        return None;
    }
    let total = rules::computed_total(form, draft, id)?;
    (!total.is_blank() && total != *draft.entry(id)).then(|| format!("应{}", total.shown(form.cell(id).kind)))
}

/// One line of text; smaller, and in the end cut with an ellipsis, where the cell is too narrow.
fn fitted(painter: &Painter, text: &str, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let full = painter.layout_no_wrap(text.to_owned(), font.clone(), ink);
    if full.size().x <= width {
        return full;
    }
    let mut job = LayoutJob::simple_singleline(text.to_owned(), FontId::new(font.size - 2.0, font.family), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

/// Border and corner sign of a cell that takes part in a broken check.
fn mark_shapes(view: GridView<'_>, rect: Rect, id: CellId) -> Vec<Shape> {
    let Some(severity) = view.session.mark(id).filter(|severity| *severity != Severity::Info) else { return Vec::new() };
    let color = severity_color(severity);
    let border = RectShape::stroke(rect.shrink(1.0), 0.0, Stroke::new(1.0, color), StrokeKind::Inside);
    let sign = match severity {
        // A corner for an error, a dot for a warning: told apart without colour.
        Severity::Error => {
            let corner = rect.left_top() + vec2(1.0, 1.0);
            Shape::convex_polygon(vec![corner, corner + vec2(8.0, 0.0), corner + vec2(0.0, 8.0)], color, Stroke::NONE)
        }
        Severity::Warning | Severity::Info => Shape::circle_filled(rect.left_top() + vec2(6.0, 6.0), 2.5, color),
    };
    vec![border.into(), sign]
}

/// Signs of a review: a triangle in the right corner for comments (filled while one is open), a bar on the left edge for what
/// was not looked at.
fn note_shapes(view: GridView<'_>, rect: Rect, id: CellId) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let comments = view.panel.comments_on(id);
    if !comments.is_empty() {
        let corner = rect.right_top() + vec2(-1.0, 1.0);
        let points = vec![corner, corner + vec2(-8.0, 0.0), corner + vec2(0.0, 8.0)];
        let is_open = comments.iter().any(|thread| !thread.is_resolved);
        let fill = if is_open { palette().warning } else { Color32::TRANSPARENT };
        shapes.push(Shape::convex_polygon(points, fill, Stroke::new(1.0, palette().warning)));
    }
    if view.is_review() && view.panel.unseen().contains(&Item::Cell(id)) {
        let bar = Rect::from_min_max(rect.left_top() + vec2(1.0, 4.0), rect.left_bottom() + vec2(3.5, -4.0));
        shapes.push(Shape::rect_filled(bar, 0.0, palette().weak));
    }
    shapes
}

/// Tint and word of the side a cell stands on in the finding looked at.
fn side_tint(view: GridView<'_>, id: CellId) -> Option<(Color32, &'static str)> {
    let comparison = view.finding?.comparison(view.session.form())?;
    let stands_in = |side: &crate::form::Side| side.terms.iter().any(|term| term.cell == id);
    // Where a sum is held against a number there are no two sides to tell apart.
    let has_sides = !comparison.left.terms.is_empty() && !comparison.right.terms.is_empty();
    let words = |words: &'static str| if has_sides { words } else { "" };
    if stands_in(&comparison.left) {
        Some((palette().left_tint, words("左")))
    } else if stands_in(&comparison.right) {
        Some((palette().right_tint, words("右")))
    } else {
        None
    }
}

/// The paper under the text field of the cell being edited.
pub fn editor_back(ui: &Ui, rect: Rect) {
    ui.painter().rect_filled(rect, 0.0, palette().paper);
}
