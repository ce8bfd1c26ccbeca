//! How long a county, a province, the whole country takes: printed, never asserted. `GOUJI_SPEED=1 cargo test --release --test it
//! county::scale -- --nocapture` measures 300, 3 000 and 30 000 bodies, `GOUJI_SPEED=all` 300 000 too.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use gouji::county::{self, County, Sum, Wanted};
use gouji::store::{self, RealDisk};
use jiff::civil::date;

use super::set::{YEAR, dated, plain};
use crate::support::{catalog, folder, put};

fn opened(folder: &Path) -> County {
    let wanted =
        Wanted { paths: vec![folder.to_owned()], roster: None, agency: Some("某省".to_owned()), year: None, today: date(2026, 1, 22) };
    county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap()
}

/// The sum of an open county, once it has taken over that this file changed.
fn followed(county: &mut County, folder: &Path, file: &str) -> Sum {
    assert!(county.renew(county::read_again(&RealDisk, folder, &[file.into()], &catalog())));
    county.sum()
}

/// Seconds that it takes, printed; and of all cores, since others may be at work here.
fn timed<T>(what: &str, num: usize, run: impl FnOnce() -> T) -> T {
    let (began, busy) = (Instant::now(), busy_for());
    let value = run();
    let busy = busy_for().zip(busy).map_or_else(String::new, |(now, then)| format!(", {:.2} s of cores", now - then));
    println!("{num:>7} bodies: {what:<38} {:>9.3} s{busy}", began.elapsed().as_secs_f64());
    value
}

/// Seconds that this process has used of all cores; none where the system does not tell.
fn busy_for() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // Linux counts in hundredths.
    Some(f64::from(u32::try_from(ticks).ok()?) / 100.0)
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
    let texts: Vec<String> = (0..40).map(|place| store::encode(form.report(&plain(&form, place)))).collect();
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
        let opened_before = opened(folder.path());
        let path = folder.path().join("000/000000.gouji");
        let text = std::fs::read_to_string(&path).unwrap();
        put(&path, text.replacen("\"rev.other\": \"0\"", "\"rev.other\": \"9\"", 1).as_bytes());
        let mut county = opened_before;
        let known = timed("the stamps of all files, nothing read", num, || county::glance(&RealDisk, folder.path())).unwrap();
        let changed = timed("one changed, the county is open", num, || followed(&mut county, folder.path(), "000/000000.gouji"));
        assert_ne!(changed, first.0);
        assert_eq!(timed("one changed, the program starts", num, || opened(folder.path()).sum()), changed);
        let more = folder.path().join("000/000000 2.gouji");
        put(&more, std::fs::read_to_string(&path).unwrap().replace("某市第0局", "某市新局").as_bytes());
        let now = county::glance(&RealDisk, folder.path()).unwrap();
        assert_eq!(now.since(&known), Some(vec!["000/000000 2.gouji".into()]));
        timed("one came, the county is open", num, || followed(&mut county, folder.path(), "000/000000 2.gouji"));
        let fresh = opened(folder.path());
        assert!(fresh.sum() == county.sum() && fresh.findings == county.findings && fresh.standings == county.standings);
        let cell = form.cell_by_key("open.nat").unwrap();
        assert_eq!(timed("the bodies behind a cell", num, || county.behind(cell)).len(), num + 1);
        if let Some(megabytes) = most_memory() {
            println!("{num:>7} bodies: at most {megabytes} MB");
        }
    }
}

/// What a report costs by itself: whether checks by columns would save anything.
#[test]
fn a_report_by_itself() {
    let form = catalog().for_year(YEAR).unwrap();
    let drafts: Vec<_> = (0..40).map(|place| plain(&form, place)).collect();
    let texts: Vec<String> = drafts.iter().map(|draft| store::encode(form.report(draft))).collect();
    let times = if std::env::var_os("GOUJI_SPEED").is_some() { 100 } else { 1 };
    let each = |what: &str, run: &mut dyn FnMut(usize)| {
        let began = Instant::now();
        for place in (0..times).flat_map(|_| 0..40) {
            run(place);
        }
        println!("{what:<34} {:>9.2} µs a report", began.elapsed().as_secs_f64() * 1e6 / f64::from(times * 40));
    };
    let catalog = catalog();
    each("its draft read", &mut |place| drop(store::decode(texts[place].as_bytes(), &catalog).unwrap()));
    each("its rules decided", &mut |place| drop(gouji::rules::check(form.report(&drafts[place]))));
    each("its text held against its tables", &mut |place| drop(gouji::rules::claims::check_text(form.report(&drafts[place]))));
}

/// Sums every named cell of all workbooks in a folder with openpyxl.
const OPENPYXL: &str = "
import sys, glob, time, openpyxl
began, sums = time.time(), {}
for path in sorted(glob.glob(sys.argv[1] + '/*.xlsx')):
    book = openpyxl.load_workbook(path, data_only=True)
    for name, place in book.defined_names.items():
        for sheet, cell in place.destinations:
            value = book[sheet][cell.replace('$', '')].value
            if isinstance(value, (int, float)): sums[name] = sums.get(name, 0) + value
print('seconds', time.time() - began)
for name in sums: print(name, round(sums[name], 2))
";

