//! Files of earlier versions keep opening: drafts in every status, journals, a workbook, forms, settings, all written by the
//! program of November 2026 and never written again.
//!
//! Beside each file in `tests/cases/old` lies what it holds, in words of its own: that too was written then.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use gouji::form::Form;
use gouji::model::{Action, Draft, Entry, Reason, ReasonKey, Totals};
use gouji::store::{Look, RealDisk, Settings, decode, replay};
use gouji::{import, review, rules, store};

use crate::support::{catalog, folder, gouji, home_in, names, project, put, type_in, v1};

fn old() -> PathBuf {
    project().join("tests/cases/old")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(old().join(name)).unwrap_or_else(|err| panic!("{name}: {err}"))
}

/// The files in a folder with this ending, and what each is known to hold.
fn files(inner: &str, ending: &str) -> Vec<(String, String)> {
    let ours = names(&old().join(inner)).into_iter().filter(|name| name.ends_with(ending));
    let files: Vec<_> = ours.map(|name| format!("{inner}/{name}")).collect();
    assert!(!files.is_empty(), "{inner}");
    let holds = |file: &String| String::from_utf8(bytes(&(file.trim_end_matches(ending).to_owned() + ".txt"))).unwrap();
    files.iter().map(|file| (file.clone(), holds(file))).collect()
}

/// A text on one line.
fn line(text: &str) -> String {
    text.escape_debug().to_string()
}

fn entry_words(entry: &Entry) -> String {
    match entry {
        Entry::Blank => "blank".to_owned(),
        Entry::Whole(value) => format!("whole {value}"),
        Entry::Money(money) => format!("money {} = {}元", money.figure(), money.yuan()),
        Entry::Reckoned { text, .. } => format!("reckoned {}", line(text)),
        Entry::Unread { .. } => format!("unread {}", line(&entry.text())),
    }
}

fn reason_words(key: &ReasonKey, reason: &Reason) -> String {
    let figures = reason.figures.iter().map(|(key, figure)| format!(" | {} {}", line(key), line(figure)));
    format!("reason {} {} {}{}", key.rule, key.at, line(&reason.text), figures.collect::<String>())
}

/// Everything that a draft holds.
pub fn told(form: &Form, draft: &Draft) -> String {
    let mut told = format!("form {}\nagency {}\nyear {}\n", form.id, line(&draft.agency), draft.year);
    let totals = if draft.totals() == Totals::Computed { "computed" } else { "typed" };
    writeln!(told, "totals {totals}").unwrap();
    let cells = form.cells().filter(|(cell, _)| !draft.entry(*cell).is_blank());
    cells.for_each(|(cell, spec)| writeln!(told, "cell {} {}", spec.key, entry_words(draft.entry(cell))).unwrap());
    draft.controls().for_each(|(cell, entry)| writeln!(told, "control {} {}", form.cell(cell).key, entry_words(entry)).unwrap());
    draft.sections().for_each(|(section, text)| writeln!(told, "text {} {}", section.0, line(text)).unwrap());
    draft.reasons().for_each(|(key, reason)| writeln!(told, "{}", reason_words(key, reason)).unwrap());
    told + &told_of_ground(draft) + &told_of_review(form, draft)
}

/// What a draft rests on, if it rests on anything.
fn told_of_ground(draft: &Draft) -> String {
    let (ground, mut told) = (draft.ground(), String::new());
    for (key, value) in &ground.thresholds {
        writeln!(told, "threshold {key} {value}").unwrap();
    }
    if !ground.moved.is_empty() {
        writeln!(told, "moved {}", line(&ground.moved)).unwrap();
    }
    for file in &ground.origin.files {
        writeln!(told, "register {} {} {}", line(&file.name), file.sha256, file.sm3).unwrap();
    }
    for of in &ground.origin.lines {
        let (received, answered) = (&of.received, &of.answered);
        writeln!(told, "line {} {} {} x{} {} {received} {answered}", of.file, of.sheet, of.line, of.count, line(&of.number)).unwrap();
    }
    for (key, feeds) in &ground.origin.cells {
        writeln!(told, "feeds {key} {} {:?}", feeds.count, feeds.lines).unwrap();
    }
    for one in &ground.adjustments {
        let said = format!("{} {} {}", line(&one.unit), entry_words(&one.from), entry_words(&one.to));
        writeln!(told, "adjusted {} {said} {} {} {}", one.key, one.time, line(&one.by), line(&one.why)).unwrap();
    }
    told
}

