//! The message above the table or the start screen.

use egui::{Frame, Margin, RichText, Ui};

use super::App;
use super::command::Command;
use super::theme::palette;

/// A message; it stays until it is dismissed or the next one comes.
#[derive(Debug)]
pub struct Notice {
    /// Something went wrong.
    pub is_error: bool,
    /// What there is to say.
    pub words: String,
    /// What can be done about it.
    pub offers: Option<Command>,
}

impl Notice {
    /// Something was done.
    pub fn good(words: String) -> Self {
        Self { is_error: false, words, offers: None }
    }

    /// Something went wrong.
    pub fn error(words: String) -> Self {
        Self { is_error: true, words, offers: None }
    }
}

impl App {
    /// Says that something is done.
    pub(super) fn say(&mut self, words: String) {
        self.notice = Some(Notice::good(words));
    }

    /// Says that something went wrong.
    pub(super) fn fail(&mut self, words: String) {
        self.notice = Some(Notice::error(words));
    }
}

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
