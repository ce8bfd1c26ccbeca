//! What leaves the county: a workbook that other programs reckon the same, a file for engines of columns.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};

use super::set::{self, Set};
use crate::support::{arg, folder, gouji, put};

/// The sums of a workbook, by key: its row 合计 under the keys.
fn sums(path: &Path) -> BTreeMap<String, Data> {
    let mut book: Xlsx<_> = calamine::Reader::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let rows = book.worksheet_range("各单位").unwrap();
    let rows: Vec<&[Data]> = rows.rows().collect();
    let last = rows.iter().find(|row| row[0] == Data::String("合计".to_owned())).unwrap();
    rows[1].iter().zip(last.iter()).map(|(key, value)| (key.to_string(), value.clone())).collect()
}

fn merged(set: &Set, output: &str) {
    let said = gouji(&["merge", set.folder.path().to_str().unwrap(), "-o", output]);
    assert_eq!(said.code, 1, "{}", said.err);
}

/// The same folder with everyone in: the missing body is off the roster.
fn whole() -> Set {
    let set = set::county();
    put(&set.folder.path().join("名册.csv"), set::roster_without("水利局").as_bytes());
    set
}

#[test]
fn libreoffice_reckons_the_sums_of_the_workbook_the_same_and_leaves_them_blank_while_one_is_missing() {
    for (set, is_whole) in [(whole(), true), (set::county(), false)] {
        let folder = folder();
        let source = folder.path().join("汇总.xlsx");
        merged(&set, source.to_str().unwrap());
        let Some(after) = crate::export::recalculated(folder.path(), &source) else { return };
        let truth = set.true_sum();
        for found in [sums(&source), sums(&after)] {
            for (key, value) in &truth {
                let found = &found[key];
                match value.filter(|_| is_whole) {
                    None => assert!(matches!(found, Data::Empty) || *found == Data::String(String::new()), "{key}: {found:?}"),
                    Some(fen) if key == "a8.fee.amount" => {
                        let wan = gouji::model::Money { fen, unit: gouji::model::MoneyUnit::Wan };
                        assert_eq!(found.to_string(), wan.figure());
                    }
                    Some(value) => assert_eq!(found.to_string(), value.to_string(), "{key}"),
                }
            }
        }
        // The official tables follow the sums.
        let mut book: Xlsx<_> = calamine::Reader::new(Cursor::new(std::fs::read(&after).unwrap())).unwrap();
        let table = book.worksheet_range("三、依申请公开").unwrap();
        let new = table.rows().find(|row| row[0].to_string().starts_with("一、本年新收")).unwrap();
        let expected = truth["new.nat"].filter(|_| is_whole).map_or_else(String::new, |value| value.to_string());
        assert_eq!(new[3].to_string(), expected);
    }
}

#[test]
fn the_workbook_draws_who_has_most_how_the_figures_spread_and_the_years() {
    let set = whole();
    let mut before = set::plain(&set.form, 8);
    before.year = 2024;
    set::lay(set.folder.path(), "2024", 0, &set.form, &before, jiff::civil::date(2025, 1, 10).at(9, 0, 0, 0));
    let folder = folder();
    let file = folder.path().join("汇总.xlsx");
    merged(&set, file.to_str().unwrap());
    let bytes = std::fs::read(&file).unwrap();
    let mut book: Xlsx<_> = calamine::Reader::new(Cursor::new(&bytes[..])).unwrap();
    let sheet = book.worksheet_range("图表").unwrap();
    let rows: Vec<(String, String)> = sheet.rows().map(|row| (row[0].to_string(), row[1].to_string())).collect();
    let below = |rows: &[(String, String)], head: &str| {
        let at = rows.iter().position(|(name, _)| name.contains(head)).unwrap_or_else(|| panic!("{head} in {rows:?}"));
        rows[at + 1..].to_vec()
    };
    let cell = set.form.cell_by_key("new.sum").unwrap();
    let mut truth: Vec<i64> = set.true_drafts.values().filter_map(|draft| draft.entry(cell).value()).collect();
    truth.sort_unstable_by(|a, b| b.cmp(a));
    let label = &set.form.cell(cell).label;
    let ranked = below(&rows, &format!("{label}：最多的"));
    for ((_, found), value) in ranked.iter().take(15).zip(&truth) {
        assert_eq!(*found, value.to_string());
    }
    let spread = below(&ranked, "分布");
    assert_eq!((&spread[0].1, &spread[4].1), (&truth[0].to_string(), &truth[truth.len() - 1].to_string()));
    assert!(below(&spread, "各年合计")[0].0.starts_with("2024（1 个单位）"), "{rows:?}");
    let mut drawn = zip::ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
    let num_heads = rows.iter().filter(|(_, value)| value == "数").count();
    assert_eq!(drawn.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("xl/charts/chart"))).count(), num_heads);
    assert!(num_heads >= 9, "{num_heads}");
    for no in 1..=num_heads {
        let mut chart = String::new();
        std::io::Read::read_to_string(&mut drawn.by_name(&format!("xl/charts/chart{no}.xml")).unwrap(), &mut chart).unwrap();
        assert!(chart.contains("<c:min val=\"0\"/>"), "bars begin at nothing, chart {no}");
    }
    if let Ok(keep) = std::env::var("GOUJI_PICTURES") {
        std::fs::copy(&file, Path::new(&keep).join("county.xlsx")).unwrap();
    }
}

