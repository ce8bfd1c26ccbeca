//! Last year: its report in the draft, real pairs of years, what is carried over, what was signed, a report on another form.

use std::collections::BTreeMap;
use std::sync::Arc;

use gouji::form::{Fate, Form};
use gouji::model::{Action, Draft, Edit, Entry, LastYear, PriorSource};
use gouji::review::{self, Migration};
use gouji::rules;
use gouji::session::Session;
use gouji::store::{self, Proof, decode, encode};
use serde_json::{Value, json};

use crate::review::{act, clerk, code_of, person, reviewer, secrecy, signer};
use crate::stage;
use crate::support::{Published, arg, catalog, check, folder, gouji, new_draft, published, set, shared, type_in, v1};

const COLUMNS: [&str; 7] = ["nat", "biz", "sci", "ngo", "law", "oth", "sum"];

/// Reports of one agency in years that follow on each other: those of our own cases, and any more that lie beside the checkout.
fn pairs() -> Vec<(Published, Published)> {
    let mut pairs = Vec::new();
    for new in everything() {
        let last = everything().into_iter().find(|old| old.agency == new.agency && old.year + 1 == new.year);
        pairs.extend(last.map(|old| (old, new)));
    }
    assert!(pairs.len() >= 4, "{}", pairs.len());
    pairs
}

/// Reports of one agency some years apart, dated as if they followed on each other: real figures across the change of forms.
fn pairs_apart() -> Vec<(Published, Published)> {
    let mut pairs = Vec::new();
    for mut new in everything() {
        let earlier = everything().into_iter().filter(|old| old.agency == new.agency && old.year + 1 < new.year);
        let Some(mut old) = earlier.max_by_key(|old| old.year) else { continue };
        if old.form != new.form {
            (old.year, new.year) = (2020, 2021);
        }
        old.year = new.year - 1;
        pairs.push((old, new));
    }
    assert!(pairs.len() >= 4, "{}", pairs.len());
    pairs
}

/// Our own cases, and the reports beside the checkout that are none of them.
pub fn everything() -> Vec<Published> {
    let mut all = published();
    let Some(folder) = shared("reports") else { return all };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.to_str().unwrap().ends_with(".truth.json")) {
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let text = |key: &str| truth[key].as_str().unwrap().to_owned();
        if all.iter().all(|known| known.name != text("id")) {
            all.push(from_truth(&truth));
        }
    }
    all
}

fn from_truth(truth: &Value) -> Published {
    let text = |key: &str| truth[key].as_str().unwrap().to_owned();
    let cells = truth["cells"].as_object().unwrap().iter().filter(|(_, value)| value.is_number());
    Published {
        name: text("id"),
        agency: text("agency"),
        year: u16::try_from(truth["year"].as_u64().unwrap()).unwrap(),
        form: text("form"),
        cells: cells.map(|(key, value)| format!("{key}={value}")).collect(),
        breaks: Vec::new(),
    }
}

/// The whole numbers of a published report, by key; read here and nowhere else.
pub fn figures(report: &Published) -> BTreeMap<String, i64> {
    let pairs = report.cells.iter().filter_map(|cell| cell.split_once('='));
    pairs.filter_map(|(key, text)| Some((key.to_owned(), text.parse().ok()?))).collect()
}

