//! The journal's text: a first line with the whole draft it starts from, then one line for the edits made at a time, so
//! that a pasted block comes back whole or not at all.
//!
//! Every line begins with the sum of all lines up to and with itself, so that a torn, changed, lost or doubled line is
//! noticed: it and what follows is dropped, and what is replayed is always a state the draft once had.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::form::{Catalog, Form};
use crate::model::{Draft, Edit, Entry, Reason, ReasonKey, SectionId, Splice, Totals};
use crate::store::digest::{Digest, Sum};
use crate::store::file::{self, NotDraft};

/// The newest format, and the one written.
const FORMAT: u64 = 1;

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

/// Any other line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Line {
    ms: i64,
    edits: Vec<Written>,
}

/// An edit by the form's own names.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Written {
    Cell(String, String),
    Text {
        section: u8,
        at: usize,
        old: Box<str>,
        new: Box<str>,
    },
    Agency(String),
    /// Totals are computed.
    Computed(bool),
    Control(String, String),
    Reason {
        rule: Box<str>,
        at: Box<str>,
        text: Option<Box<str>>,
        figures: Vec<(Box<str>, Box<str>)>,
    },
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
            draft: file::encode(&self.form, draft),
        };
        summed(&head, Sum::new())
    }
}

/// The line of edits made at this time, and the sum to go on with.
pub(super) fn edit_line(form: &Form, edits: &[Edit], time: Timestamp, sum: Sum) -> (Vec<u8>, Sum) {
    let edits = edits.iter().filter_map(|edit| match edit {
        Edit::Cell(cell, entry) => Some(Written::Cell(form.cell(*cell).key.to_string(), entry.text())),
        Edit::Text(section, splice) => {
            Some(Written::Text { section: section.0, at: splice.at, old: splice.old.clone(), new: splice.new.clone() })
        }
        Edit::Agency(name) => Some(Written::Agency(name.clone())),
        Edit::Totals(totals) => Some(Written::Computed(*totals == Totals::Computed)),
        Edit::Control(cell, entry) => Some(Written::Control(form.cell(*cell).key.to_string(), entry.text())),
        Edit::Reason(key, reason) => {
            let (text, figures) = reason.as_ref().map_or((None, Vec::new()), |reason| (Some(reason.text.clone()), reason.figures.clone()));
            Some(Written::Reason { rule: key.rule.clone(), at: key.at.clone(), text, figures })
        }
        // The writer begins the journal anew instead.
        Edit::Review(_) => None,
    });
    summed(&Line { ms: time.as_millisecond(), edits: edits.collect() }, sum)
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
    if any.journal != FORMAT {
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
    let line: Line = serde_json::from_str(text).ok()?;
    let edits: Option<Vec<Edit>> = line.edits.into_iter().map(|edit| read_edit(form, edit)).collect();
    Some((line.ms, edits?, sum))
}

fn read_edit(form: &Form, edit: Written) -> Option<Edit> {
    let entry = |key: &str, text: &str| {
        let cell = form.cell_by_key(key)?;
        Some((cell, Entry::read(form.cell(cell).kind, text)))
    };
    Some(match edit {
        Written::Cell(key, text) => entry(&key, &text).map(|(cell, entry)| Edit::Cell(cell, entry))?,
        Written::Control(key, text) => {
            let (cell, entry) = entry(&key, &text).filter(|(cell, _)| form.cell(*cell).total.is_some())?;
            Edit::Control(cell, entry)
        }
        Written::Text { section, at, old, new } => {
            let (section, _) = form.sections().find(|(known, _)| *known == SectionId(section))?;
            Edit::Text(section, Splice { at, old, new })
        }
        Written::Agency(name) => Edit::Agency(name),
        Written::Computed(true) => Edit::Totals(Totals::Computed),
        Written::Computed(false) => Edit::Totals(Totals::Typed),
        Written::Reason { rule, at, text, figures } => Edit::Reason(ReasonKey { rule, at }, text.map(|text| Reason { text, figures })),
    })
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
