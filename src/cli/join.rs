//! `gouji join`: two copies of one draft become one. What both changed is listed and nothing is written, unless it is said
//! whose values count there.

use std::path::PathBuf;

use jiff::Timestamp;

use super::reply::{Exit, HELP, Reply, is_printable, new_draft_name};
use crate::form::Catalog;
use crate::model::{Person, Role, Values};
use crate::review::{Join, item_name, value_name};
use crate::store::{self, RealDisk};

#[derive(clap::Args)]
#[command(
    about = "把同一份草稿的两个副本合成一份；同一处两边都改过的要选定",
    override_usage = "gouji join 甲.gouji 乙.gouji -o 合并.gouji --name 姓名 [--keep a|b]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct JoinArgs {
    #[arg(value_name = "甲.gouji", help = "一个副本")]
    a: PathBuf,
    #[arg(value_name = "乙.gouji", help = "另一个副本")]
    b: PathBuf,
    #[arg(short, long, value_name = "合并.gouji", help = "写到这个文件，不覆盖已有文件")]
    output: PathBuf,
    #[arg(long, value_name = "姓名", help = "谁来合并")]
    name: String,
    #[arg(long, value_name = "a|b", value_parser = ["a", "b"], hide_possible_values = true, help = "两边都改过的，以甲（a）还是乙（b）为准")]
    keep: Option<String>,
}

pub(super) fn run(args: &JoinArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    new_draft_name(&args.output)?;
    let (form, mine) = store::load(&RealDisk, &args.a, catalog)?;
    let (_, theirs) = store::load(&RealDisk, &args.b, catalog)?;
    let file = args.output.display();
    let refuse = |why: String, exit| Reply { out: String::new(), err: format!("{why}；没有写入：{file}\n"), exit };
    let join = match Join::new(form.report(&mine), &theirs) {
        Ok(join) => join,
        Err(why) => return Ok(refuse(why.words(), Exit::NotDone)),
    };
    let value = |item: &_, value: &_| value_name(&form, item, value);
    let conflicts: Vec<String> = join
        .conflicts()
        .iter()
        .map(|found| {
            let (a, b) = (value(&found.item, &found.mine), value(&found.item, &found.theirs));
            format!("  {}　甲 {a}　乙 {b}\n", item_name(&form, &found.item))
        })
        .collect();
    let conflicts = conflicts.concat();
    let chosen = |keeps_a: bool| -> Values {
        join.conflicts().iter().map(|found| (found.item.clone(), if keeps_a { found.mine.clone() } else { found.theirs.clone() })).collect()
    };
    let choices = args.keep.as_deref().map_or_else(Values::new, |keep| chosen(keep == "a"));
    let num_taken = join.taken().len();
    if let Err(why) = is_printable("姓名", &args.name) {
        return Ok(refuse(why.words(), Exit::NotDone));
    }
    let person = Person { name: args.name.as_str().into(), role: Role::Clerk };
    match join.finish(&form, &person, Timestamp::now(), &choices) {
        Err(why) => Ok(refuse(format!("{conflicts}{}，请用 --keep 写明以哪一份为准", why.words()), Exit::NotDone)),
        Ok(joined) => {
            store::save_new(&RealDisk, &args.output, form.report(&joined))?;
            Ok(Reply::fine(format!("{conflicts}已合并：取自乙 {num_taken} 处，现在是“{}”；文件：{file}\n", joined.review().status())))
        }
    }
}
