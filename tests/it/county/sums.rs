//! The sum of the parts is the whole, whatever the parts are, and a repair counts once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use gouji::county::{self, County, Wanted};
use gouji::model::{Adjustment, Draft, Entry};
use gouji::store::{self, RealDisk};
use jiff::civil::date;
use proptest::prelude::*;

use crate::support::{Dice, catalog, consistent, put};

fn opened(folder: &std::path::Path) -> County {
    let wanted = Wanted {
        paths: vec![folder.to_owned()],
        roster: None,
        agency: Some("某县人民政府".to_owned()),
        year: None,
        today: date(2026, 1, 22),
    };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

/// Bodies with figures that hang together, on disk; the same in memory.
fn laid(folder: &std::path::Path, seed: u64, num: usize) -> (Arc<gouji::form::Form>, Vec<Draft>) {
    let form = catalog().for_year(2025).unwrap();
    let mut dice = Dice(seed | 1);
    let drafts = (0..num).map(|place| {
        let mut draft = consistent(&form, &mut dice);
        (draft.agency, draft.year) = (format!("第{}局", place + 1), 2025);
        put(&folder.join(format!("{place:03}.gouji")), store::encode(form.report(&draft)).as_bytes());
        draft
    });
    let drafts = drafts.collect();
    (form, drafts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("GOUJI_LONG").is_some() { 1000 } else { 12 }))]

    #[test]
    fn the_sum_of_the_parts_is_the_whole_repairs_included(seed in any::<u64>(), num in 1..9_usize, by in 0..50_i64) {
        let folder = tempfile::tempdir().unwrap();
        let (form, drafts) = laid(folder.path(), seed, num);
        let mut truth: Vec<i128> =
            form.cells().map(|(cell, _)| drafts.iter().filter_map(|draft| draft.entry(cell).value()).map(i128::from).sum()).collect();
        let check = |truth: &[i128]| {
            let county = opened(folder.path());
            let sum = county.sum();
            for ((cell, spec), value) in county.form.cells().zip(truth) {
                assert_eq!(sum.value(cell), Some(*value), "{}", spec.key);
                let parts: i128 = county.behind(cell).iter().filter_map(|part| part.value).map(i128::from).sum();
                assert_eq!(parts, *value, "{}", spec.key);
            }
            let broken = county.findings.iter().filter(|finding| finding.rule == "R65").count();
            (county, broken)
        };
        let (county, broken) = check(&truth);
        assert_eq!(broken, 0, "sums of consistent parts are consistent");
        // A repair of one figure moves its cell by as much, and no other.
        let cell = form.cell_by_key("open.nat").unwrap();
        let from = drafts[0].entry(cell).clone();
        let to = Entry::Whole(from.value().unwrap() + by);
        let now = date(2026, 1, 22).at(9, 0, 0, 0);
        let unit = county.name(0).to_owned();
        let one = Adjustment { time: now, by: "李文".to_owned(), unit, key: "open.nat".into(), from, to, why: "两局各计了一次".to_owned() };
        county::add_adjustment(&RealDisk, folder.path(), &form, &one).unwrap();
        truth[cell.index()] += i128::from(by);
        let (_, broken) = check(&truth);
        prop_assert_eq!(broken > 0, by != 0, "a repair of one cell alone breaks its sums, and that is said");
    }
}

#[test]
fn a_repair_no_longer_counts_once_the_body_says_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let (form, drafts) = laid(folder.path(), 5, 2);
    let cell = form.cell_by_key("new.nat").unwrap();
    let (from, now) = (drafts[0].entry(cell).clone(), date(2026, 1, 22).at(9, 0, 0, 0));
    let to = Entry::Whole(from.value().unwrap() + 7);
    let one =
        Adjustment { time: now, by: String::new(), unit: "第1局".to_owned(), key: "new.nat".into(), from, to, why: "移交".to_owned() };
    county::add_adjustment(&RealDisk, folder.path(), &form, &one).unwrap();
    assert_eq!(opened(folder.path()).mended().len(), 1);
    let mut draft = drafts[0].clone();
    crate::support::type_in(&form, &mut draft, "new.nat", "99999");
    put(&folder.path().join("000.gouji"), store::encode(form.report(&draft)).as_bytes());
    let county = opened(folder.path());
    assert_eq!(county.mended().len(), 0);
    assert!(county.findings.iter().any(|finding| finding.message.contains("没有算")), "{:#?}", county.findings);
}
