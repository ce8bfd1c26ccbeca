//! Copies that went different ways, joined.

use std::collections::{BTreeMap, BTreeSet};

use gouji::form::Form;
use gouji::model::{
    Action, Draft, Edit, Entry, Fingerprint, Item, Reason, ReasonKey, Role, SectionId, Splice, Spot, Status, Value, Values, Workflow,
};
use gouji::review::{self, Join, Unjoinable, value_name};
use gouji::session::Session;

use super::{act, at, clerk, person, reviewer, session, signed};
use crate::support::{Dice, nth_cell};

/// Somebody works on a copy: cells, texts, reasons, comments, in places that often meet those of the other copy.
fn work(form: &Form, draft: &Draft, dice: &mut Dice, name: &str, is_reviewer: bool) -> Draft {
    let mut draft = draft.clone();
    for no in 0..dice.roll(12) {
        let cell = nth_cell(dice.roll(20) as usize);
        let value = i64::from(dice.roll(4));
        match dice.roll(6) {
            0..=2 => drop(draft.apply(Edit::cell(cell, if value == 0 { Entry::Blank } else { Entry::Whole(value) }))),
            3 => {
                let section = SectionId(dice.pick(&[1, 5, 6]));
                let splice = Splice::between(draft.section(section), &format!("第{value}种写法"));
                splice.map(|splice| draft.apply(Edit::Text(section, splice)));
            }
            4 => {
                let key = ReasonKey { rule: "R35".into(), at: dice.pick(&["a8.fee.amount", "x", "y"]).into() };
                let reason = Reason { text: format!("{name}写的第{value}种说明").into(), figures: Vec::new() };
                draft.apply(Edit::reason(key, Some(reason)));
            }
            _ => {
                let who = if is_reviewer { reviewer() } else { clerk() };
                let words = format!("{name}的第{no}条批注");
                let attempt = review::Attempt {
                    person: who,
                    time: at(i64::from(no)),
                    action: Action::Comment(Spot::Cell(cell)),
                    words,
                    drawn: gouji::review::draw().unwrap(),
                };
                let review = review::act(form.report(&draft), attempt).unwrap();
                draft.apply(Edit::Review(Box::new(review)));
            }
        }
    }
    draft
}

fn ids(draft: &Draft) -> BTreeSet<Fingerprint> {
    draft.review().steps().iter().map(|step| step.id).collect()
}

#[test]
fn a_thousand_pairs_of_copies_are_joined_without_loss() {
    let num_pairs = if std::env::var_os("GOUJI_LONG").is_some() { 1000 } else { 60 };
    let mut dice = Dice(0x0dd_b1a5e5);
    let (mut num_conflicts, mut num_taken) = (0, 0);
    for pair in 0..num_pairs {
        let mut start = session();
        if pair % 5 > 0 {
            act(&mut start, &clerk(), Action::Comment(Spot::Report), "交给审核人").unwrap();
        }
        let (form, base) = (start.form(), start.draft().clone());
        let (mine, theirs) = (work(form, &base, &mut dice, "甲", false), work(form, &base, &mut dice, "乙", true));
        let join = Join::new(form.report(&mine), &theirs).unwrap();
        let is_known = !base.review().steps().is_empty();
        // Conflicts exactly where both changed, each to another value.
        let items: BTreeSet<Item> = [&base, &mine, &theirs].iter().flat_map(|draft| draft.items()).collect();
        let differ = |item: &&Item| {
            let (was, a, b) = (base.value(item), mine.value(item), theirs.value(item));
            a != b && a != was && b != was
        };
        let expected: Vec<&Item> = items.iter().filter(differ).collect();
        let found: Vec<&Item> = join.conflicts().iter().map(|conflict| &conflict.item).collect();
        if is_known {
            assert_eq!(found, expected, "pair {pair}");
        }
        num_conflicts += found.len();
        num_taken += join.taken().len();
        let keeps_mine = dice.roll(2) == 0;
        let choices: Values = join
            .conflicts()
            .iter()
            .map(|found| (found.item.clone(), if keeps_mine { found.mine.clone() } else { found.theirs.clone() }))
            .collect();
        if !choices.is_empty() {
            assert_eq!(join.clone().finish(form, &clerk(), at(99), &Values::new()), Err(Unjoinable::Unsettled(choices.len())));
        }
        let joined = join.clone().finish(form, &clerk(), at(99), &choices).unwrap();
        let words: BTreeMap<&Item, String> = join
            .conflicts()
            .iter()
            .map(|found| {
                let lost = if keeps_mine { &found.theirs } else { &found.mine };
                (&found.item, value_name(form, &found.item, lost))
            })
            .collect();
        for item in &items {
            let (was, a, b, now) = (base.value(item), mine.value(item), theirs.value(item), joined.value(item));
            let right: Value = match choices.get(item) {
                Some(chosen) => chosen.clone(),
                None if a == was || !is_known && a.is_blank() => b,
                None => a,
            };
            if is_known {
                assert_eq!(now, right, "pair {pair}: {item:?}");
            }
        }
        if !joined.review().steps().is_empty() {
            let last = joined.review().last().unwrap();
            for (item, lost) in &words {
                assert!(last.words.contains(lost.as_str()), "pair {pair}: {item:?} {lost} is lost");
            }
        }
        // Every comment of both, and a log that fits.
        assert!(ids(&joined).is_superset(&ids(&mine)) && ids(&joined).is_superset(&ids(&theirs)));
        let said = |draft: &Draft| draft.review().threads().iter().map(|thread| thread.comment.words.clone()).collect::<BTreeSet<_>>();
        assert_eq!(said(&joined), said(&mine).union(&said(&theirs)).cloned().collect());
        assert_eq!(review::first_flaw(form.report(&joined)), None, "pair {pair}");
        // The other way round comes to the same report.
        let back: Values = choices.clone();
        let other = Join::new(form.report(&theirs), &mine).unwrap().finish(form, &clerk(), at(99), &back).unwrap();
        assert_eq!(other.without_review(), joined.without_review(), "pair {pair}");
    }
    println!("{num_pairs} pairs: {num_taken} values taken, {num_conflicts} asked");
    assert!(2 * num_conflicts > num_pairs && num_taken > num_pairs);
}

