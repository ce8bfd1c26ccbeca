//! A statutory table, drawn as printed and filled in place with a spreadsheet's keys.
//!
//! `state` is where the cursor is, `keys` what the keyboard does to it, `layout` where everything stands, `paint` what it
//! looks like; here they come together. Takes references and returns the commands that were asked for.

mod keys;
mod layout;
mod paint;
mod state;

use egui::accesskit::{Invalid, Role};
use egui::{Align2, Event, EventFilter, Frame, Id, Margin, Rect, Response, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, vec2};

pub use state::GridState;

use crate::form::{Cell, Slot, Table};
use crate::import::Block;
use crate::model::{self, CellId, Entry};
use crate::rules::{self, Finding};
use crate::session::Session;
use crate::ui::command::Command;
use crate::ui::review::Desk;
use layout::Layout;

/// What the user did to the table.
#[derive(Debug, Default)]
pub struct GridOutput {
    /// Changes of the draft that were asked for.
    pub commands: Vec<Command>,
    /// A paste that wants a look before anything changes.
    pub questioned: Option<Block>,
    /// The table was clicked or moved about in.
    pub touched: bool,
}

/// What the grid shows beside the entries.
#[derive(Clone, Copy)]
pub struct GridView<'a> {
    /// The open draft.
    pub session: &'a Session,
    /// Comments, differences and what was not looked at yet.
    pub desk: &'a Desk,
    /// The table to show.
    pub table: &'a Table,
    /// The finding looked at: its two sides are tinted.
    pub finding: Option<Finding>,
}

/// The focusable id of a table's grid.
pub fn grid_id(table: &Table) -> Id {
    Id::unique(("grid", &*table.id))
}

/// Shows the table and takes its keys while it has the focus.
pub fn grid_ui(ui: &mut Ui, view: GridView<'_>, state: &mut GridState) -> GridOutput {
    let mut output = GridOutput::default();
    let id = grid_id(view.table);
    let layout = Layout::new(ui, view.table, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(layout.size(), Sense::hover());
    let layout = layout.at(rect.min);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &*view.table.name));
    state.settle(view.table);

    mouse(ui, view, state, &layout, &response, &mut output);
    keyboard(ui, view, state, &response, &mut output);
    if std::mem::take(&mut state.scroll_to_cursor) {
        ui.scroll_to_rect(layout.slots(state.cursor_range(view)).expand(28.0), None);
    }
    let focused = response.has_focus() || ui.memory(|memory| memory.has_focus(editor_id(id)));
    paint::table(ui, view, state, &layout, focused);
    describe_heads(ui, view.table, &layout, id);
    describe_cells(ui, view, state, &layout, id, focused);
    hover_text(view, &layout, &response);
    editor_ui(ui, view, state, &layout, id, &response, &mut output);
    output
}

fn editor_id(grid: Id) -> Id {
    grid.with("editor")
}

fn mouse(ui: &Ui, view: GridView<'_>, state: &mut GridState, layout: &Layout, response: &Response, output: &mut GridOutput) {
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let Some((row, col)) = layout.slot_at(pointer) else { return };
    let is_held = response.is_pointer_button_down_on();
    // A tap on a touchpad is over within one frame.
    let pressed = (is_held || response.clicked()) && ui.input(|input| input.pointer.primary_pressed());
    if pressed {
        output.commands.extend(state.commit(view).map(Command::Type));
        output.touched = true;
        response.request_focus();
        let extend = ui.input(|input| input.modifiers.shift);
        state.click(view.table, (row, col), extend);
    } else if is_held {
        state.drag(view.table, (row, col));
    }
    if response.double_clicked() && matches!(view.table.slot(row, col), Some(Slot::Cell(_))) {
        state.edit_kept(view);
    }
}

fn keyboard(ui: &Ui, view: GridView<'_>, state: &mut GridState, response: &Response, output: &mut GridOutput) {
    let editor = editor_id(response.id);
    let editing = state.editor.is_some();
    if !(response.has_focus() || editing && ui.memory(|memory| memory.has_focus(editor))) {
        return;
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(if editing { editor } else { response.id }, filter));
    // Keys pressed while an input method composes belong to it: its Enter must never move the cell.
    let was_composing = state.is_composing;
    ui.input(|input| state.follow_composition(&input.events));
    if was_composing || state.is_composing {
        let moves = |event: &Event| keys::wants(event, state.editor.as_ref());
        ui.input_mut(|input| input.events.retain(|event| !moves(event)));
        return;
    }
    let editor = state.editor.as_ref();
    let mine: Vec<Event> = ui.input_mut(|input| input.events.extract_if(.., |event| keys::wants(event, editor)).collect());
    for event in mine {
        let was_editing = state.editor.is_some();
        let action = keys::act(view, state, &event);
        output.commands.extend(action.command);
        output.questioned = action.questioned.or(output.questioned.take());
        output.touched = true;
        if let Some(text) = action.copied {
            ui.copy_text(text);
        }
        if was_editing && state.editor.is_none() {
            response.request_focus();
        }
    }
}

