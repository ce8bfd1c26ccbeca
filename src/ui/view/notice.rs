//! The message above the table or the start screen.

use egui::{Frame, Margin, RichText, Ui};

use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::state::notice::Notice;

/// Shows the message.
pub fn notice_ui(ui: &mut Ui, notice: &Notice) -> Option<Command> {
    let (ink, fill) = match notice.is_error {
        true => (palette().error, palette().error_tint),
        false => (palette().good, palette().paper),
    };
    let frame = Frame::new().fill(fill).stroke((1.0, ink)).corner_radius(4).inner_margin(Margin::symmetric(10, 5));
    let shown = frame.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&notice.words).color(ink));
            let offered = notice.offers.as_ref().filter(|command| ui.small_button(command.label()).clicked()).cloned();
            offered.or(ui.small_button("知道了").clicked().then_some(Command::DismissNotice))
        })
    });
    shown.inner.inner
}
