//! A text chapter laid out like the report: wide lines, the first of a paragraph indented, headings of parts bold.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Galley, Ui};

use crate::ui::look::theme::{bold_font, palette};

/// Size of the letters, in points.
pub const SIZE: f32 = 15.0;
/// From line to line, in points.
const LINE: f32 = 29.0;

/// The text in lines of this width.
pub fn layout(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    // Nothing is a paragraph too: the cursor stands where its first letter will.
    let lines = text.split_inclusive('\n').chain(text.is_empty().then_some(""));
    for line in lines {
        let is_heading = is_heading(line);
        let font_id = if is_heading { bold_font(SIZE) } else { FontId::proportional(SIZE) };
        let format = TextFormat { font_id, color: palette().ink, line_height: Some(LINE), ..TextFormat::default() };
        job.append(line, if is_heading { 0.0 } else { 2.0 * SIZE }, format);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// （二）依申请公开: the heading of a part, alone on its line.
fn is_heading(line: &str) -> bool {
    let number = line.trim_start().strip_prefix('（').and_then(|rest| rest.split_once('）'));
    let is_numbered = number.is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c)));
    is_numbered && !line.contains(['。', '，', '；']) && line.chars().count() <= 30
}
