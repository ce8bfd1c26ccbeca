//! The review part of a draft file (formats 2 and 3): one step of the log a line, values as lists of words, and last a seal over
//! every byte before it, by which `gouji verify` notices what changed outside the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Deserialize;

use super::damage::Damage;
use super::ron_text::{Pairs, Quoted};
use crate::form::spelling::{action_words, read_action, read_value, value_words};
use crate::form::{Form, Report};
use crate::model::{Draft, Edit, Item, Parent, Person, Review, Role, Status, Step, Value, Values, Witness};
use crate::review::Digests;

/// Most steps of a log that is read: two full ones joined.
const MAX_STEPS: usize = 2 * Review::MAX_STEPS + 1;

/// Most joined copies of a log that is read.
const MAX_JOINS: usize = Review::MAX_JOINS;

/// The fields of the review part; all left out where nothing was done.
pub(super) struct ReviewFile {
    pub steps: Vec<StepFile>,
    /// What leads from the report back to how it stood after the last step.
    pub since: Vec<Vec<String>>,
    /// Name → what that person has looked at, as it was then.
    pub seen: Pairs<Vec<Vec<String>>>,
    /// Who has typed since the last step.
    pub editors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFile {
    id: String,
    who: String,
    role: String,
    at: String,
    did: Vec<String>,
    said: String,
    status: String,
    sm3: String,
    #[serde(default)]
    sha256: String,
    after: Vec<ParentFile>,
    /// Format 3; left out in steps of older programs. A signature by certificate would be a field `cert` here, in a format of
    /// its own number, so that no program takes a log for proved whose signature it does not know.
    #[serde(default)]
    witness: Option<WitnessFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WitnessFile {
    form: String,
    drawn: String,
    #[serde(default)]
    clock: String,
    by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParentFile {
    id: String,
    was: Vec<Vec<String>>,
}

impl ReviewFile {
    /// Nothing was done.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.since.is_empty() && self.seen.0.is_empty() && self.editors.is_empty()
    }

    /// Puts the review part into the draft, whose report is complete already.
    pub fn fill(self, form: &Form, draft: &mut Draft, text: &str) -> Result<(), Damage> {
        if self.steps.len() > MAX_STEPS {
            return Err(Damage::of_text(text, "    steps: [", format!("办理记录超过 {MAX_STEPS} 步")));
        }
        // Each holds one more state of the whole report in memory when the log is proved.
        if self.steps.iter().filter(|step| step.after.len() > 1).count() > MAX_JOINS || self.steps.iter().any(|step| step.after.len() > 2) {
            return Err(Damage::of_text(text, "    steps: [", format!("合并副本超过 {MAX_JOINS} 次")));
        }
        let mut steps = Vec::new();
        for (step, no) in self.steps.into_iter().zip(1..) {
            let place = format!("(id: {}", Quoted(&step.id));
            let wrong = |what| Damage::of_text(text, &place, format!("办理记录第 {no} 步的{what}读不出"));
            steps.push(Arc::new(step.read(form).map_err(wrong)?));
        }
        let since = values(form, &self.since).map_err(|line| Damage::of_text(text, "    since: [", unreadable(line)))?;
        let mut seen = BTreeMap::new();
        for (name, lines) in self.seen.0 {
            let values = values(form, &lines).map_err(|line| Damage::of_word(text, &Quoted(&name).to_string(), unreadable(line)))?;
            seen.insert(name.into(), values);
        }
        let base = (!steps.is_empty()).then(|| Arc::new(draft.with(&since)));
        draft.apply(Edit::Review(Box::new(Review::new(steps, base, seen).with_editors(self.editors.into_iter().map(String::into)))));
        Ok(())
    }
}

fn unreadable(line: &[String]) -> String {
    format!("读不出“{}”", line.join("，"))
}

impl StepFile {
    /// The step, or the name of what cannot be read.
    fn read(self, form: &Form) -> Result<Step, &'static str> {
        let sha256 = if self.sha256.is_empty() { None } else { Some(self.sha256.parse().map_err(|()| "SHA-256")?) };
        let parent = |parent: ParentFile| -> Result<Parent, &'static str> {
            let was = values(form, &parent.was).map_err(|_line| "原来的内容")?;
            Ok(Parent { id: parent.id.parse().map_err(|()| "上一步")?, was })
        };
        Ok(Step {
            id: self.id.parse().map_err(|()| "编号")?,
            person: Person { name: self.who.into(), role: Role::by_code(&self.role).ok_or("身份")? },
            time: read_time(&self.at).ok_or("时间")?,
            action: read_action(form, &self.did).ok_or("事项")?,
            words: self.said.into(),
            status: Status::by_code(&self.status).ok_or("状态")?,
            sm3: self.sm3.parse().map_err(|()| "SM3")?,
            sha256,
            parents: self.after.into_iter().map(parent).collect::<Result<_, _>>()?,
            witness: self.witness.map(WitnessFile::read).transpose()?,
        })
    }
}

impl WitnessFile {
    /// The witness, or the name of what cannot be read.
    fn read(self) -> Result<Witness, &'static str> {
        let clock = if self.clock.is_empty() { None } else { Some(read_time(&self.clock).ok_or("电脑时钟")?) };
        let hash = |text: &str, what| text.parse().map_err(|()| what);
        let editors = self.by.into_iter().map(String::into).collect();
        Ok(Witness { form: hash(&self.form, "表样")?, drawn: hash(&self.drawn, "随机数")?, clock, editors })
    }
}

