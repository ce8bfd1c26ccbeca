//! Every screen and question at three sizes, three sizes of letters, in three looks. In each laid-out frame the texts are held
//! against each other: none over another, none cut at the side. `GOUJI_PICTURES=FOLDER cargo test --test it screens` keeps a picture of
//! each, in all sizes and looks; `GOUJI_SCREENS=start,preview` takes these alone.

use std::path::{Path, PathBuf};

use egui::epaint::{ClippedShape, Shape};
use egui::{Pos2, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Edit, Entry, Person, Role, SectionId};
use gouji::ui::theme::{self, LOOKS};
use gouji::ui::{Command, Many, Named, Purpose};

use crate::stage::{self, Window};
use crate::support;

/// The window's inside in pixels: the usual notebook, the desk, a small projector.
const SIZES: [(f32, f32); 3] = [(1366.0, 768.0), (1920.0, 1080.0), (1024.0, 700.0)];

/// How large the letters are.
const ZOOMS: [f32; 3] = [1.0, 1.5, 2.0];

/// The window is never smaller, in points: see `ui/window/run.rs`.
const LEAST: egui::Vec2 = vec2(640.0, 400.0);

/// What leads to a screen.
type Way = fn(&mut Window);

fn at_chapter(window: &mut Window, no: u8) {
    stage::run(window, Command::Chapter(no));
}

fn with_slip(window: &mut Window) {
    let work = window.state_mut().work_mut().unwrap();
    let cell = work.session.form().cell_by_key("carry_out.nat").unwrap();
    work.session.apply(vec![Edit::cell(cell, Entry::Whole(738))]);
    at_chapter(window, 3);
    stage::run(window, Named::NextFinding);
}

fn with_texts(window: &mut Window) {
    let words = "全年新收政府信息公开申请14284件，上年结转705件，均依法按期答复。及时更新专栏，公开内容准确。\n（二）依申请公开\n";
    for no in [1, 5, 6] {
        let session = &mut window.state_mut().work_mut().unwrap().session;
        let edit = session.text_edit(SectionId(no), &words.repeat(3)).unwrap();
        session.apply(vec![edit]);
    }
}

fn as_reviewer(window: &mut Window) {
    with_texts(window);
    stage::run(window, Command::SetPerson(Person { name: "李四".into(), role: Role::Clerk }, None));
    stage::run(window, Command::Do(gouji::model::Action::Submit, String::new()));
    stage::run(window, Command::SetPerson(Person { name: "王五".into(), role: Role::Reviewer }, None));
}

