//! `gouji import`: a workbook that was exported and filled elsewhere, read back into a draft.

use std::path::PathBuf;

use super::reply::{Format, HELP, Reply, json, new_draft_name};
use crate::form::Catalog;
use crate::form::catalog::not_yet;
use crate::import::{self, ImportError, Imported};
use crate::model::{Draft, Edit, Item, Value, without_hidden_signs};
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(about = "从本程序导出的 Excel 工作簿读回草稿", override_usage = "gouji import 文件.xlsx -o 草稿.gouji", help_template = HELP, next_help_heading = "选项")]
pub(super) struct ImportArgs {
    #[arg(value_name = "文件.xlsx", help = "在 Excel、WPS 或 LibreOffice 里填好的工作簿")]
    source: PathBuf,
    #[arg(short, long, value_name = "草稿.gouji", help = "写到这个文件，不覆盖已有文件")]
    output: PathBuf,
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "谁填的；记为填报人，不能再由他通过或签发")]
    name: String,
    #[arg(long, value_enum, default_value = "text", help = "text 给人看，json 给程序用")]
    format: Format,
}

pub(super) fn run(args: &ImportArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let refused = |err: ImportError| anyhow::anyhow!("{err}；文件：{}", args.source.display());
    let kind = import::kind(&args.source).map_err(refused)?;
    new_draft_name(&args.output)?;
    let bytes = store::read_regular(&RealDisk, &args.source, import::MAX_MB)?;
    let mut imported = import::read(kind, &bytes, catalog).map_err(refused)?;
    if let Some(why) = not_yet(imported.draft.year, jiff::Zoned::now().year()) {
        anyhow::bail!("{why}；文件：{}", args.source.display());
    }
    let num_removed = clean(&mut imported.draft);
    super::reply::note_editor(&mut imported.draft, &args.name)?;
    store::save_new(&RealDisk, &args.output, &imported.form, &imported.draft)?;
    Ok(Reply::fine(match args.format {
        Format::Text => text(&imported, args, num_removed),
        Format::Json => json(&value(&imported))?,
    }))
}

/// Takes hidden signs out of the texts; returns how many.
fn clean(draft: &mut Draft) -> usize {
    let mut num_removed = 0;
    let texts = draft.items().into_iter().filter(|item| matches!(item, Item::Agency | Item::Text(_)));
    for item in texts {
        let Value::Text(text) = draft.value(&item) else { continue };
        let (clean, num) = without_hidden_signs(&text);
        if num > 0 {
            num_removed += num;
            draft.apply(Edit::Set(item, Value::Text(clean)));
        }
    }
    num_removed
}

fn text(imported: &Imported, args: &ImportArgs, num_removed: usize) -> String {
    let (all, draft) = (imported.form.cells.len(), &imported.draft);
    let mut lines = vec![
        format!("已导入 {} {} 年报告，{}；文件：{}", draft.agency, draft.year, imported.form.name, args.output.display()),
        format!("表格 {all} 格，已填 {} 格，空白 {} 格", imported.num_filled, all - imported.num_filled),
    ];
    lines.extend(imported.unread.iter().map(|(label, text, advice)| format!("读不出：{label} 填的是“{text}”，{advice}")));
    lines.extend(imported.missing.iter().map(|label| format!("工作簿里没有这一格：{label}")));
    lines.extend(imported.left_out.iter().cloned());
    lines.push(match imported.chapters.as_slice() {
        [] => "文字部分没有内容".to_owned(),
        chapters => format!("文字部分：{}", chapters.join("，")),
    });
    if num_removed > 0 {
        lines.push(format!("去掉了 {num_removed} 个看不见的字符（显示的和导出的会不一样）"));
    }
    lines.push("导入的是工作簿里现在的内容；与签发的报告是否一致，请用 gouji verify 草稿.gouji --against 工作簿 核对".to_owned());
    lines.push("说明、批注和办理记录不在工作簿里，没有带过来\n".to_owned());
    lines.join("\n")
}

fn value(imported: &Imported) -> serde_json::Value {
    let unread = imported.unread.iter().map(|(cell, text, advice)| serde_json::json!({"cell": cell, "text": text, "advice": advice}));
    serde_json::json!({
        "form": imported.form.id,
        "agency": imported.draft.agency,
        "year": imported.draft.year,
        "filled": imported.num_filled,
        "blank": imported.form.cells.len() - imported.num_filled,
        "unread": unread.collect::<Vec<_>>(),
        "missing": imported.missing,
        "chapters": imported.chapters,
        "left_out": imported.left_out,
    })
}
