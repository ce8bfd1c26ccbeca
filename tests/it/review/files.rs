//! The reviewed draft as a file: every changed byte is noticed, crashes lose nothing, scripts see what people do.

use std::path::Path;

use gouji::form::Catalog;
use gouji::model::{Action, Edit, Spot, Status};
use gouji::store::{Home, Keeper, Opened, Proof, RealDisk, encode, left_behind, prove};
use serde_json::Value;

use super::{act, at, clerk, code_of, reviewer, session, signed};
use crate::support::{Dice, arg, catalog, folder, gouji, new_draft, nth_cell, put};

/// What a changed file is said to be.
#[track_caller]
fn broken(bytes: &[u8], catalog: &Catalog, place: usize) -> String {
    match prove(bytes, catalog) {
        Proof::Broken(what) => what,
        other => panic!("byte {place} changed, yet {other:?}"),
    }
}

#[test]
fn any_byte_changed_in_a_small_signed_draft_is_noticed_and_placed() {
    let catalog = catalog();
    let form = catalog.for_year(2025).unwrap();
    let mut small = gouji::session::Session::new(form.clone(), form.draft("局".to_owned(), 2025));
    let session = session_signed(&mut small);
    let bytes = encode(session.report()).into_bytes();
    assert!(matches!(prove(&bytes, &catalog), Proof::Fits(8, Some(_))), "{:?}", prove(&bytes, &catalog));
    let is_long = std::env::var_os("GOUJI_LONG").is_some();
    let masks: &[u8] = if is_long { &[0x01, 0x02, 0x20, 0x80, 0xff] } else { &[0x01] };
    for place in 0..bytes.len() {
        for mask in masks {
            let mut changed = bytes.clone();
            changed[place] ^= mask;
            let what = broken(&changed, &catalog, place);
            assert!(what.contains('步'), "byte {place}: {what}");
        }
    }
    // Bytes lost and doubled.
    for place in (0..bytes.len()).step_by(if is_long { 1 } else { 7 }) {
        let (before, after) = bytes.split_at(place);
        broken(&[before, &after[1..]].concat(), &catalog, place);
        broken(&[before, b" ", after].concat(), &catalog, place);
    }
    println!("{} bytes, each changed {} ways", bytes.len(), masks.len());
}

fn session_signed(session: &mut gouji::session::Session) -> &gouji::session::Session {
    use super::{secrecy, signer};
    act(session, &clerk(), Action::Submit, "请审").unwrap();
    act(session, &reviewer(), Action::Comment(Spot::Report), "可以").unwrap();
    act(session, &reviewer(), Action::Pass, "").unwrap();
    act(session, &secrecy(), Action::Pass, "").unwrap();
    let code = code_of(session);
    act(session, &signer(), Action::Sign, &code).unwrap();
    session
}

#[test]
fn random_bytes_changed_in_a_large_signed_draft_are_noticed() {
    let mut session = session();
    let text = "我局认真落实条例要求，主动公开各类信息。\n".repeat(400);
    session.apply(session.text_edit(gouji::model::SectionId(1), &text).into_iter().collect());
    for no in 0..150 {
        act(&mut session, &reviewer(), Action::Comment(Spot::Chapter(1)), &format!("第{no}处请核对")).unwrap();
    }
    session_signed(&mut session);
    let bytes = encode(session.report()).into_bytes();
    assert!(matches!(prove(&bytes, &catalog()), Proof::Fits(158, Some(_))));
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 10_000 } else { 60 };
    let (mut dice, catalog) = (Dice(0x5eed), catalog());
    for _ in 0..num {
        let place = dice.roll(u32::try_from(bytes.len()).unwrap()) as usize;
        let mut changed = bytes.clone();
        changed[place] ^= 1 << dice.roll(8);
        assert!(broken(&changed, &catalog, place).contains('步'));
    }
    println!("{num} bytes of {} changed", bytes.len());
}

