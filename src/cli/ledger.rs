//! `gouji ledger`: table 三 and 四 counted from the office's own registers; figures, questions, and where each comes from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::counted::{CountReport, Saved};
use super::counted_json::CountedJson;
use super::reply::{Format, HELP, Reply, Voice, new_draft_name};
use crate::form::{Catalog, Form};
use crate::ledger::{self, Answers, Counted, Ledger, LedgerError, Register, Task};
use crate::model::{Draft, Edit, Ground, Role};
use crate::review;
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
    let fill = draft.map(|(draft, _)| counted.fill(form.report(&draft), args.replace));
    let report = CountReport { form: &form, registers: &registers, counted: &counted, fill: fill.as_ref() };
    Ok(match args.voice.format {
        Format::Json => Reply::fine(super::reply::json(&CountedJson::of(report, saved.as_ref()))?),
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
    if let Err(objection) = review::may_edit(form.report(&draft), Role::Clerk) {
        bail!("{objection}；没有写入：{}", output.display());
    }
    let fill = counted.fill(form.report(&draft), args.replace);
    let (num_filled, num_waiting) = (fill.edits.len(), fill.waiting.len());
    let ground = Edit::ground(Ground { origin: counted.origin(form, registers), ..draft.ground().clone() });
    let followed = make_edits(form, &mut draft, [fill.edits, vec![ground]].concat()).words();
    store::save_known(&RealDisk, output, form.report(&draft), known)?;
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
