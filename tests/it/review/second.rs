//! 双录: keyed twice, settled cell by cell, in the log.

use gouji::model::{Action, ActionKind, Objection, Role, Value};
use gouji::review::SecondEntry;

use super::{act, clerk, person, session};

#[test]
fn differences_between_two_entries_are_settled_one_by_one_and_stay_in_the_log() {
    let mut session = session();
    let form = session.shared_form();
    let mut second = SecondEntry::new(form.report(session.draft()), 1);
    assert!(second.mismatches(form.report(session.draft())).len() > 60, "blind: nothing is keyed yet");
    // The second person keys it all, three cells otherwise.
    let cells: Vec<_> = form.cells().filter(|(_, cell)| cell.table == 1).map(|(id, _)| id).collect();
    for (place, cell) in cells.iter().enumerate() {
        let text = session.draft().entry(*cell).text();
        let typed = if place % 70 == 5 { "7".to_owned() } else { text };
        second.second.apply(gouji::model::Edit::cell(*cell, gouji::model::Entry::read(form.cell(*cell).kind, &typed)));
    }
    let found = second.mismatches(form.report(session.draft()));
    assert_eq!(found.len(), 3);
    assert_eq!(second.summary(form.report(session.draft())), Err(3));
    for (place, change) in found.iter().enumerate() {
        let gouji::model::Item::Cell(cell) = change.item else { panic!("{change:?}") };
        let Value::Entry(entry) = (if place == 0 { &change.new } else { &change.old }) else { panic!("{change:?}") };
        let edit = second.settle(form.report(session.draft()), cell, entry.clone());
        assert_eq!(edit.is_some(), place == 0);
        session.apply(edit.into_iter().collect());
    }
    let words = second.summary(form.report(session.draft())).unwrap();
    assert!(words.starts_with("表三 175 格录了两遍，3 格两遍不同，已逐格定下来\n") && words.contains("二录 7，取 7"), "{words}");
    act(&mut session, &person("钱七", Role::Clerk), Action::SecondEntry, &words).unwrap();
    assert_eq!(session.draft().review().last().unwrap().words.lines().count(), 4);
}

#[test]
fn who_filled_the_report_is_no_second_person() {
    let mut session = session();
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    act(&mut session, &clerk(), Action::Withdraw, "").unwrap();
    let refused = act(&mut session, &clerk(), Action::SecondEntry, "一致");
    assert_eq!(refused, Err(Objection::SamePerson { kind: ActionKind::SecondEntry, name: "张三".into() }));
}
