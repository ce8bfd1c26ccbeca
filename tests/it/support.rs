//! Running commands and making drafts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use gouji::form::{Catalog, Form};
use gouji::model::{CellId, Draft, Edit, Entry, SectionId, Splice};
use gouji::store::{Home, RealDisk};
use serde_json::Value;
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: i32,
}

/// Runs `gouji` with these arguments, in this process.
#[track_caller]
pub fn gouji<S: Into<OsString> + Clone>(args: &[S]) -> Said {
    let args = std::iter::once(OsString::from("gouji")).chain(args.iter().cloned().map(Into::into));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = gouji::cli::run(args, &mut out, &mut err);
    Said { out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap(), code }
}

/// A folder that goes away with the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A file's path as an argument.
pub fn arg(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// A new draft on disk, with these assignments typed in.
#[track_caller]
pub fn new_draft(folder: &TempDir, name: &str, agency: &str, year: u16, assignments: &[String]) -> String {
    let path = arg(folder, name);
    let said = gouji(&["new", "--agency", agency, "--year", &year.to_string(), "-o", &path]);
    assert_eq!(said.code, 0, "{}", said.err);
    set(&path, assignments);
    path
}

/// Types the assignments into the draft.
#[track_caller]
pub fn set(path: &str, assignments: &[String]) {
    if !assignments.is_empty() {
        let args: Vec<&str> = ["set", path].into_iter().chain(assignments.iter().map(String::as_str)).collect();
        let said = gouji(&args);
        assert_eq!(said.code, 0, "{}", said.err);
    }
}

/// The one report of `gouji check --format json`.
#[track_caller]
pub fn check(path: &str) -> Value {
    let said = gouji(&["check", path, "--format", "json"]);
    let mut whole: Value = serde_json::from_str(&said.out).unwrap();
    whole["reports"][0].take()
}

/// Rule and place of every finding with this severity and verdict `fail`.
pub fn fails(report: &Value, severities: &[&str]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let counts = |found: &&Value| found["verdict"] == "fail" && severities.contains(&found["severity"].as_str().unwrap());
    report["findings"].as_array().unwrap().iter().filter(counts).map(|found| (text(&found["rule"]), text(&found["at"]))).collect()
}

/// Says why a test cannot run here: a tool is missing. Where `CI=true` every tool is installed, and this fails.
#[track_caller]
pub fn skip(why: &str) {
    let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!is_ci, "nothing is skipped in CI: {why}");
    println!("skipped: {why}; bash .ci/packages test installs what tests need");
}

/// A report as it was published: `tests/cases/reports`.
pub struct Published {
    /// Number in the collection.
    pub name: String,
    pub agency: String,
    pub year: u16,
    /// Id of its form.
    pub form: String,
    /// Its figures as `gouji set` takes them; what was blank or could not be read is left out.
    pub cells: Vec<String>,
    /// Rule and place of each error that its figures hold.
    pub breaks: Vec<(String, String)>,
}

/// All published reports at hand.
pub fn published() -> Vec<Published> {
    let files = crate::stage::case_files("reports");
    assert!(files.len() >= 10, "{}", files.len());
    files.into_iter().map(|(name, text)| read_published(name.trim_end_matches(".txt"), &text)).collect()
}

fn read_published(name: &str, text: &str) -> Published {
    let all = |key: &str| -> Vec<String> {
        let values = text.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        values.map(str::to_owned).collect()
    };
    let one = |key: &str| all(key).into_iter().next().unwrap_or_else(|| panic!("{name} has no {key}"));
    let figures = text.lines().filter(|line| line.contains('.') && !line.starts_with('#'));
    Published {
        name: name.to_owned(),
        agency: one("agency"),
        year: one("year").parse().unwrap(),
        form: one("form"),
        cells: figures.flat_map(str::split_whitespace).map(str::to_owned).collect(),
        breaks: all("breaks").iter().map(|line| line.split_once(' ').map(|(rule, at)| (rule.to_owned(), at.to_owned())).unwrap()).collect(),
    }
}

