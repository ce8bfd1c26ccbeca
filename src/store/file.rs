//! The draft file: RON text, versioned, with types of its own so that `model` stays free to change.
//!
//! A draft that nobody has reviewed is written in format 1, so that older programs read it; else in format 2, which has
//! the review part as well, or in format 3 once a step has the present code, which covers more; in format 4 where the draft knows
//! of last year, in format 5 where it rests on changed thresholds, was moved from another form, or last year's text had linked figures;
//! in format 6 where it was counted from a register, in format 7 where it has a preamble, in format 8 where sums in it were repaired.
//!
//! Written for people too: one cell a line, long texts as lists of paragraphs, signs as they are except those that
//! cannot be seen. The same draft always gives the same text.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;

use super::damage::Damage;
use super::prior_part::{self, PriorFile};
use super::review_part::{self, ReviewFile, StepFile};
use super::ron_text::{Pairs, Quoted};
use crate::form::spelling::{read_value, value_words};
use crate::form::{Catalog, Form, Report};
use crate::model::{Draft, Edit, Item, LastYear, SectionId, Totals, Value, clean_name, without_blanks_at_line_ends};

/// The newest format.
pub(super) const FORMAT: u64 = 8;

/// The first format with a 说明 before chapter one.
const WITH_PREAMBLE: u64 = 7;

/// The first format with repairs of sums.
const WITH_ADJUSTMENTS: u64 = 8;

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

/// Formats 1 to 8.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    format: u64,
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
    /// Format 4, see `prior_part`.
    #[serde(default)]
    prior: PriorFile,
    /// Format 5: as `form::spelling` has it, without its first word.
    #[serde(default)]
    ground: Vec<String>,
    /// Format 2, see `review_part`.
    #[serde(default)]
    steps: Vec<StepFile>,
    #[serde(default)]
    since: Vec<Vec<String>>,
    #[serde(default)]
    seen: Pairs<Vec<Vec<String>>>,
    /// Format 3.
    #[serde(default)]
    by: Vec<String>,
    /// One that does not fit keeps no draft from being opened: see [`crate::model::Review::is_unsealed`].
    #[serde(default)]
    seal: String,
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
pub fn encode(report: Report<'_>) -> String {
    let draft = report.draft;
    let groups = Groups::of(report);
    let review = review_part::encode(report);
    let format = match draft.last_year() {
        _ if has_adjustments(draft, &review) => WITH_ADJUSTMENTS,
        _ if has_preamble(draft, &review) => WITH_PREAMBLE,
        _ if !draft.ground().origin.is_empty() => 6,
        _ if !draft.ground().is_empty() => 5,
        LastYear::Report(prior) if prior.links().next().is_some() => 5,
        LastYear::Report(_) | LastYear::FirstYear => 4,
        LastYear::Unknown => review_part::format(draft.review()),
    };
    let prior = ground(report) + &prior_part::encode(report);
    let text = format!(
        "(\n    format: {format},\n    form: {},\n    agency: {},\n    year: {},\n    cells: {{\n{}    }},\n    sections: {{\n{}    }},\n{}{prior}{review}",
        Quoted(&report.form.id),
        Quoted(&draft.agency),
        draft.year,
        groups.cells,
        groups.sections,
        groups.rest(draft.totals()),
    );
    let end = match draft.review() {
        review if review.is_empty() => ")\n".to_owned(),
        review if review.is_unsealed() => review_part::BROKEN_SEAL.to_owned(),
        _ => review_part::seal(&text),
    };
    text + &end
}

/// A preamble stands in the draft, or did when somebody looked at it: older programs have no place for it.
fn has_preamble(draft: &Draft, review: &str) -> bool {
    // No words of a person look like this: their quotation marks are escaped.
    !draft.section(SectionId::PREAMBLE).is_empty() || review.contains("\"text\", \"0\"")
}

/// Sums in the draft were repaired, or were when somebody looked at it.
fn has_adjustments(draft: &Draft, review: &str) -> bool {
    !draft.ground().adjustments.is_empty() || review.contains("\"adjusted\", \"")
}

/// What the draft rests on, as it stands in the file; empty where that is nothing.
fn ground(report: Report<'_>) -> String {
    if report.draft.ground().is_empty() {
        return String::new();
    }
    let words = value_words(report.form, &Item::Ground, &Value::Ground(report.draft.ground().clone()));
    let words: Vec<String> = words.iter().skip(1).map(|word| Quoted(word).to_string()).collect();
    format!("    ground: [{}],\n", words.join(", "))
}

