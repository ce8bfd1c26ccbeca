//! Where the cells of an older form go (换表样), as data of the newer one. A cell that is not named keeps its key.

use super::schema::{MoveFile, OlderFile};
use super::wrong::Wrong;

/// What the newer form says of an older one.
#[derive(Debug)]
pub struct Older {
    /// Id of the older form.
    pub form: Box<str>,
    moves: Vec<MoveFile>,
}

/// What becomes of a cell of an older form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The same cell.
    Kept,
    /// The same figure under other words or another key.
    Renamed,
    /// Added up with others.
    Summed,
    /// Several cells take its place, and a person has to say how: why.
    Split(Box<str>),
    /// The newer form has no such cell: where else it is told.
    Gone(Box<str>),
    /// Neither form says.
    Unknown,
}

impl Fate {
    /// Its figure stands in the new draft.
    pub fn is_placed(&self) -> bool {
        matches!(self, Self::Kept | Self::Renamed | Self::Summed)
    }

    /// Stable name for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Renamed => "renamed",
            Self::Summed => "summed",
            Self::Split(_) => "split",
            Self::Gone(_) => "gone",
            Self::Unknown => "unknown",
        }
    }

    /// The word for people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Kept => "照旧",
            Self::Renamed => "改称",
            Self::Summed => "合并",
            Self::Split(_) => "分开，待定",
            Self::Gone(_) => "新表没有",
            Self::Unknown => "没有说明去向",
        }
    }

    /// Why, where it is not plain.
    pub fn why(&self) -> &str {
        match self {
            Self::Split(why) | Self::Gone(why) => why,
            Self::Kept | Self::Renamed | Self::Summed | Self::Unknown => "",
        }
    }
}

/// What becomes of a cell of another form, and the keys that it goes to, or may go to.
pub(super) fn fate(older: &[Older], form: &str, key: &str) -> (Fate, Vec<String>) {
    let mut moves = older.iter().filter(|older| *older.form == *form).flat_map(|older| &older.moves);
    moves.find_map(|one| named(one, key)).unwrap_or_else(|| (Fate::Kept, vec![key.to_owned()]))
}

fn named(one: &MoveFile, key: &str) -> Option<(Fate, Vec<String>)> {
    let fits = |from: &String| rest(from, key);
    Some(match one {
        MoveFile::Renamed(from, to) => (Fate::Renamed, vec![filled(to, fits(from)?)]),
        MoveFile::Summed(from, to) => (Fate::Summed, vec![filled(to, from.iter().find_map(fits)?)]),
        MoveFile::Split(from, to, why) => {
            let rest = fits(from)?;
            (Fate::Split(why.as_str().into()), to.iter().map(|to| filled(to, rest)).collect())
        }
        MoveFile::Gone(from, why) => from.iter().find_map(fits).map(|_| (Fate::Gone(why.as_str().into()), Vec::new()))?,
    })
}

/// What `*` at the end of a pattern stands for in a key; empty for a pattern without it.
fn rest<'key>(pattern: &str, key: &'key str) -> Option<&'key str> {
    match pattern.strip_suffix('*') {
        Some(start) => key.strip_prefix(start),
        None => (pattern == key).then_some(""),
    }
}

fn filled(pattern: &str, rest: &str) -> String {
    pattern.replace('*', rest)
}

/// What the file says of older forms. Every cell named as a place to go to must be one of these keys.
pub(super) fn read(file: Vec<OlderFile>, keys: &[&str]) -> Result<Vec<Older>, Wrong> {
    let places = file.iter().flat_map(|older| &older.moves).flat_map(places);
    match places.into_iter().find(|place| !keys.iter().any(|key| rest(place, key).is_some())) {
        Some(unknown) => Err(Wrong::of(unknown, format!("older 里写的去处 {unknown} 不是这份表样的格"))),
        None => Ok(file.into_iter().map(|older| Older { form: older.form.into(), moves: older.moves }).collect()),
    }
}

fn places(one: &MoveFile) -> &[String] {
    match one {
        MoveFile::Renamed(_, to) | MoveFile::Summed(_, to) => std::slice::from_ref(to),
        MoveFile::Split(_, to, _) => to,
        MoveFile::Gone(..) => &[],
    }
}
