//! A whole round of review in real windows, each person on a copy of the draft, clerk and reviewer side by side: filled,
//! refused, submitted, commented, returned, mended, passed, signed, exported and printed with the code.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use gouji::model::{Person, Role, Status};
use gouji::store::{Home, RealDisk, Settings};
use gouji::ui::theme::palette;

use crate::desktop::{self, Desktop, count, figure_on_disk, has_question, wait};
use crate::paper::outside::{part, pdf_text};
use crate::support::{self, put};

/// The desk of one person: a copy of the draft, a machine that knows who sits there.
struct Seat {
    copy: PathBuf,
    home: PathBuf,
}

impl Seat {
    fn new(folder: &Path, name: &str, role: Role) -> Self {
        let home = folder.join(name);
        let own = Home { disk: std::sync::Arc::new(RealDisk), folder: home.join("XDG_DATA_HOME/gouji") };
        let mut settings = Settings::default();
        settings.set_person(&Person { name: name.into(), role });
        settings.save(&own).unwrap();
        Self { copy: home.join("报告.gouji"), home }
    }

    /// Opens the window on this person's copy, at table 三.
    fn sit_down(&self) -> Desktop {
        let mut desktop = Desktop::open(&self.copy, &self.home);
        desktop.go_to_table_three();
        desktop
    }

    /// Hands the draft over, as by mail.
    fn hand_to(&self, other: &Self) {
        std::fs::copy(&self.copy, &other.copy).unwrap();
    }

    /// Hands it to someone whose window stands open on an earlier copy: it comes under another name and is opened there.
    fn send_to(&self, other: &mut Self, desktop: &mut Desktop, name: &str) {
        other.copy.set_file_name(name);
        self.hand_to(other);
        desktop.press("ctrl+o");
        desktop.see("which-file", has_question);
        type_text(desktop, name);
        desktop.press("Return");
        wait("the draft that was sent", || desktop.title().contains(name).then_some(()));
    }

    fn draft(&self) -> &str {
        self.copy.to_str().unwrap()
    }

    /// Saves until the copy on disk has come this far.
    fn has_come_to(&self, desktop: &Desktop, status: Status) {
        wait(&format!("{status}, saved"), || {
            desktop.press("ctrl+s");
            let said = support::gouji(&["show", self.draft(), "--format", "json"]);
            let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
            (shown["status"] == status.code()).then_some(())
        });
    }
}

/// Opens the question for the step, looks at it, says yes.
fn step(desktop: &mut Desktop, key: &str, picture: &str) {
    desktop.press(key);
    desktop.see(picture, has_question);
    desktop.press("Return");
}

fn type_text(desktop: &Desktop, text: &str) {
    assert!(desktop.xdotool(["type", "--delay", "30", text]).is_some(), "xdotool type {text}");
}

