//! Lines that may be one request: the same number, or everything alike.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::doubt::{Doubt, Remark};
use super::error::Family;
use super::pages::Pages;
use super::request::Taken;
use super::words::key;
use crate::workers::{both, in_parts};

const DOUBLE: &str = "与另一行是同一件，只计一次";

/// Marks doubles: the same in every respect counts once, the same number for two requests counts twice, anything between is asked.
pub(super) fn find(pages: &mut Pages<'_>) {
    let marks = in_parts(&pages.taken, |part| part.iter().map(mark_of).collect());
    let (numbers, contents): (Vec<_>, Vec<_>) = marks.into_iter().unzip();
    let (by_number, by_content) = both(|| firsts(&numbers), || firsts(&contents));
    for (at, ((number, earlier), alike)) in numbers.iter().zip(by_number).zip(by_content).enumerate() {
        match (earlier, alike) {
            (Some(earlier), _) => same_number(pages, earlier, at),
            (None, Some(alike)) => same_content(pages, alike, at, number.is_none()),
            (None, None) => {}
        }
    }
}

/// For each the place of the first that is the same; none for the first itself, and where nothing is written.
fn firsts<K: Eq + Hash>(keys: &[Option<K>]) -> Vec<Option<usize>> {
    let mut firsts = HashMap::with_capacity(keys.len());
    let mut first = |at: usize, key| *firsts.entry(key).or_insert(at);
    keys.iter().enumerate().map(|(at, key)| key.as_ref().map(|key| first(at, key)).filter(|first| *first != at)).collect()
}

/// What doubles are known by: the number, and all the rest; of requests only.
fn mark_of((family, taken): &(Family, Taken<'_>)) -> (Option<String>, Option<Content>) {
    if *family != Family::Requests {
        return (None, None);
    }
    (Some(key(taken.number)).filter(|number| !number.is_empty()), content(taken))
}

/// Who, what, with what outcome, and when it came and was answered.
#[derive(PartialEq, Eq, Hash)]
struct Content {
    words: [String; 3],
    received: Date,
    answered: Option<Date>,
}

/// All of it, if it is written.
fn content(taken: &Taken<'_>) -> Option<Content> {
    let received = taken.received.day()?;
    if taken.applicant.is_empty() || taken.matter.is_empty() {
        return None;
    }
    Some(Content { words: [taken.applicant, taken.matter, &taken.outcome].map(key), received, answered: taken.answered.day() })
}

fn same_number(pages: &mut Pages<'_>, earlier: usize, at: usize) {
    let (Some((_, first)), Some((_, second))) = (pages.taken.get(earlier), pages.taken.get(at)) else { return };
    let line = first.place.line;
    let same = |a: &str, b: &str| key(a) == key(b);
    let (applicant, matter) = (same(first.applicant, second.applicant), same(first.matter, second.matter));
    let dates = first.received == second.received && first.answered == second.answered && same(&first.outcome, &second.outcome);
    let is_settled = second.is_count_fixed || second.nowhere.is_some() && first.nowhere.is_some();
    if is_settled {
        return;
    }
    if applicant && matter && dates {
        mark(pages, at, line);
    } else if applicant || matter {
        let number = second.number.to_owned();
        for place in [earlier, at] {
            if let Some((_, taken)) = pages.taken.get_mut(place)
                && taken.nowhere.is_none()
            {
                taken.ask(Doubt::Double, &number, None);
            }
        }
    } else if let Some((_, taken)) = pages.taken.get_mut(at) {
        taken.remark(Remark::NumberTwice, format!("第 {line} 行已用这个编号，申请人和内容都不同：两件都计"));
    }
}

/// Without a number it may be entered twice or asked for twice; with another number it was registered as another request.
fn same_content(pages: &mut Pages<'_>, earlier: usize, at: usize, is_without_number: bool) {
    let line = pages.taken.get(earlier).map_or(0, |(_, first)| first.place.line);
    let Some((_, taken)) = pages.taken.get_mut(at) else { return };
    if taken.is_count_fixed {
        return;
    }
    if is_without_number && taken.nowhere.is_none() {
        taken.ask(Doubt::Double, "", None);
    } else {
        taken.remark(Remark::LooksAlike, format!("与第 {line} 行只有编号不同：两件都计"));
    }
}

fn mark(pages: &mut Pages<'_>, at: usize, line: u32) {
    if let Some((_, taken)) = pages.taken.get_mut(at) {
        taken.is_double = true;
        taken.nowhere = Some(DOUBLE);
        taken.asked.clear();
        taken.is_open = false;
        taken.remarks.clear();
        taken.remark(Remark::CountedTwice, format!("与第 {line} 行编号、申请人、内容、日期都相同，只计一次"));
    }
}
