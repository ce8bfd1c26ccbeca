//! Every action at every status with what may be wrong with the report: the table of who may do what, once more, with what is asked
//! besides. Kept on paper in `tests/cases/review/preconditions.txt`.

use std::fmt::Write as _;
use std::sync::Arc;

use gouji::form::Form;
use gouji::model::{
    Action, ActionKind, Draft, Edit, Fingerprint, Item, Objection, Parent, Person, Review, Role, SectionId, Status, Step, Value, Values,
    Witness, may,
};
use gouji::review::{self, Attempt, Digests};

use super::{at, clerk, project, reviewer, secrecy, session, signer};
use crate::support::type_in;

/// What may be wrong with a report whose log fits all the same: an older program let it pass, or somebody wrote in its file.
const WRONG: [&str; 9] =
    ["没有问题", "有错误", "待核实没有说明", "有读不出的数", "有看不见的字符", "文件被改动", "记录被删去", "填报人自己办", "没有写内容"];

/// The report with this wrong in it, before anything was done to it.
fn report(wrong: &str) -> (Arc<Form>, Draft) {
    let session = session();
    let (form, mut draft) = (session.shared_form(), session.draft().clone());
    match wrong {
        "有错误" => type_in(&form, &mut draft, "open.sum", "5549"),
        "待核实没有说明" => type_in(&form, &mut draft, "a1.norm.valid", "418"),
        "有读不出的数" => type_in(&form, &mut draft, "new.nat", "若干"),
        "有看不见的字符" => {
            let text = "公开不够及时，下一步改进，共\u{202e}21件。".to_owned();
            draft.apply(Edit::Set(Item::Text(SectionId(5)), Value::Text(text)));
        }
        _ => {}
    }
    (form, draft)
}

/// Its log up to this status, every hash in order, as a program would leave it that asks for nothing.
fn come_to(form: &Form, report: &Draft, status: Status) -> Draft {
    let way = [
        (clerk(), Action::Submit, Status::Review),
        (reviewer(), Action::Receive, Status::Review),
        (reviewer(), Action::Pass, Status::Secrecy),
        (secrecy(), Action::Receive, Status::Secrecy),
        (secrecy(), Action::Pass, Status::Signing),
        (signer(), Action::Receive, Status::Signing),
        (signer(), Action::Sign, Status::Signed),
        (clerk(), Action::File, Status::Filed),
        (clerk(), Action::Publish, Status::Published),
    ];
    let digests = Digests::of(&review::canonical(form.report(report), form.hash));
    let mut steps: Vec<Arc<Step>> = Vec::new();
    for (minute, (person, action, then)) in (0..).zip(way) {
        if steps.last().map_or(Status::Draft, |last| last.status) >= status && then > status {
            break;
        }
        let last = steps.last().map(|last| last.id);
        let words = if action == Action::Sign { review::code(review::code_hash(digests.sm3, last)) } else { String::new() };
        let parents = last.into_iter().map(|id| Parent { id, was: Values::new() }).collect();
        let witness = Some(Witness { form: form.hash, drawn: Fingerprint([9; 32]), clock: None, editors: Vec::new() });
        let sha256 = (action == Action::Sign).then_some(digests.sha256);
        let sm3 = digests.sm3;
        let (id, words) = (Fingerprint([0; 32]), words.into());
        let mut step = Step { id, person, time: at(minute), action, words, status: then, sm3, sha256, parents, witness };
        step.id = review::step_id(form, &step);
        steps.push(Arc::new(step));
    }
    let mut draft = report.clone();
    if status != Status::Draft {
        let base = Some(Arc::new(report.without_review()));
        draft.apply(Edit::Review(Box::new(Review::new(steps, base, std::collections::BTreeMap::new()))));
    }
    draft
}

/// What comes of it when somebody of this role tries this.
fn came(form: &Form, draft: &Draft, kind: ActionKind, role: Role, wrong: &str) -> Result<Status, Objection> {
    let name = match (wrong, role) {
        ("填报人自己办", _) | (_, Role::Clerk) => "张三",
        (_, Role::Reviewer) => "李四",
        (_, Role::Secrecy) => "王五",
        (_, Role::Signer) => "赵六",
    };
    let words = match (wrong, kind) {
        (_, ActionKind::Sign) => review::code_now(form.report(draft)),
        ("没有写内容", _) => String::new(),
        _ => "说明".to_owned(),
    };
    let action = kind.plain().unwrap_or(Action::Resubmit(Fingerprint([0; 32])));
    let attempt = Attempt { person: Person { name: name.into(), role }, time: at(60), action, words, drawn: Fingerprint([7; 32]) };
    review::act(form.report(draft), attempt).map(|review| review.status())
}

#[test]
fn what_every_step_asks_for_is_as_on_paper() {
    let mut text = String::new();
    for wrong in WRONG {
        writeln!(text, "# {wrong}").unwrap();
        for status in Status::ALL.into_iter().filter(|status| !matches!(status, Status::Returned | Status::FirstReview)) {
            let (form, report) = report(wrong);
            let mut draft = come_to(&form, &report, status);
            assert_eq!((draft.review().status(), review::first_flaw(form.report(&draft))), (status, None), "{wrong} {status}");
            match wrong {
                "文件被改动" => type_in(&form, &mut draft, "new.biz", "1252"),
                "记录被删去" => {
                    let cut = draft.review().clone().unsealed();
                    draft.apply(Edit::Review(Box::new(cut)));
                }
                _ => {}
            }
            let is_broken = review::first_flaw(form.report(&draft)).is_some();
            for kind in ActionKind::ALL
                .into_iter()
                .filter(|kind| kind.plain().is_some_and(|action| action != Action::Join) || *kind == ActionKind::Resubmit)
            {
                for role in may(status, kind) {
                    let came = came(&form, &draft, kind, *role, wrong);
                    let is_on = matches!(kind, ActionKind::Submit | ActionKind::Resubmit | ActionKind::Pass | ActionKind::Sign);
                    let is_unfit = matches!(wrong, "有错误" | "待核实没有说明" | "有读不出的数" | "有看不见的字符");
                    assert!(!is_broken || kind == ActionKind::Resubmit || came.is_err(), "{wrong} {status} {kind}");
                    assert!(!(is_on && is_unfit) || came.is_err(), "{wrong} {status} {kind} {came:?}");
                    let words = came.map_or_else(
                        |why| format!("不可以：{why}"),
                        |next| if next == status { "可以".to_owned() } else { format!("→ {next}") },
                    );
                    writeln!(text, "{status}　{kind}　{role}　{words}").unwrap();
                }
            }
        }
    }
    let path = project().join("tests/cases/review/preconditions.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        crate::support::put(&path, text.as_bytes());
    }
    let paper = std::fs::read_to_string(&path).unwrap();
    let differs = paper.lines().zip(text.lines()).find(|(paper, now)| paper != now);
    assert_eq!(differs, None);
    assert_eq!(paper.lines().count(), text.lines().count());
}
