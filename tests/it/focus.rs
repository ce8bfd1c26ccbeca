//! Where the keyboard is: after every command, menu, question and click of a control a digit goes into the cell of the table.

use std::collections::BTreeSet;

use egui::accesskit::{Action, Role};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gouji::ui::{Command, Named};

use crate::screens::ways::{with_prior, with_slip, with_texts};
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

/// They ask the system to show something, which no test should.
const OUTSIDE: [Named; 2] = [Named::Print, Named::Thresholds];

/// There is nothing to type into: another screen, the pictures of several years, a report that is not to be changed, the window closed.
fn is_away(window: &Window) -> bool {
    let takes_keys = |work: &gouji::ui::Work| !work.is_read_only() && !work.trend.is_open && work.reading.is_none();
    window.state().quits() || !window.state().work().is_some_and(takes_keys)
}

#[test]
fn after_every_command_a_digit_goes_into_the_cell() {
    let (mut folder, mut window) = on_table_three();
    let mut num = 0;
    for named in Named::ALL.iter().filter(|named| !OUTSIDE.contains(named)) {
        stage::run(&mut window, *named);
        leave(&mut window);
        if is_away(&window) {
            (folder, window) = on_table_three();
        }
        stage::run(&mut window, Command::Chapter(3));
        types_into_a_cell(&mut window, &format!("{named:?}"));
        num += 1;
    }
    drop(folder);
    println!("{num} commands");
}

/// A click is short: pressed and let go within one frame.
fn click(window: &mut Window, pos: Pos2) {
    window.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    }
    stage::finish_jobs(window);
}

/// What asks the system to show something: no test should press it.
fn is_outside(label: &str) -> bool {
    let commands = OUTSIDE.iter().any(|named| label.trim_start().starts_with(named.words()));
    commands || label.starts_with("打开文件")
}

/// Everything in this frame that a click does something to, but for the table's own cells: its name with its number among those
/// of this name, and its middle.
fn clickable(window: &Window) -> Vec<(String, Pos2)> {
    let screen = Rect::from_min_size(Pos2::ZERO, egui::vec2(1366.0, 768.0));
    let mut found: Vec<(String, Pos2)> = Vec::new();
    for node in window.root().children_recursive() {
        let inner = node.accesskit_node();
        let is_control = inner.data().supports_action(Action::Click) && !inner.is_disabled();
        let is_cell = matches!(inner.role(), Role::Cell | Role::RowHeader | Role::ColumnHeader | Role::Table | Role::Grid);
        if !is_control || is_cell || !screen.contains(node.rect().center()) {
            continue;
        }
        let label = inner.label().or_else(|| inner.value()).unwrap_or_else(|| format!("{:?}", inner.role()));
        let number = found.iter().filter(|(other, _)| other.starts_with(&label)).count();
        if !is_outside(&label) {
            found.push((format!("{label} {number}"), node.rect().center()));
        }
    }
    found
}

/// Goes through all that can be clicked, whatever a click brings forth included (the entries of a menu, another list on the right), until
/// each was clicked once; after each click a digit must land where it belongs.
struct Walk {
    fresh: fn() -> (tempfile::TempDir, Window),
    lands: fn(&mut Window, &str),
    done: BTreeSet<String>,
}

impl Walk {
    fn go(mut self) -> usize {
        let (mut folder, mut window) = (self.fresh)();
        let chapter = |window: &Window| window.state().work().map(|work| work.chapter);
        let home = chapter(&window);
        while let Some((label, at)) = self.next(&window) {
            let before: BTreeSet<String> = clickable(&window).into_iter().map(|(label, _)| label).collect();
            click(&mut window, at);
            let brought =
                |window: &Window| clickable(window).into_iter().find(|(label, _)| !before.contains(label) && !self.done.contains(label));
            let entry = egui::Popup::is_any_open(&window.ctx).then(|| brought(&window)).flatten();
            // An entry of what popped up; that itself is clicked again for the next one.
            let (clicked, words) = match entry {
                Some((entry, at)) => {
                    click(&mut window, at);
                    (entry.clone(), format!("{label} → {entry}"))
                }
                None => (label.clone(), label),
            };
            self.done.insert(clicked);
            leave(&mut window);
            if is_away(&window) || chapter(&window) != home {
                (folder, window) = (self.fresh)();
            }
            (self.lands)(&mut window, &format!("a click on {words}"));
            assert!(self.done.len() < 400, "it does not end: {:?}", self.done);
        }
        drop(folder);
        println!("{} controls: {:?}", self.done.len(), self.done);
        self.done.len()
    }

    fn next(&self, window: &Window) -> Option<(String, Pos2)> {
        clickable(window).into_iter().find(|(label, _)| !self.done.contains(label))
    }
}

fn walk(fresh: fn() -> (tempfile::TempDir, Window), lands: fn(&mut Window, &str)) -> usize {
    Walk { fresh, lands, done: BTreeSet::new() }.go()
}

#[test]
fn after_a_click_on_any_control_or_menu_a_digit_goes_into_the_cell() {
    assert!(walk(on_table_three, types_into_a_cell) > 80);
}

/// With findings and their cards, last year's report and a message on the screen.
#[test]
fn after_a_click_beside_a_finding_a_digit_goes_into_the_cell() {
    let fresh = || {
        let (folder, mut window) = on_table_three();
        with_prior(&mut window);
        with_slip(&mut window);
        stage::type_into(&mut window, "a1.norm.valid", "418");
        stage::run(&mut window, Command::Chapter(3));
        stage::run(&mut window, Named::NextFinding);
        stage::run(&mut window, Named::CopyPage);
        (folder, window)
    };
    assert!(walk(fresh, types_into_a_cell) > 80);
}

/// In a chapter the keyboard goes back to the text.
#[test]
fn after_a_click_in_a_chapter_a_letter_goes_into_the_text() {
    let fresh = || {
        let (folder, mut window) = on_table_three();
        with_texts(&mut window);
        stage::run(&mut window, Command::Chapter(1));
        (folder, window)
    };
    let lands = |window: &mut Window, after: &str| {
        let before = stage::section(window, 1);
        window.event(Event::Text("7".to_owned()));
        window.run();
        let now = stage::section(window, 1);
        assert_eq!(now.matches('7').count(), before.matches('7').count() + 1, "after {after} a letter goes nowhere");
        stage::run(window, Named::Undo);
    };
    assert!(walk(fresh, lands) > 80);
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

/// The rings round what has the keyboard, as the last frame painted them.
fn rings(window: &Window) -> Vec<Rect> {
    let is_ring = |stroke: egui::Stroke| (stroke.width - 2.0).abs() < 0.01 && stroke.color == gouji::ui::theme::palette().accent;
    let rings = window.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Rect(shape) if is_ring(shape.stroke) && shape.stroke_kind == egui::StrokeKind::Middle => Some(shape.rect),
        _ => None,
    });
    rings.collect()
}

#[test]
fn what_left_the_screen_leaves_no_ring_behind() {
    let mut window = stage::window();
    window.key_press(Key::Tab);
    window.run();
    assert_eq!(rings(&window).len(), 1, "a button of the start screen has the keyboard");
    let set = crate::county::set::county();
    let county = crate::county::opened(&set);
    let ctx = window.ctx.clone();
    window.state_mut().show_county(&ctx, set.folder.path().to_owned(), county.into());
    // The very next frame: no other may follow while nobody touches anything.
    window.step();
    assert_eq!(rings(&window), []);
}
