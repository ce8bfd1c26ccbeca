//! Habits from other programs: whatever is pressed with Ctrl, Alt or as an F key, and means nothing here, changes nothing.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::SectionId;
use gouji::ui::{Command, Named};

use crate::stage::{self, Window};

/// Presses the key as a desktop sends it: with the text that comes of it, where Alt is held.
fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    window.event(Event::ModifiersChanged(modifiers));
    let name = key.name().to_lowercase();
    let text = (modifiers.alt && name.chars().count() == 1).then_some(Event::Text(name));
    // They come together, in one frame.
    window.input_mut().events.extend([event(true)].into_iter().chain(text).chain([event(false)]));
    window.step();
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.step();
}

/// The keys that mean something: to the window, to a table, to a text field.
fn is_known(modifiers: Modifiers, key: Key) -> bool {
    let ours =
        Named::by_key().into_iter().any(|(shortcut, _)| shortcut.logical_key == key && modifiers.matches_logically(shortcut.modifiers));
    let edits = [Key::A, Key::C, Key::D, Key::R, Key::V, Key::X, Key::Y, Key::Z, Key::Enter, Key::Backspace, Key::Delete];
    ours || modifiers.command && !modifiers.alt && edits.contains(&key) || modifiers.is_none() && matches!(key, Key::F2 | Key::F10)
}

/// Every key with Ctrl, Alt, both, with Shift besides; F keys alone as well.
fn unknown() -> Vec<(Modifiers, Key)> {
    let ctrl = Modifiers::COMMAND | Modifiers::CTRL;
    let held = [ctrl, Modifiers::ALT, ctrl | Modifiers::ALT, ctrl | Modifiers::SHIFT, Modifiers::ALT | Modifiers::SHIFT];
    let is_f = |key: Key| key.name().strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    let with = held.into_iter().flat_map(|held| Key::ALL.iter().map(move |key| (held, *key)));
    let alone = [Modifiers::NONE, Modifiers::SHIFT].into_iter().flat_map(|held| Key::ALL.iter().map(move |key| (held, *key)));
    with.chain(alone.filter(|(_, key)| is_f(*key))).filter(|(held, key)| !is_known(*held, *key)).collect()
}

fn run(window: &mut Window, command: impl Into<Command>) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, command);
    window.run();
}

#[test]
fn unknown_shortcuts_change_no_cell() {
    let mut window = stage::window_on_v1();
    let before = window.state().work().unwrap().session.draft().clone();
    let unknown = unknown();
    for (held, key) in &unknown {
        stage::go_to(&mut window, "open.biz");
        press(&mut window, *held, *key);
        let work = window.state().work().unwrap();
        assert!(*work.session.draft() == before && !work.is_editing(), "{held:?} {key:?}");
    }
    println!("{} combinations in a table", unknown.len());
    assert!(unknown.len() > 300);
}

#[test]
fn unknown_shortcuts_neither_type_nor_delete_in_a_cell() {
    let mut window = stage::window_on_v1();
    for (held, key) in unknown() {
        stage::go_to(&mut window, "open.biz");
        window.event(Event::Text("123".to_owned()));
        window.run();
        press(&mut window, held, key);
        if window.state().work().unwrap().is_editing() {
            window.event(Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
            window.run();
        }
        assert_eq!(stage::shown(&window, "open.biz"), "123", "{held:?} {key:?}");
        run(&mut window, Named::Undo);
    }
}

#[test]
fn unknown_shortcuts_neither_type_nor_delete_in_a_text() {
    let mut window = stage::window_on_v1();
    let session = &mut window.state_mut().work_mut().unwrap().session;
    let edit = session.text_edit(SectionId(5), "第一句。\n第二句，第三句。").unwrap();
    session.apply(vec![edit]);
    run(&mut window, Command::Chapter(5));
    let before = stage::section(&window, 5);
    for (held, key) in unknown() {
        run(&mut window, Command::BackToChapter);
        press(&mut window, held, key);
        assert_eq!(stage::section(&window, 5), before, "{held:?} {key:?}");
    }
}

#[test]
fn unknown_shortcuts_neither_type_nor_delete_in_a_question() {
    let mut window = stage::window();
    run(&mut window, Named::New);
    window.event(Event::Text("某县某局".to_owned()));
    window.run();
    for (held, key) in unknown() {
        press(&mut window, held, key);
        assert!(window.query_all_by_value("某县某局").next().is_some(), "{held:?} {key:?}");
    }
}
