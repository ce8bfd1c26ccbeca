//! `gouji profile`: the office's own thresholds: listed, to be changed in a file, and taken into a draft.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{HELP, Reply, hold};
use crate::form::Catalog;
use crate::model::{Draft, Edit, Ground, Thresholds};
use crate::rules;
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "本机关的阈值：列出、检查、收进草稿",
    override_usage = "gouji profile > 阈值.txt\n      gouji profile 阈值.txt [草稿.gouji]\n      gouji profile 草稿.gouji --none",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ProfileArgs {
    #[arg(value_name = "文件", num_args = 0..=2, help = "不写时列出全部阈值，可以存成文件来改；阈值文件（.txt）；还没有送审的草稿")]
    files: Vec<PathBuf>,
    #[arg(long, help = "草稿改回程序原来的阈值")]
    none: bool,
}

pub(super) fn run(args: &ProfileArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (drafts, texts): (Vec<&PathBuf>, Vec<&PathBuf>) = args.files.iter().partition(|path| store::is_draft_name(path));
    let thresholds = match texts.as_slice() {
        [] => None,
        [one] => Some(store::load_profile(&RealDisk, one, catalog)?),
        _ => bail!("只能有一个阈值文件"),
    };
    match (drafts.as_slice(), thresholds) {
        ([], None) if !args.none => Ok(Reply::fine(store::profile_text(catalog, &Thresholds::new()))),
        ([], Some(thresholds)) => Ok(Reply::fine(said(&thresholds))),
        ([draft], thresholds) if thresholds.is_some() || args.none => take(draft, &thresholds.unwrap_or_default(), catalog),
        ([draft], _) => {
            let (form, draft) = store::load(&RealDisk, draft, catalog)?;
            let changed = rules::changed_thresholds(&form);
            let none = "没有改过的阈值\n".to_owned();
            let lines = lines(&changed, "");
            drop(draft);
            Ok(Reply::fine(if changed.is_empty() { none } else { lines }))
        }
        _ => bail!("一次只能收进一份草稿，并且要写阈值文件或者 --none"),
    }
}

fn said(thresholds: &Thresholds) -> String {
    let named: Vec<String> = thresholds.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("改过的阈值 {} 个\n{}", thresholds.len(), lines(&named, "  "))
}

/// Each on a line of its own.
fn lines(all: &[String], indent: &str) -> String {
    let line = |one: &String| format!("{indent}{one}\n");
    all.iter().map(line).collect()
}

fn take(path: &std::path::Path, thresholds: &Thresholds, catalog: &Catalog) -> anyhow::Result<Reply> {
    let held = hold(path)?;
    let (form, mut draft, known) = store::load_known(&RealDisk, path, catalog)?;
    if !draft.review().steps().is_empty() {
        bail!("已有办理记录，阈值不能再改；草稿没有改动：{}", path.display());
    }
    rest_on(&mut draft, form.own_thresholds(thresholds));
    let form = form.on(draft.ground())?;
    store::save_known(&RealDisk, path, form.report(&draft), Some(known))?;
    drop(held);
    let changed = lines(&rules::changed_thresholds(&form), "  ");
    Ok(Reply::fine(format!("草稿里改过的阈值 {} 个；文件：{}\n{changed}", draft.ground().thresholds.len(), path.display())))
}

/// The draft rests on these thresholds.
pub(super) fn rest_on(draft: &mut Draft, thresholds: Thresholds) {
    let ground = Ground { thresholds, ..draft.ground().clone() };
    draft.apply(Edit::ground(ground));
}
