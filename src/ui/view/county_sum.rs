//! The sum in the statutory tables themselves, and the bodies behind the cell at the cursor, the strangest first.

use egui::{Align, Button, Frame, Label, Layout, Margin, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::chapter::{Focus, table_chapter_ui};
use crate::county::Odd;
use crate::form::Body;
use crate::model::Adjustment;
use crate::ui::command::Command;
use crate::ui::command::county::{Many, PartOrder};
use crate::ui::command::places::Shown;
use crate::ui::look::ring::{is_free, page_ring};
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::county::{CountyPage, SumPage};

/// Height of a line.
const ROW: f32 = 22.0;

/// Shows the table on screen. Nothing is typed here.
pub fn tables_ui(ui: &mut Ui, page: &mut CountyPage) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(shown) = &mut page.shown else { return commands };
    ui.horizontal(|ui| {
        let form = shown.work.session.shared_form();
        for chapter in form.chapters.iter().filter(|chapter| matches!(chapter.body, Body::Table(_))) {
            if ui.add(Button::selectable(shown.work.chapter == chapter.no, &*chapter.short)).clicked() {
                commands.push(Many::Chapter(chapter.no).into());
            }
        }
        if shown.work.panel.prior.is_some() {
            ui.separator();
            for year in Shown::ALL {
                let is_on = shown.work.panel.shows == year;
                if ui.add(Button::selectable(is_on, year.name())).on_hover_text("F7 换下一个；上年是各单位上年数之和").clicked()
                {
                    commands.push(Many::Year(year).into());
                }
            }
        }
        ui.label(RichText::new(format!("{} 个单位相加", page.sum.num_in)).color(palette().weak));
        if page.is_folded {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new("F8 下一个单位　Enter 打开　F4 调整　Ctrl+PgDn 下一张表").small().color(palette().weak));
        });
    });
    // The keyboard comes back to the table when nothing else has it: the window was made wider, a menu closed.
    let takes = std::mem::take(&mut shown.work.take_focus) || is_free(ui);
    if let Some((view, state)) = shown.work.grid_mut() {
        let asked = table_chapter_ui(ui, view, state, Focus { takes, selects: None });
        commands.extend(asked.into_iter().filter(|command| matches!(command, Command::Copy(_))));
    }
    shown.look(&page.county);
    commands
}

/// Shows the bodies behind the cell at the cursor.
pub fn parts_ui(ui: &mut Ui, page: &mut CountyPage) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let reveal = page.shown.as_mut().is_some_and(|shown| std::mem::take(&mut shown.reveal));
    let Some(shown) = &page.shown else { return commands };
    let Some(cell) = shown.cell else {
        ui.label(RichText::new("光标放在一格上，这里列出它后面的各单位。").color(palette().weak));
        return commands;
    };
    let county = &page.county;
    let spec = county.form.cell(cell);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let so_far = page.sum.so_far(cell).and_then(|sum| i64::try_from(sum).ok());
            ui.label(RichText::new(format!("{} {}", shown.shown(so_far), spec.unit)).font(bold_font(18.0)));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&*spec.label).font(bold_font(14.0))).truncate()).on_hover_text(&*spec.path);
            });
        });
    });
    for finding in county.findings.iter().filter(|finding| finding.unit.is_none() && finding.cells.contains(&cell)) {
        let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
        let card = frame.inner_margin(Margin { left: 12, right: 8, top: 5, bottom: 5 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(RichText::new(&finding.message).size(13.0)).wrap());
        });
        let rect = card.response.rect;
        ui.painter().rect_filled(Rect::from_min_size(rect.left_top(), vec2(4.0, rect.height())), 2.0, palette().error);
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("{} 个单位", shown.parts.len())).font(bold_font(13.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for order in PartOrder::ALL.into_iter().rev() {
                if ui.add(Button::selectable(shown.order == order, RichText::new(order.name()).small())).clicked() {
                    commands.push(Many::Parts(order).into());
                }
            }
        });
    });
    let mended: Vec<_> = county.mended().into_iter().filter(|((_, of), _)| *of == cell).map(|(_, one)| one).collect();
    let below = if mended.is_empty() { 40.0 } else { 120.0 };
    let height = (ui.available_height() - below).max(120.0);
    Frame::new().fill(palette().paper).stroke((1.0, palette().frame)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_height(height);
        let head = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover()).0;
        ui.painter().rect_filled(head, 0.0, palette().head);
        let weak = palette().weak;
        texts_ui(ui, head, &["单位", "本年", "上年", "占合计", "为什么排在前"].map(|words| (words.to_owned(), weak, false)));
        let mut area = ScrollArea::vertical().id_salt("county-parts").auto_shrink(false);
        if reveal {
            #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = shown.at as f32 * ROW;
            area = area.vertical_scroll_offset((top - ui.available_height() / 2.0).max(0.0));
        }
        area.show_rows(ui, ROW, shown.parts.len(), |ui, range| {
            for at in range {
                commands.extend(part_ui(ui, page, shown, at).map(Command::from));
            }
        });
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new("调整").font(bold_font(13.0)));
        ui.label(RichText::new("各单位的文件不动，只记在汇总里").small().color(weak()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("写下调整…　F4").clicked() {
                commands.push(Many::AskMend.into());
            }
        });
    });
    for one in mended {
        mended_ui(ui, one);
    }
    commands
}

