//! `gouji set`: types figures and texts into a draft, with the grid's own reading of numbers. All or nothing.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply, hold};
use crate::form::{Catalog, Form, Report};
use crate::model::{Edit, Entry, Role, SectionId, Splice, Totals, clean_name, distance, hidden_sign};
use crate::review;
use crate::session::make_edits;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "往草稿里填数；有一项不能填，就一项也不写入",
    override_usage = "gouji set 草稿.gouji 代号=内容 …\n\n例：gouji set 草稿.gouji new.nat=12 new.biz= a9.procure.amount=875050元 agency=某某局 5=存在的主要问题…",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct SetArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[arg(value_name = "代号=内容", required = true, help = "格的代号、agency（单位全称），或文字部分的编号 1、5、6；内容为空就是清空")]
    values: Vec<String>,
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "谁填的；记为填报人，不能再由他通过或签发")]
    name: String,
}

/// What is named to the user of a mistyped text; more would fill the screen.
const MAX_SHOWN: usize = 60;

/// Longest mistyped key that near ones are looked up for.
const MAX_KEY: usize = 40;

pub(super) fn run(args: &SetArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let held = hold(&args.draft)?;
    let (form, mut draft, known) = store::load_known(&RealDisk, &args.draft, catalog)?;
    if let Err(objection) = review::may_edit(form.report(&draft), Role::Clerk) {
        bail!("{objection}；草稿没有改动：{}", args.draft.display());
    }
    let (mut edits, mut refused, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for assignment in &args.values {
        match edit(form.report(&draft), assignment, &mut keys) {
            Ok(edit) => edits.extend(edit),
            Err(why) => refused.push(why),
        }
    }
    if !refused.is_empty() {
        bail!("有 {} 项不能填，草稿没有改动：{}\n{}", refused.len(), args.draft.display(), refused.join("\n"));
    }
    let followed = make_edits(&form, &mut draft, edits);
    super::reply::note_editor(&mut draft, &args.name)?;
    store::save_known(&RealDisk, &args.draft, form.report(&draft), Some(known))?;
    drop(held);
    let said = followed.words();
    Ok(Reply::fine(format!("{said}已填 {} 项；文件：{}\n", args.values.len(), args.draft.display())))
}

/// The edit that an assignment asks for, if it changes anything, or why it is refused. `keys` are those met before.
fn edit<'args>(report: Report<'_>, assignment: &'args str, keys: &mut Vec<&'args str>) -> Result<Option<Edit>, String> {
    let Report { form, draft } = report;
    let Some((key, text)) = assignment.split_once('=') else {
        return Err(format!("“{}”没有等号；请写成 代号=内容", shortened(assignment)));
    };
    if keys.contains(&key) {
        return Err(format!("{}：写了两次；每格只写一次", shortened(key)));
    }
    keys.push(key);
    if key == "agency" {
        return match text.trim() {
            "" => Err("agency：单位全称不能为空".to_owned()),
            name if hidden_sign(name).is_some() => Err(hidden(key, name)),
            name => Ok(Some(Edit::agency(clean_name(name)))),
        };
    }
    if let Some(section) = section(form, key) {
        // A text pasted on Windows ends its paragraphs in two signs.
        let text = text.replace("\r\n", "\n");
        if hidden_sign(&text).is_some() {
            return Err(hidden(key, &text));
        }
        let splice = Splice::between(draft.section(section), &text);
        return Ok(splice.map(|splice| Edit::Text(section, splice)));
    }
    let cell = form.cell_by_key(key).ok_or_else(|| unknown(form, key))?;
    if draft.totals() == Totals::Computed && form.cell(cell).total.is_some() {
        return Err(format!("{key}：本报告的合计自动计算，不能直接填写"));
    }
    match Entry::read(form.cell(cell).kind, text) {
        Entry::Unread { text, why } => Err(format!("{key}：“{}”{}", shortened(&text), why.advice())),
        entry => Ok(Some(Edit::cell(cell, entry))),
    }
}

fn hidden(key: &str, text: &str) -> String {
    let sign = hidden_sign(text).map_or(0, u32::from);
    let before: String = text.chars().take_while(|c| u32::from(*c) != sign).collect();
    format!("{key}：“{}”后面有看不见的字符（U+{sign:04X}），显示的和导出的可能不一样，请删去", shortened(&before))
}

fn section(form: &Form, key: &str) -> Option<SectionId> {
    form.texts().map(|(section, _)| section).find(|section| section.0.to_string() == key)
}

fn unknown(form: &Form, key: &str) -> String {
    let what = format!("{}：表样 {} 没有这个代号", shortened(key), form.id);
    if key.chars().count() > MAX_KEY {
        return what;
    }
    let letters = |key: &str| key.chars().collect::<Vec<_>>();
    let typed = letters(key);
    let mut near: Vec<(usize, &str)> = form.cells().map(|(_, cell)| (distance(&typed, &letters(&cell.key)), &*cell.key)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, key)| key).collect();
    format!("{what}；相近的有 {}", near.join("、"))
}

/// The beginning of a text, with its length where it is long.
fn shortened(text: &str) -> String {
    let length = text.chars().count();
    if length <= MAX_SHOWN {
        return text.to_owned();
    }
    format!("{}…（共 {length} 字）", text.chars().take(MAX_SHOWN).collect::<String>())
}