#[test]
fn what_was_changed_is_told_by_step() {
    let session = signed();
    let text = encode(session.report());
    let told = |changed: String| broken(changed.as_bytes(), &catalog(), 0);
    let cases = [
        (text.replacen("\"new.nat\": \"", "\"new.nat\": \"1", 1), "第 12 步", "报告内容被另外改动过"),
        (text.replace("与台账不符？", "与台账相符。"), "第 2 步", "记录被改动过"),
        (text.replace("role: \"secrecy\"", "role: \"reviewer\""), "第 9 步", "记录被改动过"),
        (
            text.lines().filter(|line| !line.contains("did: [\"resolve\"")).fold(String::new(), |all, line| all + line + "\n"),
            "第 6 步",
            "接不上",
        ),
        (text.replace('\n', "\r\n"), "第 12 步", "空格、换行"),
    ];
    for (changed, step, what) in cases {
        assert_ne!(changed, text);
        let said = told(changed);
        assert!(said.contains(step) && said.contains(what), "{said}");
    }
}

#[test]
fn a_crash_loses_no_action_and_no_comment() {
    let folder = folder();
    let home = Home { disk: std::sync::Arc::new(RealDisk), folder: folder.path().join("own") };
    let mut session = session();
    let opened = Opened::without_file(&home, session.shared_form(), session.draft().clone());
    let mut keeper = Keeper::new(opened, at(0), || {});
    session.apply(vec![session.typed(nth_cell(3), "5")]);
    keeper.record(session.draft(), None, at(0));
    keeper.flush().unwrap();
    act(&mut session, &clerk(), Action::Comment(Spot::Report), "台账在后").unwrap();
    session.apply(vec![session.typed(nth_cell(4), "6")]);
    keeper.record(session.draft(), None, at(1));
    keeper.flush().unwrap();
    drop(keeper);
    let left = left_behind(&home, &catalog(), at(2));
    let lost = left[0].found.as_ref().unwrap();
    assert_eq!(lost.replay.draft, *session.draft());
    let (opened, edits) = lost.reopen(&home, &catalog(), at(2));
    assert!(edits.iter().any(|edit| matches!(edit, Edit::Review(_))));
    let mut again = gouji::session::Session::new(opened.form.clone(), opened.draft.clone());
    again.restore(edits);
    assert_eq!(again.draft(), session.draft());
}

/// Somebody does something by script.
#[track_caller]
fn review(path: &str, who: (&str, &str), action: &str, more: &[&str]) -> crate::support::Said {
    let args: Vec<&str> = ["review", path, action, "--name", who.0, "--role", who.1].into_iter().chain(more.iter().copied()).collect();
    gouji(&args)
}

