//! The line below the top bar: how far the report has come, what is left to look at, and what can be done next.

use egui::{Align, Button, Layout, RichText, Ui};

use crate::model::{ActionKind, Role, Status};
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::state::work::Work;

/// Actions with a button, in this order; which are shown follows from the table of who may do what.
const ACTIONS: [ActionKind; 9] = [
    ActionKind::Resubmit,
    ActionKind::Submit,
    ActionKind::Withdraw,
    ActionKind::Return,
    ActionKind::Pass,
    ActionKind::Sign,
    ActionKind::File,
    ActionKind::Publish,
    ActionKind::Reopen,
];

/// Width in points below which what stands elsewhere too is left out.
const NARROW: f32 = 760.0;

/// Shows the line. It is not there for a clerk who has not submitted anything yet and needs the room: [`Work::has_review`].
pub fn review_bar_ui(ui: &mut Ui, work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    let session = &work.session;
    let review = session.draft().review();
    ui.horizontal_centered(|ui| {
        // In large letters the steps have the room; the log stands in a menu as well.
        let is_narrow = ui.available_width() < NARROW;
        let (status, standing) = (review.status(), session.standing());
        let color = match status {
            _ if standing.flaw().is_some() => palette().error,
            Status::Returned => palette().warning,
            Status::Signed | Status::Filed | Status::Published => palette().good,
            _ => palette().accent,
        };
        ui.label(RichText::new(standing.name()).font(bold_font(14.0)).color(color));
        if let Some(approval) = work.panel.approval().filter(|approval| approval.is_intact) {
            let age = if approval.is_old { "（旧式，强度较弱）" } else { "" };
            ui.label(RichText::new(format!("已锁定，核对码 {}{age}", approval.code)).color(palette().good));
        }
        if session.read_only().is_some() && !is_narrow {
            ui.label(RichText::new("只读").small().color(palette().weak)).on_hover_text("这一环节不改数字和文字，可以写批注");
        }
        if work.is_review() && !status.is_locked() {
            ui.separator();
            let unseen = work.panel.unseen().len();
            let words = if unseen == 0 { "✓ 全部看过".to_owned() } else { format!("未看过 {unseen}") };
            let seen = Button::new(RichText::new(words).color(if unseen == 0 { palette().good } else { palette().warning })).frame(false);
            if ui.add(seen).on_hover_text("F7 转到下一处没看过的").clicked() {
                commands.push(Named::NextBlank.into());
            }
            let mark = Button::new(RichText::new("这一屏已看过").small());
            if ui.add(mark).on_hover_text(Named::Seen.keys()).clicked() {
                commands.push(Named::Seen.into());
            }
        }
        if !review.steps().is_empty() && !is_narrow {
            let log = Button::new(RichText::new("办理记录").small());
            if ui.add(log).clicked() {
                commands.push(Named::Log.into());
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if session.person().is_none() && ui.button("填姓名和身份…").clicked() {
                commands.push(Named::AskPerson.into());
            }
            // From right to left: the way on stands at the edge.
            for kind in ACTIONS.into_iter().rev() {
                if session.may(kind).is_ok() {
                    // Passing opens when every explained warning was looked at: one filled button at a time.
                    let left = if kind == ActionKind::Pass && session.role() == Role::Reviewer { work.panel.num_unjudged() } else { 0 };
                    if left > 0 {
                        let words = format!("通过（说明还有 {left} 条没看）");
                        if ui.button(words).on_hover_text(Command::Act(kind).keys()).clicked() {
                            commands.push(Command::Act(kind));
                        }
                        continue;
                    }
                    let is_way_on = !matches!(kind, ActionKind::Withdraw | ActionKind::Return | ActionKind::Reopen);
                    let button = match is_way_on {
                        true => Button::new(RichText::new(format!("{kind}…")).color(palette().on_accent)).fill(palette().accent),
                        false => Button::new(format!("{kind}…")),
                    };
                    if ui.add(button).on_hover_text(Command::Act(kind).keys()).clicked() {
                        commands.push(Command::Act(kind));
                    }
                }
            }
        });
    });
    commands
}
