//! The page as GB/T 9704-2012 has it, and a denser one for the file, for the writers that print on paper: sizes in points
//! (1/72 inch).

use super::sheet::{Block, Book, Layout, Orientation, Paper, Sheet};

/// Points to a millimetre.
const MM: f64 = 72.0 / 25.4;

/// A4.
const SHORT_EDGE: f64 = 210.0 * MM;
const LONG_EDGE: f64 = 297.0 * MM;

/// 四号, page numbers.
pub const SIZE_FOUR: f64 = 14.0;
/// 五号, tables.
pub const SIZE_FIVE: f64 = 10.5;
/// 小五, tables with many columns.
pub const SIZE_SMALL_FIVE: f64 = 9.0;

/// Sizes and distances of running text.
#[derive(Debug)]
pub struct Measures {
    /// Size of the title.
    pub title: f64,
    /// Distance of the lines of the title.
    pub title_line: f64,
    /// Size of body text and headings.
    pub text: f64,
    /// Distance of the lines of body text.
    pub line: f64,
    /// Characters to a line of body text.
    pub chars_a_line: f64,
    /// Free above, at the right, below, at the left.
    margins: [f64; 4],
}

/// 二号 and 三号; 22 lines of 28 characters to a page, type area 156 mm by 225 mm.
const OFFICIAL: Measures = Measures {
    title: 22.0,
    title_line: 36.0,
    text: 16.0,
    line: 28.95,
    chars_a_line: 28.0,
    margins: [37.0 * MM, 26.0 * MM, 35.0 * MM, 28.0 * MM],
};

/// 三号 and 五号.
const ANNEX: Measures = Measures {
    title: 16.0,
    title_line: 22.0,
    text: SIZE_FIVE,
    line: 18.0,
    chars_a_line: 45.0,
    margins: [20.0 * MM, 20.0 * MM, 22.0 * MM, 20.0 * MM],
};

/// How the book is set.
pub fn measures(book: &Book) -> &'static Measures {
    match book.paper {
        Paper::Official => &OFFICIAL,
        Paper::Annex => &ANNEX,
    }
}

/// Free space at each side of a cell: so much that heads of four characters in narrow columns break in the middle.
pub const CELL_PADDING: f64 = 2.4;
/// Thickness of the rules.
pub const RULE: f64 = 0.5;

/// A table with more columns than this is set in the smaller size.
const MAX_LARGE_COLS: usize = 6;
/// A table with more rows than this has lower rows, so that it stays on one page.
const MAX_HIGH_ROWS: usize = 20;

/// A page: paper and margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// How it lies.
    pub orientation: Orientation,
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Free above.
    pub top: f64,
    /// Free below.
    pub bottom: f64,
    /// Free at the left.
    pub left: f64,
    /// Free at the right.
    pub right: f64,
}

impl Page {
    /// The page; sideways the same sheet turned round.
    pub fn new(orientation: Orientation, measures: &Measures) -> Self {
        let [top, right, bottom, left] = measures.margins;
        match orientation {
            Orientation::Portrait => Self { orientation, width: SHORT_EDGE, height: LONG_EDGE, top, bottom, left, right },
            Orientation::Landscape => {
                Self { orientation, width: LONG_EDGE, height: SHORT_EDGE, top: left, bottom: right, left: bottom, right: top }
            }
        }
    }

    /// Width of the type area.
    pub fn text_width(&self) -> f64 {
        self.width - self.left - self.right
    }

    /// Height of the type area.
    pub fn text_height(&self) -> f64 {
        self.height - self.top - self.bottom
    }
}

/// A stretch of blocks on paper that lies the same way.
#[derive(Debug)]
pub struct Section<'a> {
    /// Its pages.
    pub page: Page,
    /// Its blocks.
    pub blocks: Vec<&'a Block>,
}

/// The flow cut where the paper turns round. A heading goes with the table right below it.
pub fn sections(book: &Book) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let measures = measures(book);
    for (place, block) in book.flow.iter().enumerate() {
        let table = match (block, book.flow.get(place + 1)) {
            (Block::Table(table), _) | (Block::Heading(..), Some(Block::Table(table))) => book.sheets.get(*table),
            _ => None,
        };
        let orientation = table.map_or(Orientation::Portrait, |sheet| lies(sheet, measures));
        match sections.last_mut() {
            Some(section) if section.page.orientation == orientation => section.blocks.push(block),
            _ => sections.push(Section { page: Page::new(orientation, measures), blocks: vec![block] }),
        }
    }
    sections
}

/// Upright, unless a figure would not fit its column there.
fn lies(sheet: &Sheet, measures: &Measures) -> Orientation {
    let widths = column_widths(sheet, Page::new(Orientation::Portrait, measures).text_width());
    let fits = |item: &super::sheet::Item| {
        let room: f64 = widths.iter().skip(item.at.1).take(item.span.1).sum();
        longest_word(&item.content.words()) * size(sheet) <= room - 2.0 * CELL_PADDING
    };
    if sheet.items.iter().all(fits) { Orientation::Portrait } else { Orientation::Landscape }
}

/// Width of the longest run of digits and Latin letters, in units of the font size. Anything else can be broken anywhere.
/// A run longer than any figure is taken for text that will have to be broken wherever it stands.
fn longest_word(text: &str) -> f64 {
    const LONGEST_FIGURE: usize = 20;
    let words = text.split(|c: char| !c.is_ascii_graphic()).map(|word| word.chars().count()).filter(|length| *length <= LONGEST_FIGURE);
    words.max().map_or(0.0, |length| f64::from(u32::try_from(length).unwrap_or(u32::MAX)) * DIGIT)
}

/// Width of a digit in units of the font size, with a little room: 0.5 in 宋体 and 仿宋, 0.555 in the embedded font.
const DIGIT: f64 = 0.56;

/// Font size of a table.
pub fn size(sheet: &Sheet) -> f64 {
    let is_small = sheet.widths.len() > MAX_LARGE_COLS || sheet.layout != Layout::Table;
    if is_small { SIZE_SMALL_FIVE } else { SIZE_FIVE }
}

/// Least height of a row.
pub fn row_height(sheet: &Sheet) -> f64 {
    match sheet.layout {
        Layout::List | Layout::Cover => 13.5,
        _ if sheet.num_rows > MAX_HIGH_ROWS => 19.0,
        _ => 24.0,
    }
}

/// Widths of the columns that fill the given width.
pub fn column_widths(sheet: &Sheet, width: f64) -> Vec<f64> {
    let all: f64 = sheet.widths.iter().map(|width| f64::from(*width)).sum();
    sheet.widths.iter().map(|share| width * f64::from(*share) / all.max(1.0)).collect()
}
