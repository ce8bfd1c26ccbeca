//! `gouji text`: every figure in the chapters and what it was held against.

use std::path::PathBuf;

use serde::Serialize;

use super::HELP;
use super::reply::{Format, Reply, Voice, json};
use crate::form::{Catalog, Form};
use crate::model::Draft;
use crate::rules::claims::held::{self, Held, State};
use crate::rules::claims::read::{self, Paragraph};
use crate::rules::claims::rule::WORDS;
use crate::store;

#[derive(clap::Args)]
#[command(
    about = "列出正文里的数，各与表里哪一格核对",
    override_usage = "gouji text 草稿.gouji [--format text|json]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct TextArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[command(flatten)]
    voice: Voice,
}

#[derive(Serialize)]
struct Said {
    section: String,
    start: usize,
    end: usize,
    quote: String,
    value: String,
    unit: String,
    key: Option<String>,
    state: &'static str,
    why: String,
}

pub(super) fn run(args: &TextArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (form, draft) = store::load(&store::RealDisk, &args.draft, catalog)?;
    let mentions = mentions(&form, &draft);
    Ok(Reply::fine(match args.voice.format {
        Format::Json => json(&serde_json::json!({ "mentions": mentions }))?,
        Format::Text => as_text(&mentions),
    }))
}

fn mentions(form: &Form, draft: &Draft) -> Vec<Said> {
    let mut mentions = Vec::new();
    for (section, text) in draft.sections() {
        for paragraph in read::read(section.0, text, &WORDS) {
            for sentence in &paragraph.sentences {
                let held = held::hold(form, draft, &paragraph, sentence);
                mentions.extend(held.iter().map(|held| said(section.0, &paragraph, held)));
            }
        }
    }
    mentions
}

fn said(section: u8, paragraph: &Paragraph, held: &Held) -> Said {
    let mention = held.mention;
    Said {
        section: section.to_string(),
        start: paragraph.start + mention.chars.start,
        end: paragraph.start + mention.chars.end,
        quote: paragraph.quote(&mention.chars),
        value: mention.figure.text(),
        unit: mention.unit.to_string(),
        key: (!held.keys.is_empty()).then(|| held.keys.join("|")),
        state: match held.state {
            State::Equal => "equal",
            State::Differs => "differs",
            State::Uncertain => "uncertain",
            State::Unrelated => "unrelated",
        },
        why: held.why.clone(),
    }
}

fn as_text(mentions: &[Said]) -> String {
    let num = |states: &[&str]| mentions.iter().filter(|said| states.contains(&said.state)).count();
    let mut lines: Vec<String> = mentions.iter().map(line).collect();
    lines.push(format!(
        "正文里的数：{} 个已核对，{} 个请核对，{} 个与表无关\n",
        num(&["equal"]),
        num(&["differs", "uncertain"]),
        num(&["unrelated"])
    ));
    lines.concat()
}

fn line(said: &Said) -> String {
    let word = match said.state {
        "equal" => "一致",
        "differs" => "不一致",
        "uncertain" => "请核对",
        _ => "与表无关",
    };
    let key = said.key.as_deref().map(|key| format!("　{key}")).unwrap_or_default();
    let why = if said.why.is_empty() { String::new() } else { format!("　{}", said.why) };
    format!("{}@{}　{word}　{}{key}{why}\n", said.section, said.start, said.quote.replace('\n', " "))
}
