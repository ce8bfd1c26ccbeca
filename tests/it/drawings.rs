//! What is kept of a table from frame to frame is what would be painted anew: after every step of a long random walk a frame from
//! what was kept and one from nothing are the same, shape for shape.

use egui::accesskit::{Node, NodeId};
use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, epaint::ClippedShape, pos2, vec2};
use gouji::model::{Edit, Entry, Person, Role, Spot, Totals};
use gouji::store::Look;
use gouji::ui::{App, Command, Named, forget_drawings, theme};

use crate::support::{catalog, nth_cell, v1};

struct Stage {
    ctx: Context,
    app: App,
    size: egui::Vec2,
}

impl Stage {
    /// What is painted, and what screen readers are told.
    fn frame(&mut self, events: Vec<Event>) -> (Vec<ClippedShape>, Vec<(NodeId, Node)>) {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, self.size));
        let input = RawInput { screen_rect, focused: true, max_texture_side: Some(8192), events, ..RawInput::default() };
        let app = &mut self.app;
        let mut output = self.ctx.clone().run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        });
        output.textures_delta.clear();
        let mut nodes = output.platform_output.accesskit_update.unwrap().nodes;
        nodes.sort_by_key(|(id, _)| *id);
        (output.shapes, nodes)
    }

    /// A frame with what was kept, one without.
    fn settle(&mut self, what: &str) {
        for _ in 0..4 {
            self.frame(Vec::new());
        }
        let kept = self.frame(Vec::new());
        forget_drawings(&self.ctx);
        let anew = self.frame(Vec::new());
        assert!(kept.0.len() > 20 && kept.1.len() > 20, "{what}: something is there");
        assert_eq!(kept.1, anew.1, "{what}");
        assert_eq!(kept.0.len(), anew.0.len(), "{what}");
        for (one, other) in kept.0.iter().zip(&anew.0) {
            assert!(one == other, "{what}: {one:?} was kept, {other:?} is right");
        }
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn click(pos: Pos2) -> Vec<Event> {
    let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    vec![Event::PointerMoved(pos), button(true), button(false)]
}

/// Whoever forgets something that a drawing is made from sees it here: every kind of step is among them.
fn step(stage: &mut Stage, random: &mut impl FnMut(u16) -> u16) -> String {
    let ctx = stage.ctx.clone();
    let kind = random(16);
    let num_cells: u16 = stage.app.work().unwrap().session.form().cells.len().try_into().unwrap();
    let cell = nth_cell(usize::from(random(num_cells)));
    let person = |role| Command::SetPerson(Person { name: "李四".into(), role }, None);
    match kind {
        0 | 1 => stage.app.run(&ctx, Command::Change(vec![Edit::cell(cell, Entry::Whole(i64::from(random(30))))])),
        2 => stage.app.run(&ctx, Command::Change(vec![Edit::cell(cell, Entry::Blank)])),
        3 => stage.app.run(&ctx, Command::GoTo(cell)),
        4 => _ = stage.frame(vec![Event::Text("7".to_owned()), key(Key::Enter, Modifiers::NONE)]),
        5 => _ = stage.frame(vec![key(Key::ArrowDown, Modifiers::SHIFT), key(Key::ArrowRight, Modifiers::SHIFT)]),
        6 => stage.app.run(&ctx, Named::NextFinding),
        7 => stage.app.run(&ctx, Command::Chapter([2, 3, 4][usize::from(random(3))])),
        8 => stage.app.run(&ctx, Named::Undo),
        9 => stage.app.run(&ctx, Command::Look([Look::Light, Look::Dark, Look::Contrast][usize::from(random(3))])),
        10 => stage.app.run(&ctx, person([Role::Clerk, Role::Reviewer][usize::from(random(2))])),
        11 => stage.size = vec2(1100.0 + f32::from(random(5)) * 80.0, 700.0 + f32::from(random(3)) * 60.0),
        12 => stage.app.run(&ctx, Command::Change(vec![Edit::totals([Totals::Typed, Totals::Computed][usize::from(random(2))])])),
        13 => ctx.set_zoom_factor([1.0, 1.25, 1.5][usize::from(random(3))]),
        14 => {
            let comment = gouji::model::Action::Comment(Spot::Cell(cell));
            stage.app.run(&ctx, Command::Do(comment, "请核对".to_owned()));
        }
        _ => _ = stage.frame(click(pos2(300.0 + f32::from(random(600)), 150.0 + f32::from(random(400))))),
    }
    format!("kind {kind}, cell {cell:?}")
}

#[test]
fn what_is_kept_of_a_table_is_what_would_be_painted_anew() {
    let (form, draft) = v1();
    let ctx = Context::default();
    theme::install(&ctx);
    ctx.enable_accesskit();
    let mut stage = Stage { ctx, app: App::new(catalog(), crate::stage::home()), size: vec2(1366.0, 768.0) };
    let ctx = stage.ctx.clone();
    stage.app.show(form.clone(), draft.clone(), None);
    stage.app.run(&ctx, Command::Chapter(3));
    stage.settle("the report as opened");
    // A small generator of its own: the same walk on every machine.
    let mut seed: u64 = 0x5DEE_CE66;
    let mut random = move |below: u16| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(seed >> 48).unwrap() % below
    };
    for no in 0..150 {
        let what = step(&mut stage, &mut random);
        stage.settle(&format!("step {no}, {what}"));
    }
    // Another report on the same form, as new as the first one was: nothing of that one may be seen in it.
    stage.app.show(form.clone(), form.draft("某局".to_owned(), 2025), None);
    stage.app.run(&ctx, Command::Chapter(3));
    stage.settle("another report");
    theme::set_look(&ctx, Look::Light);
}
