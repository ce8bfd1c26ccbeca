//! `gouji review`: the log of a draft, and the actions of the review for scripts: submit, comment, return, pass, sign, reopen.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::Timestamp;

use super::reply::{Exit, HELP, Reply, hold, is_printable};
use crate::form::{Catalog, Report, spelling};
use crate::model::{Action, ActionKind, Edit, Fingerprint, Objection, Person, Role, Value, Workflow};
use crate::review::{self, Attempt};
use crate::rules;
use crate::store::{self, RealDisk, Receipt, step_name};

#[derive(clap::Args)]
#[command(
    about = "显示办理记录；或办理一步：送审、批注、退回、通过、签发……",
    override_usage = "gouji review 草稿.gouji\n      gouji review 草稿.gouji 事项 --name 姓名 --role 身份 [--say 内容] [--comment 批注号]\n\n事项：submit 送审　resubmit 记录不符时重新送审　receive 收阅　withdraw 撤回　return 退回修改　pass 通过　sign 签发（--say 核对码）　file 报送（写出回执）　publish 发布\n      reopen 重新打开　\"comment cell new.nat\" 批注（也可 row、chapter 5、finding R01 nat、report）\n      reply 答复、resolve 已解决、unresolve 重新打开批注（--comment 批注号）　\"arrange secrecy\" 设定环节（first_review 初审、secrecy 保密审查、same_person 同一人可填报并审核；前面加 no_ 是取消，没有写到的不变）\n身份：clerk 经办人　reviewer 审核人　secrecy 保密审查　signer 签发人",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ReviewArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[arg(value_name = "事项", help = "不写就显示办理记录")]
    action: Option<String>,
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "谁来办")]
    name: String,
    #[arg(long, value_name = "身份", default_value = "clerk", hide_default_value = true, value_parser = role, help = "以什么身份")]
    role: Role,
    #[arg(long, value_name = "内容", default_value = "", hide_default_value = true, help = "批注、答复、原因；签发时是核对码")]
    say: String,
    #[arg(long, value_name = "批注号", help = "答复或解决哪一条批注")]
    comment: Option<usize>,
}

fn role(code: &str) -> Result<Role, &'static str> {
    Role::ALL.into_iter().find(|role| role.code() == code).ok_or("可用：clerk、reviewer、secrecy、signer")
}

pub(super) fn run(args: &ReviewArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let Some(action) = &args.action else {
        let (form, draft) = store::load(&RealDisk, &args.draft, catalog)?;
        return Ok(Reply::fine(log(form.report(&draft))));
    };
    let now = Timestamp::now();
    let held = hold(&args.draft)?;
    let (form, mut draft, known) = store::load_known(&RealDisk, &args.draft, catalog)?;
    let action = read(form.report(&draft), action, args.comment)?;
    let (name, kind) = (action.name(), action.kind());
    let drawn = review::draw()?;
    let attempt =
        Attempt { person: Person { name: args.name.as_str().into(), role: args.role }, time: now, action, words: args.say.clone(), drawn };
    let printable = is_printable("姓名", &attempt.person.name).and_then(|()| is_printable(&format!("{name}的内容"), &attempt.words));
    let review = match printable.and_then(|()| review::act(form.report(&draft), attempt)) {
        Ok(review) => review,
        Err(objection) => {
            let exit = if matches!(objection, Objection::Unsolved { .. }) { Exit::Findings } else { Exit::NotDone };
            return Ok(Reply { out: String::new(), err: format!("{objection}；草稿没有改动：{}\n", args.draft.display()), exit });
        }
    };
    draft.apply(Edit::Review(Box::new(review)));
    let report = form.report(&draft);
    store::save_known(&RealDisk, &args.draft, report, Some(known))?;
    drop(held);
    let receipt = if kind == ActionKind::File { receipt(&args.draft, report, now)? } else { String::new() };
    let code = review::code_now(report);
    let name = match &draft.review().last().map(|step| step.action.clone()) {
        Some(Action::Arrange(workflow)) => format!("{name}（{workflow}）"),
        _ => name.to_owned(),
    };
    Ok(Reply::fine(format!("{name}：已办，现在是“{}”，核对码 {code}；文件：{}\n{receipt}", draft.review().status(), args.draft.display())))
}

