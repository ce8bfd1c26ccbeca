//! Cheats, each performed and found: two reports with one code, a log written anew, a text editor between two steps, another
//! form, hidden signs, an edited copy, a clock set back, one person under two names.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gouji::export::{self, FileKind, Fonts};
use gouji::form::Form;
use gouji::model::{Action, Draft, Edit, Fingerprint, Item, Objection, Review, Role, SectionId, Step, Value};
use gouji::review::{self, Broken, Digests, Standing};
use gouji::session::Session;
use gouji::store::{Proof, Receipt, decode, encode, prove};
use serde_json::Value as Json;

use super::{act, at, clerk, code_of, person, reviewer, secrecy, session, signed, signer};
use crate::support::{arg, catalog, folder, gouji, put};

/// The first 24 bits of a code's hash: a code short enough to be attacked in a test.
fn short(report: Fingerprint, last: Fingerprint) -> [u8; 3] {
    let hash = review::code_hash(report, Some(last)).0;
    [hash[0], hash[1], hash[2]]
}

#[test]
fn two_reports_prepared_for_one_code_part_when_the_reader_draws_a_number() {
    let report = |no: u32| Digests::of(format!("version {no} of chapter 六").as_bytes()).sm3;
    // Without a drawn number the preparer knows the last step, and finds a pair after some 2^12 versions.
    let submitted = Digests::of(b"submitted").sm3;
    let mut known = BTreeMap::new();
    let pair = (0..1 << 16).find_map(|no| known.insert(short(report(no), submitted), no).map(|before| (before, no)));
    let (one, other) = pair.expect("the birthday of 24 bits");
    assert_eq!(short(report(one), submitted), short(report(other), submitted));
    println!("a pair on 24 bits after {} versions: {one} and {other}", other + 1);
    // The reader's program draws: whatever it draws, the prepared pair is two reports as any others.
    for no in 0..64_u8 {
        let received = Digests::of(&[b'd', no]).sm3;
        assert_ne!(short(report(one), received), short(report(other), received), "drawn {no}");
    }
}

#[test]
fn every_reader_draws_before_passing_and_signing_and_the_code_covers_it() {
    let (one, other) = (signed(), signed());
    assert_eq!(one.draft().without_review(), other.draft().without_review());
    assert_ne!(code_of(&one), code_of(&other), "the same report, the same people, the same minutes");
    let steps = one.draft().review().steps();
    let judged = steps.iter().zip(steps.iter().skip(1)).filter(|(_, step)| matches!(step.action, Action::Pass | Action::Sign));
    assert_eq!(judged.filter(|(before, step)| before.action == Action::Receive && before.person == step.person).count(), 3);
}

#[test]
fn blanks_at_line_ends_carry_nothing() {
    let with_text = |text: &str| {
        let mut session = session();
        session.apply(session.text_edit(SectionId(5), text).into_iter().collect());
        session
    };
    let (plain, blank) = (with_text("一是不够。\n二是改进。"), with_text("一是不够。 \u{3000}\t\n二是改进。\u{a0}"));
    assert_eq!(code_of(&plain), code_of(&blank));
    assert_eq!(encode(plain.report()), encode(blank.report()));
}

#[test]
fn a_mistyped_code_is_told_from_that_of_another_report() {
    let code = review::code(Digests::of(b"x").sm3);
    assert_eq!(code.len(), 24);
    let mut session = session();
    for (who, action) in [(clerk(), Action::Submit), (reviewer(), Action::Pass), (secrecy(), Action::Pass)] {
        act(&mut session, &who, action, "").unwrap();
    }
    let right = code_of(&session);
    let signs: Vec<char> = right.chars().collect();
    for place in (0..signs.len()).filter(|place| signs[*place] != '-') {
        let mut wrong = signs.clone();
        wrong[place] = if wrong[place] == '2' { '3' } else { '2' };
        let wrong: String = wrong.into_iter().collect();
        assert_eq!(act(&mut session, &signer(), Action::Sign, &wrong), Err(Objection::MistypedCode), "{wrong}");
    }
    assert_eq!(act(&mut session, &signer(), Action::Sign, &code), Err(Objection::WrongCode));
    act(&mut session, &signer(), Action::Sign, &right.to_lowercase()).unwrap();
}

