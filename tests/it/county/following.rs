//! A county that is open follows its folder: whatever came, went or was written again, it is what a fresh opening finds.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use gouji::county::{self, County, Wanted, What};
use gouji::store::{self, RealDisk};
use jiff::Span;
use jiff::civil::date;

use super::set::{self, dated, plain, signed};
use crate::support::{Dice, catalog, folder, put, type_in};

fn opened(folder: &Path) -> County {
    let wanted =
        Wanted { paths: vec![folder.to_owned()], roster: None, agency: Some("某县".to_owned()), year: None, today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

fn assert_same(county: &County, fresh: &County) {
    assert_eq!(county.taken, fresh.taken);
    assert_eq!(county.standings, fresh.standings);
    assert_eq!(county.findings, fresh.findings);
    assert_eq!(county.sum(), fresh.sum());
    assert_eq!((&county.refused, &county.strays, &county.roster), (&fresh.refused, &fresh.strays, &fresh.roster));
    assert_eq!((county.parent, county.parent_before), (fresh.parent, fresh.parent_before));
}

/// Does something to the folder, at random.
struct Meddler {
    dice: Dice,
    folder: PathBuf,
    minute: i64,
}

impl Meddler {
    fn lay(&mut self, name: &str, bytes: &[u8]) {
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        put(&path, bytes);
        self.minute += 1;
        dated(&path, date(2026, 1, 10).at(9, 0, 0, 0).checked_add(Span::new().minutes(self.minute)).unwrap());
    }

    /// A report of one of ten bodies, right or wrong in one way of several.
    fn report(&mut self) -> (i64, gouji::model::Draft) {
        let form = catalog().for_year(set::YEAR).unwrap();
        let place = i64::from(self.dice.roll(10)) + 1;
        let mut draft = plain(&form, place);
        let figure = self.dice.roll(90).to_string();
        match self.dice.roll(8) {
            0 => type_in(&form, &mut draft, "open.nat", &figure),
            1 => type_in(&form, &mut draft, "a8.fee.amount", "55000"),
            2 => type_in(&form, &mut draft, "new.sum", ""),
            // Another body's figures.
            3 => {
                let agency = std::mem::take(&mut draft.agency);
                draft = plain(&form, 3);
                draft.agency = agency;
            }
            4 => draft = signed(&form, draft),
            5 => ["某县", "教育厅", "青禾县公安", "某县人民政府"][self.dice.roll(4) as usize].clone_into(&mut draft.agency),
            _ => {
                type_in(&form, &mut draft, "a1.norm.made", &figure);
            }
        }
        (place, draft)
    }

    fn meddle(&mut self) {
        let form = catalog().for_year(set::YEAR).unwrap();
        let (place, mut draft) = self.report();
        let below = ["", "收件/", "甲/乙/"][self.dice.roll(3) as usize];
        let name = match self.dice.roll(9) {
            0 => format!("{below}{place} 第二稿.gouji"),
            1 => {
                draft.year = [2024, 2023, 2026][self.dice.roll(3) as usize];
                format!("{place} {}.gouji", draft.year)
            }
            2 => {
                std::fs::remove_file(self.folder.join(format!("{place}.gouji"))).ok();
                return;
            }
            3 => return self.lay(&format!("{place}.gouji"), b"nothing that can be read"),
            4 => format!("{below}{place}.gouji"),
            _ => format!("{place}.gouji"),
        };
        self.lay(&name, store::encode(form.report(&draft)).as_bytes());
    }
}

#[test]
fn after_every_change_the_open_county_is_what_a_fresh_opening_finds() {
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 1_000 } else { 40 };
    for (seed, has_roster) in [(5, true), (7, false)] {
        let folder = folder();
        let form = catalog().for_year(set::YEAR).unwrap();
        let mut hand = Meddler { dice: Dice(seed), folder: folder.path().to_owned(), minute: 0 };
        for place in 1..=8 {
            hand.lay(&format!("{place}.gouji"), store::encode(form.report(&plain(&form, place))).as_bytes());
        }
        hand.lay("青禾县人民政府.gouji", store::encode(form.report(&plain(&form, 0))).as_bytes());
        if has_roster {
            put(&folder.path().join("名册.csv"), set::roster().as_bytes());
            // What is written down of the bytes of a file counts before what stands in it.
            let sm3 = opened(folder.path()).taken[2].lying.sm3.to_string();
            let event = county::Event {
                time: date(2026, 1, 9).at(9, 0, 0, 0),
                what: What::Received,
                unit: "司法局".to_owned(),
                file: "3.gouji".to_owned(),
                sm3,
                code: String::new(),
                by: String::new(),
                note: String::new(),
            };
            let back =
                county::Event {
                    what: What::Returned, unit: "公安局".to_owned(), time: date(2026, 1, 10).at(9, 20, 0, 0), ..event.clone()
                };
            county::add_events(&RealDisk, folder.path(), &[event, back]).unwrap();
        }
        let mut county = opened(folder.path());
        let mut before = county::glance(&RealDisk, folder.path()).unwrap();
        let mut num_followed = 0;
        for _ in 0..num {
            for _ in 0..=hand.dice.roll(2) {
                hand.meddle();
            }
            let now = county::glance(&RealDisk, folder.path()).unwrap();
            let paths = now.since(&before).expect("no list was touched");
            let is_followed = county.renew(county::read_again(&RealDisk, folder.path(), &paths, &catalog()));
            let fresh = opened(folder.path());
            assert_eq!(is_followed, fresh.year == county.year);
            if is_followed {
                assert_same(&county, &fresh);
                num_followed += 1;
            }
            (county, before) = (if is_followed { county } else { fresh }, now);
        }
        assert!(num_followed > num / 2, "{num_followed} of {num}");
    }
}

#[test]
fn a_look_tells_what_came_went_and_was_written_and_that_a_list_was() {
    let folder = folder();
    let look = || county::glance(&RealDisk, folder.path()).unwrap();
    for name in ["a.gouji", "b/c.gouji", "b/d.gouji"] {
        std::fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        put(&folder.path().join(name), b"1");
    }
    let before = look();
    assert_eq!(look().since(&before), Some(Vec::new()));
    put(&folder.path().join("a.gouji"), b"22");
    std::fs::remove_file(folder.path().join("b/c.gouji")).unwrap();
    put(&folder.path().join("b/e.gouji"), b"1");
    // What the county makes itself is none of it.
    std::fs::create_dir(folder.path().join("汇总")).unwrap();
    put(&folder.path().join("汇总/汇总.gouji"), b"1");
    let paths = ["a.gouji", "b/c.gouji", "b/e.gouji"].map(PathBuf::from);
    assert_eq!(look().since(&before), Some(paths.to_vec()));
    put(&folder.path().join("名册.csv"), b"1");
    assert_eq!(look().since(&before), None);
}
