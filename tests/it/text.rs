//! Figures in the text chapters: what is bound, what is told, and what stays silent. Cases in our own words, then the labelled
//! passages of published reports where they are at hand.

use std::sync::Arc;

use gouji::form::{Catalog, Form};
use gouji::model::{Draft, Edit, Entry, LastYear, Prior, PriorSource, SectionId, Splice};
use gouji::rules::claims::read::{read, reread};
use gouji::rules::claims::rule::WORDS;
use gouji::rules::claims::{Certainty, Reading, TextFinding, check_text, held};
use gouji::session::Session;
use serde_json::Value;

use crate::support::shared;

/// The lines of a case file, without comments, cut at the bars.
fn cases(text: &str) -> Vec<Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('|').map(str::trim).collect()).collect()
}

fn draft(form: &Form, agency: &str, year: u16, cells: &[(String, String)], section: u8, text: &str) -> Draft {
    let mut draft = form.draft(agency.to_owned(), year);
    let mut prior = Prior::new(agency.to_owned(), year - 1, &form.id, PriorSource::Published, None);
    let of_last_year = cells.iter().filter_map(|(key, value)| Some((key.strip_prefix("prior.")?, value)));
    if of_last_year.map(|(key, value)| prior.put_figure(key, value)).count() > 0 {
        draft.apply(Edit::last_year(LastYear::Report(Arc::new(prior))));
    }
    for (key, value) in cells {
        if let Some(cell) = form.cell_by_key(key) {
            draft.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, value)));
        }
    }
    draft.apply(Edit::Text(SectionId(section), Splice::between("", text).unwrap()));
    draft
}

#[test]
fn a_figure_is_bound_to_what_its_words_mean_and_to_nothing_else() {
    for line in include_str!("../cases/text/mentions.txt").lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once(" | ").unwrap();
        let text = format!("（二）依申请公开。{text}");
        let bound: Vec<String> = read(1, &text, &WORDS)
            .iter()
            .flat_map(|paragraph| &paragraph.sentences)
            .flat_map(|sentence| &sentence.mentions)
            .filter(|mention| !mention.keys.is_empty() && mention.strength != gouji::rules::claims::read::Strength::Doubtful)
            .map(|mention| format!("{}={}", mention.figure.text(), mention.keys.join("|")))
            .collect();
        if expected == "-" {
            assert!(bound.is_empty(), "{text}: {bound:?}");
        }
        for one in expected.split(' ').filter(|one| *one != "-") {
            assert!(bound.iter().any(|found| found == one), "{text}: {one} is not among {bound:?}");
        }
    }
}

/// What is found in each case of a file that does not come out as written there.
fn surprises(file: &str) -> Vec<String> {
    let form = Catalog::shipped().unwrap().for_year(2024).unwrap();
    let mut surprises = Vec::new();
    for case in cases(file) {
        let [cells, text, expected] = case.as_slice() else { panic!("{case:?}") };
        let cells: Vec<(String, String)> =
            cells.split_whitespace().filter_map(|one| one.split_once('=')).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let chapter = text.split_once(':').and_then(|(no, text)| Some((no.parse().ok()?, text)));
        let (section, text) = chapter.unwrap_or((1, *text));
        let draft = draft(&form, "某市某某局", 2024, &cells, section, text);
        let said = |found: &TextFinding| format!("{}{}", found.rule.id, if found.certainty == Certainty::Broken { '!' } else { '?' });
        let found: Vec<String> = check_text(form.report(&draft)).iter().map(said).collect();
        let expected: Vec<&str> = if *expected == "-" { Vec::new() } else { expected.split(' ').collect() };
        if found != expected {
            surprises.push(format!("{text}: {found:?}, not {expected:?}"));
        }
    }
    surprises
}

#[test]
fn what_cannot_be_right_is_told_and_what_may_be_right_is_asked_or_left_alone() {
    assert_eq!(surprises(include_str!("../cases/text/findings.txt")), Vec::<String>::new());
    assert_eq!(surprises(include_str!("../cases/text/years.txt")), Vec::<String>::new());
}

#[test]
fn sentences_written_after_the_rules_come_out_as_they_should() {
    assert_eq!(surprises(include_str!("../cases/text/fresh.txt")), Vec::<String>::new());
}

