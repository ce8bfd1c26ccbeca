//! 双录: who keys the table a second time, and whether to compare before all of it is keyed.

use std::path::PathBuf;

use egui::{Label, RichText, TextEdit, Ui};

use crate::model::{ActionKind, Person, Role};
use crate::review::{self, SecondSheet};
use crate::store;
use crate::ui::command::Command;
use crate::ui::command::second::{Second, Sheet};
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, field_of, set_wide, title};
use crate::ui::state::work::Work;

/// Who keys the table a second time, as it is being said.
#[derive(Clone, Debug)]
pub struct SecondForm {
    /// Place of the table in [`Form::tables`].
    pub table: usize,
    /// Name as typed.
    pub name: String,
    /// Drafts beside the open one, once they are known: sheets that were begun before are among them.
    pub beside: Vec<PathBuf>,
}

impl SecondForm {
    /// Why this person is no second one; `None` once it is.
    fn refusal(&self, work: &Work) -> Option<String> {
        let (name, review) = (self.name.trim(), work.session.draft().review());
        let is_first = work.session.person().is_some_and(|person| *person.name == *name);
        if is_first && !review.workflow().allows_same_person {
            return Some("第二遍要由另一个人来录".to_owned());
        }
        let person = Person { name: name.into(), role: Role::Clerk };
        review::may(review, &person, ActionKind::SecondEntry).err().map(|why| if name.is_empty() { String::new() } else { why.words() })
    }

    /// The sheet of this person for the open draft; none before it has a file.
    pub fn sheet(&self, work: &Work) -> Option<Sheet> {
        let (first, file) = (work.path.clone()?, work.file_name()?);
        let second = store::second_path(&first, self.name.trim());
        let one = work.session.person().map_or_else(Box::default, |person| person.name.clone());
        let what = SecondSheet { table: self.table, one, two: self.name.trim().into(), file: file.into() };
        Some(Sheet { what, first, second })
    }
}

/// Asks who keys the table a second time.
pub fn second_ui(ui: &mut Ui, work: &Work, form: &mut SecondForm) -> Option<Command> {
    set_wide(ui, 520.0);
    title(ui, "双录");
    let is_ready = who_ui(ui, work, form);
    let sheet = form.sheet(work)?;
    let choices: [(Command, bool); 3] =
        [(Second::Key(sheet.clone()).into(), is_ready), (Second::Bring(sheet).into(), is_ready), (Command::Cancel, true)];
    buttons(ui, &choices.map(|(command, is_on)| (command.label(), is_on, command)))
}

/// The name is asked for; whether the answer will do.
fn who_ui(ui: &mut Ui, work: &Work, form: &mut SecondForm) -> bool {
    let table = work.session.form().tables.get(form.table).map_or("", |table| &*table.name);
    let words = format!(
        "由另一个人照原始记录把{table}从头录一遍，录的时候看不到第一遍的数；录完两遍逐格对照，不同的逐格定下来，结果写进办理记录。"
    );
    ui.add(Label::new(words).wrap());
    ui.add_space(4.0);
    if let Some(first) = work.session.person() {
        ui.label(format!("第一遍：{}", first.name));
    }
    field_of(ui, "第二遍由谁录（姓名）：", TextEdit::singleline(&mut form.name).desired_width(220.0));
    let refusal = form.refusal(work);
    if refusal.is_none() && form.sheet(work).is_some_and(|sheet| form.beside.contains(&sheet.second)) {
        ui.label(RichText::new("这个人已经录过一部分，接着录。").color(palette().accent));
    }
    if let Some(why) = refusal.as_ref().filter(|why| !why.is_empty()) {
        ui.add(Label::new(RichText::new(format!("× {why}")).color(palette().error)).wrap());
    }
    refusal.is_none()
}

/// The second entry has so many cells that are not keyed.
pub fn unkeyed_ui(ui: &mut Ui, sheet: &Sheet, num: usize) -> Option<Command> {
    set_wide(ui, 460.0);
    title(ui, "第二遍还没有录完");
    let words = format!("还有 {num} 格没有录。对照以后就看得到第一遍的数，没有录的格都算两遍不同；没有发生的请录 0。");
    ui.add(Label::new(words).wrap());
    let as_is = Second::LayAsIs(sheet.clone());
    buttons(ui, &[("接着录", true, Command::Cancel), (as_is.label(), true, as_is.clone().into())])
}
