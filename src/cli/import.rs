//! `gouji import`: reports of any office, of many kinds of file, into drafts, with an account of every cell.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::{Map, Value, json};

use super::figure;
use super::reply::{self, Exit, Format, HELP, Reply, new_draft_name};
use super::source::{accounts, each, files};
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::import::{Account, Found, How};
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "把已经公布或报上来的年度报告读进草稿，逐格说明",
    override_usage = "gouji import 文件… -o 草稿.gouji\n      gouji import 文件或文件夹… -o 文件夹",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ImportArgs {
    #[arg(value_name = "文件", required = true, help = "网页、Word、Excel、PDF、文本，或装着它们的文件夹")]
    sources: Vec<PathBuf>,
    #[arg(short, long, value_name = "草稿.gouji", help = "写到这个文件，不覆盖已有文件；多份报告写到这个文件夹")]
    output: PathBuf,
    #[arg(long, value_name = "年度", help = "原文没有写明报告年度时写在这里")]
    year: Option<u16>,
    #[arg(long, value_name = "单位全称", help = "原文没有写明单位时写在这里")]
    agency: Option<String>,
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "谁填的；记为填报人，不能再由他通过或签发")]
    name: String,
    #[arg(long, value_enum, default_value = "text", help = "text 给人看，json 给程序用")]
    format: Format,
}

pub(super) fn run(args: &ImportArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    match args.sources.as_slice() {
        [source] if store::is_draft_name(&args.output) && !source.is_dir() => one(args, source, catalog),
        _ => many(args, catalog),
    }
}

fn one(args: &ImportArgs, source: &Path, catalog: &Catalog) -> anyhow::Result<Reply> {
    new_draft_name(&args.output)?;
    let mut all = accounts(source, catalog)?;
    if all.len() > 1 {
        bail!("里面有 {} 份报告，请用 -o 写一个文件夹；文件：{}", all.len(), source.display());
    }
    let found = settled(args, all.remove(0));
    let num_removed = save(args, &found, &args.output, catalog)?;
    Ok(Reply::fine(match args.format {
        Format::Text => text(&found, &args.output) + &removed(num_removed),
        Format::Json => reply::json(&value(&found))?,
    }))
}

/// Every report of every file, each into a draft named after its file. What cannot be read does not keep the others.
fn many(args: &ImportArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    if store::is_draft_name(&args.output) {
        bail!("多份报告要写到文件夹；-o 写的是一份草稿：{}", args.output.display());
    }
    fs::create_dir_all(&args.output)?;
    let (mut lines, mut values, mut err, mut exit) = (Vec::new(), Vec::new(), String::new(), Exit::Fine);
    let mut files = files(&args.sources)?;
    files.retain(|path| !store::is_draft_name(path));
    each(
        &files,
        |path| accounts(path, catalog),
        |path, found| {
            let found = match found {
                Ok(found) => found,
                Err(failure) => {
                    err.extend([failure.to_string(), "\n".to_owned()]);
                    values.push(json!({"file": path.display().to_string(), "error": failure.to_string()}));
                    exit = Exit::NotDone;
                    return;
                }
            };
            for account in found {
                let account = settled(args, account);
                let to = free_name(&args.output, path);
                let saved = save(args, &account, &to, catalog);
                let mut value = value(&account);
                if let Some(fields) = value.as_object_mut() {
                    fields.insert("file".to_owned(), path.display().to_string().into());
                }
                match saved {
                    Ok(num_removed) => lines.extend([format!("{}　{}\n", path.display(), brief(&account)), removed(num_removed)]),
                    Err(failure) => {
                        err.extend([failure.to_string(), format!("；文件：{}\n", path.display())]);
                        exit = Exit::NotDone;
                    }
                }
                values.push(value);
            }
        },
    );
    let out = match args.format {
        Format::Text => lines.concat(),
        Format::Json => reply::json(&json!({ "files": values }))?,
    };
    Ok(Reply { out, err, exit })
}

/// What the command line says stands above what was found.
fn settled(args: &ImportArgs, mut account: Account) -> Account {
    account.year = args.year.or(account.year);
    if let Some(agency) = &args.agency {
        account.agency.clone_from(agency);
    }
    account
}

/// Writes the draft; returns how many hidden signs were taken out of its texts.
fn save(args: &ImportArgs, account: &Account, to: &Path, catalog: &Catalog) -> anyhow::Result<usize> {
    let Some(year) = account.year else { bail!("原文没有写明报告年度，请用 --year 写明") };
    if let Some(why) = not_yet(year, jiff::Zoned::now().year()) {
        bail!("{why}");
    }
    catalog.by_id_and_year(&account.form.id, year)?;
    let mut draft = account.draft();
    let num_removed = Account::clean(&mut draft);
    reply::note_editor(&mut draft, &args.name)?;
    store::save_new(&RealDisk, to, account.form.report(&draft))?;
    Ok(num_removed)
}

