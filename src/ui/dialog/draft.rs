//! Questions about the draft as a whole: a new one, its agency's name, changes that are not saved, a file that is not to be
//! written over, a block to be pasted.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::import::Block;
use crate::model::Totals;
use crate::ui::command::files::{Ask, Other};
use crate::ui::command::{Command, edits};
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, field_of, list_height, set_wide, title};
use crate::ui::state::work::Work;

/// Agency and year of a new report.
pub fn new_ui(ui: &mut Ui, catalog: &Catalog, (agency, year): (&mut String, &mut String), totals: &mut Totals) -> Vec<Command> {
    set_wide(ui, 460.0);
    title(ui, "新建年度报告");
    field_of(ui, "单位全称", TextEdit::singleline(agency).hint_text("例如：某某县应急管理局").desired_width(f32::INFINITY));
    ui.add_space(4.0);
    let chosen = year_ui(ui, catalog, year);
    ui.add_space(4.0);
    totals_ui(ui, totals);
    let is_ready = chosen.is_some() && !agency.trim().is_empty();
    match (buttons(ui, &[("开始填写", is_ready, true), ("取消", true, false)]), chosen) {
        (Some(true), Some(year)) => vec![Command::TotalsFrom(*totals), Command::Start(agency.trim().to_owned(), year)],
        (Some(_), _) => vec![Command::Cancel],
        (None, _) => Vec::new(),
    }
}

/// Where the figures come from decides who reckons the totals; asked once, the next report has the same.
fn totals_ui(ui: &mut Ui, totals: &mut Totals) {
    ui.label("数从哪里来");
    for (choice, words) in TOTALS {
        ui.radio_value(totals, choice, words);
    }
}

/// The two ways, and what each means for the totals.
const TOTALS: [(Totals, &str); 2] = [
    (Totals::Typed, "照纸面或旧表录入：合计也照着录，录错一格就能查出来"),
    (Totals::Computed, "各格自己填，合计自动算：Tab、Enter 跳过合计"),
];

/// The field for the year of a report, and which form that takes or why there is none; the year where it will do.
fn year_ui(ui: &mut Ui, catalog: &Catalog, year: &mut String) -> Option<u16> {
    let label = ui.label("报告年度（报告的是哪一年的工作，不是编写的年份）").id;
    ui.add(TextEdit::singleline(year).desired_width(90.0)).labelled_by(label);
    let number = year.trim().parse::<u16>();
    let form = number.as_ref().map_err(|_not_a_year| "请填四位年份，例如 2025".to_owned());
    let form = form.and_then(|year| catalog.for_year(*year).map_err(|err| err.to_string()));
    let not_yet = number.as_ref().ok().and_then(|year| not_yet(*year, jiff::Zoned::now().year()));
    let form = not_yet.map_or(form, Err);
    match &form {
        Ok(form) => ui.label(RichText::new(format!("适用表样：{}，{}", form.name, form.document)).color(palette().weak)),
        Err(why) => ui.label(RichText::new(format!("× {why}")).color(palette().error)),
    };
    number.ok().filter(|_| form.is_ok())
}

/// The agency's name and the year as they should be. The year is fixed once the report was submitted.
pub fn rename_ui(ui: &mut Ui, catalog: &Catalog, work: &Work, agency: &mut String, year: &mut String) -> Option<Command> {
    set_wide(ui, 460.0);
    title(ui, "改单位和年度");
    field_of(ui, "单位全称（标题、落款和文件名都用它）", TextEdit::singleline(agency).desired_width(f32::INFINITY));
    ui.add_space(4.0);
    let draft = work.session.draft();
    let chosen = if draft.review().steps().is_empty() && work.sheet.is_none() {
        year_ui(ui, catalog, year)
    } else {
        let words = format!("报告年度：{} 年。已有办理记录，年度不能再改；年度错了的，请新建一份，再导入这一份的工作簿。", draft.year);
        ui.add(Label::new(RichText::new(words).color(palette().weak)).wrap());
        Some(draft.year)
    };
    let rename = match chosen {
        Some(year) if year != draft.year => Command::MoveTo(agency.trim().to_owned(), year),
        _ => Command::Change(vec![edits::agency(agency.trim())]),
    };
    buttons(ui, &[("改好", chosen.is_some() && !agency.trim().is_empty(), rename), ("取消", true, Command::Cancel)])
}

/// The draft has changes that are not saved; this was to be done.
pub fn unsaved_ui(ui: &mut Ui, then: &Command, has_file: bool) -> Option<Command> {
    set_wide(ui, 420.0);
    title(ui, "有改动还没有保存");
    let lost = if has_file {
        "上次保存以后填写的内容会丢失"
    } else {
        "填写的全部内容都会丢失：这份报告还从来没有存成文件"
    };
    ui.add(Label::new(format!("离开前要保存吗？不保存的话，{lost}。")).wrap());
    let choices = [Command::SaveThen(Box::new(then.clone())), Command::DiscardThen(Box::new(then.clone())), Command::Cancel];
    buttons(ui, &choices.map(|command| (command.label(), true, command)))
}

/// The draft's file cannot be written over: why. Both versions are kept; nothing is ever written over.
pub fn conflict_ui(ui: &mut Ui, why: &str) -> Option<Command> {
    set_wide(ui, 520.0);
    title(ui, "没有保存，怕盖掉别人的改动");
    ui.add(Label::new(why).wrap());
    ui.label("可以把窗口里的这一份另存在旁边，两份都保留；也可以先逐格对照。");
    let choices = [Command::SaveBeside, Ask::Compare(Other::Disk).into(), Command::Cancel];
    buttons(ui, &choices.map(|command| (command.label(), true, command)))
}

/// Problems of a block that are listed; all of them are counted.
const MAX_PROBLEMS: usize = 200;

/// What is wrong with a block, before anything changes.
pub fn paste_ui(ui: &mut Ui, block: &Block) -> Option<Command> {
    set_wide(ui, 560.0);
    title(ui, "粘贴前请看一下");
    ui.label(format!("剪贴板里有 {} 个数要填进表格，其中有 {} 处需要留意：", block.fields.len(), block.problems.len()));
    ScrollArea::vertical().max_height(list_height(ui, 260.0, 240.0)).show(ui, |ui| {
        for problem in block.problems.iter().take(MAX_PROBLEMS) {
            ui.add(Label::new(format!("· {problem}")).wrap());
        }
        if block.problems.len() > MAX_PROBLEMS {
            ui.label(format!("……还有 {} 处", block.problems.len() - MAX_PROBLEMS));
        }
    });
    ui.label(RichText::new("仍然粘贴时，读不出的内容原样留在格里并标出；可用 Ctrl+Z 一步撤销。").small().color(palette().weak));
    let paste = Command::Paste(block.clone());
    let mut choices = vec![("不粘贴", true, Command::Cancel), (paste.label(), !block.fields.is_empty(), paste)];
    if let Some(across) = &block.across {
        // What does not fit across either is shown before that is pasted.
        let is_whole = across.problems.is_empty();
        let across = if is_whole { Command::Paste(Block::clone(across)) } else { Command::AskPaste(Block::clone(across)) };
        choices.insert(0, ("横着粘贴", true, across));
    }
    buttons(ui, &choices)
}
