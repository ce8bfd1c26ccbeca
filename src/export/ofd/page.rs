//! A laid-out page as XML. Millimetres from the upper left corner; what belongs to the paper rather than to the report lies in
//! the layer behind it.

use super::OFD;
use super::fonts::Embedded;
use super::picture;
use crate::export::markup::escaped;
use crate::export::paper::{Page, RULE};
use crate::export::pdf::{Fonts, Glyph, Line, Mark, PALE, Sheet, WATERMARK_SIZE};

/// Points as millimetres, to a tenth of a thousandth.
pub(super) fn mm(points: f64) -> String {
    let text = format!("{:.4}", points * 25.4 / 72.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Several lengths as one value.
pub(super) fn mms(points: &[f64]) -> String {
    points.iter().map(|points| mm(*points)).collect::<Vec<_>>().join(" ")
}

/// How large the paper is.
pub(super) fn physical_box(page: &Page) -> String {
    format!("<ofd:PhysicalBox>{}</ofd:PhysicalBox>", mms(&[0.0, 0.0, page.width, page.height]))
}

/// Black, as a filling.
pub(super) const BLACK: [u8; 3] = [0; 3];

/// The pages being written: every object of the file has a number of its own.
pub(super) struct Pages<'a> {
    pub(super) fonts: Embedded<'a>,
    pub(super) all: &'a Fonts,
    /// Ids of pages come after those that fonts may take.
    first_page: usize,
    next_id: usize,
}

impl<'a> Pages<'a> {
    pub(super) fn new(num_pages: usize, all: &'a Fonts) -> Self {
        let first_page = Embedded::id(all.len());
        Self { fonts: Embedded::new(all), all, first_page, next_id: first_page + num_pages }
    }

    pub(super) fn page_id(&self, place: usize) -> usize {
        self.first_page + place
    }

    /// The highest number that was given.
    pub(super) fn last_id(&self) -> usize {
        self.next_id - 1
    }

    pub(super) fn id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id - 1
    }

    /// The page.
    pub(super) fn page(&mut self, sheet: &Sheet) -> String {
        let (behind, body) = (self.id(), self.id());
        let mut text = format!("<ofd:Page {OFD}><ofd:Area>{}</ofd:Area><ofd:Content>", physical_box(&sheet.page));
        text += &format!("<ofd:Layer ID=\"{behind}\" Type=\"Background\">");
        text.extend(sheet.furniture.iter().map(|mark| self.mark(mark, sheet)));
        text.extend(sheet.pictures.iter().map(|drawing| picture::paint(self, drawing)));
        text += &format!("</ofd:Layer><ofd:Layer ID=\"{body}\" Type=\"Body\">");
        text.extend(sheet.marks.iter().map(|mark| self.mark(mark, sheet)));
        text + "</ofd:Layer></ofd:Content></ofd:Page>"
    }

    fn mark(&mut self, mark: &Mark, sheet: &Sheet) -> String {
        match mark {
            Mark::Text { x, baseline, size, line } => self.line((*x, *baseline), *size, line, BLACK),
            Mark::Frame { x, y, width, height } => {
                let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
                self.path(&outline(corners, RULE), &[&corners], (true, RULE, BLACK), None)
            }
            Mark::Watermark(line) => self.watermark(line, &sheet.page),
        }
    }

    /// A line of text, a run of one font after the other.
    pub(super) fn line(&mut self, (mut x, baseline): (f64, f64), size: f64, line: &Line, ink: [u8; 3]) -> String {
        let chars: Vec<(char, Glyph)> = line.text.chars().zip(line.glyphs.iter().copied()).collect();
        let mut text = String::new();
        for run in chars.chunk_by(|(_, one), (_, next)| one.face == next.face) {
            let width: f64 = run.iter().map(|(_, glyph)| glyph.advance).sum();
            let area = format!("Boundary=\"{}\"", mms(&[x, baseline - size, width, size * 1.4]));
            text += &self.run(&area, (0.0, size), size, run, ink);
            x += width;
        }
        text
    }

    fn run(&mut self, area: &str, start: (f64, f64), size: f64, run: &[(char, Glyph)], ink: [u8; 3]) -> String {
        let Some((_, first)) = run.first() else { return String::new() };
        let (id, font, num_chars) = (self.id(), Embedded::id(first.face), run.len());
        let glyphs: Vec<String> = run.iter().map(|(c, glyph)| self.fonts.glyph(*c, *glyph).to_string()).collect();
        let steps: Vec<f64> = run.iter().take(num_chars - 1).map(|(_, glyph)| glyph.advance).collect();
        let steps = if steps.is_empty() { String::new() } else { format!(" DeltaX=\"{}\"", mms(&steps)) };
        let words: String = run.iter().map(|(c, _)| *c).collect();
        format!(
            "<ofd:TextObject ID=\"{id}\" {area} Font=\"{font}\" Size=\"{}\">{}<ofd:CGTransform CodePosition=\"0\" CodeCount=\"{num_chars}\" \
             GlyphCount=\"{num_chars}\"><ofd:Glyphs>{}</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X=\"{}\" Y=\"{}\"{steps}>{}</ofd:TextCode></ofd:TextObject>",
            mm(size),
            fill(ink),
            glyphs.join(" "),
            mm(start.0),
            mm(start.1),
            escaped(&words)
        )
    }

    /// Large pale words across the page, turned about its middle.
    fn watermark(&mut self, line: &Line, page: &Page) -> String {
        let (x, y) = (page.width / 2.0, page.height / 2.0);
        let part = std::f64::consts::FRAC_1_SQRT_2;
        let turned = format!("{part:.6} -{part:.6} {part:.6} {part:.6} {}", mms(&[x - part * (x + y), y + part * (x - y)]));
        let area = format!("Boundary=\"{}\" CTM=\"{turned}\"", mms(&[0.0, 0.0, page.width, page.height]));
        let start = (x - line.width() / 2.0, y + WATERMARK_SIZE * 0.36);
        let chars: Vec<(char, Glyph)> = line.text.chars().zip(line.glyphs.iter().copied()).collect();
        self.run(&area, start, WATERMARK_SIZE, &chars, [PALE; 3])
    }

    /// Lines through these points, clipped to an area; closed, as thick and of the colour said; filled with another.
    pub(super) fn path(
        &mut self,
        area: &[f64; 4],
        lines: &[&[(f64, f64)]],
        (is_closed, width, ink): (bool, f64, [u8; 3]),
        ground: Option<[u8; 3]>,
    ) -> String {
        let id = self.id();
        let mut data = String::new();
        for line in lines {
            for (place, (x, y)) in line.iter().enumerate() {
                data += &format!("{} {} ", if place == 0 { "M" } else { "L" }, mms(&[x - area[0], y - area[1]]));
            }
            data += if is_closed { "C " } else { "" };
        }
        let (is_filled, is_drawn) = (ground.is_some(), width > 0.0);
        format!(
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{}\" LineWidth=\"{}\" Stroke=\"{is_drawn}\" Fill=\"{is_filled}\">{}\
             <ofd:StrokeColor Value=\"{}\"/><ofd:AbbreviatedData>{}</ofd:AbbreviatedData></ofd:PathObject>",
            mms(area),
            mm(width),
            ground.map(fill).unwrap_or_default(),
            color(ink),
            data.trim_end()
        )
    }
}

/// The area of a rectangle with the line round it: left, top, width, height.
pub(super) fn outline(corners: [(f64, f64); 4], width: f64) -> [f64; 4] {
    let [(left, top), _, (right, bottom), _] = corners;
    [left - width / 2.0, top - width / 2.0, right - left + width, bottom - top + width]
}

fn color([red, green, blue]: [u8; 3]) -> String {
    format!("{red} {green} {blue}")
}

fn fill(ink: [u8; 3]) -> String {
    format!("<ofd:FillColor Value=\"{}\"/>", color(ink))
}
