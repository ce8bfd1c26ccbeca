//! Every kind of action comes back from the file, the journal and the log's own hash: one forgotten anywhere does not compile
//! or does not pass.

use std::collections::BTreeSet;
use std::sync::Arc;

use gouji::form::Form;
use gouji::form::spelling::{action_words, read_action};
use gouji::model::{Action, ActionKind, Draft, Edit, Fingerprint, Parent, ReasonKey, Review, SectionId, Spot, Status, Step, Workflow};
use gouji::review::step_id;
use gouji::store::{Home, Journal, RealDisk, decode, encode, replay};
use proptest::prelude::*;

use super::{at, clerk};
use crate::support::{catalog, folder, nth_cell, v1};

/// What a comment may be about. A new kind of place does not compile here until it is tried.
fn spot() -> impl Strategy<Value = Spot> {
    let tried = |spot: Spot| match spot {
        Spot::Report | Spot::Chapter(_) | Spot::Cell(_) | Spot::Row(_) | Spot::Finding(_) | Spot::Passage { .. } => spot,
    };
    let cell = || (0_usize..20).prop_map(nth_cell);
    let finding = ("[A-Z][0-9]{2}", "[a-z.]{1,9}").prop_map(|(rule, at)| Spot::Finding(ReasonKey { rule: rule.into(), at: at.into() }));
    let passage = (prop::sample::select(vec![1_u8, 5, 6]), 0_usize..999, ".{0,9}").prop_map(|(no, at, quote)| Spot::Passage {
        section: SectionId(no),
        at,
        quote: quote.into(),
    });
    prop_oneof![
        Just(Spot::Report),
        (1_u8..=6).prop_map(Spot::Chapter),
        cell().prop_map(Spot::Cell),
        cell().prop_map(Spot::Row),
        finding,
        passage
    ]
    .prop_map(tried)
}

/// Actions of this kind; for those that say nothing more, the only one.
fn of_kind(kind: ActionKind) -> BoxedStrategy<Action> {
    let id = any::<[u8; 32]>().prop_map(Fingerprint);
    match kind {
        // No edit stands in the log.
        ActionKind::Edit => Just(Action::Submit).boxed(),
        ActionKind::Comment => prop_oneof![
            spot().prop_map(Action::Comment),
            id.clone().prop_map(Action::Reply),
            id.clone().prop_map(Action::Resolve),
            id.prop_map(Action::Unresolve)
        ]
        .boxed(),
        ActionKind::Arrange => any::<(bool, bool, bool)>()
            .prop_map(|(has_first_review, has_secrecy, allows_same_person)| {
                Action::Arrange(Workflow { has_first_review, has_secrecy, allows_same_person })
            })
            .boxed(),
        ActionKind::Resubmit => id.prop_map(Action::Resubmit).boxed(),
        ActionKind::SecondEntry
        | ActionKind::Submit
        | ActionKind::Receive
        | ActionKind::Withdraw
        | ActionKind::Return
        | ActionKind::Pass
        | ActionKind::Sign
        | ActionKind::File
        | ActionKind::Publish
        | ActionKind::Reopen
        | ActionKind::Join => Just(kind.plain().unwrap()).boxed(),
    }
}

/// One action of every kind, in the order of the table.
fn one_of_each() -> impl Strategy<Value = Vec<Action>> {
    ActionKind::ALL.map(of_kind).to_vec()
}

/// A log of these steps, whoever might do them, on this report.
fn with_log(form: &Form, report: &Draft, actions: &[Action]) -> Draft {
    let mut steps: Vec<Arc<Step>> = Vec::new();
    for (action, minute) in actions.iter().zip(0..) {
        let parents = steps.last().map(|last| Parent { id: last.id, was: gouji::model::Values::new() });
        let mut step = Step {
            id: Fingerprint([0; 32]),
            person: clerk(),
            time: at(minute),
            action: action.clone(),
            words: "说".into(),
            status: Status::ALL[actions.len() % Status::ALL.len()],
            sm3: Fingerprint([1; 32]),
            sha256: None,
            parents: parents.into_iter().collect(),
            witness: None,
        };
        step.id = step_id(form, &step);
        steps.push(Arc::new(step));
    }
    let mut draft = report.clone();
    let base = Arc::new(report.without_review());
    draft.apply(Edit::Review(Box::new(Review::new(steps, Some(base), std::collections::BTreeMap::new()))));
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_action_comes_back_from_words_file_journal_and_hash(actions in one_of_each()) {
        let (form, report) = v1();
        for action in &actions {
            let words = action_words(&form, action);
            prop_assert_eq!(read_action(&form, &words), Some(action.clone()), "{:?}", words);
        }
        let draft = with_log(&form, &report, &actions);
        prop_assert_eq!(&decode(encode(form.report(&draft)).as_bytes(), &catalog()).unwrap().1, &draft);

        // The journal of a report in which all of this was just done.
        let folder = folder();
        let home = Home { disk: Arc::new(RealDisk), folder: folder.path().to_owned() };
        let mut journal = Journal::begin(&home, (Arc::clone(&form), report.clone()), None, None, at(0), || {});
        journal.record(&draft, None, at(1));
        journal.flush().unwrap();
        prop_assert_eq!(&replay(&std::fs::read(journal.file()).unwrap(), &catalog()).unwrap().draft, &draft);
        journal.close();

        // Two actions never have one hash.
        let step = |action: &Action| Step { action: action.clone(), ..(*draft.review().steps()[0]).clone() };
        let different: BTreeSet<Vec<String>> = actions.iter().map(|action| action_words(&form, action)).collect();
        let ids: BTreeSet<Fingerprint> = actions.iter().map(|action| step_id(&form, &step(action))).collect();
        prop_assert_eq!(ids.len(), different.len());
    }
}

#[test]
fn codes_of_statuses_roles_and_actions_are_read_back_and_differ() {
    let kinds: BTreeSet<_> = ActionKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(kinds.len(), ActionKind::ALL.len());
    assert!(ActionKind::ALL.iter().all(|kind| ActionKind::by_code(kind.code()) == Some(*kind)));
    assert!(Status::ALL.iter().all(|status| Status::by_code(status.code()) == Some(*status)));
    assert!(gouji::model::Role::ALL.iter().all(|role| gouji::model::Role::by_code(role.code()) == Some(*role)));
    let codes = Status::ALL.map(Status::code).join(" ");
    assert_eq!(codes, "draft returned first_review review secrecy signing signed filed published", "the words of DESIGN.md");
    for kind in ActionKind::ALL {
        assert!(kind.plain().is_none_or(|action| action.kind() == kind), "{kind}");
    }
}
