//! Text broken into lines as Chinese is set: never a closing sign at the beginning of a line, never an opening one at its
//! end, figures and Latin words whole; a long address of the net is broken behind its signs.

use super::fonts::{Fonts, Glyph, Style, shown};

/// Signs that no line begins with.
const CLOSING: &str = "，。、；：？！）》】〉〕」』”’…—％%℃·,.;:?!)]}";
/// Signs that no line ends with.
const OPENING: &str = "（《【〈〔「『“‘([{￥$";

/// Room between the characters of a spread line at most, in widths of the line: a third of a character.
const WIDEST_GAP: f64 = 0.012;
/// A run of Latin signs of this length is an address, or the like: it may be broken.
const LONG_WORD: usize = 21;

/// A line of text with the glyph of each character.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The characters.
    pub text: String,
    /// The glyph of each, with how far it moves on in points.
    pub glyphs: Vec<Glyph>,
    /// The text goes on in the next line without a break of its own.
    pub goes_on: bool,
}

impl Line {
    /// How long it is.
    pub fn width(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// Spread over a width by moving its characters apart; a short one, before a word that did not fit, stays as it is.
    pub fn spread(&mut self, width: f64) {
        let gaps = self.glyphs.len().saturating_sub(1);
        let each = (width - self.width()) / f64::from(u32::try_from(gaps.max(1)).unwrap_or(u32::MAX));
        if each > width * WIDEST_GAP {
            return;
        }
        for glyph in self.glyphs.iter_mut().take(gaps) {
            glyph.advance += each;
        }
    }
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The fonts there are.
    pub fonts: &'a Fonts,
    /// What the text is.
    pub style: Style,
    /// Size of the font in points.
    pub size: f64,
    /// Added to every character, in points.
    pub tracking: f64,
    /// Width of the lines in points.
    pub width: f64,
    /// Free at the beginning of the first line, in points.
    pub indent: f64,
}

/// The text in lines. Every text has at least one.
pub fn lines(text: &str, setting: Setting<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in shown(text).split('\n') {
        break_up(paragraph, setting, &mut lines);
    }
    lines
}

/// The same lines of more even length: two of like length read better than a full one and a stump.
pub fn even_lines(text: &str, setting: Setting<'_>) -> Vec<Line> {
    let full = lines(text, setting);
    if full.len() < 2 {
        return full;
    }
    let all: f64 = full.iter().map(Line::width).sum();
    let share = all / f64::from(u32::try_from(full.len()).unwrap_or(u32::MAX));
    let even = lines(text, Setting { width: setting.width.min(share + setting.size * 0.5), ..setting });
    if even.len() == full.len() { even } else { full }
}

fn break_up(paragraph: &str, setting: Setting<'_>, lines: &mut Vec<Line>) {
    // Whether there is a glyph was seen before; a blank has the first one, which is never drawn.
    let none = Glyph { face: 0, id: 0, advance: 1.0 };
    let glyph = |c: char| {
        let glyph = setting.fonts.glyph(setting.style, c).unwrap_or(none);
        (c, Glyph { advance: glyph.advance * setting.size + setting.tracking, ..glyph })
    };
    let chars: Vec<(char, Glyph)> = paragraph.chars().map(glyph).collect();
    let mut rest = chars.as_slice();
    let mut indent = if lines.is_empty() { setting.indent } else { 0.0 };
    loop {
        let fits = fitting(rest, setting.width - indent);
        let (line, left) = rest.split_at(if fits == rest.len() { fits } else { good_break(rest, fits) });
        lines.push(Line {
            text: line.iter().map(|(c, _)| *c).collect(),
            glyphs: line.iter().map(|(_, glyph)| *glyph).collect(),
            goes_on: !left.is_empty(),
        });
        if left.is_empty() {
            return;
        }
        (rest, indent) = (left, 0.0);
    }
}

/// How many characters fit, at least one if there is one.
fn fitting(chars: &[(char, Glyph)], width: f64) -> usize {
    // Rounding must not push the last of exactly so many characters to the next line.
    const TRIFLE: f64 = 0.01;
    let mut used = 0.0;
    let fit = chars.iter().take_while(|(_, glyph)| {
        used += glyph.advance;
        used <= width + TRIFLE
    });
    fit.count().max(1).min(chars.len())
}

/// The last place at or before `most` where the line may end: within a long address behind one of its signs, else between words;
/// `most` itself if there is none.
fn good_break(chars: &[(char, Glyph)], most: usize) -> usize {
    let at = |place: usize| chars.get(place).map_or(' ', |(c, _)| *c);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-' | '/' | '_');
    let is_good = |place: usize| {
        let (last, next) = (at(place - 1), at(place));
        !(CLOSING.contains(next) || OPENING.contains(last) || is_word(last) && is_word(next))
    };
    let within = address_around(chars, most);
    let is_behind_sign = |place: &usize| "/-_.@?&=:".contains(at(*place - 1)) && at(*place).is_ascii_alphanumeric();
    let in_address = (within.start + 1..=most.min(within.end)).rev().find(is_behind_sign);
    in_address.or_else(|| (1..=most).rev().find(|place| is_good(*place))).unwrap_or(most)
}

/// The run of Latin signs over this place, if it is long and no figure.
fn address_around(chars: &[(char, Glyph)], place: usize) -> std::ops::Range<usize> {
    let is_latin = |(c, _): &&(char, Glyph)| c.is_ascii_graphic();
    let start = place - chars.iter().take(place).rev().take_while(is_latin).count();
    let end = place + chars.iter().skip(place).take_while(is_latin).count();
    let has_letters = chars.iter().take(end).skip(start).any(|(c, _)| c.is_ascii_alphabetic());
    if end - start >= LONG_WORD && has_letters { start..end } else { place..place }
}