/// A time in its one spelling.
fn read_time(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().filter(|time| time.to_string() == text)
}

/// The values in these lines, or the line that is none.
fn values<'a>(form: &Form, lines: &'a [Vec<String>]) -> Result<Values, &'a [String]> {
    lines.iter().map(|line| read_value(form, line).ok_or(line.as_slice())).collect()
}

/// The format of a file with this review part: 2 as older programs read it where they have written all of it.
pub(super) fn format(review: &Review) -> u64 {
    let is_old = |step: &Arc<Step>| step.witness.is_none();
    if review.is_empty() {
        1
    } else if review.steps().iter().all(is_old) && review.editors().is_empty() {
        2
    } else {
        3
    }
}

/// The review part as it stands in the file; empty where nothing was done.
pub(super) fn encode(report: Report<'_>) -> String {
    let review = report.draft.review();
    let mut text = String::new();
    if !review.steps().is_empty() {
        let steps: String = review.steps().iter().map(|step| step_line(report.form, step)).collect();
        text.extend(["    steps: [\n", &steps, "    ],\n"]);
    }
    let since = review.base().map(|base| report.draft.back_to(base)).unwrap_or_default();
    if !since.is_empty() {
        text.extend(["    since: [\n", &value_lines(report.form, &since, "        "), "    ],\n"]);
    }
    if !review.editors().is_empty() {
        text.extend(["    by: ", &words(&review.editors().iter().map(ToString::to_string).collect::<Vec<_>>()), ",\n"]);
    }
    if !review.seen().is_empty() {
        text.push_str("    seen: {\n");
        for (name, values) in review.seen() {
            text.extend([&format!("        {}: [\n", Quoted(name)), &value_lines(report.form, values, "            "), "        ],\n"]);
        }
        text.push_str("    },\n");
    }
    text
}

fn step_line(form: &Form, step: &Step) -> String {
    let sha256 = step.sha256.map_or_else(String::new, |sha256| format!(", sha256: \"{sha256}\""));
    let witness = step.witness.as_ref().map_or_else(String::new, |witness| {
        let clock = witness.clock.map_or_else(String::new, |clock| format!(", clock: \"{clock}\""));
        let by: Vec<String> = witness.editors.iter().map(ToString::to_string).collect();
        format!(", witness: Some((form: \"{}\", drawn: \"{}\"{clock}, by: {}))", witness.form, witness.drawn, words(&by))
    });
    let parent = |parent: &Parent| {
        let was: Vec<String> = parent.was.iter().map(|(item, value)| words(&value_words(form, item, value))).collect();
        format!("(id: \"{}\", was: [{}])", parent.id, was.join(", "))
    };
    let after: Vec<String> = step.parents.iter().map(parent).collect();
    format!(
        "        (id: \"{}\", who: {}, role: \"{}\", at: \"{}\", did: {}, said: {}, status: \"{}\", sm3: \"{}\"{sha256}, after: [{}]{witness}),\n",
        step.id,
        Quoted(&step.person.name),
        step.person.role.code(),
        step.time,
        words(&action_words(form, &step.action)),
        Quoted(&step.words),
        step.status.code(),
        step.sm3,
        after.join(", "),
    )
}

fn value_lines(form: &Form, values: &Values, indent: &str) -> String {
    let line = |(item, value): (&Item, &Value)| format!("{indent}{},\n", words(&value_words(form, item, value)));
    values.iter().map(line).collect()
}

fn words(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| Quoted(word).to_string()).collect();
    format!("[{}]", words.join(", "))
}

/// The last field: SM3 of all the file's bytes before it.
pub(super) fn seal(text: &str) -> String {
    format!("    seal: \"{}\",\n)\n", Digests::of(text.as_bytes()).sm3)
}

/// The last field of a file that was found without its seal: it says so until the report is submitted anew.
pub(super) const BROKEN_SEAL: &str = "    seal: \"broken\",\n)\n";

/// What every reviewed draft's file holds twice over, so that no single changed byte hides that it is one.
const MARKS: [&[u8]; 2] = [b"    steps: [", SEAL];

const SEAL: &[u8] = b"    seal: \"";

/// These bytes once were a reviewed draft, whatever has become of them.
pub(super) fn is_sealed(bytes: &[u8]) -> bool {
    MARKS.iter().any(|mark| find(bytes, mark).is_some())
}

/// The seal is that of the bytes before it.
pub(super) fn seal_fits(bytes: &[u8]) -> bool {
    let before = find(bytes, SEAL).and_then(|at| bytes.get(..at)).and_then(|before| std::str::from_utf8(before).ok());
    before.is_some_and(|before| bytes.ends_with(seal(before).as_bytes()))
}

/// The line, from 1, of the log's first step.
pub(super) fn first_line_of_log(bytes: &[u8]) -> Option<usize> {
    let before = bytes.get(..find(bytes, b"    steps: [")?)?;
    Some(1 + before.split(|byte| *byte == b'\n').count())
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).rposition(|window| window == words)
}
