//! 插入表里的数: a figure of the tables, or a whole sentence with such figures, put into a text where the cursor is; both stay linked.

use egui::{Button, Label, RichText, ScrollArea, TextEdit, Ui};

use crate::model::SectionId;
use crate::rules::claims::held;
use crate::rules::claims::rule::RULES;
use crate::rules::claims::template::{TEMPLATES, fill};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, field_of, list_height, set_wide, title};
use crate::ui::state::work::Work;

/// Most that is listed at once.
const MAX_SHOWN: usize = 60;

/// What is looked for, and where it goes.
#[derive(Clone, Debug)]
pub struct InsertForm {
    /// The chapter.
    pub section: SectionId,
    /// The character it is put before.
    pub at: usize,
    /// What was typed to find it.
    pub typed: String,
}

/// Something to put in.
struct Choice {
    title: String,
    /// Its words with figures in braces.
    words: String,
    /// The same, filled.
    shown: String,
}

/// Asks which; the first is taken with Enter.
pub fn insert_ui(ui: &mut Ui, work: &Work, form: &mut InsertForm) -> Vec<Command> {
    set_wide(ui, 520.0);
    title(ui, "插入表里的数");
    field_of(ui, "格或句子的名称里的字，几个词用空格分开：", TextEdit::singleline(&mut form.typed).desired_width(f32::INFINITY));
    ui.add(Label::new(RichText::new("插入的数跟着表里的格：格改了，正文一起改；导出时是普通文字。").small().color(palette().weak)).wrap());
    ui.add_space(4.0);
    let choices = choices(work, form);
    let mut taken: Option<&Choice> = None;
    ScrollArea::vertical().max_height(list_height(ui, 300.0, 240.0)).auto_shrink([false, true]).show(ui, |ui| {
        for choice in choices.iter().take(MAX_SHOWN) {
            let button = Button::new(format!("{}　{}", choice.title, choice.shown)).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
            if ui.add(button.right_text("")).clicked() {
                taken = Some(choice);
            }
        }
        if choices.is_empty() {
            ui.label("没有这样的格，或者格里还没有填数。");
        }
    });
    let first = choices.first();
    match buttons(ui, &[("插入第一个", first.is_some(), true), ("取消", true, false)]) {
        Some(true) => taken = taken.or(first),
        Some(false) => return vec![Command::Cancel],
        None => {}
    }
    taken.and_then(|choice| commands(work, form, &choice.words)).unwrap_or_default()
}

fn commands(work: &Work, form: &InsertForm, words: &str) -> Option<Vec<Command>> {
    let edits = work.session.insert_edits(form.section, form.at, words)?;
    let end = form.at + fill(work.session.report(), words)?.text.chars().count();
    Some(vec![Command::Change(edits), Command::Visit(Target::Text(form.section, Some((end, end))))])
}

/// Sentences of the chapter, then sums, then cells, that fit what was typed and are filled.
fn choices(work: &Work, asked: &InsertForm) -> Vec<Choice> {
    let report = work.session.report();
    let form = report.form;
    let sentences = form.wordings.sentences.iter().chain(TEMPLATES.iter()).filter(|template| template.chapter == asked.section.0);
    let sentences = sentences.map(|template| (template.title.to_string(), template.text.to_string(), ""));
    let figure = |key: &str| (held::name(form, key), format!("{{{key}}}"), key.to_owned());
    let named: Vec<_> = RULES.named_keys().map(figure).collect();
    let cells: Vec<_> = form.cells.iter().filter(|cell| RULES.name(&cell.key).is_none()).map(|cell| figure(&cell.key)).collect();
    let figures = named.iter().chain(&cells).map(|(title, words, key)| (title.clone(), words.clone(), key.as_str()));
    let fits = |title: &str, key: &str| asked.typed.split_whitespace().all(|word| title.contains(word) || key.contains(word));
    sentences
        .chain(figures)
        .filter(|(title, _, key)| fits(title, key))
        .filter_map(|(title, words, _)| Some(Choice { shown: fill(report, &words)?.text, title, words }))
        .collect()
}