/// The log written anew from its beginning, every hash and the code with it, after `change`.
fn forged(form: &Form, draft: &Draft, change: impl Fn(&mut Step)) -> Draft {
    let (mut ids, mut steps): (BTreeMap<Fingerprint, Fingerprint>, Vec<Arc<Step>>) = (BTreeMap::new(), Vec::new());
    for old in draft.review().steps() {
        let mut step = (**old).clone();
        step.parents.iter_mut().for_each(|parent| parent.id = ids[&parent.id]);
        change(&mut step);
        if step.action == Action::Sign {
            step.words = review::code(review::code_hash(step.sm3, step.parents.first().map(|parent| parent.id))).into();
        }
        step.id = review::step_id(form, &step);
        ids.insert(old.id, step.id);
        steps.push(Arc::new(step));
    }
    let mut forged = draft.clone();
    forged.apply(Edit::Review(Box::new(Review::new(steps, draft.review().base().cloned(), BTreeMap::new()))));
    forged
}

#[test]
fn a_log_written_anew_has_another_code_and_is_not_what_the_receipt_says() {
    let mut session = signed();
    act(&mut session, &clerk(), Action::File, "").unwrap();
    let (form, draft) = (session.shared_form(), session.draft().clone());
    let receipt = Receipt::of(form.report(&draft)).unwrap();
    assert_eq!(Receipt::read(receipt.text().as_bytes()).unwrap(), receipt);
    assert!(receipt.differences(form.report(&draft)).is_empty());
    let renamed = |step: &mut Step| {
        if &*step.person.name == "王五" {
            step.person.name = "周八".into();
        }
    };
    for changed in [forged(&form, &draft, renamed), forged(&form, &draft, |step| step.time += jiff::SignedDuration::from_mins(9))] {
        assert_eq!(review::first_flaw(form.report(&changed)), None, "all hashes fit: only somebody else's copy tells");
        assert_ne!(review::code_now(form.report(&changed)), review::code_now(form.report(&draft)));
        let differences = receipt.differences(form.report(&changed));
        assert!(differences.iter().any(|words| words.starts_with("核对码：")), "{differences:?}");
    }
    // The log stripped.
    assert!(!receipt.differences(form.report(&draft.without_review())).is_empty());
}

/// The draft as a text editor leaves it.
fn edited(draft: &Draft, form: &Form, from: &str, to: &str) -> Draft {
    let text = encode(form.report(draft));
    assert!(text.contains(from), "{from}");
    decode(text.replacen(from, to, 1).as_bytes(), &catalog()).unwrap().1
}

#[test]
fn a_text_editor_between_two_steps_stops_everything_but_resubmitting() {
    let mut session = session();
    session.apply(session.text_edit(SectionId(5), "一是公开不够及时，下一步改进。").into_iter().collect());
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    let form = session.shared_form();
    let five = "        \"5\": [\n";
    let hidden = edited(session.draft(), &form, five, &format!("{five}            \"另加一句。\",\n"));
    let mut session = Session::new(Arc::clone(&form), hidden);
    assert_eq!(session.standing().code(), "broken");
    for (who, action) in [
        (reviewer(), Action::Pass),
        (reviewer(), Action::Return),
        (clerk(), Action::Withdraw),
        (reviewer(), Action::Comment(gouji::model::Spot::Report)),
    ] {
        let refused = act(&mut session, &who, action, "说").unwrap_err();
        assert!(matches!(&refused, Objection::Broken { first, .. } if first.contains("第 1 步")), "{refused}");
    }
    let again = Action::Resubmit(Fingerprint([0; 32]));
    assert!(act(&mut session, &reviewer(), again.clone(), "").is_err(), "the clerk's to do");
    act(&mut session, &clerk(), again.clone(), "已核对").unwrap();
    assert_eq!(session.standing(), Standing::Proved(gouji::model::Status::Review));
    assert_eq!(act(&mut session, &clerk(), again, ""), Err(Objection::Unbroken));
    act(&mut session, &reviewer(), Action::Pass, "").unwrap();
    let text = encode(form.report(session.draft()));
    assert!(matches!(prove(text.as_bytes(), &catalog()), Proof::Fits(4, None)), "{:?}", prove(text.as_bytes(), &catalog()));
    // What stood before the resubmission is covered as it was found.
    let changed = edited(session.draft(), &form, "did: [\"submit\"], said: \"\"", "did: [\"submit\"], said: \"改\"");
    assert_eq!(review::first_flaw(form.report(&changed)).unwrap().place, 1);
}

