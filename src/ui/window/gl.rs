//! The window painted by the graphics card, through OpenGL: eframe's.

use egui::{Context, RawInput, Ui};

use super::pane::{self, Opening, Pane};
use crate::form::Catalog;

impl eframe::App for Pane {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.deal(ctx, input);
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        pane::background().to_normalized_gamma_f32()
    }
}

/// Opens the window and returns when it is closed.
pub fn run(catalog: Catalog, opening: Opening) -> Result<(), eframe::Error> {
    let options = eframe::NativeOptions {
        viewport: pane::viewport(),
        renderer: eframe::Renderer::Glow,
        clipboard_shortcuts: pane::takes_clipboard_keys(),
        ..Default::default()
    };
    let start = move |created: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(Pane::new(catalog, opening, &created.egui_ctx, "显卡（OpenGL）")))
    };
    eframe::run_native("gouji", options, Box::new(start))
}
