//! The page of pictures: the years at hand are looked for, others are added, and the pictures saved.

use std::path::{Path, PathBuf};

use egui::Context;

use super::screen::App;
use crate::export::trend::{Chart, Year, page, workbook};
use crate::model::plain_name;
use crate::store::{self, Home};
use crate::ui::command::files::{PICTURES, Purpose};
use crate::ui::command::pictures::Pictures;
use crate::ui::state::notice::failed;
use crate::ui::state::other_years::OtherYear;
use crate::ui::view::trend_still::trend_png;

impl App {
    /// Shows the pictures, and looks for reports of other years in the draft's folder and among those worked on lately.
    pub(super) fn show_trend(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.show_trend();
        let Some(path) = work.path.clone() else { return };
        let (home, catalog, draft, of) = (self.home.clone(), self.catalog.clone(), work.session.draft().clone(), path.clone());
        let look = move |_: &_| {
            let found = store::earlier_years(&home, &of, &draft, &catalog);
            let years = found.iter().map(|(form, draft)| OtherYear { year: Year::of(form.report(draft)), from: "找到的草稿" });
            years.filter(|other| !other.year.is_blank()).collect::<Vec<_>>()
        };
        self.jobs.start(ctx, look, move |app, _, found| {
            let Some(work) = app.screen.work_mut().filter(|work| work.path.as_ref() == Some(&path)) else { return };
            for other in found {
                // What was picked by hand stays.
                if work.trend.others.iter().all(|known| known.year.year != other.year.year) {
                    work.add_year(other);
                }
            }
        });
    }

    /// Does what was asked for with the pictures.
    pub(super) fn run_pictures(&mut self, ctx: &Context, what: Pictures) {
        match what {
            Pictures::Add => self.pick(ctx, Purpose::Year),
            Pictures::Save => self.pick(ctx, Purpose::Pictures),
            Pictures::Along(goes_along) => {
                if let Some(work) = self.screen.work_mut() {
                    work.trend.goes_along = goes_along;
                }
            }
            Pictures::Write { words, plain } => {
                if let Some(work) = self.screen.work_mut() {
                    work.write_sentence(&words, &plain);
                }
            }
        }
    }

    /// Draws the reports in this file as well.
    pub(super) fn add_year(&mut self, ctx: &Context, path: PathBuf) {
        self.read_reports(ctx, path, |app, _, found| {
            let Some(work) = app.screen.work_mut() else { return };
            let (own, agency) = (work.session.draft().year, plain_name(&work.session.draft().agency));
            let fits = |year: u16| year != 0 && year < own;
            let (mut num_added, mut others) = (0, Vec::new());
            for one in found.iter().filter(|one| fits(one.draft.year)) {
                let from = if one.account.is_some() { "读入的文件" } else { "选的草稿" };
                work.add_year(OtherYear { year: Year::of(one.form.report(&one.draft)), from });
                num_added += 1;
                if plain_name(&one.draft.agency) != agency {
                    others.push(one.draft.agency.clone());
                }
            }
            match (num_added, others.as_slice()) {
                (0, _) => app.fail(format!("没有加：文件里没有比 {own} 年早的报告，或者没有写明年度")),
                (_, []) => app.say(format!("✓ 已加 {num_added} 年，只画在图里，报告没有改动")),
                (_, named) => app.fail(format!("已加 {num_added} 年；请核对：那里写的单位是“{}”", named.join("、"))),
            }
        });
    }

    /// Saves the pictures as what the ending says.
    pub(super) fn save_pictures(&mut self, ctx: &Context, path: PathBuf) {
        let Some(work) = self.work() else { return };
        let (title, charts, home) = (work.trend_title(), work.charts(), self.home.clone());
        let save = move |_: &_| save(&home, &path, &title, &charts).map(|()| path);
        self.jobs.start(ctx, save, |app, _, saved| match saved {
            Ok(path) => app.say(format!("✓ 已保存历年情况图：{}", path.display())),
            Err(why) => app.fail(failed("没有保存", &why)),
        });
    }
}

fn save(home: &Home, path: &Path, title: &str, charts: &[Chart]) -> Result<(), String> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let bytes = match ending.as_str() {
        "html" => page(title, charts).map(String::into_bytes).map_err(|err| err.to_string())?,
        "xlsx" => workbook(title, charts).map_err(|err| err.to_string())?,
        "png" => trend_png(title, charts).map_err(|err| err.to_string())?,
        _ => return Err(format!("文件名的结尾应当是 .{}", PICTURES.join("、."))),
    };
    store::write_output(&*home.disk, path, &bytes).map_err(|err| err.to_string())
}
