//! A county in the window: read and written off the window's thread; the board stays where it was, whatever is read again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;
use jiff::{Timestamp, Zoned};

use super::screen::{App, Screen};
use crate::county::{self, Change, County, Need, Wanted, Whose, clock};
use crate::form::Catalog;
use crate::model::{Adjustment, Entry};
use crate::store::{self, Home};
use crate::ui::command::county::Many;
use crate::ui::command::files::Purpose;
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::mend::MendForm;
use crate::ui::look::rare::is_printable;
use crate::ui::state::county::{CountyPage, Question, SumPage};
use crate::ui::state::notice::failed;
use crate::ui::state::work::For;

/// Times that it is told how far the reading is.
const TOLD: usize = 100;

impl App {
    /// Performs a step with a county.
    pub(super) fn county_step(&mut self, ctx: &Context, step: Many) {
        match step {
            Many::Open(folder) => self.read_county(ctx, folder),
            Many::Again => {
                if let Some(folder) = self.county.as_ref().map(|page| page.folder.clone()) {
                    self.read_county(ctx, folder);
                }
            }
            Many::Close => {
                self.county = None;
                self.screen = Screen::Start;
                self.notice = None;
                self.look_up_recent(ctx);
            }
            Many::TakeIn(paths) => self.take_in_county(ctx, paths),
            Many::Assign(path, place) => self.assign(ctx, path, place),
            Many::Roster(pasted) => self.make_roster(ctx, pasted.as_deref()),
            Many::Report => self.show_report(ctx),
            Many::GiveBack => self.give_back(ctx),
            Many::Remind => self.remind(ctx),
            Many::AskMend => self.ask_mend(),
            Many::Mend(to, why) => self.mend(ctx, &to, &why),
            Many::AskFile => self.pick(ctx, Purpose::TakeIn),
            Many::Export => self.pick(ctx, Purpose::Sum),
            Many::AskCollect => self.pick(ctx, Purpose::Collect),
            Many::Collect(to) => self.collect(ctx, to),
            step => {
                // What was told of the other page is read by now.
                if matches!(step, Many::Sum(_)) {
                    self.notice = None;
                }
                if let Some(page) = &mut self.county {
                    look_through(page, step);
                }
                self.draft_letter(ctx);
            }
        }
    }

    /// Back from the report of a body to the board, where there is one.
    pub(super) fn back_to_county(&mut self) {
        if let Some(page) = &mut self.county {
            page.reveal = true;
            if let Some(shown) = &mut page.shown {
                shown.work.take_focus = true;
            }
            (self.screen, self.notice) = (Screen::County, None);
        }
    }

    /// Reads the county in this folder, and shows it.
    fn read_county(&mut self, ctx: &Context, folder: PathBuf) {
        let stop = Arc::new(AtomicBool::new(false));
        if let Some(page) = &mut self.county {
            (page.reading, page.stop) = (Some((0, 0)), Arc::clone(&stop));
        } else {
            self.say("正在读各单位的报告……".to_owned());
        }
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let job = move |teller: &super::jobs::Teller<Self>| {
            let told = |done: usize, of: usize| {
                if done == of || done.is_multiple_of((of / TOLD).max(1)) {
                    teller.tell(move |app: &mut Self, _| {
                        if let Some(page) = &mut app.county {
                            page.reading = Some((done, of));
                        }
                    });
                }
            };
            // What comes while it is read is seen by the next look.
            let seen = county::glance(&*home.disk, &folder).map(Arc::new);
            (opened(&home, &folder, &catalog, &stop, told), folder, seen)
        };
        self.jobs.start(ctx, job, |app, ctx, (opened, folder, seen)| match opened {
            Ok(county) => {
                app.show_county(ctx, folder, Arc::new(county));
                if let Some(page) = &mut app.county {
                    page.watch.known = seen;
                }
            }
            Err(why) => {
                if let Some(page) = &mut app.county {
                    (page.reading, page.watch.known) = (None, seen);
                }
                app.fail(failed("没有读成", &why));
            }
        });
    }

