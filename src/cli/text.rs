//! `gouji text`: every figure in the chapters and what it was held against.

use std::path::PathBuf;

use serde::Serialize;

use super::HELP;
use super::reply::{Format, Reply, Voice, json};
use crate::form::Catalog;
use crate::rules::Tally;
use crate::rules::claims::held::State;
use crate::rules::claims::{Judged, Link, Reading, TextFigure};
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
    /// It follows the cell of `key`.
    linked: bool,
    /// The cell it followed in last year's text, where it is not linked yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<String>,
}

pub(super) fn run(args: &TextArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let (form, draft) = store::load(&store::RealDisk, &args.draft, catalog)?;
    let report = form.report(&draft);
    let judged = Reading::of(report).judge(report);
    let mentions: Vec<Said> = judged.figures.iter().map(|figure| said(figure, &judged)).collect();
    Ok(Reply::fine(match args.voice.format {
        Format::Json => json(&serde_json::json!({ "mentions": mentions }))?,
        Format::Text => as_text(&mentions, &Tally::of(report, &judged, None)),
    }))
}

fn said(figure: &TextFigure, judged: &Judged) -> Said {
    let is_of = |offer: &&Link| offer.section == figure.section && offer.at.start == figure.at.start;
    Said {
        section: figure.section.0.to_string(),
        start: figure.chars.start,
        end: figure.chars.end,
        quote: figure.quote.clone(),
        value: figure.figure.text(),
        unit: figure.unit.to_string(),
        key: (!figure.keys.is_empty()).then(|| figure.keys.join("|")),
        state: match figure.state {
            State::Equal => "equal",
            State::Differs => "differs",
            State::Uncertain | State::Unchecked => "uncertain",
            State::Unrelated => "unrelated",
        },
        why: figure.why.clone(),
        linked: figure.is_linked,
        offer: judged.offers.iter().find(is_of).map(|offer| offer.key.to_string()),
    }
}

fn as_text(mentions: &[Said], tally: &Tally) -> String {
    let mut lines: Vec<String> = mentions.iter().map(line).collect();
    lines.push(format!("正文里的数：{}\n", tally.words()));
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
    let offer = said.offer.as_deref().map(|key| format!("　上年跟着 {key}")).unwrap_or_default();
    format!("{}@{}　{word}　{}{key}{why}{offer}\n", said.section, said.start, said.quote.replace('\n', " "))
}
