//! The table itself: pointer, keyboard, the text field in the cell being edited. Takes references and returns the commands that
//! were asked for.

use egui::accesskit::Role;
use egui::{Align2, Event, EventFilter, Frame, Id, Margin, Rect, Response, Sense, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::access::notes;
use super::frozen::Frozen;
use super::layout::Layout;
use super::{fill, kept, keys, menu, paint, zeros};
use crate::form::{Slot, Table};
use crate::ui::command::Command;
use crate::ui::look::ring::marks_itself;
use crate::ui::state::grid::{GridState, GridView};

/// The focusable id of a table's grid.
pub fn grid_id(table: &Table) -> Id {
    Id::unique(("grid", &*table.id))
}

/// Where everything of the table will stand that is shown here next.
pub fn layout_of(ui: &Ui, view: GridView<'_>) -> Layout {
    kept::layout(ui, view, grid_id(view.table), room(ui)).at(ui.cursor().min)
}

/// What a table may take up without being scrolled.
fn room(ui: &Ui) -> Vec2 {
    vec2(ui.available_width(), ui.clip_rect().height())
}

/// Shows the table and takes its keys while it has the focus.
pub fn grid_ui(ui: &mut Ui, view: GridView<'_>, state: &mut GridState) -> Vec<Command> {
    let id = grid_id(view.table);
    let layout = kept::layout(ui, view, id, room(ui));
    let (rect, _) = ui.allocate_exact_size(layout.size(), Sense::hover());
    let layout = layout.at(rect.min);
    let frozen = Frozen::new(view.table, &layout, ui.clip_rect());
    let seen = frozen.seen();
    state.on_screen.extend(view.cells().filter(|(_, cell)| seen.contains(layout.cell(cell).center())).map(|(cell, _)| cell));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &*view.table.name));
    state.settle(view.table);

    let by_key = response.has_focus() && menu::is_wanted(ui);
    let mut commands = mouse(ui, view, state, (&layout, frozen), &response);
    commands.extend(menu::menu_ui(view, state, &response, layout.slots(state.cursor_range(view)), by_key));
    commands.extend(keyboard(ui, view, state, &response));
    let room = ui.clip_rect().size();
    let is_resized = state.room.replace(room).is_some_and(|last| (last - room).length() > 1.0);
    if std::mem::take(&mut state.scroll_to_cursor) || is_resized {
        ui.scroll_to_rect(frozen.with_bands(layout.slots(state.cursor_range(view)).expand(28.0)), None);
    }
    marks_itself(ui, id);
    let focused = response.has_focus() || ui.memory(|memory| memory.has_focus(editor_id(id)));
    let drawing = kept::drawing(ui, view, state, id, &layout);
    paint::table(ui, view, state, (&layout, drawing), focused);
    frozen.paint(ui, view, state, &layout);
    kept::describe(ui, view, state, id, &layout, focused);
    fill::paint(ui, view, state, (&layout, frozen));
    hover_text(view, (&layout, frozen), &response);
    if focused {
        zeros::offer_ui(ui, view, state, &layout);
    }
    commands.extend(editor_ui(ui, view, state, (&layout, seen), &response));
    commands
}

fn editor_id(grid: Id) -> Id {
    grid.with("editor")
}

/// Whoever moves about in the table has done with the finding looked at.
fn touched(view: GridView<'_>) -> Option<Command> {
    view.finding.map(|finding| Command::LookAway(finding.check))
}

