//! Faults of more kinds, each planted alone in a county that is right: named at its body, and nothing else is.

use std::path::Path;

use gouji::county::{self, County, What};
use gouji::form::Form;
use gouji::model::Draft;
use gouji::store::{self, RealDisk};
use jiff::civil::date;

use super::set::{self, Set, lay, plain};
use super::{found, opened};
use crate::support::{Published, put, type_in};

/// A county of 45 in which nothing is wrong: the body run from above is off the roster, everyone is in, no two alike.
fn right() -> Set {
    let folder = tempfile::tempdir().unwrap();
    let form = crate::support::catalog().for_year(set::YEAR).unwrap();
    put(&folder.path().join("名册.csv"), set::roster_without("税务").as_bytes());
    for (place, name) in set::NAMES.iter().enumerate().filter(|(_, name)| !name.contains("税务")) {
        lay(folder.path(), name, 0, &form, &plain(&form, i64::try_from(place).unwrap()), date(2026, 1, 10).at(9, 0, 0, 0));
    }
    Set { folder, form, true_drafts: std::collections::BTreeMap::new() }
}

fn place_of(name: &str) -> i64 {
    i64::try_from(set::NAMES.iter().position(|other| *other == name).unwrap()).unwrap()
}

/// Lays a report in the place of the one that a body sent.
fn lay_anew(set: &Set, name: &str, draft: &Draft) {
    lay(set.folder.path(), name, 0, &set.form, draft, date(2026, 1, 11).at(9, 0, 0, 0));
}

/// Bodies that break rules of their own form.
fn broken(county: &County) -> Vec<&str> {
    let is_broken = |place: &usize| county.counted(*place).is_some_and(|taken| taken.counts.error > 0);
    (0..county.standings.len()).filter(is_broken).map(|place| county.name(place)).collect()
}

fn value(form: &Form, draft: &Draft, key: &str) -> i64 {
    draft.entry(form.cell_by_key(key).unwrap()).value().unwrap()
}

#[test]
fn a_right_county_has_no_finding() {
    let county = opened(&right());
    assert!(county.findings.is_empty() && broken(&county).is_empty(), "{:#?}", county.findings);
    assert!(county.sum().is_whole());
}

/// What is typed wrong in 民政局's report, and whether its own rules see it.
#[test]
fn slips_of_typing_are_named_at_the_body_and_in_the_sum() {
    type Plant = fn(&Form, &mut Draft);
    let plants: [(&str, Plant); 5] = [
        ("neighbours exchanged", |form, draft| {
            let (a, b) = (value(form, draft, "open.nat"), value(form, draft, "open.biz"));
            type_in(form, draft, "open.nat", &b.to_string());
            type_in(form, draft, "open.biz", &a.to_string());
        }),
        ("ten times too large", |form, draft| type_in(form, draft, "new.nat", &(value(form, draft, "new.nat") * 10).to_string())),
        ("two digits exchanged", |form, draft| type_in(form, draft, "new.nat", "23")),
        ("a column shifted to the right", |form, draft| {
            for row in ["new", "open", "unable1", "noproc1", "carry_out"] {
                let figure = value(form, draft, &format!("{row}.nat"));
                type_in(form, draft, &format!("{row}.nat"), "0");
                let beside = value(form, draft, &format!("{row}.biz"));
                type_in(form, draft, &format!("{row}.biz"), &(figure + beside).to_string());
            }
        }),
        ("a total left from before", |form, draft| type_in(form, draft, "total.sum", "7")),
    ];
    for (what, plant) in plants {
        let set = right();
        let mut draft = plain(&set.form, place_of("民政局"));
        plant(&set.form, &mut draft);
        lay_anew(&set, "民政局", &draft);
        let county = opened(&set);
        assert_eq!(broken(&county), ["民政局"], "{what}");
        let others: Vec<_> = found(&county).into_iter().filter(|(_, rule)| rule != "R65").collect();
        assert!(others.is_empty(), "{what}: {others:?}");
        let sum: Vec<&str> = county.findings.iter().map(|finding| &*finding.message).collect();
        assert!(!sum.is_empty() && sum.iter().all(|words| words.contains("差在 民政局")), "{what}: {sum:#?}");
        let place = county.place_of("民政局").unwrap();
        let letter = county.letter(&RealDisk, set.folder.path(), place, None, &crate::support::catalog()).unwrap();
        assert!(letter.paragraphs.len() > 2, "{what}: {letter:?}");
    }
}

