//! The JSON of `gouji ledger`: written as it is walked through, for a register may have a hundred thousand lines.

use serde::{Serialize, Serializer};

use super::counted::{CountReport, Saved};
use crate::ledger::{self, Figure, Place, State};
use crate::model::CellId;

/// An object of keys in the order given.
struct Keyed<K, T>(Vec<(K, T)>);

impl<K: Serialize, T: Serialize> Serialize for Keyed<K, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// All of a count.
#[derive(Serialize)]
pub(super) struct CountedJson<'a> {
    form: &'a str,
    lines: u32,
    requests: u32,
    cells: Keyed<&'a str, u32>,
    proposed: Keyed<&'a str, u32>,
    questions: Vec<QuestionJson<'a>>,
    reports: Vec<RemarkJson<'a>>,
    trace: Keyed<&'a str, Vec<u32>>,
    trace_proposed: Keyed<&'a str, Vec<u32>>,
    items: Vec<ItemJson<'a>>,
    columns: Vec<ColumnJson<'a>>,
    words: Vec<WordJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ways: Option<Keyed<&'a str, u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<Vec<DifferenceJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<WrittenJson>,
}

/// The file and sheet of a line, where there are several.
#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
}

#[derive(Serialize)]
struct QuestionJson<'a> {
    kind: &'static str,
    word: &'a str,
    lines: Vec<u32>,
    proposal: Option<&'a str>,
    asks: &'static str,
    #[serde(flatten)]
    spot: Option<Spot<'a>>,
}

#[derive(Serialize)]
struct RemarkJson<'a> {
    line: u32,
    kind: &'static str,
    why: &'a str,
    #[serde(flatten)]
    spot: Option<Spot<'a>>,
}

/// Each line the other way: its cells, or why it has none.
#[derive(Serialize)]
struct ItemJson<'a> {
    line: u32,
    state: &'static str,
    count: u32,
    cells: Vec<&'a str>,
    received: Option<String>,
    answered: Option<String>,
    why: Option<&'static str>,
    #[serde(flatten)]
    spot: Option<Spot<'a>>,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    column: usize,
    head: &'a str,
    holds: Option<ledger::Field>,
    samples: &'a [String],
    #[serde(flatten)]
    spot: Option<Spot<'a>>,
}

#[derive(Serialize)]
struct WordJson<'a> {
    word: &'a str,
    lines: u32,
    keys: &'a [Box<str>],
    certain: bool,
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    cell: &'a str,
    typed: String,
    counted: u32,
}

#[derive(Serialize)]
struct WrittenJson {
    filled: usize,
    waiting: usize,
}

impl<'a> CountedJson<'a> {
    /// What is said about a count, and what was written.
    pub(super) fn of(report: CountReport<'a>, saved: Option<&Saved>) -> Self {
        let counted = report.counted;
        Self {
            form: &report.form.id,
            lines: counted.num_lines,
            requests: counted.num_requests,
            cells: report.keyed(|figure| figure.certain),
            proposed: report.keyed(|figure| figure.proposed),
            questions: counted.questions.iter().map(|question| report.question(question)).collect(),
            reports: counted.remarks.iter().map(|remark| report.remark(remark)).collect(),
            trace: report.keyed(|figure| numbers(&figure.lines)),
            trace_proposed: report.keyed(|figure| numbers(&figure.proposed_lines)),
            items: counted.items.iter().map(|item| report.item(item)).collect(),
            columns: counted.tables.iter().flat_map(|table| report.columns(table)).collect(),
            words: counted.words.iter().map(word).collect(),
            ways: counted.settled_ways().map(|ways| Keyed(ways.iter().map(|(way, figure)| (*way, figure.certain)).collect())),
            differences: report.fill.map(|fill| fill.differences.iter().map(|one| report.difference(one)).collect()),
            written: saved.map(|saved| WrittenJson { filled: saved.num_filled, waiting: saved.num_waiting }),
        }
    }
}

impl<'a> CountReport<'a> {
    fn key(self, cell: CellId) -> &'a str {
        &self.form.cell(cell).key
    }

    fn keyed<T>(self, of: impl Fn(&'a Figure) -> T) -> Keyed<&'a str, T> {
        Keyed(self.counted.figures.iter().map(|(cell, figure)| (self.key(*cell), of(figure))).collect())
    }

    fn spot(self, place: Place) -> Option<Spot<'a>> {
        let num_sheets: usize = self.registers.iter().map(|register| register.sheets.len()).sum();
        let register = self.registers.get(place.file).filter(|_| num_sheets > 1)?;
        let sheet = register.sheets.get(place.sheet).map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty());
        Some(Spot { file: &register.name, sheet })
    }

    fn question(self, question: &'a ledger::Question) -> QuestionJson<'a> {
        QuestionJson {
            kind: question.doubt.code(),
            word: &question.word,
            lines: numbers(&question.lines),
            proposal: question.proposal.as_deref(),
            asks: question.doubt.asks(),
            spot: question.lines.first().and_then(|place| self.spot(*place)),
        }
    }

    fn remark(self, remark: &'a ledger::Remarked) -> RemarkJson<'a> {
        RemarkJson { line: remark.place.line, kind: remark.code, why: &remark.why, spot: self.spot(remark.place) }
    }

    fn item(self, item: &'a ledger::Item) -> ItemJson<'a> {
        let (state, why) = match item.state {
            State::Certain => ("certain", None),
            State::Proposed => ("proposed", None),
            State::Open => ("open", None),
            State::Nowhere(why) => ("nowhere", Some(why)),
        };
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        ItemJson {
            line: item.place.line,
            state,
            count: item.count,
            cells: item.cells.iter().map(|cell| self.key(*cell)).collect(),
            received: day(item.received),
            answered: day(item.answered),
            why,
            spot: self.spot(item.place),
        }
    }

    fn columns(self, table: &'a ledger::Table) -> impl Iterator<Item = ColumnJson<'a>> {
        let place = Place { file: table.file, sheet: table.sheet, line: 0 };
        table.columns.iter().map(move |column| ColumnJson {
            column: column.at + 1,
            head: &column.head,
            holds: column.field,
            samples: &column.samples,
            spot: self.spot(place),
        })
    }

    fn difference(self, one: &ledger::Difference) -> DifferenceJson<'a> {
        DifferenceJson { cell: self.key(one.cell), typed: one.typed.text(), counted: one.counted }
    }
}

fn word(word: &ledger::Word) -> WordJson<'_> {
    WordJson { word: &word.text, lines: word.num_lines, keys: &word.keys, certain: word.is_certain }
}

fn numbers(places: &[Place]) -> Vec<u32> {
    places.iter().map(|place| place.line).collect()
}
