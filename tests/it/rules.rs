//! Every rule, decided on small drafts. The cases are data, `tests/cases/rules`.
//!
//! A case begins with `--- RULE name ---`. Lines set the scene, `form: F2019` (every form without it), `agency: …`,
//! `given: KEY=VALUE …` (`all` is every cell), `controls: KEY=VALUE …`, `register: KEY=VALUE …`, and say what is expected:
//! `fail RULE AT: LEFT | RIGHT` with the sums of both sides, or `fail RULE AT` for text that is no number;
//! `says RULE AT: …`, the whole sentence; `pass RULE AT`, `waiting RULE AT`, `off RULE`; `exempt RULE AT`, which passes for
//! this agency and no other. All failing checks of the case's own rule must be listed.
//!
//! `prior: FORM SOURCE KEY=VALUE …` is last year's report, `first-year` says there is none; `text 1: …` and `prior text 1: …` are
//! chapters. `grave RULE AT: Error` is how grave a failing check is; `none RULE AT` is one that does not speak of the draft.

use std::collections::BTreeSet;
use std::sync::Arc;

use gouji::form::{CheckId, FirstYear, Form, Need, Test};
use gouji::model::{Draft, Edit, Entry, Feeds, Ground, Item, LastYear, Origin, OriginFile, PriorSource, SectionId, Totals, Value};
use gouji::review;
use gouji::rules::{self, Finding, SideValue, Standing, Verdict};

use crate::stage::{case_files, cases};
use crate::support::{Dice, catalog, consistent};

/// Form and source of last year's report, its figures.
type Before = (String, PriorSource, Vec<(String, String)>);

/// A case on one form.
#[derive(Default)]
struct Case {
    rule: String,
    form: String,
    agency: String,
    given: Vec<(String, String)>,
    controls: Vec<(String, String)>,
    /// What the office's register gives.
    register: Vec<(String, String)>,
    /// Form and source of last year's report, its figures.
    prior: Option<Before>,
    is_first_year: bool,
    /// Chapters of this year and of last year.
    texts: Vec<(u8, String)>,
    prior_texts: Vec<(u8, String)>,
    expected: Vec<Expected>,
}

/// An expected line: `fail`, `R01`, `nat`, `10 | 11`.
#[derive(Clone)]
struct Expected {
    verdict: String,
    rule: String,
    at: String,
    rest: String,
}

/// Every case of the folder on every form it is meant for, with a name for messages.
fn all_cases() -> Vec<(String, Case)> {
    let (mut all, catalog) = (Vec::new(), catalog());
    for (file, text) in case_files("rules") {
        for (name, body) in cases(&text) {
            let one = body.lines().find_map(|line| line.strip_prefix("form: "));
            for form in catalog.forms().iter().map(|form| &*form.id).filter(|form| one.is_none_or(|one| one == *form)) {
                all.push((format!("{file}: {name} on {form}"), read(&name, &body, form.to_owned())));
            }
        }
    }
    all
}

fn read(name: &str, body: &str, form: String) -> Case {
    let rule = name.split(' ').next().unwrap().to_owned();
    let mut case = Case { rule, form, agency: "某县某局".to_owned(), ..Case::default() };
    for line in body.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (head, rest) = line.split_once(": ").unwrap_or((line, ""));
        let words: Vec<&str> = head.split(' ').collect();
        match words.as_slice() {
            ["form"] => {}
            ["agency"] => case.agency = rest.into(),
            ["given"] => case.given.extend(pairs(rest)),
            ["controls"] => case.controls.extend(pairs(rest)),
            ["register"] => case.register.extend(pairs(rest)),
            ["first-year"] => case.is_first_year = true,
            ["prior"] => {
                let (form, rest) = rest.split_once(' ').expect(line);
                let (source, rest) = rest.split_once(' ').expect(line);
                case.prior = Some((form.to_owned(), PriorSource::by_code(source).expect(line), pairs(rest)));
            }
            ["text", no] => case.texts.push((no.parse().expect(line), rest.to_owned())),
            ["prior", "text", no] => case.prior_texts.push((no.parse().expect(line), rest.to_owned())),
            [verdict, rule, at @ ..] => case.expected.push(Expected {
                verdict: (*verdict).to_owned(),
                rule: (*rule).to_owned(),
                at: at.join(" "),
                rest: rest.to_owned(),
            }),
            _ => panic!("{name}: {line}"),
        }
    }
    case
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split_whitespace().map(|pair| pair.split_once('=').expect(pair));
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// Types figures into a draft; `all` is every cell.
fn fill(form: &Form, draft: &mut Draft, given: &[(String, String)]) {
    for (key, value) in given {
        let cells: Vec<_> = form.cells().filter(|(_, cell)| key == "all" || *cell.key == **key).collect();
        assert!(!cells.is_empty(), "no cell {key}");
        for (id, cell) in cells {
            draft.apply(Edit::cell(id, Entry::read(cell.kind, value)));
        }
    }
}

