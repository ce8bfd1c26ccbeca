//! Titles of chapters as people write them: other numbers, blanks and marks, and wordings that are in use.
//! Source: domain.md §1.2.

use crate::form::Form;
use crate::model::SectionId;

/// Wordings that offices use, and the official one.
const IN_USE: [(&str, &str); 3] = [
    ("政府信息公开工作存在的主要问题及改进情况", "存在的主要问题及改进情况"),
    ("存在问题及改进情况", "存在的主要问题及改进情况"),
    ("存在的问题及改进情况", "存在的主要问题及改进情况"),
];

/// The text chapter that these words are the title of, and its official title.
pub(super) fn section(form: &Form, words: &str) -> Option<(SectionId, String)> {
    // A sentence without a number, 总体情况。, is what somebody wrote under the title.
    if words.trim_end().ends_with('。')
        && !words.trim_start().starts_with(|c: char| c.is_ascii_digit() || "（(第一二三四五六七八九十".contains(c))
    {
        return None;
    }
    let title = bare(words);
    let title = IN_USE.iter().find(|(used, _)| *used == title).map_or(&*title, |(_, official)| official);
    let found = form.sections().find(|(_, chapter)| bare(&chapter.title) == title && !title.is_empty());
    found.map(|(section, chapter)| (section, chapter.title.to_string()))
}

/// The words without number, blanks and closing marks.
pub(super) fn bare(words: &str) -> String {
    let words: String = words.chars().filter(|c| !c.is_whitespace() && !crate::model::is_invisible(*c)).collect();
    let is_mark = |c: char| "、.．，,：:。；;（）()".contains(c);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十第章".contains(c);
    let rest = words.trim_start_matches(|c| is_mark(c) || is_number(c));
    let number = words.strip_suffix(rest).unwrap_or_default();
    // 一般情况 begins with a numeral that is no number: a number ends in a mark.
    let rest = if number.is_empty() || number.ends_with(is_mark) { rest } else { &words };
    rest.trim_end_matches(is_mark).to_owned()
}
