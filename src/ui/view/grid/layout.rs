//! Where the slots of a table stand on the screen: columns share the width, rows are as high as their words need.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align as TextAlign, FontId, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::form::{Align, Cell, Head, Table};
use crate::import::Range;
use crate::ui::look::theme::{self, palette};
use crate::ui::state::grid::Position;

/// Room that a table leaves at its edges for the frame.
const FRAME_ROOM: Vec2 = vec2(2.0, 2.0);

/// Narrowest and widest a table gets, in points.
const WIDTHS: std::ops::RangeInclusive<f32> = 640.0..=1120.0;

/// How close a table is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// With air round the words.
    #[default]
    Roomy,
    /// Line upon line: on a small screen the whole of 表三 is seen at once.
    Compact,
}

impl Density {
    /// Size of entries and heads, in points.
    pub fn text(self) -> f32 {
        match self {
            Self::Roomy => theme::TABLE_TEXT,
            Self::Compact => theme::TABLE_TEXT - 0.5,
        }
    }

    /// The font of entries and heads.
    pub fn font(self) -> FontId {
        FontId::proportional(self.text())
    }

    /// Room round the words of a head, in points.
    pub fn padding(self) -> Vec2 {
        match self {
            Self::Roomy => vec2(5.0, 2.0),
            Self::Compact => vec2(5.0, 0.0),
        }
    }

    /// Height of a row whose words fit one line, in points.
    fn row(self) -> f32 {
        match self {
            Self::Roomy => 22.0,
            Self::Compact => 19.0,
        }
    }
}

/// The words of a head, wrapped to its width; the four-character heads of table 四 break in the middle: 结果 over 维持.
pub fn head_words(ui: &Ui, head: &Head, width: f32, density: Density) -> Arc<Galley> {
    let lay_out = |width: f32| {
        let mut job = LayoutJob::simple(head.text.to_string(), density.font(), palette().ink, width);
        job.halign = if head.align == Align::Left { TextAlign::LEFT } else { TextAlign::Center };
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let words = lay_out(width - 2.0 * density.padding().x);
    if words.rows.len() != 2 || head.text.chars().count() != 4 {
        return words;
    }
    let one_line: f32 = words.rows.iter().map(|row| row.size.x).sum();
    lay_out((one_line / 2.0).ceil() + 1.0)
}

/// The edges of columns and rows.
#[derive(Clone, Debug)]
pub struct Layout {
    /// How close it is set.
    pub density: Density,
    origin: Pos2,
    xs: Vec<f32>,
    ys: Vec<f32>,
}

impl Layout {
    /// Lays the table out in this room, its top left corner at the origin; close where it would not fit otherwise.
    pub fn new(ui: &Ui, table: &Table, room: Vec2) -> Self {
        let roomy = Self::of(ui, table, room.x, Density::Roomy);
        if roomy.size().y <= room.y { roomy } else { Self::of(ui, table, room.x, Density::Compact) }
    }

    fn of(ui: &Ui, table: &Table, width: f32, density: Density) -> Self {
        let width = (width - 2.0).clamp(*WIDTHS.start(), *WIDTHS.end());
        let total: f32 = table.widths.iter().map(|width| f32::from(*width)).sum();
        let mut xs = vec![0.0];
        let mut sum = 0.0;
        for share in &table.widths {
            sum += f32::from(*share);
            xs.push((width * sum / total).round());
        }
        let mut layout = Self { density, origin: Pos2::ZERO, xs, ys: Vec::new() };
        layout.ys = layout.row_edges(ui, table);
        layout
    }

    /// Each row as high as the heads that end in it need.
    fn row_edges(&self, ui: &Ui, table: &Table) -> Vec<f32> {
        let mut heights = vec![self.density.row(); table.num_rows];
        let mut heads: Vec<&Head> = table.heads.iter().collect();
        heads.sort_by_key(|head| head.span.0);
        for head in heads {
            let words = head_words(ui, head, self.width(head.at.1, head.span.1), self.density);
            let rows = heights.iter_mut().skip(head.at.0).take(head.span.0);
            let missing = words.size().y + 2.0 * self.density.padding().y - rows.map(|height| *height).sum::<f32>();
            if let Some(last) = heights.get_mut(head.at.0 + head.span.0 - 1) {
                *last += missing.max(0.0).ceil();
            }
        }
        let mut ys = vec![0.0];
        let mut sum = 0.0;
        for height in heights {
            sum += height;
            ys.push(sum);
        }
        ys
    }

    /// The same layout with its top left corner here.
    #[must_use]
    pub fn at(&self, origin: Pos2) -> Self {
        Self { origin: origin + FRAME_ROOM / 2.0, ..self.clone() }
    }

    /// What the table takes up, with its frame.
    pub fn size(&self) -> Vec2 {
        vec2(self.x(self.xs.len()), self.y(self.ys.len())) + FRAME_ROOM
    }

    /// The whole table without its frame.
    pub fn rect(&self) -> Rect {
        Rect::from_min_size(self.origin, self.size() - FRAME_ROOM)
    }

    /// The rectangle of a head.
    pub fn head(&self, head: &Head) -> Rect {
        self.slots((head.at, (head.at.0 + head.span.0 - 1, head.at.1 + head.span.1 - 1)))
    }

    /// The rectangle of a cell.
    pub fn cell(&self, cell: &Cell) -> Rect {
        self.slots((cell.at, (cell.at.0, cell.at.1 + cell.cols - 1)))
    }

    /// The rectangle of a block of slots.
    pub fn slots(&self, ((top, left), (bottom, right)): Range) -> Rect {
        let min = pos2(self.x(left), self.y(top));
        Rect::from_min_max(min, pos2(self.x(right + 1), self.y(bottom + 1))).translate(self.origin.to_vec2())
    }

    /// Width of the columns and height of the rows before these.
    pub fn before(&self, row: usize, col: usize) -> Vec2 {
        vec2(self.x(col), self.y(row))
    }

    /// The slot at a point of the screen.
    pub fn slot_at(&self, point: Pos2) -> Option<Position> {
        let inside = point - self.origin;
        let before = |edges: &[f32], at: f32| edges.partition_point(|edge| *edge <= at).checked_sub(1);
        let (row, col) = (before(&self.ys, inside.y)?, before(&self.xs, inside.x)?);
        (row + 1 < self.ys.len() && col + 1 < self.xs.len()).then_some((row, col))
    }

    fn width(&self, col: usize, cols: usize) -> f32 {
        self.x(col + cols) - self.x(col)
    }

    fn x(&self, col: usize) -> f32 {
        self.xs.get(col).or(self.xs.last()).copied().unwrap_or(0.0)
    }

    fn y(&self, row: usize) -> f32 {
        self.ys.get(row).or(self.ys.last()).copied().unwrap_or(0.0)
    }
}
