//! Signs that are not what they seem: some take no room, and other programs put them round figures and names; some are another
//! sign in full width.

/// Soft hyphens, joiners, marks that turn the direction of writing, selectors of a variant, tags. Control signs and white
/// space are none of them. Source: Unicode's `Default_Ignorable_Code_Point`, and the marks of interlinear notes.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The half-width twin of a full-width letter, digit or mark, or the sign itself. Source: Unicode, block Halfwidth and Fullwidth Forms.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}
