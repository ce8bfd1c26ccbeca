//! The window itself: eframe round `App`, and what to say when no window can be opened.

use std::path::PathBuf;

use egui::{ViewportBuilder, ViewportCommand, vec2};

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

/// `App` in a window of the desktop.
struct Window {
    app: App,
    clipboard: Clipboard,
    pace: Pace,
    title: String,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
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

    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        match self.clipboard.deal(ctx, self.app.takes_tables(ctx), &mut input.events) {
            Some(Late::Table) => self.app.pasted_late(),
            Some(Late::Everything) => self.app.pasted_nothing(),
            None => {}
        }
        self.pace.deal(ctx.memory(egui::Memory::focused), &mut input.events);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        theme::palette().desk.to_normalized_gamma_f32()
    }
}

/// A fire drill for the tests, in debug builds alone: panics as soon as the file that `GOUJI_PANIC` names stands there.
#[cfg(debug_assertions)]
fn drill() {
    let is_alarm = std::env::var_os("GOUJI_PANIC").is_some_and(|alarm| std::fs::remove_file(alarm).is_ok());
    assert!(!is_alarm, "a drill");
}

/// What the window opens with.
#[derive(Debug)]
pub enum Opening {
    /// The start screen.
    Start,
    /// This draft, or the account of this report.
    Draft(PathBuf),
    /// The bundled example.
    Example,
    /// The start screen, after the window before this one panicked at this place in the code.
    AfterPanic(String),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// No window could be opened: why, and what to do, in Chinese.
pub fn run(catalog: Catalog, opening: Opening) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_title("勾稽")
        .with_app_id("gouji")
        .with_inner_size(vec2(1366.0, 728.0))
        // A screen of 1366 pixels at 150 % has 910 points; what has no room in the window scrolls.
        .with_min_inner_size(vec2(640.0, 400.0))
        .with_icon(icon());
    // eframe asks the clipboard on the window's own thread, for up to four seconds. Only Wayland's it alone can reach.
    let clipboard_shortcuts = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, clipboard_shortcuts, ..Default::default() };
    let start = Box::new(move |created: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        theme::install(&created.egui_ctx);
        let mut app = App::new(catalog, Home::of_user());
        app.restore_settings(&created.egui_ctx);
        match opening {
            Opening::Start => app.look_up_recent(&created.egui_ctx),
            Opening::Draft(path) if path.is_dir() => app.run(&created.egui_ctx, Many::Open(path)),
            Opening::Draft(path) if SourceKind::of(&path).is_some() => app.run(&created.egui_ctx, Receive::Files(vec![path])),
            Opening::Draft(path) => app.run(&created.egui_ctx, Command::OpenPath(path)),
            Opening::Example => app.run(&created.egui_ctx, Named::OpenExample),
            Opening::AfterPanic(place) => app.start_after_panic(&created.egui_ctx, &place),
        }
        Ok(Box::new(Window { app, clipboard: Clipboard::default(), pace: Pace::default(), title: String::new() }))
    });
    eframe::run_native("gouji", options, start).map_err(|err| no_window(&err))
}

/// The window's icon; none if the picture cannot be read.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icons/gouji.png")).unwrap_or_default()
}

fn no_window(err: &eframe::Error) -> String {
    format!(
        "无法打开窗口。本机可能没有图形桌面，或显卡驱动不支持 OpenGL 2.0（远程桌面、虚拟机里常见）。\n\
         可以这样做：更新显卡驱动；在本机而不是远程桌面里打开；或用命令行完成同样的工作：gouji check 草稿、gouji export 草稿 -o 文件.xlsx。\n\
         原因：{err}"
    )
}
