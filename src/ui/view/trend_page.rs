//! The page of pictures (历年情况图): four cards, each with its picture and one true sentence ready for the text; below them the
//! figures that were drawn, and which reports stand behind them.

use egui::{Button, Checkbox, Frame, Grid, Label, Margin, RichText, ScrollArea, Sense, Ui, accesskit::Role, vec2};

use super::trend::paint;
use crate::export::trend::{Chart, draw};
use crate::ui::command::Command;
use crate::ui::command::pictures::Pictures;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// Between cards, in points.
const GAP: f32 = 12.0;

/// Free inside a card.
const PADDING: f32 = 14.0;

/// Height of a card's title and of its sentence.
const LINES: f32 = 106.0;

/// Least width of a card; where there is less room they stand below each other.
const LEAST: f32 = 430.0;

/// Shows the page.
pub fn trend_page_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let (years, charts) = (work.years(), work.charts());
    head_ui(ui, work, &mut commands);
    let foot = 26.0;
    let room = (ui.available_height() - foot).max(120.0);
    ScrollArea::vertical().id_salt("trend").auto_shrink(false).max_height(room).show(ui, |ui| {
        let cols = if ui.available_width() >= 2.0 * LEAST + GAP { 2 } else { 1 };
        let width = if cols == 2 { (ui.available_width() - GAP) / 2.0 } else { ui.available_width() };
        for row in charts.chunks(cols) {
            let height = row.iter().map(|chart| picture_height(chart, width)).fold(0.0, f32::max) + LINES;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                for chart in row {
                    card_ui(ui, work, chart, [width, height], &mut commands);
                }
            });
            ui.add_space(GAP);
        }
        figures_ui(ui, &charts, cols);
    });
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("用的报告").font(bold_font(12.0)));
        let from: Vec<String> = years.iter().map(|(year, from)| format!("{} {from}", year.year)).collect();
        ui.label(RichText::new(from.join("　")).small());
        ui.label(RichText::new("　两种表样只比同名的数；缺一年就空一年").small().color(palette().weak));
    });
    commands
}

fn head_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.label(RichText::new("历年情况图").font(bold_font(16.0)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for what in [Pictures::Save, Pictures::Add] {
                if ui.button(what.label()).clicked() {
                    commands.push(what.into());
                }
            }
            let mut goes_along = work.trend.goes_along;
            if ui.add(Checkbox::new(&mut goes_along, Pictures::Along(true).label())).changed() {
                commands.push(Pictures::Along(goes_along).into());
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let hint = RichText::new("图下的话可以直接用进第一章；黑白打印也分得清").small().color(palette().weak);
                if ui.available_width() > 160.0 {
                    ui.add(Label::new(hint).truncate());
                }
            });
        });
    });
}

fn scale(chart: &Chart, width: f32) -> f32 {
    ((width - 2.0 * PADDING) / draw(chart).width).min(1.0)
}

fn picture_height(chart: &Chart, width: f32) -> f32 {
    draw(chart).height * scale(chart, width)
}

fn card_ui(ui: &mut Ui, work: &Work, chart: &Chart, [width, height]: [f32; 2], commands: &mut Vec<Command>) {
    let inner = vec2(width - 2.0 * PADDING, height - 16.0);
    let frame = Frame::new().fill(palette().paper).stroke((1.0, palette().line)).corner_radius(6);
    frame.inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.vertical(|ui| {
            ui.set_min_size(inner);
            ui.set_max_width(inner.x);
            ui.horizontal(|ui| {
                ui.label(RichText::new(chart.title).font(bold_font(14.0)));
                ui.label(RichText::new(chart.about).small().color(palette().weak));
            });
            let (picture, scale) = (draw(chart), scale(chart, width));
            let (rect, response) = ui.allocate_exact_size(vec2(inner.x, picture.height * scale), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(Role::Image, true, chart.words()));
            paint(ui.painter(), rect.left_top(), &picture, scale);
            ui.add_space((inner.y - 24.0 - rect.height() - 70.0).max(0.0));
            ui.separator();
            sentence_ui(ui, work, chart, commands);
        });
    });
}

/// The sentence, and the way into the text.
fn sentence_ui(ui: &mut Ui, work: &Work, chart: &Chart, commands: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let is_own = chart.years.last() == Some(&work.session.draft().year);
            let plain = chart.sentence().replace(' ', "");
            let words = if is_own { chart.template() } else { plain.clone() };
            let write = Pictures::Write { words, plain };
            let button = Button::new(RichText::new(write.label()).color(palette().accent)).frame(false);
            let shown = ui.add_enabled(!work.is_read_only(), button).on_hover_text("加在“一、总体情况”末尾；数跟着表里的格");
            shown.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, format!("用这句：{}", chart.title)));
            if shown.clicked() {
                commands.push(write.into());
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| {
                ui.add(Label::new(RichText::new(chart.sentence()).size(13.0)).wrap());
            });
        });
    });
}

/// The figures that were drawn.
fn figures_ui(ui: &mut Ui, charts: &[Chart], cols: usize) {
    ui.label(RichText::new("图里的数").font(bold_font(14.0)));
    for (place, row) in charts.chunks(cols).enumerate() {
        ui.horizontal_top(|ui| {
            for (no, chart) in row.iter().enumerate() {
                ui.vertical(|ui| {
                    ui.label(RichText::new(format!("{}（件）", chart.title)).small().color(palette().weak));
                    table_ui(ui, chart, place * cols + no);
                });
                ui.add_space(2.0 * GAP);
            }
        });
        ui.add_space(8.0);
    }
}

fn table_ui(ui: &mut Ui, chart: &Chart, no: usize) {
    Grid::new(("trend figures", no)).striped(true).spacing(vec2(14.0, 4.0)).show(ui, |ui| {
        ui.label("");
        for series in &chart.series {
            ui.label(RichText::new(series.name).size(12.0).color(palette().weak));
        }
        ui.end_row();
        for (place, name) in chart.year_names().enumerate() {
            ui.label(RichText::new(name).size(12.0));
            for series in 0..chart.series.len() {
                let words = chart.value(series, place).map_or_else(|| "—".to_owned(), |value| value.to_string());
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(RichText::new(words).size(13.0)));
            }
            ui.end_row();
        }
    });
}
