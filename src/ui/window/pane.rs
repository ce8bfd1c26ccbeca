//! What stands in the window and what a frame of it does, whoever opens the window and paints it.

use std::path::PathBuf;

use egui::{Color32, Context, RawInput, Ui, ViewportBuilder, ViewportCommand, vec2};

use super::clipboard::{Clipboard, Late};
use super::pace::Pace;
use crate::form::Catalog;
use crate::model::clean_name;
use crate::read::SourceKind;
use crate::store::Home;
use crate::ui::app::screen::App;
use crate::ui::command::Command;
use crate::ui::command::account::Receive;
use crate::ui::command::county::Many;
use crate::ui::command::named::Named;
use crate::ui::look::theme;
use crate::ui::shot::manual::manual_picture;

/// What the window opens with.
#[derive(Debug)]
pub enum Opening {
    /// The start screen.
    Start,
    /// This draft, the account of this report, or the county of this folder.
    Draft(PathBuf),
    /// The bundled example.
    Example,
    /// The start screen, after the window before this one panicked at this place in the code.
    AfterPanic(String),
}

/// `App`, with the keys in the order they were pressed and the desktop's clipboard.
pub struct Pane {
    app: App,
    clipboard: Clipboard,
    pace: Pace,
    title: String,
}

impl Pane {
    /// Begins with the settings of this user; `renderer` is told under 关于.
    pub fn new(catalog: Catalog, opening: Opening, ctx: &Context, renderer: &'static str) -> Self {
        theme::install(ctx);
        let mut app = App::new(catalog, Home::of_user());
        app.painted_by(renderer);
        app.illustrated_by(manual_picture);
        app.restore_settings(ctx);
        match opening {
            Opening::Start => app.look_up_recent(ctx),
            Opening::Draft(path) if path.is_dir() => app.run(ctx, Many::Open(path)),
            Opening::Draft(path) if SourceKind::of(&path).is_some() => app.run(ctx, Receive::Files(vec![path])),
            Opening::Draft(path) => app.run(ctx, Command::OpenPath(path)),
            Opening::Example => app.run(ctx, Named::OpenExample),
            Opening::AfterPanic(place) => app.start_after_panic(ctx, &place),
        }
        Self { app, clipboard: Clipboard::default(), pace: Pace::default(), title: String::new() }
    }

    /// Leaves in the input what one frame may have.
    pub fn deal(&mut self, ctx: &Context, input: &mut RawInput) {
        match self.clipboard.deal(ctx, self.app.takes_tables(ctx), &mut input.events) {
            Some(Late::Table) => self.app.pasted_late(),
            Some(Late::Everything) => self.app.pasted_nothing(),
            None => {}
        }
        self.pace.deal(ctx.memory(egui::Memory::focused), &mut input.events);
    }

    /// What a frame does before it is laid out: answers of threads, closing, the title.
    pub fn logic(&mut self, ctx: &Context) {
        #[cfg(debug_assertions)]
        drill();
        self.app.logic(ctx);
        if self.pace.is_holding() {
            ctx.request_repaint();
        }
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        if wants_to_close && !self.app.quits() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.app.run(ctx, Named::Quit);
        }
        let title = self.app.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(clean_name(&title)));
            self.title = title;
        }
    }

    /// Lays the frame out.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.app.ui(ui);
    }
}

/// A fire drill for the tests, in debug builds alone: panics as soon as the file that `GOUJI_PANIC` names stands there.
#[cfg(debug_assertions)]
fn drill() {
    let is_alarm = std::env::var_os("GOUJI_PANIC").is_some_and(|alarm| std::fs::remove_file(alarm).is_ok());
    assert!(!is_alarm, "a drill");
}

/// What lies below everything that is painted.
pub fn background() -> Color32 {
    theme::palette().desk
}

/// Title, size and icon of the window.
pub fn viewport() -> ViewportBuilder {
    ViewportBuilder::default()
        .with_title("勾稽")
        .with_app_id("gouji")
        .with_inner_size(vec2(1366.0, 728.0))
        // A screen of 1366 pixels at 150 % has 910 points; what has no room in the window scrolls.
        .with_min_inner_size(vec2(640.0, 400.0))
        .with_icon(icon())
}

/// eframe and winit ask the clipboard on the window's own thread, for up to four seconds. Only Wayland's they alone can reach.
pub fn takes_clipboard_keys() -> bool {
    std::env::var_os("WAYLAND_DISPLAY").is_some()
}

/// The window's icon; none if the picture cannot be read.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icons/gouji.png")).unwrap_or_default()
}
