//! The chapters of a report in running text: where each begins, and what the text chapters say.

use std::collections::BTreeMap;

use super::words::{letters, like, ordinal};
use crate::form::Form;
use crate::model::SectionId;

/// Words of titles, by the chapter they begin, the longer first. Source: domain.md §1.2 and reports of many offices.
const TITLES: [(u8, &str); 17] = [
    (1, "总体情况"),
    (1, "概述"),
    (2, "主动公开政府信息情况"),
    (2, "主动公开工作情况"),
    (2, "主动公开政府信息的情况"),
    (3, "收到和处理政府信息公开申请情况"),
    (3, "政府信息公开申请情况"),
    (3, "依申请公开政府信息情况"),
    (4, "政府信息公开行政复议"),
    (4, "因政府信息公开工作被申请行政复议"),
    (4, "行政复议、行政诉讼情况"),
    (5, "政府信息公开工作存在的主要问题及改进情况"),
    (5, "存在的主要问题"),
    (5, "存在问题及改进"),
    (5, "存在的问题"),
    (6, "其他需要报告的事项"),
    (6, "其他需报告的事项"),
];

/// What may follow the words of a title of chapter five and is still title.
const TAILS: [&str; 6] = ["及改进情况", "及改进措施", "和改进情况", "及下一步工作打算", "及明年工作计划", "情况"];

/// What the chapters say.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub preamble: String,
    pub sections: BTreeMap<SectionId, String>,
    /// Lines below the last chapter that are no part of it: to be signed, whose it is, of what day.
    pub closing: Vec<String>,
}

/// What stands in front of a line that is to be signed.
const SIGNERS: [&str; 16] = [
    "单位负责人",
    "主要负责人",
    "分管负责人",
    "分管领导",
    "负责人",
    "填报人",
    "填表人",
    "制表人",
    "审核人",
    "审批人",
    "签发人",
    "经办人",
    "联系人",
    "联系电话",
    "填报日期",
    "核对码",
];

/// Signs with which the name of an office ends.
const OFFICES: &str = "府局委办室处会院站所队心镇乡道司校社厅部署学馆行";

/// Lines at the end of a report that are its closing.
const MAX_CLOSING: usize = 6;

/// Cuts running text into chapters. Titles carry a number; it is not asked which, for reports miscount.
pub(super) fn read(form: &Form, text: &str) -> Texts {
    let mut marks: Vec<(usize, usize, u8)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| *c == '、') {
        let begin = text.get(..at).and_then(|before| before.char_indices().next_back());
        let Some((begin, number)) = begin else { continue };
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let is_first = !text.get(..begin).is_some_and(|before| before.ends_with(|c: char| "一二三四五六七八九十第".contains(c)));
        if "一二三四五六七".contains(number)
            && is_first
            && let Some((chapter, len)) = title(rest)
        {
            marks.push((begin, at + c.len_utf8() + len, chapter));
        }
    }
    let mut texts =
        Texts { preamble: text.get(..marks.first().map_or(0, |mark| mark.0)).unwrap_or_default().trim().to_owned(), ..Texts::default() };
    for (place, (_, begin, chapter)) in marks.iter().enumerate() {
        let end = marks.get(place + 1).map_or(text.len(), |next| next.0);
        let mut words = paragraphs(text.get(*begin..end).unwrap_or_default());
        if place + 1 == marks.len() {
            texts.closing = cut_closing(&mut words);
        }
        let section = form.sections().find(|(_, found)| found.no == *chapter).map(|(section, _)| section);
        if let Some(section) = section.filter(|_| !words.is_empty()) {
            let all = texts.sections.entry(section).or_default();
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(&words);
        }
    }
    texts
}