    /// Shows a county that was read.
    pub fn show_county(&mut self, ctx: &Context, folder: PathBuf, county: Arc<County>) {
        let problems: Vec<String> = county.roster.problems.iter().chain(&county.journal.problems).cloned().collect();
        if let Some(page) = self.county.as_mut().filter(|page| page.folder == folder) {
            page.renew(county);
        } else {
            self.leave(ctx);
            self.notice = None;
            self.county = Some(Box::new(CountyPage::new(folder, county)));
        }
        self.ask_whose();
        if !matches!(self.screen, Screen::Work(_)) {
            self.screen = Screen::County;
        }
        if !problems.is_empty() {
            self.fail(problems.join("；"));
        }
        self.draft_letter(ctx);
    }

    /// Shows what changed in the folder of the county on screen.
    pub(super) fn follow_county(&mut self, ctx: &Context, changes: Vec<Change>) {
        if !self.county.as_mut().is_some_and(|page| page.follow(changes)) {
            return self.county_step(ctx, Many::Again);
        }
        self.ask_whose();
        self.draft_letter(ctx);
    }

    /// Asks for the body of each copy that is nobody's for certain.
    fn ask_whose(&mut self) {
        let Some(page) = &mut self.county else { return };
        let asked = strays(&page.folder, &page.county);
        page.asked.retain(|question| !asked.iter().any(|other| other.path == question.path));
        page.asked.extend(asked);
    }

    /// Who sits here, for lists and letters.
    fn by(&self) -> String {
        self.settings.person().map(|person| person.name.to_string()).unwrap_or_default()
    }

    /// Takes files and folders in: each to its body, or asked about.
    fn take_in_county(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let Some(page) = &self.county else { return };
        let (home, catalog, by) = (self.home.clone(), self.catalog.clone(), self.by());
        let (folder, county) = (page.folder.clone(), Arc::clone(&page.county));
        let job = move |_: &_| taken_in(&home, &folder, &county, &paths, &by, &catalog);
        self.jobs.start(ctx, job, |app, ctx, taken| match taken {
            Ok(taken) => {
                if let Some(page) = &mut app.county {
                    page.asked.extend(taken.asked);
                }
                if taken.refused.is_empty() {
                    app.say(taken.words);
                } else {
                    app.fail(format!("{}；没有收：{}", taken.words, taken.refused.join("；")));
                }
                app.county_step(ctx, Many::Again);
            }
            Err(why) => app.fail(failed("没有收", &why)),
        });
    }

    /// A file that was asked about is this body's, or nobody's.
    fn assign(&mut self, ctx: &Context, path: PathBuf, place: Option<usize>) {
        let Some(page) = &mut self.county else { return };
        page.asked.retain(|question| question.path != path);
        let Some(unit) = place.map(|place| page.county.name(place).to_owned()) else { return };
        let (folder, county) = (page.folder.clone(), Arc::clone(&page.county));
        let (home, catalog, by) = (self.home.clone(), self.catalog.clone(), self.by());
        let job = move |_: &_| {
            let file = county::look_at(&*home.disk, &county, &path, &catalog)?;
            county::take_in(&*home.disk, &folder, &unit, &file, &by, clock(Timestamp::now())).map_err(|err| err.to_string()).map(|()| unit)
        };
        self.jobs.start(ctx, job, |app, ctx, done: Result<String, String>| match done {
            Ok(unit) => {
                app.say(format!("✓ 已收进 {unit}"));
                app.county_step(ctx, Many::Again);
            }
            Err(why) => app.fail(failed("没有收", &why)),
        });
    }

