//! A picture as simple marks, so that SVG, window and PNG paint the same. Units are those of SVG, from the upper left.

/// How a surface is filled; each can be told from its neighbours in grey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Nearly black.
    Dark,
    /// Middle.
    Middle,
    /// Light.
    Light,
    /// Stripes on white.
    Striped,
    /// White in an edge.
    White,
    /// Dots on white.
    Dotted,
    /// The year that is reported on.
    Accent,
}

impl Fill {
    /// The fill of the series at this place.
    pub fn of(place: usize) -> Self {
        [Self::Dark, Self::Middle, Self::Light, Self::Striped, Self::White, Self::Dotted].get(place % 6).copied().unwrap_or(Self::Dark)
    }

    /// Red, green and blue of the ground, and of words on it.
    pub fn colors(self) -> ([u8; 3], [u8; 3]) {
        match self {
            Self::Dark => ([0x24, 0x3F, 0x5E], [0xFF; 3]),
            Self::Middle => ([0x5E, 0x7F, 0xA6], [0xFF; 3]),
            Self::Light => ([0xA9, 0xBD, 0xD4], INK),
            Self::Accent => ([0x14, 0x56, 0xB8], [0xFF; 3]),
            Self::Striped | Self::White | Self::Dotted => ([0xFF; 3], INK),
        }
    }
}

/// Red, green and blue of words and lines.
pub const INK: [u8; 3] = [0x1F, 0x29, 0x37];

/// Where a word's place is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A rectangle: left, top, width, height.
    Rect([f32; 4], Fill),
    /// White without an edge, under words: left, top, width, height.
    Ground([f32; 4]),
    /// A line from left to right: left, top, width.
    Line([f32; 3]),
    /// Words on their baseline.
    Words {
        /// Left or middle, baseline.
        at: [f32; 2],
        /// The words.
        text: String,
        /// Height of the letters.
        size: f32,
        /// What `at` means.
        anchor: Anchor,
        /// The surface they stand on; none for the ground of the picture.
        on: Option<Fill>,
    },
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The marks, the lower ones first.
    pub marks: Vec<Mark>,
}

impl Picture {
    /// Adds words in plain ink.
    pub(super) fn words(&mut self, at: [f32; 2], text: impl Into<String>, size: f32, anchor: Anchor) {
        self.marks.push(Mark::Words { at, text: text.into(), size, anchor, on: None });
    }

    /// Adds the names of the series with their fills, in rows from this height on; returns the height below.
    pub(super) fn legend<'a>(&mut self, names: impl Iterator<Item = &'a str>, top: f32) -> f32 {
        let (mut left, mut top) = (EDGE, top);
        for (place, name) in names.enumerate() {
            let width = 20.0 + width_of(name, SMALL) + 14.0;
            if left + width > self.width - EDGE {
                (left, top) = (EDGE, top + 18.0);
            }
            self.marks.push(Mark::Rect([left, top, 13.0, 11.0], Fill::of(place)));
            self.words([left + 18.0, top + 10.0], name, SMALL, Anchor::Start);
            left += width;
        }
        top + 22.0
    }
}

/// Room at the edges.
pub(super) const EDGE: f32 = 12.0;

/// Height of small letters.
pub(super) const SMALL: f32 = 12.0;

/// How wide words come out, at most: a Chinese sign is as wide as high, others a little over half.
pub(super) fn width_of(text: &str, size: f32) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.6 * size } else { size }).sum()
}
