//! Long walks: whatever people do in whatever order, somebody can go on, nothing signed changes, and the log fits.

use gouji::model::{Action, ActionKind, Edit, Role, SectionId, Spot, Status, Workflow, may};
use gouji::review;
use gouji::session::Session;
use gouji::store::{decode, encode};
use proptest::prelude::*;

use super::{act, code_of, person, session};
use crate::support::{catalog, nth_cell};

/// One thing somebody tries; most tries are refused.
#[derive(Clone, Debug)]
struct Try {
    name: usize,
    role: usize,
    what: usize,
    number: usize,
    words: String,
}

fn attempt() -> impl Strategy<Value = Try> {
    (0..5usize, 0..4usize, 0..24usize, 0..200usize, "[a-z审。]{0,4}").prop_map(|(name, role, what, number, words)| Try {
        name,
        role,
        what,
        number,
        words,
    })
}

const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", ""];

fn perform(session: &mut Session, tried: &Try) {
    let who = person(NAMES[tried.name], Role::ALL[tried.role]);
    let threads = session.draft().review().threads();
    let thread = threads.get(tried.number % threads.len().max(1)).map(gouji::model::Thread::id);
    let code = code_of(session);
    let cell = nth_cell(tried.number);
    let (action, words) = match tried.what {
        0 | 1 => (Action::Submit, ""),
        2 => (Action::Withdraw, ""),
        3 => (Action::Return, &*tried.words),
        4..=7 => (Action::Pass, ""),
        8 | 9 => (Action::Sign, &*code),
        10 => (Action::Sign, &*tried.words),
        11 => (Action::File, ""),
        12 => (Action::Publish, ""),
        13 => (Action::Reopen, &*tried.words),
        14 => (Action::Comment(Spot::Cell(cell)), &*tried.words),
        15 => match thread {
            Some(id) => (Action::Reply(id), &*tried.words),
            None => return,
        },
        16 => match thread {
            Some(id) => (Action::Resolve(id), ""),
            None => return,
        },
        17 => (
            Action::Arrange(Workflow {
                has_first_review: tried.number.is_multiple_of(2),
                has_secrecy: tried.number.is_multiple_of(3),
                allows_same_person: tried.number.is_multiple_of(5),
            }),
            "",
        ),
        what => {
            session.set_person(Some(who));
            return match what {
                18 | 19 => session.apply(vec![Edit::cell(nth_cell(7), gouji::model::Entry::Whole(i64::try_from(tried.number).unwrap()))]),
                20 => session.apply(session.text_edit(SectionId(5), &tried.words).into_iter().collect()),
                21 => drop(session.undo()),
                22 => drop(session.redo()),
                _ => session.mark_seen(session.unseen().into_iter().take(3)),
            };
        }
    };
    // Refusals are part of the walk.
    drop(act(session, &who, action, words));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("GOUJI_LONG").is_some() { 1000 } else { 10 }, ..ProptestConfig::default() })]

    #[test]
    fn no_state_is_a_dead_end_and_nothing_signed_changes(tries in prop::collection::vec(attempt(), 100)) {
        let mut session = session();
        let mut signed = None;
        for tried in &tries {
            let before = session.draft().clone();
            perform(&mut session, tried);
            let (now, was) = (session.draft().review(), before.review());
            // Somebody can go on.
            let onward = ActionKind::ALL.iter().any(|kind| *kind != ActionKind::Comment && !may(now.status(), *kind).is_empty());
            prop_assert!(onward, "{} is a dead end", now.status());
            // The log only grows, by one step at most, or two where a reader had not opened it.
            prop_assert!(now.steps().starts_with(was.steps()) && now.steps().len() <= was.steps().len() + 2);
            prop_assert!(now.status() == was.status() || now.steps().len() > was.steps().len(), "a status without a step");
            let changed = session.draft().without_review() != before.without_review();
            prop_assert!(!changed || matches!(was.status(), Status::Draft | Status::Returned), "edited while {}", was.status());
            // What is signed is what was signed.
            if let Some(approval) = review::approval(session.report()) {
                prop_assert!(approval.is_intact && now.status().is_locked());
                let report = signed.get_or_insert_with(|| session.draft().without_review());
                prop_assert_eq!(&*report, &session.draft().without_review());
            } else {
                prop_assert!(!now.status().is_locked());
                signed = None;
            }
        }
        prop_assert_eq!(review::first_flaw(session.report()), None);
        let text = encode(session.report());
        let (_, loaded) = decode(text.as_bytes(), &catalog()).unwrap();
        prop_assert_eq!(&loaded, session.draft());
    }
}
