//! The command line: the same engine without a window. Commands return what they have to say; only [`run`] writes it.
//!
//! Commands, key names, JSON shapes and exit codes are a public interface that other people's scripts rely on.

mod check;
mod columns;
mod counted;
mod counted_json;
mod diff;
mod export;
mod figure;
mod found;
mod import;
mod join;
mod ledger;
#[cfg(feature = "gui")]
mod manual;
mod merge;
mod mistake;
mod moved;
mod new;
mod prior;
mod profile;
mod reply;
mod report;
mod report_text;
mod review;
mod set;
#[cfg(feature = "gui")]
mod shot;
mod show;
mod source;
mod text;
mod trend;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};
use reply::{Exit, HELP, Reply};

use crate::store;

#[derive(Parser)]
#[command(
    name = "gouji",
    version,
    about = "勾稽：编制政府信息公开工作年度报告。不写命令时打开窗口。",
    override_usage = "gouji [草稿.gouji]\n      gouji 命令 …",
    help_template = HELP,
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "退出码：0 没有错误；1 有错误级的核对结果；2 没有做成（原因在标准错误输出，什么也没有写入）"
)]
struct Args {
    #[command(subcommand)]
    command: Command,
    #[arg(long, global = true, value_name = "文件夹", help = "另从这个文件夹读取表样（*.ron）")]
    forms: Option<PathBuf>,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示说明")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    New(new::NewArgs),
    Set(set::SetArgs),
    Show(show::ShowArgs),
    Prior(prior::PriorArgs),
    Profile(profile::ProfileArgs),
    Move(moved::MoveArgs),
    Trend(trend::TrendArgs),
    Check(check::CheckArgs),
    Text(text::TextArgs),
    Export(export::ExportArgs),
    Import(import::ImportArgs),
    Ledger(ledger::LedgerArgs),
    Merge(merge::MergeArgs),
    Diff(diff::DiffArgs),
    Review(review::ReviewArgs),
    Verify(verify::VerifyArgs),
    Join(join::JoinArgs),
    #[cfg(feature = "gui")]
    Manual(manual::ManualArgs),
    #[cfg(feature = "gui")]
    Shot(shot::ShotArgs),
}

/// Runs one command; `args` begin with the program's name. Returns the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> i32 {
    let reply = match Args::try_parse_from(args) {
        Ok(args) => perform(&args).unwrap_or_else(|failure| Reply::not_done(format!("{}\n", words(&failure)))),
        Err(mistake) => mistake::reply(&mistake),
    };
    let wrote_err = put(err, &reply.err);
    match put(out, &reply.out).and(wrote_err) {
        // Whoever reads along may stop early, as `gouji show … | head` does.
        Err(failure) if failure.kind() != io::ErrorKind::BrokenPipe => Exit::NotDone as i32,
        _ => reply.exit as i32,
    }
}

/// Why it was not done; what the system says in its own language is put into words.
fn words(failure: &anyhow::Error) -> String {
    failure.downcast_ref().map_or_else(|| failure.to_string(), store::reason)
}

fn perform(args: &Args) -> anyhow::Result<Reply> {
    let catalog = store::catalog(args.forms.as_deref())?;
    match &args.command {
        Command::New(args) => new::run(args, &catalog),
        Command::Set(args) => set::run(args, &catalog),
        Command::Show(args) => show::run(args, &catalog),
        Command::Prior(args) => prior::run(args, &catalog),
        Command::Profile(args) => profile::run(args, &catalog),
        Command::Move(args) => moved::run(args, &catalog),
        Command::Trend(args) => trend::run(args, &catalog),
        Command::Check(args) => check::run(args, &catalog),
        Command::Text(args) => text::run(args, &catalog),
        Command::Export(args) => export::run(args, &catalog),
        Command::Import(args) => import::run(args, &catalog),
        Command::Ledger(args) => ledger::run(args, &catalog),
        Command::Merge(args) => merge::run(args, &catalog),
        Command::Diff(args) => diff::run(args, &catalog),
        Command::Review(args) => review::run(args, &catalog),
        Command::Verify(args) => verify::run(args, &catalog),
        Command::Join(args) => join::run(args, &catalog),
        #[cfg(feature = "gui")]
        Command::Manual(args) => manual::run(args, &catalog),
        #[cfg(feature = "gui")]
        Command::Shot(args) => shot::run(args, &catalog),
    }
}

/// Writes text; control signs that came from a draft must not reach the terminal.
fn put(to: &mut dyn Write, text: &str) -> io::Result<()> {
    let shown = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    to.write_all(text.chars().map(shown).collect::<String>().as_bytes())?;
    to.flush()
}