/// The assignments of a case file.
pub fn case(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(project().join("tests/cases").join(name)).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// The checkout.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file or folder of `shared`, which lies beside the checkout, beside a folder of it, or where `GOUJI_SHARED` says; `None`, with a
/// printed reason, where it is not at hand.
pub fn shared(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("GOUJI_SHARED").map(PathBuf::from);
    let beside = || project().ancestors().skip(1).map(|folder| folder.join("shared")).find(|folder| folder.is_dir());
    let found = named.or_else(beside).map(|folder| folder.join(name)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: no shared/{name} at hand");
    }
    found
}

/// The shipped forms.
pub fn catalog() -> Catalog {
    Catalog::shipped().unwrap()
}

/// The cell at this place of the form of 2025.
pub fn nth_cell(no: usize) -> CellId {
    static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| catalog().for_year(2025).unwrap());
    FORM.cells().nth(no).unwrap().0
}

/// A draft in memory: cells as typed, and chapter 5.
pub fn draft(cells: &[(&str, &str)], chapter: &str) -> (Arc<Form>, Draft) {
    let form = catalog().for_year(2025).unwrap();
    let mut draft = form.draft("测试局".to_owned(), 2025);
    for (key, text) in cells {
        let cell = form.cell_by_key(key).unwrap();
        draft.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, text)));
    }
    if let Some(splice) = Splice::between("", chapter) {
        draft.apply(Edit::Text(SectionId(5), splice));
    }
    (form, draft)
}

/// The program's own files inside a folder of the test's.
pub fn home_in(folder: &Path) -> Home {
    Home { disk: Arc::new(RealDisk), folder: folder.join("gouji") }
}

/// Names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Writes a file, whatever stood there.
pub fn put(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).open(path).unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
}

/// V1 of domain.md §7: a city's figures for 2025.
pub fn v1() -> (Arc<Form>, Draft) {
    let cells = case("v1-city-2025.txt");
    let cells: Vec<(&str, &str)> = cells.iter().filter_map(|line| line.split_once('=')).collect();
    draft(&cells, "")
}

/// Every form at hand with a figure in each cell, no two the same.
pub fn filled() -> Vec<(Arc<Form>, Draft)> {
    let of_form = |form: &Arc<Form>| {
        let mut draft = form.draft("某县某局".to_owned(), form.years.0);
        for ((cell, spec), figure) in form.cells().zip(1001..) {
            let figures = [figure.to_string(), format!("{figure}元")].map(|text| Entry::read(spec.kind, &text));
            let entry = figures.into_iter().find(|entry| entry.value().is_some());
            draft.apply(Edit::cell(cell, entry.unwrap_or_else(|| panic!("{} takes no figure", spec.key))));
        }
        (form.clone(), draft)
    };
    catalog().forms().iter().map(of_form).collect()
}

/// Types a text into a cell.
#[track_caller]
pub fn type_in(form: &Form, draft: &mut Draft, key: &str, text: &str) {
    let cell = form.cell_by_key(key).unwrap();
    draft.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, text)));
}

/// Numbers that look random and are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: u32) -> u32 {
        // Source: Marsaglia, Xorshift RNGs (2003), the triple 13, 7, 17.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(sides)).unwrap()
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(u32::try_from(from.len()).unwrap()) as usize]
    }
}

/// A draft whose table 三 holds made-up figures that add up, as many of them zero as in real reports; the rest is 0.
pub fn consistent(form: &Form, dice: &mut Dice) -> Draft {
    let mut draft = form.draft("测试局".to_owned(), form.years.0);
    let mut put = |key: String, value: i64| {
        let cell = form.cell_by_key(&key).unwrap();
        draft.apply(Edit::cell(cell, Entry::Whole(value)));
    };
    for cell in &form.cells {
        put(cell.key.to_string(), 0);
    }
    let lines: Vec<&str> = form.tables[1].lines.iter().map(|(key, _)| &**key).collect();
    let (columns, sum) = form.tables[1].columns.split_at(6);
    let mut sums = vec![0; lines.len()];
    for column in columns {
        let mut results: Vec<i64> = lines.iter().map(|_| if dice.roll(3) == 0 { i64::from(dice.roll(200)) } else { 0 }).collect();
        let place = |key: &str| lines.iter().position(|line| *line == key).unwrap();
        let (new, carry_in, total, carry_out) = (place("new"), place("carry_in"), place("total"), place("carry_out"));
        results[total] = (carry_in + 1..total).map(|line| results[line]).sum();
        results[carry_in] = results[carry_in].min(results[total]);
        results[new] = results[total] + results[carry_out] - results[carry_in];
        for (line, value) in results.into_iter().enumerate() {
            put(format!("{}.{column}", lines[line]), value);
            sums[line] += value;
        }
    }
    for (line, value) in lines.iter().zip(sums) {
        put(format!("{line}.{}", sum[0]), value);
    }
    draft
}
