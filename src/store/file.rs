//! The draft file: RON text, versioned, with types of its own so that `model` stays free to change.
//!
//! A draft that nobody has reviewed is written in format 1, so that older programs read it; else in format 2, which has
//! the review part as well.
//!
//! Written for people too: one cell a line, long texts as lists of paragraphs, signs as they are except those that
//! cannot be seen. The same draft always gives the same text.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::damage::Damage;
use super::review_part::{self, ReviewFile, StepFile};
use crate::form::{Catalog, Form};
use crate::model::{Draft, Edit, Entry, Reason, ReasonKey, Splice, Totals, is_invisible};

/// The newest format.
pub(super) const FORMAT: u64 = 2;

/// Nesting allowed; a draft needs 3. RON's own limit would need 1 MB of stack in a debug build.
const MAX_DEPTH: usize = 32;

/// Why a text is no draft.
#[derive(Debug)]
pub enum NotDraft {
    /// A later version wrote it, in this format.
    Newer(u64),
    /// It is broken.
    Damaged(Damage),
}

impl From<Damage> for NotDraft {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage)
    }
}

/// The one field that every format has; it decides how the rest is read.
#[derive(Deserialize)]
struct AnyFormat {
    format: u64,
}

/// Formats 1 and 2.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    #[serde(rename = "format")]
    _format: u64,
    form: String,
    agency: String,
    year: u16,
    /// Cell key → text as typed; blank cells are left out.
    cells: Pairs<String>,
    /// Chapter number → paragraphs; empty chapters are left out.
    sections: Pairs<Vec<String>>,
    /// Left out where totals are typed.
    #[serde(default)]
    totals: TotalsFile,
    /// Key of a total → its control figure as typed; left out where there is none.
    #[serde(default)]
    controls: Pairs<String>,
    /// Written reasons for warnings; left out where there are none.
    #[serde(default)]
    reasons: Vec<ReasonFile>,
    /// Format 2, see `review_part`.
    #[serde(default)]
    steps: Vec<StepFile>,
    #[serde(default)]
    since: Vec<Vec<String>>,
    #[serde(default)]
    seen: Pairs<Vec<Vec<String>>>,
    /// Not looked at when a draft is opened: one mended by hand is to open as well.
    #[serde(default, rename = "seal")]
    _seal: String,
}

/// Where totals come from.
#[derive(Default, Deserialize)]
enum TotalsFile {
    #[default]
    Typed,
    Computed,
}

/// One written reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFile {
    rule: String,
    at: String,
    text: String,
    /// The figures it was written for: cell key → text.
    figures: Pairs<String>,
}

/// The text of the draft's file.
pub fn encode(form: &Form, draft: &Draft) -> String {
    let cells = form.cells().map(|(id, cell)| (cell, draft.entry(id))).filter(|(_, entry)| !entry.is_blank());
    let cells = cells.map(|(cell, entry)| format!("        {}: {},\n", Quoted(&cell.key), Quoted(&entry.text())));
    let sections = form.sections().map(|(section, _)| (section.0, draft.section(section))).filter(|(_, text)| !text.is_empty());
    let sections = sections.map(|(no, text)| {
        let paragraphs = text.split('\n').map(|text| format!("            {},\n", Quoted(text)));
        format!("        \"{no}\": [\n{}        ],\n", paragraphs.collect::<String>())
    });
    let review = review_part::encode(form, draft);
    let format = if review.is_empty() { 1 } else { FORMAT };
    let text = format!(
        "(\n    format: {format},\n    form: {},\n    agency: {},\n    year: {},\n    cells: {{\n{}    }},\n    sections: {{\n{}    }},\n{}{review}",
        Quoted(&form.id),
        Quoted(&draft.agency),
        draft.year,
        cells.collect::<String>(),
        sections.collect::<String>(),
        encode_rest(form, draft),
    );
    let end = if review.is_empty() { ")\n".to_owned() } else { review_part::seal(&text) };
    text + &end
}

/// What most drafts do not have: computed totals, control figures, reasons.
fn encode_rest(form: &Form, draft: &Draft) -> String {
    let mut rest = String::new();
    if draft.totals() == Totals::Computed {
        rest.push_str("    totals: Computed,\n");
    }
    let controls = draft.controls().map(|(cell, entry)| format!("        {}: {},\n", Quoted(&form.cell(cell).key), Quoted(&entry.text())));
    let controls: String = controls.collect();
    if !controls.is_empty() {
        rest.extend(["    controls: {\n", &controls, "    },\n"]);
    }
    let reasons = draft.reasons().map(|(key, reason)| {
        let figures: Vec<String> = reason.figures.iter().map(|(key, text)| format!("{}: {}", Quoted(key), Quoted(text))).collect();
        let (rule, at, text) = (Quoted(&key.rule), Quoted(&key.at), Quoted(&reason.text));
        format!("        (rule: {rule}, at: {at}, text: {text}, figures: {{{}}}),\n", figures.join(", "))
    });
    let reasons: String = reasons.collect();
    if !reasons.is_empty() {
        rest.extend(["    reasons: [\n", &reasons, "    ],\n"]);
    }
    rest
}