#[test]
fn a_round_by_script() {
    let folder = folder();
    let path = new_draft(&folder, "a.gouji", "测试市人民政府", 2025, &crate::support::case("v1-city-2025.txt"));
    let first = arg(&folder, "first.gouji");
    put(Path::new(&first), &std::fs::read(&path).unwrap());
    let (clerk, reviewer, secrecy, signer) = (("张三", "clerk"), ("李四", "reviewer"), ("王五", "secrecy"), ("赵六", "signer"));
    assert_eq!(gouji(&["verify", &path]).code, 0);
    gouji(&["set", &path, "open.sum=5549"]);
    let refused = review(&path, clerk, "submit", &[]);
    assert!(refused.code == 1 && refused.err.contains("R02 sum"), "{}", refused.err);
    gouji(&["set", &path, "open.sum=5548"]);
    assert_eq!(review(&path, clerk, "submit", &[]).code, 0);
    let refused = gouji(&["set", &path, "open.sum=5549"]);
    assert!(refused.code == 2 && refused.err.contains("待审核"), "{}", refused.err);
    assert_eq!(review(&path, reviewer, "comment cell new.nat", &["--say", "与台账不符？"]).code, 0);
    assert_eq!(review(&path, reviewer, "return", &[]).code, 0);
    assert_eq!(gouji(&["set", &path, "5=一是公开不够及时，下一步改进。"]).code, 0);
    assert_eq!(review(&path, clerk, "reply", &["--comment", "1", "--say", "已核"]).code, 0);
    for (who, action) in [(clerk, "submit"), (reviewer, "pass"), (secrecy, "pass")] {
        assert_eq!(review(&path, who, action, &[]).code, 0);
    }
    let shown = gouji(&["review", &path]);
    assert!(shown.out.contains("待签发　核对码 ") && shown.out.contains("退回意见 1 已答复，待确认"), "{}", shown.out);
    let code = shown.out.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(review(&path, signer, "sign", &["--say", "AAAA-AAAA-AAAA-AAAA-AAAA"]).code, 2);
    assert_eq!(review(&path, signer, "sign", &["--say", &code]).code, 0);
    let said = gouji(&["verify", &path]);
    assert!(said.code == 0 && said.out.contains(&code), "{}", said.out);
    let shown: Value = serde_json::from_str(&gouji(&["show", &path, "--format", "json"]).out).unwrap();
    assert_eq!(shown["status"], "signed");

    // What differs from the first copy.
    let said = gouji(&["diff", &first, &path, "--format", "json"]);
    let diff: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(diff["changes"].as_array().unwrap().len(), 1, "{}", said.out);
    assert_eq!((&diff["changes"][0]["key"], &diff["changes"][0]["by"]["name"]), (&"5".into(), &"张三".into()));
    assert_eq!(diff["steps"]["only_new"].as_array().unwrap().len(), 11);
    let said = gouji(&["diff", &first, &path]);
    assert!(said.out.contains("{+一是公开不够及时，下一步改进。+}"), "{}", said.out);

    // The first copy holds nothing that the signed one does not.
    let joined = arg(&folder, "joined.gouji");
    assert_eq!(gouji(&["join", &first, &path, "-o", &joined, "--name", "张三"]).code, 0);
    assert_eq!(std::fs::read(&joined).unwrap(), std::fs::read(&path).unwrap());

    // One byte.
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes.len() / 3;
    bytes[place] ^= 1;
    put(Path::new(&path), &bytes);
    let said = gouji(&["verify", &path]);
    assert!(said.code == 1 && said.out.starts_with("不符：") && said.out.contains('步'), "{}{}", said.out, said.err);
    put(Path::new(&path), b"no draft");
    assert_eq!(gouji(&["verify", &path]).code, 2);
}

#[test]
fn both_changed_is_asked_and_nothing_is_written_until_it_is_said() {
    let folder = folder();
    let a = new_draft(&folder, "a.gouji", "测试局", 2025, &["new.nat=1".to_owned()]);
    review(&a, ("张三", "clerk"), "comment report", &["--say", "交出"]);
    let b = arg(&folder, "b.gouji");
    put(Path::new(&b), &std::fs::read(&a).unwrap());
    gouji(&["set", &a, "new.nat=2", "new.biz=3"]);
    gouji(&["set", &b, "new.nat=4", "new.sci=5"]);
    let out = arg(&folder, "c.gouji");
    let elsewhere = arg(&folder, "joined.txt");
    let said = gouji(&["join", &a, &b, "-o", &elsewhere, "--name", "张三", "--keep", "b"]);
    assert!(said.code == 2 && said.err.contains("草稿文件名须以 .gouji 结尾"), "{}", said.err);
    assert!(!std::path::Path::new(&elsewhere).exists(), "nothing written");
    let said = gouji(&["join", &a, &b, "-o", &out, "--name", "张三"]);
    assert!(said.code == 2 && said.err.contains("甲 2　乙 4") && !Path::new(&out).exists(), "{}", said.err);
    assert_eq!(gouji(&["join", &a, &b, "-o", &out, "--name", "张三", "--keep", "b"]).code, 0);
    let shown: Value = serde_json::from_str(&gouji(&["show", &out, "--format", "json"]).out).unwrap();
    let cell = |key: &str| shown["cells"][key].clone();
    assert_eq!((cell("new.nat"), cell("new.biz"), cell("new.sci")), (4.into(), 3.into(), 5.into()));
    assert_eq!(gouji(&["verify", &out]).code, 0);
    assert!(gouji(&["review", &out]).out.contains("采用 4，未采用 2"));
    assert_eq!(shown["status"], Status::Draft.code());
}
