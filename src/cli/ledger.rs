//! `gouji ledger`: table 三 and 四 counted from the office's own registers; figures, questions, and where each comes from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use serde_json::{Map, Value, json};

use super::columns::{left, right};
use super::reply::{Format, HELP, Reply, Voice, new_draft_name};
use crate::form::{Catalog, Form};
use crate::ledger::{self, Answers, Counted, Fill, Ledger, LedgerError, Place, Register, State, Task};
use crate::model::{Draft, Edit, Ground, Role};
use crate::review;
use crate::rules::claims::rule::RULES;
use crate::session::make_edits;
use crate::store::{self, Digest, Disk as _, Held, Home, RealDisk, Standing, StoreError};

#[derive(clap::Args)]
#[command(
    about = "由依申请公开台账统计表三、表四",
    override_usage = "gouji ledger 台账 … --year 年度 [--draft 草稿.gouji] [--map 归类.ron] [-o 草稿.gouji] [--format text|json]\n      gouji ledger --template [--year 年度] -o 空白台账.xlsx",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct LedgerArgs {
    #[arg(value_name = "台账", required_unless_present = "template", help = "申请台账、复议诉讼台账：.xlsx .xls .csv")]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "年度", required_unless_present = "template", help = "报告年度")]
    year: Option<u16>,
    #[arg(long, value_name = "草稿.gouji", help = "与这份草稿比较；有 -o 时填进它的副本")]
    draft: Option<PathBuf>,
    #[arg(long, value_name = "归类.ron", help = "本单位对台账用语和各行的回答")]
    map: Option<PathBuf>,
    #[arg(short, long, value_name = "文件", help = "写到这个文件，不覆盖已有文件")]
    output: Option<PathBuf>,
    #[arg(long, help = "草稿里已填的数与台账不同时，改用台账的数")]
    replace: bool,
    #[arg(long, conflicts_with_all = ["files", "draft", "map"], help = "另存一份带下拉列表的空白台账，明年不用再问")]
    template: bool,
    #[command(flatten)]
    voice: Voice,
}

