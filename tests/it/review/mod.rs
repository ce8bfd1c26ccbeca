//! The supervisor's half of the job: who may do what, the log and what it proves, differences, copies joined.

use gouji::model::{Action, ActionKind, Item, Objection, Person, Role, Spot, Status, Workflow, step};
use gouji::review;
use gouji::session::Session;
use gouji::store::{decode, encode};
use jiff::Timestamp;

use crate::support::{catalog, nth_cell, project, v1};

mod actions;
mod cheats;
mod diffs;
mod files;
mod join;
mod preconditions;
mod second;
mod table;
mod tampered;
mod walks;

/// A time of day, counted in minutes.
pub fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_769_738_400 + 60 * minute).unwrap()
}

pub fn person(name: &str, role: Role) -> Person {
    Person { name: name.into(), role }
}

/// A session on a report without errors.
pub fn session() -> Session {
    let (form, mut draft) = v1();
    "测试市人民政府".clone_into(&mut draft.agency);
    let mut session = Session::new(form, draft);
    session.set_person(Some(person("张三", Role::Clerk)));
    session
}

/// Somebody does something.
pub fn act(session: &mut Session, who: &Person, action: Action, words: &str) -> Result<(), Objection> {
    let minute = i64::try_from(session.draft().review().steps().len()).unwrap();
    session.set_person(Some(who.clone()));
    session.act(action, words, at(minute))
}

pub fn clerk() -> Person {
    person("张三", Role::Clerk)
}

pub fn reviewer() -> Person {
    person("李四", Role::Reviewer)
}

pub fn secrecy() -> Person {
    person("王五", Role::Secrecy)
}

pub fn signer() -> Person {
    person("赵六", Role::Signer)
}

/// The code of the report as it is.
pub fn code_of(session: &Session) -> String {
    review::code_now(session.report())
}

/// A report that went all the way: comment, return, mend, resubmit, sign.
pub fn signed() -> Session {
    let mut session = session();
    let cell = session.form().cell_by_key("new.nat").unwrap();
    act(&mut session, &clerk(), Action::Submit, "请审核").unwrap();
    act(&mut session, &reviewer(), Action::Comment(Spot::Cell(cell)), "与台账不符？").unwrap();
    act(&mut session, &reviewer(), Action::Return, "").unwrap();
    session.set_person(Some(clerk()));
    let five = session.text_edit(gouji::model::SectionId(5), "一是主动公开不够及时。\n二是“改进”措施。").unwrap();
    session.apply(vec![five]);
    let id = session.draft().review().threads()[0].id();
    act(&mut session, &clerk(), Action::Reply(id), "已核对，数字无误，台账漏记一件").unwrap();
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    act(&mut session, &reviewer(), Action::Resolve(id), "").unwrap();
    act(&mut session, &reviewer(), Action::Pass, "").unwrap();
    act(&mut session, &secrecy(), Action::Pass, "").unwrap();
    let code = code_of(&session);
    act(&mut session, &signer(), Action::Sign, &code).unwrap();
    session
}

#[test]
fn a_whole_round_ends_with_a_signature_that_stands_and_travels_in_the_file() {
    let session = signed();
    let (form, draft) = (session.form(), session.draft());
    assert_eq!(draft.review().status(), Status::Signed);
    let approval = review::approval(form.report(draft)).unwrap();
    assert!(approval.is_intact && approval.by == signer() && approval.code == code_of(&session), "{approval:?}");
    let text = encode(form.report(draft));
    let (_, loaded) = decode(text.as_bytes(), &catalog()).unwrap();
    assert_eq!(loaded, *draft);
    assert_eq!(encode(form.report(&loaded)), text);
    assert!(text.starts_with("(\n    format: 3,\n"), "{text}");
}

#[test]
fn a_locked_report_takes_no_edit_no_undo_and_no_comment() {
    let mut session = signed();
    session.set_person(Some(clerk()));
    let before = session.draft().clone();
    session.apply(vec![session.typed(nth_cell(0), "9")]);
    assert!(session.undo().is_none() && session.read_only().is_some());
    assert!(act(&mut session, &reviewer(), Action::Comment(Spot::Report), "再看一下").is_err());
    assert_eq!(*session.draft(), before);
}

