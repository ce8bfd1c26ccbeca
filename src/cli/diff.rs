//! `gouji diff`: what differs between two copies, or between this report and last year's.

use std::path::PathBuf;

use anyhow::bail;
use serde_json::{Value as Json, json};

use super::figure;
use super::reply::{Format, HELP, Reply, Voice};
use crate::form::{Catalog, Form, Report, spelling};
use crate::model::{Change, Item, Step, Value};
use crate::review::{self, Side, item_name, pieces, value_name};
use crate::store::{self, RealDisk, step_name};

#[derive(clap::Args)]
#[command(
    about = "比较两份草稿：数字、文字、说明、控制数、批注和办理记录",
    override_usage = "gouji diff 旧.gouji 新.gouji [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct DiffArgs {
    #[arg(value_name = "旧.gouji", help = "先前的一份")]
    old: PathBuf,
    #[arg(value_name = "新.gouji", help = "后来的一份")]
    new: PathBuf,
    #[command(flatten)]
    voice: Voice,
}

/// A report with the name of its file.
type NamedReport<'a> = (String, Report<'a>);

pub(super) fn run(args: &DiffArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (form, old) = store::load(&RealDisk, &args.old, catalog)?;
    let (other, new) = store::load(&RealDisk, &args.new, catalog)?;
    if form.id != other.id {
        bail!("两份草稿的表样不同（{} 和 {}），不能逐格比较；请选同一表样的两份：{}", form.id, other.id, args.new.display());
    }
    let files = [(args.old.display().to_string(), form.report(&old)), (args.new.display().to_string(), form.report(&new))];
    Ok(Reply::fine(match args.voice.format {
        Format::Json => super::reply::json(&as_json(&files))?,
        Format::Text => as_text(&files),
    }))
}

fn as_json(files: &[NamedReport<'_>; 2]) -> Json {
    let [old_file, new_file] = files;
    let (old, new) = (old_file.1, new_file.1);
    let diff = review::diff(old.draft, new.draft);
    let head = |(file, report): &NamedReport<'_>| {
        let (draft, status) = (report.draft, review::standing(*report).code());
        json!({ "file": file, "form": draft.form, "agency": draft.agency, "year": draft.year, "status": status })
    };
    let steps = |steps: &[std::sync::Arc<Step>]| -> Vec<Json> { steps.iter().map(|step| step_json(new.form, step)).collect() };
    json!({
        "old": head(old_file),
        "new": head(new_file),
        "changes": diff.changes.iter().map(|change| change_json(new, change)).collect::<Vec<_>>(),
        "steps": { "only_old": steps(&diff.only_old), "only_new": steps(&diff.only_new) },
    })
}

fn change_json(new: Report<'_>, change: &Change) -> Json {
    let (kind, key) = match &change.item {
        Item::Agency => ("agency", String::new()),
        Item::Totals => ("totals", String::new()),
        Item::Cell(cell) => ("cell", new.form.cell(*cell).key.to_string()),
        Item::Control(cell) => ("control", new.form.cell(*cell).key.to_string()),
        Item::Text(section) => ("text", section.0.to_string()),
        Item::Reason(key) => ("reason", format!("{} {}", key.rule, key.at)),
        Item::LastYear => ("prior", String::new()),
        Item::Ground => ("ground", String::new()),
    };
    let value = |value: &Value| match value {
        Value::Entry(entry) => figure::of_entry(entry),
        Value::Reason(None) => Json::Null,
        value => json!(value_name(new.form, &change.item, value)),
    };
    let by = review::changed_by(new.draft, &change.item)
        .map(|step| json!({ "name": step.person.name, "role": step.person.role.code(), "at": step.time.to_string() }));
    let mut found = json!({ "kind": kind, "key": key, "label": item_name(new.form, &change.item), "old": value(&change.old), "new": value(&change.new), "by": by });
    if let (Value::Text(old), Value::Text(new), Some(found)) = (&change.old, &change.new, found.as_object_mut()) {
        found.insert("old".to_owned(), json!(old));
        found.insert("new".to_owned(), json!(new));
        let side = |side| match side {
            Side::Both => "same",
            Side::Old => "out",
            Side::New => "in",
        };
        let pieces: Vec<Json> = pieces(old, new).iter().map(|piece| json!([side(piece.side), piece.text])).collect();
        found.insert("words".to_owned(), json!(pieces));
    }
    found
}

fn step_json(form: &Form, step: &Step) -> Json {
    json!({
        "id": step.id.to_string(),
        "name": step.person.name,
        "role": step.person.role.code(),
        "at": step.time.to_string(),
        "did": spelling::action_words(form, &step.action),
        "said": step.words,
        "status": step.status.code(),
    })
}

fn as_text(files: &[NamedReport<'_>; 2]) -> String {
    let [(old_file, old), (new_file, new)] = files;
    let diff = review::diff(old.draft, new.draft);
    let mut lines = vec![format!(
        "旧　{} {} 年　{}　{old_file}\n新　{} {} 年　{}　{new_file}\n",
        old.draft.agency,
        old.draft.year,
        review::standing(*old).name(),
        new.draft.agency,
        new.draft.year,
        review::standing(*new).name()
    )];
    for change in &diff.changes {
        lines.push(change_text(*new, change));
    }
    for (which, steps) in [("只在旧的一份里", &diff.only_old), ("只在新的一份里", &diff.only_new)] {
        let of = if which.contains('旧') { old } else { new };
        for step in steps {
            let no = of.draft.review().steps().iter().position(|known| known.id == step.id).map_or(0, |place| place + 1);
            let said = if step.words.is_empty() { String::new() } else { format!("：{}", step.words) };
            lines.push(format!("  {which}　{}{said}\n", step_name(no, step)));
        }
    }
    lines.push(format!("  共计：{} 处不同\n", diff.changes.len()));
    lines.concat()
}

fn change_text(new: Report<'_>, change: &Change) -> String {
    let by = review::changed_by(new.draft, &change.item).map_or_else(String::new, |step| format!("（{}）", step.person));
    let name = item_name(new.form, &change.item);
    match (&change.old, &change.new) {
        (Value::Text(old), Value::Text(new)) => format!("  {name}{by}\n{}", marked(old, new)),
        (old, taken) => {
            format!("  {name}　{} → {}{by}\n", value_name(new.form, &change.item, old), value_name(new.form, &change.item, taken))
        }
    }
}

/// The paragraphs that differ, with `[-taken out-]` and `{+put in+}`.
fn marked(old: &str, new: &str) -> String {
    let pieces = pieces(old, new).into_iter().map(|piece| match piece.side {
        Side::Both => piece.text,
        Side::Old => format!("[-{}-]", piece.text.replace('\n', "⏎")),
        Side::New => format!("{{+{}+}}", piece.text.replace('\n', "⏎")),
    });
    let text: String = pieces.collect();
    let changed = text.lines().filter(|line| line.contains("[-") || line.contains("{+"));
    changed.flat_map(|line| ["      ", line, "\n"]).collect()
}