pub(super) fn run(args: &LedgerArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    if args.template {
        return template(args, catalog);
    }
    let Some(year) = args.year else { bail!("没有写报告年度；请用 --year 写明") };
    let form = catalog.for_year(year)?;
    let registers = args.files.iter().map(|file| open(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let answers = answers(args.map.as_deref())?;
    // Held to the end: what another program writes meanwhile must not be lost.
    let own = args.draft.as_deref().filter(|draft| args.output.as_deref() == Some(*draft));
    let held = own.map(|draft| store::hold(&Home::of_user(), draft, jiff::Timestamp::now()));
    if let (Some(Held::Others(holder)), Some(path)) = (&held, own) {
        return Err(StoreError::InUse { holder: holder.clone(), path: path.to_owned() }.into());
    }
    let draft = draft(args, catalog, &form, year)?;
    let agency = draft.as_ref().map(|(draft, _)| draft.agency.as_str()).filter(|agency| !agency.is_empty());
    let task = Task { registers: &registers, form: &form, year, agency, answers: &answers };
    let counted = Ledger::shipped()?.count(task).map_err(|err| of_files(err, &args.files))?;
    let saved = match &args.output {
        Some(output) => Some(save(args, &form, draft.clone(), (&counted, &registers), year, output)?),
        None => None,
    };
    drop(held);
    let fill = draft.map(|(draft, _)| counted.fill(&form, &draft, args.replace));
    let report = Report { form: &form, registers: &registers, counted: &counted, fill: fill.as_ref() };
    Ok(match args.voice.format {
        Format::Json => Reply::fine(super::reply::json(&report.json(saved.as_ref()))?),
        Format::Text => Reply::fine(report.text(saved.as_ref(), args.output.as_deref())),
    })
}

fn open(file: &Path) -> anyhow::Result<Register> {
    let bytes = store::read_regular(&RealDisk, file, ledger::MAX_MB)?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    ledger::open(&name, &bytes).map_err(|err| anyhow::anyhow!("{err}；文件：{}", file.display()))
}

/// Why nothing was counted, with the files where they are the reason.
fn of_files(err: LedgerError, files: &[PathBuf]) -> anyhow::Error {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if err == LedgerError::NoRegister { anyhow::anyhow!("{err}；文件：{}", names.join("、")) } else { err.into() }
}

fn answers(map: Option<&Path>) -> anyhow::Result<Answers> {
    let Some(map) = map else { return Ok(Answers::default()) };
    let bytes = store::read_regular(&RealDisk, map, 2)?;
    let text = String::from_utf8(bytes).map_err(|_not_text| anyhow::anyhow!("归类文件不是 UTF-8 文字；文件：{}", map.display()))?;
    Answers::read(&text).map_err(|err| anyhow::anyhow!("{err}；文件：{}", map.display()))
}

/// The draft that is compared with, and what stood in its file.
fn draft(args: &LedgerArgs, catalog: &Catalog, form: &Arc<Form>, year: u16) -> anyhow::Result<Option<(Draft, Digest)>> {
    let Some(path) = &args.draft else { return Ok(None) };
    let (own, draft, known) = store::load_known(&RealDisk, path, catalog)?;
    if draft.year != year || own.id != form.id {
        bail!("草稿是 {} 年报告（{}），台账按 {year} 年（{}）统计；文件：{}", draft.year, own.id, form.id, path.display());
    }
    Ok(Some((draft, known)))
}

/// What was written.
struct Saved {
    num_filled: usize,
    num_waiting: usize,
    /// The figures of the text that went along, for people.
    followed: String,
}

fn save(
    args: &LedgerArgs,
    form: &Form,
    draft: Option<(Draft, Digest)>,
    (counted, registers): (&Counted, &[Register]),
    year: u16,
    output: &Path,
) -> anyhow::Result<Saved> {
    let is_same = args.draft.as_deref() == Some(output);
    if !is_same {
        new_draft_name(output)?;
    }
    let (mut draft, known) = match draft {
        Some((draft, known)) => (draft, is_same.then_some(known)),
        None => match counted.tables.iter().find_map(|table| table.agency.clone()) {
            Some(agency) => (form.draft(agency, year), None),
            None => bail!("台账的标题里没有单位名称；请先用 gouji new 新建草稿，再用 --draft 写明"),
        },
    };
    if let Err(objection) = review::may_edit(form, &draft, Role::Clerk) {
        bail!("{objection}；没有写入：{}", output.display());
    }
    let fill = counted.fill(form, &draft, args.replace);
    let (num_filled, num_waiting) = (fill.edits.len(), fill.waiting.len());
    let ground = Edit::ground(Ground { origin: counted.origin(form, registers), ..draft.ground().clone() });
    let followed = make_edits(form, &mut draft, [fill.edits, vec![ground]].concat()).words();
    store::save_known(&RealDisk, output, form, &draft, known)?;
    Ok(Saved { num_filled, num_waiting, followed })
}

fn template(args: &LedgerArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let form = match args.year {
        Some(year) => catalog.for_year(year)?,
        None => catalog.forms().last().cloned().ok_or_else(|| anyhow::anyhow!("没有表样"))?,
    };
    let Some(output) = &args.output else { bail!("没有写文件名；请用 -o 写明，如 -o 台账.xlsx") };
    if output.extension().is_none_or(|ending| ending != "xlsx") {
        bail!("空白台账的文件名须以 .xlsx 结尾；文件：{}", output.display());
    }
    if !matches!(RealDisk.standing(output), Ok(Standing::Missing) | Err(_)) {
        return Err(StoreError::Exists(output.clone()).into());
    }
    store::write_output(&RealDisk, output, &ledger::template(&form)?)?;
    Ok(Reply::fine(format!("已另存空白台账（{}）；文件：{}\n", form.name, output.display())))
}

/// What is said about a count.
struct Report<'a> {
    form: &'a Form,
    registers: &'a [Register],
    counted: &'a Counted,
    fill: Option<&'a Fill>,
}

impl Report<'_> {
    fn has_many(&self) -> bool {
        self.registers.iter().map(|register| register.sheets.len()).sum::<usize>() > 1
    }

    /// The file and sheet of a line, where there are several.
    fn put_place(&self, place: Place, value: &mut Value) {
        let register = self.registers.get(place.file);
        if let (Some(register), Some(object), true) = (register, value.as_object_mut(), self.has_many()) {
            object.insert("file".to_owned(), json!(register.name));
            let sheet = register.sheets.get(place.sheet).map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty());
            object.insert("sheet".to_owned(), json!(sheet));
        }
    }

    fn json(&self, saved: Option<&Saved>) -> Value {
        let counted = self.counted;
        let key = |cell| self.form.cell(cell).key.to_string();
        let of = |figure: &dyn Fn(&ledger::Figure) -> Value| -> Map<String, Value> {
            counted.figures.iter().map(|(cell, found)| (key(*cell), figure(found))).collect()
        };
        let numbers = |places: &[Place]| json!(places.iter().map(|place| place.line).collect::<Vec<_>>());
        let questions = counted.questions.iter().map(|question| {
            let mut value = json!({ "kind": question.doubt.code(), "word": question.word, "lines": numbers(&question.lines), "proposal": question.proposal, "asks": question.doubt.asks() });
            if let Some(place) = question.lines.first() {
                self.put_place(*place, &mut value);
            }
            value
        });
        let reports = counted.remarks.iter().map(|remark| {
            let mut value = json!({ "line": remark.place.line, "kind": remark.code, "why": remark.why });
            self.put_place(remark.place, &mut value);
            value
        });
        let mut value = json!({
            "form": self.form.id, "lines": counted.num_lines, "requests": counted.num_requests,
            "cells": of(&|figure| json!(figure.certain)), "proposed": of(&|figure| json!(figure.proposed)),
            "questions": questions.collect::<Vec<_>>(), "reports": reports.collect::<Vec<_>>(),
            "trace": of(&|figure| numbers(&figure.lines)), "trace_proposed": of(&|figure| numbers(&figure.proposed_lines)),
            "items": self.items(), "columns": self.columns(), "words": self.words(),
        });
        if let (Some(object), Some(ways)) = (value.as_object_mut(), counted.settled_ways()) {
            object.insert("ways".to_owned(), ways.iter().map(|(way, figure)| ((*way).to_owned(), json!(figure.certain))).collect());
        }
        if let (Some(object), Some(fill)) = (value.as_object_mut(), self.fill) {
            let differences =
                fill.differences.iter().map(|one| json!({ "cell": key(one.cell), "typed": one.typed.text(), "counted": one.counted }));
            object.insert("differences".to_owned(), differences.collect());
        }
        if let (Some(object), Some(saved)) = (value.as_object_mut(), saved) {
            object.insert("written".to_owned(), json!({ "filled": saved.num_filled, "waiting": saved.num_waiting }));
        }
        value
    }

    /// Each line the other way: its cells, or why it has none.
    fn items(&self) -> Vec<Value> {
        let item = |item: &ledger::Item| {
            let cells: Vec<&str> = item.cells.iter().map(|cell| &*self.form.cell(*cell).key).collect();
            let (state, why) = match item.state {
                State::Certain => ("certain", None),
                State::Proposed => ("proposed", None),
                State::Open => ("open", None),
                State::Nowhere(why) => ("nowhere", Some(why)),
            };
            let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
            let mut value = json!({ "line": item.place.line, "state": state, "count": item.count, "cells": cells, "received": day(item.received), "answered": day(item.answered), "why": why });
            self.put_place(item.place, &mut value);
            value
        };
        self.counted.items.iter().map(item).collect()
    }

    fn columns(&self) -> Vec<Value> {
        let of_table = |table: &ledger::Table| {
            let place = Place { file: table.file, sheet: table.sheet, line: 0 };
            let column = move |column: &ledger::Column| {
                let mut value = json!({ "column": column.at + 1, "head": column.head, "holds": column.field, "samples": column.samples });
                self.put_place(place, &mut value);
                value
            };
            table.columns.iter().map(column).collect::<Vec<_>>()
        };
        self.counted.tables.iter().flat_map(of_table).collect()
    }

    fn words(&self) -> Vec<Value> {
        self.counted
            .words
            .iter()
            .map(|word| json!({ "word": word.text, "lines": word.num_lines, "keys": word.keys, "certain": word.is_certain }))
            .collect()
    }

    /// The ways of receipt, or how many requests do not tell theirs.
    fn ways(&self) -> Option<String> {
        let counted = self.counted;
        let name = |way: &str| RULES.name(way).map_or_else(|| way.to_owned(), str::to_owned);
        match counted.settled_ways() {
            Some(ways) => {
                let parts: Vec<String> = ways.iter().map(|(way, figure)| format!("  {} {}", name(way), figure.certain)).collect();
                Some(format!("供正文引用的申请方式\n{}\n", parts.join("\n")))
            }
            None if counted.ways.is_empty() => None,
            None => Some(format!("申请方式有 {} 件没有写或者没有认出，不供正文引用\n", counted.num_wayless)),
        }
    }

    fn text(&self, saved: Option<&Saved>, output: Option<&Path>) -> String {
        let counted = self.counted;
        let names: Vec<&str> = self.registers.iter().map(|register| register.name.as_str()).collect();
        let mut out = vec![format!("台账 {}：{} 行，{} 件\n", names.join("、"), counted.num_lines, counted.num_requests)];
        out.push(format!("{}{}{}{}", left("格", 50), right("已定", 8), right("待确认", 8), right("合起来", 8)));
        for (cell, figure) in counted.figures.iter().filter(|(_, figure)| figure.proposed > 0) {
            let waiting = figure.proposed - figure.certain;
            let columns = [figure.certain, waiting, figure.proposed].map(|number| right(&number.to_string(), 8));
            out.push(format!("{}{}", left(&self.form.cell(*cell).label, 50), columns.concat()));
        }
        out.push("没有列出的格都是 0\n".to_owned());
        out.extend(self.ways());
        out.push(format!("要确认的 {} 处", counted.questions.len()));
        for question in &counted.questions {
            let word = if question.word.is_empty() { String::new() } else { format!("“{}”", question.word) };
            let proposal = question.proposal.as_ref().map_or_else(String::new, |key| format!("；建议 {key}"));
            out.push(format!("  {word}{}（{} 行：{}{proposal}）", question.doubt.asks(), question.lines.len(), lines(&question.lines)));
        }
        out.push(format!("\n台账本身的情况 {} 条", counted.remarks.len()));
        out.extend(counted.remarks.iter().map(|remark| format!("  第 {} 行：{}", remark.place.line, said(remark))));
        for one in self.fill.iter().flat_map(|fill| &fill.differences) {
            out.push(format!("与草稿不同：{} 草稿 {}，台账 {}", self.form.cell(one.cell).label, one.typed.text(), one.counted));
        }
        if let (Some(saved), Some(output)) = (saved, output) {
            let waiting = if saved.num_waiting == 0 {
                String::new()
            } else {
                format!("；还有没定的，{} 格留着没有填", saved.num_waiting)
            };
            out.push(format!("{}已填 {} 格{waiting}；文件：{}", saved.followed, saved.num_filled, output.display()));
        }
        out.join("\n") + "\n"
    }
}

fn said(remark: &ledger::Remarked) -> String {
    if remark.why.is_empty() { remark.name.to_owned() } else { format!("{}：{}", remark.name, remark.why) }
}

/// The first lines of a list.
fn lines(places: &[Place]) -> String {
    const SHOWN: usize = 12;
    let numbers: Vec<String> = places.iter().take(SHOWN).map(|place| place.line.to_string()).collect();
    if places.len() > SHOWN { format!("{} …", numbers.join("、")) } else { numbers.join("、") }
}
