//! What a screen reader is told of a table: a node for each head and each cell, below the grid's own.

use egui::accesskit::{Invalid, Role};
use egui::{Id, Rect, Ui, UiBuilder};

use super::layout::Layout;
use crate::form::Table;
use crate::model::CellId;
use crate::rules::{self, Finding};
use crate::ui::state::grid::{GridState, GridView};

/// One accessible node a printed head, below the grid's own.
pub fn describe_heads(ui: &mut Ui, table: &Table, layout: &Layout, grid: Id) {
    if !ui.has_accesskit_node(grid) {
        return;
    }
    for head in &table.heads {
        let rect = layout.head(head);
        let role = if head.at.0 < table.head_rows { Role::ColumnHeader } else { Role::RowHeader };
        let builder = UiBuilder::new().scope_id(grid.with(head.at)).max_rect(rect).accessibility_parent(grid).accessibility_role(role);
        let node = ui.new_child(builder.accessibility_label(&*head.text)).unique_id();
        ui.accesskit_node_builder(node, |node| node.set_bounds(bounds(rect)));
    }
}

/// One accessible node a cell, below the grid's own.
pub fn describe_cells(ui: &mut Ui, view: GridView<'_>, state: &GridState, layout: &Layout, grid: Id, focused: bool) {
    if !ui.has_accesskit_node(grid) {
        return;
    }
    let selected = state.selection(view);
    for (id, cell) in view.cells() {
        let rect = layout.cell(cell);
        let builder =
            UiBuilder::new().scope_id(grid.with(&*cell.key)).max_rect(rect).accessibility_parent(grid).accessibility_role(Role::Cell);
        let node = ui.new_child(builder.accessibility_label(&*cell.label)).unique_id();
        let problem = problem(view, id);
        let notes = notes(view, id);
        ui.accesskit_node_builder(node, |node| {
            node.set_value(view.session.draft().entry(id).shown(cell.kind));
            node.set_row_index(cell.at.0);
            node.set_column_index(cell.at.1);
            node.set_bounds(bounds(rect));
            if selected.contains(cell.at) {
                node.set_selected(true);
            }
            if let Some(problem) = problem {
                node.set_invalid(Invalid::True);
                node.set_description(format!("{problem}{notes}"));
            } else if !notes.is_empty() {
                node.set_description(notes);
            }
        });
        if focused && state.cursor == cell.at {
            ui.accesskit_node_builder(grid, |grid| grid.set_active_descendant(node.accesskit_id()));
        }
    }
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    egui::accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}

/// Every broken check of the cell, in words; none when all is well.
pub fn problem(view: GridView<'_>, cell: CellId) -> Option<String> {
    view.session.mark(cell)?;
    let form = view.session.form();
    let message =
        |finding: Finding| format!("{} {}", form.rule(form.check(finding.check)).id, rules::message(form, view.session.draft(), finding));
    Some(view.session.fails_of(cell).map(message).collect::<Vec<_>>().join("\n"))
}

/// What a review has to say about the cell: its earlier value, its comments.
pub fn notes(view: GridView<'_>, cell: CellId) -> String {
    let form = view.session.form();
    let old = view.panel.other(cell).map(|(whose, old)| format!("\n{whose}为 {}", rules::figure(form, cell, old)));
    let comments = view.panel.comments_on(cell).iter();
    let comments = comments.map(|thread| format!("\n批注（{}）：{}", thread.comment.person.name, thread.comment.words));
    old.into_iter().chain(comments).collect()
}
