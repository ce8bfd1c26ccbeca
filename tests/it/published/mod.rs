//! Reports of other offices, as they were published: read by their labels, every cell accounted for, no wrong figure.

mod apart;
mod conversions;
pub mod damage;
mod layouts;
pub mod written;

use std::path::Path;

use gouji::form::Form;
use gouji::import::published::{Account, How, accounts};
use gouji::model::{Draft, Entry};
use gouji::read::{SourceKind, source};
use serde_json::Value;

use crate::paper::reports;
use crate::support::{Dice, arg, catalog, folder, gouji, names, put, shared};

fn read(kind: SourceKind, bytes: &[u8]) -> Vec<Account> {
    accounts(&source::read(kind, bytes).unwrap(), &catalog())
}

/// Cells right, inferred, without a figure, and wrong; each wrong one is named.
#[derive(Default)]
struct Score {
    right: usize,
    inferred: usize,
    unread: usize,
    wrong: Vec<String>,
}

impl Score {
    fn of(form: &Form, account: &Account, truth: impl Fn(&str) -> Option<i64>) -> Self {
        let mut score = Self::default();
        for ((_, cell), found) in form.cells().zip(&account.cells) {
            assert!(found.how == How::Read || !found.why.is_empty(), "{}: no reason", cell.key);
            match (found.how.has_figure(), truth(&cell.key)) {
                (false, Some(_)) => score.unread += 1,
                (false, None) => {}
                (true, truth) if truth != found.entry.value() => {
                    score.wrong.push(format!("{}: {truth:?}, read {:?} from {:?}", cell.key, found.entry, found.text));
                }
                (true, _) if found.how == How::Inferred => score.inferred += 1,
                (true, _) => score.right += 1,
            }
        }
        score
    }

    fn add(&mut self, other: Self) {
        (self.right, self.inferred, self.unread) = (self.right + other.right, self.inferred + other.inferred, self.unread + other.unread);
        self.wrong.extend(other.wrong);
    }

    #[track_caller]
    fn print(&self, name: &str) {
        println!("{name}: right {} inferred {} unread {} wrong {}", self.right, self.inferred, self.unread, self.wrong.len());
        assert!(self.wrong.is_empty(), "{name}: {:?}", self.wrong);
    }
}

/// The figure on record, in pieces or in 分.
fn on_record(form: &Form, truth: &Value, key: &str) -> Option<i64> {
    let value = &truth["cells"][key];
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let kind = form.cell(form.cell_by_key(key)?).kind;
    if value.is_null() { None } else { Entry::read(kind, &text).value() }
}

#[test]
fn every_published_report_is_read_as_it_was_printed() {
    let Some(folder) = shared("reports") else { return };
    let mut num_reports = 0;
    for name in names(&folder) {
        let truth_of = |number: &str| std::fs::read_to_string(folder.join(format!("{number}.truth.json"))).ok();
        let (Some(kind), Some(truth)) = (SourceKind::of(Path::new(&name)), truth_of(name.get(..3).unwrap())) else { continue };
        let found = read(kind, &std::fs::read(folder.join(&name)).unwrap());
        assert!(!found.is_empty(), "{name}");
        for (place, account) in found.iter().enumerate() {
            // The second of two side by side has a record of its own.
            let truth = if place == 0 {
                truth.clone()
            } else {
                truth_of(&format!("{:03}", name.get(..3).unwrap().parse::<usize>().unwrap() + place)).unwrap()
            };
            let truth: Value = serde_json::from_str(&truth).unwrap();
            assert!(truth["form"].as_str().unwrap().starts_with(&*account.form.id), "{name}");
            assert_eq!(account.year.map(u64::from), truth["year"].as_u64(), "{name}");
            let score = Score::of(&account.form, account, |key| on_record(&account.form, &truth, key));
            score.print(&name);
            let num_figures = truth["cells"].as_object().unwrap().values().filter(|value| !value.is_null()).count();
            assert!(score.unread * 4 <= num_figures, "{name}: too little was read");
            num_reports += 1;
        }
    }
    assert!(num_reports > 25, "{num_reports}");
}

/// So many damaged reports of each kind; `GOUJI_DAMAGES` says another number, `GOUJI_SEED` other dice.
fn num_damages() -> usize {
    std::env::var("GOUJI_DAMAGES").map_or(100, |number| number.parse().unwrap())
}