fn write(draft: &mut Draft, texts: &[(u8, String)]) {
    for (no, text) in texts {
        draft.apply(Edit::Set(Item::Text(SectionId(*no)), Value::Text(text.clone())));
    }
}

impl Case {
    /// Last year's report, taken as the program takes it.
    fn last_year(&self, year: u16) -> LastYear {
        let Some((form, source, figures)) = &self.prior else {
            return if self.is_first_year { LastYear::FirstYear } else { LastYear::Unknown };
        };
        let form = catalog().by_id(form).unwrap();
        let mut old = form.draft(self.agency.clone(), year - 1);
        fill(&form, &mut old, figures);
        write(&mut old, &self.prior_texts);
        LastYear::Report(Arc::new(review::take_prior(form.report(&old), *source, None)))
    }

    fn origin(&self) -> Origin {
        let mut origin = Origin::default();
        for (key, count) in &self.register {
            let feeds = Feeds { count: count.parse().unwrap(), lines: Vec::new() };
            origin.cells.insert(key.as_str().into(), feeds);
        }
        if !self.register.is_empty() {
            origin.files.push(OriginFile { name: "台账.xlsx".into(), sha256: "00".into(), sm3: "00".into() });
        }
        origin
    }

    fn draft(&self, form: &Form) -> Draft {
        let mut draft = form.draft(self.agency.clone(), form.years.0);
        fill(form, &mut draft, &self.given);
        write(&mut draft, &self.texts);
        draft.apply(Edit::last_year(self.last_year(draft.year)));
        for (key, value) in &self.controls {
            let cell = form.cell_by_key(key).expect(key);
            draft.apply(Edit::control(cell, Entry::read(form.cell(cell).kind, value)));
        }
        draft.apply(Edit::ground(Ground { origin: self.origin(), ..Ground::default() }));
        draft
    }

    fn run(&self, form: &Form) -> Result<(), String> {
        let draft = self.draft(form);
        let findings = rules::check(form.report(&draft));
        self.expected.iter().try_for_each(|expected| expected.hold(form, &draft, &findings))?;
        let fails = findings.iter().filter(|finding| finding.is_fail()).map(|finding| name(form, *finding));
        let fails: BTreeSet<_> = fails.filter(|(rule, _)| *rule == self.rule).collect();
        let listed = self.expected.iter().filter(|expected| expected.verdict == "fail" && expected.rule == self.rule);
        let listed: BTreeSet<_> = listed.map(|expected| (expected.rule.clone(), expected.at.clone())).collect();
        if fails == listed { Ok(()) } else { Err(format!("fails are {fails:?}")) }
    }
}

/// Rule and place of a finding.
fn name(form: &Form, finding: Finding) -> (String, String) {
    let check = form.check(finding.check);
    (form.rule(check).id.to_string(), check.at.to_string())
}

/// The figure of a side.
fn figure(side: &SideValue) -> String {
    side.value.map_or_else(|| "□".to_owned(), |value| value.to_string())
}