#[test]
fn a_signed_report_that_was_edited_is_signed_nowhere() {
    let folder = folder();
    let session = signed();
    let text = encode(session.report()).replacen("\"new.biz\": \"", "\"new.biz\": \"1", 1);
    let made = arg(&folder, "made.gouji");
    put(Path::new(&made), text.as_bytes());
    let mut paths = vec![made];
    if let Some(kept) = crate::support::shared("faults/hostile/signed-then-edited.gouji") {
        let path = arg(&folder, "kept.gouji");
        put(Path::new(&path), &std::fs::read(kept).unwrap());
        paths.push(path);
    }
    for path in paths {
        let shown: Json = serde_json::from_str(&gouji(&["show", &path, "--format", "json"]).out).unwrap();
        assert_eq!(shown["status"], "broken");
        let checked: Json = serde_json::from_str(&gouji(&["check", &path, "--format", "json"]).out).unwrap();
        assert_eq!(checked["reports"][0]["status"], "broken");
        for command in ["show", "check", "review"] {
            let said = gouji(&[command, &path]).out;
            assert!(said.starts_with("！签发无效") && said.contains("步") && !said.contains("已签发"), "{said}");
        }
        for action in ["file", "publish", "reopen"] {
            let said = gouji(&["review", &path, action, "--name", "张三", "--say", "x"]);
            assert!(said.code == 2 && said.err.contains("不符"), "{action}: {}", said.err);
        }
        assert_eq!(gouji(&["verify", &path]).code, 1);
        let (form, draft) = decode(&std::fs::read(&path).unwrap(), &catalog()).unwrap();
        let summary = export::summary(form.report(&draft), jiff::civil::date(2026, 1, 20));
        let words: Vec<String> = summary.sheets[0].items.iter().map(|item| item.content.words()).collect();
        assert!(words.iter().any(|words| words.starts_with("签发无效：第")) && summary.approval.is_none(), "{words:?}");
    }
}

