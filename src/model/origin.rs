//! Where figures come from: the office's own registers (台账) by name and hash, and which of their lines feed each cell. Of a line
//! its place, number and dates are kept and nothing else: no name, identity number, telephone or address.

use std::collections::BTreeMap;

/// Ways in which requests came in (申请方式) that registers are counted by beside the cells, each under a key of its own. The form has no
/// cells for them; sentences do.
pub const WAYS: [&str; 6] = ["way.hand", "way.post", "way.web", "way.mail", "way.fax", "way.else"];

/// The registers behind a draft's figures; empty for most drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The files.
    pub files: Vec<OriginFile>,
    /// Lines that feed cells, in the order of files.
    pub lines: Vec<OriginLine>,
    /// Cell key → what the registers give for it; also each of [`WAYS`], where every request tells its way.
    pub cells: BTreeMap<Box<str>, Feeds>,
}

/// A register, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginFile {
    /// Name without folders.
    pub name: Box<str>,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: Box<str>,
    /// SM3 of its bytes, in hexadecimal digits.
    pub sm3: Box<str>,
}

/// A line of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginLine {
    /// Its file, from 0.
    pub file: usize,
    /// Its sheet in the file, from 0.
    pub sheet: usize,
    /// Its place in the file, from 1.
    pub line: u32,
    /// Requests on it.
    pub count: u32,
    /// Number of the request, without words; empty where it has none.
    pub number: Box<str>,
    /// Day of receipt: `2024-03-05`; empty where it is not known.
    pub received: Box<str>,
    /// Day of the answer; empty where there is none.
    pub answered: Box<str>,
}

/// What a cell is fed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feeds {
    /// The registers' count.
    pub count: u32,
    /// Places in [`Origin::lines`]; empty also for registers of very many lines.
    pub lines: Vec<usize>,
}

impl Origin {
    /// No figure comes from a register.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The registers' count for a cell; none where none was taken for it.
    pub fn count(&self, key: &str) -> Option<i64> {
        self.cells.get(key).map(|feeds| i64::from(feeds.count))
    }

    /// The lines of a cell.
    pub fn lines_of(&self, key: &str) -> impl Iterator<Item = &OriginLine> {
        let places = self.cells.get(key).map(|feeds| feeds.lines.as_slice()).unwrap_or_default();
        places.iter().filter_map(|place| self.lines.get(*place))
    }

    /// Names and beginnings of hashes, for people.
    pub fn name(&self) -> String {
        let file = |file: &OriginFile| format!("{}（SHA-256 {}…）", file.name, file.sha256.get(..12).unwrap_or(&file.sha256));
        let files: Vec<String> = self.files.iter().map(file).collect();
        let num_cells = self.cells.keys().filter(|key| !WAYS.contains(&&***key)).count();
        format!("数取自台账 {}，{num_cells} 格", files.join("、"))
    }
}
