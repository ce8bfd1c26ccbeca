//! Looking for words and figures in all chapters and tables, with replacing in the text on screen; and going to a cell by a few
//! letters of its name.

use egui::{Button, Frame, Id, Key, Margin, RichText, TextEdit, Ui};

use crate::form::{Body, Chapter, Form};
use crate::model::{CellId, SectionId};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::palette;
use crate::ui::state::find::{Aim, FindStrip, in_text};
use crate::ui::state::work::Work;

/// Something found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    /// In a table of this chapter.
    Cell(u8, CellId),
    /// In a text: first character and number of characters.
    Text(SectionId, usize, usize),
}

impl Match {
    fn chapter(self) -> u8 {
        match self {
            Self::Cell(chapter, _) => chapter,
            Self::Text(section, ..) => section.0,
        }
    }
}

/// Shows the strip.
pub fn find_ui(ui: &mut Ui, work: &Work, strip: &mut FindStrip) -> Vec<Command> {
    let mut commands = Vec::new();
    let section = section_on_screen(work);
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(4).inner_margin(Margin::symmetric(10, 4));
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(if strip.aim == Aim::GoTo { "转到" } else { "查找" }).id;
            let id = Id::unique("find query");
            let field = ui
                .add(TextEdit::singleline(&mut strip.query).id(id).desired_width(160.0).hint_text(if strip.aim == Aim::GoTo {
                    "行名 列名，几个字就行"
                } else {
                    "文字或数字"
                }))
                .labelled_by(label);
            if std::mem::take(&mut strip.is_new) {
                field.request_focus();
            }
            if field.changed() {
                strip.last = None;
            }
            let matches = matches(work, strip);
            let (enter, shift) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift));
            let by_key = field.lost_focus() && enter;
            let next = ui.add_enabled(!matches.is_empty(), Button::new("下一个")).clicked() || by_key && !shift;
            let prev = ui.add_enabled(!matches.is_empty(), Button::new("上一个")).clicked() || by_key && shift;
            if by_key {
                field.request_focus();
            }
            let found = strip.last.is_some_and(|last| last < matches.len());
            if by_key && strip.aim == Aim::GoTo && !matches.is_empty() {
                let found = strip.last.and_then(|last| matches.get(last)).or(matches.first());
                commands.extend(found.map(|found| Command::Visit(target(*found))));
                commands.push(Command::CloseFind);
                return;
            }
            if (next || prev || strip.aim == Aim::GoTo && field.changed()) && !matches.is_empty() {
                let here = matches.iter().position(|found| found.chapter() >= work.chapter).unwrap_or(0);
                let place = match (found, prev) {
                    (false, false) => here,
                    _ => stepped(strip.last, matches.len() - 1, !prev),
                };
                strip.last = Some(place);
                commands.extend(matches.get(place).map(|found| Command::Peek(target(*found))));
            }
            let words = match (strip.query.is_empty(), matches.len(), strip.last) {
                (true, ..) => String::new(),
                (_, 0, _) => "没有找到".to_owned(),
                (_, all, Some(at)) => format!("第 {} / {all} 处", at + 1),
                (_, all, None) => {
                    format!("全文 {all} 处，本章 {} 处", matches.iter().filter(|found| found.chapter() == work.chapter).count())
                }
            };
            if !words.is_empty() {
                ui.label(RichText::new(words).small().color(palette().weak));
            }
            if section.is_none() && strip.aim == Aim::Replace {
                ui.label(RichText::new("表里的数逐格改，替换只用于文字").small().color(palette().weak));
            }
            let escape = ui.input(|input| input.key_pressed(Key::Escape));
            if ui.button("关闭").clicked() || escape {
                commands.push(Command::CloseFind);
            }
        });
        if let Some(section) = section.filter(|_| strip.aim != Aim::GoTo) {
            let matches = matches(work, strip);
            commands.extend(ui.horizontal_wrapped(|ui| replace_ui(ui, work, strip, section, &matches)).inner);
        }
    });
    commands
}

