//! The chapter in the middle of the work screen: a statutory table as printed, or a text.

use egui::{Align, Button, ComboBox, FontId, Frame, Id, Label, Margin, RichText, ScrollArea, TextBuffer, TextEdit, Ui, vec2};

use super::command::Command;
use super::grid::{grid_id, grid_ui};
use super::theme::{bold_font, palette};
use super::work::Work;
use crate::form::Body;
use crate::import::Block;
use crate::model::{Edit, Entry, SectionId, Totals};

/// Widest a text chapter gets, in points: about 45 characters a line read best.
const TEXT_WIDTH: f32 = 760.0;

/// What came of showing a chapter.
#[derive(Debug, Default)]
pub struct ChapterOutput {
    /// What was asked for.
    pub commands: Vec<Command>,
    /// A paste that wants a look before anything changes.
    pub questioned: Option<Block>,
}

/// Shows the chapter on screen.
pub fn chapter_ui(ui: &mut Ui, work: &mut Work) -> ChapterOutput {
    let Some(chapter) = work.session.form().chapter(work.chapter) else { return ChapterOutput::default() };
    let title = chapter.title.to_string();
    match &chapter.body {
        Body::Table(_) => table_chapter_ui(ui, work, &title),
        Body::Text(section, headings) => {
            let (section, headings) = (*section, headings.iter().map(ToString::to_string).collect::<Vec<_>>());
            let help = chapter.help.to_string();
            let commands = text_ui(ui, work, section, &title, &help, &headings);
            ChapterOutput { commands, questioned: None }
        }
    }
}

fn table_chapter_ui(ui: &mut Ui, work: &mut Work, title: &str) -> ChapterOutput {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        // The tools first: what is left over is the title's.
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            commands.extend(table_tools_ui(ui, work));
            ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(title).font(bold_font(16.0))).truncate());
            });
        });
    });
    let mut output = ScrollArea::both().id_salt(("chapter", work.chapter)).auto_shrink(false).show(ui, |ui| table_ui(ui, work)).inner;
    output.commands.splice(0..0, commands);
    output
}

/// The chapter is to have the focus and can have it: in the first frame after a question was answered egui still keeps the
/// focus from what lay below the question, so the wish stands until the next.
fn takes_focus(ui: &Ui, work: &mut Work) -> bool {
    work.take_focus && ui.memory(|memory| memory.allows_interaction(ui.layer_id())) && std::mem::take(&mut work.take_focus)
}

fn table_ui(ui: &mut Ui, work: &mut Work) -> ChapterOutput {
    let take_focus = takes_focus(ui, work);
    let Some((view, state)) = work.grid() else { return ChapterOutput::default() };
    let id = grid_id(view.table);
    if take_focus {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let was_looked_at = view.finding;
    let help = view.session.form().chapter(view.table.chapter).map(|chapter| chapter.help.to_string()).unwrap_or_default();
    let output = grid_ui(ui, view, state);
    ui.add_space(4.0);
    ui.add(Label::new(RichText::new(help).small().color(palette().weak)).wrap());
    ui.add_space(8.0);
    let mut commands = output.commands;
    if let (true, Some(finding)) = (output.touched, was_looked_at) {
        commands.push(Command::LookAway(finding.check));
    }
    ChapterOutput { commands, questioned: output.questioned }
}

/// 本表无数据, and where totals come from.
fn table_tools_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(place) = work.table_on_screen().filter(|_| !work.is_read_only()) else { return commands };
    let session = &work.session;
    ui.add_space(14.0);
    if session.form().cells.iter().any(|cell| cell.table == place && cell.total.is_some()) {
        let totals = session.draft().totals();
        let mut chosen = totals;
        let names = |totals| if totals == Totals::Typed { "手工录入（核对用）" } else { "自动合计" };
        let choice = ComboBox::from_id_salt("totals").selected_text(names(totals)).width(140.0);
        let shown = choice.show_ui(ui, |ui| {
            for totals in [Totals::Typed, Totals::Computed] {
                ui.selectable_value(&mut chosen, totals, names(totals));
            }
        });
        let label = ui.label(RichText::new("合计").small().color(palette().weak)).id;
        shown
            .response
            .labelled_by(label)
            .on_hover_text("手工录入：合计由人填写，程序核对，最能发现录入错误。自动合计：合计由程序计算，可另填纸面合计作控制数。");
        if chosen != totals {
            commands.push(Command::Change(vec![Edit::totals(chosen)]));
        }
    }
    let fill = session.form().cells().filter(|(id, cell)| cell.table == place && session.draft().entry(*id).is_blank());
    let fill: Vec<Edit> = fill.map(|(id, cell)| Edit::cell(id, Entry::read(cell.kind, "0"))).collect();
    let all_blank = fill.len() == session.completeness(place).1;
    let words = if all_blank { "本表无数据（全填 0）" } else { "其余空格填 0" };
    if !fill.is_empty() && ui.button(words).on_hover_text("只填空格，已填的不动；可用 Ctrl+Z 一步撤销").clicked() {
        commands.push(Command::Change(fill));
    }
    commands
}

