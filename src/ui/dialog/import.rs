//! A workbook filled elsewhere comes back: what was read is shown first, then it is asked where it goes.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::import::Imported;
use crate::model::Change;
use crate::review::{item_name, value_name};
use crate::ui::command::Command;
use crate::ui::command::files::{Into as Goes, Workbook};
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, cut, list_height, set_wide, title};
use crate::ui::state::work::Work;

/// Most places listed by name.
const MANY: usize = 100;

/// Shows what was read and asks where it goes.
pub fn import_ui(ui: &mut Ui, work: Option<&Work>, workbook: &Workbook) -> Option<Command> {
    set_wide(ui, 560.0);
    title(ui, "导入工作簿");
    let changes = work.filter(|work| work.takes(&workbook.imported)).map(|work| work.changes_by(&workbook.imported));
    read_ui(ui, &workbook.imported, changes.as_deref());
    let import = |into: Goes| Command::PutIn(workbook.clone(), into);
    let here = changes.map(|_| ("填进当前报告", true, import(Goes::Open)));
    let choices: Vec<_> = here.into_iter().chain([("作为新报告打开", true, import(Goes::New)), ("取消", true, Command::Cancel)]).collect();
    buttons(ui, &choices)
}

/// What stands in the workbook, and what it would change in the open report, if it fits there.
fn read_ui(ui: &mut Ui, imported: &Imported, changes: Option<&[Change]>) {
    let Imported { form: made_for, draft, num_filled, unread, missing, chapters, left_out } = imported;
    ui.label(format!("{} {} 年，{}", draft.agency, draft.year, made_for.name));
    let all = made_for.cells.len();
    let texts =
        if chapters.is_empty() { "文字部分没有内容".to_owned() } else { format!("文字部分：{}", chapters.join("，")) };
    ui.add(Label::new(format!("表格 {all} 格，填了 {num_filled} 格；{texts}")).wrap());
    if let Some(changes) = changes {
        let num_replaced = changes.iter().filter(|change| !change.old.is_blank()).count();
        let words = format!("填进当前报告会改 {} 处，其中 {num_replaced} 处原来有内容；工作簿里空白的不动，可以一步撤销。", changes.len());
        ui.add(Label::new(words).wrap());
    }
    ui.label(RichText::new("说明、批注和办理记录不在工作簿里。").small().color(palette().weak));
    let here = changes.unwrap_or_default();
    if unread.is_empty() && missing.is_empty() && left_out.is_empty() && here.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ScrollArea::vertical().max_height(list_height(ui, 220.0, 260.0)).show(ui, |ui| {
        for change in here.iter().take(MANY) {
            let value = |value| cut(&value_name(made_for, &change.item, value));
            let words = format!("{}：{} → {}", item_name(made_for, &change.item), value(&change.old), value(&change.new));
            ui.add(Label::new(words).wrap());
        }
        if here.len() > MANY {
            ui.label(format!("……另有 {} 处", here.len() - MANY));
        }
        let unread = unread.iter().map(|(label, text, advice)| format!("读不出：{label} 填的是“{text}”，{advice}"));
        let missing = missing.iter().map(|label| format!("工作簿里没有这一格：{label}"));
        for words in unread.chain(missing).chain(left_out.iter().cloned()).take(MANY) {
            ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
        }
    });
}
