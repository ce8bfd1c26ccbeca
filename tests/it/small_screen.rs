//! What is seen of a table where the screen is small: all of 表三 on the usual one, its heads and labels on any.

use egui::accesskit::Role;
use egui::{Event, PointerButton, Pos2, Rect, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use gouji::ui::Command;

use crate::stage::{self, Window, run};

/// What the stage leaves round the window.
const STAGE: Vec2 = vec2(16.0, 16.0);

/// A window of this size on 表三.
fn table_three(width: f32, height: f32) -> Window {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(3));
    window.set_size(vec2(width, height) + STAGE);
    window.run();
    stage::go_to(&mut window, "new.nat");
    window
}

fn cell(window: &Window, key: &str) -> Rect {
    let form = window.state().work().unwrap().session.form();
    let label = &*form.cell(form.cell_by_key(key).unwrap()).label;
    window.get_by_role_and_label(Role::Cell, label).rect()
}

fn head(window: &Window, words: &str) -> Rect {
    window.get_by_role_and_label(Role::ColumnHeader, words).rect()
}

fn click(window: &mut Window, pos: Pos2) {
    for pressed in [true, false] {
        window.event(Event::PointerMoved(pos));
        window.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: egui::Modifiers::NONE });
        window.run();
    }
}

/// 1366 × 768 less a taskbar of 40 and a title bar of 30.
#[test]
fn the_whole_of_table_three_fits_the_usual_screen() {
    let window = table_three(1366.0, 698.0);
    let all = Rect::from_min_max(cell(&window, "new.nat").min, cell(&window, "carry_out.sum").max);
    assert!(all.min.y > head(&window, "申请人情况").max.y, "below its heads: {all}");
    assert!(all.max.y <= 698.0 - 28.0 + STAGE.y / 2.0, "above the status bar: {all}");
}

/// Wherever the cursor goes, it is seen beside the heads above and the labels on the left, which stay where they were.
#[test]
fn the_cursor_is_never_below_the_heads_that_stay() {
    for (width, height) in [(1366.0, 500.0), (700.0, 620.0)] {
        let mut window = table_three(width, height);
        let heads_end = cell(&window, "new.nat").min;
        let business = head(&window, "商业企业").center();
        for step in ["Down"; 24].into_iter().chain(["Right"; 6]).chain(["Up"; 24]).chain(["Left"; 6]) {
            stage::keys(&mut window, step);
            let at = cell(&window, &stage::focus(&window));
            assert!(at.min.y >= heads_end.y - 1.0, "{width} × {height}, {step}: {at} is seen below the heads that end at {heads_end}");
        }
        stage::go_to(&mut window, "carry_out.nat");
        assert!(cell(&window, "new.nat").min.y < heads_end.y, "the table is scrolled");
        if width > 1000.0 {
            click(&mut window, business);
            let chosen = window.state().work().unwrap().selection_keys();
            let is_business = chosen.iter().all(|key| key.split_once('.').is_some_and(|(_, column)| column == "biz"));
            assert!(chosen.len() == 25 && is_business, "the head that stays is the head of its column: {chosen:?}");
        }
    }
}

/// Where one report was scrolled to is nothing to the next.
#[test]
fn another_report_begins_at_the_top() {
    let mut window = table_three(1366.0, 500.0);
    let top = cell(&window, "new.nat").min;
    stage::go_to(&mut window, "carry_out.nat");
    let (form, draft) = crate::support::v1();
    window.state_mut().show(form, draft, None);
    window.run();
    run(&mut window, Command::Chapter(3));
    window.run();
    assert!((cell(&window, "new.nat").min - top).length() < 1.0, "{top}");
}
