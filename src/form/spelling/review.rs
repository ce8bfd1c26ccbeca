//! How the log of the review is spelt: what a comment is about, and what was done.

use super::{owned, read_key, read_number, read_section};
use crate::form::Form;
use crate::model::{Action, ActionKind, Fingerprint, Spot, Workflow};

/// What a comment is about: `["cell", "new.nat"]`, `["passage", "5", "12", "words"]`.
pub fn spot_words(form: &Form, spot: &Spot) -> Vec<String> {
    match spot {
        Spot::Report => owned(&["report"]),
        Spot::Chapter(no) => vec!["chapter".to_owned(), no.to_string()],
        Spot::Cell(cell) => owned(&["cell", &form.cell(*cell).key]),
        Spot::Row(cell) => owned(&["row", &form.cell(*cell).key]),
        Spot::Finding(key) => owned(&["finding", &key.rule, &key.at]),
        Spot::Passage { section, at, quote } => owned(&["passage", &section.0.to_string(), &at.to_string(), quote]),
    }
}

/// The way back from [`spot_words`]; `None` where this form has no such place.
pub fn read_spot(form: &Form, words: &[&str]) -> Option<Spot> {
    Some(match words {
        ["report"] => Spot::Report,
        ["chapter", no] => Spot::Chapter(form.chapters.iter().map(|chapter| chapter.no).find(|known| known.to_string() == *no)?),
        ["cell", key] => Spot::Cell(form.cell_by_key(key)?),
        ["row", key] => Spot::Row(form.cell_by_key(key)?),
        ["finding", rule, at] => Spot::Finding(read_key(rule, at)),
        ["passage", no, at, quote] => Spot::Passage { section: read_section(form, no)?, at: read_number(at)?, quote: (*quote).into() },
        _ => return None,
    })
}

/// An action: `["comment", "cell", "new.nat"]`, `["reply", id]`, `["arrange", "secrecy"]`, `["submit"]`.
pub fn action_words(form: &Form, action: &Action) -> Vec<String> {
    let of_comment = |word: &str, id: &Fingerprint| vec![word.to_owned(), id.to_string()];
    match action {
        Action::Comment(spot) => std::iter::once("comment".to_owned()).chain(spot_words(form, spot)).collect(),
        Action::Reply(id) => of_comment("reply", id),
        Action::Resolve(id) => of_comment("resolve", id),
        Action::Unresolve(id) => of_comment("unresolve", id),
        Action::Arrange(workflow) => {
            let named = [
                (workflow.has_first_review, "first_review"),
                (workflow.has_secrecy, "secrecy"),
                (workflow.allows_same_person, "same_person"),
            ];
            let on = named.iter().filter(|(is_on, _)| *is_on).map(|(_, word)| *word);
            std::iter::once("arrange").chain(on).map(str::to_owned).collect()
        }
        Action::Resubmit(log) => of_comment("resubmit", log),
        Action::SecondEntry
        | Action::Submit
        | Action::Receive
        | Action::Withdraw
        | Action::Return
        | Action::Pass
        | Action::Sign
        | Action::File
        | Action::Publish
        | Action::Reopen
        | Action::Join => vec![action.kind().code().to_owned()],
    }
}

/// The way back from [`action_words`]; `None` for what this form or this version does not know.
pub fn read_action<S: AsRef<str>>(form: &Form, words: &[S]) -> Option<Action> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    Some(match words.as_slice() {
        ["comment", spot @ ..] => Action::Comment(read_spot(form, spot)?),
        ["resubmit", log] => Action::Resubmit(log.parse().ok()?),
        ["reply", id] => Action::Reply(id.parse().ok()?),
        ["resolve", id] => Action::Resolve(id.parse().ok()?),
        ["unresolve", id] => Action::Unresolve(id.parse().ok()?),
        ["arrange", named @ ..] => {
            let has = |word: &str| named.contains(&word);
            let workflow =
                Workflow { has_first_review: has("first_review"), has_secrecy: has("secrecy"), allows_same_person: has("same_person") };
            // One spelling only: nothing unknown, nothing twice, in order.
            let action = Action::Arrange(workflow);
            (action_words(form, &action) == words).then_some(action)?
        }
        [word] => ActionKind::by_code(word)?.plain()?,
        _ => return None,
    })
}
