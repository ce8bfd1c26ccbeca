//! What does not fit simply: the older form, another year, no year, the county's own report beside its bodies', documents of several.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use gouji::county::{self, County, Wanted};
use gouji::export::{self, FileKind, Fonts};
use gouji::model::{Draft, Entry};
use gouji::store::{self, RealDisk};
use jiff::civil::date;

use super::set::{YEAR, dated, plain};
use crate::support::{catalog, put, type_in};

fn opened(folder: &Path, agency: &str) -> County {
    let agency = Some(agency.to_owned()).filter(|agency| !agency.is_empty());
    let wanted = Wanted { paths: vec![folder.to_owned()], roster: None, agency, year: None, today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

fn unit(folder: &Path, name: &str, place: i64) -> Draft {
    let form = catalog().for_year(YEAR).unwrap();
    let mut draft = plain(&form, place);
    name.clone_into(&mut draft.agency);
    let path = folder.join(format!("{name}.gouji"));
    put(&path, store::encode(form.report(&draft)).as_bytes());
    dated(&path, date(2026, 1, 12).at(9, 0, 0, 0));
    draft
}

#[test]
fn a_report_on_the_older_form_is_moved_and_what_has_no_place_there_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    unit(folder.path(), "甲局", 1);
    let old = catalog().for_year(2020).unwrap();
    let mut draft = old.draft("某县水利局".to_owned(), 2025);
    for cell in &old.cells {
        type_in(&old, &mut draft, &cell.key, if cell.key.starts_with("a9.procure.amount") { "0元" } else { "0" });
    }
    type_in(&old, &mut draft, "new.nat", "4");
    let book = export::book(old.report(&draft), None, date(2026, 1, 12));
    put(&folder.path().join("某县水利局.html"), &export::file(FileKind::Html, &book, &Fonts::default()).unwrap());
    let county = opened(folder.path(), "");
    let place = county.place_of("某县水利局").unwrap();
    let taken = county.counted(place).unwrap();
    assert_eq!(&*taken.form, "F2019");
    let figure = |key: &str| taken.figures.get(county.form.cell_by_key(key).unwrap().index());
    assert_eq!((figure("new.nat"), figure("other1.nat")), (Some(4), None));
    let finding = county.findings_of(place).find(|finding| finding.rule == "R61").expect("what is blank is asked for");
    assert!(finding.is_waiting && finding.message.contains("F2019"), "{}", finding.message);
    let sum = county.sum();
    assert_eq!(sum.value(county.form.cell_by_key("other1.nat").unwrap()), None);
    assert!(sum.value(county.form.cell_by_key("new.nat").unwrap()).is_some());
}

#[test]
fn the_countys_own_report_is_held_against_its_bodies_and_last_years_is_last_years() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (unit(folder.path(), "甲局", 1), unit(folder.path(), "乙局", 2));
    let form = catalog().for_year(YEAR).unwrap();
    let mut parent = form.draft("某县人民政府".to_owned(), YEAR);
    for (cell, spec) in form.cells() {
        let value = one.entry(cell).value().unwrap() + other.entry(cell).value().unwrap();
        parent.apply(gouji::model::Edit::cell(cell, Entry::of_value(spec.kind, value)));
    }
    type_in(&form, &mut parent, "open.nat", "28");
    put(&folder.path().join("县.gouji"), store::encode(form.report(&parent)).as_bytes());
    let mut before = plain(&form, 1);
    "甲局".clone_into(&mut before.agency);
    before.year = 2024;
    type_in(&form, &mut before, "open.nat", "2");
    put(&folder.path().join("甲局2024.gouji"), store::encode(form.report(&before)).as_bytes());
    let county = opened(folder.path(), "某县人民政府");
    assert_eq!((county.year, county.standings.len(), county.parent.is_some()), (2025, 2, true));
    let broken: Vec<_> = county.findings.iter().filter(|finding| finding.rule == "R61").collect();
    assert_eq!(broken.len(), 1, "{broken:#?}");
    assert!(broken[0].message.contains("报告填 28，各单位之和 27，相差 1"), "{}", broken[0].message);
    let cell = form.cell_by_key("open.nat").unwrap();
    let parts = county.behind(cell);
    assert_eq!((county.name(parts[0].unit), parts[0].last, &parts[0].odd), ("甲局", Some(2), &Some(county::Odd::Jump)));
}

#[test]
fn a_document_of_two_bodies_is_counted_once_and_lines_that_say_nothing_are_told() {
    let folder = tempfile::tempdir().unwrap();
    unit(folder.path(), "甲局", 1);
    unit(folder.path(), "乙局", 2);
    put(&folder.path().join("文号.csv"), "单位,文号\n甲局,青规〔2025〕3号\n乙局,青规〔2025〕3号\n乙局,青规〔2025〕4号\n".as_bytes());
    put(&folder.path().join("调整.csv"), "时间,经手,单位,代号,格,原数,改为,理由\n昨天,李文,甲局,new.nat,,1,2,\n".as_bytes());
    let county = opened(folder.path(), "");
    let found: BTreeSet<&str> = county.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(found, BTreeSet::from(["R64"]), "{:#?}", county.findings);
    assert!(county.findings[0].message.contains("青规〔2025〕3号") && !county.findings[0].message.contains("4号"));
    assert_eq!(county.journal.problems, ["调整.csv 第 2 行看不懂，没有用上"]);
}
