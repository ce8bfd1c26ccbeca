//! Fonts, rules and number formats. Sizes after GB/T 9704 and the tables offices publish; the notices prescribe none.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::export::sheet::{Align, Content, Field, Item, Layout, Orientation, Sheet};
use crate::model::{Entry, Kind};

/// 五号, for upright tables and lists.
const SIZE_FIVE: f64 = 10.5;
/// 小五, for sideways tables.
const SIZE_SMALL_FIVE: f64 = 9.0;
/// 小四, for running text.
const SIZE_SMALL_FOUR: f64 = 12.0;
/// 三号, for titles.
pub const SIZE_THREE: f64 = 16.0;

/// Tables with no more rows than this have room to spare on their page.
const FEW_ROWS: usize = 20;

/// Row and column sizes that go with the default font, in pixels.
pub const DEFAULT_ROW_PIXELS: u32 = 18;
/// The same for columns.
pub const DEFAULT_COLUMN_PIXELS: u32 = 72;

/// Light grey behind printed words.
const SHADE: u32 = 0x00F2_F2F2;
/// Pale red behind lines that do not balance.
const ALARM: u32 = 0x00FA_DBD8;

/// Height of a line of CJK text, over the font size.
const LINE: f64 = 1.45;

/// Font size of a sheet's items, in points.
pub fn size(sheet: &Sheet) -> f64 {
    match (sheet.layout, sheet.orientation) {
        (Layout::Prose, _) => SIZE_SMALL_FOUR,
        (Layout::Table | Layout::List | Layout::Record, Orientation::Landscape) => SIZE_SMALL_FIVE,
        _ => SIZE_FIVE,
    }
}

/// Height of a row with so many lines, in points; Excel takes no more than 409.
pub fn row_height(sheet: &Sheet, lines: f64) -> f64 {
    let room = if sheet.layout == Layout::Table && sheet.num_rows <= FEW_ROWS { 10.0 } else { 4.0 };
    (lines * size(sheet) * LINE + room).min(409.0)
}

/// What cells without a look of their own have: the default of Chinese editions.
pub fn default() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11)
}

/// The title above the grid.
pub fn title() -> Format {
    let format = Format::new().set_font_name("黑体").set_font_size(SIZE_THREE).set_text_wrap();
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// Words of the running check, which stands outside the printed form.
pub fn check(sheet: &Sheet) -> Format {
    plain(sheet).set_font_color(0x0059_5959).set_align(FormatAlign::Center).set_text_wrap()
}

/// Laid over lines that do not balance; the running check says so in words.
pub fn alarm() -> Format {
    Format::new().set_background_color(ALARM).set_bold()
}

/// How an item looks.
pub fn item(sheet: &Sheet, item: &Item) -> Format {
    let mut format = plain(sheet).set_text_wrap();
    format = match item.align {
        Align::Center => format.set_align(FormatAlign::Center),
        Align::Left if sheet.layout == Layout::Prose => format.set_align(FormatAlign::Left),
        Align::Left => format.set_align(FormatAlign::Left).set_indent(1),
    };
    if sheet.layout != Layout::Prose {
        format = format.set_border(FormatBorder::Thin);
    }
    match &item.content {
        Content::Head(_) => format.set_background_color(SHADE),
        Content::Heading(1, _) => format.set_font_name("黑体"),
        Content::Heading(..) => format.set_font_name("楷体"),
        Content::Paragraph(_) => text(format).set_font_name("仿宋").set_align(FormatAlign::Top),
        Content::Text(_) => text(format),
        Content::Figure(_) => format.set_unlocked(),
        Content::Field(field) => field_format(format, field),
    }
}

/// A field that a formula fills: it follows its summands and is not typed over by accident.
pub fn formula(sheet: &Sheet, total: &Item) -> Format {
    item(sheet, total).set_locked()
}

fn field_format(format: Format, field: &Field) -> Format {
    let format = format.set_unlocked();
    match (&field.entry, field.kind) {
        (Entry::Unread { .. }, _) => format.set_num_format("@").set_quote_prefix(),
        (_, Kind::Count | Kind::Change) => format.set_num_format("0"),
        (_, Kind::Money(_)) if field.unit.is_empty() => format,
        (_, Kind::Money(_)) => format.set_num_format(format!("General\"{}\"", field.unit)),
    }
}

/// Stays text even when someone presses Enter in it.
fn text(format: Format) -> Format {
    format.set_num_format("@").set_quote_prefix().set_unlocked()
}

fn plain(sheet: &Sheet) -> Format {
    Format::new().set_font_name("宋体").set_font_size(size(sheet)).set_align(FormatAlign::VerticalCenter)
}
