//! Heads and labels that stay in view while the table is scrolled below them, as frozen panes do in a spreadsheet.

use egui::{Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};

use super::layout::Layout;
use super::paint::{HERE, head_shape, heads_at};
use crate::form::{Head, Table};
use crate::ui::look::theme::palette;
use crate::ui::state::grid::{GridState, GridView, Position};

/// Most of the screen that a band may cover: with larger letters it would leave no room for figures.
const MOST: f32 = 0.5;

/// The bands over the table: the rows of heads above, the columns of labels on the left.
#[derive(Clone, Copy, Debug)]
pub struct Frozen {
    clip: Rect,
    /// Width of the labels and height of the heads, zero where they are not frozen.
    size: Vec2,
    /// How far the bands were moved from where they stand on the table.
    moved: Vec2,
}

impl Frozen {
    /// What is frozen of a table that is laid out here.
    pub fn new(table: &Table, layout: &Layout, clip: Rect) -> Self {
        let wanted = layout.before(table.head_rows, table.stub_cols());
        let most = clip.size() * MOST;
        let size = vec2(if wanted.x <= most.x { wanted.x } else { 0.0 }, if wanted.y <= most.y { wanted.y } else { 0.0 });
        let away = clip.min - layout.rect().min;
        let moved = vec2(if size.x > 0.0 { away.x.max(0.0) } else { 0.0 }, if size.y > 0.0 { away.y.max(0.0) } else { 0.0 });
        Self { clip, size, moved: moved.round() }
    }

    /// Where figures can be seen: what the bands leave.
    pub fn seen(&self) -> Rect {
        let covered = vec2(if self.moved.x > 0.0 { self.size.x } else { 0.0 }, if self.moved.y > 0.0 { self.size.y } else { 0.0 });
        Rect::from_min_max(self.clip.min + covered, self.clip.max)
    }

    /// What must come into view so that this rectangle is seen beside the bands.
    pub fn with_bands(&self, rect: Rect) -> Rect {
        Rect::from_min_max(rect.min - self.size, rect.max)
    }

    /// The slot at a point of the screen; on a band, that of the head which is painted there.
    pub fn slot_at(&self, layout: &Layout, point: Pos2) -> Option<Position> {
        let inside = point - self.clip.min;
        let back = |inside: f32, size: f32, moved: f32| if moved > 0.0 && inside < size { moved } else { 0.0 };
        let back = vec2(back(inside.x, self.size.x, self.moved.x), back(inside.y, self.size.y, self.moved.y));
        layout.slot_at(point - back)
    }

    /// Paints the bands over what was painted of the table.
    pub fn paint(&self, ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout) {
        let table = view.table;
        let here: Vec<&Head> = heads_at(view, state).collect();
        let is_above = |head: &&Head| head.at.0 < table.head_rows;
        let is_label = |head: &&Head| head.at.1 < table.stub_cols();
        let corner = self.clip.min + self.size;
        let above = Rect::from_min_max(self.clip.min, pos2(self.clip.max.x, corner.y));
        let left = Rect::from_min_max(self.clip.min, pos2(corner.x, self.clip.max.y));
        if self.moved.x > 0.0 {
            self.band(ui, (layout, &here), left, vec2(self.moved.x, 0.0), table.heads.iter().filter(is_label));
        }
        if self.moved.y > 0.0 {
            self.band(ui, (layout, &here), above, vec2(0.0, self.moved.y), table.heads.iter().filter(is_above));
        }
        if self.moved.x > 0.0 && self.moved.y > 0.0 {
            let heads = table.heads.iter().filter(|head| is_above(head) && is_label(head));
            self.band(ui, (layout, &here), above.intersect(left), self.moved, heads);
        }
    }

    /// The heads, moved, in a band of the screen; a line where it ends.
    fn band<'a>(&self, ui: &Ui, (layout, here): (&Layout, &[&Head]), band: Rect, moved: Vec2, heads: impl Iterator<Item = &'a Head>) {
        let table = layout.rect().translate(moved);
        let band = band.intersect(self.clip).intersect(table);
        let painter = ui.painter().with_clip_rect(band);
        painter.rect_filled(band, 0.0, palette().head);
        for head in heads {
            let rect = layout.head(head).translate(moved);
            if rect.intersects(band) {
                painter.rect_stroke(rect, 0.0, Stroke::new(1.0, palette().line), egui::StrokeKind::Middle);
                painter.add(head_shape(ui, rect, head, layout.density));
                if here.iter().any(|other| std::ptr::eq(*other, head)) {
                    painter.rect_filled(rect.shrink(1.0), 0.0, palette().accent.gamma_multiply(HERE));
                }
            }
        }
        painter.rect_stroke(band, 0.0, Stroke::new(1.0, palette().frame), egui::StrokeKind::Inside);
    }
}