#[test]
fn the_report_of_another_year_is_no_report_and_is_named() {
    for year in [2024, 2026] {
        let set = right();
        let mut draft = plain(&set.form, place_of("民政局"));
        draft.year = year;
        lay_anew(&set, "民政局", &draft);
        let county = opened(&set);
        assert_eq!(found(&county), [("民政局".to_owned(), "R62".to_owned())].into(), "{year}");
        assert!(county.findings[0].message.contains(&format!("{year} 年度")), "{}", county.findings[0].message);
        assert!(!county.sum().is_whole());
    }
}

#[test]
fn one_report_under_two_names_is_named_at_both() {
    // The very same file, under another body's file name: that body has sent none.
    let set = right();
    let copy = set.folder.path().join("民政局.gouji");
    std::fs::copy(set.folder.path().join("司法局.gouji"), &copy).unwrap();
    set::dated(&copy, date(2026, 1, 11).at(8, 0, 0, 0));
    let county = opened(&set);
    assert_eq!(found(&county), [("民政局".to_owned(), "R62".to_owned())].into(), "{:#?}", county.findings);
    // Another body's figures under its own name.
    let mut draft = plain(&set.form, place_of("司法局"));
    draft.agency = "青禾县民政局".to_owned();
    lay_anew(&set, "民政局", &draft);
    let twins = [("司法局".to_owned(), "C02".to_owned()), ("民政局".to_owned(), "C02".to_owned())];
    let county = opened(&set);
    assert_eq!(found(&county), twins.into(), "{:#?}", county.findings);
    // Bodies with hardly anything are alike by chance.
    for name in ["民政局", "司法局"] {
        let mut empty = plain(&set.form, 0);
        empty.agency = format!("青禾县{name}");
        for cell in &set.form.cells {
            type_in(&set.form, &mut empty, &cell.key, "0");
        }
        lay_anew(&set, name, &empty);
    }
    assert!(opened(&set).findings.is_empty(), "{:#?}", opened(&set).findings);
}

#[test]
fn a_name_with_brackets_is_asked_with_the_body_first() {
    let set = right();
    let mut draft = plain(&set.form, place_of("城市管理局"));
    draft.agency = "青禾县城市管理局（综合行政执法局）".to_owned();
    lay_anew(&set, "城市管理局", &draft);
    let county = opened(&set);
    assert_eq!(county.strays.len(), 1);
    assert_eq!(county.strays[0].likely.first().map(|place| county.name(*place)), Some("城市管理局"));
}

fn received(folder: &Path, code: &str) {
    let event = county::Event {
        time: date(2026, 1, 10).at(9, 30, 0, 0),
        what: What::Received,
        unit: "司法局".to_owned(),
        file: "司法局.gouji".to_owned(),
        sm3: "00".to_owned(),
        code: code.to_owned(),
        by: "李文".to_owned(),
        note: String::new(),
    };
    county::add_events(&RealDisk, folder, &[event]).unwrap();
}