/// The values that are not blank, as lines of the file, each kind by itself.
#[derive(Default)]
struct Groups {
    cells: String,
    sections: String,
    controls: String,
    reasons: String,
}

impl Groups {
    fn of(report: Report<'_>) -> Self {
        let mut groups = Self::default();
        let values = report.draft.items().into_iter().map(|item| (as_saved(report.draft, &item), item));
        for (value, item) in values.filter(|(value, _)| !value.is_blank()) {
            // Agency, totals, last year and ground are fields of their own.
            let group = match item {
                Item::Agency | Item::Totals | Item::LastYear | Item::Ground => continue,
                Item::Cell(_) => &mut groups.cells,
                Item::Control(_) => &mut groups.controls,
                Item::Text(_) => &mut groups.sections,
                Item::Reason(_) => &mut groups.reasons,
            };
            group.push_str(&line(&value_words(report.form, &item, &value)));
        }
        groups
    }

    /// What most drafts do not have: computed totals, control figures, reasons.
    fn rest(&self, totals: Totals) -> String {
        let totals = if totals == Totals::Computed { "    totals: Computed,\n" } else { "" };
        let block = |open: &str, lines: &str, close: &str| {
            if lines.is_empty() { String::new() } else { format!("    {open}\n{lines}    {close},\n") }
        };
        format!("{totals}{}{}", block("controls: {", &self.controls, "}"), block("reasons: [", &self.reasons, "]"))
    }
}

/// The value as it is saved: texts without blanks at line ends, unless the log has hashes of older programs, which cover them.
fn as_saved(draft: &Draft, item: &Item) -> Value {
    let has_old_hashes = draft.review().steps().iter().any(|step| step.witness.is_none());
    match draft.value(item) {
        Value::Text(text) if matches!(item, Item::Text(_)) && !has_old_hashes => Value::Text(without_blanks_at_line_ends(&text)),
        value => value,
    }
}

/// A value's words as a line of its group.
fn line<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        ["text", no, text] => {
            let paragraphs = text.split('\n').map(|text| format!("            {},\n", Quoted(text)));
            format!("        \"{no}\": [\n{}        ],\n", paragraphs.collect::<String>())
        }
        ["reason", rule, at, text, figures @ ..] => {
            let pairs = figures.chunks(2).filter_map(|pair| pair.first().zip(pair.get(1)));
            let figures: Vec<String> = pairs.map(|(key, text)| format!("{}: {}", Quoted(key), Quoted(text))).collect();
            let (rule, at, text) = (Quoted(rule), Quoted(at), Quoted(text));
            format!("        (rule: {rule}, at: {at}, text: {text}, figures: {{{}}}),\n", figures.join(", "))
        }
        [_, key, text] => format!("        {}: {},\n", Quoted(key), Quoted(text)),
        _ => String::new(),
    }
}

/// A file that begins like this is a draft, whatever its name.
pub(super) fn looks_like(start: &[u8]) -> bool {
    let start: String = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').split_whitespace().collect();
    start.starts_with("(format:")
}

