//! Mistakes in the command itself, in Chinese; clap's own sentences are English.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::reply::Reply;

/// What clap has to say: a help text, the version, or what is wrong with the command.
pub(super) fn reply(err: &clap::Error) -> Reply {
    match err.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Reply::fine(err.render().to_string()),
        _ => Reply::not_done(format!("{}\n写 gouji --help 看说明\n", sentence(err))),
    }
}

fn sentence(err: &clap::Error) -> String {
    let said = |kind| err.get(kind).map(words).unwrap_or_default();
    let (arg, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    match err.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面没有写内容"),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”，可用：{}", said(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let why = err.source().map_or_else(String::new, |source| format!("，{source}"));
            format!("{arg} 不能是“{value}”{why}")
        }
        ErrorKind::UnknownArgument => format!("不认得“{arg}”"),
        ErrorKind::InvalidSubcommand => {
            let name = said(ContextKind::InvalidSubcommand);
            format!("没有“{name}”这个命令；要打开草稿，文件名须以 .gouji 结尾")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "没有写命令".to_owned(),
        ErrorKind::ArgumentConflict if said(ContextKind::PriorArg) == arg => format!("{arg} 只能写一次"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能与 {} 同时写", said(ContextKind::PriorArg)),
        ErrorKind::NoEquals => format!("{arg} 后面应当用等号"),
        ErrorKind::TooManyValues => format!("{arg} 后面多出“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{arg} 后面的项数不对"),
        ErrorKind::InvalidUtf8 => "命令里有不是 UTF-8 的文字".to_owned(),
        other => format!("命令写得不对（{other}）"),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join("、"),
        other => other.to_string(),
    }
}
