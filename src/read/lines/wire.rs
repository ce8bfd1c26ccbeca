//! Sheets on their way from the child that reads them: the sheets without their lines first, then all lines some thousands at a
//! time, a line of JSON each, so that both ends work on all cores.

use serde::{Deserialize, Serialize};

use super::sheet::{Line, Sheet};
use crate::read::ReadError;
use crate::workers::{self, MANY};

/// A sheet without its lines.
#[derive(Deserialize, Serialize)]
struct Head {
    name: String,
    num_lines: u32,
    is_hidden: bool,
    /// How many of the lines of JSON that follow are of this sheet.
    num_parts: usize,
}

/// What was read, for [`parse`].
///
/// # Errors
/// JSON's own.
pub fn write(read: &Result<Vec<Sheet>, ReadError>) -> serde_json::Result<Vec<u8>> {
    let heads = read.as_ref().map(|sheets| sheets.iter().map(head).collect::<Vec<_>>());
    let parts: Vec<&[Line]> = read.iter().flatten().flat_map(|sheet| sheet.lines.chunks(MANY)).collect();
    let parts = workers::each(&parts, serde_json::to_vec);
    let written: Vec<Vec<u8>> = std::iter::once(serde_json::to_vec(&heads)).chain(parts).collect::<Result<_, _>>()?;
    Ok(written.join(&b'\n'))
}

/// What [`write`] was given.
///
/// # Errors
/// It is cut off, or something else.
pub fn parse(answer: &[u8]) -> serde_json::Result<Result<Vec<Sheet>, ReadError>> {
    let mut parts = answer.split(|sign| *sign == b'\n');
    let heads: Result<Vec<Head>, ReadError> = serde_json::from_slice(parts.next().unwrap_or_default())?;
    let heads = match heads {
        Ok(heads) => heads,
        Err(why) => return Ok(Err(why)),
    };
    let parts: Vec<&[u8]> = parts.collect();
    if parts.len() != heads.iter().map(|head| head.num_parts).sum::<usize>() {
        return Err(serde::de::Error::custom("lines are missing"));
    }
    let lines: Result<Vec<Vec<Line>>, _> = workers::each(&parts, |part| serde_json::from_slice(part)).into_iter().collect();
    let mut lines = lines?.into_iter();
    Ok(Ok(heads.into_iter().map(|head| sheet(head, &mut lines)).collect()))
}

fn head(sheet: &Sheet) -> Head {
    let num_parts = sheet.lines.chunks(MANY).len();
    Head { name: sheet.name.clone(), num_lines: sheet.num_lines, is_hidden: sheet.is_hidden, num_parts }
}

fn sheet(head: Head, lines: &mut impl Iterator<Item = Vec<Line>>) -> Sheet {
    let Head { name, num_lines, is_hidden, num_parts } = head;
    Sheet { name, lines: lines.take(num_parts).flatten().collect(), num_lines, is_hidden }
}
