//! What stands above the table while it is keyed a second time.

use egui::{RichText, Ui};

use crate::ui::command::Command;
use crate::ui::command::second::{Second, Sheet};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::strip_frame;
use crate::ui::state::work::Work;

/// Shows whose entry this is and how far it has come.
pub fn sheet_ui(ui: &mut Ui, work: &Work, sheet: &Sheet) -> Option<Command> {
    let session = &work.session;
    let shown = strip_frame().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let table = session.form().tables.get(sheet.what.table).map_or("", |table| &*table.name);
            ui.label(RichText::new(format!("双录 {table} 第二遍　{}", sheet.what.two)).font(bold_font(13.0)).color(palette().accent));
            let (filled, all) = session.completeness(sheet.what.table);
            ui.label(format!("照原始记录录入，看不到第一遍。已录 {filled} / {all} 格。"));
            let done = Second::Lay(sheet.clone());
            ui.button(done.label()).clicked().then_some(done.into())
        })
    });
    shown.inner.inner
}
