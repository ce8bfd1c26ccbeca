//! Figures of the text that follow cells. A cell that changes takes them along, in the same step; a link goes with its sentence
//! wherever that moves and however it is reworded, and goes out with its figure.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::form::{Form, Report};
use crate::model::{Draft, Edit, Item, Reason, SectionId, Splice, Totals, Value};
use crate::rules;
use crate::rules::claims::Reading;
use crate::rules::claims::key::KeySum;
use crate::rules::claims::link::{self, Link};

/// What edits on a draft came to.
#[derive(Debug, Default)]
pub struct Followed {
    /// What takes all of it back, in the order it was made.
    pub inverse: Vec<Edit>,
    /// The figures of the text that went along with their cells.
    pub moved: Vec<Moved>,
}

/// A figure of the text that went along with its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The chapter.
    pub section: SectionId,
    /// What the text said: `12件`.
    pub from: String,
    /// What it says now.
    pub to: String,
}

impl Followed {
    /// For the clerk: `正文里跟着表的数一起改了：12件→13件`; empty where none did.
    pub fn words(&self) -> String {
        let moved: Vec<String> = self.moved.iter().map(|moved| format!("{}→{}", moved.from, moved.to)).collect();
        if moved.is_empty() { String::new() } else { format!("正文里跟着表的数一起改了：{}\n", moved.join("、")) }
    }
}

/// Makes edits on a draft that no window holds: totals are computed, linked figures of the text go along.
pub fn make_edits(form: &Form, draft: &mut Draft, edits: Vec<Edit>) -> Followed {
    let mut reading = Reading::of(form.report(draft));
    let links = reading.links(draft);
    made(form, draft, &mut reading, &links, edits)
}

/// Makes edits on a draft that was read, with these links.
pub(super) fn made(form: &Form, draft: &mut Draft, reading: &mut Reading, links: &[Link], edits: Vec<Edit>) -> Followed {
    let mut followers = followers(form.report(draft), reading, links);
    let mut inverse = Vec::with_capacity(edits.len());
    for edit in edits {
        note(&mut followers, draft, &edit);
        inverse.push(draft.apply(edit));
    }
    if draft.totals() == Totals::Computed {
        inverse.extend(rules::compute_totals(form, draft));
    }
    let mut followed = Followed { inverse, moved: Vec::new() };
    follow(form, draft, reading, followers, &mut followed);
    followed
}

/// A link while its text and its cells change.
struct Follower {
    link: Link,
    reason: Reason,
    /// What its cells came to before; none where one was blank.
    before: Option<i64>,
    /// The text said the same.
    was_in_step: bool,
}

/// The links as they stand before a change.
fn followers(report: Report<'_>, reading: &Reading, links: &[Link]) -> Vec<Follower> {
    let mut all = Vec::with_capacity(links.len());
    for here in links.chunk_by(|one, next| one.section == next.section) {
        let Some(section) = here.first().map(|link| link.section) else { continue };
        let places: Vec<Range<usize>> = here.iter().map(|link| link.at.clone()).collect();
        let slots = reading.slots(section, &places);
        all.extend(here.iter().filter_map(|link| {
            let slot = slots.iter().find(|slot| slot.at == link.at)?;
            let before = KeySum::on(report.form, &link.key)?.value(report.draft);
            let was_in_step = before.is_some() && link::in_step(report, section, slot, &link.key).is_none();
            Some(Follower { link: link.clone(), reason: report.draft.reason(&link.filed)?.clone(), before, was_in_step })
        }));
    }
    all
}

/// Takes links along behind a change that was made.
fn follow(form: &Form, draft: &mut Draft, reading: &mut Reading, mut links: Vec<Follower>, done: &mut Followed) {
    for place in 0..links.len() {
        let Some(follower) = links.get(place).filter(|follower| has_changed(form.report(draft), follower)) else { continue };
        let (section, key) = (follower.link.section, follower.link.key.clone());
        reading.refresh(draft);
        let slots = reading.slots(section, std::slice::from_ref(&follower.link.at));
        let Some((slot, edit)) = slots.first().and_then(|slot| Some((slot, link::in_step(form.report(draft), section, slot, &key)?)))
        else {
            continue;
        };
        note(&mut links, draft, &edit);
        if let Edit::Text(_, splice) = &edit {
            let shown = |digits: &str| format!("{digits}{}", slot.unit);
            done.moved.push(Moved { section, from: shown(&splice.old), to: shown(&splice.new) });
        }
        done.inverse.push(draft.apply(edit));
    }
    if !links.is_empty() {
        reading.refresh(draft);
        done.inverse.extend(refile(draft, reading, &links));
    }
}

/// Its cells hold something else now, and the text said what they held before.
fn has_changed(report: Report<'_>, follower: &Follower) -> bool {
    follower.was_in_step && KeySum::on(report.form, &follower.link.key).is_some_and(|sum| sum.value(report.draft) != follower.before)
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
fn note(followers: &mut [Follower], draft: &Draft, edit: &Edit) {
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
