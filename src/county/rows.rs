//! Lists that a county keeps as files which people open in a spreadsheet: rows of words, read from whatever a list comes in, written
//! as CSV with the mark by which Excel knows UTF-8.

use std::path::Path;

use crate::read::{MAX_MB, apart, encoding};
use crate::store::{self, Digest, Disk, StoreError};

/// Words of a row, column by column.
pub type Row = Vec<String>;

/// The mark in front of UTF-8 without which Excel takes a list for GBK.
const MARK: &str = "\u{feff}";

/// Tries of adding a line while somebody else adds others.
const MAX_TRIES: usize = 20;

/// The rows of a list: CSV or text from a clipboard by its separators, anything else by its first table.
///
/// # Errors
/// It cannot be read, or has no table; with the path.
pub fn read(disk: &dyn Disk, path: &Path) -> Result<Vec<Row>, String> {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase).unwrap_or_default();
    if ["csv", "tsv", "txt"].iter().any(|plain| ending == *plain) {
        let bytes = store::read_regular(disk, path, MAX_MB).map_err(|err| err.to_string())?;
        return Ok(of_text(&encoding::text(&bytes)));
    }
    let (kind, bytes, _) = store::read_source(disk, path)?;
    let page = apart::page(kind, &bytes).map_err(|err| format!("{err}；文件：{}", path.display()))?;
    let table = page.tables().next().ok_or_else(|| format!("里面没有表格；文件：{}", path.display()))?;
    let (num_rows, num_cols) = table.size();
    let words = |row, col| table.cell((row, col)).map_or("", |cell| cell.words).trim().to_owned();
    Ok((0..num_rows).map(|row| (0..num_cols).map(|col| words(row, col)).collect()).collect())
}

/// The rows of a pasted text: columns apart by tabs where there is one outside quotes, else by commas. Empty rows are left out.
pub fn of_text(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches(MARK);
    let separator = if text.split('"').step_by(2).any(|unquoted| unquoted.contains('\t')) { b'\t' } else { b',' };
    let reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.into_records().filter_map(Result::ok).map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect());
    rows.filter(|row: &Row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// The rows as CSV, with the mark.
pub fn text<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut text = MARK.to_owned();
    for row in rows {
        let cells: Vec<String> = row.as_ref().iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell with quotes where it needs them. What a spreadsheet would take for a formula is kept a text by a blank in front.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '@']) { " " } else { "" };
    let cell = format!("{guard}{cell}");
    if cell.contains([',', '"', '\n', '\r', '\t']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// The rows of a list below its head; none where there is no such file.
///
/// # Errors
/// It cannot be read.
pub fn below_head(disk: &dyn Disk, path: &Path) -> Result<Vec<Row>, StoreError> {
    Ok(known(disk, path)?.map_or_else(Vec::new, |(rows, _)| rows.into_iter().skip(1).collect()))
}

/// Adds rows to the end of a list that others may be adding to, and makes it with its head where it is missing. Rows that stand
/// there already are not added twice.
///
/// # Errors
/// The disk refuses; nothing is added.
pub fn add(disk: &dyn Disk, path: &Path, head: &[&str], new: &[Row]) -> Result<(), StoreError> {
    let mut done = Ok(());
    for _ in 0..MAX_TRIES {
        let (mut rows, digest) = match known(disk, path)? {
            Some((rows, digest)) => (rows, Some(digest)),
            None => (vec![head.iter().map(|word| (*word).to_owned()).collect()], None),
        };
        let fresh: Vec<Row> = new.iter().filter(|row| !rows.contains(row)).cloned().collect();
        if fresh.is_empty() {
            return Ok(());
        }
        rows.extend(fresh);
        done = store::write_known(disk, path, text(rows).as_bytes(), digest);
        if !matches!(done, Err(StoreError::ChangedOnDisk(_))) {
            return done;
        }
    }
    done
}

fn known(disk: &dyn Disk, path: &Path) -> Result<Option<(Vec<Row>, Digest)>, StoreError> {
    match store::read_regular(disk, path, MAX_MB) {
        Ok(bytes) => Ok(Some((of_text(&encoding::text(&bytes)), Digest::of(&bytes)))),
        Err(StoreError::NotFound(_)) => Ok(None),
        Err(err) => Err(err),
    }
}
