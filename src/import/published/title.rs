//! Whose report it is and of which year: by its title, and what in the text contradicts it.

use super::words::letters;
use crate::model::half_width;

/// Lines among which the title is looked for.
const MAX_LINES: usize = 60;
/// Longest title, in signs.
const MAX_TITLE: usize = 70;
/// What a title ends in. Source: 国办公开办函〔2021〕30号 and reports of many offices.
pub(super) const ENDINGS: [&str; 8] = [
    "政府信息公开工作年度报告",
    "政府信息公开工作情况年度报告",
    "政府信息公开年度报告",
    "政务公开工作年度报告",
    "信息公开工作年度报告",
    "政府信息公开工作年报",
    "政府信息公开年报",
    "信息公开年度报告",
];

/// Agency and year.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    pub agency: String,
    pub year: Option<u16>,
}

/// The title among the first lines of a text; it may be written over three of them.
pub(super) fn find<'a>(lines: impl Iterator<Item = &'a str>) -> Title {
    let lines: Vec<String> = lines.map(bare).filter(|line| !line.is_empty() && line != "正文").take(MAX_LINES).collect();
    let mut best = Title::default();
    for first in 0..lines.len() {
        for num in 1..=3 {
            let joined = lines.get(first..first + num).map(<[String]>::concat).unwrap_or_default();
            if joined.chars().count() > MAX_TITLE {
                break;
            }
            let Some(title) = of(&joined) else { continue };
            if title.year.is_some() && !title.agency.is_empty() {
                return title;
            }
            if best.year.is_none() && best.agency.is_empty() {
                best = title;
            }
        }
    }
    if best.year.is_none() {
        // `2023年报告`, as a comparison heads its columns.
        best.year = lines
            .iter()
            .find_map(|line| line.strip_suffix("报告").filter(|line| line.chars().count() <= 6).and_then(year_in))
            .map(|(_, year)| year);
    }
    best
}

fn bare(line: &str) -> String {
    let line: String =
        line.chars().filter(|c| !c.is_whitespace()).map(|c| if ('０'..='９').contains(&c) { half_width(c) } else { c }).collect();
    ["标题:", "标题：", "名称：", "名称:"].iter().find_map(|label| line.strip_prefix(label)).unwrap_or(&line).to_owned()
}

/// `沈阳市辽中区应急管理局2020年度政府信息公开工作年度报告`, or with the year first.
fn of(words: &str) -> Option<Title> {
    let (end, ending) = ENDINGS.iter().filter_map(|ending| Some((words.find(ending)?, ending))).min()?;
    let before = words.get(..end)?;
    let rest = words.get(end + ending.len()..)?;
    // A sentence that speaks of the report is no title.
    if before.contains(['，', '。', '；', '《', '、', '：']) || rest.starts_with(|c: char| c.is_alphabetic()) && !rest.starts_with("（")
    {
        return None;
    }
    let year = year_in(before);
    let agency = match &year {
        Some((text, _)) => before.replacen(text, "", 1),
        None => before.to_owned(),
    };
    let agency = agency.trim_start_matches("关于").trim_matches(['(', ')', '（', '）', '-', '_', '的']).to_owned();
    let agency = if letters(&agency).len() >= 3 { agency } else { String::new() };
    Some(Title { agency, year: year.map(|(_, year)| year) })
}

/// The first year that these words name.
pub(super) fn year_among<'a>(words: impl Iterator<Item = &'a str>) -> Option<u16> {
    words.take(MAX_LINES).find_map(|words| year_in(words).map(|(_, year)| year))
}

/// `2020年度`, `2020年`, `二〇二〇年`, as it stands there, and the year.
fn year_in(words: &str) -> Option<(String, u16)> {
    let chars: Vec<char> = words.chars().collect();
    chars.windows(5).enumerate().find_map(|(at, window)| {
        let year = window.get(..4)?.iter().try_fold(0, |year, c| Some(year * 10 + digit(*c)?))?;
        (window.get(4) == Some(&'年') && (2000..2100).contains(&year)).then(|| {
            let len = 5 + usize::from(chars.get(at + 5) == Some(&'度'));
            (chars.get(at..at + len).unwrap_or_default().iter().collect(), year)
        })
    })
}

fn digit(c: char) -> Option<u16> {
    let chinese = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = chinese.iter().position(|digit| *digit == c || c == '零' && *digit == '〇');
    place.and_then(|place| u16::try_from(place).ok()).or_else(|| c.to_digit(10).and_then(|digit| u16::try_from(digit).ok()))
}

/// The year that the text says it reports on: `统计期限自2024年1月1日`.
pub(super) fn period(text: &str) -> Option<u16> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (before, _) = text.split_once("年1月1日")?;
    let digits: String = before.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    digits.parse().ok().filter(|year| (2000..2100).contains(year))
}