fn mouse(ui: &Ui, view: GridView<'_>, state: &mut GridState, (layout, frozen): (&Layout, Frozen), response: &Response) -> Vec<Command> {
    let mut commands = Vec::new();
    let pointer = response.interact_pointer_pos();
    if state.fill.is_some() && !ui.input(|input| input.pointer.primary_down()) {
        return fill::fill(view, state).into_iter().collect();
    }
    let Some((pointer, slot)) = pointer.and_then(|pointer| Some((pointer, frozen.slot_at(layout, pointer)?))) else { return commands };
    if response.secondary_clicked() {
        // The menu is about the selection where it was opened on it, else about the cell below the pointer.
        if !state.selection(view).contains(slot) {
            commands.extend(state.commit(view).map(Command::Type));
            state.click(view.table, slot, false);
        }
        return commands;
    }
    let is_held = response.is_pointer_button_down_on();
    // A tap on a touchpad is over within one frame.
    let pressed = (is_held || response.clicked()) && ui.input(|input| input.pointer.primary_pressed());
    if pressed && fill::is_at(view, state, (layout, frozen), pointer) {
        state.fill = Some(slot).filter(|slot| state.selection(view).contains(*slot)).or(Some(state.extent));
        response.request_focus();
        return commands;
    }
    if state.fill.is_some() && is_held {
        state.fill = Some(slot);
        return commands;
    }
    if pressed {
        commands.extend(state.commit(view).map(Command::Type));
        commands.extend(touched(view));
        response.request_focus();
        let (extend, adds) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
        let before = state.selection(view).range;
        if adds {
            state.more.push(before);
        } else if !extend {
            state.more.clear();
        }
        state.click(view.table, slot, extend);
    } else if is_held && ui.input(|input| input.pointer.primary_down()) {
        state.drag(view.table, slot);
    }
    if response.double_clicked() && matches!(view.table.slot(slot.0, slot.1), Some(Slot::Cell(_))) {
        state.edit_kept(view);
    }
    commands
}

fn keyboard(ui: &Ui, view: GridView<'_>, state: &mut GridState, response: &Response) -> Vec<Command> {
    let mut commands = Vec::new();
    let editor = editor_id(response.id);
    let editing = state.editor.is_some();
    if !(response.has_focus() || editing && ui.memory(|memory| memory.has_focus(editor))) {
        return commands;
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(if editing { editor } else { response.id }, filter));
    // Keys pressed while an input method composes belong to it: its Enter must never move the cell.
    let was_composing = state.is_composing;
    ui.input(|input| state.follow_composition(&input.events));
    if was_composing || state.is_composing {
        let moves = |event: &Event| keys::wants(event, state.editor.as_ref());
        ui.input_mut(|input| input.events.retain(|event| !moves(event)));
        return commands;
    }
    let editor = state.editor.as_ref();
    let mine: Vec<Event> = ui.input_mut(|input| input.events.extract_if(.., |event| keys::wants(event, editor)).collect());
    for event in mine {
        let was_editing = state.editor.is_some();
        commands.extend(keys::act(view, state, &event));
        commands.extend(touched(view));
        if was_editing && state.editor.is_none() {
            response.request_focus();
        }
    }
    commands
}

fn hover_text(view: GridView<'_>, (layout, frozen): (&Layout, Frozen), response: &Response) {
    let Some((row, col)) = response.hover_pos().and_then(|pointer| frozen.slot_at(layout, pointer)) else { return };
    let Some(Slot::Cell(cell)) = view.table.slot(row, col) else { return };
    let words = view.panel.problem(cell).unwrap_or_default().to_owned() + &notes(view, cell);
    if !words.is_empty() {
        response.clone().on_hover_text_at_pointer(words.trim_start());
    }
}

/// The text field in the cell being edited.
fn editor_ui(
    ui: &mut Ui,
    view: GridView<'_>,
    state: &mut GridState,
    (layout, seen): (&Layout, Rect),
    response: &Response,
) -> Option<Command> {
    let (grid, cell) = (response.id, state.cell(view.table)?);
    let rect = layout.cell(view.session.form().cell(cell)).shrink(1.0);
    let editor = state.editor.as_mut()?;
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.set_clip_rect(seen);
    paint::editor_back(&child, rect);
    child.spacing_mut().interact_size.y = 0.0;
    let text_edit = TextEdit::singleline(&mut editor.text)
        .id(editor_id(grid))
        .font(layout.density.font())
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
        return state.commit(view).map(Command::Type);
    }
    None
}
