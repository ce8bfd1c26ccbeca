//! The list of differences on the right: old → new, who changed it and when; texts by word.

use egui::text::LayoutJob;
use egui::{ComboBox, FontId, Label, RichText, ScrollArea, Sense, Stroke, TextFormat, Ui};

use crate::model::{Action, Change, Item, Value};
use crate::review::{self, Side, item_name, shortened, value_name};
use crate::ui::command::Command;
use crate::ui::command::places::{Since, target_of_item};
use crate::ui::look::ring::walk;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{entry_frame, when};
use crate::ui::state::work::Work;
use crate::ui::view::prior::ways_ui;

/// Unchanged words kept on each side of a change in a text.
const CONTEXT: usize = 16;

/// Shows the list.
pub fn changes_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        let mut since = work.panel.since;
        let choice = ComboBox::from_id_salt("since").selected_text(since.name()).width(130.0);
        let shown = choice.show_ui(ui, |ui| {
            let entries = Since::ALL.map(|one| ui.selectable_value(&mut since, one, one.name()));
            walk(ui, &entries);
        });
        let label = ui.label(RichText::new(format!("{} 处不同", work.panel.changes().len())).color(palette().weak)).id;
        shown.response.labelled_by(label);
        if since != work.panel.since {
            commands.push(Command::Compare(since));
        }
    });
    if work.panel.since == Since::Prior && work.panel.prior.is_none() {
        let words = "没有找到上年的报告，不能与上年比较。";
        ui.add(Label::new(RichText::new(words).color(palette().warning)).wrap());
        ways_ui(ui, &mut commands);
        return commands;
    }
    ScrollArea::vertical().id_salt("changes").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (place, change) in work.panel.changes().iter().enumerate() {
            change_ui(ui, work, change, work.panel.place == Some(place), &mut commands);
        }
        if work.panel.changes().is_empty() {
            let is_submitted = work.session.draft().review().steps().iter().any(|step| step.action == Action::Submit);
            let words = if work.panel.since == Since::Submission && !is_submitted { "还没有送审过。" } else { "没有不同。" };
            ui.label(RichText::new(words).color(palette().weak));
        }
    });
    commands
}

fn change_ui(ui: &mut Ui, work: &Work, change: &Change, is_here: bool, commands: &mut Vec<Command>) {
    let form = work.session.form();
    let name = item_name(form, &change.item);
    let shown = entry_frame(is_here).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(&name).font(bold_font(12.5))).wrap());
        if let (Item::Text(_), Value::Text(old), Value::Text(new)) = (&change.item, &change.old, &change.new) {
            ui.add(Label::new(text_job(old, new, ui.available_width())).wrap());
        } else {
            let value = |value| value_name(form, &change.item, value);
            ui.add(Label::new(format!("{} → {}", value(&change.old), value(&change.new))).wrap());
        }
        if work.panel.since != Since::Prior
            && let Some(step) = review::changed_by(work.session.draft(), &change.item)
        {
            ui.label(RichText::new(format!("{}　{} 前", step.person, when(step.time))).small().color(palette().weak));
        }
    });
    let click = ui.interact(shown.response.rect, egui::Id::unique(("change", &name)), Sense::click());
    click.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, format!("差异 {name}")));
    if click.clicked() {
        commands.push(Command::Visit(target_of_item(&change.item)));
    }
    if is_here && work.reveal_finding {
        ui.scroll_to_rect(shown.response.rect, None);
    }
}

/// A text against its earlier state: taken out struck through, put in underlined, what is the same shortened.
fn text_job(old: &str, new: &str, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let font = FontId::proportional(13.0);
    let pieces = review::pieces(old, new);
    let last = pieces.len().saturating_sub(1);
    for (place, piece) in pieces.iter().enumerate() {
        let format = match piece.side {
            Side::Both => TextFormat::simple(font.clone(), palette().weak),
            Side::Old => {
                let stroke = Stroke::new(1.0, palette().error);
                TextFormat { strikethrough: stroke, ..TextFormat::simple(font.clone(), palette().error) }
            }
            Side::New => TextFormat { underline: Stroke::new(1.0, palette().good), ..TextFormat::simple(font.clone(), palette().good) },
        };
        let text = match piece.side {
            Side::Both => shortened(&piece.text, if place == 0 { 0 } else { CONTEXT }, if place == last { 0 } else { CONTEXT }),
            Side::Old | Side::New => piece.text.clone(),
        };
        job.append(&text, 0.0, format);
    }
    job
}
