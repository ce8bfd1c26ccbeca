//! One line of a register of reviews and lawsuits → its column of table 四.

use jiff::civil::Date;

use super::answers::{Answers, Basis, NONE};
use super::columns::Field;
use super::counted::Place;
use super::date;
use super::doubt::{Doubt, Remark};
use super::error::Family;
use super::outcome::{self, Says};
use super::pages::Pages;
use super::request::{Context, Taken, is_no, is_yes};
use super::when::{self, When};
use super::words::key;
use crate::read::lines::Line;

const OTHER_CAUSE: &str = "不是政府信息公开案件";
const OTHER_OFFICE: &str = "本单位不是被申请人或被告";
const CLOSED_BEFORE: &str = "上年以前已经结案";
const RECEIVED_AFTER: &str = "本年以后才收到";
const RECEIVED_BEFORE: &str = "按收到年度计：不是本年收到的";
const NO_CASE: &str = "单位确认不计";
const SAME_CASE: &str = "与二审是同一件，计二审的结果";

/// Reads a line. `agency` is the office's name, as far as it is known.
pub(super) fn take<'a>(context: &Context<'a, '_>, line: &'a Line, agency: Option<&str>) -> Taken<'a> {
    let cell = |field| context.layout.column(field).map_or("", |at| line.cell(at));
    let answer = context.line_answers.get(&line.no).copied();
    let (file, sheet) = context.at;
    let words = [Field::CaseNumber, Field::Plaintiff, Field::Document].map(cell);
    let mut taken = Taken::new(Place { file, sheet, line: line.no }, words, cell(Field::Result).to_owned(), answer);
    taken.count = answer.and_then(|answer| answer.count).unwrap_or(1);
    let received = answer.and_then(|answer| answer.received.as_deref()).unwrap_or_else(|| cell(Field::Received));
    taken.received = when::received(date::read(received), context.year, "");
    taken.answered = match answer.and_then(|answer| answer.answered.as_deref()) {
        Some(NONE) => When::Blank,
        Some(text) => when::answered(date::read(text), context.year, None),
        None => closed(date::read(cell(Field::Closed)), context.year, taken.received.day()),
    };
    let judge = Judge { context, line, agency };
    taken.nowhere = if taken.count == 0 { Some(NO_CASE) } else { judge.not_ours(&mut taken).or_else(|| judge.other_year(&mut taken)) };
    if taken.nowhere.is_some() {
        taken.asked.clear();
        taken.is_open = false;
        return taken;
    }
    judge.ask_dates(&mut taken);
    match answer.and_then(|answer| answer.block.as_deref()) {
        Some(block) => taken.rows = Some(("", block.into())),
        None => judge.block(&mut taken),
    }
    match answer.and_then(|answer| answer.row.as_deref()) {
        Some(row) => taken.column = Some(if row == NONE { "pending".into() } else { row.into() }),
        None => judge.result(&mut taken),
    }
    taken
}

/// A case may take longer than an answer, so a date without a year is not moved by the time between.
fn closed(written: date::Written, year: Result<i16, i16>, received: Option<Date>) -> When {
    match when::answered(written, year, None) {
        When::Day(day) if received.is_some_and(|received| day < received) => When::Asked(Doubt::AnsweredBefore, None),
        other => other,
    }
}

/// A line with what it is judged by.
struct Judge<'c, 'a> {
    context: &'c Context<'a, 'c>,
    line: &'a Line,
    agency: Option<&'c str>,
}