#[test]
fn reading_one_paragraph_again_gives_what_reading_everything_gives() {
    let before = "（二）依申请公开\n新收申请3件。\n其中予以公开2件。\n（三）平台\n发布2条。";
    let old = read(1, before, &WORDS);
    for after in [
        before.replace("3件", "4件"),
        before.replace("（二）依申请公开\n", ""),
        format!("前言。\n{before}"),
        before.replace('\n', ""),
        String::new(),
    ] {
        assert_eq!(reread(old.clone(), 1, &after, &WORDS), read(1, &after, &WORDS), "{after}");
    }
}

#[test]
fn whatever_is_done_judging_what_has_changed_gives_what_judging_everything_gives() {
    let pieces = [
        "（二）依申请公开",
        "新收政府信息公开申请3件",
        "上年结转2件",
        "结转下年度",
        "。",
        "，",
        "；",
        "\n",
        "（",
        "）",
        "其中",
        "12",
        "《",
        "一、",
        "办结4件",
        "占20%",
        "予以公开1件，部分公开1件，不予公开1件，无法提供1件，不予处理1件，其他处理1件",
        "均按期答复。",
        "申请已全部办结。",
        "主要做了三个方面：",
        "一是抓培训；",
        "二是抓更新；",
        "四是抓考核。",
        "某市另一局 2025年1月26日",
        "组织开展政务公开业务培训3次。",
        "组织开展政务公开业务培训4次。",
        "收取信息处理费9万元",
        "比上年增加2件",
    ];
    let mut dice = crate::support::Dice(16);
    let (form, draft) = crate::support::v1();
    let mut session = Session::new(form.clone(), draft);
    let mut num_found = 0;
    for step in 0..600 {
        let section = SectionId(if dice.roll(4) == 0 { 6 } else { 1 });
        match dice.roll(12) {
            0 => {
                let key = dice.pick(&["new.sum", "carry_out.sum", "total.sum", "a8.fee.amount"]);
                let edit = session.typed(form.cell_by_key(key).unwrap(), &(step % 5).to_string());
                session.apply(vec![edit]);
            }
            1 => {
                let figures: Vec<_> = session.text_figures().iter().collect();
                let edit = (!figures.is_empty()).then(|| session.link_edit(dice.pick(&figures), "new.sum")).flatten();
                session.apply(edit.into_iter().collect());
            }
            2 => _ = session.undo(),
            3 => _ = session.redo(),
            _ => {
                let mut text: Vec<char> = session.draft().section(section).chars().collect();
                let at = usize::try_from(dice.roll(u32::try_from(text.len() + 1).unwrap())).unwrap();
                let end = if dice.roll(3) == 0 { text.len().min(at + 6) } else { at };
                text.splice(at..end, dice.pick(&pieces).chars());
                let edit = session.text_edit(section, &text.into_iter().collect::<String>());
                session.apply(edit.into_iter().collect());
            }
        }
        let fresh = Reading::of(form.report(session.draft())).judge(form.report(session.draft()));
        let text = session.draft().section(section);
        assert_eq!(session.text_figures(), fresh.figures, "{text}");
        assert_eq!(session.links(), fresh.links, "{text}");
        assert_eq!(format!("{:?}", session.text_findings()), format!("{:?}", fresh.findings), "{text}");
        assert_eq!(read(section.0, text, &WORDS), reread(read(section.0, &text.replace('一', "二"), &WORDS), section.0, text, &WORDS));
        num_found += fresh.findings.len();
    }
    assert!(num_found > 600, "there was something to find");
}

/// The form of 2021 with words of a place.
fn local_form() -> String {
    let text = std::fs::read_to_string(crate::support::project().join("assets/forms/f2021.ron")).unwrap();
    let words = r#"wordings: (
        words: [(Make, ["拟发"]), (NoneReceived, ["一件没收着"])],
        outcomes: [("open.sum", ["给了公开"])],
        units: [(Count, ["桩"])],
        sentences: [(chapter: 1, title: "本地写法", text: "今年拟发规范性文件{a1.norm.made}桩。")],
    ),"#;
    text.replacen("id: \"F2021\",", &format!("id: \"LOCAL\",{words}"), 1)
}

