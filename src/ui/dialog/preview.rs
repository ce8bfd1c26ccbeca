//! 打印预览: the pages as they will be printed, leafed through by keyboard, in each edition.

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Button, FontId, Key, Layout, Modifiers, Painter, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use crate::export::{Edition, Preview, Words};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::look::theme::{PRINT, bold_font, palette};
use crate::ui::look::widgets::{buttons, title};
use crate::ui::view::trend::paint as paint_picture;

/// The pages as they lie open.
#[derive(Debug)]
pub struct PreviewForm {
    /// For whom they are.
    pub edition: Edition,
    /// At least one.
    pub pages: Vec<Preview>,
    /// The first one on screen.
    pub at: usize,
    /// As wide as the window rather than whole.
    pub is_wide: bool,
}

/// Between two pages, in points.
const GAP: f32 = 14.0;

/// Shows them.
pub fn preview_ui(ui: &mut Ui, form: &mut PreviewForm) -> Option<Command> {
    let window = ui.ctx().content_rect().size();
    ui.set_width((window.x - 60.0).max(300.0));
    let height = (window.y - 210.0).max(150.0);
    let shown = num_shown(form, vec2(ui.available_width(), height));
    let mut chosen = head_ui(ui, form, shown);
    keys(ui, form, shown);
    // As high as the window has room for: a question grows with what stands in it.
    let row = vec2(ui.available_width(), height);
    let place = ScrollArea::both().id_salt(("pages", form.at, form.is_wide)).max_height(height).auto_shrink(false);
    let paper = |ui: &mut Ui| {
        place.show(ui, |ui| {
            ui.add_space(1.0); // the frame of the paper
            let room = vec2(ui.available_width(), height - 6.0);
            let pages: Vec<&Preview> = form.pages.iter().skip(form.at).take(shown).collect();
            let scale = scale(form, room, shown);
            let all: f32 = pages.iter().map(|page| size(page).x * scale + GAP).sum();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(((room.x - all) / 2.0).max(0.0).floor());
                for page in pages {
                    page_ui(ui, page, scale);
                    ui.add_space(GAP);
                }
            });
        })
    };
    ui.allocate_ui_with_layout(row, Layout::top_down(Align::Min), paper);
    let goes_out = match form.edition {
        Edition::Office => Named::Print,
        Edition::Pen => Named::ExportClean,
        Edition::Public => Named::ExportPublic,
    };
    let choices = [
        (goes_out.words(), true, Command::from(goes_out)),
        (Named::Export.words(), true, Named::Export.into()),
        ("关闭", true, Command::Cancel),
    ];
    chosen = chosen.or(buttons(ui, &choices));
    chosen
}

/// Which page, which edition, how large.
fn head_ui(ui: &mut Ui, form: &mut PreviewForm, shown: usize) -> Option<Command> {
    let mut chosen = None;
    title(ui, "打印预览");
    ui.horizontal_wrapped(|ui| {
        let (num, last) = (form.pages.len(), (form.at + shown).min(form.pages.len()));
        let here = if last > form.at + 1 { format!("{}–{last}", form.at + 1) } else { (form.at + 1).to_string() };
        for (words, is_on, forward) in [("上一页 PgUp", form.at > 0, false), ("下一页 PgDn", last < num, true)] {
            if ui.add_enabled(is_on, Button::new(words)).clicked() {
                turn(form, shown, forward);
            }
        }
        ui.label(RichText::new(format!("第 {here} 页，共 {num} 页")).font(bold_font(14.0)));
        ui.separator();
        for (edition, words) in [(Edition::Office, "机关用"), (Edition::Pen, "签字用的清样"), (Edition::Public, "公开版")] {
            if ui.add(Button::selectable(form.edition == edition, words).frame_when_inactive(true)).clicked() && form.edition != edition {
                chosen = Some(Command::Preview(edition));
            }
        }
        ui.separator();
        for (is_wide, words) in [(false, "整页"), (true, "页宽")] {
            if ui.add(Button::selectable(form.is_wide == is_wide, words).frame_when_inactive(true)).clicked() {
                form.is_wide = is_wide;
            }
        }
    });
    ui.add_space(4.0);
    chosen
}

fn keys(ui: &Ui, form: &mut PreviewForm, shown: usize) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, forward) in [(Key::PageUp, false), (Key::PageDown, true)] {
        if pressed(key) {
            turn(form, shown, forward);
        }
    }
    if pressed(Key::Home) {
        form.at = 0;
    }
    if pressed(Key::End) {
        form.at = form.pages.len().saturating_sub(1) / shown * shown;
    }
}

