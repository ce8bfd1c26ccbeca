//! The words between title and first chapter (说明): on what the report rests, for which days its figures are, whom to ask. Offices
//! print them, no form asks for them. What else stands up there (navigation, dates, links) is not taken along.

use super::title::ENDINGS;

/// Words of which an opening has at least one.
const MARKS: [&str; 5] = ["本报告", "本年度报告", "条例", "编制", "统计期限"];

/// Longest opening, in characters: more than that is no opening.
const LONGEST: usize = 1_500;

/// The opening in what stands before the first chapter, a paragraph a line; empty where there is none that is surely one: whole
/// sentences directly before the chapter, with one of the words such a text has.
pub(super) fn opening(before: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in before.lines().rev().map(|line| line.trim_matches(|c: char| c.is_whitespace())).filter(|line| !line.is_empty()) {
        let title = ENDINGS.iter().filter_map(|words| line.find(words).map(|at| at + words.len())).max();
        // The title may be named in a sentence, too: there a full stop stands before it or it is in book marks.
        let own = title.filter(|end| !line.get(..*end).is_some_and(|head| head.contains(['。', '《'])));
        let rest = own.and_then(|end| line.get(end..)).unwrap_or(line).trim_start();
        if is_prose(rest) {
            lines.push(rest);
        }
        if own.is_some() || !is_prose(rest) {
            break;
        }
    }
    lines.reverse();
    let words = lines.join("\n");
    let is_opening = words.chars().count() <= LONGEST && MARKS.iter().any(|mark| words.contains(mark));
    if is_opening { words } else { String::new() }
}

/// Sentences, and nothing that only a web page has.
fn is_prose(line: &str) -> bool {
    let ends_well = line.ends_with(['。', '：', ':', '；', '）', ')']);
    line.contains('。') && ends_well && !line.contains("http") && !line.contains("[……")
}
