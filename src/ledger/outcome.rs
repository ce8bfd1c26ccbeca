//! What an outcome as typed says: the row, or why it has to be asked.

use super::words::{Lexicon, Sense, key};

/// What an outcome, or a result of table 四, says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub says: Says,
    /// Rows to choose from; the first is the proposal.
    pub rows: Vec<Box<str>>,
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing is written.
    Blank,
    /// This row, without asking.
    Row,
    /// This row by its words, to be confirmed once.
    Proposed,
    /// Two outcomes in one cell.
    Two,
    /// One of several rows.
    Ambiguous,
    /// A step, perhaps with an outcome behind it.
    Step,
    /// Not finished yet.
    Pending,
    /// A state, a reference to the line above, or words that are not known.
    Unknown,
}

impl Meaning {
    fn of(says: Says, rows: &[&str]) -> Self {
        Self { says, rows: rows.iter().map(|row| (*row).into()).collect() }
    }
}

/// What the words found in one cell are.
struct Found<'a> {
    /// Rows with their best certainty, in the order met.
    rows: Vec<(&'a str, u8)>,
    /// Rows of words that stand for several.
    either: Vec<&'a str>,
    senses: Vec<&'a Sense>,
    /// Signs that belong to no word.
    is_left_over: bool,
}

fn is_denial(row: &str) -> bool {
    row.starts_with("deny")
}

fn is_withheld(row: &str) -> bool {
    is_denial(row) || row.starts_with("unable")
}

/// Reads an outcome of table 三.
pub(super) fn read(lexicon: &Lexicon, text: &str) -> Meaning {
    if key(text).is_empty() {
        return Meaning::of(Says::Blank, &[]);
    }
    Found::of(lexicon, text).without_group().meaning()
}

/// Reads a result of table 四: it stands only if all its words say the same.
pub(super) fn read_result(lexicon: &Lexicon, text: &str) -> Meaning {
    if key(text).is_empty() {
        return Meaning::of(Says::Blank, &[]);
    }
    let found = Found::of(lexicon, text);
    let is_turned = found.has(&Sense::Turn);
    match found.rows.as_slice() {
        [(row, 1)] if !is_turned && !found.is_left_over => Meaning::of(Says::Row, &[row]),
        [(row, _)] if !is_turned => Meaning::of(Says::Proposed, &[row]),
        [] => Meaning::of(Says::Unknown, &[]),
        rows => Meaning::of(Says::Ambiguous, &rows.iter().map(|(row, _)| *row).collect::<Vec<_>>()),
    }
}

/// Two outcomes of one request, one of them given out: the form counts it as 部分公开 only.
fn is_divided(rows: &[&str]) -> bool {
    let given = |row: &str| matches!(row, "open" | "partial");
    rows.iter().any(|row| given(row)) && rows.iter().filter(|row| !given(row)).all(|row| is_withheld(row))
}

impl<'a> Found<'a> {
    fn of(lexicon: &'a Lexicon, text: &str) -> Self {
        let (senses, rest) = lexicon.read(text);
        let mut found = Self { rows: Vec::new(), either: Vec::new(), senses, is_left_over: !rest.is_empty() };
        for sense in &found.senses {
            match sense {
                Sense::Row(row, certainty) => match found.rows.iter_mut().find(|(known, _)| *known == &**row) {
                    Some((_, best)) => *best = (*best).min(*certainty),
                    None => found.rows.push((row, *certainty)),
                },
                Sense::Either(rows) => found.either.extend(rows.iter().map(|row| &**row)),
                _ => {}
            }
        }
        found
    }

    fn has(&self, sense: &Sense) -> bool {
        self.senses.contains(&sense)
    }

    /// 其他处理：逾期不补正 names the group and the item; the item counts.
    fn without_group(mut self) -> Self {
        if self.rows.iter().any(|(row, _)| matches!(*row, "other1" | "other2")) {
            self.rows.retain(|row| *row != ("other3", 2));
        }
        self
    }

    fn meaning(&self) -> Meaning {
        let names: Vec<&str> = self.rows.iter().map(|(row, _)| *row).collect();
        if !self.either.is_empty() {
            let mut rows = self.either.clone();
            rows.extend(&names);
            rows.dedup();
            return Meaning::of(Says::Ambiguous, &rows);
        }
        if self.has(&Sense::Ditto) {
            return Meaning::of(Says::Unknown, &names);
        }
        match self.rows.as_slice() {
            [] => self.without_row(),
            [(row, certainty)] => self.one_row(row, *certainty),
            _ if is_divided(&names) => Meaning::of(Says::Two, &["partial"]),
            _ => Meaning::of(Says::Ambiguous, &names),
        }
    }

    fn without_row(&self) -> Meaning {
        let (is_refused, is_turned) = (self.has(&Sense::Refusal), self.has(&Sense::Turn));
        if self.has(&Sense::Pending) && !is_turned && !is_refused && !self.has(&Sense::NoProcess) {
            return Meaning::of(Says::Pending, &[]);
        }
        let is_step = self.has(&Sense::Step) && !is_refused;
        Meaning::of(if is_step { Says::Step } else { Says::Unknown }, &[])
    }

    fn one_row(&self, row: &str, certainty: u8) -> Meaning {
        let says = |says| Meaning::of(says, &[row]);
        let [is_refused, is_unable, is_unprocessed, is_redacted] =
            [Sense::Refusal, Sense::Unable, Sense::NoProcess, Sense::Redaction].map(|sense| self.has(&sense));
        if self.has(&Sense::Step) || self.has(&Sense::Pending) {
            return says(Says::Step);
        }
        if row == "open" && (is_redacted || is_refused || is_unable) {
            return Meaning::of(Says::Two, &["partial"]);
        }
        let fits = match row {
            "open" => !is_unprocessed && !self.is_left_over,
            "partial" => !is_unprocessed,
            _ if is_denial(row) => !is_unprocessed && !is_unable,
            _ if row.starts_with("unable") => !is_unprocessed && !is_refused,
            _ => !is_refused && !is_unable,
        };
        let is_turned = row != "partial" && (is_redacted || self.has(&Sense::Turn));
        says(if certainty == 1 && fits && !is_turned { Says::Row } else { Says::Proposed })
    }
}
