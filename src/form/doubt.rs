//! Words by which a text says that something in it is the program's own or was not seen in any notice. The window shows them behind
//! one line (依据), a workbook that leaves the office does not have them.

/// What such words contain.
const DOUBTS: [&str; 4] = ["自定", "未经核实", "没有见到", "供参考"];

/// What is certain of a text, and the doubts: notes in brackets, and whole clauses, which end with this sign.
pub fn certain(words: &str, end: char) -> (String, Vec<String>) {
    let is_doubt = |words: &str| DOUBTS.iter().any(|doubt| words.contains(doubt));
    let (mut kept, mut doubts, mut rest) = (String::new(), Vec::new(), words);
    while let Some((before, inside)) = rest.split_once('（') {
        let (note, after) = inside.split_once('）').unwrap_or((inside, ""));
        kept.push_str(before);
        if is_doubt(note) {
            doubts.push(note.to_owned());
        } else {
            kept.extend(["（", note, "）"]);
        }
        rest = after;
    }
    kept.push_str(rest);
    let (doubtful, sure): (Vec<&str>, Vec<&str>) = kept.split_inclusive(end).partition(|clause| is_doubt(clause));
    doubts.extend(doubtful.iter().map(|clause| clause.trim_end_matches(end).trim().to_owned()));
    (sure.concat().trim_end_matches(|c| c == end && c != '。').to_owned(), doubts)
}
