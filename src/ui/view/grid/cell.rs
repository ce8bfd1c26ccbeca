//! What one cell looks like: its paper and its words. Both are made anew only where what the cell shows differs, for a
//! keystroke changes a few cells of two hundred.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::{Mesh, RectShape, Tessellator};
use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Galley, Painter, Rect, Shape, Stroke, StrokeKind, Ui, vec2};

use super::layout::Density;
use crate::form::{Cell, Severity};
use crate::model::{CellId, Entry};
use crate::rules;
use crate::ui::look::theme::{self, palette};
use crate::ui::state::grid::GridView;

/// The cells of a table as they were painted.
pub type Cells = BTreeMap<CellId, Painted>;

/// All that paper and words of a cell are made from, beside its place, the fonts and the colours of the window.
#[derive(Clone, Debug, PartialEq)]
struct Face {
    fill: Color32,
    words: String,
    is_total: bool,
    is_unread: bool,
    is_proposal: bool,
    beside: Option<String>,
    side: Option<&'static str>,
}

/// A cell as painted.
#[derive(Clone, Debug)]
pub struct Painted {
    face: Face,
    /// Fill and edge.
    pub paper: Mesh,
    /// The entry, the small figure beside it, the word of its side.
    pub words: Vec<Shape>,
}

/// The cell as it is painted in this rectangle; as it was painted there before, if it still shows the same.
pub fn painted(
    ui: &Ui,
    view: GridView<'_>,
    (rect, density): (Rect, Density),
    (id, cell): (CellId, &Cell),
    is_selected: bool,
    last: Option<Painted>,
) -> Painted {
    let face = face(view, id, cell, is_selected);
    if let Some(last) = last.filter(|last| last.face == face) {
        return last;
    }
    let paper = RectShape::new(rect, 0.0, face.fill, Stroke::new(1.0, palette().line), StrokeKind::Middle);
    Painted { paper: triangles(ui, &[paper]), words: words(ui.painter(), rect, density, &face), face }
}

/// Rectangles cut into triangles, as egui would. They have straight corners, so no texture is needed but its white first point.
pub fn triangles(ui: &Ui, rects: &[RectShape]) -> Mesh {
    let options = ui.ctx().options(|options| options.tessellation_options);
    let mut tessellator = Tessellator::new(ui.ctx().pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for rect in rects {
        tessellator.tessellate_rect(rect, &mut mesh);
    }
    mesh
}

fn face(view: GridView<'_>, id: CellId, cell: &Cell, is_selected: bool) -> Face {
    let (entry, side) = (view.session.draft().entry(id), side_tint(view, id));
    let proposal = view.panel.proposal(id).filter(|_| entry.is_blank());
    let other_year = view.panel.shown(id, cell.kind, entry);
    let is_other_year = other_year.is_some();
    Face {
        fill: fill(view, id, cell, is_selected, side),
        words: theme::figure(other_year.unwrap_or_else(|| proposal.unwrap_or(entry).shown(cell.kind))),
        is_proposal: proposal.is_some() || is_other_year,
        is_total: cell.total.is_some(),
        is_unread: matches!(entry, Entry::Unread { .. }),
        // The word of a side stands where the small figure would.
        beside: beside(view, id).filter(|_| side.is_none_or(|(_, words)| words.is_empty())),
        side: side.map(|(_, words)| words),
    }
}

fn fill(view: GridView<'_>, id: CellId, cell: &Cell, is_selected: bool, side: Option<(Color32, &str)>) -> Color32 {
    match (is_selected, side, view.session.mark(id)) {
        (true, ..) => palette().accent_tint,
        (_, Some((tint, _)), _) => tint,
        (.., Some(Severity::Error)) => palette().error_tint,
        (.., Some(Severity::Warning)) => palette().warning_tint,
        _ if view.panel.other(id).is_some() => palette().accent_tint,
        _ if cell.total.is_some() => palette().total,
        _ => palette().paper,
    }
}

fn words(painter: &Painter, rect: Rect, density: Density, face: &Face) -> Vec<Shape> {
    let font = if face.is_total { theme::bold_font(density.text()) } else { density.font() };
    let padding = density.padding();
    let ink = match (face.is_unread, face.is_proposal) {
        (true, _) => palette().error,
        (false, true) => palette().weak,
        (false, false) => palette().ink,
    };
    let words = fitted(painter, &face.words, font, ink, rect.width() - 2.0 * padding.x);
    let at = Align2::RIGHT_CENTER.align_size_within_rect(words.size(), rect.shrink2(padding));
    let small_font = FontId::proportional(theme::TABLE_TEXT - 3.0);
    let room = rect.width() - words.size().x - 2.0 * padding.x;
    let beside = face.beside.as_ref().map(|note| small_words(painter, note, room));
    // The other figure is shown whole: where it has no room beside a long one, it stands above it, and that one lower.
    let lower = if beside.as_ref().is_some_and(|(_, has_room)| !has_room) { 4.0 } else { 0.0 };
    let mut shapes = vec![Shape::galley(at.min + vec2(0.0, lower), Arc::clone(&words), ink)];
    if let Some((small, has_room)) = beside {
        let down = if has_room { rect.height() - 1.0 - small.size().y } else { -2.0 };
        shapes.push(Shape::galley(rect.left_top() + vec2(3.0, down), small, palette().accent));
    }
    if let Some(side) = face.side {
        let side = painter.layout_no_wrap(side.to_owned(), small_font, palette().ink);
        let is_free = 9.0 + side.size().x <= at.min.x - rect.left();
        // Over a long figure there is no room for the word; the tint and its border say it too.
        if !is_free {
            return shapes;
        }
        shapes.push(Shape::galley(rect.left_top() + vec2(9.0, 1.0), side, palette().ink));
    }
    shapes
}

/// The small figure beside an entry: what it was in the report compared with; beside a total what it should be by its cells
/// where it is typed, its control figure where it is computed.
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
    let total = rules::computed_total(view.session.report(), id)?;
    (!total.is_blank() && total.value() != draft.entry(id).value()).then(|| format!("应{}", total.shown(form.cell(id).kind)))
}

/// The small figure: with its word, or without it where there is so little room; and whether there is room at all.
fn small_words(painter: &Painter, note: &str, room: f32) -> (Arc<Galley>, bool) {
    let bare = note.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-');
    let bare = if bare.is_empty() { note } else { bare };
    for (words, less) in [(note, 3.0), (bare, 3.0), (bare, 4.0)] {
        let small = painter.layout_no_wrap(words.to_owned(), FontId::proportional(theme::TABLE_TEXT - less), palette().accent);
        if small.size().x <= room {
            return (small, true);
        }
    }
    (painter.layout_no_wrap(bare.to_owned(), FontId::proportional(theme::TABLE_TEXT - 4.0), palette().accent), false)
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

/// Tint and word of the side a cell stands on in the finding looked at.
fn side_tint(view: GridView<'_>, id: CellId) -> Option<(Color32, &'static str)> {
    let comparison = view.finding?.comparison(view.session.form())?;
    let stands_in = |side: &crate::form::Side| side.terms.iter().any(|term| term.cell == id && !term.is_prior);
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
