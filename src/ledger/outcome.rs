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
#[derive(Default)]
struct Found<'a> {
    /// Rows with their best certainty, in the order met.
    rows: Vec<(&'a str, u8)>,
    either: Vec<&'a str>,
    refusal: bool,
    unable: bool,
    no_process: bool,
    step: bool,
    pending: bool,
    unknown: bool,
    redaction: bool,
    turn: bool,
    left_over: bool,
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
    let (senses, rest) = lexicon.read(text);
    let mut found = Found { left_over: !rest.is_empty(), ..Found::default() };
    for sense in senses {
        found.take(sense);
    }
    found.without_group().meaning()
}

/// Reads a result of table 四: it stands only if all its words say the same.
pub(super) fn read_result(lexicon: &Lexicon, text: &str) -> Meaning {
    if key(text).is_empty() {
        return Meaning::of(Says::Blank, &[]);
    }
    let (senses, rest) = lexicon.read(text);
    let mut found = Found { left_over: !rest.is_empty(), ..Found::default() };
    for sense in senses {
        found.take(sense);
    }
    match found.rows.as_slice() {
        [(row, 1)] if !found.turn && !found.left_over => Meaning::of(Says::Row, &[row]),
        [(row, _)] if !found.turn => Meaning::of(Says::Proposed, &[row]),
        [] => Meaning::of(Says::Unknown, &[]),
        rows => Meaning::of(Says::Ambiguous, &rows.iter().map(|(row, _)| *row).collect::<Vec<_>>()),
    }
}

impl<'a> Found<'a> {
    fn take(&mut self, sense: &'a Sense) {
        match sense {
            Sense::Row(row, certainty) => match self.rows.iter_mut().find(|(known, _)| *known == &**row) {
                Some((_, best)) => *best = (*best).min(*certainty),
                None => self.rows.push((row, *certainty)),
            },
            Sense::Either(rows) => self.either.extend(rows.iter().map(|row| &**row)),
            Sense::Refusal => self.refusal = true,
            Sense::Unable => self.unable = true,
            Sense::NoProcess => self.no_process = true,
            Sense::Step => self.step = true,
            Sense::Pending => self.pending = true,
            Sense::State => {}
            Sense::Ditto => self.unknown = true,
            Sense::Redaction => self.redaction = true,
            Sense::Turn => self.turn = true,
            Sense::Filler => {}
        }
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
        if self.unknown {
            return Meaning::of(Says::Unknown, &names);
        }
        match self.rows.as_slice() {
            [] => self.without_row(),
            [(row, certainty)] => self.one_row(row, *certainty),
            _ if self.is_divided(&names) => Meaning::of(Says::Two, &["partial"]),
            _ => Meaning::of(Says::Ambiguous, &names),
        }
    }

    fn without_row(&self) -> Meaning {
        if self.pending && !self.turn && !self.refusal && !self.no_process {
            return Meaning::of(Says::Pending, &[]);
        }
        if self.refusal {
            return Meaning::of(Says::Unknown, &[]);
        }
        Meaning::of(if self.step { Says::Step } else { Says::Unknown }, &[])
    }

    /// Two outcomes of one request, one of them given out: the form counts it as 部分公开 only.
    fn is_divided(&self, rows: &[&str]) -> bool {
        let given = |row: &&&str| matches!(**row, "open" | "partial");
        rows.iter().any(|row| given(&row)) && rows.iter().filter(|row| !given(row)).all(|row| is_withheld(row))
    }

    fn one_row(&self, row: &str, certainty: u8) -> Meaning {
        let says = |says| Meaning::of(says, &[row]);
        if self.step || self.pending {
            return says(Says::Step);
        }
        if row == "open" && (self.redaction || self.refusal || self.unable) {
            return Meaning::of(Says::Two, &["partial"]);
        }
        let fits = match row {
            "open" => !self.no_process && !self.left_over,
            "partial" => !self.no_process,
            _ if is_denial(row) => !self.no_process && !self.unable,
            _ if row.starts_with("unable") => !self.no_process && !self.refusal,
            _ => !self.refusal && !self.unable,
        };
        let turned = self.redaction && row != "partial" || self.turn && row != "partial";
        says(if certainty == 1 && fits && !turned { Says::Row } else { Says::Proposed })
    }
}
