//! The journal's text: a first line with the whole draft it starts from, then one line for the edits made at a time, so
//! that a pasted block comes back whole or not at all.
//!
//! Every line begins with the sum of all lines up to and with itself, so that a torn, changed, lost or doubled line is
//! noticed: it and what follows is dropped, and what is replayed is always a state the draft once had.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::format_1;
use crate::form::spelling::{edit_words, read_edit};
use crate::form::{Catalog, Form};
use crate::model::{Draft, Edit};
use crate::store::digest::{Digest, Sum};
use crate::store::file::{self, NotDraft};

/// The newest format, and the one written: edits are lists of words.
const FORMAT: u64 = 2;

/// The one field that every format has.
#[derive(Deserialize)]
struct AnyFormat {
    journal: u64,
}

/// The first line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Head {
    journal: u64,
    form: String,
    agency: String,
    year: u16,
    /// The draft's path; none for a draft that was never saved.
    path: Option<String>,
    /// What stood at that path when the draft was opened or last saved.
    file: Option<Digest>,
    /// Edits that the draft below already holds and the file does not.
    edits: u64,
    /// Milliseconds since 1970.
    ms: i64,
    /// The draft as its file would have it.
    draft: String,
}

/// Any other line, as it is written.
#[derive(Serialize)]
struct Line {
    ms: i64,
    /// As `form::spelling` has them.
    edits: Vec<Vec<String>>,
}

/// Any other line, as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnyLine {
    ms: i64,
    edits: Vec<AnyEdit>,
}

/// An edit by the form's own names.
#[derive(Deserialize)]
#[serde(untagged)]
enum AnyEdit {
    Words(Vec<String>),
    Format1(format_1::Written),
}

/// What a journal starts from.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// The draft's form.
    pub form: Arc<Form>,
    /// The draft's path; none for a draft that was never saved.
    pub path: Option<PathBuf>,
    /// What stands at that path.
    pub file: Option<Digest>,
}

impl Start {
    /// The first line, for a draft that holds so many edits more than its file, and the sum to go on with.
    pub fn line(&self, draft: &Draft, num_edits: u64, time: Timestamp) -> (Vec<u8>, Sum) {
        let head = Head {
            journal: FORMAT,
            form: draft.form.to_string(),
            agency: draft.agency.clone(),
            year: draft.year,
            path: self.path.as_deref().map(|path| path.to_string_lossy().into_owned()),
            file: self.file,
            edits: num_edits,
            ms: time.as_millisecond(),
            draft: file::encode(self.form.report(draft)),
        };
        summed(&head, Sum::new())
    }
}

/// The line of edits made at this time, and the sum to go on with. A review part is left out: the writer begins anew instead.
pub(super) fn edit_line(form: &Form, edits: &[Edit], time: Timestamp, sum: Sum) -> (Vec<u8>, Sum) {
    let edits = edits.iter().filter_map(|edit| edit_words(form, edit)).collect();
    summed(&Line { ms: time.as_millisecond(), edits }, sum)
}

/// JSON escapes line feeds, so what is written is one line. It fails on none of the types above.
fn summed(line: &impl Serialize, sum: Sum) -> (Vec<u8>, Sum) {
    let text = serde_json::to_string(line).unwrap_or_default();
    let sum = sum.with(text.as_bytes());
    (format!("{sum} {text}\n").into_bytes(), sum)
}

/// What a journal says.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The draft's form.
    pub form: Arc<Form>,
    /// The draft after the last whole line.
    pub draft: Draft,
    /// The draft's path; none for a draft that was never saved.
    pub path: Option<PathBuf>,
    /// What stood at that path when the draft was opened or last saved.
    pub file: Option<Digest>,
    /// Edits since then.
    pub num_edits: u64,
    /// When the last of them was made.
    pub last_edit: Timestamp,
    /// Bytes behind the last whole line: a line cut off by the crash, or damage.
    pub num_dropped: usize,
}

/// The draft that these bytes of a journal lead to.
///
/// # Errors
/// Not even the first line is whole, or it is a later version's: what is wrong, for the clerk.
pub fn replay(bytes: &[u8], catalog: &Catalog) -> Result<Replay, String> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let (text, mut sum) = checked(first, Sum::new()).ok_or("第一行不完整或已损坏")?;
    let any: AnyFormat = serde_json::from_str(text).map_err(|_broken| "不是恢复记录")?;
    if !(1..=FORMAT).contains(&any.journal) {
        return Err(format!("是其他版本的勾稽写的（格式 {}，本程序只认得 {FORMAT}），请用新版本打开", any.journal));
    }
    let head: Head = serde_json::from_str(text).map_err(|_broken| "第一行已损坏")?;
    let (form, draft) = file::decode(head.draft.as_bytes(), catalog).map_err(|not_draft| match not_draft {
        NotDraft::Newer(_) => "其中的草稿是更新版本的勾稽写的".to_owned(),
        NotDraft::Damaged(damage) => format!("其中的草稿{damage}"),
    })?;
    let mut replay = Replay {
        form,
        draft,
        path: head.path.as_deref().map(Path::new).map(Path::to_path_buf),
        file: head.file,
        num_edits: head.edits,
        last_edit: time(head.ms),
        num_dropped: bytes.len() - first.len(),
    };
    for line in lines {
        let Some((ms, edits, next)) = read_line(&replay.form, line, sum) else { break };
        for edit in edits {
            replay.draft.apply(edit);
            replay.num_edits = replay.num_edits.saturating_add(1);
        }
        replay.num_dropped -= line.len();
        (replay.last_edit, sum) = (time(ms), next);
    }
    Ok(replay)
}

/// The edits of a line, if the line is whole and the form has all that they speak of.
fn read_line(form: &Form, line: &[u8], sum: Sum) -> Option<(i64, Vec<Edit>, Sum)> {
    let (text, sum) = checked(line, sum)?;
    let line: AnyLine = serde_json::from_str(text).ok()?;
    let edits: Option<Vec<Edit>> = line.edits.into_iter().map(|edit| read(form, edit)).collect();
    Some((line.ms, edits?, sum))
}

fn read(form: &Form, edit: AnyEdit) -> Option<Edit> {
    match edit {
        AnyEdit::Words(words) => read_edit(form, &words),
        AnyEdit::Format1(written) => read_edit(form, &written.words()),
    }
}

/// The text of a line, if it ends and its sum is right.
fn checked(line: &[u8], sum: Sum) -> Option<(&str, Sum)> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (written, text) = line.split_once(' ')?;
    let sum = sum.with(text.as_bytes());
    (written == sum.to_string()).then_some((text, sum))
}

fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}