#[test]
fn a_local_wording_is_a_line_in_a_form_file_and_no_program() {
    let local = Form::load("local.ron", &local_form()).unwrap();
    let shipped = Catalog::shipped().unwrap().for_year(2024).unwrap();
    let cells: Vec<(String, String)> =
        [("new.sum", "12"), ("open.sum", "5"), ("a1.norm.made", "4")].map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
    let found = |form: &Form, text: &str| -> Vec<String> {
        let draft = draft(form, "某市某某局", 2024, &cells, 1, text);
        check_text(form.report(&draft)).iter().map(|found| found.rule.id.to_string()).collect()
    };
    for (text, rule) in [
        ("全年拟发行政规范性文件7桩。", "R43i"),
        ("（二）依申请公开。本年一件没收着政府信息公开申请。", "R48"),
        ("（二）依申请公开。收到政府信息公开申请12件，给了公开9件。", "R43f"),
    ] {
        assert_eq!((found(&shipped, text), found(&local, text)), (Vec::new(), vec![rule.to_owned()]), "{text}");
    }
    let wrong = local_form().replace("(Make, [\"拟发\"])", "(Makes, [\"拟发\"])");
    let said = Form::load("local.ron", &wrong).unwrap_err().to_string();
    assert!(said.contains("local.ron"), "{said}");
    let empty = local_form().replace("\"拟发\"", "\" \"");
    assert!(Form::load("local.ron", &empty).unwrap_err().to_string().contains("空的词"));

    // The program itself, with the folder named.
    let folder = crate::support::folder();
    let forms = crate::support::arg(&folder, "forms");
    std::fs::create_dir(&forms).unwrap();
    crate::support::put(&std::path::Path::new(&forms).join("local.ron"), local_form().as_bytes());
    let path = crate::support::arg(&folder, "报告.gouji");
    let run = |args: &[&str]| crate::support::gouji(&[args, &["--forms", &forms]].concat());
    run(&["new", "--agency", "某市某某局", "--year", "2024", "--form", "LOCAL", "-o", &path]);
    run(&["set", &path, "a1.norm.made=4", "1=全年拟发行政规范性文件7桩。"]);
    let said = run(&["text", &path, "--format", "json"]);
    assert!(said.out.contains("a1.norm.made") && said.out.contains("differs"), "{} {}", said.out, said.err);
}

