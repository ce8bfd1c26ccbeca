//! What differs: since it was looked at, since it was submitted, word by word; what was asked for and what was done about it.

use gouji::form::spelling;
use gouji::model::{Action, CellId, Change, Item, ReasonKey, Role, SectionId, Spot, Value, Workflow};
use gouji::review::{self, Side, pieces};
use gouji::session::Session;
use gouji::store::Settings;
use proptest::prelude::*;

use super::{act, clerk, person, reviewer, session, signed};
use crate::support::{catalog, folder, nth_cell};

fn cell(session: &Session, key: &str) -> CellId {
    session.form().cell_by_key(key).unwrap()
}

fn type_in(session: &mut Session, key: &str, text: &str) {
    session.set_person(Some(clerk()));
    session.apply(vec![session.typed(cell(session, key), text)]);
}

fn named(session: &Session, changes: &[Change]) -> Vec<String> {
    let form = session.form();
    let value = |change: &Change, value: &Value| review::value_name(form, &change.item, value);
    changes
        .iter()
        .map(|change| {
            let key = match &change.item {
                Item::Cell(cell) => form.cell(*cell).key.to_string(),
                other => review::item_name(form, other),
            };
            format!("{key} {} → {}", value(change, &change.old), value(change, &change.new))
        })
        .collect()
}

#[test]
fn what_was_asked_for_becomes_a_list_of_tasks_with_what_was_done() {
    let mut session = session();
    let spots = [
        Spot::Passage { section: SectionId(5), at: 0, quote: "问题".into() },
        Spot::Cell(cell(&session, "rev.total")),
        Spot::Row(cell(&session, "new.nat")),
        Spot::Finding(ReasonKey { rule: "R03".into(), at: "open".into() }),
        Spot::Report,
        Spot::Chapter(6),
    ];
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    for (no, spot) in spots.iter().enumerate() {
        act(&mut session, &reviewer(), Action::Comment(spot.clone()), &format!("第{no}条")).unwrap();
    }
    let settled = session.draft().review().threads()[5].id();
    act(&mut session, &reviewer(), Action::Resolve(settled), "不必了").unwrap();
    assert!(review::tasks(session.report()).is_empty(), "not yet returned");
    act(&mut session, &reviewer(), Action::Return, "请逐条修改").unwrap();
    let state = |session: &Session| {
        let tasks = review::tasks(session.report());
        tasks.iter().map(|task| format!("{} {}", task.thread.comment.words, task.is_done())).collect::<Vec<_>>()
    };
    // In the order they are read in, the whole report first.
    assert_eq!(state(&session), ["第4条 false", "请逐条修改 false", "第2条 false", "第3条 false", "第1条 false", "第0条 false"]);
    type_in(&mut session, "new.biz", "88");
    let answered = session.draft().review().threads()[1].id();
    act(&mut session, &clerk(), Action::Reply(answered), "数字无误，见台账").unwrap();
    assert_eq!(state(&session), ["第4条 true", "请逐条修改 true", "第2条 true", "第3条 false", "第1条 true", "第0条 false"]);
    let tasks = review::tasks(session.report());
    assert_eq!(named(&session, &tasks[2].changes), ["new.biz 252 → 88"]);
    assert!(tasks[4].is_answered && tasks[4].changes.is_empty());
}

#[test]
fn each_difference_knows_its_old_value_and_who_made_it() {
    let mut session = session();
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    session.set_person(Some(reviewer()));
    session.mark_seen(session.unseen());
    act(&mut session, &clerk(), Action::Withdraw, "").unwrap();
    type_in(&mut session, "rev.total", "1");
    let (step, changes) = review::since_submission(session.draft()).unwrap();
    assert_eq!(step.action, Action::Submit);
    assert_eq!(changes.len(), 1);
    assert_eq!(review::since_seen(session.draft(), "李四"), changes);
    let item = changes[0].item.clone();
    assert_eq!(review::changed_by(session.draft(), &item), None, "not yet handed in");
    act(&mut session, &person("丁一", Role::Clerk), Action::Comment(Spot::Report), "补录").unwrap();
    assert_eq!(&*review::changed_by(session.draft(), &item).unwrap().person.name, "丁一");
    let other = Item::Cell(cell(&session, "new.nat"));
    assert_eq!(&*review::changed_by(session.draft(), &other).unwrap().person.name, "张三");
    let then = review::state_after(session.draft().review(), step.id).unwrap();
    assert_eq!(named(&session, &session.draft().changes_since(&then)), named(&session, &changes));
}

