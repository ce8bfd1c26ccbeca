//! Where the keyboard is: after every command, menu, question and click of a control a digit goes into the cell of the table.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gouji::ui::{Command, Named};

use crate::stage::{self, Window};

/// A window on 表三, in a file, so that nothing is asked when it is saved.
fn on_table_three() -> (tempfile::TempDir, Window) {
    let folder = crate::support::folder();
    let mut window = stage::window_on_v1_at(&folder.path().join("年报.gouji"));
    stage::run(&mut window, Command::Chapter(3));
    stage::go_to(&mut window, "open.biz");
    (folder, window)
}

/// Whatever was opened is left by Esc: a menu, a question, a strip, a field.
fn leave(window: &mut Window) {
    for _ in 0..3 {
        window.key_press(Key::Escape);
        stage::finish_jobs(window);
    }
}

/// A digit goes into the table's cell.
fn types_into_a_cell(window: &mut Window, after: &str) {
    window.event(Event::Text("7".to_owned()));
    window.run();
    let is_editing = window.state().work().is_some_and(gouji::ui::Work::is_editing);
    assert!(is_editing, "after {after} a digit goes nowhere; focus: {:?}", window.ctx.memory(egui::Memory::focused));
    window.key_press(Key::Escape);
    window.run();
}

/// They lead to another screen, draft or chapter, where there is no cell.
const AWAY: [Named; 13] = [
    Named::NewFromLast,
    Named::Open,
    Named::OpenExample,
    Named::OpenFaulty,
    Named::Ledger,
    Named::Close,
    Named::Quit,
    Named::Practice,
    Named::Trend,
    Named::PrevChapter,
    Named::NextChapter,
    Named::KeyPrior,
    Named::NextBlank,
];

/// They ask the system to show something, which no test should.
const OUTSIDE: [Named; 3] = [Named::Print, Named::Thresholds, Named::Import];

#[test]
fn after_every_command_a_digit_goes_into_the_cell() {
    let (_folder, mut window) = on_table_three();
    let mut num = 0;
    for named in Named::ALL.iter().filter(|named| !AWAY.contains(named) && !OUTSIDE.contains(named)) {
        stage::run(&mut window, Command::Chapter(3));
        stage::run(&mut window, *named);
        leave(&mut window);
        types_into_a_cell(&mut window, &format!("{named:?}"));
        num += 1;
    }
    println!("{num} commands");
}

fn click(window: &mut Window, pos: Pos2) {
    for pressed in [true, false] {
        window.event(Event::PointerMoved(pos));
        window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
        window.run();
    }
}

#[test]
fn after_a_click_on_any_control_a_digit_goes_into_the_cell() {
    let (_folder, mut window) = on_table_three();
    let controls = |window: &Window| -> Vec<(String, Pos2)> {
        let roles = [Role::Button, Role::Tab, Role::ComboBox, Role::CheckBox, Role::RadioButton, Role::Link];
        let all = roles.into_iter().flat_map(|role| window.query_all_by_role(role));
        let told = all.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
        told.filter(|(_, rect)| rect.max.x < 1366.0 && rect.max.y < 768.0).map(|(label, rect)| (label, rect.center())).collect()
    };
    let places = controls(&window);
    let mut num = 0;
    for (label, at) in &places {
        click(&mut window, *at);
        stage::finish_jobs(&mut window);
        leave(&mut window);
        if window.state().work().is_none_or(|work| work.focused_cell().is_none()) {
            // It led to a text chapter or to the pictures; back by the rail.
            stage::run(&mut window, Command::Chapter(3));
        }
        types_into_a_cell(&mut window, &format!("a click on {label:?}"));
        num += 1;
    }
    println!("{num} controls: {:?}", places.iter().map(|(label, _)| label).collect::<Vec<_>>());
    assert!(num > 15);
}

#[test]
fn every_entry_of_every_menu_gives_the_keyboard_back() {
    let (_folder, mut window) = on_table_three();
    let mut num = 0;
    for menu in ["文件", "编辑", "查看", "办理"] {
        let rows = Named::ALL.iter().filter(|named| named.row().menu.is_some_and(|(its, _)| its.name() == menu));
        for named in rows.filter(|named| !AWAY.contains(named) && !OUTSIDE.contains(named)) {
            stage::run(&mut window, Command::Chapter(3));
            window.get_by_label(menu).click();
            window.run();
            let entry = window.query_all_by_label_contains(named.words()).last().unwrap().rect().center();
            click(&mut window, entry);
            stage::finish_jobs(&mut window);
            leave(&mut window);
            types_into_a_cell(&mut window, &format!("{menu} → {}", named.words()));
            num += 1;
        }
    }
    println!("{num} entries");
}

/// The menu of a cell: by the right button, by the menu key.
#[test]
fn a_cells_menu_opens_by_mouse_and_key() {
    let (_folder, mut window) = on_table_three();
    window.key_press(Key::Menu);
    window.run();
    assert!(stage::shows(&window, "粘贴"));
    leave(&mut window);
    types_into_a_cell(&mut window, "the menu key");
    let pos = window.state().work().map(|work| work.session.form().cell(work.focused_cell().unwrap()).label.to_string()).unwrap();
    let pos = window.get_by_role_and_label(Role::Cell, &pos).rect().center();
    for pressed in [true, false] {
        window.event(Event::PointerMoved(pos));
        window.event(Event::PointerButton { pos, button: PointerButton::Secondary, pressed, modifiers: Modifiers::NONE });
    }
    window.run();
    assert!(stage::shows(&window, "粘贴"));
    leave(&mut window);
    types_into_a_cell(&mut window, "the right button");
}

/// A message covers nothing it pushes away: the table stands where it stood.
#[test]
fn a_message_moves_nothing() {
    let (_folder, mut window) = on_table_three();
    let place = |window: &Window| window.get_by_label("申请人情况").rect();
    let before = place(&window);
    stage::run(&mut window, Named::CopyPage);
    assert!(window.state().notice().is_some());
    assert_eq!(place(&window), before);
}
