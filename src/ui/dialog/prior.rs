//! Last year's report was read from a published file: how that went, before it is taken.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::ui::command::Command;
use crate::ui::command::last_year::LastYears;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};

/// What was read, and what is to be done with it.
#[derive(Debug)]
pub struct PriorForm {
    /// Take it, or begin from it.
    pub command: LastYears,
    /// How it was read, a line each.
    pub lines: Vec<String>,
}

/// Shows the account and asks.
pub fn prior_ui(ui: &mut Ui, form: &PriorForm) -> Option<Command> {
    set_wide(ui, 560.0);
    title(ui, "上年报告读成这样");
    if let LastYears::Take(prior) | LastYears::Begin(prior) = &form.command {
        ui.add(Label::new(prior.name()).wrap());
    }
    ui.add(Label::new(RichText::new("数按原文读入，文字只供对照，不照抄。").small().color(palette().weak)).wrap());
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(list_height(ui, 280.0, 240.0)).show(ui, |ui| {
        for (place, line) in form.lines.iter().enumerate() {
            let ink = if place == 0 || !line.starts_with("请") { palette().ink } else { palette().warning };
            ui.add(Label::new(RichText::new(line).color(ink)).wrap());
        }
    });
    let command = Command::from(form.command.clone());
    buttons(ui, &[(command.label(), true, command.clone()), (Command::Cancel.label(), true, Command::Cancel)])
}
