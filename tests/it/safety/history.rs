//! Earlier saves, the second folder, settings.

use gouji::store::{self, Settings, StoreError, To};
use jiff::{SignedDuration, Timestamp};

use super::{load, new_keeper, now, real_home, save, states, time};
use crate::support::{catalog, folder, names, put};

#[test]
fn thinning_keeps_the_last_hour_hours_days_and_months() {
    let now = time();
    let ages = |minutes: &[i64]| -> Vec<Timestamp> { minutes.iter().rev().map(|age| now - SignedDuration::from_mins(*age)).collect() };
    let kept = |times: &[Timestamp]| -> Vec<Timestamp> {
        let gone = store::superfluous(times, now);
        times.iter().enumerate().filter(|(place, _)| !gone.contains(place)).map(|(_, time)| *time).collect()
    };
    assert_eq!(kept(&[]), []);
    let hour = ages(&(0..60).collect::<Vec<_>>());
    assert_eq!(kept(&hour), hour, "all of the last hour");
    // Two years, a save every ten minutes.
    let all = ages(&(0..2 * 365 * 24 * 6).map(|no| no * 10).collect::<Vec<_>>());
    let left = kept(&all);
    assert!(left.len() <= 60, "{}", left.len());
    assert_eq!(left.last(), all.last(), "the newest stays");
    let younger = |hours: i64| left.iter().filter(|time| now.duration_since(**time) < SignedDuration::from_hours(hours)).count();
    assert!(younger(1) >= 5 && younger(24) >= 20 && younger(31 * 24) >= 30, "{} {} {}", younger(1), younger(24), younger(31 * 24));
    assert_eq!(kept(&left), left, "thinning twice gives up no more");
    // A clock that was a year ahead.
    let mut odd = ages(&[-525_600, 0, 10]);
    odd.sort();
    assert_eq!(kept(&odd), odd);
}

#[test]
fn earlier_saves_are_listed_with_what_changed_and_restored_as_a_copy() {
    let folder = folder();
    let home = real_home(&folder);
    let states = states().1;
    let path = folder.path().join("年报.gouji");
    let mut keeper = new_keeper(&home);
    for (minutes, state) in (0..).zip([0, 1, 1, 2]) {
        let now = now() + SignedDuration::from_mins(minutes);
        keeper.order(To::File(path.clone()), &states[state]).perform(&now).unwrap();
    }
    let listed = store::generations(&home, &path, &catalog()).unwrap();
    let changed = |no: usize| listed[no].changed.map(|changed| (changed.num_cells, changed.num_chapters));
    assert_eq!(listed.len(), 3, "the same state twice is one");
    assert_eq!((changed(0), changed(1), changed(2)), (None, Some((1, 1)), Some((2, 0))));
    assert_eq!(load(&listed[2].file), states[0]);
    let copy = store::restore_copy(&home, &listed[2], &path, &catalog()).unwrap();
    let again = store::restore_copy(&home, &listed[2], &path, &catalog()).unwrap();
    assert!(copy != again && load(&copy) == states[0] && load(&again) == states[0] && load(&path) == states[2]);
    assert!(copy.file_name().unwrap().to_str().unwrap().starts_with("年报（2026-01-30 "), "{}", copy.display());
    put(&listed[2].file, b"(");
    assert!(matches!(store::restore_copy(&home, &listed[2], &path, &catalog()), Err(StoreError::Damaged { .. })));
}

#[test]
fn each_save_is_copied_to_the_second_folder_and_a_missing_one_only_warned_of() {
    let folder = folder();
    let home = real_home(&folder);
    let (usb, path) = (folder.path().join("U盘"), folder.path().join("年报.gouji"));
    std::fs::create_dir(&usb).unwrap();
    Settings { second_folder: Some(usb.clone()), ..Settings::default() }.save(&home).unwrap();
    let states = states().1;
    let mut keeper = new_keeper(&home);
    for state in &states[..2] {
        save(&mut keeper, To::File(path.clone()), state).unwrap();
    }
    assert_eq!(names(&usb), ["年报（2026-01-30 14时03分 2）.gouji", "年报（2026-01-30 14时03分）.gouji"]);
    std::fs::remove_dir_all(&usb).unwrap();
    let saved = keeper.order(To::File(path.clone()), &states[2]).perform(&now()).unwrap();
    assert!(saved.warnings.len() == 1 && saved.warnings[0].contains("草稿已经保存"), "{:?}", saved.warnings);
    assert_eq!((load(&path), usb.exists()), (states[2].clone(), false));
}

#[test]
fn settings_come_back_and_unreadable_ones_are_left_alone() {
    let folder = folder();
    let home = real_home(&folder);
    assert_eq!(Settings::load(&home).unwrap(), Settings::default());
    let set = Settings { second_folder: Some("E:\\备份".into()), look: store::Look::Dark, zoom: 150, ..Settings::default() };
    set.save(&home).unwrap();
    assert_eq!(Settings::load(&home).unwrap(), set);
    for text in ["(format: 2, settings: (colour: 3))", "(", "\u{0}", ""] {
        put(&home.settings(), text.as_bytes());
        let message = Settings::load(&home).unwrap_err().to_string();
        assert!(message.contains("settings.ron") && set.save(&home).is_err(), "{message}");
        assert_eq!(std::fs::read(home.settings()).unwrap(), text.as_bytes());
    }
}