fn open_menu(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

/// The folder the draft lies in.
fn folder_of(window: &Window) -> PathBuf {
    window.state().work().unwrap().path.clone().unwrap().parent().unwrap().to_owned()
}

fn with_account(window: &mut Window) {
    let path = folder_of(window).join("某局2025年报告.html");
    let (form, draft) = support::v1();
    support::put(&path, &crate::receiving::page(&form, &draft, 2025, &["open.nat", "deny4.biz", "lit1.total"]));
    crate::receiving::drop_files(window, &[path]);
    assert!(window.state().account().is_some(), "{:?}", window.state().notice());
}

fn with_register(window: &mut Window) {
    let path = folder_of(window).join("台账.csv");
    support::put(&path, crate::ledger::page::REGISTER.as_bytes());
    stage::run(window, Command::Picked(Purpose::Ledger, path));
    assert!(window.state().ledger().is_some(), "{:?}", window.state().notice());
}

fn with_county(window: &mut Window) {
    show_county(window, &crate::county::set::county());
}

fn show_county(window: &mut Window, set: &crate::county::set::Set) {
    stage::run(window, Named::Close);
    let ctx = window.ctx.clone();
    window.state_mut().show_county(&ctx, set.folder.path().to_owned(), crate::county::opened(set).into());
    stage::finish_jobs(window);
}

/// All screens and questions, with the way from 表三 of V1.
const SCREENS: &[(&str, Way)] = &[
    ("start", |window| stage::run(window, Named::Close)),
    ("start-first", |window| {
        let path = window.state().work().unwrap().path.clone().unwrap();
        stage::run(window, Named::Close);
        stage::run(window, Command::LeaveOut(path));
    }),
    ("start-many", |window| {
        let folder = folder_of(window);
        let form = support::catalog().for_year(2024).unwrap();
        for (name, year) in [("某市某某区自然资源和规划管理局不动产登记中心", 2024), ("某某街道办事处", 2025), ("水务局", 2024)]
        {
            let path = folder.join(format!("{name}{year}.gouji"));
            gouji::store::save(&gouji::store::RealDisk, &path, &form, &form.draft(name.to_owned(), year)).unwrap();
            stage::run(window, Command::OpenPath(path));
        }
        stage::run(window, Command::OpenPath(folder.join("没有了.gouji")));
        stage::run(window, Named::Close);
    }),
    ("preview", |window| {
        with_texts(window);
        stage::run(window, Named::Preview);
    }),
    ("manual", |window| stage::run(window, Named::Manual)),
    ("about", |window| stage::run(window, Named::About)),
    ("account", with_account),
    ("account-texts", |window| {
        with_account(window);
        for _ in 0..2 {
            window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::PageDown);
            stage::finish_jobs(window);
        }
    }),
    ("ledger", with_register),
    ("ledger-question", |window| {
        with_register(window);
        stage::keys(window, "F8");
    }),
    ("county-board", with_county),
    ("county-beside", |window| {
        with_county(window);
        stage::keys(window, "F6");
    }),
    ("county-asked", |window| {
        let set = crate::county::set::county();
        let mut draft = crate::county::set::plain(&set.form, 3);
        "青禾县住房城乡建设局".clone_into(&mut draft.agency);
        support::put(&set.folder.path().join("不知道是谁的.gouji"), gouji::store::encode(&set.form, &draft).as_bytes());
        show_county(window, &set);
        stage::keys(window, "Space Down Space Down");
    }),
    ("county-sum", |window| {
        with_county(window);
        stage::run(window, Many::Sum(true));
    }),
    ("county-sum-beside", |window| {
        with_county(window);
        stage::run(window, Many::Sum(true));
        stage::keys(window, "F6");
    }),
    ("preamble", |window| at_chapter(window, 0)),
    ("chapter1", |window| {
        with_texts(window);
        at_chapter(window, 1);
    }),
    ("chapter2", |window| at_chapter(window, 2)),
    ("chapter3", |window| at_chapter(window, 3)),
    ("chapter3-slip", with_slip),
    ("chapter4", |window| at_chapter(window, 4)),
    ("chapter5-empty", |window| at_chapter(window, 5)),
    ("find", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Named::Find);
        window.event(egui::Event::Text("公开".to_owned()));
        window.run();
    }),
    ("goto", |window| stage::run(window, Named::GoTo)),
    ("notice", |window| stage::run(window, Named::CopyPage)),
    ("offer", |window| {
        let work = window.state_mut().work_mut().unwrap();
        let cells: Vec<_> =
            ["biz", "sci", "ngo", "law", "oth", "sum"].map(|key| work.session.form().cell_by_key(&format!("deny2.{key}")).unwrap()).into();
        work.session.apply(cells.into_iter().map(|cell| Edit::cell(cell, Entry::Blank)).collect());
        let nat = stage::shown(window, "deny2.nat");
        stage::type_into(window, "deny2.sum", &nat);
    }),
    ("menu-file", |window| open_menu(window, "文件")),
    ("menu-edit", |window| open_menu(window, "编辑")),
    ("menu-view", |window| open_menu(window, "查看")),
    ("menu-review", |window| open_menu(window, "办理")),
    ("menu-cell", |window| {
        window.key_press(egui::Key::Menu);
        window.run();
    }),
    ("dialog-new", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Named::New);
    }),
    ("dialog-rename", |window| stage::run(window, Named::Rename)),
    ("dialog-help", |window| stage::run(window, Named::Help)),
    ("dialog-export", |window| stage::run(window, Named::Export)),
    ("dialog-open", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Named::Open);
    }),
    ("dialog-person", |window| stage::run(window, Named::AskPerson)),
    ("dialog-versions", |window| stage::run(window, Named::Versions)),
    ("dialog-backup", |window| stage::run(window, Named::Backup)),
    ("dialog-insert", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Named::InsertFigure);
    }),
    ("dialog-twice", |window| stage::run(window, Named::KeyTwice)),
    ("dialog-log", |window| stage::run(window, Named::Log)),
    ("dialog-unsaved", |window| {
        stage::type_into(window, "new.nat", "5");
        stage::run(window, Named::Close);
    }),
    ("dialog-submit", |window| {
        stage::run(window, Command::SetPerson(Person { name: "李四".into(), role: Role::Clerk }, None));
        stage::run(window, Named::WayOn);
    }),
    ("dialog-split", |window| {
        at_chapter(window, 1);
        window.event(egui::Event::Paste(
            "一、总体情况\n全年公开信息12条。\n五、存在的主要问题及改进情况\n公开得还不够快。\n六、其他需要报告的事项\n无。".to_owned(),
        ));
        window.run();
    }),
    ("review-explained", |window| {
        as_reviewer(window);
        stage::run(window, Named::Reading);
    }),
    ("review-chapter", |window| {
        as_reviewer(window);
        at_chapter(window, 3);
    }),
    ("comment", |window| {
        as_reviewer(window);
        at_chapter(window, 3);
        stage::run(window, Named::Comment);
    }),
    ("trend", |window| stage::run(window, Named::Trend)),
    ("practice", |window| stage::run(window, Named::Practice)),
];

/// A text on the screen: where its ink is, where it may be seen, how far down in the painting it lies.
struct Seen {
    words: String,
    ink: Rect,
    clip: Rect,
    depth: usize,
    is_elided: bool,
}