/// What was taken out of the texts, if anything.
fn removed(num_removed: usize) -> String {
    if num_removed == 0 {
        String::new()
    } else {
        format!("去掉了 {num_removed} 个看不见的字符（显示的和导出的会不一样）\n")
    }
}

/// `a.gouji`, or `a-2.gouji` where that stands there already.
fn free_name(folder: &Path, source: &Path) -> PathBuf {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let names = (1..).map(|number: u32| if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
    let mut paths = names.map(|name| folder.join(format!("{name}.{}", store::DRAFT_ENDING)));
    paths.find(|path| !path.exists()).unwrap_or_else(|| folder.join(&stem))
}

fn brief(account: &Account) -> String {
    let year = account.year.map_or_else(String::new, |year| format!("{year} 年"));
    let [read, inferred] = [How::Read, How::Inferred].map(|how| account.num(how));
    format!(
        "{} {year}　{}　读出 {read} 格，推定 {inferred} 格，没有读出 {} 格",
        account.agency,
        account.form.id,
        account.cells.len() - read - inferred
    )
}

fn text(account: &Account, output: &Path) -> String {
    let (all, num_filled) = (account.cells.len(), filled(account));
    let mut lines = vec![
        format!("已导入 {} {} 年报告，{}；文件：{}", account.agency, account.year.unwrap_or_default(), account.form.name, output.display()),
        format!("表格 {all} 格，已填 {num_filled} 格，空白 {} 格", all - num_filled),
        format!("读出 {} 格，推定 {} 格，没有读出 {} 格", account.num(How::Read), account.num(How::Inferred), account.open().count()),
    ];
    lines.extend(account.questions.iter().map(|question| format!("请核对：{question}")));
    let inferred = account.form.cells().zip(&account.cells).filter(|(_, found)| found.how == How::Inferred);
    lines.extend(
        inferred.map(|((_, cell), found)| format!("推定：{} = {}（{}；{}）", cell.label, found.entry.text(), found.why, place(found))),
    );
    lines.extend(account.open().map(|(cell, found)| {
        let label = &account.form.cell(cell).label;
        match &*found.text {
            "" => format!("没有读出：{label}，{}{}", found.why, bracketed(found)),
            text => format!("没有读出：{label} 填的是“{text}”，{}{}", found.why, bracketed(found)),
        }
    }));
    lines.extend(account.misspelt.iter().map(|(found, official)| format!("标签写法不同：“{found}”，表样是“{official}”")));
    lines.extend(account.closing.iter().map(|line| format!("落款没有带过来：{line}")));
    lines.extend(account.left_over.iter().map(|scrap| format!("没有用上：{}（{}）", scrap.text, scrap.place)));
    let chapters: Vec<&str> =
        account.form.sections().filter(|(section, _)| account.sections.contains_key(section)).map(|(_, chapter)| &*chapter.title).collect();
    lines.push(if chapters.is_empty() {
        "文字部分没有内容".to_owned()
    } else {
        format!("文字部分：{}", chapters.join("，"))
    });
    lines.push("导入的是文件里现在的内容；与签发的报告是否一致，请用 gouji verify 草稿.gouji --against 文件 核对".to_owned());
    lines.push("说明、批注和办理记录不在原文里，没有带过来\n".to_owned());
    lines.join("\n")
}

fn filled(account: &Account) -> usize {
    account.cells.iter().filter(|found| !found.entry.is_blank()).count()
}

fn place(found: &Found) -> String {
    found.place.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn bracketed(found: &Found) -> String {
    if found.place.is_some() { format!("（{}）", place(found)) } else { String::new() }
}

fn value(account: &Account) -> Value {
    let form = &account.form;
    let mut cells = Map::new();
    for ((_, cell), found) in form.cells().zip(&account.cells).filter(|(_, found)| found.how.has_figure()) {
        let value = json!({"value": figure::of_entry(&found.entry), "how": found.how.key(), "place": place(found), "text": found.text, "why": found.why, "doubts": found.doubts});
        cells.insert(cell.key.to_string(), value);
    }
    let unread = account.open().map(|(cell, found)| {
        json!({"cell": form.cell(cell).key, "label": form.cell(cell).label, "how": found.how.key(), "why": found.why, "place": place(found), "text": found.text})
    });
    let (unread, filled) = (unread.collect::<Vec<_>>(), filled(account));
    let sections: Map<String, Value> =
        account.sections.iter().map(|(section, text)| (section.0.to_string(), text.clone().into())).collect();
    let left_over = account.left_over.iter().map(|scrap| json!({"place": scrap.place.to_string(), "text": scrap.text}));
    let misspelt = account.misspelt.iter().map(|(found, official)| json!({"text": found, "official": official}));
    json!({
        "form": form.id,
        "agency": account.agency,
        "year": account.year,
        "filled": filled,
        "blank": account.cells.len() - filled,
        "cells": cells,
        "unread": unread,
        "left_over": left_over.collect::<Vec<_>>(),
        "sections": sections,
        "misspelt": misspelt.collect::<Vec<_>>(),
        "questions": account.questions,
    })
}