#[test]
fn a_damaged_report_never_gives_a_wrong_figure_unsaid() {
    let seed = std::env::var("GOUJI_SEED").map_or(0x9E37_79B9_7F4A_7C15, |seed| seed.parse().unwrap());
    let (mut dice, all) = (Dice(seed), reports());
    let mut silent = Vec::new();
    for written in written::ALL {
        let (mut right, mut told, mut inferred, mut unread, mut no_report) = (0, 0, 0, 0, 0);
        for number in 0..num_damages() {
            let (name, form, draft) = &all[dice.roll(u32::try_from(all.len()).unwrap()) as usize];
            let way = damage::WAYS[number % damage::WAYS.len()];
            let mut tables = damage::Tables::of(form, draft);
            let what = tables.damage(way, &mut |sides| dice.roll(u32::try_from(sides).unwrap()) as usize);
            let what = format!("{name} as {written:?}, {what}");
            let file = written.file(&tables, &format!("某县某局{}年政府信息公开工作年度报告", draft.year));
            let found = read(SourceKind::of(Path::new(&format!("a.{}", written.ending()))).unwrap(), &file);
            no_report += usize::from(found.is_empty());
            for account in found {
                assert_eq!(account.form.id, form.id, "{what}");
                for ((_, cell), found) in form.cells().zip(&account.cells).filter(|(_, found)| found.how.has_figure()) {
                    match found.entry.value() == damage::truth(way, form, draft, &cell.key) {
                        true => right += 1,
                        false if found.how == How::Inferred => inferred += 1,
                        false if !found.doubts.is_empty() => told += 1,
                        false => silent.push(format!("{what}: {} read {:?} from “{}”", cell.key, found.entry, found.text)),
                    }
                    if found.entry.value() != damage::truth(way, form, draft, &cell.key) && std::env::var_os("GOUJI_TOLD").is_some() {
                        println!("  {what}: {} {:?} {:?} from “{}”, {}", cell.key, found.how, found.entry, found.text, found.why);
                    }
                }
                unread += account.open().count();
            }
        }
        println!(
            "{} damaged reports as {written:?}: {right} figures right, {told} wrong and told, {inferred} wrong and inferred, {unread} cells \
             unread, {no_report} no report, {} wrong and silent",
            num_damages(),
            silent.len()
        );
    }
    assert!(silent.is_empty(), "{}:\n{}", silent.len(), silent.join("\n"));
}

fn page_of(name: &str, form: &Form, draft: &Draft) -> String {
    damage::Tables::of(form, draft).page(&format!("{name}{}年政府信息公开工作年度报告", draft.year))
}

#[test]
fn the_command_reads_one_file_and_a_folder_of_them() {
    let folder = folder();
    let (_, form, draft) = reports().remove(0);
    let page = page_of("某县某局", &form, &draft);
    let (html, bad) = (arg(&folder, "in/a.html"), arg(&folder, "in/b.pdf"));
    std::fs::create_dir(folder.path().join("in")).unwrap();
    put(Path::new(&html), page.as_bytes());
    put(Path::new(&bad), b"no pdf");
    let to = arg(&folder, "a.gouji");
    let said = gouji(&["import", &html, "-o", &to, "--format", "json"]);
    assert_eq!((said.code, &*said.err), (0, ""), "{}", said.out);
    let value: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&value["agency"], value["year"].as_u64(), &value["form"]),
        (&"某县某局".into(), Some(u64::from(draft.year)), &(&*form.id).into())
    );
    assert_eq!(value["cells"]["new.nat"]["how"], "read");
    let out = arg(&folder, "out");
    let said = gouji(&["import", &arg(&folder, "in"), "-o", &out]);
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    assert!(said.out.contains("a.html") && said.err.contains("b.pdf"), "{}{}", said.out, said.err);
    assert!(Path::new(&out).join("a.gouji").is_file());
    let said = gouji(&["check", &html, &to, "--brief"]);
    assert!(said.out.lines().last().unwrap().starts_with("共 2 份"), "{}", said.out);
    let said = gouji(&["check", &arg(&folder, "in"), "--brief", "--format", "json"]);
    let value: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((value["totals"]["reports"].as_u64(), said.code), (Some(1), 2));
}
