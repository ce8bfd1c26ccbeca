//! A repair of a county's sum: what a body's report says, what is summed instead, and why. The body's own file is not touched.

use egui::{Label, RichText, TextEdit, Ui};

use crate::model::{Entry, Kind};
use crate::ui::command::Command;
use crate::ui::command::county::Many;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, field_of, set_wide, title};

/// A repair being written.
#[derive(Clone, Debug)]
pub struct MendForm {
    /// The body.
    pub unit: String,
    /// The cell in words.
    pub label: String,
    /// What the cell may hold.
    pub kind: Kind,
    /// What the report says.
    pub from: String,
    /// What is to be summed instead.
    pub to: String,
    /// Why.
    pub why: String,
}

/// Asks for figure and reason; both are needed.
pub fn mend_ui(ui: &mut Ui, form: &mut MendForm) -> Option<Command> {
    set_wide(ui, 460.0);
    title(ui, &format!("汇总里调整：{}", form.unit));
    ui.add(Label::new(&form.label).wrap());
    let from = if form.from.is_empty() { "空白" } else { &form.from };
    ui.label(format!("单位报的是 {from}。它的文件不动，只在汇总里改，随汇总留存、打印。"));
    ui.add_space(6.0);
    field_of(ui, "汇总按", TextEdit::singleline(&mut form.to).desired_width(160.0));
    field_of(ui, "理由", TextEdit::singleline(&mut form.why).desired_width(f32::INFINITY).hint_text("为什么改，谁说的"));
    let entry = Entry::read(form.kind, &form.to);
    if let Entry::Unread { why, .. } = &entry {
        ui.label(RichText::new(format!("“{}”{}", form.to, why.advice())).color(palette().error));
    }
    let is_ready = entry.value().is_some() && !form.why.trim().is_empty();
    match buttons(ui, &[("记下", is_ready, true), ("取消", true, false)])? {
        true => Some(Many::Mend(form.to.clone(), form.why.trim().to_owned()).into()),
        false => Some(Command::Cancel),
    }
}
