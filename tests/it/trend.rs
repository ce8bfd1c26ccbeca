//! Several years as pictures: in files of their own, behind a report, in the window.

use crate::support::{arg, catalog, folder, gouji, new_draft, set};

#[test]
fn a_trend_tells_zeros_from_gaps_and_large_from_small_in_every_kind_of_file() {
    let catalog = catalog();
    let folder = folder();
    let year = |year: u16, new: &str, rest: &str| {
        let cells: Vec<String> = catalog.for_year(year).unwrap().cells().map(|(_, cell)| format!("{}=0", cell.key)).collect();
        let path = new_draft(&folder, &format!("{year}.gouji"), "测试局", year, &cells);
        set(&path, &[format!("new.sum={new}"), format!("total.sum={rest}"), format!("open.sum={rest}"), format!("new.nat={new}")]);
        // A year of many kinds.
        if year > 2022 {
            let kinds =
                ["partial.sum=3", "deny2.sum=2", "unable1.sum=5", "noproc1.sum=1", "new.biz=2", "new.sci=9", "new.ngo=4", "new.law=7"];
            set(&path, &kinds.map(str::to_owned));
            set(&path, &["rev.total=1".to_owned(), "lit0.total=2".to_owned(), "carry_out.sum=4".to_owned()]);
        }
        path
    };
    // Seven years with one that is missing, very large, very small, and none at all.
    let years = [
        year(2019, "0", "0"),
        year(2020, "1", "1"),
        year(2021, "12345678", "3"),
        year(2023, "24", "20"),
        year(2024, "31", "31"),
        year(2025, "112", "108"),
    ];
    for (name, of) in [("一年", &years[5..]), ("两年", &years[4..]), ("七年", &years[..])] {
        for ending in ["html", "xlsx", "png"] {
            let out = arg(&folder, &format!("{name}.{ending}"));
            let words: Vec<&str> = ["trend"].into_iter().chain(of.iter().map(String::as_str)).chain(["-o", &out]).collect();
            let said = gouji(&words);
            assert_eq!(said.code, 0, "{}", said.err);
            assert!(said.out.contains("2025年本年新收 112 件"), "{}", said.out);
            assert!(!said.err.contains("Alternative"), "{}", said.err);
            if let Ok(keep) = std::env::var("GOUJI_PICTURES") {
                std::fs::copy(&out, std::path::Path::new(&keep).join(format!("趋势-{name}.{ending}"))).unwrap();
            }
        }
        // The same pictures behind the report, in every kind of file; each proves its own figures before it is written.
        let (report, earlier) = of.split_last().unwrap();
        for ending in ["html", "xlsx", "docx", "pdf"] {
            let out = arg(&folder, &format!("附图-{name}.{ending}"));
            let words: Vec<&str> =
                ["export", report, "-o", &out, "--trend"].into_iter().chain(earlier.iter().map(String::as_str)).collect();
            let said = gouji(&words);
            assert!(said.code < 2, "{} {}", said.out, said.err);
            if let Ok(keep) = std::env::var("GOUJI_PICTURES") {
                std::fs::copy(&out, std::path::Path::new(&keep).join(format!("附图-{name}.{ending}"))).unwrap();
            }
            let held = gouji(&["verify", report, "--against", &out]);
            assert!(held.out.contains("逐格逐段一致"), "{} {}", held.out, held.err);
        }
        let page = std::fs::read_to_string(folder.path().join(format!("{name}.html"))).unwrap();
        assert_eq!(page.matches("<svg").count(), 4);
        assert_eq!(page.contains("2022年没有报告"), name == "七年");
        assert_eq!(page.contains(">12345678<"), name == "七年");
        assert!(!page.contains("<script") && !page.contains("http://www.w3.org/1999"), "whole in itself");
        let book = std::fs::read(folder.path().join(format!("{name}.xlsx"))).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let charts = (1..=9).filter(|no| zip.by_name(&format!("xl/charts/chart{no}.xml")).is_ok()).count();
        assert_eq!(charts, 4);
        let mut first = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("xl/charts/chart1.xml").unwrap(), &mut first).unwrap();
        assert!(first.contains("barChart") && first.contains("趋势图"), "{first}");
        assert!(first.contains("<c:min val=\"0\"/>"), "bars begin at nothing");
    }
    let twice = gouji(&["trend", &years[5], &years[5], "-o", &arg(&folder, "x.html")]);
    assert!(twice.code == 2 && twice.err.contains("有两份"), "{}", twice.err);
}
