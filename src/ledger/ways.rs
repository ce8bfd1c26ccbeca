//! The ways a question can be answered, and taking the one that was chosen.

use super::answers::{Answers, Basis, LineAnswer, NONE, SKIP};
use super::columns::Field;
use super::counted::{Counted, Place, Question};
use super::doubt::Doubt;
use super::error::Family;
use super::register::Register;
use crate::form::Form;

/// Columns of table 三, from the left.
const COLUMNS: [&str; 6] = ["nat", "biz", "sci", "ngo", "law", "oth"];
/// Rows of table 三 that are no outcome.
const COUNTS: [&str; 4] = ["new", "carry_in", "total", "carry_out"];
/// Results of table 四.
const RESULTS: [(&str, &str); 4] = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结")];

/// One way to answer a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The column with this head is the day of receipt.
    Column(String),
    /// This outcome is this row: a key, `none` or `skip`.
    Outcome(String, String),
    /// This result of a case is this column.
    Result(String, String),
    /// This kind, or ending of a name, is this column.
    Applicant(String, String),
    /// This respondent is the office, or is not.
    Respondent(String, bool),
    /// This cause is about disclosure, or is not.
    Cause(String, bool),
    /// Table 四 counts by this day.
    Basis(Basis),
    /// The lines asked about, each with this answer; `line` is filled in.
    Lines(LineAnswer),
}

/// The name of a row: `三（一）予以公开`.
pub fn row_name(form: &Form, row: &str) -> String {
    match row {
        NONE | "carry_out" => return "没有结果，结转下年度".to_owned(),
        SKIP => return "不是申请，不计".to_owned(),
        _ => {}
    }
    if let Some((_, name)) = RESULTS.iter().find(|(key, _)| *key == row) {
        return (*name).to_owned();
    }
    let cell = form.cell_by_key(&format!("{row}.sum")).map(|cell| form.cell(cell));
    cell.map_or_else(|| row.to_owned(), |cell| cell.label.splitn(3, ' ').last().unwrap_or_default().to_owned())
}

/// The name of a column: `商业企业`.
pub fn column_name(form: &Form, column: &str) -> String {
    let cell = form.cell_by_key(&format!("new.{column}")).map(|cell| form.cell(cell));
    cell.map_or_else(|| column.to_owned(), |cell| cell.label.split(' ').nth(1).unwrap_or_default().to_owned())
}

/// Rows that an outcome can be, in the order of the form.
fn rows(form: &Form) -> Vec<String> {
    let row = |key: &str| key.strip_suffix(".nat").filter(|row| !COUNTS.contains(row) && !row.ends_with("_sum")).map(str::to_owned);
    form.cells().filter_map(|(_, cell)| row(&cell.key)).collect()
}

