//! What is kept of a table from one frame to the next: where everything stands, the shapes it is painted with, and what a
//! screen reader is told. All is put together anew as soon as anything differs that it was made from, taking over the cells
//! that show the same in the same place; `tests/it/drawings.rs` proves it by painting everything twice.

use std::sync::Arc;

use egui::{Color32, Context, Galley, Id, Pos2, Rect, Shape, Ui, Vec2};

use super::layout::{Density, Layout};
use super::{access, paint};
use crate::import::Range;
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
    room: Vec2,
    density: Option<Density>,
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
    selection: Option<(Position, Range)>,
    more: Vec<Range>,
    groups_digits: bool,
    look: Look,
    place: (Pos2, Rect),
}

impl Subject {
    /// Fonts, colours and place are the same: what shows the same looks the same.
    fn is_on_the_ground_of(&self, other: &Self) -> bool {
        (&self.ground, self.look, self.place) == (&other.ground, other.look, other.place)
    }
}

#[derive(Clone)]
struct Kept<Key, Made>(Arc<(Key, Made)>);

/// Where everything stands, at the origin, in this room.
pub fn layout(ui: &Ui, view: GridView<'_>, id: Id, room: Vec2) -> Layout {
    let ground = ground(ui, view, room, None);
    kept(ui.ctx(), id, ground, |_, _| Layout::new(ui, view.table, room)).1.clone()
}

/// The shapes of the table at this place, without selection frame and cursor.
pub fn drawing(ui: &Ui, view: GridView<'_>, state: &GridState, id: Id, layout: &Layout) -> Vec<Shape> {
    let subject = subject(ui, view, state, layout);
    kept(ui.ctx(), id, subject, |last, now| paint::drawing(ui, view, state, layout, parts(last, now))).1.shapes.clone()
}

/// Tells screen readers what the table says, if they are served.
pub fn describe(ui: &Ui, view: GridView<'_>, state: &GridState, id: Id, layout: &Layout, focused: bool) {
    if !ui.ctx().has_accesskit_node(id) {
        return;
    }
    let nodes = kept(ui.ctx(), id, subject(ui, view, state, layout), |last, now| access::nodes(view, layout, id, parts(last, now)));
    access::describe(ui.ctx(), view, state, &nodes.1, id, state.cell(view.table).filter(|_| focused));
}

/// What can be taken over from the last one: its parts where it stood on the same ground, or else none.
fn parts<Made: Default>(last: Option<(Subject, Made)>, now: &Subject) -> Made {
    last.filter(|(subject, _)| subject.is_on_the_ground_of(now)).map(|(_, made)| made).unwrap_or_default()
}

fn subject(ui: &Ui, view: GridView<'_>, state: &GridState, layout: &Layout) -> Subject {
    let range = state.selection(view).range;
    Subject {
        ground: ground(ui, view, layout.size(), Some(layout.density)),
        revision: view.session.revision(),
        panel: view.panel.version(),
        is_review: view.is_review(),
        finding: view.finding,
        selection: (range.0 != range.1 || !state.more.is_empty()).then_some((state.cursor, range)),
        more: state.more.clone(),
        groups_digits: theme::groups_digits(),
        look: theme::look(),
        place: (layout.rect().min, ui.clip_rect()),
    }
}

fn ground(ui: &Ui, view: GridView<'_>, room: Vec2, density: Option<Density>) -> Ground {
    let glyphs = Glyphs(ui.painter().layout_no_wrap("勾稽".to_owned(), Density::Roomy.font(), Color32::BLACK));
    Ground { report: view.report, room, density, pixels_per_point: ui.ctx().pixels_per_point(), glyphs }
}

/// What was made from this key, or else what is made from it now, with what was made last to take parts from.
fn kept<Key, Made>(ctx: &Context, id: Id, key: Key, anew: impl FnOnce(Option<(Key, Made)>, &Key) -> Made) -> Arc<(Key, Made)>
where
    Key: Clone + PartialEq + Send + Sync + 'static,
    Made: Clone + Send + Sync + 'static,
{
    let last = ctx.data(|data| data.get_temp::<Kept<Key, Made>>(id));
    if let Some(last) = last.as_ref().filter(|last| last.0.0 == key) {
        return Arc::clone(&last.0);
    }
    ctx.data_mut(|data| data.remove::<Kept<Key, Made>>(id));
    let made = anew(last.and_then(|last| Arc::into_inner(last.0)), &key);
    let made = Arc::new((key, made));
    ctx.data_mut(|data| data.insert_temp(id, Kept(Arc::clone(&made))));
    made
}

/// Forgets what was painted: the next frame paints everything anew. For the proof that it comes out the same.
pub fn forget_drawings(ctx: &Context) {
    ctx.data_mut(|data| {
        data.remove_by_type::<Kept<Ground, Layout>>();
        data.remove_by_type::<Kept<Subject, paint::Drawing>>();
        data.remove_by_type::<Kept<Subject, access::Nodes>>();
    });
}
