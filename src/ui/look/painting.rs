//! The picture of a window that the processor paints: brought up to each frame, painting no more than what changed.

use egui::{Color32, ColorImage, Context, FullOutput};

use super::damage::Standing;
use super::raster::{Area, Raster};

/// The picture, and what it was painted from. Nothing at first.
#[derive(Default)]
pub struct Painting {
    raster: Raster,
    standing: Standing,
    image: ColorImage,
    background: Color32,
}

impl Painting {
    /// Brings the picture up to this frame, `size` its width and height in pixels; `background` lies below. Returns where it changed.
    pub fn paint(&mut self, ctx: &Context, mut output: FullOutput, size: [usize; 2], background: Color32) -> Vec<Area> {
        if self.image.size != size || self.background != background {
            self.image = ColorImage::filled(size, background);
            self.background = background;
            self.standing = Standing::default();
        }
        let changed = self.standing.replace(output.shapes, &output.textures_delta, size, output.pixels_per_point);
        self.raster.update(&mut output.textures_delta);
        let primitives = ctx.tessellate(self.standing.within(&changed), output.pixels_per_point);
        for area in &changed {
            area.wipe(&mut self.image, self.background);
            self.raster.paint_on(&mut self.image, &primitives, output.pixels_per_point, area);
        }
        changed
    }

    /// The picture as it stands.
    pub fn image(&self) -> &ColorImage {
        &self.image
    }
}
