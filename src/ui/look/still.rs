//! Pictures without a display: what a frame is given, and its pixels as PNG.

use egui::{Pos2, RawInput, Rect, Vec2, ViewportId};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ShotError {
    /// Too small or too large to be painted.
    #[error("图片尺寸要在 200x200 到 8000x8000 之间，缩放在 0.5 到 4 之间")]
    Size,
    /// The picture could not be written as PNG.
    #[error("写不成 PNG：{0}")]
    Png(#[from] png::EncodingError),
}

/// What a frame of this size is given: nothing is pressed, nothing pointed at.
pub fn input(points: Vec2, zoom: f32) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, points)),
        focused: true,
        max_texture_side: Some(8192),
        ..RawInput::default()
    };
    if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
        viewport.native_pixels_per_point = Some(zoom);
    }
    input
}

/// The pixels as PNG.
pub fn encode(picture: &egui::ColorImage, size: [u16; 2]) -> Result<Vec<u8>, ShotError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size[0].into(), size[1].into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = picture.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}
