//! A county: 45 bodies with planted faults, each named at its body and in the sum, and nothing else.

mod adjusted;
mod following;
mod keeping;
mod mixed;
mod names;
mod out;
mod planted;
#[cfg(all(unix, not(target_os = "macos")))]
mod real_week;
mod scale;
pub mod set;
mod sums;
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use gouji::county::{self, County, Need, Wanted};
use gouji::model::Kind;
use gouji::store::RealDisk;
use jiff::civil::date;
use serde_json::Value;

use crate::support::{arg, catalog, gouji};
use set::{NAMES, Set};

/// The county as it stands on 22 January.
pub fn opened(set: &Set) -> County {
    let wanted = Wanted { paths: vec![set.folder.path().to_owned()], roster: None, agency: None, year: None, today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

/// Body and rule of everything that is found.
pub fn found(county: &County) -> BTreeSet<(String, String)> {
    let name = |unit: Option<usize>| unit.map_or("全县", |unit| county.name(unit)).to_owned();
    county.findings.iter().map(|finding| (name(finding.unit), finding.rule.to_owned())).collect()
}

#[test]
fn every_planted_fault_is_named_at_its_body_and_nothing_else() {
    let set = set::county();
    let county = opened(&set);
    assert!(county.refused.is_empty() && county.strays.is_empty(), "{:?} {:?}", county.refused, county.strays);
    assert_eq!(county.agency, "青禾县人民政府");
    assert_eq!((county.standings.len(), county.year), (45, 2025));
    let expected = [
        ("国家税务总局青禾县税务局", "R63"),
        ("水利局", "R62"),
        ("审计局", "R61"),
        ("卫生健康局", "R67"),
        ("司法局", "R67"),
        ("农业农村局", "R69"),
        ("住房和城乡建设局", "C01"),
        ("全县", "R65"),
    ];
    let expected: BTreeSet<(String, String)> = expected.map(|(unit, rule)| (unit.to_owned(), rule.to_owned())).into();
    assert_eq!(found(&county), expected, "{:#?}", county.findings);
    let needs: BTreeMap<&str, Option<Need>> =
        county.standings.iter().enumerate().map(|(place, standing)| (county.name(place), standing.need)).collect();
    for name in NAMES {
        let need = match name {
            "教育局" | "公安局" | "司法局" | "审计局" => Some(Need::Wrong),
            "住房和城乡建设局" | "卫生健康局" => Some(Need::Look),
            "水利局" => Some(Need::Overdue),
            "国家税务总局青禾县税务局" => None,
            _ => Some(Need::Ready),
        };
        let place = county.place_of(name).unwrap();
        assert_eq!(needs[name], need, "{name}: {:?}", county.faults_of(place));
    }
    // The sum says whose report breaks it.
    let broken: Vec<&str> = county.findings.iter().filter(|finding| finding.rule == "R65").map(|finding| &*finding.message).collect();
    assert!(
        broken.iter().all(|words| ["教育局", "公安局", "司法局"].iter().any(|name| words.contains(&format!("差在 {name}")))),
        "{broken:#?}"
    );
    let two = county.findings.iter().find(|finding| finding.rule == "R67" && county.name(finding.unit.unwrap()) == "卫生健康局").unwrap();
    assert!(two.message.contains("26 → 30") && two.message.contains("卫生健康局第二稿"), "{}", two.message);
}

#[test]
fn the_sum_is_that_of_an_independent_reckoning_and_stands_only_when_all_are_in() {
    let set = set::county();
    let check = |county: &County, is_whole: bool| {
        let sum = county.sum();
        assert_eq!(sum.is_whole(), is_whole);
        let truth = set.true_sum();
        for (cell, spec) in county.form.cells() {
            let expected = truth[&*spec.key].map(i128::from);
            assert_eq!(sum.so_far(cell), expected, "{}", spec.key);
            assert_eq!(sum.value(cell), expected.filter(|_| is_whole), "{}", spec.key);
        }
        assert!(truth.values().any(Option::is_none) && truth.values().any(Option::is_some));
    };
    check(&opened(&set), false);
    // The roster without the body that is missing: everyone is in.
    crate::support::put(&set.folder.path().join("名册.csv"), set::roster_without("水利局").as_bytes());
    check(&opened(&set), true);
}

#[test]
fn the_command_line_tells_sum_missing_and_who_is_behind_a_cell() {
    let set = set::county();
    let folder = set.folder.path().to_str().unwrap().to_owned();
    let out = tempfile::tempdir().unwrap();
    let list = arg(&out, "汇总.csv");
    let said = gouji(&["merge", &folder, "-o", &list, "--cell", "open.sum", "--format", "json"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let value: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(value["missing"], serde_json::json!(["水利局"]));
    assert_eq!(value["assessable"], false);
    assert!(value["sum"].as_object().unwrap().values().all(Value::is_null));
    let truth = set.true_sum();
    for (key, figure) in value["so_far"].as_object().unwrap() {
        let is_money = matches!(set.form.cell(set.form.cell_by_key(key).unwrap()).kind, Kind::Money(_));
        match (truth[key], is_money) {
            (None, _) => assert!(figure.is_null(), "{key}"),
            (Some(fen), true) => assert_eq!(figure.as_str().unwrap(), format!("{}.{:02}", fen / 100, fen % 100), "{key}"),
            (Some(count), false) => assert_eq!(figure.as_i64(), Some(count), "{key}"),
        }
    }
    let units = value["cell"]["units"].as_array().unwrap();
    assert_eq!(units.len(), 43);
    let first: Vec<&str> = units.iter().take(3).map(|unit| unit["unit"].as_str().unwrap()).collect();
    assert_eq!(first.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from(["教育局", "公安局", "审计局"]), "{units:#?}");
    let rows = std::fs::read_to_string(&list).unwrap();
    assert_eq!(rows.lines().count(), 46, "a head, 44 bodies that are expected, the sums");
    // No sum stands, so there is no draft to go on with.
    let draft = arg(&out, "汇总.gouji");
    let said = gouji(&["merge", &folder, "-o", &draft]);
    assert!(said.code == 2 && said.err.contains("没有写草稿") && !std::path::Path::new(&draft).exists(), "{}", said.err);
    assert!(said.out.contains("逾期未报　水利局"), "{}", said.out);
}
