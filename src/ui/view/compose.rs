//! Writing a comment or an answer to one.

use egui::{RichText, Ui};

use crate::form::Form;
use crate::model::Action;
use crate::review::spot_name;
use crate::ui::command::Command;
use crate::ui::look::theme::palette;
use crate::ui::look::widgets::{words_edit, words_keys};
use crate::ui::state::composer::{About, Composer};

/// What became of a comment being written.
#[derive(Debug)]
pub enum Decision {
    /// It is put down.
    PutDown(Command),
    /// It is given up.
    GivenUp,
}

/// Shows the field; what was decided, if something was.
pub fn composer_ui(ui: &mut Ui, form: &Form, composer: &mut Composer) -> Option<Decision> {
    let words = match &composer.about {
        About::Spot(spot) => format!("批注：{}", spot_name(form, spot)),
        About::Reply(_) => "答复".to_owned(),
    };
    let label = ui.add(egui::Label::new(RichText::new(words).small().color(palette().accent)).wrap()).id;
    let edit = words_edit(&mut composer.text, "写明要看什么、改什么；Enter 记下，Shift+Enter 换行，Esc 放弃");
    let field = ui.add(edit).labelled_by(label);
    if std::mem::take(&mut composer.is_new) {
        field.request_focus();
        field.scroll_to_me(None);
    }
    let (enter, escape) = words_keys(ui, &field);
    let (put, drop) = ui.horizontal(|ui| (ui.button("记下").clicked(), ui.button("放弃").clicked())).inner;
    let says_something = !composer.text.trim().is_empty();
    if says_something && (put || enter) {
        let action = match &composer.about {
            About::Spot(spot) => Action::Comment(spot.clone()),
            About::Reply(id) => Action::Reply(*id),
        };
        return Some(Decision::PutDown(Command::Do(action, composer.text.trim().to_owned())));
    }
    (drop || escape).then_some(Decision::GivenUp)
}
