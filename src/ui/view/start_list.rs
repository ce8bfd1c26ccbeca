//! The drafts worked on last, by year: what each is, whose turn it is, what is open in it, at a glance. Above them what a crash left
//! behind.

use egui::accesskit::Role as Node;
use egui::{
    Color32, CornerRadius, FontId, Frame, Key, Margin, Painter, Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use jiff::Zoned;

use crate::model::{Role, Status};
use crate::store::Left;
use crate::ui::command::Command;
use crate::ui::look::icon::Icon;
use crate::ui::look::ring::is_free;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::elided;
use crate::ui::state::recent::{LeftDraft, RecentDraft, Stand, by_year, day_words, due_words};

/// What the start screen shows.
pub struct Desk<'a> {
    /// The drafts worked on last, the latest first.
    pub recent: &'a [RecentDraft],
    /// What crashes left behind.
    pub left: &'a [Left],
    /// Changes were given up in the last days.
    pub has_given_up: bool,
    /// The role of who sits here.
    pub role: Role,
    /// This moment.
    pub now: Zoned,
}

/// Height of a row, in points.
const ROW: f32 = 48.0;

/// Width in points below which a row says less beside the name.
const NARROW: f32 = 640.0;

/// Most of the height that cards of crashes take; the rest of them is scrolled to.
const LEFT_SHARE: f32 = 0.5;

/// Shows the drafts.
pub fn list_ui(ui: &mut Ui, desk: &Desk<'_>, commands: &mut Vec<Command>) {
    ui.label(RichText::new("最近的报告").font(bold_font(16.0)));
    ui.add_space(4.0);
    let is_free = is_free(ui);
    for (place, (year, drafts)) in by_year(desk.recent).into_iter().enumerate() {
        let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, year, &drafts, desk);
            for (at, draft) in drafts.iter().enumerate() {
                let row = row_ui(ui, draft, desk, at + 1 == drafts.len(), commands);
                // Enter goes on with the draft worked on last.
                if is_free && (place, at) == (0, 0) {
                    row.request_focus();
                }
            }
        });
        ui.add_space(12.0);
    }
    ui.label(RichText::new("↑↓ 选，Enter 打开；Delete 只从这里去掉，文件还在").small().color(palette().weak));
}

/// The year, its form, and until when its reports are to be out.
fn head_ui(ui: &mut Ui, year: Option<u16>, drafts: &[&RecentDraft], desk: &Desk<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 33.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius { nw: 6, ne: 6, ..CornerRadius::ZERO }, palette().head);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette().line));
    let title = year.map_or_else(|| "打不开的".to_owned(), |year| format!("{year}年度"));
    let title = painter.layout_no_wrap(title, bold_font(15.0), palette().ink);
    let stands = || drafts.iter().filter_map(|draft| draft.found.as_ref().ok());
    let form = stands().next().map_or_else(String::new, |stand| stand.form.clone());
    let is_ahead = stands().any(|stand| stand.status != Status::Published);
    let due = year.filter(|_| is_ahead).and_then(|year| due_words(year, desk.now.date()));
    let words = [form].into_iter().chain(due).collect::<Vec<_>>().join("　");
    let left = rect.left() + 15.0;
    let words = elided(ui, &words, FontId::proportional(12.0), palette().weak, rect.right() - left - title.size().x - 24.0);
    painter.galley(pos2(left + title.size().x + 10.0, rect.center().y - words.size().y / 2.0 + 1.0), words, palette().weak);
    painter.galley(pos2(left, rect.center().y - title.size().y / 2.0), title, palette().ink);
}

fn row_ui(ui: &mut Ui, draft: &RecentDraft, desk: &Desk<'_>, is_last: bool, commands: &mut Vec<Command>) -> Response {
    let (rect, row) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = match &draft.found {
        Ok(stand) => format!("{} {}年　{}", stand.agency, stand.year, stand.way()),
        Err(missing) => missing.what.to_owned(),
    };
    row.widget_info(|| WidgetInfo::labeled(Node::Button, true, format!("打开 {name}")));
    let checked = draft.found.as_ref().map_or(String::new(), |stand| format!("\n{}", stand.checked));
    let row = row.on_hover_text(format!("{}{checked}", draft.path.display()));
    let painter = ui.painter();
    let corner = if is_last { CornerRadius { sw: 6, se: 6, ..CornerRadius::ZERO } } else { CornerRadius::ZERO };
    if row.has_focus() {
        painter.rect_filled(rect, corner, palette().accent_tint);
    } else if row.hovered() {
        painter.rect_filled(rect, corner, palette().head);
    }
    if !is_last {
        painter.hline(rect.x_range().shrink(1.0), rect.bottom(), Stroke::new(1.0, palette().line));
    }
    match &draft.found {
        Ok(stand) => stand_ui(ui, rect, draft, stand, desk),
        Err(missing) => {
            Icon::Question.paint(painter, mark_at(rect), palette().weak);
            two_lines(ui, rect, missing.what, &format!("{}　{}", file_name(draft), missing.why), rect.width() - 56.0);
        }
    }
    if row.clicked() {
        commands.push(Command::OpenPath(draft.path.clone()));
    }
    if row.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
        commands.push(Command::LeaveOut(draft.path.clone()));
    }
    row
}

