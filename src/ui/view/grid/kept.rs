//! What is kept of a table from one frame to the next: where everything stands, the shapes it is painted with, and what a
//! screen reader is told. All is made anew as soon as anything differs that they were made from; `tests/it/drawings.rs` proves that by painting everything
//! twice.

use std::sync::Arc;

use egui::{Color32, Context, Galley, Id, Pos2, Rect, Shape, Ui};

use super::layout::{Layout, cell_font};
use super::{access, paint};
use crate::rules::Finding;
use crate::ui::look::theme::{self, Look};
use crate::ui::state::grid::{GridState, GridView, Position};

/// The glyphs on the texture. egui makes the texture anew when it is full, and every text with it.
#[derive(Clone)]
struct Glyphs(Arc<Galley>);

impl PartialEq for Glyphs {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What a layout is made from.
#[derive(Clone, PartialEq)]
struct Ground {
    report: u64,
    width: f32,
    pixels_per_point: f32,
    glyphs: Glyphs,
}

/// What a drawing is made from.
#[derive(Clone, PartialEq)]
struct Subject {
    ground: Ground,
    revision: u64,
    panel: u64,
    is_review: bool,
    finding: Option<Finding>,
    selection: (Position, Position),
    look: Look,
    place: (Pos2, Rect),
}

#[derive(Clone)]
struct Kept<Key, Made>(Arc<(Key, Made)>);

/// Where everything stands, at the origin.
pub fn layout(ui: &Ui, view: GridView<'_>, id: Id, width: f32) -> Layout {
    let ground = ground(ui, view, width);
    kept(ui.ctx(), id, ground, || Layout::new(ui, view.table, width)).1.clone()
}

/// The shapes of the table at this place, without selection frame and cursor.
pub fn drawing(ui: &Ui, view: GridView<'_>, state: &GridState, id: Id, layout: &Layout) -> Vec<Shape> {
    kept(ui.ctx(), id, subject(ui, view, state, layout), || paint::drawing(ui, view, state, layout)).1.clone()
}

/// Tells screen readers what the table says, if they are served.
pub fn describe(ui: &Ui, view: GridView<'_>, state: &GridState, id: Id, layout: &Layout, focused: bool) {
    if !ui.ctx().has_accesskit_node(id) {
        return;
    }
    let nodes = kept(ui.ctx(), id, subject(ui, view, state, layout), || access::nodes(view, state, layout, id));
    let cell = state.cell(view.table).filter(|_| focused).map(|cell| view.session.form().cell(cell));
    access::describe(ui.ctx(), &nodes.1, id, cell);
}

fn subject(ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout) -> Subject {
    Subject {
        ground: ground(ui, view, layout.size().x),
        revision: view.session.revision(),
        panel: view.panel.version(),
        is_review: view.is_review(),
        finding: view.finding,
        selection: (state.cursor, state.extent),
        look: theme::look(),
        place: (layout.rect().min, ui.clip_rect()),
    }
}

fn ground(ui: &Ui, view: GridView<'_>, width: f32) -> Ground {
    let glyphs = Glyphs(ui.painter().layout_no_wrap("勾稽".to_owned(), cell_font(), Color32::BLACK));
    Ground { report: view.report, width, pixels_per_point: ui.ctx().pixels_per_point(), glyphs }
}

/// What was made from this key, or else what is made from it now.
fn kept<Key, Made>(ctx: &Context, id: Id, key: Key, anew: impl FnOnce() -> Made) -> Arc<(Key, Made)>
where
    Key: Clone + PartialEq + Send + Sync + 'static,
    Made: Clone + Send + Sync + 'static,
{
    if let Some(last) = ctx.data(|data| data.get_temp::<Kept<Key, Made>>(id)).filter(|last| last.0.0 == key) {
        return last.0;
    }
    let made = Arc::new((key, anew()));
    ctx.data_mut(|data| data.insert_temp(id, Kept(Arc::clone(&made))));
    made
}

/// Forgets what was painted: the next frame paints everything anew. For the proof that it comes out the same.
pub fn forget_drawings(ctx: &Context) {
    ctx.data_mut(|data| {
        data.remove_by_type::<Kept<Ground, Layout>>();
        data.remove_by_type::<Kept<Subject, Vec<Shape>>>();
        data.remove_by_type::<Kept<Subject, access::Nodes>>();
    });
}
