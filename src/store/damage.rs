//! What is wrong with a draft file, in Chinese, with line and column.

use ron::error::{Position, SpannedError};

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
        Self::at(err.span.start, explain(&err.code))
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

    fn behind(text: &str, what: String) -> Self {
        let line = 1 + text.matches('\n').count();
        let col = 1 + text.rsplit('\n').next().map_or(0, |rest| rest.chars().count());
        Self { line, col, what }
    }

    fn at(place: Position, what: String) -> Self {
        Self { line: place.line, col: place.col, what }
    }
}

/// RON's reason in words. Files are mostly damaged by being cut off or edited by hand; the rest keeps RON's own text.
fn explain(code: &ron::Error) -> String {
    use ron::Error as E;
    match code {
        E::Eof => "文件在这里中断，后面的内容缺失".to_owned(),
        E::ExpectedStringEnd => "这里开始的文字没有结束的引号".to_owned(),
        E::ExpectedString => "这里应当是用双引号括起来的文字".to_owned(),
        E::ExpectedComma => "这里缺少逗号".to_owned(),
        E::ExpectedMapColon => "这里缺少冒号".to_owned(),
        E::ExpectedMap => "这里应当是左花括号 {".to_owned(),
        E::ExpectedMapEnd => "这里应当是右花括号 }".to_owned(),
        E::ExpectedArray => "这里应当是左方括号 [".to_owned(),
        E::ExpectedArrayEnd => "这里应当是右方括号 ]".to_owned(),
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) => "这里应当是左圆括号 (，文件可能不是草稿".to_owned(),
        E::ExpectedStructLikeEnd => "这里应当是右圆括号 )".to_owned(),
        E::ExpectedInteger | E::InvalidIntegerDigit { .. } => "这里应当是整数".to_owned(),
        E::IntegerOutOfBounds => "这里的整数太大".to_owned(),
        E::ExpectedIdentifier | E::InvalidIdentifier(_) => "这里应当是项目名".to_owned(),
        E::InvalidEscape(_) => "这里的反斜杠 \\ 后面不对".to_owned(),
        E::UnclosedBlockComment => "这里开始的注释没有结束".to_owned(),
        E::UnexpectedChar(c) => format!("这里不应当有“{}”", c.escape_debug()),
        E::TrailingCharacters => "草稿到这里已经结束，后面多出内容".to_owned(),
        E::MissingStructField { field, .. } => format!("缺少项目 {field}"),
        E::DuplicateStructField { field, .. } => format!("项目 {field} 重复"),
        E::NoSuchStructField { found, .. } => format!("不认得项目 {found}"),
        E::ExceededRecursionLimit => "括号嵌套太深，不会是草稿".to_owned(),
        E::InvalidValueForType { expected, .. } => format!("这里的内容不对，应当是 {expected}"),
        E::Message(text) => text.clone(),
        other => format!("内容不对（{other}）"),
    }
}
