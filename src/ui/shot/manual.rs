//! The pictures of the manual, painted from the example of the current form.

use egui::{Color32, ColorImage};

use super::picture::{Scene, painted};
use super::submitted::submitted;
use crate::export::sheet::Screen;
use crate::form::Catalog;
use crate::manual::Picture;
use crate::store::{self, Home};
use crate::ui::app::screen::App;
use crate::ui::look::still::encode;
use crate::ui::look::theme;

/// Width and height of the pictures, in pixels and points: room for the chapters, the table and what is found beside it.
const SIZE: [u16; 2] = [1200, 720];

/// The picture; nothing where it names a report, a screen or a cell that there is not, which a test keeps from happening.
pub fn manual_picture(catalog: &Catalog, picture: &Picture) -> Option<ColorImage> {
    let (form, draft) = store::example(catalog, store::Example::Current).ok()?;
    let focus = match &picture.focus {
        Some(key) => Some(form.cell_by_key(key)?),
        None => None,
    };
    let scene = Scene::parse(&picture.screen)?;
    let draft = match &*picture.of {
        "" => draft,
        "blank" => form.draft("某县林业局".to_owned(), draft.year),
        "submitted" => submitted(&form, draft)?,
        _ => return None,
    };
    let mut app = App::new(catalog.clone(), Home::of_user());
    app.show(form, draft, None);
    painted(app, scene, focus, theme::Look::Light, SIZE, 1.0).ok()
}

/// The same for paper.
pub fn manual_screen(catalog: &Catalog, picture: &Picture) -> Option<Screen> {
    let pixels = manual_picture(catalog, picture)?.pixels;
    let [width, height] = SIZE;
    Some(Screen { width, height, rgba: pixels.iter().flat_map(Color32::to_array).collect() })
}

/// The same as PNG.
pub fn manual_png(catalog: &Catalog, picture: &Picture) -> Option<Vec<u8>> {
    encode(&manual_picture(catalog, picture)?, SIZE).ok()
}
