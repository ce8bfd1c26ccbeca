//! Habits from other programs: a key with Ctrl or Alt, or an F key, that means nothing here must never type and never delete.
//! egui's text fields have such keys of their own (Ctrl+H, K, U and W delete), and a letter pressed with Alt is text to them.

use egui::{Event, Key, Modifiers};

use crate::model::without_hidden_signs;

/// What the keyboard goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// The cells of a table.
    Table,
    /// A cell of it that is being typed into.
    Cell,
    /// Any other text field, or none.
    Words,
}

/// Takes the keys that mean nothing out of a frame's events, with the text that comes of them, and what other programs put into
/// a text for themselves out of what is pasted. To be called once the window's
/// own keys are taken. Returns how many signs that nobody sees were taken out of what is pasted.
pub(super) fn swallow(events: &mut Vec<Event>, focus: Focus) -> usize {
    let (mut is_of_it, mut num_removed) = (false, 0);
    events.retain_mut(|event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            is_of_it = !is_known(*key, *modifiers, focus);
            !is_of_it
        }
        Event::Text(_) => !is_of_it,
        // Blocks of cells have rules of their own.
        Event::Paste(text) if focus != Focus::Table => {
            let (kept, removed) = without_hidden_signs(text);
            (*text, num_removed) = (kept, num_removed + removed);
            true
        }
        _ => {
            is_of_it = false;
            true
        }
    });
    num_removed
}

/// Keys that mean something with Ctrl everywhere.
const ALWAYS: [Key; 16] = [
    Key::A,
    Key::C,
    Key::V,
    Key::X,
    Key::Y,
    Key::Z,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Home,
    Key::End,
    Key::Plus,
    Key::Minus,
    Key::Equals,
    Key::Num0,
];

/// The key means something, to a table, to a text field or to both.
fn is_known(key: Key, modifiers: Modifiers, focus: Focus) -> bool {
    if is_function_key(key) {
        return matches!(key, Key::F2 | Key::F10) && modifiers.is_none();
    }
    if modifiers.alt {
        // There Alt types signs and moves by words.
        return cfg!(target_os = "macos");
    }
    if !(modifiers.ctrl || modifiers.command || modifiers.mac_cmd) {
        return true;
    }
    match key {
        key if ALWAYS.contains(&key) => true,
        Key::D | Key::R => focus == Focus::Table && !modifiers.shift,
        Key::Enter => focus != Focus::Words && !modifiers.shift,
        Key::Backspace | Key::Delete => focus != Focus::Table,
        _ => false,
    }
}

fn is_function_key(key: Key) -> bool {
    key.name().strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}
