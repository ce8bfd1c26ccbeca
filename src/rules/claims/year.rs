//! R49: a sentence or a period of another year, left from last year's report.

use super::finding::{Certainty, TextFinding};
use super::lex::{Token, TokenKind};
use super::line::Line;
use super::words::{Aspect, Class};

/// The period the figures cover, and what the agency did, in a year that is not the report's.
pub(super) fn years(line: &Line) -> Vec<TextFinding> {
    period(line).or_else(|| own_figures(line)).or_else(|| up_to(line)).into_iter().collect()
}

/// 统计期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止.
fn period(line: &Line) -> Option<TextFinding> {
    let words = line.words();
    let is_period = ["统计", "数据", "时限", "期限", "周期", "起止时间"].iter().any(|word| words.contains(word));
    let tokens = line.tokens();
    let report_year = line.given.report.draft.year;
    let is_day = |token: Option<&Token>, words: &str| {
        token.is_some_and(|token| {
            token.kind == TokenKind::Opaque && line.paragraph.quote(&(token.start..token.end)).replace(' ', "").starts_with(words)
        })
    };
    let ends = |place: usize, month: &str, day: &str| is_day(tokens.get(place + 1), month) && is_day(tokens.get(place + 2), day);
    let is_wrong = |place: usize, token: &Token| match token.kind {
        TokenKind::Year(year) => {
            year != report_year && (ends(place, "1月", "1日") || ends(place, "01月", "01日")) && spans_year(line, tokens, place)
        }
        _ => false,
    };
    let (place, first) = tokens.iter().enumerate().find(|(place, token)| is_period && is_wrong(*place, token))?;
    let end = tokens.get(place + 2).map_or(first.end, |token| token.end);
    line.finding("R49", &(first.start..end), Certainty::Broken, format!("本报告是 {report_year} 年的"))
}

/// 至…12月31日 follows: the sentence names a whole year, not the date of a document or a count from the beginning.
fn spans_year(line: &Line, tokens: &[Token], place: usize) -> bool {
    let rest: String = tokens.get(place + 2).map(|token| line.paragraph.quote(&(token.end..line.sentence.chars.end))).unwrap_or_default();
    let rest: String = rest.chars().take(24).filter(|c| !c.is_whitespace()).collect();
    rest.contains("12月31") || rest.contains("12月底")
}

/// 2023 年，我局共收到…: the agency's own work under another year.
fn own_figures(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let report_year = line.given.report.draft.year;
    if matches!(line.sentence.scope.aspect, Aspect::Problems) || line.sentence.scope.chapter == 5 {
        return None;
    }
    let names_report_year = tokens.iter().any(|token| token.kind == TokenKind::Year(report_year));
    let (place, year) = tokens.iter().enumerate().find_map(|(place, token)| match token.kind {
        TokenKind::Year(year) => Some((place, year)),
        _ => None,
    })?;
    let token = tokens.get(place)?;
    if names_report_year || year == report_year || !begins(line, token) || year > report_year + 1 {
        return None;
    }
    let behind = tokens.get(place + 1..)?;
    let next: String = line.paragraph.quote(&(token.end..line.sentence.chars.end)).chars().take(8).collect();
    let leads_away = [
        "以来",
        "起",
        "底",
        "末",
        "初",
        "至",
        "—",
        "-",
        "－",
        "开始",
        "预算",
        "决算",
        "结转",
        "转结",
        "年报",
        "工作年",
        "政府信息公开工作年度",
        "报告",
        "之前",
        "以前",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
    ];
    if leads_away.iter().any(|word| next.trim_start().starts_with(word)) {
        return None;
    }
    let clause: Vec<&Token> = behind.iter().collect();
    let has = |class| clause.iter().any(|token| token.class() == Some(class));
    if has(Class::Compare) || has(Class::Plan) || has(Class::ManyYears) || has(Class::Carry) && !has(Class::Receive) {
        return None;
    }
    let acts = [
        Class::Receive,
        Class::New,
        Class::HandleAll,
        Class::Handle,
        Class::Finish,
        Class::Answer,
        Class::Make,
        Class::Publish,
        Class::NoneReceived,
        Class::NotOccurred,
        Class::Topic,
        Class::Open,
    ];
    let figure =
        clause.iter().find(|token| token.counted().is_some() || matches!(token.class(), Some(Class::NoneReceived | Class::NotOccurred)))?;
    let act = acts.iter().any(|class| clause.iter().any(|token| token.class() == Some(*class) && token.start <= figure.start));
    // 决算, 预算 of another year are right.
    let all = line.words();
    if !act || ["决算", "预算", "计划", "规划", "要点", "上年", "去年"].iter().any(|word| all.contains(word)) {
        return None;
    }
    line.finding("R49", &(token.start..figure.end), Certainty::Look, format!("本报告是 {report_year} 年的"))
}

/// 截至 2023 年 12 月 31 日 in the report of 2024, 截止 2024 年 1 月 21 日 in the same: the day of last year's report.
fn up_to(line: &Line) -> Option<TextFinding> {
    let tokens = line.tokens();
    let report_year = line.given.report.draft.year;
    let words = line.words();
    if ["上年", "去年", "决算", "预算", "比", "较", "以前", "之前"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let (place, token, year) = tokens.iter().enumerate().find_map(|(place, token)| match token.kind {
        TokenKind::Year(year) => {
            let before = line.paragraph.quote(&(token.start.saturating_sub(3)..token.start));
            ["截至", "截止", "截至到", "截止到", "截止至"].iter().any(|word| before.ends_with(word)).then_some((place, token, year))
        }
        _ => None,
    })?;
    let day: Vec<String> = tokens.iter().skip(place + 1).take(2).map(|token| line.paragraph.quote(&(token.start..token.end))).collect();
    let is_day = |month: &[&str]| {
        day.first().is_some_and(|first| month.contains(&first.trim())) && day.get(1).is_some_and(|day| day.ends_with('日'))
    };
    let is_last = year + 1 == report_year && is_day(&["12月"]) && !tokens.iter().any(|token| token.kind == TokenKind::Year(report_year));
    let is_first = year == report_year && is_day(&["1月", "01月"]);
    let end = tokens.get(place + 2).filter(|_| is_last || is_first)?.end;
    tokens.iter().skip(place + 3).any(|token| token.counted().is_some()).then_some(())?;
    line.finding("R49", &(token.start..end), Certainty::Look, format!("本报告是 {report_year} 年的，全年的数到 {report_year} 年底为止"))
}

/// The year stands at the beginning of the sentence, headings and bullets aside.
fn begins(line: &Line, token: &Token) -> bool {
    let before = line.paragraph.quote(&(line.sentence.chars.start..token.start));
    let before = before.trim();
    before.is_empty()
        || before.chars().count() <= 18 && (before.ends_with(['）', ')', '、', ' ', '：', ':', '.']) || before.ends_with("情况"))
}
