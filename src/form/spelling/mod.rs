//! How values, edits, places and actions are spelt: as lists of texts with the form's own keys. The draft file, the journal,
//! the hash that is signed and the command line all use this one spelling, and it never changes: signatures rest on it.

mod ground;
mod prior;
mod review;
mod words;

use super::Form;
use crate::model::{CellId, Edit, Entry, Item, Reason, ReasonKey, SectionId, Splice, Totals, Value};

use words::{owned, read_number};

pub use review::{action_words, read_action, read_spot, spot_words};

/// A value with its item: `["cell", "new.nat", "12"]`, blank as an empty text; a reason with its figures:
/// `["reason", rule, at, text, key, figure, …]`, none without text.
pub fn value_words(form: &Form, item: &Item, value: &Value) -> Vec<String> {
    if let Value::LastYear(last) = value {
        return prior::words(last);
    }
    if let Value::Ground(ground) = value {
        return ground::words(ground);
    }
    let mut words = match item {
        Item::Agency => owned(&["agency"]),
        Item::Totals => owned(&["totals"]),
        Item::Cell(cell) => owned(&["cell", &form.cell(*cell).key]),
        Item::Control(cell) => owned(&["control", &form.cell(*cell).key]),
        Item::Text(section) => vec!["text".to_owned(), section.0.to_string()],
        Item::Reason(key) => owned(&["reason", &key.rule, &key.at]),
        Item::LastYear => owned(&[prior::WORD]),
        Item::Ground => owned(&[ground::WORD]),
    };
    match value {
        Value::Text(text) => words.push(text.clone()),
        Value::Totals(Totals::Typed) => words.push("typed".to_owned()),
        Value::Totals(Totals::Computed) => words.push("computed".to_owned()),
        Value::Entry(entry) => words.push(entry.text()),
        Value::Reason(None) | Value::LastYear(_) | Value::Ground(_) => {}
        Value::Reason(Some(reason)) => {
            words.push(reason.text.to_string());
            words.extend(reason.figures.iter().flat_map(|(key, figure)| [key.to_string(), figure.to_string()]));
        }
    }
    words
}

/// The way back from [`value_words`]; `None` where this form has no such item.
pub fn read_value<S: AsRef<str>>(form: &Form, words: &[S]) -> Option<(Item, Value)> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
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
        [prior::WORD, rest @ ..] => (Item::LastYear, Value::LastYear(prior::read(rest)?)),
        [ground::WORD, rest @ ..] => (Item::Ground, Value::Ground(ground::read(form, rest)?)),
        _ => return None,
    })
}

/// An edit: its value, or `["splice", "5", "12", old, new]` for a change of chapter 5 at its 12th character. `None` for the
/// review part, which is no list of words: who writes edits down begins anew with the whole draft.
pub fn edit_words(form: &Form, edit: &Edit) -> Option<Vec<String>> {
    match edit {
        Edit::Set(item, value) => Some(value_words(form, item, value)),
        Edit::Text(section, Splice { at, old, new }) => Some(owned(&["splice", &section.0.to_string(), &at.to_string(), old, new])),
        Edit::Review(_) => None,
    }
}

/// The way back from [`edit_words`]; `None` where this form has no such item.
pub fn read_edit<S: AsRef<str>>(form: &Form, words: &[S]) -> Option<Edit> {
    if let [word, no, at, old, new] = words
        && word.as_ref() == "splice"
    {
        let splice = Splice { at: read_number(at.as_ref())?, old: old.as_ref().into(), new: new.as_ref().into() };
        return Some(Edit::Text(read_section(form, no.as_ref())?, splice));
    }
    read_value(form, words).map(|(item, value)| Edit::Set(item, value))
}

fn read_section(form: &Form, no: &str) -> Option<SectionId> {
    form.texts().map(|(section, _)| section).find(|section| section.0.to_string() == no)
}

/// A rule that the form no longer has is taken as well: what was said about it stays in the log.
fn read_key(rule: &str, at: &str) -> ReasonKey {
    ReasonKey { rule: rule.into(), at: at.into() }
}
