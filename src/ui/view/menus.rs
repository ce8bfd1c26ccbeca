//! The menus and the buttons beside them, as the table of commands has them.

use egui::{Atom, Button, ScrollArea, Separator, Ui, Vec2};

use crate::ui::command::Command;
use crate::ui::command::named::{Menu, Named};
use crate::ui::look::icon::{ICON, Icon};
use crate::ui::look::theme::{self, LOOKS};
use crate::ui::state::work::Work;

/// Commands with a button of their own beside the menus.
const TOOLBAR: [Named; 4] = [Named::Save, Named::Undo, Named::Redo, Named::Export];

/// Shows the menus, then the buttons.
pub fn menus_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    for menu in Menu::ALL {
        ui.menu_button(menu.name(), |ui| {
            // On a small screen, or in large letters, the menu is longer than the window.
            let height = (ui.ctx().content_rect().height() - 70.0).max(120.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                // All of 文件 is seen at once on a notebook.
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.spacing_mut().interact_size.y = 24.0;
                ui.spacing_mut().button_padding.y = 2.0;
                commands.extend(items_ui(ui, work, menu));
                if menu == Menu::View {
                    commands.extend(sight_ui(ui));
                }
            });
        });
    }
    for named in TOOLBAR {
        if ui.add_enabled(work.meets(named.row().needs), Button::new(named.words())).on_hover_text(named.keys()).clicked() {
            commands.push(named.into());
        }
    }
    commands
}

/// The commands of a menu with their keys, a line between groups.
fn items_ui(ui: &mut Ui, work: &Work, menu: Menu) -> Option<Command> {
    let (mut chosen, mut last) = (None, 0);
    for named in Named::ALL {
        let row = named.row();
        let Some((_, group)) = row.menu.filter(|(its, _)| *its == menu) else { continue };
        if std::mem::replace(&mut last, group) != group {
            ui.add(Separator::default().spacing(7.0));
        }
        // What has no icon keeps its room, so that the words stand below each other.
        let icon = named.icon().map_or_else(|| Atom::paint(Vec2::splat(ICON), |_, _| {}), Icon::atom);
        if ui.add_enabled(work.meets(row.needs), Button::new((icon, row.words)).shortcut_text(named.keys())).clicked() {
            chosen = Some((*named).into());
            ui.close();
        }
    }
    chosen
}

/// Colours and size of the letters.
fn sight_ui(ui: &mut Ui) -> Option<Command> {
    let mut chosen = None;
    ui.separator();
    for look in LOOKS {
        if ui.add(Button::selectable(theme::look() == look, look.name())).clicked() {
            chosen = Some(Command::Look(look));
            ui.close();
        }
    }
    ui.separator();
    let groups = theme::groups_digits();
    if ui.add(Button::selectable(groups, Command::GroupDigits(!groups).label())).clicked() {
        chosen = Some(Command::GroupDigits(!groups));
        ui.close();
    }
    ui.separator();
    for larger in [true, false] {
        let command = Command::Zoom { larger };
        if ui.button(command.label()).clicked() {
            chosen = Some(command);
        }
    }
    chosen
}