#[test]
fn texts_are_compared_word_by_word() {
    let shown = |old: &str, new: &str| {
        let mark = |piece: review::Piece| match piece.side {
            Side::Both => piece.text,
            Side::Old => format!("[-{}]", piece.text),
            Side::New => format!("[+{}]", piece.text),
        };
        pieces(old, new).into_iter().map(mark).collect::<String>()
    };
    assert_eq!(shown("全年收到申请 138 件。", "全年收到申请 183 件。"), "全年收到申请 [-138][+183] 件。");
    assert_eq!(shown("一是公开不及时。\n二是人手少。", "一是公开不及时。\n二是人手不足。"), "一是公开不及时。\n二是人手[-少][+不足]。");
    assert_eq!(shown("", "新写"), "[+新写]");
    let (long, longer) = ("甲".repeat(50_000), "乙".repeat(50_000));
    assert_eq!(pieces(&long, &longer).len(), 2, "two long strange texts are replaced as a whole");
}

#[test]
fn a_passage_is_found_again_by_its_words() {
    let spot = Spot::Passage { section: SectionId(5), at: 6, quote: "问题".into() };
    assert_eq!(spot.find_in("问题。存在的问题"), Some(6));
    assert_eq!(spot.find_in("前面加了字，问题。存在的问题"), Some(6));
    assert_eq!(spot.find_in("没有了"), None);
}

#[test]
fn every_place_and_action_is_spelt_one_way() {
    let form = catalog().for_year(2025).unwrap();
    let spots = [
        Spot::Report,
        Spot::Chapter(5),
        Spot::Cell(nth_cell(3)),
        Spot::Row(nth_cell(3)),
        Spot::Finding(ReasonKey { rule: "R03".into(), at: "open".into() }),
        Spot::Passage { section: SectionId(6), at: 12, quote: "“引”\n".into() },
    ];
    let id = signed().draft().review().threads()[0].id();
    let workflows = [(false, false), (true, false), (false, true), (true, true)];
    let workflows =
        workflows.map(|(has_first_review, has_secrecy)| Workflow { has_first_review, has_secrecy, allows_same_person: has_secrecy });
    let plain =
        [Action::Submit, Action::Withdraw, Action::Return, Action::Pass, Action::Sign, Action::File, Action::Publish, Action::Reopen];
    let more = [Action::Join, Action::SecondEntry, Action::Reply(id), Action::Resolve(id), Action::Unresolve(id)];
    let actions = spots.map(Action::Comment).into_iter().chain(workflows.map(Action::Arrange)).chain(plain).chain(more);
    for action in actions {
        let words = spelling::action_words(&form, &action);
        assert_eq!(spelling::read_action(&form, &words), Some(action), "{words:?}");
    }
    for words in
        [&["arrange", "secrecy", "first_review"][..], &["comment", "cell", "nowhere"], &["comment", "passage", "5", "012", "x"], &["dance"]]
    {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(spelling::read_action(&form, &words), None, "{words:?}");
    }
}

#[test]
fn who_works_here_is_kept_on_this_machine() {
    let folder = folder();
    let home = gouji::store::Home { disk: std::sync::Arc::new(gouji::store::RealDisk), folder: folder.path().to_owned() };
    let mut settings = Settings::load(&home).unwrap();
    assert_eq!(settings.person(), None);
    settings.set_person(&reviewer());
    settings.save(&home).unwrap();
    assert_eq!(Settings::load(&home).unwrap().person(), Some(reviewer()));
}

proptest! {
    #[test]
    fn pieces_put_together_give_both_texts(old in "[ab1。\\n字]{0,30}", new in "[ab1。\\n字]{0,30}") {
        let side = |left_out: Side| pieces(&old, &new).into_iter().filter(|piece| piece.side != left_out).map(|piece| piece.text).collect::<String>();
        prop_assert_eq!(side(Side::New), old.clone());
        prop_assert_eq!(side(Side::Old), new.clone());
    }
}