/// Sums the three tables of all workbooks with `LibreOffice`: each is opened, its tables become sheets of one document, and its own
/// consolidation adds those up.
const LIBREOFFICE: &str = "
import sys, glob, time, subprocess, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellRangeAddress
from com.sun.star.sheet.GeneralFunction import SUM
pipe = 'gouji' + str(time.time_ns())
began = time.time()
office = subprocess.Popen(['soffice', '-env:UserInstallation=file://' + sys.argv[2], '--headless', '--norestore', '--accept=pipe,name=' + pipe + ';urp;'])
resolver = uno.getComponentContext().ServiceManager.createInstance('com.sun.star.bridge.UnoUrlResolver')
while True:
    try: context = resolver.resolve('uno:pipe,name=' + pipe + ';urp;StarOffice.ComponentContext'); break
    except Exception: time.sleep(0.1)
desktop = context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
hidden = (PropertyValue('Hidden', 0, True, 0),)
all = desktop.loadComponentFromURL('private:factory/scalc', '_blank', 0, hidden)
table, last = sys.argv[3], sys.argv[4]
sources, loading = [], 0
for no, path in enumerate(sorted(glob.glob(sys.argv[1] + '/*.xlsx'))):
    book = desktop.loadComponentFromURL('file://' + path, '_blank', 0, hidden)
    data = book.Sheets.getByName(table).getCellRangeByName('A1:' + last).getDataArray()
    book.close(True)
    all.Sheets.insertNewByName('s%d' % no, no)
    place = all.Sheets.getByIndex(no).getCellRangeByName('A1:' + last)
    place.setDataArray(data)
    sources.append(place.RangeAddress)
all.Sheets.insertNewByName('sum', 0)
for source in sources: source.Sheet += 1
sum = all.Sheets.getByName('sum')
order = all.createConsolidationDescriptor(True)
order.setFunction(SUM); order.setSources(tuple(sources)); order.setStartOutputPosition(sum.getCellByPosition(0, 0).CellAddress)
order.setInsertLinks(False)
all.consolidate(order)
print('seconds', time.time() - began)
for row, line in enumerate(sum.getCellRangeByName('A1:' + last).getDataArray()):
    for col, value in enumerate(line):
        if isinstance(value, float): print('%d,%d' % (row, col), int(round(value)))
all.close(True)
try: desktop.terminate()
except Exception: pass
office.wait()
";

/// The figures that a script prints, a name and a figure a line, and how long it says that it took; none where it does not start.
fn told(python: &str, script: &str, args: &[&str]) -> Option<(f64, BTreeMap<String, f64>)> {
    let output = Command::new(python).args(["-c", script]).args(args).output().ok()?;
    if !output.status.success() {
        println!("skipped: {}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default());
        return None;
    }
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines: BTreeMap<String, f64> =
        text.lines().filter_map(|line| line.split_once(' ')).map(|(name, value)| (name.to_owned(), value.parse().unwrap())).collect();
    Some((lines.remove("seconds").unwrap(), lines))
}

/// Three hundred workbooks summed by this program, by openpyxl and by `LibreOffice`, one behind the other: the same sums, and how long each
/// takes. `GOUJI_LONG=1`.
#[test]
fn the_same_sum_by_other_programs() {
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 300 } else { 2 };
    let form = catalog().for_year(YEAR).unwrap();
    let folder = folder();
    for no in 0..num {
        let mut draft = plain(&form, no % 40);
        draft.agency = format!("第{no}局");
        let book = gouji::export::book(form.report(&draft), None, date(2026, 1, 12));
        let bytes = gouji::export::file(gouji::export::FileKind::Xlsx, &book, &gouji::export::Fonts::default()).unwrap();
        put(&folder.path().join(format!("{no:03}.xlsx")), &bytes);
    }
    let began = Instant::now();
    let sum = opened(folder.path()).sum();
    println!("{num} workbooks, this program, with all checks: {:.2} s", began.elapsed().as_secs_f64());
    let value = |key: &str| form.cell_by_key(key).and_then(|cell| sum.value(cell));
    let place = folder.path().to_str().unwrap().to_owned();
    if let Some((seconds, sums)) = told("python3", OPENPYXL, &[&place]) {
        println!("{num} workbooks, openpyxl, sums alone: {seconds:.2} s");
        let known: Vec<_> = sums.iter().filter_map(|(name, found)| Some((name, *found, value(name)?))).collect();
        assert!(known.len() > 150, "{}", known.len());
        for (name, found, ours) in known {
            let is_money = matches!(form.cell(form.cell_by_key(name).unwrap()).kind, gouji::model::Kind::Money(_));
            // Money stands in 万元, and is 分 here.
            let found = if is_money { found * 1e6 } else { found };
            assert_eq!(format!("{found:.0}"), ours.to_string(), "{name}");
        }
    }
    if num < 300 {
        return;
    }
    let profile = folder.path().join("profile");
    if let Some((seconds, sums)) = told("/usr/bin/python3", LIBREOFFICE, &[&place, profile.to_str().unwrap(), "三、依申请公开", "K40"])
    {
        println!("{num} workbooks, LibreOffice's consolidation of one table: {seconds:.2} s");
        let ours = value("new.sum").unwrap();
        assert!(sums.values().any(|found| format!("{found:.0}") == ours.to_string()), "{ours} is not among {sums:?}");
    }
}
