//! What a county keeps: copies as they came, what passed, an index that is never believed where it may be wrong.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use gouji::county::{self, Reading, What, Whose};
use gouji::store::{self, RealDisk};
use jiff::civil::date;

use super::opened;
use super::set::{self, YEAR, lay, plain};
use crate::disks::Meddled;
use crate::support::{Dice, catalog, names, put, type_in};

fn read(folder: &Path) -> Reading {
    county::read(&RealDisk, Some(folder), &[folder.to_owned()], &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

#[test]
fn only_what_changed_is_read_again_and_an_index_that_may_be_wrong_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let form = catalog().for_year(YEAR).unwrap();
    let at = date(2026, 1, 10).at(9, 0, 0, 0);
    let paths: Vec<_> = (0..8)
        .map(|place| lay(folder.path(), &format!("{place}"), place, &form, &plain(&form, i64::try_from(place).unwrap()), at))
        .collect();
    let first = read(folder.path());
    assert_eq!((first.taken.len(), first.num_fresh), (8, 8));
    let again = read(folder.path());
    assert_eq!((&again.taken, again.num_fresh), (&first.taken, 0));
    // One changed, one gone, one more.
    let mut draft = plain(&form, 0);
    type_in(&form, &mut draft, "rev.other", "5");
    put(&paths[0], store::encode(form.report(&draft)).as_bytes());
    std::fs::remove_file(&paths[2]).unwrap();
    lay(folder.path(), "新", 0, &form, &plain(&form, 9), at);
    let changed = read(folder.path());
    assert_eq!((changed.taken.len(), changed.num_fresh), (8, 2));
    let fresh = {
        std::fs::remove_file(folder.path().join(".gouji-county")).unwrap();
        read(folder.path())
    };
    assert_eq!(fresh.taken, changed.taken, "with and without an index the same is read");
    // Damaged at any place it is no index, and nothing else happens.
    let index = std::fs::read(folder.path().join(".gouji-county")).unwrap();
    let mut dice = Dice(3);
    for _ in 0..if std::env::var_os("GOUJI_LONG").is_some() { 200 } else { 6 } {
        let mut bytes = index.clone();
        let place = dice.roll(u32::try_from(bytes.len()).unwrap()) as usize;
        bytes[place] ^= 1 << dice.roll(8);
        put(&folder.path().join(".gouji-county"), &bytes);
        assert_eq!(read(folder.path()).taken, fresh.taken);
    }
    put(&folder.path().join(".gouji-county"), &index[..index.len() / 2]);
    assert_eq!(read(folder.path()).taken, fresh.taken);
}

/// Files come, change and go at random; what the index makes of it is what a reading without one is.
#[test]
fn an_index_that_is_added_to_knows_what_a_fresh_reading_knows() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join(".gouji-county");
    let form = catalog().for_year(YEAR).unwrap();
    let texts: Vec<String> = (0..3).map(|place| store::encode(form.report(&plain(&form, place)))).collect();
    let mut dice = Dice(11);
    let mut minute = 0;
    let mut lay = |dice: &mut Dice| {
        let path = folder.path().join(["", "甲市", "甲市/乙县"][dice.roll(3) as usize]).join(format!("{}.gouji", dice.roll(40)));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        put(&path, texts[dice.roll(3) as usize].as_bytes());
        minute += 1;
        set::dated(&path, date(2026, 1, 10).at(9, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute)).unwrap());
        path
    };
    for _ in 0..30 {
        lay(&mut dice);
    }
    let (mut num_read, mut num_added, mut num_laid) = (0, 0, 30);
    for _ in 0..if std::env::var_os("GOUJI_LONG").is_some() { 300 } else { 25 } {
        let before = std::fs::read(&index).unwrap_or_default();
        for _ in 0..dice.roll(3) {
            let path = lay(&mut dice);
            num_laid += 1;
            if dice.roll(4) == 0 {
                std::fs::remove_file(path).unwrap();
            }
        }
        let reading = read(folder.path());
        num_read += reading.num_fresh;
        let after = std::fs::read(&index).unwrap();
        num_added += usize::from(after.len() > before.len() && after.starts_with(&before) && !before.is_empty());
        let without = county::read(&RealDisk, None, &[folder.path().to_owned()], &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap();
        let lies = |taken: &county::Taken| {
            (taken.lying.path.file_name().unwrap().to_owned(), taken.lying.sm3, taken.figures.clone(), taken.lying.modified)
        };
        assert_eq!(reading.taken.iter().map(lies).collect::<Vec<_>>(), without.taken.iter().map(lies).collect::<Vec<_>>());
    }
    assert!(num_read <= num_laid, "nothing is read twice: {num_read} of {num_laid}");
    assert!(num_added > 5, "what changes is added: {num_added}");
}

