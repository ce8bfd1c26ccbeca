//! A book as an Excel workbook.
//!
//! Totals that equal their summands become formulas with cached values; any other total is the number that was typed, with
//! a note, never silently replaced; a blank stays blank. Text never becomes a formula, whatever it begins with. Control
//! characters are written in the workbook format's own `_x0001_` notation, which readers turn back into the character.
//! The same book gives the same bytes.

mod frame;
mod graph;
mod look;
mod put;
mod refers;
pub(super) mod spot;
mod verify;

pub use verify::{shown, verify};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError, utility};

use super::sheet::{Book, Content, Graph, Sheet};
use super::{ExportError, FileKind};

/// The book as bytes. What they say is compared with the book by [`verify()`].
///
/// # Errors
/// The workbook could not be put together.
pub fn write(book: &Book) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let failed = |sheet: &str| {
        let sheet = sheet.to_owned();
        move |err: XlsxError| ExportError::Write { kind: FileKind::Xlsx, why: err.to_string(), sheet }
    };
    // Column widths count in digits of the default font. The writer's own, Calibri, is missing on many Chinese desktops,
    // where its stand-in is a third wider; with 宋体 the widths come out as meant.
    workbook.set_default_format(&look::default(), look::DEFAULT_ROW_PIXELS, look::DEFAULT_COLUMN_PIXELS).map_err(failed(""))?;
    for (place, sheet) in book.sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        let written = frame::set_up(worksheet, sheet, book).and_then(|()| put::items(worksheet, sheet));
        written.map_err(failed(&sheet.name))?;
        for figure in book.pictures.iter().filter(|figure| figure.sheet == place) {
            frame::picture(worksheet, sheet, &figure.chart).map_err(failed(&sheet.name))?;
        }
        let graphs: Vec<&Graph> = book.graphs.iter().filter(|graph| graph.sheet == place).collect();
        for graph in &graphs {
            graph::insert(worksheet, sheet, graph).map_err(failed(&sheet.name))?;
        }
        graph::page_breaks(worksheet, sheet, &graphs).map_err(failed(&sheet.name))?;
    }
    finish(&mut workbook, book).map_err(failed(""))
}

/// Links in one property: a spreadsheet program takes 255 characters.
const MAX_LINKS: usize = 4;

fn finish(workbook: &mut Workbook, book: &Book) -> Result<Vec<u8>, XlsxError> {
    for sheet in &book.sheets {
        define_names(workbook, sheet)?;
    }
    // Without a creation date the writer would take the clock's, and no two exports would be the same.
    let mut properties = DocProperties::new()
        .set_title(&book.title)
        .set_author(&book.author)
        .set_creation_datetime(&ExcelDateTime::parse_from_str(&book.made_on.to_string())?)
        .set_custom_property("gouji.form", &*book.form)
        .set_custom_property("gouji.year", i32::from(book.year))
        .set_custom_property("gouji.units", units(book));
    for (place, links) in book.links.chunks(MAX_LINKS).enumerate() {
        properties = properties.set_custom_property(format!("gouji.links.{}", place + 1), links.join(";"));
    }
    workbook.set_properties(&properties);
    workbook.save_to_buffer()
}

/// The units that stand in number formats, where reading back would not find them: `a9.procure.amount=万元;`.
fn units(book: &Book) -> String {
    let fields = book.sheets.iter().flat_map(|sheet| &sheet.items).filter_map(|item| match &item.content {
        Content::Field(field) if !field.unit.is_empty() => Some(format!("{}={};", field.key, field.unit)),
        _ => None,
    });
    fields.collect()
}

/// Names every cell of a statutory table by its key, so that formulas elsewhere can say `new.nat`.
fn define_names(workbook: &mut Workbook, sheet: &Sheet) -> Result<(), XlsxError> {
    for item in &sheet.items {
        let Content::Field(field) = &item.content else { continue };
        // A form from elsewhere may have keys that Excel takes for cells; they go without a name.
        if utility::check_name(&field.key).is_ok() {
            let place = format!("='{}'!{}", sheet.name.replace('\'', "''"), spot::fixed(sheet, item.at));
            workbook.define_name(&*field.key, &place)?;
        }
    }
    Ok(())
}
