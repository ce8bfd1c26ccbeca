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

/// Nodes that stand below the grid's, each with its id; the cell with the focus is told anew in each frame.
pub type Nodes = Vec<(Id, Node)>;

/// The nodes of a table's heads and cells.
pub fn nodes(view: GridView<'_>, state: &GridState, layout: &Layout, grid: Id) -> Nodes {
    let selected = state.selection(view);
    let heads = view.table.heads.iter().map(|head| (grid.with(head.at), head_node(view.table, head, layout)));
    let cells = view.cells().map(|(id, cell)| {
        let mut node = cell_node(view, (id, cell), layout);
        if selected.contains(cell.at) {
            node.set_selected(true);
        }
        (cell_id(grid, cell), node)
    });
    heads.chain(cells).collect()
}

fn cell_id(grid: Id, cell: &Cell) -> Id {
    grid.with(&*cell.key)
}

/// Hangs the nodes below the grid's, if screen readers are served. egui puts a node whose widget it does not know below the
/// window, behind the children that were there.
pub fn describe(ctx: &Context, nodes: &Nodes, grid: Id, focused: Option<&Cell>) {
    let num_before = ctx.accesskit_node_builder(accesskit_root_id(), |root| root.children().len()).unwrap_or_default();
    for (id, node) in nodes {
        ctx.accesskit_node_builder(*id, |empty| empty.clone_from(node));
    }
    ctx.accesskit_node_builder(accesskit_root_id(), |root| {
        let before: Vec<NodeId> = root.children().iter().copied().take(num_before).collect();
        root.set_children(before);
    });
    ctx.accesskit_node_builder(grid, |node| {
        node.set_children(nodes.iter().map(|(id, _)| id.accesskit_id()).collect::<Vec<_>>());
        if let Some(cell) = focused {
            node.set_active_descendant(cell_id(grid, cell).accesskit_id());
        }
    });
}

fn head_node(table: &Table, head: &Head, layout: &Layout) -> Node {
    let mut node = Node::new(if head.at.0 < table.head_rows { Role::ColumnHeader } else { Role::RowHeader });
    node.set_label(&*head.text);
    node.set_bounds(bounds(layout.head(head)));
    node
}

fn cell_node(view: GridView<'_>, (id, cell): (CellId, &Cell), layout: &Layout) -> Node {
    let mut node = Node::new(Role::Cell);
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
    node
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
