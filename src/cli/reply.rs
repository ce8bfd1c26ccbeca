//! What every command has: a voice, an exit code, a reply.

use std::path::Path;

use anyhow::bail;
use clap::ValueEnum;

use crate::export::pdf::{FontFile, may_be_embedded};
use crate::export::{FileKind, Fonts};
use crate::model::{Draft, Edit, Objection, hidden_sign};
use crate::review;
use crate::store::{self, Disk as _, Held, Home, RealDisk, Standing, StoreError};

/// How a help text is laid out; clap's own layout has English headings.
pub(super) const HELP: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

/// The voice a result is given in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// `--format`, for the commands that have two voices.
#[derive(clap::Args)]
pub(super) struct Voice {
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help = "text（默认）或 json"
    )]
    pub format: Format,
}

/// How a command ended. Order: the worse comes later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// No error-level finding.
    Fine = 0,
    /// Error-level findings.
    Findings = 1,
    /// Something could not be done.
    NotDone = 2,
}

/// What a command has to say.
pub(super) struct Reply {
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    pub exit: Exit,
}

impl Reply {
    pub fn fine(out: String) -> Self {
        Self { out, err: String::new(), exit: Exit::Fine }
    }

    pub fn not_done(err: String) -> Self {
        Self { out: String::new(), err, exit: Exit::NotDone }
    }
}

/// A draft may be written anew here: the name ends as drafts do, and nothing stands there.
pub(super) fn new_draft_name(path: &Path) -> anyhow::Result<()> {
    if !store::is_draft_name(path) {
        bail!("草稿文件名须以 .{} 结尾；文件：{}", store::DRAFT_ENDING, path.display());
    }
    if !matches!(RealDisk.standing(path), Ok(Standing::Missing) | Err(_)) {
        return Err(StoreError::Exists(path.to_owned()).into());
    }
    Ok(())
}

/// The file is named as a draft; a copy of another kind is told what to use instead.
pub(super) fn only_drafts(path: &Path) -> anyhow::Result<()> {
    match FileKind::of(path) {
        None => Ok(()),
        Some(FileKind::Xlsx) => {
            bail!(
                "这是导出的 Excel，不是草稿：要核对它与草稿是否一致，用 gouji verify 草稿.gouji --against 文件.xlsx；要读回来再核对勾稽关系，用 gouji import 文件.xlsx -o 草稿.gouji；文件：{}",
                path.display()
            )
        }
        Some(kind) => {
            bail!(
                "这是导出的{}，不是草稿：要核对它与草稿是否一致，用 gouji verify 草稿.gouji --against 文件.{}；文件：{}",
                kind.name(),
                kind.ending(),
                path.display()
            )
        }
    }
}

/// Takes a draft that is to be changed in place, to be held to the end: what another program writes meanwhile must not be lost.
pub(super) fn hold(path: &Path) -> Result<Held, StoreError> {
    store::may_change(&Home::of_user(), path)?;
    match store::hold(&Home::of_user(), path, jiff::Timestamp::now()) {
        Held::Others(holder) => Err(StoreError::InUse { holder, path: path.to_owned() }),
        held => Ok(held),
    }
}

/// A font of this machine that draws the sign and may be embedded.
pub(super) fn rare_font(sign: char) -> Option<FontFile> {
    store::font_with(sign, may_be_embedded)
}

/// What goes into the log can be printed here.
pub(super) fn is_printable(place: &str, words: &str) -> Result<(), Objection> {
    match hidden_sign(words) {
        Some(sign) => Err(Objection::HiddenSign { place: place.into(), sign }),
        None => Fonts::default().printable(place, words, rare_font),
    }
}

/// Writes down who typed, where a name is given.
pub(super) fn note_editor(draft: &mut Draft, name: &str) -> anyhow::Result<()> {
    let name = name.trim();
    is_printable("姓名", name)?;
    if !name.is_empty() {
        let noted = draft.review().clone().with_editors([name.into()]);
        draft.apply(Edit::Review(Box::new(noted)));
    }
    Ok(())
}

/// What stands on top of everything that is said of a draft whose log does not fit; else nothing.
pub(super) fn broken(draft: &Draft, standing: review::Standing) -> String {
    standing.flaw().map_or_else(String::new, |flaw| {
        let first = review::flaw_name(draft.review(), flaw);
        format!("！{}：办理记录与内容不符，最先不符的是{first}；请经办人核对后重新送审\n", standing.name())
    })
}

/// A value as indented JSON text.
pub(super) fn json(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