fn text_ui(ui: &mut Ui, work: &mut Work, section: SectionId, title: &str, help: &str, headings: &[String]) -> Vec<Command> {
    let mut text = work.session.draft().section(section).to_owned();
    let id = text_id(section);
    ui.add_space(2.0);
    ui.label(RichText::new(title).font(bold_font(16.0)));
    ui.label(RichText::new(help).color(palette().weak));
    if !headings.is_empty() && !work.is_read_only() {
        headings_ui(ui, work, section, &mut text, headings);
    }
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    ui.label(RichText::new(format!("{count} 字")).small().color(palette().weak));
    if takes_focus(ui, work) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    // Tab leaves the text; it is no sign that belongs into a report.
    ScrollArea::vertical().id_salt(("text", section.0)).auto_shrink(false).show(ui, |ui| {
        Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(Margin::same(18)).show(ui, |ui| {
            let width = ui.available_width().min(TEXT_WIDTH);
            let height = (ui.available_height() - 40.0).max(200.0);
            // What must not be changed can still be selected and copied.
            let fixed = work.is_read_only().then(|| text.clone());
            let mut fixed = fixed.as_deref();
            let buffer: &mut dyn TextBuffer = match &mut fixed {
                Some(fixed) => fixed,
                None => &mut text,
            };
            let edit = TextEdit::multiline(buffer).id(id).font(FontId::proportional(15.0)).frame(Frame::NONE).desired_width(width);
            let mut shown = edit.hint_text(hint(section)).min_size(vec2(width, height)).show(ui);
            shown.response.response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::MultilineTextInput, true, title));
            if let Some((_, first, end)) = work.text_selection.take_if(|(wanted, ..)| *wanted == section) {
                let cursor = |at| egui::text::CCursor::new(egui::text::CharIndex(at));
                shown.state.cursor.set_char_range(Some(egui::text::CCursorRange::two(cursor(first), cursor(end))));
                let cursor = cursor(end);
                shown.state.store(ui.ctx(), id);
                let rect = shown.galley.pos_from_cursor(cursor).translate(shown.galley_pos.to_vec2());
                ui.scroll_to_rect(rect, Some(Align::Center));
            }
        });
    });
    let text = text.replace("\r\n", "\n");
    work.session.text_edit(section, &text).map_or_else(Vec::new, |edit| vec![Command::Type(edit)])
}

/// The focusable id of a text chapter.
pub fn text_id(section: SectionId) -> Id {
    Id::unique(("section", section.0))
}

fn hint(section: SectionId) -> &'static str {
    match section.0 {
        6 => "没有其他需要报告的事项时，也请写明“无”，并说明信息处理费收取情况。",
        _ => "在此输入正文，回车换段。",
    }
}

/// Buttons for the headings the notice asks for; one that is there already is ticked.
fn headings_ui(ui: &mut Ui, work: &mut Work, section: SectionId, text: &mut String, headings: &[String]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().button_padding = vec2(8.0, 2.0);
        for heading in headings {
            let is_there = text.contains(heading.as_str());
            let label = if is_there { format!("✓ {heading}") } else { format!("＋ {heading}") };
            if ui.add_enabled(!is_there, Button::new(label)).on_hover_text("在正文末尾加上这个小标题").clicked() {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(heading);
                text.push('\n');
                let end = text.chars().count();
                work.text_selection = Some((section, end, end));
                work.take_focus = true;
            }
        }
    });
}
