//! The supervisor's half of the window: who sits here, what has changed and since when, comments, and the steps a report
//! takes through the office. `Desk` is what there is to look at; the others show it.

mod act;
mod bar;
mod changes;
mod comments;
mod compose;
mod desk;
mod joining;
mod log;
mod person;
mod second;
mod settle;
mod steps;
mod walk;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use egui::{Button, RichText, Ui};

pub use act::{ActForm, act_ui};
pub use bar::{bar_ui, has_bar};
pub use changes::{changes_ui, cut};
pub use comments::comments_ui;
pub use compose::{Composer, words_edit, words_keys};
pub use desk::{Desk, List, Since, Target};
pub use joining::{JoinForm, join_ui};
pub use log::log_ui;
pub use person::{PersonForm, person_ui};
pub use second::{Second, SecondForm, Sheet, second_ui, sheet_ui};
pub use settle::{Take, settle_ui};
pub use steps::list_ui;

use super::command::Command;
use super::theme::palette;
use super::work::Work;

/// A time as the lists show it: `01-30 10:02`.
fn when(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%m-%d %H:%M").to_string()
}

/// The three lists on the right, to choose from.
pub fn tabs_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for list in List::ALL.into_iter().filter(|list| *list != List::Second || work.desk.second().is_some()) {
            let words = match work.desk.count(list) {
                0 => list.name().to_owned(),
                count => format!("{} {count}", list.name()),
            };
            let is_shown = work.desk.list == list;
            let ink = if is_shown { palette().accent } else { palette().ink };
            let tab = Button::selectable(is_shown, RichText::new(words).color(ink));
            if ui.add(tab).on_hover_text(Command::Show(list).keys()).clicked() {
                commands.push(Command::Show(list));
            }
        }
    });
    commands
}
