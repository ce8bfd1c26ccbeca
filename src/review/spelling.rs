//! How values, places and actions are spelt: as lists of texts with the form's own keys. Draft files, hashes and scripts all
//! use this one spelling.

use crate::form::Form;
use crate::model::{Action, CellId, Entry, Fingerprint, Item, Office, Reason, ReasonKey, SectionId, Spot, Totals, Value};

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A value with its item: `["cell", "new.nat", "12"]`; a reason with its figures: `["reason", rule, at, text, key, figure, …]`.
pub fn value_words(form: &Form, item: &Item, value: &Value) -> Vec<String> {
    let mut words = match item {
        Item::Agency => owned(&["agency"]),
        Item::Totals => owned(&["totals"]),
        Item::Cell(cell) => owned(&["cell", &form.cell(*cell).key]),
        Item::Control(cell) => owned(&["control", &form.cell(*cell).key]),
        Item::Text(section) => vec!["text".to_owned(), section.0.to_string()],
        Item::Reason(key) => owned(&["reason", &key.rule, &key.at]),
    };
    match value {
        Value::Text(text) => words.push(text.clone()),
        Value::Totals(Totals::Typed) => words.push("typed".to_owned()),
        Value::Totals(Totals::Computed) => words.push("computed".to_owned()),
        Value::Entry(entry) => words.push(entry.text()),
        Value::Reason(None) => {}
        Value::Reason(Some(reason)) => {
            words.push(reason.text.to_string());
            words.extend(reason.figures.iter().flat_map(|(key, figure)| [key.to_string(), figure.to_string()]));
        }
    }
    words
}

/// The way back from [`value_words`]; `None` where this form has no such item.
pub fn read_value(form: &Form, words: &[String]) -> Option<(Item, Value)> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let entry = |cell: CellId, text: &str| Value::Entry(Entry::read(form.cell(cell).kind, text));
    Some(match words.as_slice() {
        ["agency", name] => (Item::Agency, Value::Text((*name).to_owned())),
        ["totals", "typed"] => (Item::Totals, Value::Totals(Totals::Typed)),
        ["totals", "computed"] => (Item::Totals, Value::Totals(Totals::Computed)),
        ["cell", key, text] => form.cell_by_key(key).map(|cell| (Item::Cell(cell), entry(cell, text)))?,
        ["control", key, text] => {
            let cell = form.cell_by_key(key).filter(|cell| form.cell(*cell).total.is_some())?;
            (Item::Control(cell), entry(cell, text))
        }
        ["text", no, text] => (Item::Text(read_section(form, no)?), Value::Text((*text).to_owned())),
        ["reason", rule, at] => (Item::Reason(read_key(rule, at)), Value::Reason(None)),
        ["reason", rule, at, text, figures @ ..] if figures.len() % 2 == 0 => {
            let pairs = figures.chunks(2).filter_map(|pair| pair.first().zip(pair.get(1)));
            let figures = pairs.map(|(key, figure)| ((*key).into(), (*figure).into())).collect();
            (Item::Reason(read_key(rule, at)), Value::Reason(Some(Reason { text: (*text).into(), figures })))
        }
        _ => return None,
    })
}

fn read_section(form: &Form, no: &str) -> Option<SectionId> {
    form.sections().map(|(section, _)| section).find(|section| section.0.to_string() == no)
}

/// A rule that the form no longer has is taken as well: what was said about it stays in the log.
fn read_key(rule: &str, at: &str) -> ReasonKey {
    ReasonKey { rule: rule.into(), at: at.into() }
}

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
        ["passage", no, at, quote] => {
            let at = at.parse().ok().filter(|number: &usize| number.to_string() == *at)?;
            Spot::Passage { section: read_section(form, no)?, at, quote: (*quote).into() }
        }
        _ => return None,
    })
}

/// An action: `["comment", "cell", "new.nat"]`, `["reply", id]`, `["submit"]`.
pub fn action_words(form: &Form, action: &Action) -> Vec<String> {
    let of_comment = |word: &str, id: &Fingerprint| vec![word.to_owned(), id.to_string()];
    match action {
        Action::Comment(spot) => std::iter::once("comment".to_owned()).chain(spot_words(form, spot)).collect(),
        Action::Reply(id) => of_comment("reply", id),
        Action::Resolve(id) => of_comment("resolve", id),
        Action::Unresolve(id) => of_comment("unresolve", id),
        Action::Arrange(office) => {
            let mut words = owned(&["arrange"]);
            let named =
                [(office.has_first_review, "first_review"), (office.has_secrecy, "secrecy"), (office.allows_same_person, "same_person")];
            words.extend(named.iter().filter(|(is_on, _)| *is_on).map(|(_, word)| (*word).to_owned()));
            words
        }
        action => PLAIN.iter().filter(|(_, plain)| plain == action).map(|(word, _)| (*word).to_owned()).collect(),
    }
}

/// Actions that are one word.
const PLAIN: [(&str, Action); 10] = [
    ("second_entry", Action::SecondEntry),
    ("submit", Action::Submit),
    ("withdraw", Action::Withdraw),
    ("return", Action::Return),
    ("pass", Action::Pass),
    ("sign", Action::Sign),
    ("file", Action::File),
    ("publish", Action::Publish),
    ("reopen", Action::Reopen),
    ("join", Action::Join),
];

/// The way back from [`action_words`].
pub fn read_action(form: &Form, words: &[String]) -> Option<Action> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Some(match words.as_slice() {
        ["comment", spot @ ..] => Action::Comment(read_spot(form, spot)?),
        ["reply", id] => Action::Reply(id.parse().ok()?),
        ["resolve", id] => Action::Resolve(id.parse().ok()?),
        ["unresolve", id] => Action::Unresolve(id.parse().ok()?),
        ["arrange", named @ ..] => {
            let has = |word: &str| named.contains(&word);
            let office =
                Office { has_first_review: has("first_review"), has_secrecy: has("secrecy"), allows_same_person: has("same_person") };
            // One spelling only: nothing unknown, nothing twice, in order.
            let action = Action::Arrange(office);
            (action_words(form, &action) == words).then_some(action)?
        }
        [word] => PLAIN.iter().find(|(plain, _)| plain == word).map(|(_, action)| action.clone())?,
        _ => return None,
    })
}
