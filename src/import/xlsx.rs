//! A workbook → a draft.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};

use super::{ImportError, Imported, preflight};
use crate::form::{Catalog, Form};
use crate::model::{Edit, Entry, Kind, SectionId, Splice};

/// Rows and columns beyond which nothing of ours stands.
const MAX_ROW: u32 = 5_000;
/// The same for columns.
const MAX_COL: u32 = 400;
/// Most cells of a sheet.
const MAX_CELLS: usize = 200_000;
/// Two characters before each paragraph, put there by the export.
const INDENT: &str = "　　";
/// Texts of this length and more, in UTF-16 units, filled their cell: the paragraph goes on in the next.
const FULL: usize = 31_990;

/// Row and column in a worksheet, from 0.
type At = (u32, u32);

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// What stands in the cells of a sheet.
type Cells = BTreeMap<At, Data>;

/// Reads a workbook that this program has exported.
///
/// # Errors
/// It is not one, cannot be read, or is made for a form that is not here.
pub fn xlsx(bytes: &[u8], catalog: &Catalog) -> Result<Imported, ImportError> {
    preflight::weigh(bytes)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let properties = workbook.workbook_properties().map_err(unreadable)?.custom_properties;
    let id = properties.get("gouji.form").ok_or(ImportError::NotOurs("没有表样编号"))?;
    let year = properties.get("gouji.year").and_then(|year| year.trim().parse().ok()).ok_or(ImportError::NotOurs("没有报告年度"))?;
    let form = catalog.by_id_and_year(id, year)?;
    let units = properties.get("gouji.units").map_or("", String::as_str);
    let mut sheets = HashMap::new();
    for name in workbook.sheet_names() {
        let cells = read(&mut workbook, &name)?;
        sheets.insert(name, cells);
    }
    let mut draft = form.draft(agency(&sheets), year);
    let places: HashMap<&str, &str> = workbook.defined_names().iter().map(|(name, place)| (&**name, &**place)).collect();
    let mut imported =
        Imported { form: form.clone(), draft: draft.clone(), num_filled: 0, unread: Vec::new(), missing: Vec::new(), chapters: Vec::new() };
    for (cell, spec) in form.cells() {
        let place = places.get(&*spec.key).and_then(|place| place_of(place));
        let Some(cells) = place.as_ref().and_then(|(sheet, _)| sheets.get(sheet)) else {
            imported.missing.push(spec.label.to_string());
            continue;
        };
        let at = place.as_ref().map_or((0, 0), |(_, at)| *at);
        let entry = Entry::read(spec.kind, &typed(cells.get(&at), spec.kind, unit_of(units, &spec.key)));
        if let Entry::Unread { text, why } = &entry {
            imported.unread.push((spec.label.to_string(), text.to_string(), why.advice()));
        }
        imported.num_filled += usize::from(!entry.is_blank());
        draft.apply(Edit::Cell(cell, entry));
    }
    if imported.missing.len() == form.cells.len() {
        return Err(ImportError::NotOurs("找不到各格的名称"));
    }
    for (section, title, text) in chapters(&form, &sheets) {
        if let Some(splice) = Splice::between("", &text) {
            draft.apply(Edit::Text(section, splice));
            imported.chapters.push(title);
        }
    }
    imported.draft = draft;
    Ok(imported)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn unreadable(err: XlsxError) -> ImportError {
    ImportError::Unreadable(err.to_string())
}

/// Cell by cell, so that a cell at the far end of a sheet costs nothing.
fn read(workbook: &mut Workbook<'_>, name: &str) -> Result<Cells, ImportError> {
    let mut cells = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(unreadable)?;
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let at = cell.get_position();
        if at.0 < MAX_ROW && at.1 < MAX_COL && !matches!(cell.get_value(), DataRef::Empty) {
            cells.insert(at, Data::from(cell.get_value().clone()));
        }
        if cells.len() > MAX_CELLS {
            return Err(ImportError::TooLarge("格子太多"));
        }
    }
    Ok(cells)
}

/// `'三、依申请公开'!$D$5` → the sheet and the cell.
fn place_of(place: &str) -> Option<(String, At)> {
    let (sheet, cell) = place.trim_start_matches('=').rsplit_once('!')?;
    let sheet = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')).unwrap_or(sheet).replace("''", "'");
    let cell = cell.split(':').next()?.replace('$', "");
    let letters: String = cell.chars().take_while(char::is_ascii_uppercase).collect();
    let row: u32 = cell.strip_prefix(&*letters)?.parse().ok()?;
    let col = letters.bytes().try_fold(0_u32, |col, letter| col.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))?;
    Some((sheet, (row.checked_sub(1)?, col.checked_sub(1)?)))
}

/// The unit that a figure without one stands in: `a9.procure.amount=万元;`.
fn unit_of<'a>(units: &'a str, key: &str) -> &'a str {
    units.split(';').find_map(|unit| unit.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default()
}

/// What was typed into a cell, as the program's own cells would take it.
fn typed(value: Option<&Data>, kind: Kind, unit: &str) -> String {
    match value {
        None | Some(Data::Empty) => String::new(),
        Some(Data::Float(number)) => format!("{}{unit}", decimal(*number, kind)),
        Some(Data::Int(number)) => format!("{number}{unit}"),
        Some(Data::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The figure a spreadsheet shows for a number. Sums of amounts may end in a speck of binary dust, which is not kept.
fn decimal(number: f64, kind: Kind) -> String {
    const DUST: f64 = 1e-9;
    let places = if matches!(kind, Kind::Money(_)) { 6 } else { 0 };
    let rounded = format!("{number:.places$}");
    let is_dust = rounded.parse::<f64>().is_ok_and(|rounded| (rounded - number).abs() <= DUST * number.abs().max(1.0));
    match (is_dust, rounded.contains('.')) {
        (true, true) => rounded.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (true, false) => rounded,
        (false, _) => number.to_string(),
    }
}

/// The agency on the cover.
fn agency(sheets: &HashMap<String, Cells>) -> String {
    let Some(cover) = sheets.get("填报信息") else { return String::new() };
    let label = cover.iter().find(|(at, data)| at.1 == 0 && **data == Data::String("单位全称".to_owned()));
    let agency = label.and_then(|(at, _)| cover.get(&(at.0, 1)));
    agency.map_or_else(String::new, |agency| agency.to_string().trim().to_owned())
}

/// The text chapters that the sheet of texts has, by the titles between them.
fn chapters(form: &Form, sheets: &HashMap<String, Cells>) -> Vec<(SectionId, String, String)> {
    let mut chapters: Vec<(SectionId, String, String)> = Vec::new();
    let mut is_full = false;
    for (_, data) in sheets.get("文字").into_iter().flatten().filter(|(at, _)| at.1 == 0) {
        let text = data.to_string();
        if let Some((section, chapter)) = form.sections().find(|(_, chapter)| *chapter.title == *text.trim()) {
            chapters.push((section, chapter.title.to_string(), String::new()));
            continue;
        }
        let Some((.., chapter)) = chapters.last_mut() else { continue };
        let paragraph = text.strip_prefix(INDENT).unwrap_or(&text);
        if !chapter.is_empty() && !is_full {
            chapter.push('\n');
        }
        chapter.push_str(paragraph);
        is_full = text.encode_utf16().count() >= FULL;
    }
    chapters
}