/// Writes the receipt of what was handed in and says where it stands.
fn receipt(path: &Path, report: Report<'_>, now: Timestamp) -> anyhow::Result<String> {
    let receipt = Receipt::of(report).context("没有写出回执：记录与内容不符")?;
    let written = receipt.write_beside(&RealDisk, path, now)?;
    Ok(format!("回执已写好，请交收到报告的一方保存，以后用它核对收到的每一份：{}\n", written.display()))
}

/// The action in these words, a comment named by its number.
fn read(report: Report<'_>, words: &str, comment: Option<usize>) -> anyhow::Result<Action> {
    let mut words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    if let [word] = words.as_slice()
        && matches!(word.as_str(), "reply" | "resolve" | "unresolve")
    {
        let no = comment.with_context(|| format!("{word} 要用 --comment 写明批注号"))?;
        let thread = report.draft.review().threads().into_iter().find(|thread| thread.no == no);
        let id: Fingerprint = thread.with_context(|| format!("没有第 {no} 号批注"))?.id();
        words.push(id.to_string());
    }
    if let [word, named @ ..] = words.as_slice()
        && word == "arrange"
    {
        return arranged(report.draft.review().workflow(), named);
    }
    if *words == ["resubmit"] {
        // The hash of the log is put in when it is done.
        words.push(Fingerprint([0; 32]).to_string());
    }
    match spelling::read_action(report.form, &words) {
        Some(Action::Join) | None => bail!("没有“{}”这个事项；写 gouji review --help 看说明", words.join(" ")),
        Some(action) => Ok(action),
    }
}

/// The office's steps with these switched on or, after `no_`, off. What is not named stays.
fn arranged(mut workflow: Workflow, named: &[String]) -> anyhow::Result<Action> {
    for word in named {
        let (known, is_on) = word.strip_prefix("no_").map_or((word.as_str(), true), |known| (known, false));
        match known {
            "first_review" => workflow.has_first_review = is_on,
            "secrecy" => workflow.has_secrecy = is_on,
            "same_person" => workflow.allows_same_person = is_on,
            _ => bail!("没有“{word}”这个环节；可用：first_review、secrecy、same_person，前面加 no_ 是取消"),
        }
    }
    Ok(Action::Arrange(workflow))
}

fn log(report: Report<'_>) -> String {
    let Report { form, draft } = report;
    let review = draft.review();
    let code = review::code_now(report);
    let standing = review::standing(report);
    let title = format!("{}　{} 年　{}　核对码 {code}\n", draft.agency, draft.year, standing.name());
    let mut lines = vec![super::reply::broken(draft, standing), title];
    let threads = review.threads();
    lines.extend(rules::ground_words(report).into_iter().map(|(what, words)| format!("  {what}：{words}\n")));
    for (step, no) in review.steps().iter().zip(1..) {
        let about = review::step_about(form, &threads, step);
        let said = if step.words.is_empty() { String::new() } else { format!("：{}", step.words) };
        lines.push(format!("  {}{about}{said}\n", step_name(no, step)));
    }
    for task in review::tasks(report) {
        let state = task.state().name();
        let changes = task.changes.iter().map(|change| {
            let (name, value) = (review::item_name(form, &change.item), |value| review::value_name(form, &change.item, value));
            match (&change.old, &change.new) {
                (Value::Text(old), Value::Text(new)) => format!("；{name}：{}", review::excerpt(old, new)),
                (old, new) => format!("；{name} {} → {}", value(old), value(new)),
            }
        });
        lines.push(format!(
            "  退回意见 {} {state}（{}）{}\n",
            task.thread.no,
            review::spot_name(form, &task.thread.spot),
            changes.collect::<String>()
        ));
    }
    lines.concat()
}
