//! Copies for different readers: for the office, to be signed by pen, for the public. The report and its code are the same in each.

use gouji::export::{self, Edition, FileKind, Fonts};
use gouji::model::{Adjustment, Edit, Entry, Ground, Origin, OriginFile};

use crate::support::{self, gouji, v1};

fn made_on() -> jiff::civil::Date {
    "2026-01-20".parse().unwrap()
}

fn text_of(kind: FileKind, bytes: &[u8]) -> String {
    match kind {
        FileKind::Pdf | FileKind::Ofd => {
            let page = if kind == FileKind::Pdf { gouji::read::pdf::page(bytes) } else { gouji::read::ofd::page(bytes) }.unwrap();
            let edges = page.edges.concat();
            page.stretches().iter().map(|stretch| format!("{stretch:?}")).chain([edges]).collect()
        }
        FileKind::Docx => {
            let part = |part| format!("{:?}", gouji::read::docx::part(bytes, part).unwrap());
            ["document", "footer1", "footer2"].map(part).concat()
        }
        FileKind::Html | FileKind::Fragment => String::from_utf8(bytes.to_vec()).unwrap(),
        FileKind::Xlsx => format!("{:?}", gouji::read::xlsx::read(bytes).unwrap()),
    }
}

#[test]
fn the_copy_to_be_signed_by_pen_says_neither_draft_nor_unsigned_and_keeps_the_code() {
    let (form, draft) = v1();
    let book = export::book(form.report(&draft), None, made_on());
    let code = book.code.clone();
    for kind in FileKind::ALL {
        let office = text_of(kind, &export::file(kind, &book, &Fonts::default()).unwrap());
        let pen = text_of(kind, &export::file(kind, &book.clone().as_edition(Edition::Pen), &Fonts::default()).unwrap());
        assert!(office.contains("未签发") && pen.contains(&code), "{kind:?}");
        assert!(!pen.contains("未签发") && !pen.contains("草稿"), "{kind:?}");
    }
}

#[test]
fn the_copy_for_the_public_names_nobody_of_the_office() {
    let session = crate::review::signed();
    let book = export::book(session.report(), None, made_on());
    let by = book.approval.as_ref().unwrap().by.clone();
    for kind in FileKind::ALL {
        let office = text_of(kind, &export::file(kind, &book, &Fonts::default()).unwrap());
        let public = text_of(kind, &export::file(kind, &book.clone().as_edition(Edition::Public), &Fonts::default()).unwrap());
        assert!(office.contains(&by), "{kind:?}");
        assert!(!public.contains(&by) && public.contains(&book.code), "{kind:?}");
        for word in ["填报人", "审核人", "联系电话", "单位负责人（签字）"] {
            assert!(!public.contains(word), "{kind:?} {word}");
        }
    }
}

#[test]
fn the_copy_for_the_public_says_nothing_of_what_the_report_rests_on() {
    let (form, mut draft) = v1();
    let (unit, by, why) = ("教育局".to_owned(), "李文".to_owned(), "两局各计了一次".to_owned());
    let (from, to) = (Entry::Whole(31), Entry::Whole(7));
    let repair = Adjustment { time: "2026-02-03T09:00".parse().unwrap(), by, unit, key: "open.nat".into(), from, to, why };
    let register = OriginFile { name: "王科长的登记簿.xlsx".into(), sha256: "0".repeat(64).into(), sm3: "0".repeat(64).into() };
    let origin = Origin { files: vec![register], ..Origin::default() };
    let ground = Ground { moved: "由旧表移来".into(), origin, adjustments: vec![repair], ..Ground::default() };
    draft.apply(Edit::ground(ground));
    let book = export::book(form.report(&draft), None, made_on());
    let office = text_of(FileKind::Xlsx, &export::file(FileKind::Xlsx, &book, &Fonts::default()).unwrap());
    for kind in FileKind::ALL {
        let public = text_of(kind, &export::file(kind, &book.clone().as_edition(Edition::Public), &Fonts::default()).unwrap());
        for word in ["教育局", "李文", "两局各计了一次", "王科长", "由旧表移来"] {
            assert!(office.contains(word) && !public.contains(word), "{kind:?} {word}");
        }
        assert!(public.contains(&book.code), "{kind:?}");
    }
}

#[test]
fn a_copy_of_any_edition_is_known_again_and_a_changed_one_is_not() {
    let (form, draft) = v1();
    let book = export::book(form.report(&draft), None, made_on());
    let mut other = draft.clone();
    support::type_in(&form, &mut other, "new.nat", "1");
    let other = export::book(form.report(&other), None, made_on());
    for edition in Edition::ALL {
        for kind in FileKind::ALL {
            let copy = |book: &export::sheet::Book| export::file(kind, &book.clone().as_edition(edition), &Fonts::default()).unwrap();
            let same = export::against_copy(kind, &copy(&book), &book).unwrap();
            assert!(same.differences.is_empty(), "{edition:?} {kind:?}: {:?}", same.differences);
            let changed = export::against_copy(kind, &copy(&other), &book).unwrap();
            assert!(!changed.differences.is_empty(), "{edition:?} {kind:?}");
        }
    }
}

#[test]
fn the_command_line_writes_each_edition() {
    let folder = support::folder();
    let draft = support::new_draft(&folder, "报告.gouji", "某局", 2025, &support::case("v1-city-2025.txt"));
    for edition in Edition::ALL {
        let file = support::arg(&folder, &format!("{}.html", edition.code()));
        let said = gouji(&["export", &draft, "-o", &file, "--edition", edition.code()]);
        assert_eq!(said.code, 0, "{}", said.err);
        let page = std::fs::read_to_string(&file).unwrap();
        assert_eq!(page.contains("未签发"), edition != Edition::Pen, "{edition:?}");
    }
    assert_eq!(gouji(&["export", &draft, "-o", "x.html", "--edition", "other"]).code, 2);
}