fn file_name(draft: &RecentDraft) -> String {
    draft.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn mark_at(rect: Rect) -> Rect {
    Rect::from_center_size(pos2(rect.left() + 22.0, rect.center().y), Vec2::splat(15.0))
}

/// Name above, what there is to know of it below.
fn two_lines(ui: &Ui, rect: Rect, name: &str, below: &str, room: f32) {
    let left = rect.left() + 40.0;
    let words = elided(ui, name, bold_font(14.0), palette().ink, room);
    ui.painter().galley(pos2(left, rect.top() + 4.0), words, palette().ink);
    let words = elided(ui, below, FontId::proportional(12.0), palette().weak, room);
    ui.painter().galley(pos2(left, rect.top() + 25.0), words, palette().weak);
}

fn stand_ui(ui: &Ui, rect: Rect, draft: &RecentDraft, stand: &Stand, desk: &Desk<'_>) {
    let painter = ui.painter();
    let (icon, ink) = state_mark(stand);
    icon.paint(painter, mark_at(rect), ink);
    let is_wide = rect.width() >= NARROW;
    // From right to left: when, what is open, whose turn; the rest is the name's.
    let mut right = rect.right() - 15.0;
    let middle = rect.center().y;
    let when = draft.changed.map_or_else(String::new, |time| day_words(time, &desk.now));
    if is_wide {
        let when = painter.layout_no_wrap(when.clone(), FontId::proportional(12.0), palette().weak);
        painter.galley(pos2(right - when.size().x, middle - when.size().y / 2.0), when, palette().weak);
        right -= 112.0;
    }
    let (errors, warnings) = stand.num_open;
    right -= 58.0;
    if warnings > 0 {
        count_ui(painter, pos2(right, middle), Icon::Triangle, &warnings.to_string(), palette().warning);
    }
    right -= 58.0;
    let (blank, all) = stand.num_blank;
    match errors {
        0 if blank == all => {}
        0 => count_ui(painter, pos2(right, middle), Icon::Tick, "平", palette().good),
        errors => count_ui(painter, pos2(right, middle), Icon::Cross, &errors.to_string(), palette().error),
    }
    if is_wide {
        right -= 182.0;
        let end = stand.turn(desk.role).map_or(right, |turn| chip_ui(painter, pos2(right, middle), &turn, turn == "轮到我") + 8.0);
        let color = if stand.is_broken { palette().error } else { palette().ink };
        let standing = elided(ui, stand.standing, FontId::proportional(13.0), color, 176.0 - (end - right));
        painter.galley(pos2(end, middle - standing.size().y / 2.0), standing, color);
    }
    let turn = stand.turn(desk.role).filter(|_| !is_wide);
    let progress = if stand.status.is_locked() && !stand.is_broken { stand.since.clone() } else { stand.progress() };
    let file = if is_wide { file_name(draft) } else { stand.standing.to_owned() };
    let below = [Some(file), turn, Some(progress), (!is_wide).then_some(when)];
    let below: Vec<String> = below.into_iter().flatten().filter(|words| !words.is_empty()).collect();
    let name = if stand.agency.is_empty() { "（还没有填单位）" } else { &stand.agency };
    two_lines(ui, rect, name, &below.join("　"), right - rect.left() - 52.0);
}

/// How far a report has come, by shape.
fn state_mark(stand: &Stand) -> (Icon, Color32) {
    match stand.status {
        _ if stand.is_broken => (Icon::Cross, palette().error),
        Status::Draft if stand.num_blank.0 == stand.num_blank.1 => (Icon::Ring, palette().accent),
        Status::Draft => (Icon::HalfRing, palette().accent),
        Status::Returned => (Icon::Back, palette().error),
        status if status.is_locked() => (Icon::Padlock, palette().good),
        _ => (Icon::Clock, palette().weak),
    }
}

fn count_ui(painter: &Painter, at: egui::Pos2, icon: Icon, words: &str, ink: Color32) {
    icon.paint(painter, Rect::from_center_size(at + vec2(7.0, 0.0), Vec2::splat(14.0)), ink);
    let words = painter.layout_no_wrap(words.to_owned(), bold_font(13.0), ink);
    painter.galley(at + vec2(19.0, -words.size().y / 2.0), words, ink);
}

/// Whose turn it is; returns where it ends.
fn chip_ui(painter: &Painter, at: egui::Pos2, words: &str, is_mine: bool) -> f32 {
    let ink = if is_mine { palette().accent } else { palette().weak };
    let words = painter.layout_no_wrap(words.to_owned(), FontId::proportional(12.0), ink);
    let rect = Rect::from_min_size(pos2(at.x, at.y - 10.0), vec2(words.size().x + 16.0, 20.0));
    let edge = if is_mine { palette().accent } else { palette().line };
    painter.rect(rect, 10.0, palette().paper, Stroke::new(1.0, edge), StrokeKind::Inside);
    painter.galley(pos2(rect.left() + 8.0, rect.center().y - words.size().y / 2.0), words, ink);
    rect.right()
}

/// What a crash left behind: nothing is restored unasked.
pub fn waiting_ui(ui: &mut Ui, left: &[Left], commands: &mut Vec<Command>) {
    if left.is_empty() {
        return;
    }
    let height = (ui.ctx().content_rect().height() * LEFT_SHARE).max(120.0);
    ScrollArea::vertical().id_salt("left").max_height(height).show(ui, |ui| {
        for left in left.iter().map(LeftDraft::of) {
            left_card_ui(ui, left, commands);
            ui.add_space(6.0);
        }
    });
    ui.add_space(6.0);
}

fn left_card_ui(ui: &mut Ui, left: LeftDraft, commands: &mut Vec<Command>) {
    let frame = Frame::new().fill(palette().warning_tint).stroke((1.0, palette().warning)).corner_radius(6);
    frame.inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(format!("⚠ 上次没有正常关闭：{}", left.name)).font(bold_font(14.0)).color(palette().warning));
        ui.label(left.words);
        ui.horizontal(|ui| {
            let recover = left.is_whole.then(|| Command::Recover(left.file.clone()));
            for command in recover.into_iter().chain([Command::AskForget(left.file)]) {
                if ui.button(command.label()).clicked() {
                    commands.push(command);
                }
            }
        });
    });
}
