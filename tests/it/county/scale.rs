//! How long a county, a province, the whole country takes: printed, never asserted. `GOUJI_SPEED=1 cargo test --release --test it
//! county::scale -- --nocapture` measures 300, 3 000 and 30 000 bodies, `GOUJI_SPEED=all` 300 000 too.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use gouji::county::{self, County, Wanted};
use gouji::store::{self, RealDisk};
use jiff::civil::date;

use super::set::{YEAR, dated, plain};
use crate::support::{catalog, folder, put};

fn opened(folder: &Path) -> County {
    let wanted =
        Wanted { paths: vec![folder.to_owned()], roster: None, agency: Some("某省".to_owned()), year: None, today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

/// Seconds that it takes, printed.
fn timed<T>(what: &str, num: usize, run: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let value = run();
    println!("{num:>7} bodies: {what:<34} {:>9.3} s", began.elapsed().as_secs_f64());
    value
}

/// The most memory this process has had, in megabytes; none where the system does not tell.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

#[test]
fn folders_of_growing_size() {
    let sizes: &[usize] = match std::env::var("GOUJI_SPEED").as_deref() {
        Ok("all") => &[300, 3_000, 30_000, 300_000],
        Ok(_) => &[300, 3_000, 30_000],
        Err(_) => &[40],
    };
    let form = catalog().for_year(YEAR).unwrap();
    let texts: Vec<String> = (0..40).map(|place| store::encode(&form, &plain(&form, place))).collect();
    for &num in sizes {
        let folder = folder();
        let at = date(2026, 1, 10).at(9, 0, 0, 0);
        for no in 0..num {
            // A thousand to a folder, as a province keeps its cities.
            let below = folder.path().join(format!("{:03}", no / 1000));
            if no % 1000 == 0 {
                std::fs::create_dir(&below).unwrap();
            }
            let text = &texts[no % texts.len()];
            let agency = text.lines().find(|line| line.trim_start().starts_with("agency:")).unwrap();
            let path = below.join(format!("{no:06}.gouji"));
            put(&path, text.replacen(agency, &format!("    agency: \"某市第{no}局\","), 1).as_bytes());
            if num <= 3_000 || no + 1 == num {
                dated(&path, at);
            }
        }
        if num > 3_000 {
            // Their own time of writing is too near for the index to be believed.
            std::thread::sleep(std::time::Duration::from_secs(4));
        }
        let first = timed("from the drafts, checked and summed", num, || {
            let county = opened(folder.path());
            (county.sum(), county.standings.len())
        });
        assert_eq!(first.1, num);
        let again = timed("from the index", num, || {
            let county = opened(folder.path());
            (county.sum(), county.standings.len())
        });
        assert_eq!(first, again);
        let path = folder.path().join("000/000000.gouji");
        let text = std::fs::read_to_string(&path).unwrap();
        put(&path, text.replacen("\"rev.other\": \"0\"", "\"rev.other\": \"9\"", 1).as_bytes());
        let changed = timed("one changed", num, || opened(folder.path()).sum());
        assert_ne!(changed, first.0);
        let county = opened(folder.path());
        let cell = form.cell_by_key("open.nat").unwrap();
        assert_eq!(timed("the bodies behind a cell", num, || county.behind(cell)).len(), num);
        if let Some(megabytes) = most_memory() {
            println!("{num:>7} bodies: at most {megabytes} MB");
        }
    }
}