fn told_of_review(form: &Form, draft: &Draft) -> String {
    let log = draft.review();
    let mut told = format!("status {}\ncode {}\n", log.status().code(), review::old_code(review::old_digests(form.report(draft)).sm3));
    for step in log.steps() {
        let about = match &step.action {
            Action::Comment(spot) => review::spot_name(form, spot),
            _ => String::new(),
        };
        let (who, role) = (&step.person.name, step.person.role.code());
        writeln!(told, "step {} {who} {role} {} {}", step.id, step.time, step.action.name()).unwrap();
        writeln!(told, "  about {about}; said {}; status {}", line(&step.words), step.status.code()).unwrap();
        let sha256 = step.sha256.map_or_else(String::new, |hash| hash.to_string());
        let after: Vec<String> = step.parents.iter().map(|parent| format!("{} {}", parent.id, parent.was.len())).collect();
        writeln!(told, "  sm3 {} sha256 {sha256} after {}", step.sm3, after.join(", ")).unwrap();
    }
    let comments = log.threads().into_iter().filter(|thread| matches!(thread.comment.action, gouji::model::Action::Comment(_)));
    for thread in comments {
        let place = log.steps().iter().position(|step| step.id == thread.id()).unwrap() + 1;
        writeln!(told, "comment {place} {} answers {}", thread.is_resolved, thread.replies.len()).unwrap();
    }
    for name in log.seen().keys() {
        writeln!(told, "seen {name}, not yet: {}", log.unseen(name, draft).len()).unwrap();
    }
    for change in review::since_submission(draft).map(|(_, changes)| changes).unwrap_or_default() {
        writeln!(told, "since {}", review::item_name(form, &change.item)).unwrap();
    }
    told
}

#[track_caller]
fn same(name: &str, is: &str, holds: &str) {
    let differs = is.lines().zip(holds.lines()).find(|(is, holds)| is != holds);
    assert_eq!(differs, None, "{name}: is, and was");
    assert_eq!(is.lines().count(), holds.lines().count(), "{name}");
}

#[test]
fn drafts_of_every_status_open_and_hold_what_they_held() {
    let drafts = files("drafts", ".gouji");
    for (name, holds) in &drafts {
        let (form, draft) = store::load(&RealDisk, &old().join(name), &catalog()).unwrap_or_else(|err| panic!("{name}: {err}"));
        same(name, &told(&form, &draft), holds);
        // What is saved now holds it too.
        let (form, again) = decode(store::encode(form.report(&draft)).as_bytes(), &catalog()).unwrap();
        same(name, &told(&form, &again), holds);
    }
    for status in gouji::model::Status::ALL {
        assert!(drafts.iter().any(|(_, holds)| holds.contains(&format!("\nstatus {}\n", status.code()))), "none is {status}");
    }
}

#[test]
fn every_old_draft_is_still_what_was_signed_or_reviewed() {
    for (name, holds) in files("drafts", ".gouji") {
        let said = gouji(&["verify", old().join(&name).to_str().unwrap()]);
        assert_eq!(said.code, 0, "{name}: {}{}", said.out, said.err);
        let (form, draft) = store::load(&RealDisk, &old().join(&name), &catalog()).unwrap();
        let is_signed = ["signed", "filed", "published"].iter().any(|status| holds.contains(&format!("\nstatus {status}\n")));
        let approval = review::approval(form.report(&draft));
        assert_eq!(approval.is_some_and(|approval| approval.is_intact), is_signed, "{name}");
    }
}

#[test]
fn journals_of_sessions_that_were_cut_off_lead_to_where_they_had_come() {
    for (name, holds) in files("journals", ".journal") {
        let found = replay(&bytes(&name), &catalog()).unwrap_or_else(|err| panic!("{name}: {err}"));
        let path = found.path.map_or_else(String::new, |path| path.display().to_string());
        let head = format!("path {path}\nedits {}\nlast {}\ndropped {}\n", found.num_edits, found.last_edit, found.num_dropped);
        same(&name, &(head + &told(&found.form, &found.draft)), &holds);
    }
}