/// One accessible node a printed head, below the grid's own.
fn describe_heads(ui: &mut Ui, table: &Table, layout: &Layout, grid: Id) {
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
fn describe_cells(ui: &mut Ui, view: GridView<'_>, state: &GridState, layout: &Layout, grid: Id, focused: bool) {
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
fn problem(view: GridView<'_>, cell: CellId) -> Option<String> {
    view.session.mark(cell)?;
    let form = view.session.form();
    let message =
        |finding: Finding| format!("{} {}", form.rule(form.check(finding.check)).id, rules::message(form, view.session.draft(), finding));
    Some(view.session.fails_of(cell).map(message).collect::<Vec<_>>().join("\n"))
}

/// What a review has to say about the cell: its earlier value, its comments.
fn notes(view: GridView<'_>, cell: CellId) -> String {
    let form = view.session.form();
    let old = view.desk.other(cell).map(|(whose, old)| format!("\n{whose}为 {}", rules::figure(form, cell, old)));
    let comments = view.desk.comments_on(cell).iter();
    let comments = comments.map(|thread| format!("\n批注（{}）：{}", thread.comment.person.name, thread.comment.words));
    old.into_iter().chain(comments).collect()
}

fn hover_text(view: GridView<'_>, layout: &Layout, response: &Response) {
    let Some((row, col)) = response.hover_pos().and_then(|pointer| layout.slot_at(pointer)) else { return };
    let Some(Slot::Cell(cell)) = view.table.slot(row, col) else { return };
    let words = problem(view, cell).unwrap_or_default() + &notes(view, cell);
    if !words.is_empty() {
        response.clone().on_hover_text_at_pointer(words.trim_start());
    }
}

/// The text field in the cell being edited.
fn editor_ui(
    ui: &mut Ui,
    view: GridView<'_>,
    state: &mut GridState,
    layout: &Layout,
    grid: Id,
    response: &Response,
    output: &mut GridOutput,
) {
    let Some(cell) = state.cell(view.table) else { return };
    let rect = layout.cell(view.session.form().cell(cell)).shrink(1.0);
    let Some(editor) = &mut state.editor else { return };
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    paint::editor_back(&child, rect);
    child.spacing_mut().interact_size.y = 0.0;
    let text_edit = TextEdit::singleline(&mut editor.text)
        .id(editor_id(grid))
        .font(paint::cell_font())
        .frame(Frame::new().inner_margin(Margin::symmetric(4, 0)))
        .align(Align2::RIGHT_CENTER)
        .event_filter(filter)
        .min_size(rect.size())
        .desired_width(rect.width() - 8.0);
    let mut shown = text_edit.show(&mut child);
    ui.accesskit_node_builder(editor_id(grid), |node| node.set_label(&*view.session.form().cell(cell).label));
    if std::mem::take(&mut editor.is_new) {
        shown.response.response.request_focus();
        let end = egui::text::CCursor::new(egui::text::CharIndex(editor.text.chars().count()));
        shown.state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        shown.state.store(ui.ctx(), editor_id(grid));
    } else if shown.response.response.lost_focus() && !response.has_focus() {
        output.commands.extend(state.commit(view).map(Command::Type));
    }
}

impl<'a> GridView<'a> {
    /// What is edited in a cell: its entry, or the control figure beside a computed total.
    fn editable(self, cell: CellId) -> &'a Entry {
        if self.session.is_computed(cell) { self.session.draft().control(cell) } else { self.session.draft().entry(cell) }
    }

    /// Who looks at the table reviews it, and it is not signed yet.
    fn is_review(self) -> bool {
        let is_locked = self.session.draft().review().status().is_locked();
        !is_locked && self.session.role() != model::Role::Clerk
    }

    /// The table's cells in form order.
    fn cells(self) -> impl Iterator<Item = (CellId, &'a Cell)> {
        self.session.form().cells().filter(move |(id, cell)| self.table.slot(cell.at.0, cell.at.1) == Some(Slot::Cell(*id)))
    }
}

/// Room that a table leaves at its edges for the frame.
const FRAME_ROOM: egui::Vec2 = vec2(2.0, 2.0);
