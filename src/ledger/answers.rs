//! What the office has answered: a readable file beside its draft, used again next year and shown to the reviewer.
//!
//! ```ron
//! (
//!     columns: {received: "受理时间"},          // field → head, where the head does not say it
//!     year: Some(2020),                         // of dates without a year
//!     outcomes: {"已合并": "noproc2"},          // words → row of table 三; "none": no outcome, "skip": not counted
//!     applicants: {"高校": "sci"},              // kinds and endings of names → column of table 三
//!     results: {"不予受理": "other"},           // words → upheld, corrected, other, pending
//!     respondents: {"市住建局": true},          // is it this office?
//!     causes: {"不履行职责": true},             // is it a disclosure act?
//!     basis: Some(decided),                     // table 四 by decision or by receipt
//!     decided: {"outcomes:已合并": (year: 2025, before: Some("skip"))},   // written by the program
//!     lines: [(line: 28, row: Some("unable3")), (line: 17, count: Some(3))],
//! )
//! ```
//! Words hold for every year; `lines` hold for the file whose SHA-256 is `register`, where that is given.
//! Nothing here names a person: applicants are answered by kind, by the ending of a name, or by line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::Field;
use super::error::{LedgerError, MAX_ANSWERS};
use super::words::key;

/// Everything answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// SHA-256 of the register that `lines` speak of; any if empty.
    pub register: String,
    /// Field → head as written.
    pub columns: BTreeMap<Field, String>,
    /// Year of dates without one.
    pub year: Option<i16>,
    /// Outcome as typed → key of a row, `none` or `skip`.
    pub outcomes: BTreeMap<String, String>,
    /// Kind as typed, or ending of a name → key of a column.
    pub applicants: BTreeMap<String, String>,
    /// Result as typed → `upheld`, `corrected`, `other`, `pending`.
    pub results: BTreeMap<String, String>,
    /// Respondent as typed → it is this office.
    pub respondents: BTreeMap<String, bool>,
    /// Cause as typed → it is about disclosure.
    pub causes: BTreeMap<String, bool>,
    /// By which day table 四 counts.
    pub basis: Option<Basis>,
    /// Answers for single lines.
    pub lines: Vec<LineAnswer>,
    /// When each word was decided: `outcomes:已合并`.
    pub decided: BTreeMap<String, Decided>,
}

/// When a word was decided last.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// The report year.
    pub year: u16,
    /// What it stood for before; none when it was new.
    #[serde(default)]
    pub before: Option<String>,
}

/// By which day a review or lawsuit belongs to a year. No official definition was found (domain.md §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Decided in the year, or pending at its end, whenever it came in.
    Decided,
    /// Came in within the year.
    Received,
}

/// The answer for one line. What it does not say is read from the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineAnswer {
    /// Name of the file, where there are several.
    pub file: Option<String>,
    /// Name of the sheet, where there are several.
    pub sheet: Option<String>,
    /// Line in the file, from 1.
    pub line: u32,
    /// Day of receipt: `2024-03-05`.
    pub received: Option<String>,
    /// Day of the answer or decision; `none` for not answered.
    pub answered: Option<String>,
    /// Key of the column.
    pub column: Option<String>,
    /// Key of the row, of the result for a case; `none` for no outcome.
    pub row: Option<String>,
    /// Requests on the line; 0 when it is none.
    pub count: Option<u32>,
    /// For a case: `rev`, `lit0`, `lit1`.
    pub block: Option<String>,
}

/// The word for "none" in the file.
pub(super) const NONE: &str = "none";
/// The word for "not counted".
pub(super) const SKIP: &str = "skip";

impl Answers {
    /// Reads the file.
    ///
    /// # Errors
    /// It is no RON of this shape, or larger than any office's answers.
    pub fn read(text: &str) -> Result<Self, LedgerError> {
        if text.len() > MAX_ANSWERS {
            return Err(LedgerError::Answers("太大，不像一个单位的归类".to_owned()));
        }
        // People write row: "open", not row: Some("open").
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).with_recursion_limit(16);
        options.from_str(text.trim_start_matches('\u{feff}')).map_err(|err| LedgerError::Answers(err.to_string()))
    }

    /// The file, to be read by people.
    ///
    /// # Errors
    /// RON cannot write it; all of it is text and numbers, so it can.
    pub fn write(&self) -> Result<String, LedgerError> {
        let pretty = ron::ser::PrettyConfig::new().extensions(ron::extensions::Extensions::IMPLICIT_SOME);
        let text = ron::ser::to_string_pretty(self, pretty).map_err(|err| LedgerError::Answers(err.to_string()))?;
        Ok(format!("// 台账用语的归类，由本单位确定，可供明年使用和审核人查看\n{text}\n"))
    }

    /// What was answered for a word, blanks and kinds of brackets aside.
    pub(super) fn word<'a, T>(answered: &'a BTreeMap<String, T>, word: &str) -> Option<&'a T> {
        if answered.is_empty() {
            return None;
        }
        let word = key(word);
        answered.iter().find(|(known, _)| key(known) == word).map(|(_, answer)| answer)
    }
}
