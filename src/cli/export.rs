//! `gouji export`: the report as a file to hand on, read back and compared before it is put in place.

use std::path::PathBuf;

use anyhow::bail;

use super::reply::{Exit, HELP, Reply, rare_font};
use super::trend::years_with;
use crate::export::trend::{append, charts};
use crate::export::{self, Edition, FileKind, Fonts};
use crate::form::{Catalog, Severity};
use crate::read::endings;
use crate::store::{self, RealDisk};
use crate::{review, rules};

#[derive(clap::Args)]
#[command(about = "导出为 Word、PDF、OFD、Excel 或网页", override_usage = "gouji export 草稿.gouji -o 文件.docx [--trend [各年报告 …]]", help_template = HELP, next_help_heading = "选项")]
pub(super) struct ExportArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[arg(short, long, value_name = "文件.docx", help = "写到这个文件，按结尾决定格式；已有的文件会被替换")]
    output: PathBuf,
    #[arg(long, help = "改为导出一页校验报告：数字、核对结果、说明、办理记录、指纹，供存档")]
    summary: bool,
    #[arg(long, value_name = "上年.gouji", conflicts_with = "summary", help = "上一年度的报告：工作簿里多一张“上年对照”表")]
    prior: Option<PathBuf>,
    #[arg(
        long,
        value_name = "各年报告",
        num_args = 0..,
        conflicts_with = "summary",
        help = "报告后面附上历年情况图：本年、收入的上年报告，再加后面写的各年报告；不写就不附"
    )]
    trend: Option<Vec<PathBuf>>,
    #[arg(long, conflicts_with = "summary", help = "结尾是 .html 时：只写粘贴到网站后台的网页代码，不含标题和外壳")]
    fragment: bool,
    #[arg(
        long,
        value_name = "用途",
        default_value = "office",
        value_parser = edition,
        conflicts_with = "summary",
        help = "office 内部用（默认）；pen 打印后手签的清样，不带“草稿”“未签发”；public 公开版，不带内部姓名和内部的表"
    )]
    edition: Edition,
}

fn edition(code: &str) -> Result<Edition, String> {
    Edition::ALL.into_iter().find(|edition| edition.code() == code).ok_or_else(|| "只有 office、pen、public 三种".to_owned())
}

pub(super) fn run(args: &ExportArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let Some(kind) = FileKind::of(&args.output) else {
        bail!("只能导出以 {} 结尾的文件；文件：{}", endings(&FileKind::ALL), args.output.display());
    };
    let kind = match (args.fragment, kind) {
        (true, FileKind::Html) => FileKind::Fragment,
        (true, _) => bail!("网页代码只能写到以 .html 结尾的文件；文件：{}", args.output.display()),
        (false, kind) => kind,
    };
    let (form, draft) = store::load(&RealDisk, &args.draft, catalog)?;
    let (report, today) = (form.report(&draft), jiff::Zoned::now().date());
    let prior = args.prior.as_ref().map(|path| store::load(&RealDisk, path, catalog)).transpose()?;
    let prior = prior.map(|(old_form, old)| review::prior(&form, old_form.report(&old)));
    let prior = prior.or_else(|| draft.prior().map(|prior| review::prior_on(&form, prior)));
    let mut book = if args.summary { export::summary(report, today) } else { export::book(report, prior.as_ref(), today) };
    book = book.as_edition(args.edition);
    if let Some(files) = &args.trend {
        append(&mut book, charts(&years_with(report, files, catalog)?));
    }
    let mut fonts = Fonts::needed(kind, store::system_font);
    if kind.is_paged() {
        fonts = fonts.with_rare(&book, rare_font);
    }
    let bytes = export::file(kind, &book, &fonts)?;
    store::write_output(&RealDisk, &args.output, &bytes)?;
    let num_errors = rules::check(report).iter().filter(|finding| finding.is_fail() && finding.severity(&form) == Severity::Error).count();
    let (words, exit) = match num_errors {
        0 => (String::new(), Exit::Fine),
        num_errors if args.edition == Edition::Public => (format!("，其中有 {num_errors} 处错误"), Exit::Findings),
        num_errors => (format!("，其中有 {num_errors} 处错误，列在“校验结果”表"), Exit::Findings),
    };
    let out = format!("已导出并逐格核对{words}；文件：{}\n", args.output.display());
    Ok(Reply { out, err: String::new(), exit })
}