#[test]
fn reopening_voids_the_signature_and_stays_in_the_log() {
    let mut session = signed();
    assert_eq!(act(&mut session, &signer(), Action::Reopen, " "), Err(Objection::NothingSaid(ActionKind::Reopen)));
    act(&mut session, &signer(), Action::Reopen, "漏报一件规章").unwrap();
    assert_eq!(review::approval(session.report()), None);
    assert_eq!(session.draft().review().status(), Status::Returned);
    assert_eq!(session.draft().review().steps().iter().filter(|step| step.action == Action::Sign).count(), 1);
}

#[test]
fn submitting_waits_for_errors_and_unanswered_warnings_only_and_names_them() {
    let mut session = session();
    let cell = session.form().cell_by_key("open.sum").unwrap();
    session.apply(vec![session.typed(cell, "5549")]);
    let objection = act(&mut session, &clerk(), Action::Submit, "").unwrap_err();
    assert_eq!(objection.words(), "还不能送审：2 条错误没有改正（R02 sum、R03 open）");
    assert_eq!(session.draft().review().status(), Status::Draft);
}

#[test]
fn who_filled_the_report_does_not_pass_it_unless_the_office_allows_that_in_the_log() {
    let mut session = session();
    let both = |role| person("张三", role);
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    let refused = act(&mut session, &both(Role::Reviewer), Action::Pass, "");
    assert_eq!(refused, Err(Objection::SamePerson { kind: ActionKind::Pass, name: "张三".into() }));
    act(&mut session, &clerk(), Action::Withdraw, "").unwrap();
    let workflow = Workflow { allows_same_person: true, has_secrecy: false, ..Workflow::default() };
    act(&mut session, &clerk(), Action::Arrange(workflow), "").unwrap();
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    act(&mut session, &both(Role::Reviewer), Action::Pass, "").unwrap();
    assert_eq!(session.draft().review().status(), Status::Signing, "no secrecy step here");
    assert!(encode(session.report()).contains("did: [\"arrange\", \"same_person\"]"));
}

#[test]
fn a_signature_needs_the_code_of_the_report_as_it_is() {
    let mut session = session();
    let code = code_of(&session);
    for (who, action) in [(clerk(), Action::Submit), (reviewer(), Action::Pass), (secrecy(), Action::Pass)] {
        act(&mut session, &who, action, "").unwrap();
    }
    assert_ne!(code_of(&session), code, "the code covers the log as well");
    assert_eq!(act(&mut session, &signer(), Action::Sign, &code), Err(Objection::WrongCode), "that of an older print");
    assert_eq!(act(&mut session, &signer(), Action::Sign, "22222-22222"), Err(Objection::MistypedCode));
    let code = code_of(&session);
    let typed = format!(" {} ", code.replace('-', "").to_lowercase());
    act(&mut session, &signer(), Action::Sign, &typed).unwrap();
}

#[test]
fn undo_never_takes_back_an_action_and_never_crosses_a_change_of_status() {
    let mut session = session();
    let cell = session.form().cell_by_key("a1.reg.made").unwrap();
    session.apply(vec![session.typed(cell, "7")]);
    act(&mut session, &clerk(), Action::Comment(Spot::Cell(cell)), "待核").unwrap();
    assert!(session.can_undo(), "a comment leaves the history");
    session.undo();
    session.redo();
    assert_eq!(session.draft().review().threads().len(), 1);
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    act(&mut session, &clerk(), Action::Withdraw, "").unwrap();
    assert!(!session.can_undo() && !session.can_redo());
}

#[test]
fn what_was_looked_at_is_known_until_it_changes() {
    let mut session = session();
    session.set_person(Some(reviewer()));
    let all = session.unseen();
    let cell = Item::Cell(session.form().cell_by_key("new.nat").unwrap());
    assert!(all.contains(&cell) && all.len() > 200, "{}", all.len());
    session.mark_seen(all);
    assert!(session.unseen().is_empty() && session.is_modified());
    session.set_person(Some(clerk()));
    session.apply(vec![session.typed(session.form().cell_by_key("new.nat").unwrap(), "1")]);
    session.set_person(Some(reviewer()));
    assert_eq!(session.unseen(), [cell]);
    let text = encode(session.report());
    assert_eq!(decode(text.as_bytes(), &catalog()).unwrap().1, *session.draft());
}
