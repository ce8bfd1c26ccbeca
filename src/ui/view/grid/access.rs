//! What a screen reader is told of a table: a node for each head and each cell, below the grid's own.
//!
//! They are plain nodes, not widgets: a widget each would be registered, looked for under the pointer and laid out in every
//! frame, which took longer than painting the table.

use std::collections::BTreeMap;

use egui::accesskit::{Invalid, Node, NodeId, Role};
use egui::{Context, Id, Rect, accesskit_root_id};

use super::layout::Layout;
use crate::form::{Cell, Head, Table};
use crate::model::CellId;
use crate::rules;
use crate::ui::state::grid::{GridState, GridView};

/// The nodes of a table's heads and cells, each with its id.
#[derive(Clone, Debug, Default)]
pub struct Nodes {
    heads: Vec<(Id, Node)>,
    cells: BTreeMap<CellId, CellNode>,
}

/// A cell's node, and what it was made from beside its place. Whether it is selected is told anew in each frame.
#[derive(Clone, Debug)]
struct CellNode {
    says: Says,
    id: Id,
    node: Node,
}

/// What a cell says: its entry, what is wrong with it, what a review has to say about it.
#[derive(Clone, Debug, PartialEq)]
struct Says {
    value: String,
    problem: Option<String>,
    notes: String,
}

/// The nodes of a table's heads and cells. What is the same as in the last ones, which stood in the same place, is taken over.
pub fn nodes(view: GridView<'_>, layout: &Layout, grid: Id, last: Nodes) -> Nodes {
    let Nodes { heads, cells: mut last } = last;
    let heads_anew = || view.table.heads.iter().map(|head| (grid.with(head.at), head_node(view.table, head, layout))).collect();
    let heads = if heads.is_empty() { heads_anew() } else { heads };
    let cells = view.cells().map(|(id, cell)| {
        let says = Says { value: value(view, id, cell), problem: view.panel.problem(id).map(ToOwned::to_owned), notes: notes(view, id) };
        let kept = last.remove(&id).filter(|kept| kept.says == says);
        let anew = || CellNode { id: cell_id(grid, cell), node: cell_node(cell, &says, layout), says };
        (id, kept.unwrap_or_else(anew))
    });
    Nodes { heads, cells: cells.collect() }
}

/// What the cell shows: its entry; a figure that last year's report proposes and nobody has taken is told from one that was typed,
/// and so is one of another year.
fn value(view: GridView<'_>, id: CellId, cell: &Cell) -> String {
    let entry = view.session.draft().entry(id);
    if let Some(other) = view.panel.shown(id, cell.kind, entry) {
        return format!("{} {other}", view.panel.shows.name());
    }
    match view.panel.proposal(id).filter(|_| entry.is_blank()) {
        Some(proposal) => format!("未填，按上年报告可填 {}", proposal.shown(cell.kind)),
        None => entry.shown(cell.kind),
    }
}

fn cell_id(grid: Id, cell: &Cell) -> Id {
    grid.with(&*cell.key)
}

/// Hangs the nodes below the grid's, if screen readers are served. egui puts a node whose widget it does not know below the
/// window, behind the children that were there.
pub fn describe(ctx: &Context, view: GridView<'_>, state: &GridState, nodes: &Nodes, grid: Id, focused: Option<CellId>) {
    let num_before = ctx.accesskit_node_builder(accesskit_root_id(), |root| root.children().len()).unwrap_or_default();
    for (id, node) in &nodes.heads {
        ctx.accesskit_node_builder(*id, |empty| empty.clone_from(node));
    }
    for (cell, CellNode { id, node, .. }) in &nodes.cells {
        let is_selected = state.is_selected(view, view.session.form().cell(*cell).at);
        ctx.accesskit_node_builder(*id, |empty| {
            empty.clone_from(node);
            if is_selected {
                empty.set_selected(true);
            }
        });
    }
    ctx.accesskit_node_builder(accesskit_root_id(), |root| {
        let before: Vec<NodeId> = root.children().iter().copied().take(num_before).collect();
        root.set_children(before);
    });
    ctx.accesskit_node_builder(grid, |node| {
        let ids = nodes.heads.iter().map(|(id, _)| id).chain(nodes.cells.values().map(|cell| &cell.id));
        // The menu of a cell, where it is open, is there already.
        let open = node.children().to_vec();
        node.set_children(ids.map(Id::accesskit_id).chain(open).collect::<Vec<_>>());
        if let Some(cell) = focused.and_then(|cell| nodes.cells.get(&cell)) {
            node.set_active_descendant(cell.id.accesskit_id());
        }
    });
}

fn head_node(table: &Table, head: &Head, layout: &Layout) -> Node {
    let mut node = Node::new(if head.at.0 < table.head_rows { Role::ColumnHeader } else { Role::RowHeader });
    node.set_label(&*head.text);
    node.set_bounds(bounds(layout.head(head)));
    node
}

fn cell_node(cell: &Cell, says: &Says, layout: &Layout) -> Node {
    let mut node = Node::new(Role::Cell);
    node.set_label(&*cell.label);
    node.set_value(&*says.value);
    node.set_row_index(cell.at.0);
    node.set_column_index(cell.at.1);
    node.set_bounds(bounds(layout.cell(cell)));
    if let Some(problem) = &says.problem {
        node.set_invalid(Invalid::True);
        node.set_description(format!("{problem}{}", says.notes));
    } else if !says.notes.is_empty() {
        node.set_description(&*says.notes);
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
    let mended = view.panel.mended.contains(&cell).then(|| "\n有调整".to_owned());
    old.into_iter().chain(comments).chain(mended).collect()
}
