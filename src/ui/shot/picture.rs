//! Pictures of screens without a display: the whole window is laid out in memory and painted by the CPU.

use egui::{ColorImage, Context, vec2};

use crate::model::{CellId, Person, Role};
use crate::ui::app::screen::App;
use crate::ui::command::places::Reading;
use crate::ui::look::raster::Raster;
use crate::ui::look::still::{ShotError, encode, input};
use crate::ui::look::theme;

/// A screen to take a picture of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The start screen.
    Start,
    /// A chapter of the work screen.
    Chapter(u8),
    /// The work screen with the first finding looked at.
    Findings,
    /// The work screen as a supervisor sees it.
    Review,
    /// The pictures of several years.
    Trend,
    /// The card of keys.
    Help,
}

impl Scene {
    /// Reads a screen's name: `start`, `1` … `6`, `table3`, `findings`, `review`, `help`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "start" => Some(Self::Start),
            "findings" => Some(Self::Findings),
            "review" => Some(Self::Review),
            "trend" => Some(Self::Trend),
            "help" => Some(Self::Help),
            name => {
                let no = name.strip_prefix("table").or_else(|| name.strip_prefix("chapter")).unwrap_or(name);
                no.parse().ok().filter(|no| (1..=6).contains(no)).map(Self::Chapter)
            }
        }
    }
}

/// Frames until everything has settled: fonts, focus, scrolling.
const FRAMES: usize = 4;

/// The picture of a screen as PNG: `size` in pixels, `zoom` pixels a point.
///
/// # Errors
/// The size cannot be painted.
pub fn shot(app: App, scene: Scene, focus: Option<CellId>, look: theme::Look, size: [u16; 2], zoom: f32) -> Result<Vec<u8>, ShotError> {
    encode(&painted(app, scene, focus, look, size, zoom)?, size)
}

/// The picture itself.
///
/// # Errors
/// The size cannot be painted.
pub fn painted(
    mut app: App,
    scene: Scene,
    focus: Option<CellId>,
    look: theme::Look,
    size: [u16; 2],
    zoom: f32,
) -> Result<ColorImage, ShotError> {
    if size.iter().any(|side| !(200..=8000).contains(side)) || !(0.5..=4.0).contains(&zoom) {
        return Err(ShotError::Size);
    }
    let ctx = Context::default();
    theme::install(&ctx);
    theme::set_look(&ctx, look);
    point_at(&mut app, scene, focus);
    let points = vec2(f32::from(size[0]), f32::from(size[1])) / zoom;
    let mut raster = Raster::default();
    let mut picture = None;
    for _frame in 0..FRAMES {
        let mut output = ctx.run_ui(input(points, zoom), |ui| app.ui(ui));
        raster.update(&mut output.textures_delta);
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        let pixels = size.map(usize::from);
        picture = Some(raster.paint(&primitives, output.pixels_per_point, pixels, theme::palette().desk));
    }
    Ok(picture.unwrap_or_default())
}

/// Brings the app to the screen.
fn point_at(app: &mut App, scene: Scene, focus: Option<CellId>) {
    if scene == Scene::Start {
        app.clear();
    }
    if scene == Scene::Help {
        app.show_help();
    }
    let Some(work) = app.work_mut() else { return };
    match scene {
        Scene::Start | Scene::Help => {}
        Scene::Chapter(no) => work.show_chapter(no),
        Scene::Findings => work.step_finding(true),
        Scene::Trend => work.show_trend(),
        Scene::Review => {
            let reviewer = Person { name: "王建国".into(), role: Role::Reviewer };
            work.set_person(Some(reviewer));
            work.reading = Some(Reading::Explained);
        }
    }
    if let Some(cell) = focus {
        work.go_to(cell);
    }
}
