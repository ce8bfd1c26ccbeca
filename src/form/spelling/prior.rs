//! How last year's report is spelt: what it is, then its figures, texts and what was filled from it, three words each.

use std::sync::Arc;

use super::words::{owned, read_number};
use crate::model::{Fingerprint, LastYear, Prior, PriorSource, SectionId};

/// What its list begins with.
pub(super) const WORD: &str = "prior";

const FIRST_YEAR: &str = "first-year";

/// `["prior", agency, "2020", "F2019", "published", hash, "figure", key, text, …, "text", "1", text, …, "carried", key, "", …, "link", at, key, …]`;
/// `["prior", "first-year"]`; `["prior"]` for nothing.
pub(super) fn words(last: &LastYear) -> Vec<String> {
    let prior = match last {
        LastYear::Unknown => return owned(&[WORD]),
        LastYear::FirstYear => return owned(&[WORD, FIRST_YEAR]),
        LastYear::Report(prior) => prior,
    };
    let hash = prior.hash.map_or_else(String::new, |hash| hash.to_string());
    let mut words = owned(&[WORD, &prior.agency, &prior.year.to_string(), &prior.form, prior.source.code(), &hash]);
    words.extend(prior.figures().flat_map(|(key, text)| owned(&["figure", key, text])));
    words.extend(prior.texts().flat_map(|(section, text)| owned(&["text", &section.0.to_string(), text])));
    words.extend(prior.carried().flat_map(|key| owned(&["carried", key, ""])));
    words.extend(prior.links().flat_map(|(at, key)| owned(&["link", at, key])));
    words
}

/// The way back; `None` for words that say nothing known, or anything twice.
pub(super) fn read(words: &[&str]) -> Option<LastYear> {
    let (head, rest) = match words {
        [] => return Some(LastYear::Unknown),
        [FIRST_YEAR] => return Some(LastYear::FirstYear),
        [agency, year, form, source, hash, rest @ ..] if rest.len() % 3 == 0 => ((*agency, *year, *form, *source, *hash), rest),
        _ => return None,
    };
    let (agency, year, form, source, hash) = head;
    let hash = if hash.is_empty() { None } else { Some(hash.parse::<Fingerprint>().ok()?) };
    let year = u16::try_from(read_number(year)?).ok()?;
    let mut prior = Prior::new(agency.to_owned(), year, form, PriorSource::by_code(source)?, hash);
    for one in rest.chunks(3) {
        let is_new = match one {
            ["figure", key, text] => prior.put_figure(key, text),
            ["text", no, text] => !text.is_empty() && prior.put_text(SectionId(u8::try_from(read_number(no)?).ok()?), text),
            ["carried", key, ""] => prior.note_carried(key),
            ["link", at, key] => prior.put_link(at, key),
            _ => false,
        };
        is_new.then_some(())?;
    }
    Some(LastYear::Report(Arc::new(prior)))
}
