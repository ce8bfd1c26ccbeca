//! Two entries of a table beside each other: which cells differ, and which entry each takes.

use egui::{Button, Label, RichText, ScrollArea, Ui};

use crate::model::{CellId, Entry, Item, Value};
use crate::review::{item_name, value_name};
use crate::ui::command::Command;
use crate::ui::command::places::Take;
use crate::ui::command::second::Second;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::entry_frame;
use crate::ui::state::work::Work;

/// The list on the right: cells that differ, each to be settled.
pub fn settle_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let left = work.panel.mismatches();
    ui.horizontal_wrapped(|ui| {
        let (words, color) = match left.len() {
            0 => ("✓ 两遍一致".to_owned(), palette().good),
            num => (format!("两遍不同 {num} 格"), palette().warning),
        };
        ui.label(RichText::new(words).color(color));
        if ui
            .add_enabled(left.is_empty(), Button::new(Second::Finish.label()))
            .on_hover_text("写进办理记录")
            .on_disabled_hover_text("两遍不同的格都定下来以后才能完成")
            .clicked()
        {
            commands.push(Second::Finish.into());
        }
        if ui.small_button(Second::Drop.label()).on_hover_text("定下来的都存在第二遍的文件里，以后接着对照").clicked()
        {
            commands.push(Second::Drop.into());
        }
    });
    let words = "F8 逐格看；F5 取一录，F6 取二录；两遍都不对时，在表里改好再取一录。";
    ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    ScrollArea::vertical().id_salt("second").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (place, (cell, second)) in left.iter().enumerate() {
            mismatch_ui(ui, work, *cell, second, work.panel.place == Some(place), &mut commands);
        }
    });
    commands
}

fn mismatch_ui(ui: &mut Ui, work: &Work, cell: CellId, second: &Entry, is_here: bool, commands: &mut Vec<Command>) {
    let (form, item) = (work.session.form(), Item::Cell(cell));
    let shown = entry_frame(is_here).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        if ui.link(RichText::new(item_name(form, &item)).font(bold_font(12.5))).clicked() {
            commands.push(Command::GoTo(cell));
        }
        ui.horizontal_wrapped(|ui| {
            let first = Value::Entry(work.session.draft().entry(cell).clone());
            for (words, value, take) in [("一录", first, Take::First), ("二录", Value::Entry(second.clone()), Take::Second)] {
                let can_be_taken = take == Take::First || !value.is_blank();
                if ui.add_enabled(can_be_taken, Button::new(format!("{words} {}", value_name(form, &item, &value)))).clicked() {
                    commands.push(Command::Settle(cell, take));
                }
            }
        });
    });
    if is_here && work.reveal_finding {
        ui.scroll_to_rect(shown.response.rect, None);
    }
}
