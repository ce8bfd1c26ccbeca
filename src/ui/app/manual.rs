//! Help that comes with the program: the manual with its pictures, and the examples.

use egui::{Context, TextureOptions};

use super::screen::App;
use crate::manual::{Block, pages};
use crate::store::{self, Example, Opened};
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::manual::ManualForm;

impl App {
    /// Opens the manual; its pictures follow as they are painted.
    pub(super) fn open_manual(&mut self, ctx: &Context) {
        self.dialog = Some(Dialog::Manual(ManualForm::new()));
        let Some(paint) = self.painter else { return };
        let catalog = self.catalog.clone();
        let job = move |teller: &super::jobs::Teller<Self>| {
            for (at, page) in pages().iter().enumerate() {
                for (place, block) in page.blocks.iter().enumerate() {
                    let Block::Picture(picture) = block else { continue };
                    let Some(image) = paint(&catalog, picture) else { continue };
                    teller.tell(move |app: &mut Self, ctx| {
                        let texture = ctx.load_texture(format!("manual {at} {place}"), image, TextureOptions::LINEAR);
                        // It may have been closed meanwhile.
                        if let Some(Dialog::Manual(form)) = &mut app.dialog {
                            form.show((at, place), texture);
                        }
                    });
                }
            }
        };
        self.jobs.start(ctx, job, |_, _, ()| {});
    }

    /// Opens an example; there is no file behind it.
    pub(super) fn open_example(&mut self, ctx: &Context, which: Example) {
        match store::example(&self.catalog, which) {
            Ok((form, draft)) => self.open(ctx, Opened::without_file(&self.home, form, draft)),
            Err(err) => self.fail(err.to_string()),
        }
    }
}
