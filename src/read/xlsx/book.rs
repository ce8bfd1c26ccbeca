//! The workbook's own part: its sheets, its names, and where everything else stands.

use std::collections::HashMap;

use super::super::{At, ReadError};
use super::limits::{MAX_CELLS, MAX_LISTED, MAX_WORDS, Room, broken};
use super::package::{Package, Reference};
use super::rich::Strings;
use super::style::Styles;
use super::workbook::{Name, Opened};
use super::xml::{Sink, Tag, walk};

/// Sheet and cell of a reference, `'三、依申请公开'!$D$5`; `None` for anything else, such as `#REF!`.
pub fn place_of(refers: &str) -> Option<(String, At)> {
    let (sheet, cell) = refers.trim_start_matches('=').rsplit_once('!')?;
    let sheet = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')).unwrap_or(sheet).replace("''", "'");
    Some((sheet, slot_of(&cell.split(':').next()?.replace('$', ""))?))
}

/// `D5` → row 4, column 3, within what spreadsheets have.
pub(super) fn slot_of(cell: &str) -> Option<At> {
    let letters: String = cell.chars().take_while(char::is_ascii_alphabetic).take(4).collect();
    let row: usize = cell.strip_prefix(&*letters).filter(|row| row.bytes().all(|digit| digit.is_ascii_digit()))?.parse().ok()?;
    let letter = |letter: u8| usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    let col = letters.bytes().fold(0, |col, byte| col * 26 + letter(byte));
    ((1..=1_048_576).contains(&row) && (1..=16_384).contains(&col)).then(|| (row - 1, col - 1))
}

/// Name and part of each sheet, in their order; nothing else of the workbook is read.
pub(super) fn tabs(package: &mut Package<'_>) -> Result<Vec<(String, String)>, ReadError> {
    let roots = package.references("")?;
    let (book, references) = index(package, &roots)?;
    Ok(book.tabs(&references))
}

/// The workbook's own part, and where the others stand.
fn index(package: &mut Package<'_>, roots: &[Reference]) -> Result<(Book, Vec<Reference>), ReadError> {
    let main = of_kind(roots, "officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let text = package.part(&main)?.ok_or_else(|| broken("里面没有工作簿"))?;
    let mut book = Book::default();
    walk(&text, &mut book)?;
    Ok((book, package.references(&main)?))
}

/// Opens the container as a workbook.
pub(super) fn open(mut package: Package<'_>) -> Result<Opened<'_>, ReadError> {
    let roots = package.references("")?;
    let (book, references) = index(&mut package, &roots)?;
    let (mut strings, mut styles, mut properties) = (Strings::default(), Styles::default(), Properties::default());
    read(&mut package, of_kind(&references, "sharedStrings"), &mut strings)?;
    read(&mut package, of_kind(&references, "styles"), &mut styles)?;
    read(&mut package, of_kind(&roots, "custom-properties").or(Some("docProps/custom.xml")), &mut properties)?;
    Ok(Opened {
        tabs: book.tabs(&references),
        names: book.names,
        properties: properties.all,
        strings: strings.all,
        styles: styles.all,
        dates_from_1904: book.dates_from_1904,
        room: Room { cells: MAX_CELLS, words: MAX_WORDS },
        package,
    })
}

fn of_kind<'a>(references: &'a [Reference], kind: &str) -> Option<&'a str> {
    references.iter().find(|(_, other, _)| other == kind).map(|(.., part)| &**part)
}

fn read(package: &mut Package<'_>, part: Option<&str>, sink: &mut impl Sink) -> Result<(), ReadError> {
    let Some(part) = part else { return Ok(()) };
    package.part(part)?.map_or(Ok(()), |text| walk(&text, sink))
}

#[derive(Default)]
struct Book {
    /// Name and id of each sheet.
    sheets: Vec<(String, String)>,
    names: Vec<Name>,
    dates_from_1904: bool,
    in_name: bool,
}

impl Book {
    fn tabs(&self, references: &[Reference]) -> Vec<(String, String)> {
        let part =
            |id: &String| references.iter().find(|(other, kind, _)| other == id && kind == "worksheet").map(|(.., part)| part.clone());
        self.sheets.iter().filter_map(|(name, id)| Some((name.clone(), part(id)?))).collect()
    }
}

impl Sink for Book {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        match name {
            "workbookPr" => self.dates_from_1904 = tag.is_on("date1904", false)?,
            "sheet" => self.sheets.extend(tag.get("name")?.zip(tag.get("id")?)),
            "definedName" => {
                let (name, is_local) = (tag.get("name")?.unwrap_or_default(), tag.get("localSheetId")?.is_some());
                self.names.push(Name { name, is_local, refers: String::new() });
                self.in_name = true;
            }
            _ => {}
        }
        if self.sheets.len().max(self.names.len()) > MAX_LISTED {
            Err(ReadError::TooLarge("工作表或名称太多".into()))
        } else {
            Ok(())
        }
    }

    fn close(&mut self, _name: &str) -> Result<(), ReadError> {
        self.in_name = false;
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(name) = self.names.last_mut().filter(|_| self.in_name) {
            name.refers.push_str(text.trim());
        }
    }
}

#[derive(Default)]
struct Properties {
    all: HashMap<String, String>,
    current: Option<String>,
}

impl Sink for Properties {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        if name == "property" {
            self.current = tag.get("name")?;
        }
        if self.all.len() > MAX_LISTED { Err(ReadError::TooLarge("属性太多".into())) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) {
        if let Some(name) = &self.current
            && !text.trim().is_empty()
        {
            self.all.entry(name.clone()).or_default().push_str(text);
        }
    }
}