    /// Writes a roster where there is none: of those who have handed in, or of a pasted list.
    fn make_roster(&mut self, ctx: &Context, pasted: Option<&str>) {
        let Some(page) = self.county.as_ref().filter(|page| !page.county.has_roster) else { return };
        let roster = pasted.map_or_else(|| page.county.roster.clone(), |text| county::Roster::of_text(text, page.county.year));
        if roster.units.is_empty() {
            return self.fail("粘贴的内容里没有单位名称，没有写名册".to_owned());
        }
        let path = page.folder.join(county::ROSTER);
        match store::write_known(&*self.home.disk, &path, roster.text().as_bytes(), None) {
            Ok(()) => {
                self.say(format!("✓ 已写名册，{} 个单位；可以用 Excel 补上类别、期限、联系人：{}", roster.units.len(), path.display()));
                self.county_step(ctx, Many::Again);
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    /// Shows the report of the body at the cursor, only to be looked at; closing it leads back to the same place.
    fn show_report(&mut self, ctx: &Context) {
        let Some(page) = &self.county else { return };
        let at_part = page.shown.as_ref().and_then(|shown| Some((shown.part()?.unit, shown.cell)));
        let (place, cell) = at_part.unwrap_or((page.at, None));
        let Some(taken) = page.county.counted(place) else {
            return self.fail(format!("{}还没有报", page.county.name(place)));
        };
        let (path, nth) = (page.folder.join(&taken.lying.path), taken.nth);
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let read = move |_: &_| county::reports(&*home.disk, &path, &catalog).map(|(reports, _)| (reports, path));
        self.jobs.start(ctx, read, move |app, _, read| match read {
            Ok((reports, path)) => {
                let Some((form, draft, _)) = reports.into_iter().nth(nth) else { return };
                let (form, draft) = county::on_the_years_form(&form, &draft, &app.catalog);
                app.show(form, draft, Some(path));
                if let Some(work) = app.screen.work_mut() {
                    work.is_for = For::Looking;
                    match cell {
                        Some(cell) => work.go_to(cell),
                        None => work.step_finding(true),
                    }
                }
                app.say("这是单位报来的报告，只能看；Ctrl+W 回到汇总".to_owned());
            }
            Err(why) => app.fail(why),
        });
    }

    /// Writes the letter to the body at the cursor, to be read; where there is one to be written.
    fn draft_letter(&mut self, ctx: &Context) {
        let Some(page) = self.county.as_ref().filter(|page| page.shown.is_none()) else { return };
        let place = page.at;
        let is_due = page.county.standings.get(place).is_some_and(|standing| matches!(standing.need, Some(Need::Wrong | Need::Look)));
        if !is_due || page.letter.as_ref().is_some_and(|(known, _)| *known == place) {
            return;
        }
        let (folder, county) = (page.folder.clone(), Arc::clone(&page.county));
        let (home, catalog) = (self.home.clone(), self.catalog.clone());
        let job = move |_: &_| {
            let letter = county.letter(&*home.disk, &folder, place, Some(county.mending_day()), &catalog);
            letter.map(|letter| (place, letter.text(&county.agency, county.today)))
        };
        self.jobs.start(ctx, job, |app, _, letter| {
            if let (Some(page), Ok(letter)) = (&mut app.county, letter) {
                page.letter = Some(letter);
            }
        });
    }

    /// Gives the chosen reports back, with a letter each.
    fn give_back(&mut self, ctx: &Context) {
        let Some(page) = &self.county else { return };
        let (places, folder, county) = (page.chosen(), page.folder.clone(), Arc::clone(&page.county));
        let (home, catalog, by) = (self.home.clone(), self.catalog.clone(), self.by());
        let job = move |_: &_| {
            let until = county.mending_day();
            let letters: Result<Vec<_>, _> =
                places.iter().map(|place| county.letter(&*home.disk, &folder, *place, Some(until), &catalog)).collect();
            letters.and_then(|letters| county::give_back(&*home.disk, &folder, &county, &letters, &by, clock(Timestamp::now())))
        };
        self.jobs.start(ctx, job, |app, ctx, done| match done {
            Ok(written) => {
                if let Some(page) = &mut app.county {
                    page.marked.clear();
                }
                let first = written.first().map_or_else(String::new, |path| format!("：{}", path.display()));
                app.say(format!("✓ 已退回 {} 个单位，函件在“函件”文件夹{first}", written.len()));
                app.county_step(ctx, Many::Again);
            }
            Err(err) => app.fail(failed("没有退回", &err.to_string())),
        });
    }

    /// Writes the list of those who have not handed in.
    fn remind(&mut self, ctx: &Context) {
        let Some(page) = &self.county else { return };
        let (folder, county) = (page.folder.clone(), Arc::clone(&page.county));
        let (home, by) = (self.home.clone(), self.by());
        let job = move |_: &_| county::remind(&*home.disk, &folder, &county, &by, clock(Timestamp::now()));
        self.jobs.start(ctx, job, |app, ctx, done| match done {
            Ok(path) => {
                app.say(format!("✓ 催报名单已写好：{}", path.display()));
                app.county_step(ctx, Many::Again);
            }
            Err(err) => app.fail(failed("没有写", &err.to_string())),
        });
    }

    /// Asks what is to be summed instead of the figure of the body at the cursor.
    fn ask_mend(&mut self) {
        let Some(page) = &self.county else { return };
        let Some((shown, part, cell)) = page.shown.as_ref().and_then(|shown| Some((shown, shown.part()?, shown.cell?))) else { return };
        let spec = page.county.form.cell(cell);
        let from = part.mended_from.unwrap_or(part.value);
        let words = |value: Option<i64>| value.map_or_else(String::new, |_| shown.shown(value));
        self.dialog = Some(Dialog::Mend(MendForm {
            unit: page.county.name(part.unit).to_owned(),
            label: spec.label.to_string(),
            kind: spec.kind,
            from: words(from),
            to: words(part.value),
            why: String::new(),
        }));
    }

    /// Writes a repair down.
    fn mend(&mut self, ctx: &Context, to: &str, why: &str) {
        let Some(page) = &self.county else { return };
        let Some((part, cell)) = page.shown.as_ref().and_then(|shown| Some((shown.part()?, shown.cell?))) else { return };
        if let Err(objection) = is_printable("理由", why) {
            return self.fail(objection.words());
        }
        let form = &page.county.form;
        let kind = form.cell(cell).kind;
        let from = part.mended_from.unwrap_or(part.value).map_or(Entry::Blank, |value| Entry::of_value(kind, value));
        let (time, unit) = (clock(Timestamp::now()), page.county.name(part.unit).to_owned());
        let one = Adjustment {
            time,
            by: self.by(),
            unit,
            key: form.cell(cell).key.clone(),
            from,
            to: Entry::read(kind, to),
            why: why.to_owned(),
        };
        match county::add_adjustment(&*self.home.disk, &page.folder, form, &one) {
            Ok(()) => {
                self.say(format!("✓ 已记下调整：{}　{} → {}", one.unit, one.from.said(), one.to.said()));
                self.county_step(ctx, Many::Again);
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    /// Writes the reports of all bodies in every kind of file, with a page that leads to them.
    fn collect(&mut self, ctx: &Context, to: PathBuf) {
        let Some(page) = &mut self.county else { return };
        let stop = Arc::new(AtomicBool::new(false));
        (page.reading, page.stop) = (Some((0, page.sum.num_in)), Arc::clone(&stop));
        let (home, catalog, from, county) = (self.home.clone(), self.catalog.clone(), page.folder.clone(), Arc::clone(&page.county));
        let job = move |teller: &super::jobs::Teller<Self>| {
            let told = |done: usize, of: usize| {
                teller.tell(move |app: &mut Self, _| {
                    if let Some(page) = &mut app.county {
                        page.reading = Some((done, of));
                    }
                });
            };
            county::collect(&*home.disk, (&county, &from), &to, &catalog, county.today, &stop, told)
        };
        self.jobs.start(ctx, job, |app, _, done| {
            if let Some(page) = &mut app.county {
                page.reading = None;
            }
            match done.index {
                Some(index) if done.refused.is_empty() => {
                    app.say(format!("✓ 已写 {} 个文件，从这一页打开：{}", done.num_files, index.display()));
                }
                _ if done.refused.is_empty() => app.fail(format!("已停下；写好的 {} 个文件留在文件夹里", done.num_files)),
                _ => app.fail(format!("写了 {} 个文件；没有写成：{}", done.num_files, done.refused.join("；"))),
            }
        });
    }

    /// Writes the sum; the ending says as what.
    pub(super) fn write_sum(&mut self, ctx: &Context, path: PathBuf) {
        let Some(page) = &self.county else { return };
        let (home, county, sum) = (self.home.clone(), Arc::clone(&page.county), page.sum.clone());
        let job = move |_: &_| county::write(&*home.disk, &county, &sum, &path).map(|()| path);
        self.jobs.start(ctx, job, |app, _, done| match done {
            Ok(path) => app.say(format!("✓ 已导出汇总：{}", path.display())),
            Err(err) => app.fail(failed("没有导出", &err.to_string())),
        });
    }
}

/// What only changes where the page is looked at.
fn look_through(page: &mut CountyPage, step: Many) {
    match step {
        Many::At(place) => (page.at, page.letter) = (place, None),
        Many::Mark(place) => {
            if !page.marked.remove(&place) {
                page.marked.insert(place);
            }
            page.at = place;
        }
        Many::Only(need) => {
            page.only = need;
            page.list();
        }
        Many::Kind(kind) => {
            page.kind = kind;
            page.list();
        }
        Many::Sort(order) => {
            page.order = order;
            page.list();
        }
        Many::Sum(true) => {
            let mut shown = SumPage::new(&page.county, &page.sum, 3);
            shown.look(&page.county);
            page.shown = Some(Box::new(shown));
        }
        Many::Sum(false) => (page.shown, page.reveal) = (None, true),
        Many::Beside => page.is_beside = !page.is_beside,
        Many::Stop => page.stop.store(true, Ordering::Relaxed),
        step => {
            let Some(shown) = &mut page.shown else { return };
            match step {
                Many::Chapter(no) => {
                    shown.work.show_chapter(no);
                    shown.work.take_focus = true;
                }
                Many::Parts(order) => {
                    shown.order = order;
                    shown.sort();
                    shown.at = 0;
                }
                Many::Part(at) => (shown.at, shown.reveal) = (at, true),
                Many::Year(year) => shown.show_year(year),
                _ => {}
            }
        }
    }
}

fn opened(home: &Home, folder: &Path, catalog: &Catalog, stop: &AtomicBool, told: impl FnMut(usize, usize)) -> Result<County, String> {
    let wanted = Wanted { paths: vec![folder.to_owned()], roster: None, agency: None, year: None, today: Zoned::now().date() };
    county::open(&*home.disk, &wanted, catalog, stop, told)
}

/// Copies in the folder whose body is to be asked for.
fn strays(folder: &Path, county: &County) -> Vec<Question> {
    let question = |stray: &county::Stray| {
        let taken = county.taken.get(stray.taken)?;
        Some(Question { path: folder.join(&taken.lying.path), agency: taken.agency.clone(), likely: stray.likely.clone() })
    };
    county.strays.iter().filter_map(question).collect()
}

/// What came of taking files in.
struct TakenIn {
    words: String,
    asked: Vec<Question>,
    refused: Vec<String>,
}

fn taken_in(home: &Home, folder: &Path, county: &County, paths: &[PathBuf], by: &str, catalog: &Catalog) -> Result<TakenIn, String> {
    let files = store::sources(&*home.disk, paths)?;
    let (mut num, mut num_known, mut asked, mut refused) = (0, 0, Vec::new(), Vec::new());
    for path in files {
        match county::look_at(&*home.disk, county, &path, catalog) {
            Err(why) => refused.push(why),
            Ok(file) if file.is_known => num_known += 1,
            Ok(file) => match file.whose {
                Whose::Asked(_) => asked.extend(Question::of(&file)),
                Whose::Sure(place) => {
                    let done = county::take_in(&*home.disk, folder, county.name(place), &file, by, clock(Timestamp::now()));
                    match done {
                        Ok(()) => num += 1,
                        Err(err) => refused.push(err.to_string()),
                    }
                }
            },
        }
    }
    let known = if num_known > 0 { format!("，{num_known} 个以前收过") } else { String::new() };
    let open = if asked.is_empty() { String::new() } else { format!("，{} 个要问是哪个单位的", asked.len()) };
    Ok(TakenIn { words: format!("✓ 收了 {num} 个{known}{open}"), asked, refused })
}