impl Expected {
    fn hold(&self, form: &Form, draft: &Draft, findings: &[Finding]) -> Result<(), String> {
        let what = format!("{} {} {}", self.verdict, self.rule, self.at);
        let rule = form.rules.iter().find(|rule| *rule.id == *self.rule).ok_or_else(|| format!("{what}: no such rule"))?;
        if self.verdict == "off" {
            let is_off = rules::undecided(form.report(draft)).any(|(off, _)| off.id == rule.id);
            return if is_off { Ok(()) } else { Err(format!("{what}: it is on")) };
        }
        let is_meant = |finding: &&Finding| name(form, **finding) == (self.rule.clone(), self.at.clone());
        if !form.checks.iter().any(|check| *form.rule(check).id == *self.rule && *check.at == *self.at) {
            return Err(format!("{what}: no such check"));
        }
        if self.verdict == "none" {
            let mut checks = form.checks.iter().filter(|check| form.rule(check).id == rule.id && *check.at == *self.at);
            return if checks.any(|check| rules::speaks_of(form.report(draft), check)) {
                Err(format!("{what}: it speaks of it"))
            } else {
                Ok(())
            };
        }
        let finding = findings.iter().find(is_meant);
        let verdict = finding.map(|finding| finding.verdict);
        let same = |is: String| if is == self.rest { Ok(()) } else { Err(format!("{what}: {is}")) };
        match (self.verdict.as_str(), finding) {
            ("exempt", None) => {
                let mut other = draft.clone();
                "某县某局".clone_into(&mut other.agency);
                let fails = rules::check(form.report(&other)).iter().any(|finding| is_meant(&finding) && finding.is_fail());
                if fails { Ok(()) } else { Err(format!("{what}: so is every agency")) }
            }
            ("pass", None) | ("waiting", Some(Finding { verdict: Verdict::Waiting, .. })) => Ok(()),
            ("fail", Some(finding)) if finding.is_fail() => {
                let (left, right) = finding.sides(form.report(draft));
                let is_text = matches!(form.check(finding.check).test, Test::Readable(_));
                same(if is_text { String::new() } else { format!("{} | {}", figure(&left), figure(&right)) })
            }
            ("grave", Some(finding)) => same(format!("{:?}", finding.severity(form))),
            ("says", Some(finding)) => same(rules::message(form.report(draft), *finding)),
            _ => Err(format!("{what}: it is {verdict:?}")),
        }
    }
}

#[test]
fn every_case_is_decided_as_it_says() {
    let catalog = catalog();
    let cases = all_cases();
    let failed = cases.iter().filter_map(|(name, case)| {
        let form = catalog.by_id(&case.form).unwrap();
        case.run(&form).err().map(|what| format!("{name}: {what}"))
    });
    let failed: Vec<String> = failed.collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    println!("{} cases", cases.len());
}