/// The chapter whose title a text begins with, and how many bytes of it are title.
fn title(rest: &str) -> Option<(u8, usize)> {
    let head: String = rest.chars().take(30).collect();
    let line = head.split('\n').next().unwrap_or_default();
    let own = letters(line);
    let found = TITLES.iter().find_map(|(chapter, words)| {
        let words = letters(words);
        let most = usize::from(words.len() > 5);
        let (begin, end, _) = like(own.get(..(words.len() + most).min(own.len()))?, &words, most)?;
        (begin == 0).then_some((*chapter, end))
    })?;
    let (chapter, num) = found;
    let mut seen = 0;
    let mut len = 0;
    for (at, c) in rest.char_indices() {
        if seen == num {
            break;
        }
        seen += usize::from(c.is_alphabetic());
        len = at + c.len_utf8();
    }
    let after = rest.get(len..).unwrap_or_default();
    let to_line = after.split('\n').next().unwrap_or_default();
    // A short line is all title, whatever it says.
    let tail = if after.contains('\n') && to_line.chars().count() <= 16 && !to_line.contains('。') {
        to_line.len()
    } else {
        TAILS.iter().find(|tail| after.starts_with(**tail)).map_or(0, |tail| tail.len())
    };
    Some((chapter, len + tail))
}

/// Cuts off what closes a report: from its end upwards lines to be signed, a day, and the office beside one of them.
fn cut_closing(words: &mut String) -> Vec<String> {
    let lines: Vec<&str> = words.lines().collect();
    let is_closing = |line: &&&str| is_to_be_signed(line) || is_day(line) || is_office(line);
    let mut num = lines.iter().rev().take(MAX_CLOSING).take_while(is_closing).count();
    // An office alone may be the end of a sentence or of a list; with a line to be signed above it or a day below it is not.
    while num > 0 {
        let tail = lines.get(lines.len() - num..).unwrap_or_default();
        let is_alone = |line: &&str| is_office(line) && !is_to_be_signed(line) && !is_day(line);
        let num_alone = tail.iter().take_while(|line| is_alone(line)).count();
        if num_alone == 0 || (num_alone == 1 && tail.len() > 1) {
            break;
        }
        num -= 1;
    }
    let closing = lines.get(lines.len() - num..).unwrap_or_default().iter().map(|line| (*line).to_owned()).collect();
    let kept = lines.get(..lines.len() - num).unwrap_or_default().join("\n");
    *words = kept;
    closing
}

fn is_to_be_signed(line: &str) -> bool {
    let begins =
        SIGNERS.iter().any(|label| line.strip_prefix(label).is_some_and(|rest| rest.starts_with(['（', '(', '：', ':', ' ', '\u{3000}'])));
    let is_sealed = ["（盖章）", "（公章）", "(盖章)", "(公章)"].iter().any(|seal| line.contains(seal));
    (begins || is_sealed) && !line.contains(['。', '；']) && line.chars().filter(|c| !c.is_whitespace()).count() <= 60
}

/// A day, behind a name or alone: `2026年1月12日`, `二〇二六年一月十二日`.
fn is_day(line: &str) -> bool {
    let is_of_day = |c: &char| c.is_ascii_digit() || c.is_whitespace() || "年月日〇○零一二三四五六七八九十".contains(*c);
    let day: Vec<char> = line.chars().rev().take_while(is_of_day).filter(|c| !c.is_whitespace()).collect();
    let name: String = line.chars().take(line.chars().count() - line.chars().rev().take_while(is_of_day).count()).collect();
    let is_whole = day.first() == Some(&'日') && day.contains(&'月') && day.contains(&'年') && day.len() >= 8;
    is_whole && (name.is_empty() || is_office(&name))
}

fn is_office(line: &str) -> bool {
    let line = line.trim();
    let num = line.chars().count();
    line.ends_with(|c| OFFICES.contains(c)) && (3..=40).contains(&num) && !line.contains(['。', '；', '：', '，', '、', ':', ',', ';'])
}

/// Paragraphs as a draft keeps them: a line each, without what stands before and behind.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}'));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Lines that were broken to fit a page are joined again: one goes on where the one before is full and it does not begin anew.
pub(super) fn joined(lines: &[&str]) -> String {
    let width = |line: &str| line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let mut widths: Vec<usize> = lines.iter().map(|line| width(line)).filter(|width| *width > 20).collect();
    widths.sort_unstable();
    // Not the widest: the rows of a table may stand over the edge.
    let full = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0);
    let mut text = String::new();
    let mut was_full = false;
    for line in lines {
        let is_new = line.starts_with([' ', '\u{3000}']) || !ordinal(line).0.is_empty();
        if !text.is_empty() && (is_new || !was_full) {
            text.push('\n');
        }
        text.push_str(line.trim());
        was_full = width(line) + 6 >= full;
    }
    text
}