impl Counted {
    /// The ways this question can be answered, the likeliest first; dates may also be typed: see [`Counted::dated`].
    pub fn ways(&self, form: &Form, registers: &[Register], question: &Question) -> Vec<(String, Way)> {
        let family = self.family(question);
        let lines = |words: &str, answer: LineAnswer| (words.to_owned(), Way::Lines(answer));
        let count = |words: &str, count: u32| lines(words, LineAnswer { count: Some(count), ..LineAnswer::default() });
        let word = &question.word;
        match question.doubt {
            Doubt::ReceiptColumn => word.split('、').map(|head| (head.to_owned(), Way::Column(head.to_owned()))).collect(),
            Doubt::ResultStep | Doubt::ResultUnknown | Doubt::ResultAmbiguous | Doubt::ResultProposed | Doubt::TwoOutcomes => {
                self.outcome_ways(form, question, family)
            }
            Doubt::NoOutcome => {
                let none = LineAnswer { answered: Some(NONE.to_owned()), ..LineAnswer::default() };
                [lines("还没有答复，结转下年度", none)].into_iter().chain(line_rows(form, family)).collect()
            }
            Doubt::KindMissing | Doubt::KindAmbiguous | Doubt::KindUnknown | Doubt::NameAgainstKind => {
                self.column_ways(form, registers, question)
            }
            Doubt::SeveralPersons | Doubt::SeveralNumbers => {
                let many: u32 = word.trim_end_matches('人').parse().ok().or(proposed_count(question)).unwrap_or(2);
                [count("计 1 件", 1), count(&format!("计 {many} 件"), many.max(2)), count("不计", 0)].into()
            }
            Doubt::NoRequest => [count("是一件申请", 1), count("不是申请，不计", 0)].into(),
            Doubt::Double => [count("各计一件", 1), count("与另一行是同一件，这里不计", 0)].into(),
            Doubt::Instance => [count("是同一件的二审，不另计", 0), count("是另一件，计 1 件", 1)].into(),
            Doubt::CorrectionOpen => {
                let none = LineAnswer { answered: Some(NONE.to_owned()), row: Some(NONE.to_owned()), ..LineAnswer::default() };
                let given_up = if form.cell_by_key("other1.nat").is_some() { "other1" } else { "other" };
                let over = LineAnswer { row: Some(given_up.to_owned()), ..LineAnswer::default() };
                [lines("还在办，结转下年度", none), lines("逾期不补正，不再处理", over)].into()
            }
            Doubt::Basis => {
                [("按结案年度计".to_owned(), Way::Basis(Basis::Decided)), ("按收到年度计".to_owned(), Way::Basis(Basis::Received))].into()
            }
            Doubt::Respondent => [
                ("是本单位".to_owned(), Way::Respondent(word.clone(), true)),
                ("不是，不计".to_owned(), Way::Respondent(word.clone(), false)),
            ]
            .into(),
            Doubt::Cause => {
                [("是".to_owned(), Way::Cause(word.clone(), true)), ("不是，不计".to_owned(), Way::Cause(word.clone(), false))].into()
            }
            Doubt::Block => {
                let block = |words: &str, key: &str| lines(words, LineAnswer { block: Some(key.to_owned()), ..LineAnswer::default() });
                [block("行政复议", "rev"), block("未经复议直接起诉", "lit0"), block("复议后起诉", "lit1")].into()
            }
            Doubt::NoAnswerDate | Doubt::NoReceipt | Doubt::DateUnread | Doubt::YearUnclear | Doubt::AnsweredBefore => {
                let day = question.proposal.as_deref().and_then(|day| self.dated(registers, question, day));
                let day = day.map(|way| (format!("是 {}", question.proposal.as_deref().unwrap_or_default()), way));
                let none = LineAnswer { answered: Some(NONE.to_owned()), ..LineAnswer::default() };
                let open = (question.doubt == Doubt::NoAnswerDate).then(|| lines("还没有答复，结转下年度", none));
                day.into_iter().chain(open).chain([count("不计", 0)]).collect()
            }
        }
    }

    /// The answer with a day as typed, for questions about days; none where it is no day.
    pub fn dated(&self, registers: &[Register], question: &Question, typed: &str) -> Option<Way> {
        let day: jiff::civil::Date = typed.trim().replace(['/', '.'], "-").parse().ok()?;
        let place = *question.lines.first()?;
        let is_received = match question.doubt {
            Doubt::NoReceipt => true,
            Doubt::NoAnswerDate | Doubt::AnsweredBefore => false,
            Doubt::DateUnread | Doubt::YearUnclear => {
                let is_in = |field| self.text(registers, place, field) == question.word;
                is_in(Field::Received) || !(is_in(Field::Answered) || is_in(Field::Closed))
            }
            _ => return None,
        };
        let day = Some(day.to_string());
        let answer = if is_received {
            LineAnswer { received: day, ..LineAnswer::default() }
        } else {
            LineAnswer { answered: day, ..LineAnswer::default() }
        };
        Some(Way::Lines(answer))
    }

    /// What a line has in the column of a field, as typed; empty where it has none.
    pub fn text<'a>(&self, registers: &'a [Register], place: Place, field: Field) -> &'a str {
        let table = self.tables.iter().find(|table| (table.file, table.sheet) == (place.file, place.sheet));
        let column = table.and_then(|table| table.columns.iter().find(|column| column.field == Some(field)));
        let sheet = registers.get(place.file).and_then(|register| register.sheets.get(place.sheet));
        let line =
            sheet.and_then(|sheet| sheet.lines.binary_search_by_key(&place.line, |line| line.no).ok().and_then(|at| sheet.lines.get(at)));
        line.zip(column).map_or("", |(line, column)| line.cell(column.at))
    }

    fn family(&self, question: &Question) -> Family {
        question.lines.first().and_then(|place| self.item(*place)).map_or(Family::Requests, |item| item.family)
    }

    /// The rows an outcome may be. A word that is certain elsewhere is answered for these lines alone.
    fn outcome_ways(&self, form: &Form, question: &Question, family: Family) -> Vec<(String, Way)> {
        let known = self.words.iter().find(|word| word.text == question.word);
        if known.is_none_or(|word| word.is_certain) {
            return line_rows(form, family).collect();
        }
        let proposal = question.proposal.iter().map(|row| if row == "carry_out" { NONE.to_owned() } else { row.clone() });
        let likely = known.into_iter().flat_map(|word| word.keys.iter().map(ToString::to_string));
        let all = match family {
            Family::Requests => [rows(form), vec![NONE.to_owned(), SKIP.to_owned()]].concat(),
            Family::Cases => RESULTS.iter().map(|(key, _)| (*key).to_owned()).collect(),
        };
        let mut keys: Vec<String> = Vec::new();
        for key in proposal.chain(likely).chain(all.iter().cloned()) {
            if all.contains(&key) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        let way = |key: String| match family {
            Family::Requests => (row_name(form, &key), Way::Outcome(question.word.clone(), key)),
            Family::Cases => (row_name(form, &key), Way::Result(question.word.clone(), key)),
        };
        keys.into_iter().map(way).collect()
    }

    /// The columns an applicant may be. Only kinds and endings are kept as words; a name is answered for its lines.
    fn column_ways(&self, form: &Form, registers: &[Register], question: &Question) -> Vec<(String, Way)> {
        let is_kind = question.lines.first().is_some_and(|place| self.text(registers, *place, Field::Kind) == question.word);
        let is_word = match question.doubt {
            Doubt::KindAmbiguous => true,
            Doubt::KindUnknown => is_kind,
            _ => false,
        };
        let proposal = question.proposal.iter().map(String::as_str);
        let rest = COLUMNS.into_iter().filter(|column| question.proposal.as_deref() != Some(column));
        let way = |column: &str| {
            let own = LineAnswer { column: Some(column.to_owned()), ..LineAnswer::default() };
            let word = Way::Applicant(question.word.clone(), column.to_owned());
            (column_name(form, column), if is_word && !question.word.is_empty() { word } else { Way::Lines(own) })
        };
        proposal.chain(rest).map(way).collect()
    }
}