fn turn(form: &mut PreviewForm, shown: usize, forward: bool) {
    let to = if forward { form.at + shown } else { form.at.saturating_sub(shown) };
    if to < form.pages.len() {
        form.at = to;
    }
}

/// Pages side by side: as many whole ones as the window has room for.
fn num_shown(form: &PreviewForm, room: Vec2) -> usize {
    let Some(page) = form.pages.get(form.at).filter(|_| !form.is_wide) else { return 1 };
    let width = size(page).x * (room.y / size(page).y);
    let is_room_for = |num: usize| (0..num).map(|_| width + GAP).sum::<f32>() <= room.x;
    (2..=3).rev().find(|num| is_room_for(*num)).unwrap_or(1)
}

fn scale(form: &PreviewForm, room: Vec2, shown: usize) -> f32 {
    let Some(page) = form.pages.get(form.at) else { return 1.0 };
    let across = (room.x - GAP * 2.0) / size(page).x;
    if form.is_wide || shown == 1 && across * size(page).y < room.y { across.min(2.5) } else { (room.y - 4.0) / size(page).y }
}

/// Width and height of the paper.
fn size(page: &Preview) -> Vec2 {
    vec2(points(page.size[0]), points(page.size[1]))
}

/// What the window library counts in.
#[expect(clippy::cast_possible_truncation, reason = "points on a page")]
fn points(length: f64) -> f32 {
    length as f32
}

fn page_ui(ui: &mut Ui, page: &Preview, scale: f32) {
    let (rect, response) = ui.allocate_exact_size(size(page) * scale, Sense::hover());
    let words = page.words.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join("\n");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &words));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    painter.rect(rect, 0.0, PRINT.paper, Stroke::new(1.0, palette().frame), StrokeKind::Outside);
    if let Some((words, size)) = &page.watermark {
        watermark(painter, rect, words, points(*size) * scale);
    }
    let at = |[x, y]: [f64; 2]| rect.min + vec2(points(x), points(y)) * scale;
    for (picture, place, unit) in &page.pictures {
        let ground = Rect::from_min_size(at(*place), vec2(picture.width, picture.height) * points(*unit) * scale);
        painter.rect_filled(ground, 0.0, palette().paper);
        paint_picture(painter, at(*place), picture, points(*unit) * scale);
    }
    for [left, top, width, height] in &page.frames {
        let frame = Rect::from_min_size(at([*left, *top]), vec2(points(*width), points(*height)) * scale);
        painter.rect_stroke(frame, 0.0, Stroke::new((0.5 * scale).max(0.6), PRINT.ink), StrokeKind::Middle);
    }
    for words in &page.words {
        words_ui(painter, at(words.at), words, scale);
    }
}

/// A line of words, as long as it will be on paper.
fn words_ui(painter: &Painter, at: Pos2, words: &Words, scale: f32) {
    let size = points(words.size) * scale;
    let font = if words.is_strong { bold_font(size) } else { FontId::proportional(size) };
    let laid = |between: f32| {
        let format = TextFormat { extra_letter_spacing: between, ..TextFormat::simple(font.clone(), PRINT.ink) };
        painter.layout_job(LayoutJob { break_on_newline: false, ..LayoutJob::single_section(words.text.clone(), format) })
    };
    let natural = laid(0.0);
    let gaps = words.text.chars().count().saturating_sub(1).max(1);
    let between = (points(words.width) * scale - natural.size().x) / f32::from(u16::try_from(gaps).unwrap_or(u16::MAX));
    let set = laid(between.clamp(-size * 0.2, size));
    // The window places the upper edge, paper the line that letters stand on.
    let ascent = set.rows.first().and_then(|row| Some(row.pos.y + row.row.glyphs.first()?.pos.y)).unwrap_or(size);
    painter.galley(at - vec2(0.0, ascent), set, PRINT.ink);
}

fn watermark(painter: &Painter, page: Rect, words: &str, size: f32) {
    let galley = painter.layout_no_wrap(words.to_owned(), FontId::proportional(size), PRINT.pale);
    let angle = -std::f32::consts::FRAC_PI_4;
    let corner = page.center() + egui::emath::Rot2::from_angle(angle) * (-galley.size() / 2.0);
    painter.add(TextShape::new(corner, galley, PRINT.pale).with_angle(angle));
}
