//! `gouji verify`: whether an approved draft is what was approved, and whether a copy or a receipt is of this draft. Exit 0: all
//! fits, or nobody has reviewed it; 1: something was changed, and where; 2: no draft.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::reply::{Exit, HELP, Reply};
use crate::export::{self, FileKind};
use crate::form::{Catalog, Form, Report};
use crate::model::Action;
use crate::review::Approval;
use crate::store::{self, Proof, RealDisk, Receipt, step_name};

#[derive(clap::Args)]
#[command(
    about = "核对办理记录和签发后的内容有没有被改动",
    override_usage = "gouji verify 草稿.gouji [--against 副本.docx|.xlsx|.pdf|.ofd|.html] [--receipt 回执.ron]",
    help_template = HELP,
    next_help_heading = "选项",
    after_help = "能证明的：签发以后内容、办理记录、表样有没有被改动；手里的副本与这份草稿是否一致；与以前的回执是否是同一份。\n不能证明的：输入姓名的是不是本人。本程序不用密码和证书；拿到文件的人可以从头重写一份完整的记录，那时核对码会变，\n只有纸上的核对码、交给别人保存的回执或另一份副本能看出来。所以请把核对码留在签字的纸上，把回执交给收到报告的一方。"
)]
pub(super) struct VerifyArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[arg(long, value_name = "副本", help = "导出的 Word、Excel、PDF 或网页：逐格逐段与草稿比较，列出每一处不同")]
    against: Option<PathBuf>,
    #[arg(long, value_name = "回执.ron", help = "报送时写出的回执：核对这份草稿是不是当时报送的那一份")]
    receipt: Option<PathBuf>,
}

/// Largest copy read.
const MAX_COPY_MB: u64 = 64;

/// Largest receipt read.
const MAX_RECEIPT_MB: u64 = 1;

pub(super) fn run(args: &VerifyArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    super::reply::only_drafts(&args.draft)?;
    let bytes = store::read_draft(&RealDisk, &args.draft)?;
    let file = args.draft.display();
    let (mut out, mut exit) = match store::prove(&bytes, catalog) {
        Proof::NoLog => (format!("没有办理记录，没有可核对的；文件：{file}\n"), Exit::Fine),
        Proof::Fits(num_steps, None) => {
            let voided = voided(&bytes, catalog);
            (format!("{num_steps} 步办理记录与内容全部相符，尚未签发\n{voided}文件：{file}\n"), Exit::Fine)
        }
        Proof::Fits(num_steps, Some(approval)) => {
            (format!("{num_steps} 步办理记录与内容全部相符\n{}文件：{file}\n", signed(&approval)), Exit::Fine)
        }
        Proof::Broken(what) => (format!("不符：{what}\n文件：{file}\n"), Exit::Findings),
        // Says why it cannot be read.
        Proof::Unreadable => store::load(&RealDisk, &args.draft, catalog).map(|_| (String::new(), Exit::Fine))?,
    };
    let Ok((form, draft)) = store::decode(&bytes, catalog) else { return Ok(Reply { out, err: String::new(), exit }) };
    out.push_str(&about_form(&form));
    for (path, compare) in [(&args.against, against as Compare), (&args.receipt, receipt)] {
        let Some(path) = path else { continue };
        let (said, found) = compare(path, form.report(&draft))?;
        out.push_str(&said);
        exit = exit.max(found);
    }
    Ok(Reply { out, err: String::new(), exit })
}

type Compare = fn(&Path, Report<'_>) -> anyhow::Result<(String, Exit)>;

fn signed(approval: &Approval) -> String {
    let age = if approval.is_old { "　旧式核对码（强度较弱，由较早的程序签发）" } else { "" };
    let form = if approval.is_other_form {
        "签发时的表样文件与本程序自带的版本不同（程序升级过），内容核对不受影响\n"
    } else {
        ""
    };
    let Approval { by, code, typed, digests, .. } = approval;
    let typed =
        if approval.is_old { String::new() } else { format!("签发时照纸上或屏幕输入的核对码 {}\n", typed.to_uppercase()) };
    format!("签发：{by}　核对码 {code}{age}（请与纸上的核对）\n{typed}{form}SM3 {}\nSHA-256 {}\n", digests.sm3, digests.sha256)
}

/// A signature that a later step has voided.
fn voided(bytes: &[u8], catalog: &Catalog) -> String {
    let Ok((_, draft)) = store::decode(bytes, catalog) else { return String::new() };
    let numbered = || draft.review().steps().iter().enumerate().map(|(place, step)| (step, place + 1)).rev();
    let signed = numbered().find(|(step, _)| step.action == Action::Sign);
    let voids = |action: &Action| matches!(action, Action::Reopen | Action::Resubmit(_));
    match (signed, numbered().find(|(step, _)| voids(&step.action))) {
        (Some((signed, no)), Some((by, by_no))) if by_no > no => {
            format!("原签发已作废：{}；由 {} 作废\n", step_name(no, signed), step_name(by_no, by))
        }
        _ => String::new(),
    }
}

/// A form that did not come with the program is named.
fn about_form(form: &Form) -> String {
    if !form.is_foreign {
        return String::new();
    }
    format!("表样 {}（{}）不是程序自带的，来自外部文件，SM3 {}；请确认是有关部门发的表样\n", form.id, form.name, form.hash)
}

fn against(path: &Path, report: Report<'_>) -> anyhow::Result<(String, Exit)> {
    let file = path.display();
    let Some(kind) = FileKind::of(path) else { bail!("副本须以 {} 结尾；文件：{file}", crate::read::endings(&FileKind::ALL)) };
    let bytes = store::read_regular(&RealDisk, path, MAX_COPY_MB)?;
    let book = export::book(report, None, jiff::Zoned::now().date());
    let compared = export::against_copy(kind, &bytes, &book).map_err(|why| anyhow::anyhow!("副本读不出来：{why}；文件：{file}"))?;
    let notes = lines(&compared.notes);
    if compared.differences.is_empty() {
        return Ok((format!("副本与草稿逐格逐段一致：{file}\n{notes}"), Exit::Fine));
    }
    let list = lines(&compared.differences);
    Ok((format!("副本与草稿有 {} 处不同：{file}\n{list}{notes}", compared.differences.len()), Exit::Findings))
}

fn receipt(path: &Path, report: Report<'_>) -> anyhow::Result<(String, Exit)> {
    let bytes = store::read_regular(&RealDisk, path, MAX_RECEIPT_MB)?;
    let receipt = Receipt::read(&bytes).with_context(|| format!("不是报送回执，或者损坏：{}", path.display()))?;
    let differences = receipt.differences(report);
    if differences.is_empty() {
        let (by, at) = (&receipt.filed_by, &receipt.filed_at);
        return Ok((format!("与回执一致：就是 {by} 于 {at} 报送的那一份：{}\n", path.display()), Exit::Fine));
    }
    let list = lines(&differences);
    Ok((format!("与回执不符，不是当时报送的那一份：{}\n{list}", path.display()), Exit::Findings))
}

/// Each on a line of its own, set in.
fn lines(texts: &[String]) -> String {
    texts.iter().flat_map(|text| ["  ", text, "\n"]).collect()
}
