//! 正文里的数: how many figures of a chapter are checked, to be looked at, and none of the tables', each list to be opened.

use egui::{Label, RichText, ScrollArea, Ui};

use super::text_marks::legend_ui;
use crate::model::SectionId;
use crate::rules::Group;
use crate::rules::claims::{Link, TextFigure, held};
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::ring::walk;
use crate::ui::look::theme::palette;
use crate::ui::state::work::Work;

/// Room for what each mark means, in points.
const LEGEND: f32 = 260.0;

/// Shows the counts in a line, with what each mark means; a click opens the list of figures, and a figure leads to its place.
pub fn figures_line_ui(ui: &mut Ui, work: &Work, section: SectionId) -> Vec<Command> {
    let mut commands = Vec::new();
    let figures: Vec<&TextFigure> = work.session.text_figures().iter().filter(|figure| figure.section == section).collect();
    if figures.is_empty() {
        return commands;
    }
    ui.horizontal(|ui| {
        counts_ui(ui, work, &figures, &mut commands);
        offers_ui(ui, work, section, &mut commands);
        if ui.available_width() > LEGEND {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(14.0);
                legend_ui(ui);
            });
        }
    });
    commands
}

fn counts_ui(ui: &mut Ui, work: &Work, figures: &[&TextFigure], commands: &mut Vec<Command>) {
    ui.label(RichText::new("正文里的数：").small().color(palette().weak));
    let grouped: Vec<(Group, &TextFigure)> = figures.iter().map(|figure| (work.session.text_group(figure), *figure)).collect();
    for group in Group::ALL {
        let here: Vec<&TextFigure> = grouped.iter().filter(|(of, _)| *of == group).map(|(_, figure)| *figure).collect();
        let (mark, color) = match group {
            // A mark is earned by a figure.
            _ if here.is_empty() => ("－", palette().weak),
            Group::Held => ("✓", palette().good),
            Group::Look => ("⚠", palette().warning),
            Group::Explained => ("✓", palette().weak),
            Group::Unchecked | Group::Unrelated => ("－", palette().weak),
        };
        let words = RichText::new(format!("{mark} {} 个{}", here.len(), group.words())).small().color(color);
        if !here.is_empty() {
            ui.menu_button(words, |ui| list_ui(ui, &here, commands));
        } else if matches!(group, Group::Held | Group::Look | Group::Unrelated) {
            ui.label(words);
        }
    }
}

/// Figures that followed cells last year, each to be linked again with a click.
fn offers_ui(ui: &mut Ui, work: &Work, section: SectionId, commands: &mut Vec<Command>) {
    let session = &work.session;
    let offers: Vec<&Link> = session.link_offers().iter().filter(|offer| offer.section == section).collect();
    if offers.is_empty() || work.is_read_only() {
        return;
    }
    let words = RichText::new(format!("◇ {} 个上年跟着表", offers.len())).small().color(palette().accent);
    ui.menu_button(words, |ui| {
        ui.set_min_width(280.0);
        ui.label(RichText::new("上年同一句的这个数跟着表里的格；今年要不要也跟着：").small().color(palette().weak));
        for offer in &offers {
            let text: String = session.draft().section(section).chars().skip(offer.at.start).take(offer.at.len()).collect();
            if ui.button(format!("{text}　跟着{}", held::name(session.form(), &offer.key))).clicked() {
                commands.push(Command::Change(session.offered_edit(offer).into_iter().collect()));
                ui.close();
            }
        }
        if offers.len() > 1 && ui.button(format!("{} 个都跟着", offers.len())).clicked() {
            commands.push(Command::Change(offers.iter().filter_map(|offer| session.offered_edit(offer)).collect()));
            ui.close();
        }
    });
}

fn list_ui(ui: &mut Ui, figures: &[&TextFigure], commands: &mut Vec<Command>) {
    ui.set_min_width(280.0);
    let mut entries = Vec::new();
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for figure in figures {
            let entry = ui.button(figure.quote.replace('\n', " "));
            if entry.clicked() {
                commands.push(Command::Visit(Target::Text(figure.section, Some((figure.at.start, figure.at.end)))));
                ui.close();
            }
            entries.push(entry);
            if !figure.why.is_empty() {
                ui.add(Label::new(RichText::new(&figure.why).small().color(palette().weak)).wrap());
            }
        }
        walk(ui, &entries);
    });
}
