//! The window painted by the processor: of each frame only what changed, and yet the picture of the whole frame.

use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, TexturesDelta, vec2};
use gouji::ui::{App, Command, Named, Painting, Raster, theme};

use crate::stage;
use crate::support::{catalog, v1};

/// Both painters of the same frames.
struct Two {
    ctx: Context,
    app: App,
    painting: Painting,
    whole: Raster,
    /// The share of the window that was painted again, of each frame.
    painted: Vec<f64>,
}

impl Two {
    fn new() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut app = App::new(catalog(), stage::home());
        let (form, draft) = v1();
        app.show(form, draft, None);
        Self { ctx, app, painting: Painting::default(), whole: Raster::default(), painted: Vec::new() }
    }

    /// One frame by both; they must not differ in a pixel.
    fn frame(&mut self, what: &str, size: [u16; 2], events: Vec<Event>) {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(f32::from(size[0]), f32::from(size[1])));
        let input = RawInput { screen_rect: Some(screen), focused: true, max_texture_side: Some(8192), events, ..RawInput::default() };
        let (app, ctx) = (&mut self.app, self.ctx.clone());
        let output = ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        });
        let (scale, size, background) = (output.pixels_per_point, size.map(usize::from), theme::palette().desk);
        let mut textures = TexturesDelta { set: output.textures_delta.set.clone(), free: output.textures_delta.free.clone() };
        self.whole.update(&mut textures);
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let whole = self.whole.paint(&primitives, scale, size, background);
        let changed = self.painting.paint(&ctx, output, size, background);
        let same = self.painting.image().pixels == whole.pixels;
        assert!(same, "after {what} the window shows something else than was laid out");
        let num: usize = changed.iter().map(|area| area.columns.len() * area.rows.len()).sum();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a window")]
        self.painted.push(num as f64 / (size[0] * size[1]) as f64);
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

#[test]
fn painting_what_changed_gives_the_picture_of_the_whole_frame() {
    let mut two = Two::new();
    let ctx = two.ctx.clone();
    two.app.run(&ctx, Command::Chapter(3));
    let size = [1366, 768];
    let keys = [
        ("a digit", Event::Text("7".to_owned())),
        ("a second digit", Event::Text("8".to_owned())),
        ("Enter", key(Key::Enter, Modifiers::NONE)),
        ("the arrow right", key(Key::ArrowRight, Modifiers::NONE)),
        ("a selection", key(Key::ArrowDown, Modifiers::SHIFT)),
        ("F8", key(Key::F8, Modifiers::NONE)),
        ("undo", key(Key::Z, Modifiers::COMMAND | Modifiers::CTRL)),
        ("the pointer on a cell", Event::PointerMoved(Pos2::new(700.0, 400.0))),
        ("the pointer on the menus", Event::PointerMoved(Pos2::new(30.0, 20.0))),
        (
            "the wheel",
            Event::MouseWheel {
                source: egui::MouseWheelSource::Unknown,
                unit: egui::MouseWheelUnit::Line,
                delta: vec2(0.0, -3.0),
                phase: egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            },
        ),
    ];
    two.frame("opening", size, Vec::new());
    for (what, event) in &keys {
        two.frame(what, size, vec![event.clone()]);
        for _ in 0..3 {
            two.frame(&format!("{what}, a frame later"), size, Vec::new());
        }
    }
    let rest = two.painted.last().copied().unwrap();
    assert!(rest < 0.01, "a window at rest is painted again: {rest}");
    let typed = two.painted[1..3].iter().copied().fold(0.0, f64::max);
    println!("a digit paints {:.1} % of the window", typed * 100.0);
    for chapter in [1, 2, 4, 3] {
        two.app.run(&ctx, Command::Chapter(chapter));
        two.frame("another chapter", size, Vec::new());
        two.frame("another chapter, a frame later", size, Vec::new());
    }
    two.app.run(&ctx, Named::Help);
    two.frame("a question", size, Vec::new());
    two.frame("a larger window", [1500, 900], Vec::new());
    two.app.run(&ctx, Command::Cancel);
    two.frame("a smaller window", [1024, 700], Vec::new());
    two.app.run(&ctx, Command::Zoom { larger: true });
    for _ in 0..3 {
        two.frame("larger letters", [1024, 700], Vec::new());
    }
}
