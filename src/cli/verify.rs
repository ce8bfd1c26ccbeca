//! `gouji verify`: whether an approved draft is what was approved. Exit 0: all fits, or nobody has reviewed it; 1: it was
//! changed, and where; 2: no draft.

use std::path::PathBuf;

use super::reply::{Exit, HELP, Reply};
use crate::form::Catalog;
use crate::store::{self, Proof, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "核对办理记录和签发后的内容有没有被改动",
    override_usage = "gouji verify 草稿.gouji",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct VerifyArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
}

pub(super) fn run(args: &VerifyArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let bytes = store::read_draft(&RealDisk, &args.draft)?;
    let file = args.draft.display();
    Ok(match store::prove(&bytes, catalog) {
        Proof::NoLog => Reply::fine(format!("没有办理记录，没有可核对的；文件：{file}\n")),
        Proof::Fits(num_steps, None) => Reply::fine(format!("{num_steps} 步办理记录与内容全部相符，尚未签发；文件：{file}\n")),
        Proof::Fits(num_steps, Some(approval)) => Reply::fine(format!(
            "{num_steps} 步办理记录与内容全部相符\n签发：{}　核对码 {}（请与纸上的核对）\nSM3 {}\nSHA-256 {}\n文件：{file}\n",
            approval.by, approval.code, approval.digests.sm3, approval.digests.sha256
        )),
        Proof::Broken(what) => Reply { out: format!("不符：{what}\n文件：{file}\n"), err: String::new(), exit: Exit::Findings },
        // Says why it cannot be read.
        Proof::Unreadable => store::load(&RealDisk, &args.draft, catalog).map(|_| Reply::fine(String::new()))?,
    })
}
