//! The rail on the left: the six chapters, each with how far it is filled and what is wrong in it.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align2, FontId, Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, vec2};

use crate::form::{Body, Chapter, Severity};
use crate::model::SectionId;
use crate::review::Judgement;
use crate::rules::claims::TextFinding;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::Reading;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::kept_within;
use crate::ui::state::work::Work;

/// Chinese numbers of the chapters.
const NUMBERS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Width in points below which the rail shows numbers only.
const COMPACT: f32 = 100.0;

/// Shows the rail.
pub fn rail_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let wheeled = ScrollArea::vertical().id_salt("rail").scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
    kept_within(ui, |ui| wheeled.show(ui, |ui| pages_ui(ui, work)).inner)
}

/// The pages of the report; in large letters on a small screen they are higher than the window.
fn pages_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.add_space(4.0);
    if work.is_review() && ui.available_width() > COMPACT {
        ui.label(RichText::new("审核三步").small().color(palette().weak));
        for reading in Reading::ALL {
            if step_ui(ui, work, reading).clicked() {
                commands.push(Command::Read(reading));
            }
        }
        ui.separator();
    }
    if ui.available_width() > COMPACT {
        ui.label(RichText::new("报告各章").small().color(palette().weak));
    }
    if preamble_ui(ui, work).clicked() {
        commands.push(Command::Chapter(SectionId::PREAMBLE.0));
    }
    for chapter in &work.session.form().chapters {
        if entry_ui(ui, work, chapter).clicked() {
            commands.push(Command::Chapter(chapter.no));
        }
    }
    ui.separator();
    if trend_ui(ui, work).on_hover_text(Named::Trend.keys()).clicked() {
        commands.push(Named::Trend.into());
    }
    commands
}

/// An entry of the rail as wide as it, of this height and name: on paper where its page is shown.
fn tab_ui(ui: &mut Ui, height: f32, is_shown: bool, says: impl Fn() -> String) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, says()));
    // The page that is shown is in sight, but for who turns the wheel over the rail.
    if is_shown && !ui.clip_rect().expand(1.0).contains_rect(rect) && !ui.ui_contains_pointer() {
        response.scroll_to_me(None);
    }
    let painter = ui.painter();
    if is_shown || response.hovered() {
        painter.rect_filled(rect, 5.0, if is_shown { palette().paper } else { palette().accent_tint });
    }
    if is_shown {
        painter.rect_stroke(rect, 5.0, Stroke::new(1.0, palette().line), StrokeKind::Inside);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(4.0, rect.height())), 2.0, palette().accent);
    }
    (rect, response)
}

/// The way to what may stand before the first chapter: one line, for most reports have none.
fn preamble_ui(ui: &mut Ui, work: &Work) -> Response {
    let preamble = &work.session.form().preamble;
    let is_shown = work.chapter == preamble.no && work.reading.is_none() && !work.trend.is_open;
    let is_compact = ui.available_width() < COMPACT;
    let filled = filled(work, preamble);
    let (rect, response) = tab_ui(ui, 26.0, is_shown, || format!("{} {filled}", preamble.title));
    let painter = ui.painter();
    let ink = if is_shown { palette().accent } else { palette().ink };
    let at = rect.left_center() + vec2(if is_compact { 8.0 } else { 14.0 }, 0.0);
    let end = painter.text(at, Align2::LEFT_CENTER, if is_compact { "〇" } else { &preamble.short }, bold_font(13.0), ink).right_center();
    if !is_compact {
        let says = if work.session.draft().section(SectionId::PREAMBLE).trim().is_empty() { "可不写".to_owned() } else { filled };
        painter.text(end + vec2(8.0, 0.0), Align2::LEFT_CENTER, says, FontId::proportional(12.0), palette().weak);
    }
    response.on_hover_text(&*preamble.help)
}

/// The way to the pictures of several years.
fn trend_ui(ui: &mut Ui, work: &Work) -> Response {
    let is_shown = work.trend.is_open;
    let is_compact = ui.available_width() < COMPACT;
    let (rect, response) = tab_ui(ui, 30.0, is_shown, || Named::Trend.words().to_owned());
    let painter = ui.painter();
    let ink = if is_shown { palette().accent } else { palette().ink };
    let (left, words) = if is_compact { (8.0, "图") } else { (14.0, Named::Trend.words()) };
    painter.text(rect.left_center() + vec2(left, 0.0), Align2::LEFT_CENTER, words, bold_font(13.0), ink);
    response
}

