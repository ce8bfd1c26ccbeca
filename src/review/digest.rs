//! What is signed: report and comments as bytes that never change for the same content, their hashes, and a short code of
//! them that people can type.
//!
//! The byte form is a list of records. A record is the number of its texts and a line feed; then for each text the number of
//! its bytes, a colon, its UTF-8 bytes and a line feed. The first record is `gouji-report-1`; then come `form`, `year`, every
//! value that is not blank in the order and spelling of [`crate::form::spelling`], and every comment with its answers, in the
//! order of the log. Anyone can compute it anew from a draft file, which holds the same words.

use jiff::Timestamp;
use sha2::Sha256;
use sm3::{Digest as _, Sm3};

use crate::form::Form;
use crate::form::spelling::{action_words, spot_words, value_words};
use crate::model::{Draft, Fingerprint, Person, Review, Step};

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
        Self { sm3: Fingerprint(Sm3::digest(bytes).into()), sha256: Fingerprint(Sha256::digest(bytes).into()) }
    }
}

/// Records being written.
struct Records(Vec<u8>);

impl Records {
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
}

/// Report and comments in the canonical byte form.
pub fn canonical(form: &Form, draft: &Draft, review: &Review) -> Vec<u8> {
    let mut records = Records(Vec::new());
    records.push(&["gouji-report-1"]);
    records.push(&["form", &draft.form]);
    records.push(&["year", &draft.year.to_string()]);
    for item in draft.items() {
        let value = draft.value(&item);
        if !value.is_blank() {
            records.push(&value_words(form, &item, &value));
        }
    }
    for thread in review.threads() {
        records.push_person("comment", &thread.comment.person, thread.comment.time);
        records.push(&spot_words(form, &thread.spot));
        records.push(&[if thread.is_resolved { "resolved" } else { "open" }, &thread.comment.words]);
        for reply in &thread.replies {
            records.push_person("reply", &reply.person, reply.time);
            records.push(&[&reply.words]);
        }
    }
    records.0
}

/// The hashes of report and comments.
pub fn digests(form: &Form, draft: &Draft, review: &Review) -> Digests {
    Digests::of(&canonical(form, draft, review))
}

/// SM3 of everything in a step but its id, which is this.
pub fn step_id(form: &Form, step: &Step) -> Fingerprint {
    let mut records = Records(Vec::new());
    records.push(&["gouji-step-1"]);
    records.push_person("who", &step.person, step.time);
    records.push(&action_words(form, &step.action));
    records.push(&[&step.words]);
    records.push(&[step.status.code(), &step.sm3.to_string()]);
    records.push(&step.sha256.iter().map(Fingerprint::to_string).collect::<Vec<_>>());
    for parent in &step.parents {
        records.push(&["after", &parent.id.to_string()]);
        for (item, value) in &parent.was {
            records.push(&value_words(form, item, value));
        }
    }
    Digests::of(&records.0).sm3
}

/// Signs of a code: no 0 and O, no 1 and I.
const SIGNS: [char; 32] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U',
    'V', 'W', 'X', 'Y', 'Z',
];

/// The code of a hash for people (核对码): its first 50 bits as two groups of five signs, `7KQ2M-XW94A`.
pub fn code(sm3: Fingerprint) -> String {
    let bits = sm3.0.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let sign = |place: u32| usize::try_from(bits >> (59 - 5 * place) & 31).ok().and_then(|sign| SIGNS.get(sign));
    let signs = |places: std::ops::Range<u32>| places.filter_map(sign).collect::<String>();
    format!("{}-{}", signs(0..5), signs(5..10))
}

/// The code of report and comments as they are: to be printed on every copy, signed or not.
pub fn code_now(form: &Form, draft: &Draft) -> String {
    code(digests(form, draft, draft.review()).sm3)
}

/// What was typed is this code; spaces, hyphens, full-width and small letters do not matter.
pub fn is_code(typed: &str, sm3: Fingerprint) -> bool {
    let plain = |text: &str| {
        let half_width = text.chars().map(|c| match c {
            '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
            _ => c,
        });
        half_width.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    plain(typed) == plain(&code(sm3))
}

/// A signature in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The code printed on every export.
    pub code: String,
    /// Who signed, as the log names them.
    pub by: Person,
    /// When.
    pub time: Timestamp,
    /// Hashes of what was signed.
    pub digests: Digests,
    /// The report is still what was signed; if not, somebody changed the file outside this program.
    pub is_intact: bool,
}

/// The signature in force, if there is one.
pub fn approval(form: &Form, draft: &Draft) -> Option<Approval> {
    let step = draft.review().signature()?;
    let signed = Digests { sm3: step.sm3, sha256: step.sha256? };
    let is_intact = digests(form, draft, draft.review()) == signed;
    Some(Approval { code: code(step.sm3), by: step.person.clone(), time: step.time, digests: signed, is_intact })
}
