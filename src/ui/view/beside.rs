//! Last year's chapter beside this year's: to be read, not to be copied.

use egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::form::Chapter;
use crate::ui::look::theme::{bold_font, palette};

/// Shows the text of the chapter as last year's report has it.
pub fn last_years_ui(ui: &mut Ui, year: u16, chapter: &Chapter, text: &str) {
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("上年（{year} 年）")).font(bold_font(14.0)));
        ui.label(RichText::new(&*chapter.short).small().color(palette().weak));
    });
    ui.label(RichText::new("只供对照，请写本年的情况。").small().color(palette().weak));
    ScrollArea::vertical().id_salt(("last year", chapter.no)).auto_shrink(false).show(ui, |ui| {
        Frame::new().fill(palette().total).stroke((1.0, palette().line)).inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
                ui.add(Label::new(RichText::new(format!("　　{}", paragraph.trim())).size(14.0)).wrap());
                ui.add_space(6.0);
            }
        });
    });
}