/// The draft in a file's bytes, and its form.
///
/// # Errors
/// A later version wrote it, or it is broken: then the first thing wrong, with line and column.
pub fn decode(bytes: &[u8], catalog: &Catalog) -> Result<(Arc<Form>, Draft), NotDraft> {
    let text = as_text(bytes)?;
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    let any: AnyFormat = options.from_str(&text).map_err(|err| Damage::of_ron(&err))?;
    match any.format {
        1..=FORMAT => {}
        0 => return Err(Damage::of_word(&text, "format", "没有格式 0".to_owned()).into()),
        newer => return Err(NotDraft::Newer(newer)),
    }
    let file: DraftFile = options.from_str(&text).map_err(|err| Damage::of_ron(&err))?;
    let form = catalog.by_id(&file.form).map_err(|none| Damage::of_word(&text, "form", none.to_string()))?;
    catalog.by_id_and_year(&file.form, file.year).map_err(|none| Damage::of_word(&text, "year", none.to_string()))?;
    let mut draft = form.draft(file.agency, file.year);
    fill(&form, &mut draft, file.cells, file.sections, &text)?;
    fill_rest(&form, &mut draft, (file.totals, file.controls, file.reasons), &text)?;
    let review = ReviewFile { steps: file.steps, since: file.since, seen: file.seen };
    if !review.is_empty() {
        review.fill(&form, &mut draft, &text)?;
    }
    Ok((form, draft))
}

/// The bytes as text, without the mark that Windows' editors put in front and with their line ends made plain.
fn as_text(bytes: &[u8]) -> Result<String, Damage> {
    let text = std::str::from_utf8(bytes).map_err(|err| {
        let valid = bytes.get(..err.valid_up_to()).unwrap_or_default();
        Damage::not_text(&String::from_utf8_lossy(valid))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(Damage { line: 1, col: 1, what: "文件是空的".to_owned() });
    }
    Ok(text)
}

/// Puts cells and chapters into the draft. Every key must be one of the form's, and come once.
fn fill(form: &Form, draft: &mut Draft, cells: Pairs<String>, sections: Pairs<Vec<String>>, text: &str) -> Result<(), Damage> {
    let wrong = |key: &str, what: String| Damage::of_word(text, &Quoted(key).to_string(), what);
    let mut seen = HashSet::new();
    for (key, typed) in cells.0 {
        let cell = form.cell_by_key(&key).ok_or_else(|| wrong(&key, format!("表样 {} 没有代号为“{key}”的格", form.id)))?;
        if !seen.insert(cell) {
            return Err(wrong(&key, format!("格“{key}”重复")));
        }
        draft.apply(Edit::Cell(cell, Entry::read(form.cell(cell).kind, &typed)));
    }
    let mut seen = HashSet::new();
    for (key, paragraphs) in sections.0 {
        let section = form.sections().find(|(section, _)| section.0.to_string() == key).map(|(section, _)| section);
        let section = section.ok_or_else(|| wrong(&key, format!("表样 {} 没有编号为“{key}”的文字部分", form.id)))?;
        if !seen.insert(section) {
            return Err(wrong(&key, format!("文字部分“{key}”重复")));
        }
        if let Some(splice) = Splice::between("", &paragraphs.join("\n")) {
            draft.apply(Edit::Text(section, splice));
        }
    }
    Ok(())
}

/// Puts control figures and reasons into the draft.
fn fill_rest(form: &Form, draft: &mut Draft, rest: (TotalsFile, Pairs<String>, Vec<ReasonFile>), text: &str) -> Result<(), Damage> {
    let wrong = |key: &str, what: String| Damage::of_word(text, &Quoted(key).to_string(), what);
    let (totals, controls, reasons) = rest;
    if matches!(totals, TotalsFile::Computed) {
        draft.apply(Edit::Totals(Totals::Computed));
    }
    for (key, typed) in controls.0 {
        let total = form.cell_by_key(&key).filter(|cell| form.cell(*cell).total.is_some());
        let cell = total.ok_or_else(|| wrong(&key, format!("表样 {} 没有代号为“{key}”的合计格", form.id)))?;
        draft.apply(Edit::Control(cell, Entry::read(form.cell(cell).kind, &typed)));
    }
    // A reason for a rule that the form no longer has is kept as well: see `rules::orphans`.
    for ReasonFile { rule, at, text: reason, figures } in reasons {
        let figures = figures.0.into_iter().map(|(key, text)| (key.into(), text.into())).collect();
        draft.apply(Edit::Reason(ReasonKey { rule: rule.into(), at: at.into() }, Some(Reason { text: reason.into(), figures })));
    }
    Ok(())
}

/// A map in the order of the file, keys that come twice included: RON would silently keep the last.
pub(super) struct Pairs<T>(pub Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("用花括号括起来的项目")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// Text as a RON string. Own code, because RON's writer escapes the full-width space and changes between releases.
pub(super) struct Quoted<'text>(pub &'text str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if is_unseen(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

/// Control signs, separators of lines, and signs that take no room.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_invisible(c)
}
