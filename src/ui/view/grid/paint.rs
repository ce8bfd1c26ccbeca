//! What a table looks like. State is never told by colour alone: a broken cell also has a thick border and a sign in its
//! corner, the sides of the finding looked at carry the words 左 and 右.

use egui::epaint::{Mesh, RectShape};
use egui::{Color32, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::cell::{self, Cells, triangles};
use super::layout::{Density, Layout, head_words};
use crate::form::{Align, Head, Severity};
use crate::model::{CellId, Item};
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::severity_color;
use crate::ui::state::grid::{GridState, GridView};

/// How strongly the heads of the cursor's row and column are tinted over their words.
pub const HERE: f32 = 0.16;

/// Paints the table from its drawing, with selection and cursor, which move oftener than it changes.
pub fn table(ui: &Ui, view: GridView<'_>, state: &GridState, (layout, drawing): (&Layout, Vec<Shape>), focused: bool) {
    let painter = ui.painter();
    painter.extend(drawing);
    let selection = state.selection(view);
    for head in heads_at(view, state) {
        painter.rect_filled(layout.head(head).shrink(1.0), 0.0, palette().accent.gamma_multiply(HERE));
    }
    painter.rect_stroke(layout.rect(), 0.0, Stroke::new(1.0, palette().frame), StrokeKind::Outside);
    if selection.range.0 != selection.range.1 {
        painter.rect_stroke(layout.slots(selection.range), 0.0, Stroke::new(1.5, palette().accent), StrokeKind::Inside);
    }
    let cursor = layout.slots(state.cursor_range(view));
    let stroke = if focused { Stroke::new(2.0, palette().accent) } else { Stroke::new(1.0, palette().weak) };
    painter.rect_stroke(cursor, 0.0, stroke, StrokeKind::Middle);
}

/// The nearest heads of the cursor's row and column.
pub fn heads_at<'a>(view: GridView<'a>, state: &GridState) -> impl Iterator<Item = &'a Head> {
    let (row, col) = state.cursor;
    let nearest = |heads: Vec<&'a Head>| heads.last().copied();
    [nearest(view.table.row_heads(row, col)), nearest(view.table.column_heads(row, col))].into_iter().flatten()
}

/// What a table is painted with, and the parts that it was put together from.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Paper and rules as one mesh, cut into triangles here, then words and signs.
    pub shapes: Vec<Shape>,
    heads: Option<(Mesh, Vec<Shape>)>,
    cells: Cells,
}

/// The drawing of a table. What is the same as in the last one, which stood in the same place, is taken over from it.
pub fn drawing(ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout, last: Drawing) -> Drawing {
    let Drawing { heads, cells: mut last, .. } = last;
    let heads = heads.unwrap_or_else(|| heads_of(ui, view, layout));
    let (clip, selection) = (ui.clip_rect(), state.selection(view));
    let (mut paper, mut words, mut signs, mut cells) = (heads.0.clone(), heads.1.clone(), Vec::new(), Cells::new());
    for (id, cell) in view.cells().filter(|(_, cell)| clip.intersects(layout.cell(cell))) {
        let is_many = selection.range.0 != selection.range.1 || !state.more.is_empty();
        let is_selected = is_many && state.is_selected(view, cell.at) && state.cursor != cell.at;
        let rect = layout.cell(cell);
        let painted = cell::painted(ui, view, (rect, layout.density), (id, cell), is_selected, last.remove(&id));
        paper.append_ref(&painted.paper);
        words.extend(painted.words.iter().cloned());
        cells.insert(id, painted);
        signs.extend(note_shapes(view, rect, id));
        signs.extend(mark_shapes(view, rect, id));
    }
    let shapes = std::iter::once(Shape::mesh(paper)).chain(words).chain(signs).collect();
    Drawing { shapes, heads: Some(heads), cells }
}

/// Paper and words of the heads, on the paper of the whole table.
fn heads_of(ui: &Ui, view: GridView<'_>, layout: &Layout) -> (Mesh, Vec<Shape>) {
    let (mut rects, mut words) = (vec![RectShape::filled(layout.rect(), 0.0, palette().paper)], Vec::new());
    for head in view.table.heads.iter().filter(|head| ui.clip_rect().intersects(layout.head(head))) {
        let rect = layout.head(head);
        rects.push(RectShape::new(rect, 0.0, palette().head, Stroke::new(1.0, palette().line), StrokeKind::Middle));
        words.push(head_shape(ui, rect, head, layout.density));
    }
    (triangles(ui, &rects), words)
}

/// The words of a head in its rectangle.
pub fn head_shape(ui: &Ui, rect: Rect, head: &Head, density: Density) -> Shape {
    let words = head_words(ui, head, rect.width(), density);
    let x = match head.align {
        Align::Left => rect.left() + density.padding().x,
        Align::Center => rect.center().x,
    };
    Shape::galley(pos2(x, rect.center().y - words.size().y / 2.0).round(), words, palette().ink)
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
    if view.panel.mended.contains(&id) {
        // A pencil: its shaft and its tip.
        let tip = rect.left_bottom() + vec2(4.0, -4.0);
        let color = palette().accent;
        shapes.push(Shape::line_segment([tip + vec2(2.5, -2.5), tip + vec2(7.5, -7.5)], Stroke::new(3.0, color)));
        shapes.push(Shape::convex_polygon(vec![tip, tip + vec2(3.6, -1.4), tip + vec2(1.4, -3.6)], color, Stroke::NONE));
    }
    if view.is_review() && view.panel.unseen().contains(&Item::Cell(id)) {
        let bar = Rect::from_min_max(rect.left_top() + vec2(1.0, 4.0), rect.left_bottom() + vec2(3.5, -4.0));
        shapes.push(Shape::rect_filled(bar, 0.0, palette().weak));
    }
    shapes
}

/// The paper under the text field of the cell being edited.
pub fn editor_back(ui: &Ui, rect: Rect) {
    ui.painter().rect_filled(rect, 0.0, palette().paper);
}