/// The county's half of what makes a log visible that was taken out or written anew: the code that it wrote down.
#[test]
fn a_signed_report_that_was_exchanged_is_seen_by_what_the_county_wrote_down() {
    let set = right();
    let path = set.folder.path().join("司法局.gouji");
    let unsigned = plain(&set.form, place_of("司法局"));
    let signed = set::signed(&set.form, unsigned.clone());
    put(&path, store::encode(set.form.report(&signed)).as_bytes());
    set::dated(&path, date(2026, 1, 10).at(9, 0, 0, 0));
    let county = opened(&set);
    let place = county.place_of("司法局").unwrap();
    let code = county.counted(place).unwrap().code.clone();
    assert!(!code.is_empty());
    received(set.folder.path(), &code);
    assert!(opened(&set).findings.is_empty(), "it is what was received");
    // The log is taken out; then the report is changed and signed anew from the beginning.
    let mut other = unsigned.clone();
    type_in(&set.form, &mut other, "a1.norm.repealed", "1");
    for (draft, words) in [(unsigned, "没有签发"), (set::signed(&set.form, other), "重新做过")] {
        put(&path, store::encode(set.form.report(&draft)).as_bytes());
        set::dated(&path, date(2026, 1, 12).at(9, 0, 0, 0));
        let county = opened(&set);
        assert_eq!(found(&county), [("司法局".to_owned(), "R67".to_owned())].into(), "{:#?}", county.findings);
        assert!(county.findings[0].message.contains(words) && county.findings[0].message.contains(&code), "{:?}", county.findings);
    }
}

/// Every sum of the form holds; last year's report tells.
#[test]
fn two_columns_in_each_others_place_are_seen_by_last_years_report() {
    let set = right();
    let mut last = plain(&set.form, place_of("民政局"));
    last.year = set::YEAR - 1;
    type_in(&set.form, &mut last, "rev.upheld", "1");
    lay(set.folder.path(), "民政局 2024", 0, &set.form, &last, date(2025, 1, 11).at(9, 0, 0, 0));
    assert!(opened(&set).findings.is_empty(), "two usual years: {:#?}", opened(&set).findings);
    let mut draft = plain(&set.form, place_of("民政局"));
    let columns = ["nat", "biz"].map(|column| -> Vec<String> {
        let keys = set.form.cells.iter().map(|cell| cell.key.to_string());
        keys.filter(|key| key.ends_with(&format!(".{column}"))).collect()
    });
    for (one, other) in columns[0].iter().zip(&columns[1]) {
        let (a, b) = (value(&set.form, &draft, one), value(&set.form, &draft, other));
        type_in(&set.form, &mut draft, one, &b.to_string());
        type_in(&set.form, &mut draft, other, &a.to_string());
    }
    lay_anew(&set, "民政局", &draft);
    let county = opened(&set);
    assert_eq!(found(&county), [("民政局".to_owned(), "C03".to_owned())].into(), "{:#?}", county.findings);
    assert!(broken(&county).is_empty());
    let words = &county.findings[0].message;
    assert!(words.contains("表三 自然人") && words.contains("表三 商业企业"), "{words}");
    let letter = county.letter(&RealDisk, set.folder.path(), county.place_of("民政局").unwrap(), None, &crate::support::catalog()).unwrap();
    assert!(letter.paragraphs.iter().any(|words| words.contains("整列填反")), "{letter:?}");
}

/// Real years of real bodies, every two of them in both directions: none is taken for exchanged columns.
#[test]
fn no_two_real_years_are_taken_for_exchanged_columns() {
    let form = crate::support::catalog().for_year(set::YEAR).unwrap();
    let columns = county::Columns::of(&form);
    let all = crate::years::everything();
    let figures = |report: &Published| {
        let figures = crate::years::figures(report);
        county::Figures::of(form.cells().map(|(_, cell)| figures.get(&*cell.key).copied()))
    };
    let mut num = 0;
    for (place, one) in all.iter().enumerate() {
        for other in all.iter().skip(place + 1).filter(|other| other.agency == one.agency && other.year != one.year) {
            num += 1;
            let (one, other) = (figures(one), figures(other));
            assert_eq!((columns.exchanged(&one, &other), columns.exchanged(&other, &one)), (None, None));
        }
    }
    println!("{num} pairs of real years");
    assert!(num >= 4);
}