/// Every line of text and every opaque rectangle of a frame, from back to front.
fn texts(shapes: &[ClippedShape]) -> (Vec<Seen>, Vec<(usize, Rect)>) {
    let (mut seen, mut covers, mut depth) = (Vec::new(), Vec::new(), 0);
    for clipped in shapes {
        walk(&clipped.shape, clipped.clip_rect, &mut depth, &mut seen, &mut covers);
    }
    (seen, covers)
}

fn walk(shape: &Shape, clip: Rect, depth: &mut usize, seen: &mut Vec<Seen>, covers: &mut Vec<(usize, Rect)>) {
    *depth += 1;
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, clip, depth, seen, covers)),
        Shape::Rect(rect) if rect.fill.a() == 255 => covers.push((*depth, rect.rect.intersect(clip))),
        // What is turned is the watermark: it lies below words by nature.
        Shape::Text(text) if text.angle == 0.0 => {
            for row in &text.galley.rows {
                let bounds = row.row.visuals.mesh_bounds;
                if bounds.is_positive() {
                    let ink = bounds.translate(text.pos.to_vec2() + row.pos.to_vec2());
                    let words = row.row.text().clone();
                    seen.push(Seen { words, ink, clip, depth: *depth, is_elided: text.galley.elided });
                }
            }
        }
        _ => {}
    }
}

/// What is wrong with a frame.
fn faults(shapes: &[ClippedShape], screen: Rect) -> Vec<String> {
    let (seen, covers) = texts(shapes);
    let is_covered = |depth: usize, rect: Rect| covers.iter().any(|(over, cover)| *over > depth && cover.contains_rect(rect));
    let visible: Vec<&Seen> = seen
        .iter()
        .filter(|text| {
            let rect = text.ink.intersect(text.clip).intersect(screen);
            rect.is_positive() && !is_covered(text.depth, rect)
        })
        .collect();
    let mut faults = Vec::new();
    for (place, one) in visible.iter().enumerate() {
        let shown = one.ink.intersect(one.clip);
        // What is cut by a tall clip is scrolled to.
        let leaves_screen = one.ink.max.x > screen.max.x + 1.0 && one.clip.max.x >= screen.max.x - 1.0;
        if leaves_screen || one.clip.max.x < one.ink.max.x - 1.5 && one.clip.height() < 60.0 {
            faults.push(format!("cut at the side: {:?} at {:?}", one.words, one.ink));
        }
        if one.is_elided && one.words.ends_with('…') && one.words.chars().count() < 3 {
            faults.push(format!("hardly anything left: {:?} at {:?}", one.words, one.ink));
        }
        for other in visible.iter().skip(place + 1) {
            let both = shown.intersect(other.ink.intersect(other.clip)).intersect(screen);
            let is_over = both.is_positive() && both.width() > 1.5 && both.height() > 2.0;
            if is_over && !is_covered(one.depth, both) {
                faults.push(format!("{:?} over {:?} at {both:?}", other.words, one.words));
            }
        }
    }
    faults
}

fn window_at(folder: &Path) -> Window {
    let mut window = stage::window_at(support::home_in(folder));
    let (form, mut draft) = support::v1();
    draft.apply(Edit::agency("某市人民政府".to_owned()));
    let path = folder.join("某市人民政府2025年.gouji");
    gouji::store::save(&gouji::store::RealDisk, &path, &form, &draft).unwrap();
    stage::run(&mut window, Command::OpenPath(path));
    at_chapter(&mut window, 3);
    window
}

#[test]
fn no_text_is_cut_or_lies_over_another_on_any_screen() {
    let pictures = std::env::var_os("GOUJI_PICTURES").map(PathBuf::from);
    let wanted = std::env::var("GOUJI_SCREENS").ok();
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| wanted.split(',').any(|wanted| wanted == name));
    let mut all = Vec::new();
    let mut num_frames = 0;
    for (name, way) in SCREENS.iter().filter(|(name, _)| is_wanted(name)) {
        let folder = support::folder();
        let mut window = window_at(folder.path());
        way(&mut window);
        for (width, height) in SIZES {
            for zoom in ZOOMS {
                // Letters first: egui scales the size it had along with them.
                window.set_pixels_per_point(zoom);
                window.run();
                let size = (vec2(width, height) / zoom).max(LEAST);
                window.set_size(size);
                window.run();
                num_frames += 1;
                let screen = Rect::from_min_size(Pos2::ZERO, size);
                let faults = faults(&window.output().shapes, screen);
                all.extend(faults.into_iter().map(|fault| format!("{name} {width}×{height} at {zoom}: {fault}")));
                let Some(pictures) = &pictures else { continue };
                std::fs::create_dir_all(pictures).unwrap();
                for look in LOOKS {
                    theme::set_look(&window.ctx, look);
                    window.run();
                    let file = format!("{name}-{width}x{height}-{:.0}-{look:?}.png", zoom * 100.0);
                    window.render().unwrap().save(pictures.join(file)).unwrap();
                }
                theme::set_look(&window.ctx, LOOKS[0]);
                window.run();
            }
        }
    }
    println!("{} screens, {num_frames} frames", SCREENS.len());
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}