/// The place after or before the one gone to last; round at the ends.
fn stepped(here: Option<usize>, last: usize, forward: bool) -> usize {
    match (here, forward) {
        (None, true) => 0,
        (None, false) => last,
        (Some(at), true) if at >= last => 0,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.min(last).checked_sub(1).unwrap_or(last),
    }
}

fn replace_ui(ui: &mut Ui, work: &Work, strip: &mut FindStrip, section: SectionId, matches: &[Match]) -> Option<Command> {
    let label = ui.label("替换为").id;
    ui.add(TextEdit::singleline(&mut strip.replacement).desired_width(160.0)).labelled_by(label);
    let text = work.session.draft().section(section);
    let one = ui.add_enabled(strip.last.is_some() && !matches.is_empty(), Button::new("替换")).clicked();
    let all = ui.add_enabled(!matches.is_empty(), Button::new("本章全部替换")).on_hover_text("可用 Ctrl+Z 一步撤销").clicked();
    let replaced = match (one, all, strip.last.and_then(|at| matches.get(at))) {
        (_, true, _) => text.replace(&strip.query, &strip.replacement),
        (true, _, Some(Match::Text(its, at, length))) if *its == section => {
            text.chars().take(*at).chain(strip.replacement.chars()).chain(text.chars().skip(at + length)).collect()
        }
        _ => return None,
    };
    work.session.text_edit(section, &replaced).map(|edit| Command::Change(vec![edit]))
}

fn section_on_screen(work: &Work) -> Option<SectionId> {
    match work.session.form().chapter(work.chapter)?.body {
        Body::Text(section, _) => Some(section),
        Body::Table(_) => None,
    }
}

/// Where the query stands in the report, from top to bottom.
fn matches(work: &Work, strip: &FindStrip) -> Vec<Match> {
    if strip.query.trim().is_empty() {
        return Vec::new();
    }
    let form = work.session.form();
    let all = [&form.preamble].into_iter().chain(&form.chapters);
    all.flat_map(|chapter| in_chapter(work, chapter, strip)).collect()
}

fn in_chapter(work: &Work, chapter: &Chapter, strip: &FindStrip) -> Vec<Match> {
    let query = &*strip.query;
    match chapter.body {
        Body::Text(..) if strip.aim == Aim::GoTo => Vec::new(),
        Body::Text(section, _) => {
            in_text(work.session.draft().section(section), query).map(|at| Match::Text(section, at, query.chars().count())).collect()
        }
        Body::Table(table) if strip.aim == Aim::GoTo => {
            named(work.session.form(), table, query).map(|id| Match::Cell(chapter.no, id)).collect()
        }
        Body::Table(table) => in_table(work, table, query).map(|id| Match::Cell(chapter.no, id)).collect(),
    }
}

/// Cells in whose name all these words stand.
fn named<'a>(form: &'a Form, table: usize, query: &'a str) -> impl Iterator<Item = CellId> + 'a {
    let cells = form.cells().filter(move |(_, cell)| cell.table == table);
    cells.filter(move |(_, cell)| query.split_whitespace().all(|word| cell.label.contains(word))).map(|(id, _)| id)
}

/// Cells whose figure is the query, or in whose name it stands; of a row or column so named, the first cell.
fn in_table<'a>(work: &'a Work, table: usize, query: &'a str) -> impl Iterator<Item = CellId> + 'a {
    let cells = work.session.form().cells().filter(move |(_, cell)| cell.table == table);
    let is_number = query.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let mut last_row = None;
    cells.filter_map(move |(id, cell)| {
        if is_number {
            return (work.session.draft().entry(id).shown(cell.kind) == query).then_some(id);
        }
        let is_found = cell.path.contains(query) && last_row != Some(cell.at.0);
        if is_found {
            last_row = Some(cell.at.0);
        }
        is_found.then_some(id)
    })
}

fn target(found: Match) -> Target {
    match found {
        Match::Cell(_, cell) => Target::Cell(cell),
        Match::Text(section, at, length) => Target::Text(section, Some((at, at + length))),
    }
}