#[test]
fn a_session_that_was_cut_off_is_offered_at_the_next_start() {
    let folder = folder();
    let home = home_in(folder.path());
    std::fs::create_dir_all(home.journals()).unwrap();
    put(&home.journals().join("1.journal"), &bytes("journals/unsaved.journal"));
    let left = store::left_behind(&home, &catalog(), jiff::Timestamp::UNIX_EPOCH);
    let found = &left.first().expect("one is offered").found.as_ref().unwrap().replay;
    assert_eq!(found.draft.agency, "某市人民政府");
}

#[test]
fn workbooks_exported_then_are_read_back() {
    for (name, holds) in files("workbooks", ".xlsx") {
        let read = import::read(gouji::import::FileKind::Xlsx, &bytes(&name), &catalog()).unwrap_or_else(|err| panic!("{name}: {err}"));
        same(&name, &told(&read.form, &read.draft), &holds);
        assert!(read.missing.is_empty(), "{name}: {:?}", read.missing);
    }
}

/// Every finding on V1 after some slips, and on the blank report, as it is told to people.
fn findings(form: &Arc<Form>) -> Vec<String> {
    let (v1_form, v1) = v1();
    let mut slips = form.draft("某县某局".to_owned(), form.years.0);
    for (cell, spec) in v1_form.cells() {
        if let Some(same) = form.cell_by_key(&spec.key) {
            slips.apply(gouji::model::Edit::cell(same, v1.entry(cell).clone()));
        }
    }
    for (key, text) in [("new.nat", "若干"), ("carry_out.biz", "7"), ("open.sum", ""), ("rev.total", "1"), ("a1.norm.made", "9999")] {
        type_in(form, &mut slips, key, text);
    }
    let tell = |draft: &Draft| {
        // R34 has become help at its cells.
        let found = rules::check(form.report(draft)).into_iter().filter(|found| *form.rule(form.check(found.check)).id != *"R34");
        found.map(|finding| format!("{:?} {}", finding.verdict, rules::message(form.report(draft), finding))).collect::<Vec<_>>()
    };
    [tell(&slips), tell(&form.draft("某县某局".to_owned(), form.years.0))].concat()
}

#[test]
fn forms_written_then_load_and_find_the_same_in_the_same_words() {
    for name in &names(&old().join("forms")) {
        let text = String::from_utf8(bytes(&format!("forms/{name}"))).unwrap();
        let old = Arc::new(Form::load(name, &text).unwrap_or_else(|err| panic!("{name}: {err}")));
        let now = catalog().by_id(&old.id).unwrap();
        let keys = |form: &Form| form.cells.iter().map(|cell| cell.key.to_string()).collect::<Vec<_>>();
        assert_eq!(keys(&old), keys(&now), "{name}");
        let (before, after) = (findings(&old), findings(&now));
        assert!(before.len() > 40, "{name}: {}", before.len());
        assert_eq!(before.iter().zip(&after).find(|(before, after)| before != after), None, "{name}");
        assert_eq!(before.len(), after.len(), "{name}");
    }
}

#[test]
fn settings_and_the_list_of_recent_drafts_still_hold() {
    let folder = folder();
    let home = home_in(folder.path());
    std::fs::create_dir_all(&home.folder).unwrap();
    put(&home.settings(), &bytes("home/settings.ron"));
    let settings = Settings::load(&home).unwrap();
    let person = settings.person().unwrap();
    assert_eq!((&*person.name, person.role.code()), ("李四", "reviewer"));
    assert_eq!((settings.look, settings.zoom, settings.second_folder), (Look::Dark, 125, Some(PathBuf::from("/media/usb/备份"))));
    put(&home.folder.join("recent.txt"), &bytes("home/recent.txt"));
    let recent = store::recent_paths(&home);
    assert_eq!(recent, ["/tmp/二.gouji", "/tmp/一.gouji"].map(PathBuf::from));
}
