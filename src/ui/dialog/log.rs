//! Everything that was done to the report, step by step, and whether the log still fits it.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::review::{Flaw, flaw_name, step_about};
use crate::rules;
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{buttons, list_height, set_wide, title};
use crate::ui::state::work::Work;

/// Shows the log and its first step that does not fit, if there is one: proving takes every state of the report, so it is
/// done once and not in each frame.
pub fn log_ui(ui: &mut Ui, work: &Work, flaw: Option<Flaw>) -> Option<Command> {
    set_wide(ui, 680.0);
    title(ui, "办理记录");
    let (form, steps) = (work.session.form(), work.session.draft().review().steps());
    match (&flaw, work.panel.approval()) {
        (Some(flaw), _) => {
            let words = format!("× {}", flaw_name(work.session.draft().review(), *flaw));
            ui.add(Label::new(RichText::new(words).color(palette().error)).wrap());
        }
        (None, Some(approval)) => {
            let age = if approval.is_old { "（旧式核对码，强度较弱，由较早的程序签发）" } else { "" };
            let words = format!("✓ {} 步全部相符。{} 签发，核对码 {}{age}", steps.len(), approval.by, approval.code);
            ui.label(RichText::new(words).color(palette().good));
            ui.add(Label::new(RichText::new(format!("SM3 {}", approval.digests.sm3)).small().color(palette().weak)).wrap());
        }
        (None, None) => {
            ui.label(RichText::new(format!("✓ {} 步全部相符，尚未签发", steps.len())).color(palette().good));
        }
    }
    for (what, words) in rules::ground_words(work.session.report()) {
        ui.add(Label::new(format!("{what}：{words}")).wrap());
    }
    ui.add_space(6.0);
    let threads = work.session.draft().review().threads();
    ScrollArea::vertical().max_height(list_height(ui, 380.0, 240.0)).show(ui, |ui| {
        for (step, no) in steps.iter().zip(1_usize..) {
            let when = step.time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S");
            let about = step_about(form, &threads, step);
            let said = if step.words.is_empty() { String::new() } else { format!("：{}", step.words) };
            let is_flawed = flaw.as_ref().is_some_and(|flaw| flaw.place + 1 == no);
            let ink = if is_flawed { palette().error } else { palette().ink };
            let words = format!("{no}　{when}　{}　{}{about}{said}　→ {}", step.person, step.action.name(), step.status);
            ui.add(Label::new(RichText::new(words).color(ink)).wrap());
        }
    });
    buttons(ui, &[("知道了", true, Command::Cancel)])
}
