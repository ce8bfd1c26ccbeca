//! The menu of a cell: by the right button, by the menu key or Shift+F10.

use egui::{Button, Event, Key, Modifiers, Popup, Rect, Response, SetOpenCommand, Ui};

use super::keys;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::state::grid::{GridState, GridView};

/// What can be done with the cell; a line before each group.
const GROUPS: [&[Named]; 3] =
    [&[Named::ZeroLine, Named::ZeroColumn, Named::TakeTotal], &[Named::Comment, Named::Reason], &[Named::Undo, Named::Redo]];

/// The keys that open it were pressed.
pub fn is_wanted(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Menu) || input.consume_key(Modifiers::SHIFT, Key::F10))
}

/// Shows the menu, where it is open, at the pointer or below the cursor.
pub fn menu_ui(view: GridView<'_>, state: &mut GridState, response: &Response, cursor: Rect, by_key: bool) -> Vec<Command> {
    let mut popup = Popup::context_menu(response);
    if by_key {
        popup = popup.open_memory(SetOpenCommand::Bool(true));
    }
    let by_key_id = response.id.with("by-key");
    if by_key || response.secondary_clicked() {
        response.ctx.data_mut(|data| data.insert_temp(by_key_id, by_key));
    }
    if response.ctx.data(|data| data.get_temp(by_key_id)).unwrap_or(false) {
        popup = popup.at_position(cursor.left_bottom());
    }
    let shown = popup.show(|ui| items_ui(ui, view, state));
    shown.map_or_else(Vec::new, |shown| shown.inner)
}

fn items_ui(ui: &mut Ui, view: GridView<'_>, state: &mut GridState) -> Vec<Command> {
    let mut commands = Vec::new();
    for (words, keys, event) in [("复制", "Ctrl+C", Event::Copy), ("剪切", "Ctrl+X", Event::Cut)] {
        if ui.add(Button::new(words).shortcut_text(keys)).clicked() {
            commands.extend(keys::act(view, state, &event));
            ui.close();
        }
    }
    if ui.add(Button::new("粘贴").shortcut_text("Ctrl+V")).clicked() {
        commands.push(Command::AskClipboard);
        ui.close();
    }
    for group in GROUPS {
        ui.separator();
        for named in group {
            if ui.add(Button::new(named.words()).shortcut_text(named.keys())).clicked() {
                commands.push((*named).into());
                ui.close();
            }
        }
    }
    commands
}
