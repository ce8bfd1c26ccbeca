//! What is wrong with the register itself: terms, sums, numbers, lines that count nowhere.

use std::collections::{BTreeMap, HashMap};

use super::answers::LineAnswer;
use super::calendar::{Calendar, TERM};
use super::columns::Field;
use super::counted::{Place, Remarked};
use super::date::{self, Written};
use super::doubt::Remark;
use super::error::Family;
use super::layout::{Layout, Part};
use super::request::{Context, Taken, is_yes};
use super::when::When;
use crate::read::lines::{Line, Sheet};

/// The day by which the answer is due, and whether it was late: a hint, never a figure.
pub(super) fn term(context: &Context<'_, '_>, calendar: &Calendar, line: &Line, taken: &mut Taken<'_>) {
    let cell = |field| context.layout.column(field).map_or("", |at| line.cell(at));
    let When::Day(received) = taken.received else { return };
    let asks_third = |text: &str| text.contains("第三方") || text.contains("权利人") || text.contains("征求");
    // The time a third party takes is not counted, and the register does not say how long it was.
    if taken.nowhere.is_some() || asks_third(&taken.outcome) || asks_third(cell(Field::Note)) || is_yes(cell(Field::ThirdParty)) {
        return;
    }
    let corrected = date::read(cell(Field::CorrectedOn));
    let from = match corrected {
        Written::Day(day) => day,
        Written::Blank if !is_yes(cell(Field::Corrected)) && !taken.outcome.contains("补正") => received,
        _ => return,
    };
    let is_extended = is_yes(cell(Field::Extended)) || taken.outcome.contains("延期") || cell(Field::Note).contains("延期");
    taken.due = calendar.due(from, if is_extended { 2 * TERM } else { TERM });
    let Some(due) = taken.due else { return };
    match taken.answered {
        When::Day(answered) if answered > due => taken.remark(Remark::Overdue, format!("应当在 {due} 前答复，{answered} 才答复")),
        When::Blank if taken.outcome.is_empty() && due.year() <= context.report_year => {
            taken.remark(Remark::Overdue, format!("应当在 {due} 前答复，还没有答复日期"));
        }
        _ => {}
    }
}

/// Remarks on the lines of a sheet that come from the sheet as a whole.
pub(super) fn of_sheet(at: (usize, usize), sheet: &Sheet, layout: &Layout, taken: &[(Family, Taken<'_>)], remarks: &mut Vec<Remarked>) {
    let place = |line: u32| Place { file: at.0, sheet: at.1, line };
    let mut since_sum = 0;
    let mut all = 0;
    let unique: u32 = taken.iter().filter(|(_, taken)| !taken.is_double).map(|(_, taken)| taken.count).sum();
    for (index, (line, part)) in sheet.lines.iter().zip(&layout.parts).enumerate() {
        let first = line.filled().next().map_or("", |(_, cell)| cell);
        let not_data = |why: String| Remarked::new(place(line.no), Remark::NotData, why);
        match part {
            Part::Title => remarks.push(not_data("标题".to_owned())),
            Part::Head if index == layout.head.start => {}
            Part::Head if layout.head.contains(&index) => {
                remarks.push(Remarked::new(place(line.no), Remark::HeadInTwoLines, "表头的下一行".to_owned()));
            }
            Part::Head => remarks.push(not_data("重复的表头".to_owned())),
            Part::Month => remarks.push(not_data("月份行".to_owned())),
            Part::Note => remarks.push(not_data("说明或签名行".to_owned())),
            Part::Empty => remarks.push(not_data("没有内容的行".to_owned())),
            Part::Sum(written) => {
                remarks.push(not_data(format!("{first}行")));
                let is_part = ["小计", "月计", "本月", "本页"].iter().any(|word| first.contains(word));
                let counted = if is_part { since_sum } else { all };
                if let Some(written) = written.filter(|written| *written != counted && (is_part || *written != unique)) {
                    remarks.push(Remarked::new(place(line.no), Remark::SumWrong, format!("写的是 {written}，上面有 {counted} 行")));
                }
                since_sum = 0;
            }
            Part::Data => {
                since_sum += 1;
                all += 1;
            }
        }
    }
    for (_, taken) in taken {
        if let Some(why) = taken.nowhere {
            remarks.push(Remarked::new(
                taken.place,
                if why.contains("年") { Remark::OutsideTheYear } else { Remark::CountsNowhere },
                why.to_owned(),
            ));
        }
        if taken.outcome.contains("三需要") {
            remarks.push(Remarked::new(taken.place, Remark::OldReason, taken.outcome.clone()));
        }
    }
    if layout.family == Family::Requests {
        numbers(taken, remarks);
    }
}

/// Lines without a number in a register that has them, and gaps in a sequence.
fn numbers(taken: &[(Family, Taken<'_>)], remarks: &mut Vec<Remarked>) {
    let numbered = taken.iter().filter(|(_, taken)| !taken.number.is_empty()).count();
    if numbered * 2 < taken.len() {
        return;
    }
    for (_, taken) in taken.iter().filter(|(_, taken)| taken.number.is_empty()) {
        remarks.push(Remarked::new(taken.place, Remark::NumberMissing, "没有编号".to_owned()));
    }
    let mut sequences: BTreeMap<&str, BTreeMap<u32, Place>> = BTreeMap::new();
    for (_, taken) in taken {
        let Some((prefix, first)) = serial(taken.number) else { continue };
        let numbers = sequences.entry(prefix).or_default();
        for more in 0..taken.count.clamp(1, 1000) {
            numbers.entry(first.saturating_add(more)).or_insert(taken.place);
        }
    }
    for (prefix, numbers) in sequences.iter().filter(|(_, numbers)| numbers.len() > 4) {
        for ((before, _), (after, place)) in numbers.iter().zip(numbers.iter().skip(1)) {
            if after - before > 1 && after - before <= 20 {
                let missing = if after - before == 2 {
                    format!("{prefix}{}", before + 1)
                } else {
                    format!("{prefix}{} 至 {}", before + 1, after - 1)
                };
                remarks.push(Remarked::new(*place, Remark::NumberMissing, format!("前面缺 {missing}")));
            }
        }
    }
}

/// `AL-YSQ-2024-039` → what stands before the serial number, and the number; of a range the first.
fn serial(number: &str) -> Option<(&str, u32)> {
    let head = number.split(['至', '～', '~', '、', '，']).next().unwrap_or(number);
    let end = head.trim_end_matches(|c: char| !c.is_ascii_digit());
    let start = end.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = end.get(start.len()..).filter(|digits| !digits.is_empty() && digits.len() <= 6)?;
    // 2020-02A is filed behind 2020-02.
    digits.parse().ok().map(|first| (start, first))
}

/// Answers for lines that are no request here.
pub(super) fn unused_answers(
    at: (usize, usize),
    answers: &HashMap<u32, &LineAnswer>,
    taken: &[(Family, Taken<'_>)],
    remarks: &mut Vec<Remarked>,
) {
    let mut unused: Vec<u32> = answers.keys().copied().filter(|line| !taken.iter().any(|(_, taken)| taken.place.line == *line)).collect();
    unused.sort_unstable();
    for line in unused {
        let place = Place { file: at.0, sheet: at.1, line };
        remarks.push(Remarked::new(place, Remark::AnswerUnused, "归类文件里有这一行的回答，但这一行不是申请".to_owned()));
    }
}
