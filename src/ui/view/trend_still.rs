//! The trend of several years as one picture.

use egui::{CentralPanel, Color32, Context, Frame, RichText, vec2};

use super::trend::{GAP, LINE, chart_ui};
use crate::export::trend::{Chart, draw};
use crate::ui::look::raster::Raster;
use crate::ui::look::still::{ShotError, encode, input};
use crate::ui::look::theme;

/// Pixels a point: fine enough for paper at the size the charts have on a page.
const ZOOM: f32 = 2.0;

/// Room at the edges, in points.
const EDGE: f32 = 20.0;

/// Room for the words below a picture.
const WORDS: f32 = 150.0;

/// Frames until the fonts are there.
const FRAMES: usize = 3;

/// The charts below each other as PNG, under this title.
///
/// # Errors
/// So many years are wider than a picture may be.
pub fn trend_png(title: &str, charts: &[Chart]) -> Result<Vec<u8>, ShotError> {
    let pictures = || charts.iter().map(draw);
    let width = pictures().map(|picture| picture.width).fold(480.0, f32::max) + 2.0 * EDGE;
    let height = pictures().map(|picture| picture.height + LINE + GAP + WORDS).sum::<f32>() + 40.0 + 2.0 * EDGE;
    let points = vec2(width, height);
    let size = [pixels(width)?, pixels(height)?];
    let ctx = Context::default();
    theme::install(&ctx);
    theme::set_look(&ctx, theme::Look::Light);
    let mut raster = Raster::default();
    let mut picture = None;
    for _frame in 0..FRAMES {
        let mut output = ctx.run_ui(input(points, ZOOM), |ui| {
            CentralPanel::default().frame(Frame::new().fill(Color32::WHITE).inner_margin(EDGE)).show(ui, |ui| {
                ui.label(RichText::new(title).font(theme::bold_font(18.0)).color(Color32::BLACK));
                ui.add_space(8.0);
                for chart in charts {
                    chart_ui(ui, chart);
                }
            });
        });
        raster.update(&mut output.textures_delta);
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        picture = Some(raster.paint(&primitives, output.pixels_per_point, size.map(usize::from), Color32::WHITE));
    }
    encode(&picture.unwrap_or_default(), size)
}

/// Pixels for so many points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to 8000 before")]
fn pixels(points: f32) -> Result<u16, ShotError> {
    let pixels = (points * ZOOM).ceil();
    if (200.0..=8000.0).contains(&pixels) { Ok(pixels as u16) } else { Err(ShotError::Size) }
}
