//! Lines of text and paths as objects of a page. Millimetres from the upper left corner.

use super::fonts::Embedded;
use super::spell::{color, fill, mm, mms};
use crate::export::markup::escaped;
use crate::export::pdf::{Fonts, Glyph, Words};

/// The objects being written: each of the file has a number of its own.
pub(super) struct Objects<'a> {
    pub(super) fonts: Embedded<'a>,
    pub(super) all: &'a Fonts,
    /// Ids of pages come after those that fonts may take.
    first_page: usize,
    next_id: usize,
}

impl<'a> Objects<'a> {
    pub(super) fn new(num_pages: usize, all: &'a Fonts) -> Self {
        let first_page = Embedded::id(all.num_faces());
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

    /// A line of text, a run of one font after the other.
    pub(super) fn line(&mut self, words: &Words) -> String {
        let &Words { at: (mut x, baseline), size, ink, ref line } = words;
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

    /// Characters of one font, beginning here in the object's area.
    pub(super) fn run(&mut self, area: &str, start: (f64, f64), size: f64, run: &[(char, Glyph)], ink: [u8; 3]) -> String {
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

    /// Lines through these points, clipped to an area; closed, as thick and of the colour said; filled with another.
    pub(super) fn path(
        &mut self,
        area: &[f64; 4],
        lines: &[&[(f64, f64)]],
        (is_closed, width, ink): (bool, f64, [u8; 3]),
        ground: Option<[u8; 3]>,
    ) -> String {
        let id = self.id();
        let step =
            |(place, (x, y)): (usize, &(f64, f64))| format!("{} {} ", if place == 0 { "M" } else { "L" }, mms(&[x - area[0], y - area[1]]));
        let end = if is_closed { "C " } else { "" };
        let data: String = lines.iter().map(|line| line.iter().enumerate().map(step).chain([end.to_owned()]).collect::<String>()).collect();
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
