//! The menus and the buttons beside them, as the table of commands has them.

use egui::{Atom, Button, Id, Key, Modifiers, Popup, Response, ScrollArea, Separator, Ui, Vec2};

use crate::ui::command::Command;
use crate::ui::command::named::{Menu, Named};
use crate::ui::look::icon::{ICON, Icon};
use crate::ui::look::ring::walk;
use crate::ui::look::theme::{self, LOOKS};
use crate::ui::state::work::Work;

/// Commands with a button of their own beside the menus.
const TOOLBAR: [Named; 4] = [Named::Save, Named::Undo, Named::Redo, Named::Export];

/// Shows the menus, then the buttons.
pub fn menus_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut popups = Vec::new();
    for menu in Menu::ALL {
        let shown = ui.menu_button(menu.name(), |ui| {
            // On a small screen, or in large letters, the menu is longer than the window.
            let height = (ui.ctx().content_rect().height() - 70.0).max(120.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                // All of 文件 is seen at once on a notebook.
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.spacing_mut().interact_size.y = 24.0;
                ui.spacing_mut().button_padding.y = 2.0;
                let mut entries = Vec::new();
                commands.extend(items_ui(ui, work, menu, &mut entries));
                if menu == Menu::View {
                    commands.extend(sight_ui(ui, &mut entries));
                }
                walk(ui, &entries);
            });
        });
        popups.push(Popup::default_response_id(&shown.response));
    }
    open_by_keys(ui, &popups);
    for named in TOOLBAR {
        if ui.add_enabled(work.meets(named.row().needs), Button::new(named.words())).on_hover_text(named.keys()).clicked() {
            commands.push(named.into());
        }
    }
    commands
}

/// F10 opens the first menu; left and right lead to the one beside it.
fn open_by_keys(ui: &Ui, popups: &[Id]) {
    let open = popups.iter().position(|popup| Popup::is_id_open(ui.ctx(), *popup));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = match open {
        None if !ui.memory(|memory| memory.allows_interaction(ui.layer_id())) => None,
        None => pressed(Key::F10).then_some(0),
        Some(at) if pressed(Key::ArrowRight) => Some((at + 1) % popups.len()),
        Some(at) if pressed(Key::ArrowLeft) => Some((at + popups.len() - 1) % popups.len()),
        Some(_) => None,
    };
    if let Some(popup) = to.and_then(|to| popups.get(to)) {
        Popup::open_id(ui.ctx(), *popup);
        ui.memory_mut(|memory| memory.focused().into_iter().for_each(|focused| memory.surrender_focus(focused)));
    }
}

/// The commands of a menu with their keys, a line between groups.
fn items_ui(ui: &mut Ui, work: &Work, menu: Menu, entries: &mut Vec<Response>) -> Option<Command> {
    let (mut chosen, mut last) = (None, 0);
    for named in Named::ALL {
        let row = named.row();
        let Some((_, group)) = row.menu.filter(|(its, _)| *its == menu) else { continue };
        if std::mem::replace(&mut last, group) != group {
            ui.add(Separator::default().spacing(7.0));
        }
        // What has no icon keeps its room, so that the words stand below each other.
        let icon = named.icon().map_or_else(|| Atom::paint(Vec2::splat(ICON), |_, _| {}), Icon::atom);
        let is_on = work.meets(row.needs);
        let entry = ui.add_enabled(is_on, Button::new((icon, row.words)).shortcut_text(named.keys()));
        if entry.clicked() {
            chosen = Some((*named).into());
            ui.close();
        }
        entries.extend(is_on.then_some(entry));
    }
    chosen
}

/// Colours and size of the letters.
fn sight_ui(ui: &mut Ui, entries: &mut Vec<Response>) -> Option<Command> {
    let mut chosen = None;
    let mut offer = |ui: &mut Ui, button: Button<'_>, command: Command| {
        let entry = ui.add(button);
        if entry.clicked() {
            chosen = Some(command);
            ui.close();
        }
        entries.push(entry);
    };
    ui.separator();
    for look in LOOKS {
        offer(ui, Button::selectable(theme::look() == look, look.name()), Command::Look(look));
    }
    ui.separator();
    let groups = Command::GroupDigits(!theme::groups_digits());
    offer(ui, Button::selectable(theme::groups_digits(), groups.label()), groups);
    ui.separator();
    for larger in [true, false] {
        let command = Command::Zoom { larger };
        offer(ui, Button::new(command.label()), command);
    }
    chosen
}
