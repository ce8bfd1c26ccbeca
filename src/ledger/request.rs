//! One line of a register of requests → what it counts as, or what has to be asked.

use std::collections::HashMap;

use jiff::civil::Date;

use super::answers::{Answers, LineAnswer, NONE, SKIP};
use super::applicant::Who;
use super::columns::Field;
use super::counted::{Place, Remarked};
use super::date;
use super::doubt::{Doubt, Remark};
use super::layout::Layout;
use super::outcome::{self, Meaning, Says};
use super::when::{self, When};
use super::words::{Sense, Words, key};
use crate::read::lines::Line;

/// What is known besides the line.
#[derive(Clone)]
pub(super) struct Context<'a, 'l> {
    pub words: &'a Words,
    pub answers: &'a Answers,
    /// Answers for lines of this sheet, those that may be used.
    pub line_answers: HashMap<u32, &'a LineAnswer>,
    pub layout: &'l Layout,
    /// The report year.
    pub report_year: i16,
    /// Year of dates without one; the wrong half is a proposal.
    pub year: Result<i16, i16>,
    /// File and sheet.
    pub at: (usize, usize),
    pub meanings: HashMap<String, Meaning>,
    pub names: HashMap<&'a str, Who>,
}

/// A question about a line.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub doubt: Doubt,
    pub word: String,
    pub proposal: Option<String>,
}

/// What a line was read as.
#[derive(Debug)]
pub(super) struct Taken<'a> {
    pub place: Place,
    pub number: &'a str,
    pub applicant: &'a str,
    pub matter: &'a str,
    pub outcome: String,
    pub received: When,
    pub answered: When,
    pub count: u32,
    /// Column of table 三; for a case, of table 四.
    pub column: Option<Box<str>>,
    /// `new` or `carry_in`, and the outcome or `carry_out`.
    pub rows: Option<(&'static str, Box<str>)>,
    pub nowhere: Option<&'static str>,
    pub asked: Vec<Asked>,
    /// A question has no proposal: the line is in no sum.
    pub is_open: bool,
    pub remarks: Vec<Remarked>,
    pub due: Option<Date>,
    /// As the line of another place, which counts.
    pub is_double: bool,
    /// The office has said how many requests it is.
    pub is_count_fixed: bool,
    /// The way it came in, one of [`crate::model::WAYS`].
    pub way: Option<&'a str>,
}

impl<'a> Taken<'a> {
    /// A line of which only the words are known yet.
    pub fn new(place: Place, words: [&'a str; 3], outcome: String, answer: Option<&LineAnswer>) -> Self {
        let [number, applicant, matter] = words;
        Self {
            place,
            number,
            applicant,
            matter,
            outcome,
            received: When::Blank,
            answered: When::Blank,
            count: 1,
            column: None,
            rows: None,
            nowhere: None,
            asked: Vec::new(),
            is_open: false,
            remarks: Vec::new(),
            due: None,
            is_double: false,
            is_count_fixed: answer.is_some_and(|answer| answer.count.is_some()),
            way: None,
        }
    }

    /// Notes a question; with a proposal the line still counts among the proposed.
    pub fn ask(&mut self, doubt: Doubt, word: &str, proposal: Option<&str>) {
        self.is_open |= proposal.is_none();
        self.asked.push(Asked { doubt, word: word.to_owned(), proposal: proposal.map(str::to_owned) });
    }

    /// Notes a remark.
    pub fn remark(&mut self, remark: Remark, why: impl Into<String>) {
        self.remarks.push(Remarked::new(self.place, remark, why.into()));
    }
}

/// Before, in or after the report year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    In,
    After,
}

const FINISHED_BEFORE: &str = "上年以前已经办结";
const RECEIVED_AFTER: &str = "本年以后才收到";
const NO_REQUEST: &str = "单位确认不是申请";

