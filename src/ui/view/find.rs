//! Looking for words and figures: among the cells of the table on screen, or in the text on screen with replacing.

use egui::{Button, Frame, Id, Key, Margin, RichText, TextEdit, Ui};

use crate::form::{Body, Form};
use crate::model::{CellId, SectionId};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::palette;
use crate::ui::state::find::FindStrip;
use crate::ui::state::work::Work;

/// Something found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Cell(CellId),
    /// In a text: first character and number of characters.
    Text(SectionId, usize, usize),
}

/// Shows the strip.
pub fn find_ui(ui: &mut Ui, work: &Work, strip: &mut FindStrip) -> Vec<Command> {
    let mut commands = Vec::new();
    let matches = matches(work, &strip.query);
    let section = section_on_screen(work);
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(4).inner_margin(Margin::symmetric(10, 4));
    frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label("查找").id;
            let id = Id::unique("find query");
            let field =
                ui.add(TextEdit::singleline(&mut strip.query).id(id).desired_width(160.0).hint_text("文字或数字")).labelled_by(label);
            if std::mem::take(&mut strip.is_new) {
                field.request_focus();
            }
            if field.changed() {
                strip.last = None;
            }
            let (enter, shift) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift));
            let by_key = field.lost_focus() && enter;
            let next = ui.add_enabled(!matches.is_empty(), Button::new("下一个")).clicked() || by_key && !shift;
            let prev = ui.add_enabled(!matches.is_empty(), Button::new("上一个")).clicked() || by_key && shift;
            if by_key {
                field.request_focus();
            }
            if (next || prev) && !matches.is_empty() {
                let place = stepped(strip.last, matches.len() - 1, next);
                strip.last = Some(place);
                commands.extend(matches.get(place).map(|found| Command::Peek(target(*found))));
            }
            let words = match (strip.query.is_empty(), matches.len(), strip.last) {
                (true, ..) => String::new(),
                (_, 0, _) => "没有找到".to_owned(),
                (_, all, Some(at)) => format!("第 {} / {all} 处", at + 1),
                (_, all, None) => format!("共 {all} 处"),
            };
            ui.label(RichText::new(words).small().color(palette().weak));
            if let Some(section) = section {
                commands.extend(replace_ui(ui, work, strip, section, &matches));
            } else if strip.replaces {
                ui.label(RichText::new("表里的数逐格改，替换只用于文字").small().color(palette().weak));
            }
            let escape = ui.input(|input| input.key_pressed(Key::Escape));
            if ui.button("关闭").clicked() || escape {
                commands.push(Command::CloseFind);
            }
        });
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
    ui.separator();
    let label = ui.label("替换为").id;
    ui.add(TextEdit::singleline(&mut strip.replacement).desired_width(120.0)).labelled_by(label);
    let text = work.session.draft().section(section);
    let one = ui.add_enabled(strip.last.is_some() && !matches.is_empty(), Button::new("替换")).clicked();
    let all = ui.add_enabled(!matches.is_empty(), Button::new("全部替换")).on_hover_text("可用 Ctrl+Z 一步撤销").clicked();
    let replaced = match (one, all, strip.last.and_then(|at| matches.get(at))) {
        (_, true, _) => text.replace(&strip.query, &strip.replacement),
        (true, _, Some(Match::Text(_, at, length))) => {
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

/// Where the query stands in the chapter on screen, from top to bottom.
fn matches(work: &Work, query: &str) -> Vec<Match> {
    if query.is_empty() {
        return Vec::new();
    }
    match section_on_screen(work) {
        Some(section) => {
            in_text(work.session.draft().section(section), query).map(|at| Match::Text(section, at, query.chars().count())).collect()
        }
        None => in_table(work, query).map(Match::Cell).collect(),
    }
}

/// Where the query begins, in characters.
fn in_text<'a>(text: &'a str, query: &'a str) -> impl Iterator<Item = usize> {
    let (mut chars, mut bytes) = (0, 0);
    text.match_indices(query).map(move |(at, _)| {
        chars += text.get(bytes..at).map_or(0, |between| between.chars().count());
        bytes = at;
        chars
    })
}

/// Cells whose figure is the query, or in whose name it stands; of a row or column so named, the first cell.
fn in_table<'a>(work: &'a Work, query: &'a str) -> impl Iterator<Item = CellId> {
    let form: &Form = work.session.form();
    let place = work.table_on_screen();
    let cells = form.cells().filter(move |(_, cell)| Some(cell.table) == place);
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
        Match::Cell(cell) => Target::Cell(cell),
        Match::Text(section, at, length) => Target::Text(section, Some((at, at + length))),
    }
}
