//! 换表样: the report goes on on another form. Where every cell goes is shown first, and that the totals agree.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::ui::command::Command;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};

/// The ledger of a move.
#[derive(Debug)]
pub struct MovingForm {
    /// What is done when it is agreed to.
    pub command: Command,
    /// From which form to which.
    pub names: String,
    /// What became of the cells: each kind with its cells, in words.
    pub parts: Vec<(String, Vec<String>)>,
    /// Totals before and after; they agree, or do not.
    pub totals: Vec<(String, bool)>,
}

/// Shows the ledger and asks.
pub fn moving_ui(ui: &mut Ui, form: &MovingForm) -> Option<Command> {
    set_wide(ui, 660.0);
    title(ui, "换表样：逐格的去向");
    ui.add(Label::new(&form.names).wrap());
    for (words, agrees) in &form.totals {
        let (mark, ink) = if *agrees { ("✓", palette().good) } else { ("×", palette().error) };
        ui.add(Label::new(RichText::new(format!("{mark} {words}")).color(ink)).wrap());
    }
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(list_height(ui, 320.0, 280.0)).auto_shrink([false, true]).show(ui, |ui| {
        for (name, lines) in &form.parts {
            ui.label(RichText::new(name).font(bold_font(13.0)));
            for line in lines {
                ui.add(Label::new(RichText::new(line).size(13.0)).wrap());
            }
            ui.add_space(4.0);
        }
    });
    let words = "移好后是一份新草稿，可以用 Ctrl+Z 撤销；原来的文件没有改动。";
    ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    buttons(ui, &[(form.command.label(), true, form.command.clone()), (Command::Cancel.label(), true, Command::Cancel)])
}
