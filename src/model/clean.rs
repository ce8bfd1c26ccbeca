//! Names as they come through a door: typed, read from a file, restored.

use super::is_invisible;

/// Longest name of an agency or a person, in characters.
pub const MAX_NAME: usize = 200;

/// A name as it may stand in a title bar, a file name, a log: without signs that are not seen or that turn the direction of others,
/// on one line, at most [`MAX_NAME`] characters.
pub fn clean_name(name: &str) -> String {
    let seen = name.chars().map(|c| if c.is_whitespace() && c != '　' { ' ' } else { c }).filter(|c| !c.is_control() && !is_invisible(*c));
    let name: String = seen.collect();
    name.trim().chars().take(MAX_NAME).collect()
}