#[test]
fn killed_at_any_moment_of_taking_in_the_folder_is_whole_and_nothing_is_taken_twice() {
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 300 } else { 30 };
    let set = set::county();
    let folder = set.folder.path();
    let county = opened(&set);
    let elsewhere = tempfile::tempdir().unwrap();
    let mut draft = plain(&set.form, 4);
    type_in(&set.form, &mut draft, "rev.other", "0");
    let path = lay(elsewhere.path(), "报告", 0, &set.form, &draft, date(2026, 1, 21).at(9, 0, 0, 0));
    let file = county::look_at(&RealDisk, &county, &path, &catalog()).unwrap();
    assert_eq!(file.whose, Whose::Sure(county.place_of("水利局").unwrap()));
    let now = date(2026, 1, 22).at(9, 30, 0, 0);
    let bytes = std::fs::read(&path).unwrap();
    for stop in 0..num {
        // From its n-th operation on the disk does nothing any more, as after a kill; half of a write may be there.
        let disk = Meddled::before(move |done, _| if done >= stop { Err(std::io::ErrorKind::Interrupted.into()) } else { Ok(()) });
        let done = county::take_in(&disk, folder, "水利局", &file, "李文", now);
        let inbox = folder.join("收件/水利局");
        let kept: Vec<String> = if inbox.is_dir() { names(&inbox) } else { Vec::new() };
        let kept: Vec<String> = kept.into_iter().filter(|name| !name.starts_with('.')).collect();
        assert!(kept.len() <= 1, "{kept:?}");
        for name in &kept {
            assert_eq!(std::fs::read(inbox.join(name)).unwrap(), bytes, "a copy is whole or not there");
        }
        let journal = opened(&set).journal;
        assert!(journal.problems.is_empty(), "{:?}", journal.problems);
        assert_eq!(journal.events.len(), usize::from(!journal.events.is_empty()), "once");
        assert!(done.is_err() || journal.events.len() == 1);
    }
    county::take_in(&RealDisk, folder, "水利局", &file, "李文", now).unwrap();
    county::take_in(&RealDisk, folder, "水利局", &file, "李文", now).unwrap();
    let county = opened(&set);
    assert_eq!(county.journal.events.iter().filter(|event| event.what == What::Received).count(), 1);
    let place = county.place_of("水利局").unwrap();
    assert_eq!(county.standings[place].copies.len(), 1);
    assert!(county.findings_of(place).all(|finding| finding.rule == "R69"), "it came on the 22nd: {:?}", county.findings);
}

/// Where the child that takes files in is told to do so: the county's folder and that of the files, one below the other.
const CHILD: &str = "GOUJI_TEST_TAKES_IN";

/// Is no test by itself: another process that takes files in and writes the sum, to be killed.
#[test]
fn child_that_takes_in() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    take_all_in(Path::new(&folder), |what| println!("{what}"));
}

