//! Files that come in by the window: dropped or picked, looked at cell by cell beside their source, filled where nothing was read, taken
//! over as a new report, as last year's, or beside the open one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{DroppedFile, Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::form::Form;
use gouji::model::Draft;
use gouji::ui::theme::{self, Look};

use crate::published::damage::Tables;
use crate::published::written::Written;
use crate::stage::{Window, finish_jobs, picture, run, shows, window, window_on_v1_at};
use crate::support::{folder, put, v1};

/// A file that is let go of over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|err| err.to_string())
    }
}

pub fn drop_files(window: &mut Window, paths: &[PathBuf]) {
    window.input_mut().dropped_files = paths.iter().map(|path| Arc::new(Dropped(path.clone())) as _).collect();
    window.step();
    finish_jobs(window);
}

/// The figures of V1 as a page that was published, some of them not readable.
pub fn page(form: &Form, draft: &Draft, year: u16, unread: &[&str]) -> Vec<u8> {
    let mut tables = Tables::of(form, draft);
    let label = |key: &str| form.cell_by_key(key).map(|cell| form.cell(cell)).unwrap();
    for key in unread {
        let cell = label(key);
        let row = &mut tables.0[cell.table][cell.at.0];
        let place = row.iter().enumerate().filter(|(_, cell)| cell.is_figure).map(|(place, _)| place).next().unwrap();
        let column = form.tables[cell.table].num_cols() - cell.at.1;
        let place = row.len().checked_sub(column).unwrap_or(place);
        "详见附件".clone_into(&mut row[place].words);
    }
    let page = tables.page(&format!("某县某局{year}年政府信息公开工作年度报告"));
    page.replace("</body>", "<p>一、总体情况</p><p>全年公开信息。</p><p>五、存在的主要问题及改进情况</p><p>无。</p></body>").into_bytes()
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    finish_jobs(window);
}

#[test]
fn a_published_page_is_dropped_looked_at_filled_and_taken_over() {
    let (folder, (form, draft)) = (folder(), v1());
    let path = folder.path().join("某局2025年报告.html");
    put(&path, &page(&form, &draft, 2025, &["open.nat", "deny4.biz", "lit1.total"]));
    let mut window = window();
    drop_files(&mut window, std::slice::from_ref(&path));
    assert!(window.state().account().is_some(), "{:?}", window.state().notice());
    picture(&mut window, "account");
    assert_eq!(window.state().account().unwrap().wanting().len(), 3);
    assert!(shows(&window, "要您看的 3 格") && shows(&window, "详见附件"));
    // The cursor waits on the first of them; each figure is typed where it belongs.
    for (text, cell) in [("5345", "open.nat"), ("2", "deny4.biz"), ("156", "lit1.total")] {
        let page = window.state().account().unwrap();
        let here = page.cell().map(|cell| form.cell(cell).key.to_string());
        assert_eq!(here.as_deref(), Some(cell));
        let found = page.found(form.cell_by_key(cell).unwrap()).unwrap();
        assert_eq!(found.text, "详见附件");
        window.event(Event::Text(text.to_owned()));
        window.run();
        key(&mut window, Modifiers::NONE, Key::Enter);
        key(&mut window, Modifiers::NONE, Key::F8);
    }
    assert_eq!(window.state().account().unwrap().wanting().len(), 0);
    picture(&mut window, "account-filled");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    let session = &window.state().work().unwrap().session;
    assert_eq!(session.draft().entries().iter().filter(|entry| entry.value().is_some()).count(), 200);
    for (cell, spec) in form.cells() {
        assert_eq!(session.draft().entry(cell).value(), draft.entry(cell).value(), "{}", spec.key);
    }
    assert_eq!((&*session.draft().agency, session.draft().year), ("某县某局", 2025));
    assert!(session.is_modified() && session.draft().sections().any(|(_, text)| text.contains("全年公开信息")));
}

#[test]
fn an_account_is_gone_through_by_its_keys_in_every_look() {
    let (folder, (form, draft)) = (folder(), v1());
    let path = folder.path().join("甲.html");
    put(&path, &page(&form, &draft, 2025, &["open.nat"]));
    let mut window = window();
    for (look, name) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let ctx = window.ctx.clone();
        theme::set_look(&ctx, look);
        drop_files(&mut window, std::slice::from_ref(&path));
        picture(&mut window, &format!("account-{name}"));
        for part in ["四", "texts", "rest", "二", "三"] {
            key(&mut window, Modifiers::COMMAND, Key::PageDown);
            picture(&mut window, &format!("account-{name}-{part}"));
        }
        // What was typed is not lost at the first Esc.
        window.event(Event::Text("7".to_owned()));
        window.run();
        key(&mut window, Modifiers::NONE, Key::Enter);
        key(&mut window, Modifiers::NONE, Key::Escape);
        assert!(window.state().account().is_some() && window.state().notice().unwrap().contains("填了 1 格"));
        key(&mut window, Modifiers::COMMAND, Key::Z);
        key(&mut window, Modifiers::NONE, Key::Escape);
        assert!(window.state().account().is_none());
    }
    theme::set_look(&window.ctx.clone(), Look::Light);
}

#[test]
fn a_published_report_is_taken_as_last_years() {
    let (folder, (form, draft)) = (folder(), v1());
    let path = folder.path().join("上年.docx");
    put(&path, &Written::Docx.file(&Tables::of(&form, &draft), "某市人民政府2024年政府信息公开工作年度报告"));
    let mut window = window_on_v1_at(&folder.path().join("今年.gouji"));
    drop_files(&mut window, std::slice::from_ref(&path));
    window.get_by_label("作上年数").click();
    finish_jobs(&mut window);
    let prior = window.state().work().unwrap().session.draft().prior().expect("it was taken").clone();
    assert_eq!((prior.year, prior.figures().find(|(key, _)| *key == "new.nat")), (2024, Some(("new.nat", "13612"))));
}

#[test]
fn a_published_report_is_laid_beside_the_open_one() {
    let (folder, (form, mut draft)) = (folder(), v1());
    crate::support::type_in(&form, &mut draft, "new.nat", "13613");
    let path = folder.path().join("公布的.html");
    put(&path, &page(&form, &draft, 2025, &[]));
    let mut window = window_on_v1_at(&folder.path().join("草稿.gouji"));
    drop_files(&mut window, std::slice::from_ref(&path));
    window.get_by_label("与打开的报告对照").click();
    finish_jobs(&mut window);
    let cell = form.cell_by_key("new.nat").unwrap();
    let found: Vec<_> = window.state().work().unwrap().panel.mismatches().iter().map(|(cell, _)| *cell).collect();
    assert_eq!(found, [cell]);
    picture(&mut window, "account-beside");
}

#[test]
fn a_folder_is_listed_a_line_a_file() {
    let (folder, (form, draft)) = (folder(), v1());
    for number in 0..12 {
        put(
            &folder.path().join(format!("{number:02}.html")),
            &page(&form, &draft, 2025, if number % 4 == 0 { &["open.nat"] } else { &[] }),
        );
    }
    put(&folder.path().join("20.docx"), b"no document");
    let mut window = window();
    drop_files(&mut window, &[folder.path().to_path_buf()]);
    let batch = window.state().batch().unwrap();
    assert!(batch.is_over && batch.num_done() == 13, "{batch:?}");
    picture(&mut window, "account-list");
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().account().unwrap().path, folder.path().join("01.html"));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().account().is_none() && window.state().batch().is_some());
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().batch().is_none());
    // A list is put away and nothing more is read.
    run(&mut window, gouji::ui::Command::Cancel);
}
