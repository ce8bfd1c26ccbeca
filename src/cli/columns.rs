//! Text in columns for a terminal, where a Chinese character is two columns wide.

/// How many terminal columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F | 0xFEFF => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// The text at the left of so many columns, cut with `…` where it is longer.
pub(super) fn left(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return format!("{text}{}", " ".repeat(columns - width(text)));
    }
    let mut cut = String::new();
    for c in text.chars() {
        if width(&cut) + char_width(c) + 1 > columns {
            break;
        }
        cut.push(c);
    }
    let missing = columns.saturating_sub(width(&cut) + 1);
    format!("{cut}…{}", " ".repeat(missing))
}

/// The text at the right of so many columns; longer text stays whole.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}