/// The draft's file without the steps behind the first `num`, as whoever wants a judgement undone leaves it.
fn cut(draft: &Draft, form: &Form, num: usize) -> String {
    let mut no = 0;
    let keeps = |line: &&str| {
        no += usize::from(line.starts_with("        (id: "));
        !line.starts_with("        (id: ") || no <= num
    };
    encode(form.report(draft)).lines().filter(keeps).fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn steps_cut_off_the_end_are_told_everywhere_and_saving_does_not_heal_them() {
    let session = signed();
    let (folder, form) = (folder(), session.form());
    let path = arg(&folder, "a.gouji");
    let num = session.draft().review().steps().len();
    // After the submission, after the return, after nothing at all.
    for (kept, status) in [(num - 1, "待签发"), (3, "退回修改"), (0, "草稿")] {
        put(Path::new(&path), cut(session.draft(), form, kept).as_bytes());
        for command in ["show", "check", "review"] {
            let said = gouji(&[command, &path]).out;
            assert!(said.starts_with("！办理记录无效") && !said.contains(&format!("　{status}")), "{kept} {command}: {said}");
        }
        assert_eq!(gouji(&["verify", &path]).code, 1, "{kept}");
        for (action, role) in [("submit", "clerk"), ("sign", "signer"), ("pass", "reviewer")] {
            let said = gouji(&["review", &path, action, "--name", "孙七", "--role", role]);
            assert!(said.code == 2 && said.err.contains("不符"), "{kept} {action}: {}", said.err);
        }
        // The clerk goes on typing: the file is written by this program now, and still says that it was not.
        if status != "待签发" {
            assert_eq!(gouji(&["set", &path, "5=公开还不够主动，明年改进。", "--name", "张三"]).code, 0);
        }
        assert_eq!(gouji(&["verify", &path]).code, 1, "{kept}");
        let (_, draft) = decode(&std::fs::read(&path).unwrap(), &catalog()).unwrap();
        assert_eq!(Session::new(session.shared_form(), draft).standing().code(), "broken", "{kept}");
        let said = gouji(&["review", &path, "resubmit", "--name", "张三", "--say", "已核对"]);
        assert_eq!(said.code, 0, "{kept}: {}", said.err);
        let said = gouji(&["verify", &path]);
        assert!(said.code == 0 && said.out.contains("全部相符"), "{kept}: {}{}", said.out, said.err);
    }
}

#[test]
fn a_form_exchanged_under_a_report_is_found() {
    let text = include_str!("../../../assets/forms/f2021.ron");
    let own = text.replacen("\"F2021\"", "\"X2021\"", 1).replacen("(2021, None)", "(2030, None)", 1);
    let with = |text: &str| {
        let mut catalog = catalog();
        catalog.add("x.ron", text).unwrap();
        catalog
    };
    let form = with(&own).by_id("X2021").unwrap();
    assert!(form.is_foreign);
    let mut session = Session::new(Arc::clone(&form), form.draft("局".to_owned(), 2030));
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    let bytes = encode(form.report(session.draft())).into_bytes();
    assert!(matches!(prove(&bytes, &with(&own)), Proof::Fits(1, None)));
    let (form, draft) = decode(&bytes, &with(&own.replacen("2021年格式", "改过的格式", 1))).unwrap();
    assert_eq!(review::first_flaw(form.report(&draft)).unwrap().what, Broken::Form);
}

#[test]
fn signs_that_nobody_sees_do_not_enter_the_log_or_go_on_in_a_report() {
    let mut session = session();
    let refused = act(&mut session, &person("张\u{202e}三", Role::Clerk), Action::Submit, "").unwrap_err();
    assert!(refused.words().contains("姓名") && refused.words().contains("U+202E"), "{refused}");
    let refused = act(&mut session, &reviewer(), Action::Comment(gouji::model::Spot::Report), "看\u{200b}").unwrap_err();
    assert!(refused.words().contains("批注的内容"), "{refused}");
    session.set_person(Some(clerk()));
    session.apply(session.text_edit(SectionId(5), "公开不够及时，下一步改进，共\u{202e}21件。").into_iter().collect());
    let refused = act(&mut session, &clerk(), Action::Submit, "").unwrap_err();
    assert!(matches!(&refused, Objection::HiddenSign { sign: '\u{202e}', .. }), "{refused}");
    let folder = folder();
    let path = crate::support::new_draft(&folder, "a.gouji", "测试局", 2025, &[]);
    let said = gouji(&["set", &path, "5=公开不够及时，下一步改进，共\u{202e}21件"]);
    assert!(said.code == 2 && said.err.contains("U+202E"), "{}", said.err);
}

#[test]
fn an_edited_copy_is_told_cell_by_cell_and_paragraph_by_paragraph() {
    let session = signed();
    let (form, day) = (session.form(), jiff::civil::date(2026, 1, 20));
    let book = export::book(form.report(session.draft()), None, day);
    let mut draft = session.draft().clone();
    crate::support::type_in(form, &mut draft, "new.nat", "98765");
    draft.apply(Edit::Set(Item::Text(SectionId(5)), Value::Text("一是主动公开非常及时。\n二是“改进”措施。".to_owned())));
    let mut edited = export::book(form.report(&draft), None, day);
    (edited.code, edited.approval) = (book.code.clone(), book.approval.clone());
    for kind in [FileKind::Docx, FileKind::Xlsx, FileKind::Html, FileKind::Pdf, FileKind::Ofd] {
        let fonts = Fonts::needed(kind, gouji::store::system_font);
        let later = export::book(form.report(session.draft()), None, jiff::civil::date(2026, 3, 9));
        let same = export::write(kind, &later, &fonts).unwrap();
        let compared = export::against_copy(kind, &same, &book).unwrap();
        assert_eq!(compared.differences, [""; 0], "{kind:?}: made on another day");
        let compared = export::against_copy(kind, &export::write(kind, &edited, &fonts).unwrap(), &book).unwrap();
        let all = compared.differences.join("\n");
        assert!(all.contains("副本是“98765”") && all.contains("非常"), "{kind:?}: {all}");
    }
}

#[test]
fn a_clock_set_back_leaves_no_earlier_time_and_a_word_in_the_log() {
    let mut session = session();
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    let first = session.draft().review().last().unwrap().time;
    session.set_person(Some(reviewer()));
    let back = at(0) - jiff::SignedDuration::from_hours(24 * 400);
    session.act(Action::Pass, "", back).unwrap();
    let last = session.draft().review().last().unwrap();
    assert_eq!((last.time, last.witness.as_ref().unwrap().clock), (first, Some(back)));
    assert!(gouji::store::step_name(3, last).contains("时钟"));
    let text = encode(session.report());
    assert_eq!(decode(text.as_bytes(), &catalog()).unwrap().1, *session.draft());
    let earlier = |step: &mut Step| {
        if step.action == Action::Pass {
            step.time = back;
        }
    };
    let forged = forged(session.form(), session.draft(), earlier);
    assert_eq!(review::first_flaw(session.form().report(&forged)).unwrap().what, Broken::Time);
}

#[test]
fn one_person_under_two_spellings_is_one_and_who_typed_is_a_clerk_whoever_submits() {
    for name in ["张 三", " 张三　", "张\u{3000}三"] {
        let mut session = session();
        act(&mut session, &clerk(), Action::Submit, "").unwrap();
        let refused = act(&mut session, &person(name, Role::Reviewer), Action::Pass, "");
        assert!(matches!(refused, Err(Objection::SamePerson { .. })), "{name}: {refused:?}");
    }
    let mut session = session();
    session.set_person(Some(person("Ａnn", Role::Clerk)));
    session.apply(session.text_edit(SectionId(5), "一是公开不够及时，下一步改进。").into_iter().collect());
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    let refused = act(&mut session, &person("ANN", Role::Reviewer), Action::Pass, "");
    assert!(matches!(refused, Err(Objection::SamePerson { .. })), "{refused:?}");
    act(&mut session, &reviewer(), Action::Pass, "").unwrap();
    // The log is asked again.
    let renamed = |step: &mut Step| {
        if step.person.role == Role::Reviewer {
            step.person.name = "ann".into();
        }
    };
    let forged = forged(session.form(), session.draft(), renamed);
    assert_eq!(review::first_flaw(session.form().report(&forged)).unwrap().what, Broken::SamePerson);
}

#[test]
fn figures_typed_by_script_under_a_name_are_that_persons() {
    let folder = folder();
    let path = crate::support::new_draft(&folder, "a.gouji", "测试市人民政府", 2025, &crate::support::case("v1-city-2025.txt"));
    assert_eq!(gouji(&["set", &path, "5=一是公开不够及时，下一步改进。", "--name", "李四"]).code, 0);
    assert_eq!(gouji(&["review", &path, "submit", "--name", "张三"]).code, 0);
    let said = gouji(&["review", &path, "pass", "--name", "李四", "--role", "reviewer"]);
    assert!(said.code == 2 && said.err.contains("李四填过"), "{}", said.err);
}

#[test]
fn a_reopened_report_says_that_its_signature_is_void_and_filing_writes_a_receipt() {
    let folder = folder();
    let session = signed();
    let path = arg(&folder, "a.gouji");
    put(Path::new(&path), encode(session.report()).as_bytes());
    let said = gouji(&["review", &path, "file", "--name", "张三"]);
    assert!(said.code == 0 && said.out.contains("回执"), "{}{}", said.out, said.err);
    let receipt = said.out.lines().last().unwrap().rsplit('：').next().unwrap().to_owned();
    let said = gouji(&["verify", &path, "--receipt", &receipt]);
    assert!(said.code == 0 && said.out.contains("与回执一致"), "{}{}", said.out, said.err);
    assert_eq!(gouji(&["review", &path, "reopen", "--name", "赵六", "--role", "signer", "--say", "漏报"]).code, 0);
    let said = gouji(&["verify", &path, "--receipt", &receipt]);
    assert!(said.code == 1 && said.out.contains("原签发已作废") && said.out.contains("不是当时报送的"), "{}", said.out);
    let copy = arg(&folder, "a.xlsx");
    assert_eq!(gouji(&["export", &path, "-o", &copy]).code, 0);
    let said = gouji(&["verify", &copy]);
    assert!(said.code == 2 && said.err.contains("--against"), "{}", said.err);
    // A copy can be checked like any other report: by what stands in it.
    let said = gouji(&["check", &copy]);
    assert!(said.code != 2, "{}{}", said.out, said.err);
}

#[test]
fn old_signatures_are_told_to_be_of_the_weaker_code() {
    let said = gouji(&["verify", crate::support::project().join("tests/cases/old/drafts/signed.gouji").to_str().unwrap()]);
    assert!(said.code == 0 && said.out.contains("旧式核对码（强度较弱"), "{}{}", said.out, said.err);
}