/// One repair of the cell.
fn mended_ui(ui: &mut Ui, one: &Adjustment) {
    let words = format!("改 {}", one.name());
    ui.add(Label::new(RichText::new(words).small()).wrap());
}

fn weak() -> egui::Color32 {
    palette().weak
}

/// One body behind the cell.
fn part_ui(ui: &mut Ui, page: &CountyPage, shown: &SumPage, at: usize) -> Option<Many> {
    let part = shown.parts.get(at)?;
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    if at == shown.at {
        ui.painter().rect_filled(place, 0.0, palette().accent_tint);
        if page.is_folded && page.is_beside {
            page_ring(ui, place);
        }
    }
    ui.painter().hline(place.x_range(), place.bottom(), (1.0, palette().line.gamma_multiply(0.6)));
    let kind = page.county.form.cell(shown.cell?).kind;
    let color = match &part.odd {
        Some(Odd::Broken(_) | Odd::Blank) => palette().error,
        Some(Odd::UnitSlip | Odd::Jump) => palette().warning,
        None => palette().ink,
    };
    let sign = match &part.odd {
        Some(Odd::Broken(_) | Odd::Blank) => "× ",
        Some(Odd::UnitSlip | Odd::Jump) => "⚠ ",
        None => "",
    };
    let why = part.odd.as_ref().map_or_else(String::new, |odd| format!("{sign}{}", odd.words(kind, part.value, part.last)));
    let pencil = if part.mended_from.is_some() { "改 " } else { "" };
    let texts = [
        (page.county.name(part.unit).to_owned(), palette().ink, part.odd.is_some()),
        (format!("{pencil}{}", shown.shown(part.value)), color, part.odd.is_some()),
        (part.last.map_or_else(String::new, |last| shown.shown(Some(last))), palette().weak, false),
        (format!("{}.{}%", part.share / 10, part.share % 10), palette().weak, false),
        (why, color, false),
    ];
    let words = texts.iter().map(|(words, ..)| words.as_str()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("，");
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::ListBoxOption, true, at == shown.at, &words));
    texts_ui(ui, place, &texts);
    share_bar(ui, place, part.share, color);
    if response.double_clicked() {
        return Some(Many::Report);
    }
    response.clicked().then_some(Many::Part(at))
}

/// Narrowest row in which the bar stands beside its figure and not below it.
const LEAST_FOR_BAR: f32 = 800.0;

/// How large a part of the sum it is, as a bar before the figure, where there is room for both.
fn share_bar(ui: &Ui, place: Rect, thousandths: i64, color: egui::Color32) {
    if place.width() < LEAST_FOR_BAR {
        return;
    }
    let left = place.left() + place.width() * 0.585;
    let track = Rect::from_min_size(egui::pos2(left, place.center().y - 4.0), vec2(place.width() * 0.05, 8.0));
    #[expect(clippy::cast_precision_loss, reason = "a bar on the screen")]
    let part = thousandths.clamp(0, 1000) as f32 / 1000.0;
    let color = if color == palette().ink { palette().weak } else { color };
    ui.painter().rect_filled(track, 1.0, palette().head);
    ui.painter().rect_filled(Rect::from_min_size(track.min, vec2(track.width() * part, track.height())), 1.0, color);
}

/// Five texts in a row, each cut where its column ends.
fn texts_ui(ui: &mut Ui, place: Rect, texts: &[(String, egui::Color32, bool); 5]) {
    let mut left = place.left();
    for ((words, color, is_bold), (share, is_figure)) in
        texts.iter().zip([(0.32, false), (0.14, true), (0.12, true), (0.12, true), (0.3, false)])
    {
        let right = left + place.width() * share;
        let cell = Rect::from_x_y_ranges(left + 8.0..=right - 2.0, place.y_range());
        let layout = if is_figure { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut inner = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
        let text = RichText::new(words).color(*color);
        let text = if *is_bold { text.font(bold_font(13.0)) } else { text.size(13.0) };
        inner.add(Label::new(text).truncate().selectable(false)).on_hover_text(words);
        left = right;
    }
}