impl<'a> Context<'a, '_> {
    pub fn cell(&self, line: &'a Line, field: Field) -> &'a str {
        self.layout.column(field).map_or("", |at| line.cell(at))
    }

    fn side(&self, day: Date) -> Side {
        match day.year().cmp(&self.report_year) {
            std::cmp::Ordering::Less => Side::Before,
            std::cmp::Ordering::Equal => Side::In,
            std::cmp::Ordering::Greater => Side::After,
        }
    }

    /// Reads a line.
    pub fn take(&mut self, line: &'a Line) -> Taken<'a> {
        let (file, sheet) = self.at;
        let answer = self.line_answers.get(&line.no).copied();
        let words = [self.cell(line, Field::Number), self.applicant(line), self.cell(line, Field::Matter)];
        let mut taken = Taken::new(Place { file, sheet, line: line.no }, words, self.outcome_text(line), answer);
        taken.way = self.words.file.way(self.cell(line, Field::Way));
        self.dates(line, answer, &mut taken);
        if answer.and_then(|answer| answer.count) == Some(0) {
            taken.nowhere = Some(NO_REQUEST);
            return taken;
        }
        self.count(line, answer, &mut taken);
        self.classify(line, answer, &mut taken);
        taken
    }

    /// The outcome with its reason, where that has a column of its own.
    fn outcome_text(&self, line: &Line) -> String {
        let cell = |field| self.layout.column(field).map_or("", |at| line.cell(at));
        if !self.layout.ticks.is_empty() {
            let ticked = self.layout.ticks.iter().filter(|(at, _)| !line.cell(*at).is_empty());
            return ticked.map(|(_, outcome)| outcome.as_str()).collect::<Vec<_>>().join("；");
        }
        let outcome = if self.layout.says_whether { whether(cell(Field::Outcome)) } else { cell(Field::Outcome) };
        match (outcome, cell(Field::Detail)) {
            ("", "" | "/" | "无" | "-" | "—") if self.is_outcome(cell(Field::Status)) => cell(Field::Status).to_owned(),
            (outcome, "" | "/" | "无" | "-" | "—") => outcome.to_owned(),
            (outcome, detail) if outcome.contains(detail) => outcome.to_owned(),
            (outcome, detail) => format!("{outcome}（{detail}）"),
        }
    }

    /// A state that says what became of it: 已合并.
    fn is_outcome(&self, status: &str) -> bool {
        let (senses, _) = self.words.outcomes.read(status);
        senses.iter().any(|sense| matches!(sense, Sense::Row(..) | Sense::Either(_)))
    }

    fn dates(&self, line: &'a Line, answer: Option<&LineAnswer>, taken: &mut Taken<'a>) {
        let fixed = |text: &Option<String>| text.as_deref().map(date::read);
        let typed = |at: usize| when::received(date::read(line.cell(at)), self.year, taken.number);
        taken.received = match answer.and_then(|answer| fixed(&answer.received)) {
            Some(written) => when::received(written, self.year, ""),
            None => match self.layout.receipts.as_slice() {
                [] => When::Blank,
                [only] => typed(*only),
                [first, rest @ ..] => rest.iter().fold(typed(*first), |one, other| self.either_receipt(one, typed(*other))),
            },
        };
        taken.answered = match answer.and_then(|answer| answer.answered.as_deref()) {
            Some(NONE) => When::Blank,
            Some(text) => when::answered(date::read(text), self.year, None),
            None => when::answered(date::read(self.cell(line, Field::Answered)), self.year, taken.received.day()),
        };
    }

    /// Two columns may be the receipt: it matters only when the years stand differently to the report's.
    fn either_receipt(&self, one: When, other: When) -> When {
        match (one, other) {
            (When::Day(one), When::Day(other)) if self.side(one) == self.side(other) => When::Day(one.max(other)),
            (When::Blank, When::Blank) => When::Blank,
            (one, other) => When::Asked(Doubt::ReceiptColumn, other.day().or(one.day())),
        }
    }

    fn count(&self, line: &'a Line, answer: Option<&LineAnswer>, taken: &mut Taken<'a>) {
        if let Some(count) = answer.and_then(|answer| answer.count) {
            taken.count = count;
            return;
        }
        let written = self.cell(line, Field::Count);
        if !matches!(key(written).trim_end_matches('件'), "" | "1" | "一") {
            let number: Option<u32> = key(written).trim_end_matches('件').parse().ok();
            taken.count = number.unwrap_or(1);
            taken.ask(Doubt::SeveralNumbers, written, number.map(|number| number.to_string()).as_deref());
        } else if let Some(count) = numbers(taken.number) {
            taken.count = count;
            taken.ask(Doubt::SeveralNumbers, taken.number, Some(&count.to_string()));
        }
        if line.is_hidden {
            taken.ask(Doubt::NoRequest, "隐藏的行", None);
        }
        let is_test = |text: &str| self.words.file.tests.iter().any(|word| text.starts_with(word.as_str()));
        if is_test(taken.matter) || is_test(taken.applicant) {
            taken.ask(Doubt::NoRequest, "测试", None);
        }
        let fields = [Field::Note, Field::Status].map(|field| self.cell(line, field));
        let doubted = self.words.file.cancels.iter().find(|word| fields.iter().any(|said| said.contains(word.as_str())));
        if let Some(word) = doubted {
            taken.ask(Doubt::NoRequest, word, None);
        }
    }

    fn classify(&mut self, line: &'a Line, answer: Option<&LineAnswer>, taken: &mut Taken<'a>) {
        let received = taken.received.clone();
        let answered = taken.answered.clone();
        let sure = |when: &When| if let When::Day(day) = when { Some(self.side(*day)) } else { None };
        match (sure(&received), sure(&answered)) {
            (Some(Side::After), None | Some(Side::After)) if !matches!(answered, When::Asked(..)) => taken.nowhere = Some(RECEIVED_AFTER),
            (Some(Side::Before) | None, Some(Side::Before)) => taken.nowhere = Some(FINISHED_BEFORE),
            _ => {}
        }
        if taken.nowhere.is_some() {
            taken.asked.clear();
            taken.is_open = false;
            return;
        }
        self.ask_dates(line, taken);
        let new = match received.day().map(|day| self.side(day)) {
            Some(Side::Before) => Some("carry_in"),
            Some(Side::In) => Some("new"),
            Some(Side::After) | None => None,
        };
        let row = self.row(line, answer, taken);
        if taken.nowhere.is_some() {
            taken.asked.clear();
            return;
        }
        self.column(line, answer, taken);
        match (new, row) {
            (Some(new), Some(row)) => taken.rows = Some((new, row)),
            _ => taken.is_open = true,
        }
    }

    fn ask_dates(&self, line: &Line, taken: &mut Taken<'a>) {
        let typed = |field| self.layout.column(field).map_or("", |at| line.cell(at));
        match taken.received.clone() {
            When::Blank => taken.ask(Doubt::NoReceipt, "", None),
            When::Asked(doubt, proposal) => {
                let proposal = proposal.map(|day| day.to_string());
                let word = self.layout.receipts.first().map_or("", |at| line.cell(*at));
                taken.ask(doubt, word, proposal.as_deref());
            }
            When::Day(_) => {}
        }
        if let When::Asked(doubt, proposal) = taken.answered.clone() {
            taken.ask(doubt, typed(Field::Answered), proposal.map(|day| day.to_string()).as_deref());
        }
        if let (When::Day(received), When::Day(answered)) = (&taken.received, &taken.answered)
            && answered < received
        {
            let why = format!("收到 {received}，答复 {answered}");
            taken.remark(Remark::AnsweredBefore, why);
        }
    }

    /// The row of the outcome, or `carry_out`; also a proposed one. None where nothing can be proposed.
    fn row(&mut self, line: &'a Line, answer: Option<&LineAnswer>, taken: &mut Taken<'a>) -> Option<Box<str>> {
        let answered = taken.answered.day().map(|day| self.side(day));
        if answered == Some(Side::After) {
            if let When::Day(day) = taken.answered {
                taken.remark(Remark::CarriedOver, format!("{day} 才答复，结果计入下一年度"));
            }
            return Some("carry_out".into());
        }
        let row = match answer.and_then(|answer| answer.row.as_deref()) {
            Some(NONE) => return Some("carry_out".into()),
            // The office says it was not answered, whatever is written.
            None if answer.is_some_and(|answer| answer.answered.as_deref() == Some(NONE)) => return Some("carry_out".into()),
            Some(row) => Some(row.into()),
            None => self.meaning(line, taken)?,
        };
        match (row, &taken.answered) {
            (Some(row), When::Blank) => {
                let word = taken.outcome.clone();
                let is_this_year = taken.received.day().is_some_and(|day| self.side(day) == Side::In);
                taken.ask(Doubt::NoAnswerDate, &word, is_this_year.then_some(&*row));
                Some(row)
            }
            (Some(row), _) => Some(row),
            (None, When::Blank) => Some("carry_out".into()),
            (None, _) => {
                taken.ask(Doubt::NoOutcome, "", None);
                None
            }
        }
    }

    /// What the outcome says: a row, `Some(None)` for no outcome yet, `None` where nothing can be proposed.
    #[expect(clippy::option_option, reason = "no outcome and no proposal are two things")]
    fn meaning(&mut self, line: &'a Line, taken: &mut Taken<'a>) -> Option<Option<Box<str>>> {
        let text = taken.outcome.clone();
        if let Some(row) = Answers::word(&self.answers.outcomes, &text) {
            if row == SKIP {
                taken.nowhere = Some(NO_REQUEST);
            }
            return Some((row != NONE).then(|| row.as_str().into()));
        }
        let meaning = self.meaning_of(&text);
        let first = meaning.rows.first().cloned();
        let is_dated = !matches!(taken.answered, When::Blank);
        let doubt = match meaning.says {
            Says::Row => return Some(self.checked(line, first, taken)),
            Says::Blank => return self.unanswered(line, taken),
            Says::Pending if !is_dated => return Some(None),
            Says::Pending | Says::Step => Doubt::ResultStep,
            Says::Proposed => Doubt::ResultProposed,
            Says::Two => Doubt::TwoOutcomes,
            Says::Ambiguous => Doubt::ResultAmbiguous,
            Says::Unknown => Doubt::ResultUnknown,
        };
        if !is_dated && meaning.says == Says::Step && meaning.rows.is_empty() {
            taken.ask(doubt, &text, Some("carry_out"));
            return Some(None);
        }
        taken.ask(doubt, &text, first.as_deref());
        first.map(Some)
    }

    fn meaning_of(&mut self, text: &str) -> Meaning {
        if let Some(known) = self.meanings.get(text) {
            return known.clone();
        }
        let meaning = outcome::read(&self.words.outcomes, text);
        self.meanings.insert(text.to_owned(), meaning.clone());
        meaning
    }

    /// Two rows that the word alone does not settle.
    fn checked(&mut self, line: &'a Line, row: Option<Box<str>>, taken: &mut Taken<'a>) -> Option<Box<str>> {
        let word = taken.outcome.clone();
        let matter = taken.matter;
        let is_petition_paper =
            matter.contains("信访") && ["书", "意见", "材料", "复印件", "回复", "答复", "记录"].iter().any(|word| matter.contains(word));
        let is_corrected = is_yes(self.cell(line, Field::Corrected)) || !self.cell(line, Field::CorrectedOn).is_empty();
        let has_correction = self.layout.column(Field::Corrected).is_some();
        match row.as_deref() {
            // A paper of a petition that was asked for is no petition.
            Some("noproc1") if is_petition_paper => taken.ask(Doubt::ResultAmbiguous, &word, Some("noproc1")),
            Some("unable3") if has_correction && !is_corrected => taken.ask(Doubt::ResultAmbiguous, &word, Some("unable3")),
            row if self.is_contradicted(line, row) => taken.ask(Doubt::ResultAmbiguous, &word, row),
            _ => {}
        }
        row
    }

    /// Another column of outcomes, the state or the remark says something else for certain.
    fn is_contradicted(&mut self, line: &'a Line, row: Option<&str>) -> bool {
        let fields = [Field::Status, Field::Note].into_iter().filter_map(|field| self.layout.column(field));
        let places: Vec<usize> = self.layout.second_outcomes.iter().copied().chain(fields).collect();
        places.into_iter().any(|at| {
            let meaning = self.meaning_of(line.cell(at));
            meaning.says == Says::Row && meaning.rows.first().map(|row| &**row) != row
        })
    }

    /// No outcome is written.
    #[expect(clippy::option_option, reason = "as above")]
    fn unanswered(&self, line: &'a Line, taken: &mut Taken<'a>) -> Option<Option<Box<str>>> {
        let status = self.cell(line, Field::Status);
        let is_corrected = is_yes(self.cell(line, Field::Corrected)) && self.cell(line, Field::CorrectedOn).is_empty();
        let (senses, _) = self.words.outcomes.read(status);
        let is_done = !status.is_empty() && !senses.contains(&&Sense::Pending) && !is_no(status);
        if matches!(taken.answered, When::Blank) && is_done {
            taken.ask(Doubt::NoOutcome, status, None);
            return None;
        }
        if matches!(taken.answered, When::Blank) && is_corrected {
            taken.ask(Doubt::CorrectionOpen, "", Some("carry_out"));
        }
        Some(None)
    }
}

/// What stands under 是否公开.
fn whether(cell: &str) -> &str {
    match cell {
        "是" | "√" | "✓" | "Y" | "y" => "公开",
        "否" | "×" | "N" | "n" => "不公开",
        "部分" => "部分公开",
        other => other,
    }
}

/// 是, √, 已延期, a day.
pub(super) fn is_yes(cell: &str) -> bool {
    !cell.is_empty() && !is_no(cell)
}

/// 否, 无, 未补正, nothing.
pub(super) fn is_no(cell: &str) -> bool {
    matches!(&*key(cell), "" | "否" | "无" | "/" | "-" | "—" | "×" | "x" | "X" | "不" | "没有" | "N" | "n" | "NO" | "No" | "no" | "0")
        || cell.starts_with('未')
        || cell.starts_with('不')
}

/// How many numbers stand in one cell: 2020-07至09 holds three. None where there is one.
fn numbers(cell: &str) -> Option<u32> {
    let digits = |text: &str, from_end: bool| -> Option<u32> {
        let sign = |c: &char| c.is_ascii_digit();
        let run: String = if from_end {
            text.chars().rev().skip_while(|c| *c == '号').take_while(sign).collect()
        } else {
            text.chars().take_while(sign).collect()
        };
        let run: String = if from_end { run.chars().rev().collect() } else { run };
        run.parse().ok()
    };
    for between in ["至", "～", "~", "—", "到"] {
        if let Some((first, last)) = cell.split_once(between) {
            let tail = last.rsplit(['-', '第', '〕', ']']).next().unwrap_or(last);
            let (first, last) = (digits(first, true)?, digits(tail, false)?);
            return (first < last && last - first < 1000).then(|| last - first + 1);
        }
    }
    let parts = cell.split(['、', '，', ',', '；', ';', '\n', '和']).filter(|part| part.chars().any(|c| c.is_ascii_digit())).count();
    (parts > 1).then(|| u32::try_from(parts).unwrap_or(u32::MAX))
}
