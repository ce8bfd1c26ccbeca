//! A laid-out page as XML; what belongs to the paper rather than to the report lies in the layer behind it.

use super::object::{Objects, outline};
use super::picture;
use super::spell::{OFD, mms};
use crate::export::paper::{Page, RULE};
use crate::export::pdf::{Glyph, Line, Mark, PALE, Sheet, WATERMARK_SIZE, Words};

/// How large the paper is.
pub(super) fn physical_box(page: &Page) -> String {
    format!("<ofd:PhysicalBox>{}</ofd:PhysicalBox>", mms(&[0.0, 0.0, page.width, page.height]))
}

/// Black, as a filling.
const BLACK: [u8; 3] = [0; 3];

/// The page.
pub(super) fn page(objects: &mut Objects<'_>, sheet: &Sheet) -> String {
    let (behind, body) = (objects.id(), objects.id());
    let pictures: Vec<String> = sheet.pictures.iter().map(|drawing| picture::paint(objects, drawing)).collect();
    let furniture: String = sheet.furniture.iter().map(|mark| self::mark(objects, mark, sheet)).chain(pictures).collect();
    let marks: String = sheet.marks.iter().map(|mark| self::mark(objects, mark, sheet)).collect();
    format!(
        "<ofd:Page {OFD}><ofd:Area>{}</ofd:Area><ofd:Content><ofd:Layer ID=\"{behind}\" Type=\"Background\">{furniture}</ofd:Layer>\
         <ofd:Layer ID=\"{body}\" Type=\"Body\">{marks}</ofd:Layer></ofd:Content></ofd:Page>",
        physical_box(&sheet.page)
    )
}

fn mark(objects: &mut Objects<'_>, mark: &Mark, sheet: &Sheet) -> String {
    match mark {
        Mark::Text { x, baseline, size, line } => objects.line(&Words { at: (*x, *baseline), size: *size, ink: BLACK, line: line.clone() }),
        Mark::Frame { x, y, width, height } => {
            let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
            objects.path(&outline(corners, RULE), &[&corners], (true, RULE, BLACK), None)
        }
        Mark::Watermark(line) => watermark(objects, line, &sheet.page),
    }
}

/// Large pale words across the page, turned about its middle.
fn watermark(objects: &mut Objects<'_>, line: &Line, page: &Page) -> String {
    let (x, y) = (page.width / 2.0, page.height / 2.0);
    let part = std::f64::consts::FRAC_1_SQRT_2;
    let turned = format!("{part:.6} -{part:.6} {part:.6} {part:.6} {}", mms(&[x - part * (x + y), y + part * (x - y)]));
    let area = format!("Boundary=\"{}\" CTM=\"{turned}\"", mms(&[0.0, 0.0, page.width, page.height]));
    let start = (x - line.width() / 2.0, y + WATERMARK_SIZE * 0.36);
    let chars: Vec<(char, Glyph)> = line.text.chars().zip(line.glyphs.iter().copied()).collect();
    objects.run(&area, start, WATERMARK_SIZE, &chars, [PALE; 3])
}
