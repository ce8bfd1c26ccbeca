//! What a step of the log is about, for people: everywhere the log is shown it says the same.

use super::diff::spot_name;
use crate::form::Form;
use crate::model::{Action, Fingerprint, Step, Thread};

/// What stands in brackets behind a step's name: the place of a comment with its number, which comment was answered or settled,
/// which steps the office has from then on. Empty where the name says it all. `threads` are those of the whole log.
pub fn step_about(form: &Form, threads: &[Thread], step: &Step) -> String {
    match &step.action {
        Action::Comment(_) => comment_name(form, threads, step.id),
        Action::Reply(id) | Action::Resolve(id) | Action::Unresolve(id) => comment_name(form, threads, *id),
        Action::Arrange(workflow) => format!("（{workflow}）"),
        _ => String::new(),
    }
}

fn comment_name(form: &Form, threads: &[Thread], id: Fingerprint) -> String {
    let found = threads.iter().find(|thread| thread.id() == id);
    found.map_or_else(String::new, |thread| format!("（第 {} 号，{}）", thread.no, spot_name(form, &thread.spot)))
}
