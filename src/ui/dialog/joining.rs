//! Joining another copy of this report: what both changed is asked, value by value.

use egui::{Button, Label, RichText, ScrollArea, Ui};

use crate::form::Form;
use crate::model::{Value, Values};
use crate::review::{Join, item_name, value_name};
use crate::ui::command::Command;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, cut, list_height, set_wide, title};

/// Two copies laid beside each other, and what was chosen so far.
#[derive(Clone, Debug)]
pub struct JoinForm {
    /// Both copies, and where they differ.
    pub join: Join,
    /// The values chosen where both had changed something.
    pub choices: Values,
}

impl JoinForm {
    /// Nothing chosen yet.
    pub fn new(join: Join) -> Self {
        Self { join, choices: Values::new() }
    }

    /// Everything that is asked is answered.
    pub fn is_settled(&self) -> bool {
        self.join.conflicts().iter().all(|conflict| self.choices.contains_key(&conflict.item))
    }
}

/// Asks what is to be asked before two copies become one.
pub fn join_ui(ui: &mut Ui, form: &Form, asked: &mut JoinForm) -> Option<Command> {
    set_wide(ui, 640.0);
    title(ui, "合并另一份副本");
    conflicts_ui(ui, form, asked);
    match buttons(ui, &[("合并", asked.is_settled(), true), ("取消", true, false)])? {
        true => Some(Command::Join(Box::new(asked.join.clone()), asked.choices.clone())),
        false => Some(Command::Cancel),
    }
}

/// Shows what comes from the other copy, and asks where both changed something.
fn conflicts_ui(ui: &mut Ui, form: &Form, asked: &mut JoinForm) {
    let (num_taken, conflicts) = (asked.join.taken().len(), asked.join.conflicts());
    ui.label(format!("从对方副本取来 {num_taken} 处；批注、说明、办理记录两边都保留。"));
    if conflicts.is_empty() {
        ui.label(RichText::new("✓ 没有两边都改过的地方").color(palette().good));
        return;
    }
    ui.add(Label::new(RichText::new(format!("有 {} 处两边都改过，请逐处选定：", conflicts.len())).color(palette().warning)).wrap());
    ScrollArea::vertical().max_height(list_height(ui, 320.0, 220.0)).show(ui, |ui| {
        for conflict in conflicts {
            ui.add(Label::new(RichText::new(item_name(form, &conflict.item)).font(bold_font(13.0))).wrap());
            ui.horizontal_wrapped(|ui| {
                for (whose, value) in [("本副本", &conflict.mine), ("对方副本", &conflict.theirs)] {
                    let words = format!("{whose}：{}", cut(&name(form, conflict, value)));
                    let is_chosen = asked.choices.get(&conflict.item) == Some(value);
                    if ui.add(Button::selectable(is_chosen, words)).clicked() {
                        asked.choices.insert(conflict.item.clone(), value.clone());
                    }
                }
                if let Some(base) = &conflict.base {
                    ui.label(RichText::new(format!("原来 {}", cut(&name(form, conflict, base)))).small().color(palette().weak));
                }
            });
        }
    });
}

fn name(form: &Form, conflict: &crate::review::Conflict, value: &Value) -> String {
    value_name(form, &conflict.item, value)
}