/// Labelled passages, if they are at hand.
fn passages(name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(shared(&format!("text/{name}"))?).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn of_passage(catalog: &Catalog, line: &Value) -> (std::sync::Arc<Form>, Draft) {
    let form = catalog.by_id(line["form"].as_str().unwrap()).unwrap();
    let agency = match line["agency_kind"].as_str().unwrap() {
        "town" => "甲镇人民政府",
        "county" => "甲县人民政府",
        "city" => "甲市人民政府",
        _ => "甲市某某局",
    };
    let of = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let table = line["table"].as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let cells: Vec<(String, String)> = table.map(|(key, value)| (key.clone(), of(value))).collect();
    let section = line["chapter"].as_str().unwrap().parse().unwrap_or(0);
    let year = u16::try_from(line["year"].as_u64().unwrap()).unwrap();
    let draft = draft(&form, agency, year, &cells, section, line["text"].as_str().unwrap());
    (form, draft)
}

fn range(label: &Value) -> std::ops::Range<usize> {
    let start = usize::try_from(label["start"].as_u64().unwrap()).unwrap();
    start..start + label["quote"].as_str().unwrap().chars().count()
}

fn overlap(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Share in per mille.
fn per_mille(part: usize, whole: usize) -> usize {
    part * 1000 / whole.max(1)
}

#[test]
fn published_passages_are_read_as_they_were_labelled() {
    let Some(corpus) = passages("corpus.jsonl") else { return };
    let catalog = Catalog::shipped().unwrap();
    let (mut labelled, mut found, mut bound, mut right) = (0, 0, 0, 0);
    for line in &corpus {
        let (form, draft) = of_passage(&catalog, line);
        let mut mine = Vec::new();
        for (section, text) in draft.sections() {
            for paragraph in read(section.0, text, &WORDS) {
                for sentence in &paragraph.sentences {
                    let held = held::hold(form.report(&draft), &paragraph, sentence);
                    let at = |range: &std::ops::Range<usize>| paragraph.start + range.start..paragraph.start + range.end;
                    mine.extend(held.iter().filter(|held| !held.keys.is_empty()).map(|held| (at(&held.mention.at), held.keys.clone())));
                }
            }
        }
        let labels = line["mentions"].as_array().unwrap();
        let agrees = |label: &Value, keys: &[Box<str>]| {
            label["key"].as_str().is_some_and(|key| key.split('|').any(|key| keys.iter().any(|mine| **mine == *key)))
        };
        for label in labels.iter().filter(|label| !label["key"].is_null()) {
            labelled += 1;
            found += usize::from(mine.iter().any(|(at, keys)| overlap(at, &range(label)) && agrees(label, keys)));
        }
        for (at, keys) in &mine {
            let mut over = labels.iter().filter(|label| overlap(at, &range(label))).peekable();
            if over.peek().is_some() {
                bound += 1;
                right += usize::from(over.any(|label| agrees(label, keys)));
            }
        }
    }
    println!("figures: {labelled} labelled, {found} found; {bound} bound, {right} rightly");
    assert!(per_mille(right, bound) >= 990 && per_mille(found, labelled) >= 850);
}

#[test]
fn published_passages_are_judged_without_a_false_alarm() {
    let (Some(corpus), Some(mutants)) = (passages("corpus.jsonl"), passages("mutants.jsonl")) else { return };
    let catalog = Catalog::shipped().unwrap();
    let judged = |line: &Value| -> Vec<TextFinding> {
        let (form, draft) = of_passage(&catalog, line);
        check_text(form.report(&draft)).into_iter().flat_map(|found| std::iter::once(found.clone()).chain(found.folded)).collect()
    };
    let (mut silent, mut alarms, mut wrong, mut found) = (0, 0, 0, 0);
    for line in &corpus {
        let findings = judged(line);
        let traps = line["traps"].as_array().unwrap();
        let is_wrong = |at: &std::ops::Range<usize>| traps.iter().any(|trap| trap["verdict"] == "wrong" && overlap(at, &range(trap)));
        for trap in traps {
            let hit = findings.iter().any(|finding| overlap(&finding.chars, &range(trap)));
            if trap["verdict"] == "wrong" {
                wrong += 1;
                found += usize::from(hit);
            } else if findings
                .iter()
                .any(|finding| finding.certainty == Certainty::Broken && overlap(&finding.chars, &range(trap)) && !is_wrong(&finding.chars))
            {
                alarms += 1;
                println!("false alarm: {} {}", line["id"], trap["quote"]);
            } else {
                silent += 1;
            }
        }
    }
    let (mut expected, mut caught) = (0, 0);
    for line in &mutants {
        let findings = judged(line);
        for expect in line["expect"].as_array().unwrap() {
            expected += 1;
            caught += usize::from(findings.iter().any(|finding| overlap(&finding.chars, &range(expect))));
        }
    }
    println!("right: {silent} without alarm, {alarms} false alarms; wrong: {found} of {wrong} found; mutants: {caught} of {expected}");
    assert!(alarms == 0 && per_mille(found, wrong) >= 850 && per_mille(caught, expected) >= 850);
}

#[test]
fn published_reports_are_found_to_say_what_was_found_by_reading_them() {
    let Some(folder) = shared("reports") else { return };
    let mut num_findings = 0;
    for line in include_str!("../cases/text/reports.txt").lines().filter(|line| !line.starts_with('#')) {
        let (name, expected) = line.split_once(' ').unwrap_or((line, ""));
        let report = crate::support::check(folder.join(name).to_str().unwrap());
        let is_text = |found: &&Value| found.get("text").is_some_and(|text| !text.is_null());
        let said = |found: &Value| {
            let mark = if found["verdict"] == "uncertain" { "?" } else { "!" };
            format!("{}{mark}{}", found["rule"].as_str().unwrap(), found["at"].as_str().unwrap())
        };
        let found: Vec<String> = report["findings"].as_array().unwrap().iter().filter(is_text).map(said).collect();
        num_findings += found.len();
        assert_eq!(found.join(" "), expected, "{name}");
    }
    println!("published reports: {num_findings} findings, each of them read");
}
