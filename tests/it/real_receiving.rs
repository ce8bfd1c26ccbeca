//! A published page taken in by hand in the real window.

use gouji::ui::theme::palette;
use image::RgbaImage;

use crate::desktop::{self, Desktop, count, has_question, wait};
use crate::receiving::page;
use crate::support::{folder, put, v1};

#[test]
fn a_published_page_in_the_real_window_is_looked_at_filled_and_saved() {
    if desktop::lacks(&[]) {
        return;
    }
    let (folder, (form, draft)) = (folder(), v1());
    let home = folder.path().join("home");
    let path = folder.path().join("某局2025年报告.html");
    put(&path, &page(&form, &draft, 2025, &["open.nat", "deny4.biz", "lit1.total"]));
    // No program on this display lets a file go: it is named when the window is opened, which is the same command.
    let mut desktop = Desktop::open(&path, &home);
    let marked = |picture: &RgbaImage| count(picture, palette().error) > 60 && count(picture, palette().accent_tint) > 200;
    desktop.see("account", marked);
    desktop.press("5 3 4 5 Return F8 2 Return F8 1 5 6 Return");
    desktop.see("filled", |picture| count(picture, palette().error) == 0 && count(picture, palette().good) > 20);
    desktop.press("ctrl+Return");
    wait("the report with its changes", || desktop.title().contains('●').then_some(()));
    desktop.see("taken", |picture| !has_question(picture));
    // No portal on this display: the program asks for the path itself.
    desktop.press("ctrl+s");
    desktop.see("where", has_question);
    let to = folder.path().join("saved.gouji");
    desktop.press("ctrl+a");
    assert!(desktop.xdotool(["type", "--delay", "20", to.to_str().unwrap()]).is_some());
    desktop.press("Return");
    wait("the draft", || to.exists().then_some(()));
    desktop.saved();
    desktop.see("saved", |picture| !has_question(picture));
    let (_, saved) = gouji::store::load(&gouji::store::RealDisk, &to, &crate::support::catalog()).unwrap();
    for (cell, spec) in form.cells() {
        assert_eq!(saved.entry(cell).value(), draft.entry(cell).value(), "{}", spec.key);
    }
}
