//! Text that is pasted into a chapter, looked at before it goes in: a whole report is shown cut into its chapters first, a title
//! that repeats the chapter's own is left out.

use egui::{Event, Ui};

use super::screen::App;
use crate::form::Body;
use crate::import;
use crate::model::SectionId;
use crate::ui::dialog::ask::Dialog;
use crate::ui::state::work::Work;
use crate::ui::view::chapter::text_id;

impl App {
    /// Takes what is pasted into the chapter on screen out of this frame, where there is something to be asked; else mends it.
    pub(super) fn paste_text(&mut self, ui: &Ui) {
        let Some((work, section)) = self.work().filter(|_| self.dialog.is_none()).and_then(|work| Some((work, text_on_screen(work)?)))
        else {
            return;
        };
        if work.is_read_only() || !ui.memory(|memory| memory.has_focus(text_id(section))) {
            return;
        }
        let form = work.session.shared_form();
        let pasted = |input: &mut egui::InputState| input.events.iter().position(|event| matches!(event, Event::Paste(_)));
        let Some(at) = ui.input_mut(pasted) else { return };
        let text = ui.input(|input| match input.events.get(at) {
            Some(Event::Paste(text)) => text.clone(),
            _ => String::new(),
        });
        if let Some(split) = import::split(&form, &text) {
            ui.input_mut(|input| input.events.remove(at));
            self.dialog = Some(Dialog::Split(split));
        } else if let Some(rest) = import::without_own_title(&form, section, &text) {
            ui.input_mut(|input| input.events.splice(at..=at, [Event::Paste(rest)]).for_each(drop));
            self.say("粘贴的第一行就是本章标题，导出时会印，没有再贴一遍".to_owned());
        }
    }
}

/// The text chapter on screen.
fn text_on_screen(work: &Work) -> Option<SectionId> {
    match work.session.form().chapter(work.chapter)?.body {
        Body::Text(section, _) => Some(section).filter(|_| work.reading.is_none() && !work.trend.is_open),
        Body::Table(_) => None,
    }
}