/// Takes every file below `files` in, writes a letter and the sum; tells each step.
fn take_all_in(folder: &Path, mut told: impl FnMut(&str)) {
    let now = date(2026, 1, 22).at(9, 30, 0, 0);
    let at = |county: &county::County, name: &str| county.place_of(name).unwrap();
    let county = opened_at(folder);
    for name in names(&folder.join("files")) {
        told(&name);
        let file = county::look_at(&RealDisk, &county, &folder.join("files").join(&name), &catalog()).unwrap();
        let Whose::Sure(place) = file.whose else { panic!("{name}") };
        if !file.is_known {
            county::take_in(&RealDisk, &folder.join("county"), county.name(place), &file, "李文", now).unwrap();
        }
    }
    told("sum");
    let county = opened_at(folder);
    let letter = county.letter(&RealDisk, &folder.join("county"), at(&county, "民政局"), None, &catalog()).unwrap();
    county::give_back(&RealDisk, &folder.join("county"), &county, &[letter], "李文", now).unwrap();
    county::write(&RealDisk, &county, &county.sum(), &folder.join("county/汇总/汇总.xlsx")).unwrap();
    told("done");
}

fn opened_at(folder: &Path) -> county::County {
    let wanted =
        county::Wanted { paths: vec![folder.join("county")], roster: None, agency: None, year: Some(YEAR), today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

/// Another process is killed from outside, by the system, at any moment: whatever it was about, the folder is whole, and who goes on takes
/// nothing twice.
#[test]
fn killed_from_outside_the_folder_is_whole_and_nothing_is_taken_twice() {
    use std::io::BufRead as _;
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 300 } else { 4 };
    let form = catalog().for_year(YEAR).unwrap();
    let bodies = ["民政局", "司法局", "审计局", "财政局"];
    let mut dice = Dice(29);
    let mut killed_at = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..num {
        let folder = tempfile::tempdir().unwrap();
        for below in ["files", "county", "county/汇总"] {
            std::fs::create_dir(folder.path().join(below)).unwrap();
        }
        put(&folder.path().join("county/名册.csv"), format!("单位\n{}\n", bodies.join("\n")).as_bytes());
        for name in bodies {
            let place = set::NAMES.iter().position(|other| *other == name).unwrap();
            let draft = plain(&form, i64::try_from(place).unwrap());
            let draft = if name == "司法局" { set::signed(&form, draft) } else { draft };
            lay(&folder.path().join("files"), name, 0, &form, &draft, date(2026, 1, 10).at(9, 0, 0, 0));
        }
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "county::keeping::child_that_takes_in", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // After one of its steps has begun, and so many microseconds.
        let (step, wait) = (dice.roll(6), u128::from(dice.roll(40_000)));
        let steps = |line: &String| line.contains(".gouji") || line == "sum" || line == "done";
        let last = lines.by_ref().filter(steps).nth(step as usize).unwrap_or_else(|| "end".to_owned());
        let began = std::time::Instant::now();
        while began.elapsed().as_micros() < wait {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        *killed_at.entry(last).or_default() += 1;
        whole(folder.path(), &bodies, false);
        take_all_in(folder.path(), |_| {});
        whole(folder.path(), &bodies, true);
    }
    println!("killed after: {killed_at:?}");
}

/// Every copy is one of the files that were sent, every list is understood, what was written opens; with `is_all` each body's file is there once.
fn whole(folder: &Path, bodies: &[&str], is_all: bool) {
    let county = opened_at(folder);
    assert!(county.journal.problems.is_empty() && county.refused.is_empty() && county.strays.is_empty(), "{:?}", county.journal.problems);
    for body in bodies {
        let sent = std::fs::read(folder.join(format!("files/{body}.gouji"))).unwrap();
        let inbox = folder.join("county/收件").join(body);
        let kept: Vec<String> =
            if inbox.is_dir() { names(&inbox).into_iter().filter(|name| !name.starts_with('.')).collect() } else { Vec::new() };
        assert!(kept.iter().all(|name| std::fs::read(inbox.join(name)).unwrap() == sent), "{kept:?}");
        let received = county.journal.events.iter().filter(|event| event.what == What::Received && event.unit == *body).count();
        assert!(kept.len() <= 1 && received <= kept.len(), "{body}: {kept:?}, {received} times written down");
        assert!(!is_all || (kept.len(), received) == (1, 1), "{body}: {kept:?}, {received} times written down");
    }
    let receipts = folder.join("county/回执");
    for name in
        if receipts.is_dir() { names(&receipts) } else { Vec::new() }.iter().filter(|name| name.contains(".ron") && !name.starts_with('.'))
    {
        store::Receipt::read(&std::fs::read(receipts.join(name)).unwrap()).unwrap();
    }
    for name in ["汇总/汇总.xlsx", "函件/退回函 民政局 2026-01-22.docx"] {
        let path = folder.join("county").join(name);
        assert!(path.is_file() || !is_all, "{name}");
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            assert!(bytes.starts_with(b"PK") && bytes.windows(4).any(|piece| piece == b"PK\x05\x06"), "{name} is whole");
        }
    }
}

#[test]
fn a_letter_of_return_names_cell_value_and_expected_and_the_new_copy_is_awaited() {
    let set = set::county();
    let folder = set.folder.path();
    let county = opened(&set);
    let place = county.place_of("教育局").unwrap();
    let letter = county.letter(&RealDisk, folder, place, Some(date(2026, 1, 26)), &catalog()).unwrap();
    let text = letter.text("青禾县人民政府办公室", date(2026, 1, 22));
    assert!(text.contains("现填 31，应为 13"), "{text}");
    assert!(text.contains("自然人") && text.contains("相差 18") && text.contains("1 月 26 日"), "{text}");
    let now = date(2026, 1, 22).at(9, 30, 0, 0);
    let written = county::give_back(&RealDisk, folder, &county, &[letter], "李文", now).unwrap();
    assert!(written[0].is_file() && written[0].with_extension("txt").is_file());
    let after = opened(&set);
    assert_eq!(after.standings[place].state, Some(county::State::Returned));
    assert!(after.missing().any(|missing| missing == place));
    let list = county::remind(&RealDisk, folder, &after, "李文", now).unwrap();
    let list = std::fs::read_to_string(list).unwrap();
    assert!(list.contains("水利局") && list.contains("逾期 2 天") && list.contains("退回修改"), "{list}");
    // Letters are no reports.
    assert_eq!(opened(&set).taken.len(), county.taken.len());
}

/// What a letter says of each planted fault: the cell, what stands there, what is expected.
#[test]
fn the_letters_name_every_planted_fault_with_its_cell_its_figure_and_what_is_expected() {
    let set = set::county();
    let county = opened(&set);
    let text = |name: &str| {
        let place = county.place_of(name).unwrap();
        let letter = county.letter(&RealDisk, set.folder.path(), place, None, &catalog()).unwrap();
        letter.text("青禾县人民政府办公室", date(2026, 1, 22))
    };
    let wanted: [(&str, &[&str]); 5] = [
        (
            "教育局",
            &[
                "自然人：（七）总计＝21，各种办理结果之和＝39（31＋5＋3），相差 18",
                "三（一）予以公开：总计＝17，各类申请人之和＝35（31＋4），相差 18",
                "表三 自然人 三（一）予以公开：现填 31，应为 13",
            ],
        ),
        ("公安局", &["表三 自然人 三（一）予以公开：现填 0，应为 14", "不计其他情形）：现填 14，应为 0"]),
        (
            "审计局",
            &[
                "表三 总计 一、本年新收政府信息公开申请数量：现填 空白，应为 31",
                "表三 总计 二、上年结转政府信息公开申请数量：现填 空白，应为 2",
                "表三 总计 三（一）予以公开：现填 空白，应为 23",
                "表三 总计 三（四）1.本机关不掌握相关政府信息：现填 空白，应为 5",
            ],
        ),
        // Which cell was changed nobody can tell: one of five.
        ("司法局", &["签发以后又改动过，签发无效", "行政复议：总计＝1，四种结果之和＝0（0＋0＋0＋0），相差 1"]),
        ("住房和城乡建设局", &["表二 行政事业性收费 本年收费金额（单位：万元）：现填 55000，应为 5.5（像是按元填的）"]),
    ];
    for (name, words) in wanted {
        let text = text(name);
        for words in words {
            assert!(text.contains(words), "{name}: {words} in {text}");
        }
    }
}

/// A folder that may only be read: it opens and is summed, whatever is to be written there is refused with the reason, and nothing is lost.
#[test]
fn a_folder_that_may_only_be_read_is_summed_and_what_is_to_be_written_there_is_refused() {
    let set = set::county();
    let folder = set.folder.path();
    let all = || -> Vec<(String, Vec<u8>)> {
        // What the meddling disk leaves of a write that it refuses is none of the program's.
        let files = names(folder).into_iter().filter(|name| folder.join(name).is_file() && !name.contains(".part"));
        files.map(|name| (name.clone(), std::fs::read(folder.join(&name)).unwrap())).collect()
    };
    let before = all();
    let disk = Meddled::before(|_, what| {
        let writes = ["write", "append", "replace", "make", "remove", "hold"].contains(&what);
        if writes { Err(std::io::ErrorKind::ReadOnlyFilesystem.into()) } else { Ok(()) }
    });
    let wanted = county::Wanted { paths: vec![folder.to_owned()], roster: None, agency: None, year: None, today: date(2026, 1, 22) };
    let county = county::open(&disk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap();
    assert_eq!(all(), before, "not even an index is left behind");
    assert_eq!(county.sum(), opened(&set).sum());
    std::fs::remove_file(folder.join(".gouji-county")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = lay(elsewhere.path(), "报告", 0, &set.form, &plain(&set.form, 4), date(2026, 1, 21).at(9, 0, 0, 0));
    let file = county::look_at(&disk, &county, &path, &catalog()).unwrap();
    let now = date(2026, 1, 22).at(9, 30, 0, 0);
    let place = county.place_of("教育局").unwrap();
    let letter = county.letter(&disk, folder, place, None, &catalog()).unwrap();
    let one = gouji::model::Adjustment {
        time: now,
        by: String::new(),
        unit: "教育局".to_owned(),
        key: "open.nat".into(),
        from: gouji::model::Entry::Whole(31),
        to: gouji::model::Entry::Whole(13),
        why: "核对".to_owned(),
    };
    let refused: [(&str, Result<(), String>); 6] = [
        ("taken in", county::take_in(&disk, folder, "水利局", &file, "李文", now).map_err(|err| err.to_string())),
        ("given back", county::give_back(&disk, folder, &county, &[letter], "李文", now).map(drop).map_err(|err| err.to_string())),
        ("reminded", county::remind(&disk, folder, &county, "李文", now).map(drop).map_err(|err| err.to_string())),
        ("repaired", county::add_adjustment(&disk, folder, &set.form, &one).map_err(|err| err.to_string())),
        ("the workbook", county::write(&disk, &county, &county.sum(), &folder.join("汇总.xlsx")).map_err(|err| err.to_string())),
        ("the list", county::write(&disk, &county, &county.sum(), &folder.join("汇总.csv")).map_err(|err| err.to_string())),
    ];
    for (what, done) in refused {
        let words = done.expect_err(what);
        assert!(words.contains("只读") && words.contains(folder.to_str().unwrap()), "{what}: {words}");
    }
    assert_eq!(all(), before);
    assert!(opened(&set).journal.events.is_empty(), "nothing is written down that was not done");
}

#[test]
fn a_county_with_a_roster_and_no_report_yet_waits_for_all_of_last_year() {
    let folder = tempfile::tempdir().unwrap();
    put(&folder.path().join("名册.csv"), set::roster().as_bytes());
    let wanted = county::Wanted { paths: vec![folder.path().to_owned()], roster: None, agency: None, year: None, today: date(2026, 1, 5) };
    let county = county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap();
    assert_eq!((county.year, county.missing().count(), county.sum().num_in), (2025, 44, 0));
}