/// The draft in a file's bytes, and its form.
///
/// # Errors
/// A later version wrote it, or it is broken: then the first thing wrong, with line and column.
pub fn decode(bytes: &[u8], catalog: &Catalog) -> Result<(Arc<Form>, Draft), NotDraft> {
    let text = as_text(bytes)?;
    let options = ron::Options::default().with_recursion_limit(MAX_DEPTH);
    let read: Result<DraftFile, _> = options.from_str(&text);
    // What a later version wrote may not read as a draft of ours: then its number alone is read.
    let format = match &read {
        Ok(file) => file.format,
        Err(_) => options.from_str::<AnyFormat>(&text).map_err(|err| Damage::of_ron(&err))?.format,
    };
    match format {
        1..=FORMAT => {}
        0 => return Err(Damage::of_word(&text, "format", "没有格式 0".to_owned()).into()),
        newer => return Err(NotDraft::Newer(newer)),
    }
    let file = read.map_err(|err| Damage::of_ron(&err))?;
    let form = catalog.by_id(&file.form).map_err(|none| Damage::of_word(&text, "form", none.to_string()))?;
    catalog.by_id_and_year(&file.form, file.year).map_err(|none| Damage::of_word(&text, "year", none.to_string()))?;
    let words: Vec<String> = ["ground".to_owned()].into_iter().chain(file.ground).collect();
    let wrong = |what: String| Damage::of_word(&text, "ground", what);
    let (_, ground) =
        read_value(&form, &words).ok_or_else(|| wrong("所依据的内容（阈值、台账、调整等）里有看不懂或者重复的".to_owned()))?;
    let Value::Ground(ground) = ground else { return Err(wrong("所依据的内容里有看不懂的".to_owned()).into()) };
    if format < WITH_ADJUSTMENTS && !ground.adjustments.is_empty() {
        return Err(wrong(format!("格式 {format} 里没有汇总时的调整")).into());
    }
    let form = form.on(&ground).map_err(|err| wrong(err.problem))?;
    let has_seal = !file.seal.is_empty();
    let review = ReviewFile { steps: file.steps, since: file.since, seen: file.seen, editors: file.by };
    // What was signed is left as it is: the code would not be true of anything else.
    let agency = if review.is_empty() { clean_name(&file.agency) } else { file.agency };
    let mut draft = form.draft(agency, file.year);
    let totals = if matches!(file.totals, TotalsFile::Computed) { Totals::Computed } else { Totals::Typed };
    draft.apply(Edit::totals(totals));
    draft.apply(Edit::ground(ground));
    let mut filling = Filling { form: &form, draft: &mut draft, text: &text, seen: BTreeSet::new() };
    for (key, typed) in file.cells.0 {
        filling.put(&["cell", &key, &typed])?;
    }
    for (key, paragraphs) in file.sections.0 {
        if key == "0" && format < WITH_PREAMBLE {
            return Err(Damage::of_word(&text, "\"0\"", unknown(&form, "text", &key)).into());
        }
        filling.put(&["text", &key, &paragraphs.join("\n")])?;
    }
    for (key, typed) in file.controls.0 {
        filling.put(&["control", &key, &typed])?;
    }
    for ReasonFile { rule, at, text, figures } in file.reasons {
        let words = [String::from("reason"), rule, at, text].into_iter();
        filling.put(&words.chain(figures.0.into_iter().flat_map(|(key, figure)| [key, figure])).collect::<Vec<_>>())?;
    }
    let (item, last_year) = read_value(&form, &file.prior.words())
        .ok_or_else(|| Damage::of_word(&text, "prior", "上年报告里有看不懂或者重复的内容".to_owned()))?;
    draft.apply(Edit::Set(item, last_year));
    let is_sealed = has_seal || !review.is_empty();
    if !review.is_empty() {
        review.fill(&form, &mut draft, &text)?;
    }
    if is_sealed && !review_part::seal_fits(bytes) {
        draft.apply(Edit::Review(Box::new(draft.review().clone().unsealed())));
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

/// A draft being filled from its file. Every key must be one of the form's, and come once.
struct Filling<'a> {
    form: &'a Form,
    draft: &'a mut Draft,
    /// The file's text, to find the place of what is wrong.
    text: &'a str,
    seen: BTreeSet<Item>,
}

impl Filling<'_> {
    /// Puts a value in. A reason for a rule that the form no longer has is kept as well: see `rules::orphans`.
    fn put<S: AsRef<str>>(&mut self, words: &[S]) -> Result<(), Damage> {
        let (what, key) = match words {
            [what, key, ..] => (what.as_ref(), key.as_ref()),
            _ => ("", ""),
        };
        let wrong = |what: String| Damage::of_word(self.text, &Quoted(key).to_string(), what);
        let (item, value) = read_value(self.form, words).ok_or_else(|| wrong(unknown(self.form, what, key)))?;
        if !self.seen.insert(item.clone()) {
            return Err(wrong(format!("{}“{key}”重复", noun(what))));
        }
        self.draft.apply(Edit::Set(item, value));
        Ok(())
    }
}

fn unknown(form: &Form, what: &str, key: &str) -> String {
    let by = if what == "text" { "编号" } else { "代号" };
    format!("表样 {} 没有{by}为“{key}”的{}", form.id, noun(what))
}

/// What a group of the file holds, for the clerk.
fn noun(what: &str) -> &'static str {
    match what {
        "cell" => "格",
        "control" => "合计格",
        "text" => "文字部分",
        _ => "说明",
    }
}