#[test]
fn a_copy_that_only_went_on_takes_the_place_of_the_one_it_came_from() {
    let early = session();
    let signed = signed();
    let form = signed.form();
    for (a, b) in [(early.draft(), signed.draft()), (signed.draft(), early.draft()), (signed.draft(), signed.draft())] {
        let join = Join::new(form.report(a), b).unwrap();
        assert!(join.conflicts().is_empty());
        assert_eq!(join.finish(form, &clerk(), at(99), &Values::new()).unwrap(), *signed.draft());
    }
}

#[test]
fn nothing_is_joined_into_a_signed_report() {
    let signed = signed();
    let mut other = session();
    other.apply(vec![other.typed(nth_cell(3), "77")]);
    let refused = Join::new(signed.report(), other.draft()).unwrap_err();
    assert!(refused.words().contains("已经签发"), "{}", refused.words());
}

#[test]
fn of_two_statuses_the_one_less_far_holds() {
    let mut supervisor = session();
    act(&mut supervisor, &clerk(), Action::Submit, "").unwrap();
    let mut withdrawn = Session::new(supervisor.shared_form(), supervisor.draft().clone());
    act(&mut withdrawn, &clerk(), Action::Withdraw, "").unwrap();
    withdrawn.apply(vec![withdrawn.typed(nth_cell(3), "77")]);
    act(&mut supervisor, &reviewer(), Action::Comment(Spot::Report), "请补充").unwrap();
    act(&mut supervisor, &reviewer(), Action::Pass, "").unwrap();
    let join = Join::new(supervisor.report(), withdrawn.draft()).unwrap();
    let joined = join.finish(supervisor.form(), &reviewer(), at(99), &Values::new()).unwrap();
    assert_eq!(joined.review().status(), Status::Draft);
    assert_eq!(joined.review().threads().len(), 1);
    assert_eq!(review::first_flaw(supervisor.form().report(&joined)), None);
}

#[test]
fn each_value_keeps_its_maker_and_each_copy_its_steps_of_the_office() {
    let mut start = session();
    act(&mut start, &clerk(), Action::Comment(Spot::Report), "各填一部分").unwrap();
    let copy = || Session::new(start.shared_form(), start.draft().clone());
    let (mut one, mut two) = (copy(), copy());
    let workflow = Workflow { has_first_review: true, ..Workflow::default() };
    one.set_person(Some(clerk()));
    one.apply(vec![one.typed(nth_cell(3), "77")]);
    act(&mut one, &clerk(), Action::Arrange(workflow), "").unwrap();
    // The other copy goes on without the first review.
    let other = person("钱七", Role::Clerk);
    act(&mut two, &other, Action::Submit, "").unwrap();
    act(&mut two, &other, Action::Withdraw, "").unwrap();
    two.apply(vec![two.typed(nth_cell(4), "78")]);
    act(&mut two, &other, Action::Comment(Spot::Report), "补了一格").unwrap();
    two.apply(vec![two.typed(nth_cell(5), "79")]);
    for (a, b) in [(&one, &two), (&two, &one)] {
        let join = Join::new(a.report(), b.draft()).unwrap();
        let joined = join.finish(a.form(), &reviewer(), at(99), &Values::new()).unwrap();
        assert_eq!(review::first_flaw(a.form().report(&joined)), None);
        let maker = |cell| review::changed_by(&joined, &Item::Cell(nth_cell(cell))).unwrap().person.name.to_string();
        // What had not been handed in is the joiner's.
        assert_eq!([maker(3), maker(4), maker(5), maker(6)], ["张三", "钱七", "李四", "张三"]);
    }
}

#[test]
fn what_was_not_chosen_between_two_copies_without_a_log_is_kept_as_well() {
    let copy = |text| {
        let mut copy = session();
        copy.apply(vec![copy.typed(nth_cell(3), text)]);
        copy
    };
    let (one, two) = (copy("71"), copy("72"));
    let join = Join::new(one.report(), two.draft()).unwrap();
    let choices: Values = join.conflicts().iter().map(|found| (found.item.clone(), found.theirs.clone())).collect();
    let joined = join.finish(one.form(), &clerk(), at(1), &choices).unwrap();
    assert!(joined.review().last().unwrap().words.ends_with("采用 72，未采用 71"));
    assert_eq!(review::first_flaw(one.form().report(&joined)), None);
}
