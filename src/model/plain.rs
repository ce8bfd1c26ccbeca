//! What a text shows and what it only carries: hidden signs, blanks that nobody sees, names written in two ways.

use unicode_normalization::UnicodeNormalization as _;

use super::signs::is_invisible;

/// The first sign of a text that shows one thing and hands on another: control signs, marks of direction, signs of no width.
/// Tabs and line ends are none, and no more are variation selectors, which some rare characters in names need.
pub fn hidden_sign(text: &str) -> Option<char> {
    let selects = |c: char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let is_hidden = |c: char| matches!(c, '\u{2028}' | '\u{2029}') || c.is_control() || is_invisible(c) && !selects(c);
    text.chars().find(|c| !matches!(c, '\n' | '\t') && is_hidden(*c))
}

/// Signs that end a line, in some program or other: VT, FF, NEL and the separators of Unicode among them.
pub const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// A text as it comes from other programs, with what they put there for themselves made plain: ends of lines of every kind,
/// the two hyphens of Word, and what stands for a picture.
pub fn tidied(text: &str) -> String {
    let plain = |c: char| match c {
        c if LINE_ENDS.contains(&c) => Some('\n'),
        '\u{1e}' => Some('-'),
        '\u{1f}' | '\u{fffc}' => None,
        c => Some(c),
    };
    text.replace("\r\n", "\n").chars().filter_map(plain).collect()
}

/// The text without hidden signs, and how many there were: for what comes in from elsewhere.
pub fn without_hidden_signs(text: &str) -> (String, usize) {
    let text = tidied(text);
    let kept: String = text.chars().filter(|c| hidden_sign(c.encode_utf8(&mut [0; 4])).is_none()).collect();
    let num_removed = text.chars().count() - kept.chars().count();
    (kept, num_removed)
}

/// The text without blanks at the ends of its lines, which nobody sees: they are neither saved nor hashed. What old drafts
/// have of the line ends of Windows stays.
pub fn without_blanks_at_line_ends(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches(|c: char| c.is_whitespace() && c != '\r')).collect();
    lines.join("\n")
}

/// A name as one person writes it however it is typed: after NFKC, without blanks and signs that are not seen, in small letters.
pub fn plain_name(name: &str) -> String {
    // Most names are plain already, and a country has very many.
    if name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z')) {
        return name.to_owned();
    }
    let shown = name.nfkc().filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c));
    shown.flat_map(char::to_lowercase).collect()
}
