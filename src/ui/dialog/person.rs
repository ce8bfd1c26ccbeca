//! Who sits here: name and role, kept on this machine. There are no accounts.

use egui::{RichText, TextEdit, Ui};

use crate::model::{Person, Role, Status, Workflow};
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, field_of, set_wide, title};

/// Name, role and the office's steps as they are being chosen.
#[derive(Clone, Debug)]
pub struct PersonForm {
    /// Name as typed.
    pub name: String,
    /// In whose place.
    pub role: Role,
    /// The steps of the open report's office; none where they cannot be changed now.
    pub workflow: Option<Workflow>,
    /// Where the open report stands, once something was done to it.
    pub status: Option<Status>,
}

impl PersonForm {
    /// The form for this person; in the place whose turn it is.
    pub fn new(person: Option<&Person>, workflow: Option<Workflow>, status: Option<Status>) -> Self {
        let person = person.cloned().unwrap_or_default();
        let role = status.and_then(Status::turn).unwrap_or(person.role);
        Self { name: person.name.into(), role, workflow, status }
    }

    /// Who it says, if it says a name.
    pub fn person(&self) -> Option<Person> {
        let name = self.name.trim();
        (!name.is_empty()).then(|| Person { name: name.into(), role: self.role })
    }
}

/// Asks who sits here; then this is to be done.
pub fn person_ui(ui: &mut Ui, form: &mut PersonForm, then: Option<&Command>) -> Vec<Command> {
    set_wide(ui, 460.0);
    title(ui, "姓名和身份");
    fields_ui(ui, form);
    match (buttons(ui, &[("确定", form.person().is_some(), true), ("取消", true, false)]), form.person()) {
        (Some(true), Some(person)) => std::iter::once(Command::SetPerson(person, form.workflow)).chain(then.cloned()).collect(),
        (Some(_), _) => vec![Command::Cancel],
        (None, _) => Vec::new(),
    }
}

fn fields_ui(ui: &mut Ui, form: &mut PersonForm) {
    field_of(ui, "姓名", TextEdit::singleline(&mut form.name).desired_width(220.0).hint_text("写进办理记录的姓名"));
    ui.add_space(4.0);
    ui.label("身份");
    ui.horizontal_wrapped(|ui| {
        for role in Role::ALL {
            ui.radio_value(&mut form.role, role, role.name());
        }
    });
    if let Some((status, turn)) = form.status.and_then(|status| Some((status, status.turn()?))) {
        ui.label(RichText::new(format!("现在是“{status}”，轮到{turn}")).color(palette().accent));
    }
    ui.label(RichText::new("只记在本机，随办理记录写进草稿；不是账号，没有密码。").small().color(palette().weak));
    let Some(workflow) = &mut form.workflow else { return };
    ui.add_space(8.0);
    ui.label("本单位的环节（经办人送审以前可以改）");
    ui.checkbox(&mut workflow.has_first_review, "审核以前先初审");
    ui.checkbox(&mut workflow.has_secrecy, "保密审查单列一步（条例第十七条）");
    ui.checkbox(&mut workflow.allows_same_person, "允许同一人填报并审核、签发（会写进办理记录；保密审查照样要办）");
}