#[test]
fn a_round_of_review_in_real_windows() {
    if desktop::lacks(&[]) {
        return;
    }
    let folder = support::folder();
    let people = [("张三", Role::Clerk), ("李四", Role::Reviewer), ("王五", Role::Secrecy), ("赵六", Role::Signer)];
    let [mut clerk, mut reviewer, secrecy, signer] = people.map(|(name, role)| Seat::new(folder.path(), name, role));
    let mut cells = support::case("v1-city-2025.txt");
    cells.extend(["1=总体情况良好。", "5=公开还不够主动，明年改进。", "6=发出收费通知210件，实际收取信息处理费400元。"].map(str::to_owned));
    let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &cells);
    std::fs::copy(&draft, &clerk.copy).unwrap();

    // The last row of natural persons is 783: with 782 the report does not leave the clerk.
    let mut clerks = clerk.sit_down();
    clerks.press("ctrl+Down 7 8 2 Return");
    clerks.press("F9");
    clerks.see("refused", has_question);
    clerks.press("Escape");
    clerks.see("not-submitted", |picture| !has_question(picture) && count(picture, palette().error_tint) > 0);
    clerks.press("ctrl+Home ctrl+Down 7 8 3 Return");
    clerks.see("mended", |picture| count(picture, palette().error_tint) == 0);
    step(&mut clerks, "F9", "submit");
    clerk.has_come_to(&clerks, Status::Review);

    // Both windows stand open from here on, each on its own copy.
    clerk.hand_to(&reviewer);
    let mut desktop = reviewer.sit_down();
    desktop.press("ctrl+Home");
    for words in ["check register", "attach list", "compare 2024"] {
        desktop.press("shift+F2");
        type_text(&desktop, words);
        desktop.press("Return Down");
    }
    desktop.see("three-comments", |picture| count(picture, palette().warning) > 40);
    step(&mut desktop, "shift+F9", "return");
    reviewer.has_come_to(&desktop, Status::Returned);

    // The list of what was asked for is open; the first place is the first cell of the table, mended together with its totals.
    reviewer.send_to(&mut clerk, &mut clerks, "returned.gouji");
    clerks.press("F8");
    clerks.see("tasks", |picture| count(picture, palette().head) > 10_000);
    clerks.press("1 3 6 1 3 Return ctrl+Home End 1 4 0 7 0 Return");
    clerks.press("ctrl+Home ctrl+Down 7 8 4 Return ctrl+End 8 2 0 Return");
    clerks.see("done", |picture| count(picture, palette().error_tint) == 0);
    step(&mut clerks, "F9", "submit-again");
    clerk.has_come_to(&clerks, Status::Review);
    assert_eq!(figure_on_disk(clerk.draft(), "new.nat"), "13613");

    clerk.send_to(&mut reviewer, &mut desktop, "mended.gouji");
    drop(clerks);
    desktop.press("ctrl+3");
    desktop.press("F8");
    desktop.see("differences", |picture| count(picture, palette().head) > 10_000 && count(picture, palette().accent_tint) > 1_000);
    step(&mut desktop, "F9", "pass");
    reviewer.has_come_to(&desktop, Status::Secrecy);
    drop(desktop);

    reviewer.hand_to(&secrecy);
    let mut desktop = secrecy.sit_down();
    desktop.press("F9");
    desktop.see("secrecy", has_question);
    desktop.press("space Tab space Tab space Return");
    secrecy.has_come_to(&desktop, Status::Signing);
    drop(desktop);

    secrecy.hand_to(&signer);
    let code = after(&support::gouji(&["review", signer.draft()]).out, "核对码 ").unwrap();
    let mut desktop = signer.sit_down();
    desktop.press("F9");
    desktop.see("sign", has_question);
    type_text(&desktop, &code.to_lowercase());
    desktop.press("Return");
    signer.has_come_to(&desktop, Status::Signed);
    desktop.see("signed", |picture| !has_question(picture));
    let proof = support::gouji(&["verify", signer.draft()]);
    assert_eq!(proof.code, 0, "{}{}", proof.out, proof.err);
    assert!(proof.out.contains(&code), "{}", proof.out);
    // Signing is a step too: the code of the signed report covers it.
    let code = after(&proof.out, "核对码 ").and_then(|code| Some(code.split_once('（')?.0.to_owned())).unwrap();

    // What is locked stays as it is.
    desktop.press("ctrl+Home 9 9 9 Return");
    desktop.see("locked", |_| true);
    assert_eq!(figure_on_disk(signer.draft(), "new.nat"), "13613");

    what_leaves_bears_the_code(&mut desktop, &signer, &code);
}

fn what_leaves_bears_the_code(desktop: &mut Desktop, signer: &Seat, code: &str) {
    // Every page that leaves now bears the code, the signer and the day, and is no draft any more.
    desktop.press("ctrl+e");
    desktop.see("export", has_question);
    desktop.press("Return");
    let word = wait("the Word file", || {
        let mut files = std::fs::read_dir(&signer.home).unwrap().map(|file| file.unwrap().path());
        files.find(|file| file.extension().is_some_and(|ending| ending == "docx"))
    });
    let word = std::fs::read(word).unwrap();
    for footer in ["word/footer1.xml", "word/footer2.xml"] {
        assert!(part(&word, footer).contains(&format!("核对码 {code}　赵六 ")), "{}", part(&word, footer));
    }
    desktop.see("exported", |picture| !has_question(picture));

    // Printing hands the pages to whatever shows PDF files here.
    let seen = signer.home.join("shown");
    let viewer = signer.home.join("xdg-open");
    put(&viewer, format!("#!/bin/sh\nprintf %s \"$1\" > '{0}.part'\n/bin/mv '{0}.part' '{0}'\n", seen.display()).as_bytes());
    std::fs::set_permissions(&viewer, std::fs::Permissions::from_mode(0o755)).unwrap();
    desktop.press("ctrl+p");
    let pages = wait("the viewer", || std::fs::read_to_string(&seen).ok());
    let pages = std::fs::read(pages).unwrap();
    assert!(pages.starts_with(b"%PDF-"));
    if let Some(text) = pdf_text(&pages) {
        assert_eq!(text.matches(code).count(), text.matches('\u{c}').count(), "on every page");
        assert!(!text.contains('草'), "no watermark");
    }
    desktop.see("printed", |picture| !has_question(picture));
}

/// The word behind these words.
fn after(text: &str, words: &str) -> Option<String> {
    text.split_once(words)?.1.split_whitespace().next().map(str::to_owned)
}
