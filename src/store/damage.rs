//! What is wrong with a draft file, in Chinese, with line and column.

use ron::error::{Position, SpannedError};

use crate::form;

/// A place in a text file and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("第 {line} 行第 {col} 列，{what}")]
pub struct Damage {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub col: usize,
    /// What is wrong, in words.
    pub what: String,
}

impl Damage {
    /// The text breaks RON's grammar or the file's shape.
    pub(super) fn of_ron(err: &SpannedError) -> Self {
        Self::at(err.span.start, form::explain(&err.code, "草稿"))
    }

    /// The bytes stop being text where `valid` ends.
    pub(super) fn not_text(valid: &str) -> Self {
        Self::behind(valid, "这里不是 UTF-8 文字；文件可能不是草稿，或者被别的编辑器改成了其他编码".to_owned())
    }

    /// Something is wrong with the key or field written as `word` in the text; `last` of several, if they are.
    pub(super) fn of_word(text: &str, word: &str, what: String) -> Self {
        let is_key = |&(at, _): &(usize, &str)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default();
            !before.ends_with('\\') && after.trim_start().starts_with(':')
        };
        let found = text.match_indices(word).filter(is_key).last();
        Self::behind(found.and_then(|(at, _)| text.get(..at)).unwrap_or_default(), what)
    }

    /// Something is wrong where these words stand in the text; at its end if they do not.
    pub(super) fn of_text(text: &str, words: &str, what: String) -> Self {
        Self::behind(text.split(words).next().unwrap_or_default(), what)
    }

    fn behind(text: &str, what: String) -> Self {
        let line = 1 + text.matches('\n').count();
        let col = 1 + text.rsplit('\n').next().map_or(0, |rest| rest.chars().count());
        Self { line, col, what }
    }

    fn at(place: Position, what: String) -> Self {
        Self { line: place.line, col: place.col, what }
    }
}
