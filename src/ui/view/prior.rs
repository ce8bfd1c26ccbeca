//! What last year's report offers: itself, when it was found, and figures for blank cells. Nothing is taken unasked.

use egui::{Frame, Label, Margin, RichText, Ui};

use crate::ui::command::Command;
use crate::ui::command::last_year::LastYears;
use crate::ui::command::named::Named;
use crate::ui::command::places::Shown;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::strip_frame;
use crate::ui::state::work::Work;

/// The offer above the findings; nothing where there is none.
pub fn prior_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    if work.panel.prior.is_some() {
        switch_ui(ui, work, commands);
    }
    let Some((words, button)) = offer(work) else { return };
    let frame = Frame::new().fill(palette().accent_tint).corner_radius(6).inner_margin(Margin::symmetric(10, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(words)).wrap());
        if ui.button(format!("{button}（{}）", Named::TakePrior.keys())).clicked() {
            commands.push(Named::TakePrior.into());
        }
    });
    ui.add_space(4.0);
}

/// What stands above the sheet on which last year's figures are keyed.
pub fn keyed_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    strip_frame().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let year = work.session.draft().year;
            ui.label(RichText::new(format!("上年（{year} 年）的数")).font(bold_font(13.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                for what in [LastYears::DropKeyed, LastYears::TakeKeyed] {
                    if ui.button(what.label()).clicked() {
                        commands.push(what.into());
                    }
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let words = "照上年公开的报告键入，只填要用的也可以：空着的当作不知道，不当作 0。填好后收入，回到本年的报告。";
                    ui.add(Label::new(RichText::new(words).small()).truncate()).on_hover_text(words);
                });
            });
        });
    });
    ui.add_space(4.0);
    commands
}

/// The ways to last year's report, where none is known.
pub fn ways_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    for command in [Command::from(Named::OpenPrior), Named::KeyPrior.into(), LastYears::FirstYear.into()] {
        if ui.button(command.label()).clicked() {
            commands.push(command);
        }
    }
}

/// Which year the tables show. Typing goes back to this year.
fn switch_ui(ui: &mut Ui, work: &Work, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("表中显示").small().color(palette().weak));
        for shown in Shown::ALL {
            if ui.selectable_label(work.panel.shows == shown, shown.name()).clicked() {
                commands.push(Command::ShowYear(shown));
            }
        }
    });
}

fn offer(work: &Work) -> Option<(String, &'static str)> {
    if work.session.read_only().is_some() {
        return None;
    }
    let (draft, offered) = (work.session.draft(), work.panel.offered());
    match (draft.prior(), offered) {
        (None, Some(prior)) => Some((format!("找到上年报告：{}。收入以后，与上年比较的规则才能核对。", prior.name()), "收入")),
        (Some(_), _) if work.panel.num_proposals() > 0 => {
            Some((format!("按上年报告，有 {} 个空格可以带入（表中灰色的数，还没有填）。", work.panel.num_proposals()), "由上年带入"))
        }
        _ => None,
    }
}