/// Places where the rule fails in a checked report.
fn places(report: &Value, rule: &str) -> Vec<String> {
    let found = report["findings"].as_array().unwrap().iter().filter(|found| found["rule"] == rule && found["verdict"] == "fail");
    found.map(|found| found["at"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn real_pairs_of_years_are_decided_as_arithmetic_says() {
    let (mut num_pairs, mut num_r38, mut num_r30, mut num_broken) = (0, 0, 0, 0);
    for (old, new) in pairs().into_iter().chain(pairs_apart()) {
        num_pairs += 1;
        let folder = folder();
        let last = new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
        let this = new_draft(&folder, "本年.gouji", &new.agency, new.year, &new.cells);
        let said = gouji(&["prior", &this, &last, "--published"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let (then, now) = (figures(&old), figures(&new));
        let report = check(&this);
        let differs = |key: &str, from: &str| now.get(key).zip(then.get(from)).map(|(now, then)| now != then);
        let columns = COLUMNS.iter().filter_map(|col| Some((*col, differs(&format!("carry_in.{col}"), &format!("carry_out.{col}"))?)));
        let columns: Vec<(&str, bool)> = columns.collect();
        num_r38 += columns.len();
        let wanted: Vec<&str> = columns.iter().filter(|(_, differs)| *differs).map(|(col, _)| *col).collect();
        assert_eq!(places(&report, "R38"), wanted, "{} {}", new.name, new.agency);
        let mut valid = Vec::new();
        // 对外公开总数量 of the older form is another notion.
        for kind in ["reg", "norm"].into_iter().filter(|_| old.form == "F2021") {
            let of = |figures: &BTreeMap<String, i64>, what: &str| figures.get(&format!("a1.{kind}.{what}")).copied();
            if let (Some(before), Some(made), Some(repealed), Some(is)) =
                (of(&then, "valid"), of(&now, "made"), of(&now, "repealed"), of(&now, "valid"))
            {
                num_r30 += 1;
                num_broken += usize::from(before + made - repealed != is);
                valid.extend((before + made - repealed != is).then(|| format!("a1.{kind}.valid")));
            }
        }
        assert_eq!(places(&report, "R30"), valid, "{} {}", new.name, new.agency);
    }
    println!("{num_pairs} pairs: R38 in {num_r38} columns; R30 {num_broken} of {num_r30} broken");
    assert!(num_r38 >= 49 && num_r30 >= 7, "{num_r38} {num_r30}");
}

#[test]
fn a_carried_in_figure_changed_by_one_is_named_with_both_sides_and_last_years_value() {
    let (mut num_named, mut num_suspected) = (0, 0);
    for (old, new) in pairs() {
        let folder = folder();
        let last = new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
        let (then, now) = (figures(&old), figures(&new));
        let known = COLUMNS.iter().filter(|column| then.contains_key(&format!("carry_out.{column}")));
        for column in known {
            let (cell, from) = (format!("carry_in.{column}"), format!("prior.carry_out.{column}"));
            let right = now[&cell];
            assert_eq!(right, then[&format!("carry_out.{column}")], "{} {cell}", new.name);
            let is_whole = !new.breaks.iter().any(|(_, at)| at == column || at == "carry_in");
            for wrong in [right + 1, right - 1].into_iter().filter(|wrong| *wrong >= 0) {
                let this = new_draft(&folder, &format!("{column}{wrong}.gouji"), &new.agency, new.year, &new.cells);
                set(&this, &[format!("{cell}={wrong}")]);
                assert_eq!(gouji(&["prior", &this, &last, "--published"]).code, 0);
                let report = check(&this);
                assert_eq!(places(&report, "R38"), [*column], "{}", new.name);
                let found = report["findings"].as_array().unwrap().iter().find(|found| found["rule"] == "R38").unwrap();
                assert_eq!(found["severity"], "error");
                assert_eq!(found["left"], json!({"cells": [cell], "value": wrong}));
                assert_eq!(found["right"], json!({"cells": [from], "value": right}));
                assert_eq!(found["difference"], wrong - right);
                num_named += 1;
                // Where nothing else is wrong there, the cell is the suspect and last year's figure what it should be.
                let suspects = report["suspects"].as_array().unwrap();
                let named = suspects.iter().find(|suspect| suspect["cell"] == cell.as_str());
                if is_whole {
                    assert_eq!(named.map(|named| &named["should_be"]), Some(&json!(right)), "{} {cell} {report}", new.name);
                    num_suspected += 1;
                }
            }
        }
    }
    println!("R38 named {num_named} changed figures, {num_suspected} as suspects with last year's value");
    assert!(num_suspected >= 28, "{num_named} {num_suspected}");
}

/// V1 with the year before it, whose 结转 is what V1 starts from.
fn with_prior(source: PriorSource) -> (Arc<Form>, Draft) {
    let (form, mut draft) = v1();
    "测试市人民政府".clone_into(&mut draft.agency);
    let mut old = draft.clone();
    old.year -= 1;
    for column in COLUMNS {
        let carried = draft.entry(form.cell_by_key(&format!("carry_in.{column}")).unwrap()).text();
        type_in(&form, &mut old, &format!("carry_out.{column}"), &carried);
    }
    for kind in ["reg", "norm"] {
        let of = |what: &str| draft.entry(form.cell_by_key(&format!("a1.{kind}.{what}")).unwrap()).value().unwrap();
        type_in(&form, &mut old, &format!("a1.{kind}.valid"), &(of("valid") - of("made") + of("repealed")).to_string());
    }
    let prior = review::take_prior(form.report(&old), source, Some(review::Digests::of(b"file").sm3));
    draft.apply(Edit::last_year(LastYear::Report(Arc::new(prior))));
    (form, draft)
}

#[test]
fn last_years_report_travels_in_the_file_is_undone_and_restored_as_one_step() {
    let (form, draft) = with_prior(PriorSource::Published);
    let text = encode(form.report(&draft));
    assert!(text.starts_with("(\n    format: 4,\n"), "{text}");
    let (_, loaded) = decode(text.as_bytes(), &catalog()).unwrap();
    assert_eq!(loaded, draft);
    assert_eq!(encode(form.report(&loaded)), text);
    let mut session = Session::new(Arc::clone(&form), draft.clone());
    session.apply(vec![Edit::last_year(LastYear::FirstYear)]);
    assert!(session.draft().prior().is_none() && session.checked().is_first_year);
    session.undo();
    assert_eq!(*session.draft(), draft);
    let edit = Edit::last_year(draft.last_year().clone());
    let words = gouji::form::spelling::edit_words(&form, &edit).unwrap();
    assert_eq!(gouji::form::spelling::read_edit(&form, &words), Some(edit));
}

#[test]
fn the_tick_says_whether_last_year_was_looked_at() {
    let (form, draft) = with_prior(PriorSource::Published);
    let words = |draft: &Draft| {
        let texts = rules::claims::Reading::of(form.report(draft)).judge(form.report(draft));
        rules::checked(form.report(draft), &rules::check(form.report(draft)), &texts).words()
    };
    assert!(!words(&draft).contains("上年"), "{}", words(&draft));
    let (_, without) = v1();
    assert!(words(&without).contains("上年数据未核对"), "{}", words(&without));
    let mut first = without;
    first.apply(Edit::last_year(LastYear::FirstYear));
    assert_eq!(words(&first).matches("第一年").count(), 1, "{}", words(&first));
    assert!(!words(&first).contains("未核对；") && !words(&first).contains("上年数据"), "{}", words(&first));
}

#[test]
fn a_changed_byte_of_last_years_report_under_a_signature_is_named() {
    let (form, draft) = with_prior(PriorSource::Published);
    let mut session = Session::new(form, draft);
    session.set_person(Some(clerk()));
    let warnings: Vec<_> = session.open().collect();
    for (no, finding) in warnings.into_iter().enumerate() {
        let reason = session.reason_edit(finding, &format!("已与登记台账逐件对过，第{no}项情况属实有据"));
        session.apply(reason.into_iter().collect());
    }
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    for who in [reviewer(), secrecy()] {
        act(&mut session, &who, Action::Receive, "").unwrap();
        act(&mut session, &who, Action::Pass, "").unwrap();
    }
    act(&mut session, &signer(), Action::Receive, "").unwrap();
    let code = code_of(&session);
    act(&mut session, &signer(), Action::Sign, &code).unwrap();
    let text = encode(session.report());
    assert!(matches!(store::prove(text.as_bytes(), &catalog()), Proof::Fits(_, Some(_))));
    for (was, is) in [("\"carry_out.nat\": \"535\"", "\"carry_out.nat\": \"536\""), ("source: \"published\"", "source: \"signed\"")] {
        assert!(text.contains(was), "{was}");
        let changed = text.replacen(was, is, 1);
        let Proof::Broken(what) = store::prove(changed.as_bytes(), &catalog()) else { panic!("{was} is not missed") };
        assert!(what.contains("上年报告"), "{what}");
    }
    // Any byte of it: the digits, letters and signs within its quotation marks, one at a time.
    let (start, end) = (text.find("    prior: Report((").unwrap(), text.find("    )),\n").unwrap());
    let letters = text.as_bytes();
    let inside = |at: usize| letters[start..at].split(|byte| *byte == b'"').count() % 2 == 0;
    let places: Vec<usize> = (start..end).filter(|at| letters[*at].is_ascii_alphanumeric() && inside(*at)).step_by(41).collect();
    let num_places = places.len();
    for at in places {
        let mut bytes = letters.to_vec();
        bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
        let line = letters[..at].split(|byte| *byte == b'\n').count();
        match store::prove(&bytes, &catalog()) {
            Proof::Broken(what) => assert!(what.contains("上年报告"), "line {line}: {what}"),
            other => panic!("line {line} changed: {other:?}"),
        }
    }
    assert!(num_places > 40, "{num_places}");
    // A figure of this year's is not laid at last year's door.
    let changed = text.replacen("\"new.nat\": \"13612\"", "\"new.nat\": \"13613\"", 1);
    let Proof::Broken(what) = store::prove(changed.as_bytes(), &catalog()) else { panic!("not missed") };
    assert!(!what.contains("上年报告"), "{what}");
    assert_eq!(person("赵六", gouji::model::Role::Signer), signer());
}

#[test]
fn the_command_takes_last_years_report_or_says_why_not() {
    let (old, new) = pairs().into_iter().find(|(_, new)| new.name == "126").unwrap();
    let folder = folder();
    let last = new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
    let this = new_draft(&folder, "本年.gouji", &new.agency, new.year, &new.cells);
    let before = std::fs::read(&this).unwrap();
    let checked = gouji(&["check", &this, "--prior", &last, "--format", "json"]);
    assert!(checked.code < 2, "{}", checked.err);
    let whole: Value = serde_json::from_str(&checked.out).unwrap();
    let off = whole["reports"][0]["off"].as_array().unwrap();
    assert!(!off.iter().any(|off| off["needs"] == "prior"), "{off:?}");
    assert_eq!(std::fs::read(&this).unwrap(), before, "nothing is written");
    let wrong_year = gouji(&["prior", &last, &this]);
    assert!(wrong_year.code == 2 && wrong_year.err.contains(&format!("{} 年", old.year - 1)), "{}", wrong_year.err);
    assert_eq!(gouji(&["prior", &this, &last]).code, 0);
    let again = gouji(&["check", &this, "--format", "json"]);
    assert_eq!(again.out, checked.out, "the draft decides what the file decided");
    assert_eq!(gouji(&["prior", &this, "--none"]).code, 0);
    assert_eq!(std::fs::read(&this).unwrap(), before, "and nothing is left of it");
    assert_eq!(gouji(&["prior", &this, "--first-year"]).code, 0);
    assert!(check(&this)["off"].as_array().unwrap().iter().all(|off| off["needs"] != "prior"));
}

#[test]
fn a_published_file_serves_as_last_years_report() {
    let Some(file) = shared("reports/015.txt") else { return };
    let new = published().into_iter().find(|report| report.name == "016").unwrap();
    let folder = folder();
    let this = new_draft(&folder, "本年.gouji", &new.agency, new.year, &new.cells);
    let said = gouji(&["prior", &this, file.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("2023 年报告（已公布的报告）"), "{}", said.out);
    let report = check(&this);
    assert_eq!(places(&report, "R38"), Vec::<String>::new());
    let old = published().into_iter().find(|report| report.name == "015").unwrap();
    let catalog = catalog();
    let (form, draft) = decode(&std::fs::read(&this).unwrap(), &catalog).unwrap();
    let prior = draft.prior().unwrap();
    for (key, figure) in figures(&old) {
        let kind = form.cell(form.cell_by_key(&key).unwrap()).kind;
        let entry = prior.entry(&key, kind).unwrap();
        assert!(entry.is_blank() || entry.value() == Some(figure) || matches!(entry, Entry::Money(_)), "{key}: {entry:?}");
    }
}

#[test]
fn a_report_begun_from_last_years_proposes_what_follows_and_types_nothing() {
    let (old, _) = pairs().into_iter().find(|(_, new)| new.name == "126").unwrap();
    let folder = folder();
    let last = new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
    let this = arg(&folder, "本年.gouji");
    let said = gouji(&["new", "--from", &last, "-o", &this]);
    assert_eq!(said.code, 0, "{}", said.err);
    let shown: Value = serde_json::from_str(&gouji(&["show", &this, "--format", "json"]).out).unwrap();
    assert_eq!((&shown["agency"], &shown["year"]), (&json!(old.agency), &json!(old.year + 1)));
    assert!(shown["cells"].as_object().unwrap().values().all(Value::is_null), "a proposal is not typed");
    assert!(shown["sections"].as_object().unwrap().values().all(|text| text == ""), "texts are not copied");
    let then = figures(&old);
    let catalog = catalog();
    let (form, draft) = decode(&std::fs::read(&this).unwrap(), &catalog).unwrap();
    let proposed: BTreeMap<String, i64> = rules::proposals(form.report(&draft))
        .iter()
        .map(|(cell, entry)| (form.cell(*cell).key.to_string(), entry.value().unwrap()))
        .collect();
    let wanted: BTreeMap<String, i64> = COLUMNS.iter().map(|col| (format!("carry_in.{col}"), then[&format!("carry_out.{col}")])).collect();
    assert_eq!(proposed, wanted);
    let carried = gouji(&["prior", &this, "--carry"]);
    assert!(carried.code == 0 && carried.out.contains("由上年带入 7 格"), "{} {}", carried.out, carried.err);
    let (_, draft) = decode(&std::fs::read(&this).unwrap(), &catalog).unwrap();
    assert_eq!(draft.prior().unwrap().carried().count(), 7);
    // Valid documents follow once those made and repealed this year are typed.
    set(&this, &["a1.norm.made=3".to_owned(), "a1.norm.repealed=1".to_owned()]);
    let (_, draft) = decode(&std::fs::read(&this).unwrap(), &catalog).unwrap();
    let proposals = rules::proposals(form.report(&draft));
    let valid = form.cell_by_key("a1.norm.valid").unwrap();
    assert_eq!(proposals, [(valid, Entry::Whole(then["a1.norm.valid"] + 2))]);
}

#[test]
fn with_last_year_at_hand_a_clerk_presses_fewer_keys() {
    let find = |name: &str| published().into_iter().find(|report| report.name == name).unwrap();
    let (old, new) = (find("015"), find("016"));
    let folder = folder();
    new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
    let this = new_draft(&folder, "本年.gouji", &new.agency, new.year, &[]);
    let mut window = stage::window_at(gouji::store::Home { disk: Arc::new(gouji::store::RealDisk), folder: folder.path().join("gouji") });
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, gouji::ui::Command::OpenPath(this.into()));
    stage::finish_jobs(&mut window);
    let now = figures(&new);
    let form = catalog().by_id("F2021").unwrap();
    let lines: Vec<String> = form.tables[1].lines.iter().map(|(key, _)| key.to_string()).collect();
    // A figure, then Tab, or Enter at the end of the line.
    let line = |key: &str| -> String {
        let cells = COLUMNS.iter().map(|column| now[&format!("{key}.{column}")].to_string());
        let typed: Vec<String> = cells.collect();
        format!("{} Enter", typed.join(" Tab "))
    };
    let without: Vec<String> = lines.iter().map(|key| line(key)).collect();
    let with: Vec<String> = lines.iter().map(|key| if key == "carry_in" { "Down".to_owned() } else { line(key) }).collect();
    let with = format!("F3 F3 {}", with.join(" "));
    let presses = |script: &str| -> usize {
        script.split_whitespace().map(|word| if word.chars().all(|c| c.is_ascii_digit()) { word.len() } else { 1 }).sum()
    };
    stage::go_to(&mut window, "new.nat");
    stage::keys(&mut window, &with);
    for key in &lines {
        for column in COLUMNS {
            let cell = format!("{key}.{column}");
            assert_eq!(stage::shown(&window, &cell), now[&cell].to_string(), "{cell}");
        }
    }
    let (with, without) = (presses(&with), presses(&without.join(" ")));
    println!("表三 of 016: {without} keys without last year's report, {with} with it");
    assert!(with < without);
}

/// A published report as a draft on its own form.
fn on_its_form(report: &Published) -> (Arc<Form>, Draft) {
    let form = catalog().by_id(&report.form).unwrap();
    let mut draft = form.draft(report.agency.clone(), report.year);
    for (key, text) in report.cells.iter().filter_map(|cell| cell.split_once('=')) {
        type_in(&form, &mut draft, key, text);
    }
    (form, draft)
}

#[test]
fn every_report_on_the_form_of_2019_moves_to_that_of_2021_and_nothing_is_lost() {
    let new_form = catalog().by_id("F2021").unwrap();
    let mut num_moved = 0;
    for report in everything().iter().filter(|report| report.form == "F2019") {
        let (form, draft) = on_its_form(report);
        let migration = review::moved(form.report(&draft), &new_form);
        let Migration { lines, new, totals, draft: moved } = &migration;
        assert!(lines.iter().map(|line| line.from).eq(form.cells().map(|(cell, _)| cell)), "every old cell, once");
        assert!(lines.iter().all(|line| line.fate != Fate::Unknown), "every cell's way is told");
        let mut reached: Vec<_> = lines.iter().flat_map(|line| line.to.iter().copied()).chain(new.iter().copied()).collect();
        reached.sort_unstable();
        assert!(reached.iter().copied().eq(new_form.cells().map(|(cell, _)| cell)), "every new cell, once");
        // Reckoned here from the keys alone.
        for (place, total) in [(1, "表三"), (2, "表四")]
            .iter()
            .map(|(place, name)| (place, totals.iter().find(|total| total.table == *name && !total.is_money).unwrap()))
        {
            let of = |form: &Form, draft: &Draft| -> i128 {
                let cells = form.cells().filter(|(_, cell)| cell.table == *place);
                cells.filter_map(|(cell, _)| draft.entry(cell).value()).map(i128::from).sum()
            };
            let other: i128 = form
                .cells()
                .filter(|(_, cell)| cell.key.starts_with("other."))
                .filter_map(|(cell, _)| draft.entry(cell).value().map(i128::from))
                .sum();
            let other = if *place == 1 { other } else { 0 };
            assert_eq!((total.before, total.placed, total.to_decide, total.gone), (of(&form, &draft), of(&new_form, moved), other, 0));
        }
        assert!(totals.iter().all(review::Total::is_proved), "{totals:?}");
        num_moved += 1;
    }
    assert!(num_moved >= 4, "{num_moved}");
}

#[test]
fn the_command_moves_a_report_and_tells_where_every_cell_went() {
    let report = published().into_iter().find(|report| report.form == "F2019" && report.year == 2020).unwrap();
    let folder = folder();
    let old = new_draft(&folder, "旧.gouji", &report.agency, report.year, &report.cells);
    let said = gouji(&["move", &old, "--form", "F2021", "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let ledger: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(ledger["cells"].as_array().unwrap().len(), 198);
    let fate = |key: &str| ledger["cells"].as_array().unwrap().iter().find(|line| line["from"] == key).unwrap()["fate"].clone();
    assert_eq!((fate("new.nat"), fate("other.sum"), fate("a9.procure.amount")), (json!("kept"), json!("split"), json!("gone")));
    assert_eq!(fate("a1.norm.made"), json!("renamed"));
    let refused = gouji(&["move", &old, "--form", "F2021", "-o", &arg(&folder, "新.gouji")]);
    assert!(refused.code == 2 && !folder.path().join("新.gouji").exists(), "a report of 2020 has no place on the form of 2021");
    let taken = gouji(&["move", &old, "--form", "F2021", "--year", "2021", "-o", &arg(&folder, "新.gouji")]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(taken.out.contains("相符") && taken.out.contains("政府集中采购"), "{}", taken.out);
}
