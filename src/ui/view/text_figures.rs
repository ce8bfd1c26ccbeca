//! 正文里的数: how many figures of a chapter are checked, to be looked at, and none of the tables', each list to be opened.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::model::SectionId;
use crate::rules::claims::TextFigure;
use crate::rules::claims::held::State;
use crate::ui::command::Command;
use crate::ui::command::places::Target;
use crate::ui::look::theme::palette;
use crate::ui::state::work::Work;

/// Shows the counts in a line; a click opens the list of figures, and a figure leads to its place.
pub fn figures_line_ui(ui: &mut Ui, work: &Work, section: SectionId) -> Vec<Command> {
    let mut commands = Vec::new();
    let figures: Vec<&TextFigure> = work.session.text_figures().iter().filter(|figure| figure.section == section).collect();
    if figures.is_empty() {
        return commands;
    }
    ui.label(RichText::new("正文里的数：").small().color(palette().weak));
    let groups: [(&str, &[State], _); 3] = [
        ("✓ {} 个已核对", &[State::Equal], palette().good),
        ("⚠ {} 个请核对", &[State::Differs, State::Uncertain], palette().warning),
        ("－ {} 个与表无关", &[State::Unrelated], palette().weak),
    ];
    for (words, states, color) in groups {
        let group: Vec<&TextFigure> = figures.iter().copied().filter(|figure| states.contains(&figure.state)).collect();
        let words = RichText::new(words.replace("{}", &group.len().to_string())).small().color(color);
        if group.is_empty() {
            ui.label(words);
        } else {
            ui.menu_button(words, |ui| list_ui(ui, &group, &mut commands));
        }
    }
    commands
}

fn list_ui(ui: &mut Ui, figures: &[&TextFigure], commands: &mut Vec<Command>) {
    ui.set_min_width(280.0);
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for figure in figures {
            if ui.button(figure.quote.replace('\n', " ")).clicked() {
                commands.push(Command::Visit(Target::Text(figure.section, Some((figure.at.start, figure.at.end)))));
                ui.close();
            }
            if !figure.why.is_empty() {
                ui.add(Label::new(RichText::new(&figure.why).small().color(palette().weak)).wrap());
            }
        }
    });
}