impl<'a> Judge<'_, 'a> {
    fn cell(&self, field: Field) -> &'a str {
        self.context.layout.column(field).map_or("", |at| self.line.cell(at))
    }

    /// Not about disclosure, or not against this office.
    fn not_ours(&self, taken: &mut Taken<'a>) -> Option<&'static str> {
        let words = &self.context.words.file;
        let (cause, title) = (self.cell(Field::Cause), &self.context.layout.title);
        let says = |list: &[String], text: &str| list.iter().any(|word| text.contains(word.as_str()));
        match Answers::word(&self.context.answers.causes, cause) {
            Some(true) => {}
            Some(false) => return Some(OTHER_CAUSE),
            None if says(&words.causes, cause) => {}
            None if cause.is_empty() && says(&words.causes, title) => {}
            None if says(&words.other_causes, cause) => return Some(OTHER_CAUSE),
            None => taken.ask(Doubt::Cause, cause, None),
        }
        let respondent = self.cell(Field::Respondent);
        self.context.layout.column(Field::Respondent)?;
        match Answers::word(&self.context.answers.respondents, respondent) {
            Some(true) => None,
            Some(false) => Some(OTHER_OFFICE),
            None => {
                if !self.agency.is_some_and(|agency| respondent.split(['、', '，', ',', '；', ' ']).any(|one| is_same_office(one, agency)))
                {
                    taken.ask(Doubt::Respondent, respondent, Some("true"));
                }
                None
            }
        }
    }

    fn is_in(&self, day: Date) -> bool {
        day.year() == self.context.report_year
    }

    fn other_year(&self, taken: &mut Taken<'a>) -> Option<&'static str> {
        let year = self.context.report_year;
        let received = if let When::Day(day) = taken.received { Some(day.year()) } else { None };
        let closed = if let When::Day(day) = taken.answered { Some(day.year()) } else { None };
        if closed.is_some_and(|closed| closed < year) {
            return Some(CLOSED_BEFORE);
        }
        let received = received?;
        match (received > year, received < year, self.context.answers.basis) {
            (true, ..) => Some(RECEIVED_AFTER),
            (_, true, Some(Basis::Received)) => Some(RECEIVED_BEFORE),
            (_, true, None) => {
                taken.ask(Doubt::Basis, "", Some("decided"));
                None
            }
            _ => None,
        }
    }

    fn ask_dates(&self, taken: &mut Taken<'a>) {
        match taken.received.clone() {
            When::Blank if self.context.answers.basis != Some(Basis::Decided) => taken.ask(Doubt::NoReceipt, "", None),
            When::Asked(doubt, proposal) => taken.ask(doubt, self.cell(Field::Received), proposal.map(|day| day.to_string()).as_deref()),
            _ => {}
        }
        if let When::Asked(doubt, proposal) = taken.answered.clone() {
            taken.ask(doubt, self.cell(Field::Closed), proposal.map(|day| day.to_string()).as_deref());
        }
    }

    /// Review, lawsuit at once, lawsuit after a review.
    fn block(&self, taken: &mut Taken<'a>) {
        let category = [self.cell(Field::Category), taken.number].concat();
        let is_suit = ["诉讼", "应诉", "行初", "行终", "行申", "行再", "一审", "二审"].iter().any(|word| category.contains(word));
        let is_review = category.contains("复议") || taken.number.contains("复〔") || taken.number.contains("复字");
        let after = self.cell(Field::AfterReview);
        let is_about_review = ["政复", "复议", "复决", "行复"].iter().any(|word| taken.matter.contains(word));
        let block = match (is_suit, is_review) {
            (false, true) => Some("rev"),
            (true, _) if is_yes(after) => Some("lit1"),
            (true, _) if after.is_empty() && is_about_review => Some("lit1"),
            (true, _) if !after.is_empty() && is_no(after) && !is_about_review => Some("lit0"),
            _ => None,
        };
        taken.rows = block.map(|block| ("", block.into()));
        if block.is_none() {
            taken.ask(Doubt::Block, after, None);
        }
    }

    /// The result, or pending where it was not decided by the end of the year.
    fn result(&self, taken: &mut Taken<'a>) {
        let text = taken.outcome.clone();
        let is_decided = taken.answered.day().is_some_and(|day| self.is_in(day));
        if let Some(day) = taken.answered.day().filter(|day| day.year() > self.context.report_year) {
            taken.remark(Remark::CarriedOver, format!("{day} 才结案，本年计尚未审结"));
            taken.column = Some("pending".into());
            return;
        }
        if let Some(row) = Answers::word(&self.context.answers.results, &text) {
            taken.column = Some(if row == NONE { "pending".into() } else { row.as_str().into() });
            return;
        }
        let meaning = outcome::read_result(&self.context.words.results, &text);
        let first = meaning.rows.first().cloned();
        let is_pending = first.as_deref() == Some("pending");
        match (meaning.says, is_decided) {
            (Says::Blank, false) => taken.column = Some("pending".into()),
            (Says::Row, false) if is_pending && taken.answered == When::Blank => taken.column = first,
            (Says::Row, true) if !is_pending => taken.column = first,
            (says, _) => {
                let doubt = match says {
                    Says::Blank => Doubt::NoOutcome,
                    Says::Row if !is_decided && !is_pending => Doubt::NoAnswerDate,
                    Says::Row => Doubt::ResultStep,
                    Says::Proposed => Doubt::ResultProposed,
                    Says::Ambiguous => Doubt::ResultAmbiguous,
                    _ => Doubt::ResultUnknown,
                };
                taken.ask(doubt, &text, first.as_deref());
                taken.column = first;
            }
        }
    }
}

/// 市住建局, 安澜市住建局 for 安澜市住房和城乡建设局; not 望海区住建局.
fn is_same_office(one: &str, agency: &str) -> bool {
    let split = |name: &str| -> (String, String) {
        let end = name.rfind(['市', '县', '区', '镇', '乡', '省', '州', '旗']).map_or(0, |at| at + '市'.len_utf8());
        (name.get(..end).unwrap_or_default().to_owned(), name.get(end..).unwrap_or_default().to_owned())
    };
    let ((place, short), (whole_place, whole)) = (split(&key(one)), split(&key(agency)));
    let is_here = place.is_empty() || whole_place.is_empty() || whole_place.ends_with(&place) || place.ends_with(&whole_place);
    let mut left = whole.chars();
    let is_within = short.chars().all(|sign| left.any(|other| other == sign));
    is_here
        && short.chars().count() >= 2
        && is_within
        && short.chars().last() == whole.chars().last()
        && short.chars().next() == whole.chars().next()
}

/// Second instances belong to their first: one case with the latest outcome.
pub(super) fn join(pages: &mut Pages<'_>, answers: &Answers) {
    let is_later = |taken: &Taken<'_>| ["行终", "终字", "民终", "行再", "行申"].iter().any(|word| taken.number.contains(word));
    let later: Vec<usize> = (0..pages.taken.len())
        .filter(|at| {
            pages.taken.get(*at).is_some_and(|(family, taken)| *family == Family::Cases && is_later(taken) && taken.nowhere.is_none())
        })
        .collect();
    for at in later {
        let is_answered = pages
            .taken
            .get(at)
            .is_some_and(|(_, taken)| answers.lines.iter().any(|line| line.line == taken.place.line && line.count.is_some()));
        if !is_answered {
            join_one(pages, at, is_later);
        }
    }
}

fn join_one(pages: &mut Pages<'_>, at: usize, is_later: impl Fn(&Taken<'_>) -> bool) {
    let Some((_, second)) = pages.taken.get(at) else { return };
    let is_suit = |taken: &Taken<'_>| taken.rows.as_ref().is_some_and(|(_, block)| block.starts_with("lit")) || taken.nowhere.is_some();
    let fits = |first: &Taken<'_>| {
        let same_paper = second.matter.is_empty() || first.matter.is_empty() || key(first.matter) == key(second.matter);
        !is_later(first)
            && is_suit(first)
            && key(first.applicant) == key(second.applicant)
            && same_paper
            && first.place.file == second.place.file
    };
    let firsts: Vec<usize> = pages
        .taken
        .iter()
        .enumerate()
        .filter(|(place, (family, first))| *place != at && *family == Family::Cases && fits(first) && first.number.contains("行初"))
        .map(|(place, _)| place)
        .collect();
    let upholds = ["维持原判", "驳回上诉", "维持原裁定"].iter().any(|word| second.outcome.contains(word));
    let first = match firsts.as_slice() {
        [only] if pages.taken.get(*only).is_some_and(|(_, first)| first.nowhere.is_none()) => *only,
        _ => return ask_instance(pages, at),
    };
    let line = pages.taken.get(at).map_or(0, |(_, second)| second.place.line);
    let Some((_, one)) = pages.taken.get_mut(first) else { return };
    let (column, rows, is_asked) = (one.column.clone(), one.rows.clone(), !one.asked.is_empty());
    one.nowhere = Some(SAME_CASE);
    one.asked.clear();
    one.is_open = false;
    one.remark(Remark::SecondInstance, format!("二审在第 {line} 行，一件只计一次"));
    let first_line = one.place.line;
    let Some((_, two)) = pages.taken.get_mut(at) else { return };
    two.remark(Remark::SecondInstance, format!("一审在第 {first_line} 行，一件只计一次"));
    let is_decided = two.column.as_deref() != Some("pending");
    if upholds && is_decided {
        two.column = column;
    }
    if two.rows.is_none() || two.asked.iter().any(|asked| asked.doubt == Doubt::Block) {
        two.rows = rows;
        two.asked.retain(|asked| asked.doubt != Doubt::Block);
    }
    two.is_open = two.rows.is_none() || two.asked.iter().any(|asked| asked.proposal.is_none());
    if is_asked || is_decided && !upholds {
        let proposal = two.column.clone();
        two.ask(Doubt::Instance, "", proposal.as_deref());
    }
}

fn ask_instance(pages: &mut Pages<'_>, at: usize) {
    if let Some((_, second)) = pages.taken.get_mut(at) {
        let number = second.number.to_owned();
        second.ask(Doubt::Instance, &number, None);
    }
}
