//! The questions in front of everything else, and the one that is open.

use std::path::PathBuf;

use egui::{Context, Frame, Id, Modal, Ui};

use super::about::{About, about_ui};
use super::act::{ActForm, act_ui};
use super::against::{Against, against_ui};
use super::compare::{Comparison, comparison_ui};
use super::decisions::{Decisions, decisions_ui, register_or_report_ui};
use super::draft::{conflict_ui, new_ui, paste_ui, rename_ui, unsaved_ui};
use super::import::import_ui;
use super::insert::{InsertForm, insert_ui};
use super::joining::{JoinForm, join_ui};
use super::log::log_ui;
use super::manual::{ManualForm, manual_ui};
use super::mend::{MendForm, mend_ui};
use super::moving::{MovingForm, moving_ui};
use super::path::{PathForm, path_ui};
use super::person::{PersonForm, person_ui};
use super::preview::{PreviewForm, preview_ui};
use super::prior::{PriorForm, prior_ui};
use super::second::{SecondForm, second_ui, unkeyed_ui};
use super::split::split_ui;
use super::versions::{backup_ui, forget_ui, given_up_list_ui, list_ui};
use crate::form::Catalog;
use crate::import::{Block, Split};
use crate::model::Totals;
use crate::review::Flaw;
use crate::store::Generation;
use crate::ui::command::Command;
use crate::ui::command::files::Workbook;
use crate::ui::command::second::Sheet;
use crate::ui::look::widgets::{buttons, set_wide, title};
use crate::ui::state::recent::LeftDraft;
use crate::ui::state::work::Work;
use crate::ui::view::help::help_ui;

/// The question that is open.
#[derive(Debug)]
pub enum Dialog {
    /// Agency and year of a new report.
    New {
        /// Agency as typed.
        agency: String,
        /// Year as typed.
        year: String,
        /// Where the totals come from.
        totals: Totals,
    },
    /// Agency and year as they should be.
    Rename {
        /// Agency as typed.
        agency: String,
        /// Year as typed.
        year: String,
    },
    /// The draft has changes that are not saved; this was to be done.
    Unsaved(Command),
    /// The draft's file cannot be written over: why.
    Conflict(String),
    /// The card of keys.
    Help,
    /// What this program is.
    About(About),
    /// The manual.
    Manual(ManualForm),
    /// The pages as they will be printed.
    Preview(PreviewForm),
    /// The earlier saves of a draft.
    Versions {
        /// Newest first.
        saves: Vec<Generation>,
        /// The draft's file.
        path: PathBuf,
        /// It is open and can be compared with.
        is_open: bool,
        /// Changes to it that were given up.
        given_up: Vec<LeftDraft>,
    },
    /// What was given up in the last days.
    GivenUp(Vec<LeftDraft>),
    /// What a crash left behind is not wanted.
    Forget(LeftDraft),
    /// Two versions side by side.
    Comparison(Comparison),
    /// Where copies go.
    Backup {
        /// Where they go now.
        now: Option<PathBuf>,
        /// The folder as typed.
        text: String,
    },
    /// A block to be pasted has something in it that does not fit or cannot be read.
    Paste(Block),
    /// A whole report was pasted: where its parts go.
    Split(Split),
    /// Who sits here; what is to be done once that is said.
    Person(PersonForm, Option<Box<Command>>),
    /// A step of the review is to be done.
    Act(ActForm),
    /// Another copy is to be joined with this one.
    Join(Box<JoinForm>),
    /// A figure of the tables is to go into a text.
    Insert(InsertForm),
    /// Who keys a table a second time.
    Second(SecondForm),
    /// The second entry has so many cells that are not keyed.
    Unkeyed(Sheet, usize),
    /// A workbook was read; where it goes.
    Import(Workbook),
    /// Last year's report was read from a published file.
    Prior(PriorForm),
    /// The report is to go on on another form: where every cell goes.
    Moving(MovingForm),
    /// Everything that was done, and the first step that does not fit.
    Log(Option<Flaw>),
    /// What a copy or a receipt says otherwise than the report.
    Against(Against),
    /// A figure of a county's sum is to be repaired.
    Mend(MendForm),
    /// What the office has decided about the words of its registers.
    Decisions(Decisions),
    /// What was dropped may be a register or a report.
    RegisterOrReport(PathBuf),
    /// A path is to be typed or chosen.
    Path(PathForm),
}