/// Reads the file with Spark, where it is installed for Python; `GOUJI_LONG`.
#[test]
fn spark_reads_the_same_sums_from_the_parquet_file() {
    let script = "import sys\nfrom pyspark.sql import SparkSession\nspark = SparkSession.builder.master('local[1]').getOrCreate()\nspark.read.parquet(sys.argv[1]).createOrReplaceTempView('county')\nfor row in spark.sql('select key, sum(value), count(*) - count(value) from county where year = 2025 group by key order by key').collect(): print(*row)";
    let is_there = || Command::new("python3").args(["-c", "import pyspark"]).output().is_ok_and(|output| output.status.success());
    if std::env::var_os("GOUJI_LONG").is_none() || !is_there() {
        println!("skipped: GOUJI_LONG is not set, or no Spark here (pip install pyspark)");
        return;
    }
    same_sums(script);
}

#[test]
fn duckdb_reads_the_same_sums_from_the_parquet_file() {
    let script = "import sys, duckdb\nfor row in duckdb.sql(f\"select key, sum(value) v, count(*) - count(value) b from '{sys.argv[1]}' where year = 2025 group by key order by key\").fetchall(): print(*row)";
    if !Command::new("python3").args(["-c", "import duckdb"]).output().is_ok_and(|output| output.status.success()) {
        println!("skipped: no duckdb here (pip install duckdb)");
        return;
    }
    same_sums(script);
}

/// A Python script prints key, sum and number of blanks of every cell of a Parquet file: those of an independent reckoning.
fn same_sums(script: &str) {
    let set = whole();
    let folder = folder();
    let file = arg(&folder, "汇总.parquet");
    merged(&set, &file);
    let output = Command::new("python3").args(["-c", script, &file]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = String::from_utf8(output.stdout).unwrap();
    let truth = set.true_sum();
    assert_eq!(read.lines().count(), truth.len());
    for line in read.lines() {
        let [key, sum, blank] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        match truth[key] {
            Some(value) => assert_eq!((sum, blank), (&*value.to_string(), "0"), "{key}"),
            None => assert_eq!(blank, "1", "{key}"),
        }
    }
}

#[test]
fn the_countys_own_draft_goes_its_own_way() {
    let set = whole();
    let folder = folder();
    let draft = arg(&folder, "青禾县.gouji");
    merged(&set, &draft);
    let shown = gouji(&["show", &draft, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!((value["agency"].as_str(), value["year"].as_i64()), (Some("青禾县人民政府"), Some(2025)));
    for (key, figure) in set.true_sum().into_iter().filter(|(key, _)| key != "a8.fee.amount") {
        assert_eq!(value["cells"][&key].as_i64(), figure, "{key}");
    }
}

#[test]
fn all_bodies_in_every_kind_of_file_with_a_page_that_leads_to_them() {
    let set = set::county();
    let mut before = set::plain(&set.form, 8);
    before.year = 2024;
    set::lay(set.folder.path(), "2024", 0, &set.form, &before, jiff::civil::date(2025, 1, 10).at(9, 0, 0, 0));
    let county = super::opened(&set);
    let to = folder();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let day = jiff::civil::date(2026, 1, 22);
    let done = gouji::county::collect(
        &gouji::store::RealDisk,
        (&county, set.folder.path()),
        to.path(),
        &crate::support::catalog(),
        day,
        &stop,
        |_, _| {},
    );
    assert_eq!((done.num_files, done.refused), (43 * gouji::export::FileKind::ALL.len(), Vec::<String>::new()));
    let text = std::fs::read_to_string(done.index.unwrap()).unwrap();
    let page = gouji::read::html::piece(&text);
    let rows = page.tables().next().unwrap().size().0;
    assert_eq!(rows, 46, "a head and every body of the roster");
    for link in text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(to.path().join(link).is_file(), "{link}");
    }
    assert!(text.contains("逾期未报 1") && text.contains("上四分位"));
    assert!(text.contains("各年：2024 年 1 个单位合计 31；2025 年 43 个单位合计"), "the years beside each other");
    if let Ok(keep) = std::env::var("GOUJI_PICTURES") {
        std::fs::copy(to.path().join("index.html"), Path::new(&keep).join("county-index.html")).unwrap();
    }
}
