//! Writing a comment or an answer to one.

use egui::{Key, KeyboardShortcut, Modifiers, Response, RichText, TextEdit, Ui};

use crate::form::Form;
use crate::model::{Action, Fingerprint, Spot};
use crate::review::spot_name;
use crate::ui::command::Command;
use crate::ui::theme::palette;

/// What is being written.
#[derive(Clone, Debug)]
pub struct Composer {
    /// What it will be: a comment on a place, or an answer.
    pub about: About,
    /// The text so far.
    pub text: String,
    /// Takes the keyboard in its first frame.
    pub is_new: bool,
}

/// What a composer's text will be.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A new comment on this place.
    Spot(Spot),
    /// An answer to the comment with this id.
    Reply(Fingerprint),
}

impl Composer {
    /// An empty one.
    pub fn new(about: About) -> Self {
        Self { about, text: String::new(), is_new: true }
    }
}

/// What became of a comment being written.
#[derive(Debug)]
pub enum Decision {
    /// It is put down.
    PutDown(Command),
    /// It is given up.
    GivenUp,
}

/// A field for a few words: Enter puts them down, Shift+Enter is a new line; the Enter that ends a composition never comes here.
pub fn words_edit<'a>(text: &'a mut String, hint: &'static str) -> TextEdit<'a> {
    let edit = TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY).hint_text(hint);
    edit.return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
}

/// Enter was pressed in such a field, to put the words down, or Esc, to drop them.
pub fn words_keys(ui: &Ui, field: &Response) -> (bool, bool) {
    let has_keyboard = field.has_focus() || field.lost_focus();
    let keys = ui.input(|input| (input.key_pressed(Key::Enter) && !input.modifiers.shift, input.key_pressed(Key::Escape)));
    (has_keyboard && keys.0, has_keyboard && keys.1)
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
