//! A message to whoever sits here.

use crate::ui::command::Command;

/// A message; it stays until it is dismissed or the next one comes.
#[derive(Debug)]
pub struct Notice {
    /// Something went wrong.
    pub is_error: bool,
    /// What there is to say.
    pub words: String,
    /// What can be done about it; empty: nothing.
    pub offers: Vec<Command>,
}

impl Notice {
    /// Something was done.
    pub fn good(words: String) -> Self {
        Self { is_error: false, words, offers: Vec::new() }
    }

    /// Something went wrong.
    pub fn error(words: String) -> Self {
        Self { is_error: true, words, offers: Vec::new() }
    }
}

/// What was not done, with the reason; what the reason says by itself is not said twice.
pub fn failed(what: &str, why: &str) -> String {
    if why.contains(what) { why.to_owned() } else { format!("{what}：{why}") }
}
