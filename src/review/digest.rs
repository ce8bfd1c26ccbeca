//! What is signed: the report as bytes that never change for the same content, and the hashes of report and log.
//!
//! The byte form is a list of records. A record is the number of its texts and a line feed; then for each text the number of
//! its bytes, a colon, its UTF-8 bytes and a line feed. Anyone can compute it anew from a draft file, which holds the same words.
//!
//! - `gouji-report-2` is the report: `form` with its id and the form's own hash, `year`, every value that is not blank in the
//!   order and spelling of [`crate::form::spelling`], texts without blanks at line ends. Comments stand in the log.
//! - `gouji-step-2` is a step of the log: who, when, what, what was said, status, the report's hashes, the [`Witness`], and the
//!   steps before it with the way back to the report after them. Its SM3 is the step's id, so each id covers the whole log
//!   before it.
//! - `gouji-code-2` is the hash of the report and the id of the last step: what the code for people is made of.
//! - `gouji-report-1` and `gouji-step-1` are those of older programs: no form hash, no witness, comments with the report.

use jiff::Timestamp;
use sha2::Sha256;
use sm3::{Digest as _, Sm3};

use crate::form::spelling::{action_words, spot_words, value_words};
use crate::form::{Form, Report};
use crate::model::{Action, Fingerprint, Item, Person, Review, Step, Witness, without_blanks_at_line_ends};

/// What stands for a hash that is not computed yet.
pub(super) const UNKNOWN: Fingerprint = Fingerprint([0; 32]);

/// Both hashes of the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SM3 (GB/T 32905-2016).
    pub sm3: Fingerprint,
    /// SHA-256.
    pub sha256: Fingerprint,
}

impl Digests {
    /// The hashes of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sm3: sm3(bytes), sha256: Fingerprint(Sha256::digest(bytes).into()) }
    }
}

/// The SM3 of these bytes alone, where many files are told apart by it.
pub fn sm3(bytes: &[u8]) -> Fingerprint {
    Fingerprint(Sm3::digest(bytes).into())
}

/// Records being written.
struct Records(Vec<u8>);

impl Records {
    fn new(kind: &str) -> Self {
        let mut records = Self(Vec::new());
        records.push(&[kind]);
        records
    }

    fn push<S: AsRef<str>>(&mut self, texts: &[S]) {
        self.0.extend(format!("{}\n", texts.len()).bytes());
        for text in texts {
            let text = text.as_ref();
            self.0.extend(format!("{}:{text}\n", text.len()).bytes());
        }
    }

    fn push_person(&mut self, word: &str, person: &Person, time: Timestamp) {
        self.push(&[word, &person.name, person.role.code(), &time.to_string()]);
    }

    fn push_values(&mut self, report: Report<'_>, spell: impl Fn(&Item, Vec<String>) -> Option<Vec<String>>) {
        self.push(&["year", &report.draft.year.to_string()]);
        for item in report.draft.items() {
            let value = report.draft.value(&item);
            if !value.is_blank()
                && let Some(words) = spell(&item, value_words(report.form, &item, &value))
            {
                self.push(&words);
            }
        }
    }

    fn sm3(&self) -> Fingerprint {
        Digests::of(&self.0).sm3
    }
}

/// The report in the canonical byte form, filled on a form of this hash.
pub fn canonical(report: Report<'_>, form_hash: Fingerprint) -> Vec<u8> {
    let mut records = Records::new("gouji-report-2");
    records.push(&["form", &report.draft.form, &form_hash.to_string()]);
    // A text of nothing but blanks is none.
    let plain = |item: &Item, words: Vec<String>| match item {
        Item::Text(_) => {
            let words: Vec<String> = words.iter().map(|word| without_blanks_at_line_ends(word)).collect();
            words.last().is_some_and(|text| !text.is_empty()).then_some(words)
        }
        _ => Some(words),
    };
    records.push_values(report, plain);
    records.0
}

/// Report and comments as older programs hashed them.
fn canonical_1(report: Report<'_>, review: &Review) -> Vec<u8> {
    let mut records = Records::new("gouji-report-1");
    records.push(&["form", &report.draft.form]);
    records.push_values(report, |_, words| Some(words));
    for thread in review.threads().iter().filter(|thread| matches!(thread.comment.action, Action::Comment(_))) {
        records.push_person("comment", &thread.comment.person, thread.comment.time);
        records.push(&spot_words(report.form, &thread.spot));
        records.push(&[if thread.is_resolved { "resolved" } else { "open" }, &thread.comment.words]);
        for reply in &thread.replies {
            records.push_person("reply", &reply.person, reply.time);
            records.push(&[&reply.words]);
        }
    }
    records.0
}

/// The hashes of the report, taken as this step took them; `log` are the steps up to it. Without a step as they are taken now.
pub(super) fn digests_at(report: Report<'_>, log: &Review, step: Option<&Step>) -> Digests {
    match step.map(|step| &step.witness) {
        Some(None) => Digests::of(&canonical_1(report, log)),
        Some(Some(witness)) => Digests::of(&canonical(report, witness.form)),
        None => Digests::of(&canonical(report, report.form.hash)),
    }
}

/// The hashes of the report as it is: as its signature took them, if there is one, else as the next step will.
pub fn digests(report: Report<'_>, review: &Review) -> Digests {
    digests_at(report, review, review.signature().map(|step| &**step))
}

/// The hashes of report and comments as older programs took them.
pub fn old_digests(report: Report<'_>) -> Digests {
    Digests::of(&canonical_1(report, report.draft.review()))
}

/// SM3 of everything in a step but its id, which is this.
pub fn step_id(form: &Form, step: &Step) -> Fingerprint {
    let mut records = Records::new(if step.witness.is_some() { "gouji-step-2" } else { "gouji-step-1" });
    records.push_person("who", &step.person, step.time);
    records.push(&action_words(form, &step.action));
    records.push(&[&step.words]);
    records.push(&[step.status.code(), &step.sm3.to_string()]);
    records.push(&step.sha256.iter().map(Fingerprint::to_string).collect::<Vec<_>>());
    if let Some(Witness { form, drawn, clock, editors }) = &step.witness {
        records.push(&[form.to_string(), drawn.to_string()]);
        records.push(&clock.iter().map(Timestamp::to_string).collect::<Vec<_>>());
        records.push(editors);
    }
    for parent in &step.parents {
        records.push(&["after", &parent.id.to_string()]);
        for (item, value) in &parent.was {
            records.push(&value_words(form, item, value));
        }
    }
    records.sm3()
}

/// SM3 of these steps as they are, whatever ids they bear: what a resubmission over a broken log says of the log before it.
pub(super) fn log_hash<'a>(form: &Form, steps: impl IntoIterator<Item = &'a Step>) -> Fingerprint {
    let mut records = Records::new("gouji-log-2");
    steps.into_iter().for_each(|step| records.push(&[step.id.to_string(), step_id(form, step).to_string()]));
    records.sm3()
}

/// What the code for people is made of: the report's hash and the id of the last step that counts, if there is one.
pub fn code_hash(report: Fingerprint, last: Option<Fingerprint>) -> Fingerprint {
    let mut records = Records::new("gouji-code-2");
    records.push(&[report.to_string()]);
    records.push(&last.iter().map(Fingerprint::to_string).collect::<Vec<_>>());
    records.sm3()
}
