//! The lists on the right, and the tabs to choose between them.

use egui::{Button, RichText, Ui};

use crate::ui::command::Command;
use crate::ui::command::places::List;
use crate::ui::look::theme::palette;
use crate::ui::state::work::Work;

/// Shows the tabs.
pub fn tabs_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for list in List::ALL.into_iter().filter(|list| *list != List::Second || work.panel.second().is_some()) {
            let words = match work.panel.count(list) {
                0 => list.name().to_owned(),
                count => format!("{} {count}", list.name()),
            };
            let is_shown = work.panel.list == list;
            let ink = if is_shown { palette().accent } else { palette().ink };
            let tab = Button::selectable(is_shown, RichText::new(words).color(ink));
            let show = Command::Show(list);
            if ui.add(tab).on_hover_text(show.keys()).clicked() {
                commands.push(show);
            }
        }
    });
    commands
}