/// A step of the reading: done, begun or not begun, with what is in it.
fn step_ui(ui: &mut Ui, work: &Work, reading: Reading) -> Response {
    let is_shown = work.reading == Some(reading);
    let explained = work.panel.explained();
    let judged = explained.iter().filter(|one| one.judgement != Judgement::Open).count();
    let (seen, many) = work.big_moves();
    let (is_done, words) = match reading {
        Reading::Explained => (judged == explained.len(), format!("{} 条，已看 {judged}", explained.len())),
        Reading::Moves if work.panel.prior.is_none() => (false, "没有上年报告".to_owned()),
        Reading::Moves => (seen == many, format!("{} 处，大的看了 {seen} / {many}", work.panel.moves().len())),
        Reading::Before => (false, format!("没有查的 {} 项", work.session.checked().unchecked.len() + 3)),
    };
    let (rect, response) = tab_ui(ui, 42.0, is_shown, || format!("{} {words}", reading.name()));
    let painter = ui.painter();
    let (mark, color) = if is_done { ("✓", palette().good) } else { ("○", palette().weak) };
    painter.text(rect.left_center() + vec2(10.0, -8.0), Align2::LEFT_CENTER, mark, FontId::proportional(13.0), color);
    let ink = if is_shown { palette().accent } else { palette().ink };
    painter.text(rect.left_center() + vec2(26.0, -8.0), Align2::LEFT_CENTER, reading.name(), bold_font(13.0), ink);
    painter.text(rect.left_center() + vec2(26.0, 10.0), Align2::LEFT_CENTER, words, FontId::proportional(11.5), palette().weak);
    response
}

fn entry_ui(ui: &mut Ui, work: &Work, chapter: &Chapter) -> Response {
    let is_shown = work.chapter == chapter.no && work.reading.is_none() && !work.trend.is_open;
    let (errors, warnings) = counts(work, chapter);
    let filled = filled(work, chapter);
    let says = || format!("{} {filled} 错误{errors} 待核实{warnings}", chapter.title);
    let (rect, response) = tab_ui(ui, 46.0, is_shown, says);
    let painter = ui.painter();
    let number = NUMBERS.get(usize::from(chapter.no)).copied().unwrap_or("");
    let ink = if is_shown { palette().accent } else { palette().ink };
    let is_compact = rect.width() < COMPACT;
    let name = if is_compact { number.to_owned() } else { format!("{number}、{}", chapter.short) };
    painter.text(rect.left_center() + vec2(if is_compact { 8.0 } else { 14.0 }, -9.0), Align2::LEFT_CENTER, name, bold_font(14.0), ink);
    if !is_compact {
        painter.text(rect.left_center() + vec2(14.0, 11.0), Align2::LEFT_CENTER, filled, FontId::proportional(11.5), palette().weak);
    }
    if (errors, warnings) == (0, 0) && is_done(work, chapter) {
        let at = if is_compact { rect.right_bottom() - vec2(6.0, 10.0) } else { rect.right_center() - vec2(8.0, 0.0) };
        painter.text(at, Align2::RIGHT_CENTER, "✓", FontId::proportional(14.0), palette().good);
    }
    badges(ui, rect, errors, warnings);
    response.on_hover_text(&*chapter.title)
}

/// A square with the number of errors, a round one with that of warnings.
fn badges(ui: &Ui, rect: Rect, errors: usize, warnings: usize) {
    let painter = ui.painter();
    let mut right = rect.right() - 4.0;
    for (count, color, radius) in [(errors, palette().error, 3.0), (warnings, palette().warning, 9.0)] {
        if count == 0 {
            continue;
        }
        let words = painter.layout_no_wrap(count.to_string(), bold_font(12.0), palette().paper);
        let size = vec2((words.size().x + 9.0).max(18.0), 18.0);
        let top = if rect.width() < COMPACT { rect.bottom() - 21.0 } else { rect.center().y - 9.0 };
        let badge = Rect::from_min_size(egui::pos2(right - size.x, top), size);
        painter.rect_filled(badge, radius, color);
        painter.galley(badge.center() - words.size() / 2.0, words, palette().paper);
        right -= size.x + 4.0;
    }
}

/// Nothing is left to be filled in the chapter.
fn is_done(work: &Work, chapter: &Chapter) -> bool {
    match chapter.body {
        Body::Table(place) => {
            let (filled, all) = work.session.completeness(place);
            filled == all
        }
        Body::Text(section, _) => !work.session.draft().section(section).trim().is_empty(),
    }
}

/// Errors and warnings listed under the chapter.
fn counts(work: &Work, chapter: &Chapter) -> (usize, usize) {
    let form = work.session.form();
    let in_tables = work.session.open().filter(|finding| work.first_cell(*finding).0 == chapter.no);
    let in_text = work.session.open_texts().filter(|text| text.section.0 == chapter.no);
    let here = in_tables.map(|finding| finding.severity(form)).chain(in_text.map(TextFinding::severity));
    here.fold((0, 0), |(errors, warnings), severity| match severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
        Severity::Info => (errors, warnings),
    })
}

fn filled(work: &Work, chapter: &Chapter) -> String {
    match chapter.body {
        Body::Table(place) => {
            let (filled, all) = work.session.completeness(place);
            if filled == all { format!("{all} 格已填全") } else { format!("已填 {filled} / {all} 格") }
        }
        Body::Text(section, _) => match work.session.draft().section(section).chars().filter(|c| !c.is_whitespace()).count() {
            0 => "未填写".to_owned(),
            count => format!("{count} 字"),
        },
    }
}
