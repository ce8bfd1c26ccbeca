//! What a screen reader is told of a table: a node for each head and each cell, below the grid's own.
//!
//! They are plain nodes, not widgets: a widget each would be registered, looked for under the pointer and laid out in every
//! frame, which took longer than painting the table.

use egui::accesskit::{Invalid, Node, NodeId, Role};
use egui::{Context, Id, Rect, accesskit_root_id};

use super::layout::Layout;
use crate::form::{Cell, Head, Table};
use crate::model::CellId;
use crate::rules;
use crate::ui::state::grid::{GridState, GridView};

/// Describes the table below the grid's node, if screen readers are served.
pub fn describe(ctx: &Context, view: GridView<'_>, state: &GridState, layout: &Layout, grid: Id, focused: bool) {
    if !ctx.has_accesskit_node(grid) {
        return;
    }
    let num_before = ctx.accesskit_node_builder(accesskit_root_id(), |root| root.children().len()).unwrap_or_default();
    let mut nodes = Vec::with_capacity(view.table.heads.len() + view.session.form().cells.len());
    for head in &view.table.heads {
        let id = grid.with(head.at);
        ctx.accesskit_node_builder(id, |node| describe_head(node, view.table, head, layout));
        nodes.push(id.accesskit_id());
    }
    let selected = state.selection(view);
    for (id, cell) in view.cells() {
        let node_id = grid.with(&*cell.key);
        ctx.accesskit_node_builder(node_id, |node| {
            describe_cell(node, view, (id, cell), layout);
            if selected.contains(cell.at) {
                node.set_selected(true);
            }
        });
        nodes.push(node_id.accesskit_id());
        if focused && state.cursor == cell.at {
            ctx.accesskit_node_builder(grid, |grid| grid.set_active_descendant(node_id.accesskit_id()));
        }
    }
    hang(ctx, grid, nodes, num_before);
}

/// Hangs the new nodes below the grid. egui puts a node whose widget it does not know below the window, behind the children that
/// were there.
fn hang(ctx: &Context, grid: Id, nodes: Vec<NodeId>, num_before: usize) {
    ctx.accesskit_node_builder(accesskit_root_id(), |root| {
        let before: Vec<NodeId> = root.children().iter().copied().take(num_before).collect();
        root.set_children(before);
    });
    ctx.accesskit_node_builder(grid, |grid| grid.set_children(nodes));
}

fn describe_head(node: &mut Node, table: &Table, head: &Head, layout: &Layout) {
    node.set_role(if head.at.0 < table.head_rows { Role::ColumnHeader } else { Role::RowHeader });
    node.set_label(&*head.text);
    node.set_bounds(bounds(layout.head(head)));
}

fn describe_cell(node: &mut Node, view: GridView<'_>, (id, cell): (CellId, &Cell), layout: &Layout) {
    node.set_role(Role::Cell);
    node.set_label(&*cell.label);
    node.set_value(view.session.draft().entry(id).shown(cell.kind));
    node.set_row_index(cell.at.0);
    node.set_column_index(cell.at.1);
    node.set_bounds(bounds(layout.cell(cell)));
    let notes = notes(view, id);
    if let Some(problem) = view.panel.problem(id) {
        node.set_invalid(Invalid::True);
        node.set_description(format!("{problem}{notes}"));
    } else if !notes.is_empty() {
        node.set_description(notes);
    }
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    egui::accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}

/// What a review has to say about the cell: its earlier value, its comments.
pub fn notes(view: GridView<'_>, cell: CellId) -> String {
    let form = view.session.form();
    let old = view.panel.other(cell).map(|(whose, old)| format!("\n{whose}为 {}", rules::figure(form, cell, old)));
    let comments = view.panel.comments_on(cell).iter();
    let comments = comments.map(|thread| format!("\n批注（{}）：{}", thread.comment.person.name, thread.comment.words));
    old.into_iter().chain(comments).collect()
}
