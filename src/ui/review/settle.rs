//! Two entries of a table beside each other: which cells differ, and which entry each takes.

use egui::{Button, Frame, Label, Margin, RichText, ScrollArea, Ui};

use super::desk::List;
use super::second::Second;
use crate::model::{CellId, Entry, Item, Value};
use crate::review::{item_name, value_name};
use crate::ui::command::Command;
use crate::ui::theme::{bold_font, palette};
use crate::ui::work::Work;

/// Which entry a cell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// 一录.
    First,
    /// 二录.
    Second,
}

/// The list on the right: cells that differ, each to be settled.
pub fn settle_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let left = work.desk.mismatches();
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
            commands.push(Second::Finish.command());
        }
        if ui.small_button(Second::Drop.label()).on_hover_text("定下来的都存在第二遍的文件里，以后接着对照").clicked()
        {
            commands.push(Second::Drop.command());
        }
    });
    let words = "F8 逐格看；F5 取一录，F6 取二录；两遍都不对时，在表里改好再取一录。";
    ui.add(Label::new(RichText::new(words).small().color(palette().weak)).wrap());
    ScrollArea::vertical().id_salt("second").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (place, (cell, second)) in left.iter().enumerate() {
            mismatch_ui(ui, work, *cell, second, work.desk.place == Some(place), &mut commands);
        }
    });
    commands
}

fn mismatch_ui(ui: &mut Ui, work: &Work, cell: CellId, second: &Entry, is_here: bool, commands: &mut Vec<Command>) {
    let (form, item) = (work.session.form(), Item::Cell(cell));
    let (fill, line) = if is_here { (palette().accent_tint, palette().accent) } else { (palette().paper, palette().line) };
    let frame = Frame::new().fill(fill).stroke((1.0, line)).corner_radius(4).inner_margin(Margin::symmetric(9, 4));
    let shown = frame.show(ui, |ui| {
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

impl Work {
    /// Settles a cell that was keyed differently, and goes on to the next.
    pub fn settle(&mut self, cell: CellId, take: Take) {
        self.commit();
        let taken = match take {
            Take::First => Some(self.session.draft().entry(cell)),
            Take::Second => self.desk.second().map(|second| second.second.entry(cell)),
        };
        // A cell that was not keyed the second time says nothing about the first.
        let Some(taken) = taken.filter(|taken| take == Take::First || !taken.is_blank()).cloned() else { return };
        let edit = self.desk.settle_cell(self.session.form(), self.session.draft(), cell, taken);
        self.session.apply_alone(edit.into_iter().collect());
        self.desk.refresh(&self.session);
        if self.desk.list == List::Second && !self.desk.mismatches().is_empty() {
            // The next one has moved up into the place of this one.
            self.desk.place = self.desk.place.and_then(|place| place.checked_sub(1));
            self.step_list(true);
        }
    }

    /// Settles the cell that F8 has come to.
    pub fn settle_here(&mut self, take: Take) {
        let here = self.desk.place.and_then(|place| self.desk.mismatches().get(place)).map(|(cell, _)| *cell);
        let here = here.or_else(|| self.focused_cell().filter(|cell| self.desk.mismatches().iter().any(|(other, _)| other == cell)));
        if let Some(cell) = here {
            self.settle(cell, take);
        }
    }
}
