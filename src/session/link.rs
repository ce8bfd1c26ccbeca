//! Figures of the text that follow cells. A cell that changes takes them along, in the same step; a link goes with its sentence
//! wherever that moves and however it is reworded, and goes out with its figure.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::form::Form;
use crate::model::{Draft, Edit, Item, Reason, Splice, Value};
use crate::rules::claims::Reading;
use crate::rules::claims::key::KeySum;
use crate::rules::claims::link::{self, Link};

/// A link while its text and its cells change.
pub(super) struct Follower {
    link: Link,
    reason: Reason,
    /// What its cells came to before; none where one was blank.
    before: Option<i64>,
    /// The text said the same.
    was_in_step: bool,
}

/// The links as they stand before a change.
pub(super) fn followers(form: &Form, draft: &Draft, reading: &Reading, links: &[Link]) -> Vec<Follower> {
    let follower = |link: &Link| {
        let slot = reading.slots(link.section, std::slice::from_ref(&link.at)).into_iter().find(|slot| slot.at == link.at)?;
        let before = KeySum::on(form, &link.key)?.value(draft);
        let was_in_step = before.is_some() && link::in_step(form, draft, link.section, &slot, &link.key).is_none();
        Some(Follower { link: link.clone(), reason: draft.reason(&link.filed)?.clone(), before, was_in_step })
    };
    links.iter().filter_map(follower).collect()
}

/// Takes links along behind a change that was made, and returns what takes that back.
pub(super) fn follow(form: &Form, draft: &mut Draft, reading: &mut Reading, mut followers: Vec<Follower>) -> Vec<Edit> {
    let mut inverse = Vec::new();
    for place in 0..followers.len() {
        let Some(follower) = followers.get(place).filter(|follower| has_changed(form, draft, follower)) else { continue };
        reading.refresh(draft);
        let slots = reading.slots(follower.link.section, std::slice::from_ref(&follower.link.at));
        let key = &follower.link.key;
        if let Some(edit) = slots.first().and_then(|slot| link::in_step(form, draft, follower.link.section, slot, key)) {
            note(&mut followers, draft, &edit);
            inverse.push(draft.apply(edit));
        }
    }
    if !followers.is_empty() {
        reading.refresh(draft);
        inverse.extend(refile(draft, reading, &followers));
    }
    inverse
}

/// Its cells hold something else now, and the text said what they held before.
fn has_changed(form: &Form, draft: &Draft, follower: &Follower) -> bool {
    follower.was_in_step && KeySum::on(form, &follower.link.key).is_some_and(|sum| sum.value(draft) != follower.before)
}

/// Files every link under the sentence that its figure now stands in.
fn refile(draft: &mut Draft, reading: &Reading, followers: &[Follower]) -> Vec<Edit> {
    let mut moves = Vec::new();
    for section in followers.iter().map(|follower| follower.link.section).collect::<BTreeSet<_>>() {
        let here = || followers.iter().filter(|follower| follower.link.section == section);
        let places: Vec<Range<usize>> = here().map(|follower| follower.link.at.clone()).collect();
        let slots = reading.slots(section, &places);
        for follower in here() {
            let now = slots.iter().find(|slot| overlap(&slot.at, &follower.link.at)).map(|slot| slot.filed.clone());
            if now.as_ref() != Some(&follower.link.filed) && draft.reason(&follower.link.filed) == Some(&follower.reason) {
                moves.push((follower, now));
            }
        }
    }
    let gone = moves.iter().map(|(follower, _)| Edit::reason(follower.link.filed.clone(), None));
    let filed = moves.iter().filter_map(|(follower, now)| Some(Edit::reason(now.clone()?, Some(follower.reason.clone()))));
    let edits: Vec<Edit> = gone.chain(filed).collect();
    edits.into_iter().map(|edit| draft.apply(edit)).collect()
}

/// Moves the places of the links as this edit, about to be made, moves them.
pub(super) fn note(followers: &mut [Follower], draft: &Draft, edit: &Edit) {
    let (section, splice) = match edit {
        Edit::Text(section, splice) => (*section, Some(splice.clone())),
        Edit::Set(Item::Text(section), Value::Text(text)) => (*section, Splice::between(draft.section(*section), text)),
        _ => return,
    };
    let Some(splice) = splice else { return };
    for follower in followers.iter_mut().filter(|follower| follower.link.section == section) {
        follower.link.at = moved(&follower.link.at, &splice);
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A range of characters behind a change; what the change touches is widened over what was put in.
fn moved(at: &Range<usize>, splice: &Splice) -> Range<usize> {
    let (old, new) = (splice.old.chars().count(), splice.new.chars().count());
    let end = splice.at + old;
    if at.end <= splice.at {
        at.clone()
    } else if at.start >= end {
        at.start + new - old..at.end + new - old
    } else {
        at.start.min(splice.at)..at.end.max(end) + new - old
    }
}