fn proposed_count(question: &Question) -> Option<u32> {
    question.proposal.as_ref()?.parse().ok()
}

/// A row for the lines alone.
fn line_rows(form: &Form, family: Family) -> impl Iterator<Item = (String, Way)> {
    let keys = match family {
        Family::Requests => [rows(form), vec![NONE.to_owned()]].concat(),
        Family::Cases => RESULTS.iter().map(|(key, _)| (*key).to_owned()).collect(),
    };
    let ways: Vec<_> =
        keys.into_iter().map(|key| (row_name(form, &key), Way::Lines(LineAnswer { row: Some(key), ..LineAnswer::default() }))).collect();
    ways.into_iter()
}

impl Answers {
    /// Takes a way that was chosen. What was answered for a line before stays, where the new answer does not speak of it.
    pub fn take(&mut self, registers: &[Register], question: &Question, way: Way) {
        match way {
            Way::Column(head) => _ = self.columns.insert(Field::Received, head),
            Way::Outcome(word, row) => _ = self.outcomes.insert(word, row),
            Way::Result(word, result) => _ = self.results.insert(word, result),
            Way::Applicant(word, column) => _ = self.applicants.insert(word, column),
            Way::Respondent(word, is_own) => _ = self.respondents.insert(word, is_own),
            Way::Cause(word, is_disclosure) => _ = self.causes.insert(word, is_disclosure),
            Way::Basis(basis) => self.basis = Some(basis),
            Way::Lines(answer) => question.lines.iter().for_each(|place| self.take_line(registers, *place, &answer)),
        }
    }

    fn take_line(&mut self, registers: &[Register], place: Place, answer: &LineAnswer) {
        let register = registers.get(place.file);
        let file = register.map(|register| register.name.clone()).filter(|_| registers.len() > 1);
        let sheets = register.map(|register| register.sheets.as_slice()).unwrap_or_default();
        let sheet = sheets.get(place.sheet).map(|sheet| sheet.name.clone()).filter(|_| sheets.len() > 1);
        let is_it = |line: &LineAnswer| line.line == place.line && line.file == file && line.sheet == sheet;
        if !self.lines.iter().any(is_it) {
            self.lines.push(LineAnswer { file: file.clone(), sheet: sheet.clone(), line: place.line, ..LineAnswer::default() });
        }
        let Some(line) = self.lines.iter_mut().find(|line| is_it(line)) else { return };
        let LineAnswer { received, answered, column, row, count, block, .. } = answer.clone();
        line.received = received.or(line.received.take());
        line.answered = answered.or(line.answered.take());
        line.column = column.or(line.column.take());
        line.row = row.or(line.row.take());
        line.count = count.or(line.count);
        line.block = block.or(line.block.take());
    }

    /// The answers as they hold for these registers: what speaks of lines or years of other files is not used again.
    #[must_use]
    pub fn for_registers(mut self, registers: &[Register]) -> Self {
        let register = if let [only] = registers { only.sha256.clone() } else { String::new() };
        if self.register != register {
            (self.lines, self.year) = (Vec::new(), None);
        }
        self.register = register;
        self
    }
}
