//! `gouji shot`: a picture of a screen, painted without a display.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::reply::{HELP, Reply};
use crate::export::trend::Year;
use crate::form::Catalog;
use crate::store::{self, Home, RealDisk};
use crate::ui::theme::Look;
use crate::ui::{App, OtherYear, Scene, shot};

#[derive(clap::Args)]
#[command(
    about = "把一个界面存成图片（不需要显示器）",
    override_usage = "gouji shot 草稿.gouji --screen 界面 -o 图片.png [--size 宽x高] [--zoom 倍数] [--focus 格] [--look 配色]",
    help_template = HELP,
    next_help_heading = "选项"
)]
pub(super) struct ShotArgs {
    #[arg(value_name = "草稿.gouji", help = "草稿")]
    draft: PathBuf,
    #[arg(long, value_name = "界面", help = "start、1 至 6（或 table3 之类）、findings、review、trend、help")]
    screen: String,
    #[arg(short, long, value_name = "图片.png", help = "写到这个文件")]
    output: PathBuf,
    #[arg(long, value_name = "宽x高", default_value = "1366x768", value_parser = size, hide_default_value = true, help = "像素，默认 1366x768")]
    size: [u16; 2],
    #[arg(long, value_name = "倍数", default_value_t = 1.0, hide_default_value = true, help = "缩放，默认 1")]
    zoom: f32,
    #[arg(long, value_name = "配色", default_value = "light", value_parser = look, hide_default_value = true, help = "light、dark 或 contrast，默认 light")]
    look: Look,
    #[arg(long, value_name = "格", help = "光标放在这一格，如 new.nat")]
    focus: Option<String>,
}

fn size(text: &str) -> Result<[u16; 2], &'static str> {
    let parsed = text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some([width.parse().ok()?, height.parse().ok()?]));
    parsed.ok_or("应当写成 1366x768 这样")
}

fn look(name: &str) -> Result<Look, &'static str> {
    match name {
        "light" => Ok(Look::Light),
        "dark" => Ok(Look::Dark),
        "contrast" => Ok(Look::Contrast),
        _ => Err("应当是 light、dark 或 contrast"),
    }
}

pub(super) fn run(args: &ShotArgs, catalog: &Catalog) -> anyhow::Result<Reply> {
    let Some(scene) = Scene::parse(&args.screen) else {
        bail!("没有“{}”这个界面；可用：start、1 至 6、table2、table3、table4、findings、review、trend、help", args.screen);
    };
    if !args.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png")) {
        bail!("图片的文件名须以 .png 结尾；文件：{}", args.output.display());
    }
    let (form, draft) = store::load(&RealDisk, &args.draft, catalog)?;
    let focus = match &args.focus {
        Some(key) => Some(form.cell_by_key(key).ok_or_else(|| anyhow!("没有代号为 {key} 的格"))?),
        None => None,
    };
    let home = Home::of_user();
    let prior = store::find_prior(&home, &args.draft, &draft, catalog);
    let others = store::earlier_years(&home, &args.draft, &draft, catalog);
    let mut app = App::new(catalog.clone(), home);
    app.show(Arc::clone(&form), draft, Some(args.draft.clone()));
    if let (Some(work), Some(prior)) = (app.work_mut(), prior) {
        work.panel.offer(&form, prior);
    }
    if let Some(work) = app.work_mut() {
        for year in others.iter().map(|(form, draft)| Year::of(form.report(draft))).filter(|year| !year.is_blank()) {
            work.add_year(OtherYear { year, from: "找到的草稿" });
        }
    }
    let png = shot(app, scene, focus, args.look, args.size, args.zoom)?;
    store::write_output(&RealDisk, &args.output, &png)?;
    Ok(Reply::fine(format!("已存图片；文件：{}\n", args.output.display())))
}
