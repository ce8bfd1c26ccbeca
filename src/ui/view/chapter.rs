//! The chapter in the middle of the work screen: a statutory table as printed, or a text.

use egui::layers::ShapeIdx;
use egui::text_edit::TextEditOutput;
use egui::{Align, Button, ComboBox, FontId, Frame, Id, Label, Margin, RichText, ScrollArea, Shape, TextBuffer, TextEdit, Ui, vec2};

use super::figure_card::figure_card_ui;
use super::grid::table::{grid_id, grid_ui};
use super::text_figures::figures_line_ui;
use super::text_marks::{self, Mark};
use super::text_page;
use crate::form::Chapter;
use crate::model::{Edit, SectionId, Totals};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::Target;
use crate::ui::look::ring::walk;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::grid::{GridState, GridView};
use crate::ui::state::work::Work;

/// Widest a text chapter gets, in points: about fifty characters a line.
const TEXT_WIDTH: f32 = 790.0;
/// Room for the counts below the text, in points.
const BAR: f32 = 38.0;

/// What the chapter is to do with the keyboard in this frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Focus {
    /// The chapter takes the keyboard in this frame.
    pub takes: bool,
    /// Select these characters of the text: the first, and one past the last.
    pub selects: Option<(usize, usize)>,
}

/// Shows a table with its title and tools.
pub fn table_chapter_ui(ui: &mut Ui, view: GridView<'_>, state: &mut GridState, focus: Focus) -> Vec<Command> {
    let Some(chapter) = view.session.form().chapter(view.table.chapter) else { return Vec::new() };
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        // The tools first: what is left over is the title's.
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            commands.extend(table_tools_ui(ui, view));
            ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&*chapter.title).font(bold_font(16.0))).truncate());
            });
        });
    });
    if focus.takes {
        ui.memory_mut(|memory| memory.request_focus(grid_id(view.table)));
    }
    ScrollArea::both().id_salt(("chapter", chapter.no, view.report)).auto_shrink(false).show(ui, |ui| {
        commands.extend(grid_ui(ui, view, state));
        ui.add_space(4.0);
        ui.add(Label::new(RichText::new(&*chapter.help).small().color(palette().weak)).wrap());
        ui.add_space(8.0);
    });
    commands
}

/// 本表无数据, and where totals come from.
fn table_tools_ui(ui: &mut Ui, view: GridView<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    if view.is_read_only {
        return commands;
    }
    let session = view.session;
    ui.add_space(14.0);
    if view.cells().any(|(_, cell)| cell.total.is_some()) {
        let totals = session.draft().totals();
        let mut chosen = totals;
        let names = |totals| if totals == Totals::Typed { "照纸面录入" } else { "自动" };
        let choice = ComboBox::from_id_salt("totals").selected_text(names(totals)).width(96.0);
        let shown = choice.show_ui(ui, |ui| {
            let entries = [Totals::Typed, Totals::Computed].map(|totals| ui.selectable_value(&mut chosen, totals, names(totals)));
            walk(ui, &entries);
        });
        let label = ui.label(RichText::new("合计").small().color(palette().weak)).id;
        shown
            .response
            .labelled_by(label)
            .on_hover_text("照纸面录入：合计由人填写，程序核对，最能发现录入错误。自动：合计由程序计算，Tab、Enter 跳过，可另填纸面合计作控制数。Ctrl+T 换");
        if chosen != totals {
            commands.push(Named::SwitchTotals.into());
        }
    }
    let fill = view.cells().next().map_or_else(Vec::new, |(_, cell)| session.zeros(cell.table));
    let all_blank = fill.len() == view.cells().count();
    let words = if all_blank { "本表无数据（全填 0）" } else { "其余空格填 0" };
    if !fill.is_empty() && ui.button(words).on_hover_text("只填空格，已填的不动；可用 Ctrl+Z 一步撤销").clicked() {
        commands.push(Command::Change(fill));
    }
    commands
}

