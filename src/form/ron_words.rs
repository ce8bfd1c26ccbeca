//! RON's reasons in Chinese, for form files and drafts alike.

use ron::Error as E;

/// What RON found wrong, in words. `file` is what the text should be: `草稿`, `表样`. Files are mostly damaged by being
/// cut off or edited by hand; what hardly ever comes up keeps RON's own text.
pub fn explain(code: &E, file: &str) -> String {
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
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) | E::ExpectedDifferentStructName { .. } => {
            format!("这里应当是左圆括号 (，文件可能不是{file}")
        }
        E::ExpectedStructLikeEnd => "这里应当是右圆括号 )".to_owned(),
        E::ExpectedInteger | E::InvalidIntegerDigit { .. } => "这里应当是整数".to_owned(),
        E::IntegerOutOfBounds => "这里的整数太大，或者是负数".to_owned(),
        E::ExpectedIdentifier | E::InvalidIdentifier(_) => "这里应当是项目名".to_owned(),
        E::ExpectedOption => "这里应当是 Some(…) 或 None".to_owned(),
        E::InvalidEscape(_) => "这里的反斜杠 \\ 后面不对".to_owned(),
        E::UnclosedBlockComment => "这里开始的注释没有结束".to_owned(),
        E::UnexpectedChar(c) => format!("这里不应当有“{}”", c.escape_debug()),
        E::TrailingCharacters => format!("{file}到这里已经结束，后面多出内容"),
        E::MissingStructField { field, .. } => format!("缺少项目 {field}"),
        E::DuplicateStructField { field, .. } => format!("项目 {field} 重复"),
        E::NoSuchStructField { found, .. } => format!("不认得项目 {found}"),
        E::NoSuchEnumVariant { expected, found, .. } => format!("不认得 {found}，可以写 {}", expected.join("、")),
        E::ExceededRecursionLimit => format!("括号嵌套太深，不会是{file}"),
        E::InvalidValueForType { expected, .. } => format!("这里的内容不对，应当是 {expected}"),
        E::Message(text) => text.clone(),
        other => format!("内容不对（{other}）"),
    }
}
