//! The window on a stage: no display, painted by the CPU, driven event by event.

use std::path::Path;
use std::sync::Arc;

use egui::{Event, FullOutput, Key, TexturesDelta, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};
use gouji::model::SectionId;
use gouji::store::{Home, RealDisk};
use gouji::ui::{App, Command, Raster, theme};

use crate::support::{catalog, project, v1};

/// The window under test.
pub type Window = Harness<'static, App>;

/// `gouji shot`'s rasterizer as the renderer of pictures.
#[derive(Default)]
struct CpuRenderer(Raster);

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.update(delta);
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of a window, in pixels")]
    fn render(&mut self, ctx: &egui::Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let size = ctx.viewport_rect().size() * output.pixels_per_point;
        let size = [size.x.round() as usize, size.y.round() as usize];
        let primitives = ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        let picture = self.0.paint(&primitives, output.pixels_per_point, size, theme::palette().desk);
        let bytes = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
        image::RgbaImage::from_raw(size[0] as u32, size[1] as u32, bytes).ok_or_else(|| "wrong size".to_owned())
    }
}

/// The program's own folder for this test run: never the one of whoever runs the tests.
pub fn home() -> Home {
    Home { disk: Arc::new(RealDisk), folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("home") }
}

/// A window of 1366 × 768 on the start screen.
pub fn window() -> Window {
    window_at(home())
}

/// The same, with this folder for the program's own files.
pub fn window_at(home: Home) -> Window {
    let show = |ui: &mut egui::Ui, app: &mut App| {
        app.logic(&ui.ctx().clone());
        app.ui(ui);
    };
    let builder = Harness::builder().with_size(vec2(1366.0, 768.0)).with_theme(Theme::Light).with_max_steps(12);
    builder.renderer(CpuRenderer::default()).with_context_setup(theme::install).build_ui_state(show, App::new(catalog(), home))
}

/// A window on the figures of V1 (domain.md §7), not yet in a file.
pub fn window_on_v1() -> Window {
    open_v1(None)
}

/// The same, in this file.
pub fn window_on_v1_at(path: &Path) -> Window {
    open_v1(Some(path))
}

fn open_v1(path: Option<&Path>) -> Window {
    let (form, mut draft) = v1();
    draft.apply(gouji::model::Edit::agency("某市人民政府".to_owned()));
    let mut window = window();
    window.state_mut().show(form, draft, path.map(Path::to_path_buf));
    window.run();
    window
}

/// Goes to a cell, types the text and presses Enter.
pub fn type_into(window: &mut Window, key: &str, text: &str) {
    let work = window.state_mut().work_mut().unwrap();
    let cell = work.session.form().cell_by_key(key).unwrap();
    work.go_to(cell);
    window.run();
    window.event(Event::Text(text.to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

/// Puts the cursor on a cell.
pub fn go_to(window: &mut Window, key: &str) {
    let work = window.state_mut().work_mut().unwrap();
    let cell = work.session.form().cell_by_key(key).unwrap();
    work.go_to(cell);
    window.run();
}

/// The key of the cell with the focus.
pub fn focus(window: &Window) -> String {
    let work = window.state().work().unwrap();
    work.focused_cell().map_or_else(String::new, |cell| work.session.form().cell(cell).key.to_string())
}

/// Presses keys as key scripts write them: digits are typed, anything else is a key's name.
pub fn keys(window: &mut Window, keys: &str) {
    for token in keys.split_whitespace() {
        if token.chars().all(|c| c.is_ascii_digit()) {
            window.event(Event::Text(token.to_owned()));
        } else if token == "Ctrl+C" {
            window.event(Event::Copy);
        } else {
            let (modifiers, key) = crate::keys::key(token).unwrap();
            window.key_press_modifiers(modifiers, key);
        }
        window.run();
    }
}

/// What a cell shows.
pub fn shown(window: &Window, key: &str) -> String {
    let session = &window.state().work().unwrap().session;
    let cell = session.form().cell_by_key(key).unwrap();
    session.draft().entry(cell).shown(session.form().cell(cell).kind)
}

/// The text of a chapter.
pub fn section(window: &Window, no: u8) -> String {
    window.state().work().unwrap().session.draft().section(SectionId(no)).to_owned()
}

/// Waits until no thread is at work any more.
pub fn finish_jobs(window: &mut Window) {
    let began = std::time::Instant::now();
    window.run();
    while window.state().is_busy() {
        assert!(began.elapsed().as_secs() < 60, "a job hangs");
        std::thread::yield_now();
        window.run();
    }
    window.run();
}

/// Has the window perform a command, with all that it starts.
pub fn run(window: &mut Window, command: impl Into<Command>) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, command);
    finish_jobs(window);
}

/// These words stand somewhere on the screen.
pub fn shows(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// The files of a folder below `tests/cases`, with their names.
pub fn case_files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        std::fs::read_dir(project().join("tests/cases").join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The cases of a file: `--- name ---` and the lines below it.
pub fn cases(text: &str) -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("--- ").and_then(|line| line.strip_suffix(" ---")) {
            Some(name) => cases.push((name.to_owned(), String::new())),
            None => {
                if let Some((_, body)) = cases.last_mut() {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
    }
    cases
}

/// Keeps a picture of the window in `target/tmp/pictures`, to be looked at.
pub fn picture(window: &mut Window, name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    window.render().unwrap().save(folder.join(format!("{name}.png"))).unwrap();
}