/// Shows a text with its title, help and headings.
pub fn text_chapter_ui(
    ui: &mut Ui,
    work: &Work,
    chapter: &Chapter,
    (section, headings): (SectionId, &[Box<str>]),
    focus: Focus,
) -> Vec<Command> {
    let mut text = work.session.draft().section(section).to_owned();
    let id = text_id(section);
    ui.add_space(2.0);
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    let inserts = ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        // The button first: what is left over is the title's.
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let inserts = insert_button(ui, work);
            ui.label(RichText::new(format!("{count} 字")).color(palette().weak));
            ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&*chapter.title).font(bold_font(16.0))).truncate());
            });
            inserts
        })
        .inner
    });
    let mut added = None;
    if headings.is_empty() {
        ui.label(RichText::new(&*chapter.help).color(palette().weak));
    } else if !work.is_read_only() {
        added = headings_ui(ui, section, &mut text, headings);
    }
    let marks = text_marks::marks(work, section);
    if focus.takes {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut card = Vec::new();
    // Tab leaves the text; it is no sign that belongs into a report.
    let room = (ui.available_height() - BAR).max(120.0);
    ScrollArea::vertical().id_salt(("text", section.0)).auto_shrink(false).max_height(room).show(ui, |ui| {
        let margin = Margin { left: 52, right: 44, top: 14, bottom: 14 };
        Frame::new().fill(palette().paper).stroke((1.0, palette().line)).inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let width = ui.available_width().min(TEXT_WIDTH);
            let height = (room - 40.0).max(80.0);
            // What must not be changed can still be selected and copied.
            let fixed = work.is_read_only().then(|| text.clone());
            let mut fixed = fixed.as_deref();
            let buffer: &mut dyn TextBuffer = match &mut fixed {
                Some(fixed) => fixed,
                None => &mut text,
            };
            let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| text_page::layout(ui, text.as_str(), width);
            let edit = TextEdit::multiline(buffer).id(id).font(FontId::proportional(text_page::SIZE)).frame(Frame::NONE);
            let edit = edit.desired_width(width).layouter(&mut layouter);
            let behind = ui.painter().add(Shape::Noop);
            let mut shown = edit.hint_text(hint(section)).min_size(vec2(width, height)).show(ui);
            let clip = ui.clip_rect().translate(-shown.galley_pos.to_vec2());
            let at = |pos| shown.galley.cursor_from_pos(pos).index.0;
            let on_screen = (at(clip.left_top().to_vec2()), at(clip.right_bottom().to_vec2()));
            ui.data_mut(|data| data.insert_temp(on_screen_id(section), on_screen));
            let named = || egui::WidgetInfo::labeled(egui::accesskit::Role::MultilineTextInput, true, &*chapter.title);
            shown.response.response.widget_info(named);
            let typed = work.session.text_edit(section, &text);
            marks_ui(ui, &shown, marks, behind, typed.as_ref());
            card = figure_card_ui(ui, work, section, &shown, typed.is_some());
            if let Some((first, end)) = focus.selects {
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
    let mut commands = figures_line_ui(ui, work, section);
    commands.extend(card);
    commands.extend(inserts.inner);
    commands.extend(work.session.text_edit(section, &text).map(Command::Type).into_iter().chain(added));
    commands
}

/// The button of [`Named::InsertFigure`].
fn insert_button(ui: &mut Ui, work: &Work) -> Option<Command> {
    let words = format!("{}　{}", Named::InsertFigure.words(), Named::InsertFigure.keys());
    let is_clicked = !work.is_read_only() && ui.button(words).on_hover_text("插入的数跟着表里的格").clicked();
    is_clicked.then(|| Named::InsertFigure.into())
}

/// Paints the marks over the text as it is laid out.
fn marks_ui(ui: &Ui, shown: &TextEditOutput, marks: Vec<Mark>, behind: ShapeIdx, typed: Option<&Edit>) {
    let marks = match typed {
        Some(Edit::Text(_, splice)) => text_marks::moved(marks, splice),
        _ => marks,
    };
    let (tints, lines) = text_marks::shapes(ui, &shown.galley, shown.galley_pos, &marks);
    ui.painter().set(behind, Shape::Vec(tints));
    ui.painter().extend(lines);
}

/// Where egui remembers which characters of a text are on screen: the first, and one past the last.
pub fn on_screen_id(section: SectionId) -> Id {
    Id::unique(("on-screen", section.0))
}

/// The focusable id of a text chapter.
pub fn text_id(section: SectionId) -> Id {
    Id::unique(("section", section.0))
}

fn hint(section: SectionId) -> &'static str {
    match section.0 {
        0 => "可以不写。例如：本报告依据哪个通知编制，数据起止日期，有疑问与哪里联系。",
        6 => "没有其他需要报告的事项时，也请写明“无”，并说明信息处理费收取情况。",
        _ => "在此输入正文，回车换段。",
    }
}

/// The heading stands there, in full or as offices shorten it: 平台建设 for 政府信息公开平台建设.
fn stands_in(text: &str, heading: &str) -> bool {
    text.contains(heading) || text.contains(&heading.replace("政府信息公开", ""))
}

/// Buttons for the headings the notice asks for; one that is there already is ticked. One that is added leads behind it.
fn headings_ui(ui: &mut Ui, section: SectionId, text: &mut String, headings: &[Box<str>]) -> Option<Command> {
    let mut added = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().button_padding = vec2(8.0, 2.0);
        for heading in headings {
            let is_there = stands_in(text, heading);
            let label = if is_there { format!("✓ {heading}") } else { format!("＋ {heading}") };
            if ui.add_enabled(!is_there, Button::new(label)).on_hover_text("在正文末尾加上这个小标题").clicked() {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(heading);
                text.push('\n');
                let end = text.chars().count();
                added = Some(Command::Visit(Target::Text(section, Some((end, end)))));
            }
        }
    });
    added
}