/// Shows the question; what its answer means, none while it stays open.
pub fn dialog_ui(ctx: &Context, catalog: &Catalog, work: Option<&Work>, dialog: &mut Dialog) -> Vec<Command> {
    let frame = Frame::window(&ctx.global_style());
    let modal = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
        ui.style_mut().interaction.selectable_labels = true; // a code or a person's words are copied from here
        question_ui(ui, catalog, work, dialog)
    });
    // It is put in the middle by the width it had; where the window has become another one, once more.
    let (id, room) = (Id::unique("dialog-room"), ctx.content_rect().size());
    if ctx.data(|data| data.get_temp::<egui::Vec2>(id)) != Some(room) {
        ctx.data_mut(|data| data.insert_temp(id, room));
        ctx.request_repaint();
    }
    let stays = modal.inner.iter().all(|command| matches!(command, Command::LookUp(..)));
    if stays && modal.should_close() { vec![Command::Cancel] } else { modal.inner }
}

fn question_ui(ui: &mut Ui, catalog: &Catalog, work: Option<&Work>, dialog: &mut Dialog) -> Vec<Command> {
    let answer = match dialog {
        Dialog::Person(form, then) => return person_ui(ui, form, then.as_deref()),
        Dialog::New { agency, year, totals } => return new_ui(ui, catalog, (agency, year), totals),
        Dialog::Insert(form) => return work.map_or_else(|| vec![Command::Cancel], |work| insert_ui(ui, work, form)),
        Dialog::Unsaved(then) => unsaved_ui(ui, then, work.is_some_and(|work| work.path.is_some())),
        Dialog::Conflict(why) => conflict_ui(ui, why),
        Dialog::Help => card_ui(ui),
        Dialog::About(about) => about_ui(ui, about),
        Dialog::Manual(form) => manual_ui(ui, form),
        Dialog::Preview(form) => preview_ui(ui, form),
        Dialog::Versions { saves, path, is_open, given_up } => list_ui(ui, saves, path, *is_open, given_up),
        Dialog::GivenUp(given_up) => given_up_list_ui(ui, given_up),
        Dialog::Forget(left) => forget_ui(ui, left),
        Dialog::Comparison(comparison) => comparison_ui(ui, comparison),
        Dialog::Backup { now, text } => backup_ui(ui, now.as_deref(), text),
        Dialog::Paste(block) => paste_ui(ui, block),
        Dialog::Prior(form) => prior_ui(ui, form),
        Dialog::Moving(form) => moving_ui(ui, form),
        Dialog::Import(workbook) => import_ui(ui, work, workbook),
        Dialog::Path(form) => path_ui(ui, form),
        Dialog::Mend(form) => mend_ui(ui, form),
        Dialog::Decisions(decisions) => decisions_ui(ui, decisions),
        Dialog::RegisterOrReport(path) => register_or_report_ui(ui, path),
        Dialog::Unkeyed(sheet, num) => unkeyed_ui(ui, sheet, *num),
        // These are about the open report.
        Dialog::Split(split) => work.map_or(Some(Command::Cancel), |work| split_ui(ui, work, split)),
        Dialog::Rename { agency, year } => work.map_or(Some(Command::Cancel), |work| rename_ui(ui, catalog, work, agency, year)),
        Dialog::Act(form) => work.map_or(Some(Command::Cancel), |work| act_ui(ui, work, form)),
        Dialog::Join(form) => work.map_or(Some(Command::Cancel), |work| join_ui(ui, work.session.form(), form)),
        Dialog::Second(form) => work.map_or(Some(Command::Cancel), |work| second_ui(ui, work, form)),
        Dialog::Against(found) => work.map_or(Some(Command::Cancel), |work| against_ui(ui, work, found)),
        Dialog::Log(flaw) => work.map_or(Some(Command::Cancel), |work| log_ui(ui, work, *flaw)),
    };
    answer.into_iter().collect()
}

fn card_ui(ui: &mut Ui) -> Option<Command> {
    set_wide(ui, 1160.0);
    title(ui, "按键一览");
    help_ui(ui);
    buttons(ui, &[("知道了", true, Command::Cancel)])
}