#[test]
fn every_rule_has_a_case_that_fails_and_one_that_passes_on_each_form() {
    let cases = all_cases();
    let has = |form: &Form, rule: &str, verdict: &str| {
        let cases = cases.iter().filter(|(_, case)| *case.form == *form.id);
        cases.flat_map(|(_, case)| &case.expected).any(|expected| expected.rule == rule && expected.verdict == verdict)
    };
    let mut missing = Vec::new();
    for form in catalog().forms() {
        for rule in &form.rules {
            let mut wanted = if rule.needs.is_some() { vec!["off"] } else { vec!["fail", "pass"] };
            if rule.is_across_years {
                wanted.extend(["none", "off"]);
            }
            if ["R01", "R02", "R03", "R13"].contains(&&*rule.id) {
                wanted.extend(["waiting", "says"]);
            }
            if !rule.unless_agency_ends.is_empty() {
                wanted.push("exempt");
            }
            missing.extend(
                wanted
                    .into_iter()
                    .filter(|verdict| !has(form, &rule.id, verdict))
                    .map(|verdict| format!("{} {} {verdict}", form.id, rule.id)),
            );
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Every rule that speaks of last year is decided in each way for each pair of forms, or is silent there, and is silent in an
/// agency's first year and without last year's report. What a text says is never waited for.
#[test]
fn every_rule_about_last_year_has_its_cases_for_each_pair_of_forms() {
    let (cases, catalog) = (all_cases(), catalog());
    let has = |form: &str, old: Option<&str>, rule: &str, verdict: &str| {
        let fits = |case: &&Case| *case.form == *form && case.prior.as_ref().map(|(form, ..)| &**form) == old;
        cases
            .iter()
            .map(|(_, case)| case)
            .filter(fits)
            .flat_map(|case| &case.expected)
            .any(|expected| expected.rule == rule && expected.verdict == verdict)
    };
    let (mut missing, mut num) = (Vec::new(), 0);
    for (old, form) in [("F2019", "F2019"), ("F2019", "F2021"), ("F2021", "F2021")] {
        for rule in catalog.by_id(form).unwrap().rules.iter().filter(|rule| rule.is_across_years && rule.first_year != FirstYear::Only) {
            let is_silent = has(form, Some(old), &rule.id, "none");
            let wanted = if is_silent { [].as_slice() } else { &["fail", "pass", "waiting"] };
            let wanted = wanted.iter().filter(|verdict| *rule.id != *"R41" || **verdict != "waiting");
            let lacking = wanted.filter(|verdict| !has(form, Some(old), &rule.id, verdict));
            missing.extend(lacking.map(|verdict| format!("{old} to {form}: {} {verdict}", rule.id)));
            let unknown = ["off", "none"].into_iter().filter(|verdict| !has(form, None, &rule.id, verdict));
            missing.extend(unknown.map(|verdict| format!("{form} without last year: {} {verdict}", rule.id)));
            num += 1;
        }
    }
    assert!(missing.is_empty() && num >= 25, "{num}\n{}", missing.join("\n"));
}

#[test]
fn a_rule_that_is_off_says_what_it_waits_for_and_finds_nothing() {
    for form in catalog().forms() {
        for rule in form.rules.iter().filter(|rule| rule.needs.is_some()) {
            let waits = rules::need(rule.needs.unwrap());
            let for_what = if rule.needs == Some(Need::Prior) { "上一年度的报告" } else { "单位性质" };
            assert!(waits.contains(for_what), "{}: {waits}", rule.id);
            assert!(!form.checks.iter().any(|check| form.rule(check).id == rule.id), "{}", rule.id);
        }
    }
}

#[test]
fn findings_stand_in_the_order_of_rules_and_each_once() {
    for form in catalog().forms() {
        let mut draft = form.draft("局".to_owned(), form.years.0);
        for (place, (id, _)) in form.cells().enumerate() {
            let entry = if place % 7 == 0 { Entry::Blank } else { Entry::Whole(i64::try_from(place * place % 37).unwrap()) };
            draft.apply(Edit::cell(id, entry));
        }
        let findings = rules::check(form.report(&draft));
        assert!(findings.len() > 40, "{}", findings.len());
        assert!(findings.is_sorted_by(|one, next| one.check < next.check));
    }
}

#[test]
fn the_one_blank_cell_of_a_sum_is_offered_its_figure() {
    let mut dice = Dice(5);
    for form in catalog().forms() {
        let draft = consistent(form, &mut dice);
        for (cell, spec) in form.cells().filter(|(_, cell)| cell.table > 0) {
            let mut blank = draft.clone();
            blank.apply(Edit::cell(cell, Entry::Blank));
            let is_sum = |check: &&CheckId| form.check(**check).test.equation().is_some();
            let sums: Vec<_> = form.checks_of(cell).iter().filter(is_sum).collect();
            assert!(!sums.is_empty(), "{}", spec.key);
            for &&check in &sums {
                let offered = rules::completion(form.report(&blank), check);
                assert_eq!(offered, Some((cell, draft.entry(cell).clone())), "{}", spec.key);
            }
            // With another blank in the same sum there is nothing to reckon with.
            for &&check in &sums {
                let mut blanks = blank.clone();
                let other = form.check(check).cells.iter().find(|other| **other != cell).unwrap();
                blanks.apply(Edit::cell(*other, Entry::Blank));
                assert_eq!(rules::completion(form.report(&blanks), check), None, "{}", spec.key);
            }
        }
    }
}

#[test]
fn a_report_is_well_only_when_all_was_checked_and_it_says_what_was_not() {
    let (form, mut draft) = crate::support::v1();
    let words = |draft: &Draft| {
        let checked = rules::checked(
            form.report(draft),
            &rules::check(form.report(draft)),
            &rules::claims::Reading::of(form.report(draft)).judge(form.report(draft)),
        );
        (checked.standing, checked.words())
    };
    assert_eq!(words(&draft), (Standing::Agrees, "表内 42 条勾稽全部相符；正文里没有数；上年数据未核对".to_owned()));
    crate::support::type_in(&form, &mut draft, "open.nat", "");
    assert_eq!(words(&draft).0, Standing::Unfinished);
    crate::support::type_in(&form, &mut draft, "open.nat", "1");
    assert_eq!(words(&draft), (Standing::Wrong, "错误 2；表内 42 条勾稽有 40 条相符；正文里没有数；上年数据未核对".to_owned()));
    let empty = form.draft("局".to_owned(), 2025);
    assert_eq!(words(&empty), (Standing::Empty, "200 格都还没有填；正文里没有数；上年数据未核对".to_owned()));
}

#[test]
fn advice_never_sends_anyone_to_a_total_that_the_program_reckons() {
    for form in catalog().forms() {
        let mut draft = form.draft("局".to_owned(), form.years.0);
        draft.apply(Edit::totals(Totals::Computed));
        for (id, _) in form.cells() {
            draft.apply(Edit::cell(id, Entry::Whole(i64::from(form.cell(id).key.starts_with("new.")))));
        }
        rules::compute_totals(form, &mut draft);
        let findings = rules::check(form.report(&draft));
        let hints: Vec<&str> =
            findings.iter().filter(|finding| finding.is_fail()).map(|finding| rules::hint(form.report(&draft), *finding)).collect();
        assert!(hints.len() > 1 && hints.iter().all(|hint| !hint.contains("总计")), "{hints:?}");
    }
}

/// `a = b + e`, `b = f + e`, `f = d + e`: three totals on top of each other, the uppermost first.
const THREE_DEEP: &str = r#"(
    id: "F9", name: "小表", document: "文", years: (2030, Some(2039)),
    chapters: [(no: 1, title: "一、表", short: "表", help: "填", source: "法", body: Table((
        id: "T1", name: "表一", widths: [20, 20], head_rows: 1,
        rows: [
            [Head(text: "项"), Head(text: "数")],
            [Head(text: "甲"), Cell(key: "a", kind: Count, unit: "件", help: "数", source: "法")],
            [Head(text: "乙"), Cell(key: "b", kind: Count, unit: "件", help: "数", source: "法")],
            [Head(text: "丙"), Cell(key: "f", kind: Count, unit: "件", help: "数", source: "法")],
            [Head(text: "丁"), Cell(key: "d", kind: Count, unit: "件", help: "数", source: "法")],
            [Head(text: "戊"), Cell(key: "e", kind: Count, unit: "件", help: "数", source: "法")],
        ],
    )))],
    rules: [
        (id: "R1", severity: Error, basis: Arithmetic, source: "法", says: "和", hint: "看", test: Must("a = b + e")),
        (id: "R2", severity: Error, basis: Arithmetic, source: "法", says: "和", hint: "看", test: Must("b = f + e")),
        (id: "R3", severity: Error, basis: Arithmetic, source: "法", says: "和", hint: "看", test: Must("f = d + e")),
    ],
)"#;

#[test]
fn totals_three_deep_come_right_at_once() {
    let form = Form::load("f9.ron", THREE_DEEP).unwrap();
    let mut draft = form.draft("局".to_owned(), 2030);
    draft.apply(Edit::totals(gouji::model::Totals::Computed));
    let key = |key: &str| form.cell_by_key(key).unwrap();
    let mut put = |d: i64, e: i64| {
        draft.apply(Edit::cell(key("d"), Entry::Whole(d)));
        draft.apply(Edit::cell(key("e"), Entry::Whole(e)));
        let before = draft.clone();
        let undo = rules::compute_totals(&form, &mut draft);
        assert!(rules::check(form.report(&draft)).is_empty(), "every sum holds");
        assert!(rules::compute_totals(&form, &mut draft).is_empty(), "at rest");
        let totals = ["a", "b", "f"].map(|name| draft.entry(key(name)).value());
        let mut back = draft.clone();
        undo.into_iter().rev().for_each(|edit| drop(back.apply(edit)));
        assert_eq!(back, before, "undone whole");
        totals
    };
    assert_eq!(put(5, 1), [Some(8), Some(7), Some(6)]);
    assert_eq!(put(100, 20), [Some(160), Some(140), Some(120)]);
}
