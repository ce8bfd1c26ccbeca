//! Last year's report, picked from a file or keyed in: taken into the open draft, or begun from.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;
use jiff::Zoned;

use super::reports::{Sourced, account_lines};
use super::screen::{App, Screen, keeper};
use crate::form::catalog::not_yet;
use crate::model::{Edit, LastYear, Prior, PriorSource, plain_name};
use crate::review;
use crate::store::Opened;
use crate::ui::command::Command;
use crate::ui::command::last_year::LastYears;
use crate::ui::command::named::{Menu, Named};
use crate::ui::dialog::ask::Dialog;
use crate::ui::dialog::prior::PriorForm;
use crate::ui::state::work::{For, Work};

impl App {
    /// Reads last year's report, to take it or to begin from it. How a published one was read is shown first.
    pub(super) fn read_prior(&mut self, ctx: &Context, path: PathBuf, begins: bool) {
        self.read_reports(ctx, path, move |app, ctx, found| app.prior_read(ctx, found, begins));
    }

    fn prior_read(&mut self, ctx: &Context, mut found: Vec<Sourced>, begins: bool) {
        let wanted = self.work().filter(|_| !begins).map(|work| work.session.draft().year.saturating_sub(1));
        let own = self.work().map(|work| plain_name(&work.session.draft().agency)).unwrap_or_default();
        let years: Vec<String> = found.iter().map(|one| one.draft.year.to_string()).collect();
        // The one of the year before; one that does not say its year may be it; to look at, any.
        let rank = |one: &Sourced| match wanted {
            Some(wanted) => (one.draft.year != wanted, one.draft.year != 0, plain_name(&one.draft.agency) != own, one.draft.year),
            None => (false, false, false, u16::MAX - one.draft.year),
        };
        found.sort_by_key(rank);
        let Some(one) = found.into_iter().next() else { return };
        let mut prior = one.prior();
        if prior.year == 0 {
            match wanted {
                Some(wanted) => prior.year = wanted,
                None => return self.fail("上年报告没有写明年度，不知道要编制哪一年的；请先用“导入”读成草稿".to_owned()),
            }
        }
        let command = if begins { LastYears::Begin(Arc::new(prior)) } else { LastYears::Take(Arc::new(prior)) };
        let Some(account) = one.account else { return self.run(ctx, command) };
        let mut lines = account_lines(&account);
        if account.year.is_none() {
            lines.insert(0, "请核对：原文没有写明年度".to_owned());
        } else if years.len() > 1 {
            lines.insert(0, format!("文件里有 {} 年的报告，用的是这一份", years.join("、")));
        }
        if !begins && plain_name(&account.agency) != own {
            lines.insert(0, format!("请核对：原文写的单位是“{}”；改过名称的可以不管", account.agency));
        }
        self.dialog = Some(Dialog::Prior(PriorForm { command, lines }));
    }

    /// Does what was asked for about last year's report.
    pub(super) fn run_last_year(&mut self, ctx: &Context, what: LastYears) {
        match what {
            LastYears::Take(prior) => self.take_prior(&prior),
            LastYears::Begin(prior) => self.begin_from(ctx, prior),
            LastYears::FirstYear => {
                if let Some(work) = self.screen.work_mut() {
                    work.note_first_year();
                }
            }
            LastYears::TakeKeyed => self.end_keying(ctx, true),
            LastYears::DropKeyed => self.end_keying(ctx, false),
        }
    }

    /// Takes the report into the open draft and compares with it. Where the draft is not to be changed now, or the report is of
    /// another year, it is only looked at beside this one.
    pub(super) fn take_prior(&mut self, prior: &Prior) {
        let Some(work) = self.screen.work_mut() else { return };
        work.panel.compare_with(review::prior_on(work.session.form(), prior));
        if prior.year.checked_add(1) != Some(work.session.draft().year) {
            let words = format!("这是 {} 年的报告，不是上一年度的：只作对照，没有收入草稿", prior.year);
            return self.fail(words);
        }
        if work.session.read_only().is_none() {
            work.take_picked(prior.clone());
        }
    }

    /// Begins this year's report from last year's: agency and form, its figures to be checked against; no text is copied.
    fn begin_from(&mut self, ctx: &Context, prior: Arc<Prior>) {
        let year = prior.year.saturating_add(1);
        if let Some(why) = not_yet(year, Zoned::now().year()) {
            return self.fail(why);
        }
        match self.catalog.for_year(year) {
            Ok(form) => {
                let (form, mut draft) = self.blank(form, prior.agency.clone(), year);
                draft.apply(Edit::last_year(LastYear::Report(prior)));
                self.open(ctx, Opened::without_file(&self.home, form, draft));
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    /// Opens a sheet like last year's form, to key its figures in; what is known of them stands there already. The open report
    /// waits behind it.
    pub(super) fn key_prior(&mut self, ctx: &Context) {
        let Some(work) = self.screen.work_mut() else { return };
        work.commit();
        if work.is_read_only() {
            return self.run(ctx, Command::SayReadOnly);
        }
        let (own, year) = (work.session.draft(), work.session.draft().year.saturating_sub(1));
        let form = match self.catalog.for_year(year) {
            Ok(form) => form,
            Err(err) => return self.fail(err.to_string()),
        };
        let known = own.prior().filter(|prior| prior.form == form.id && prior.source == PriorSource::Typed);
        let blank = form.draft(own.agency.clone(), year);
        let filled = known.map_or_else(|| blank.clone(), |prior| review::prior_on(&form, prior));
        let keeper = keeper(ctx, Opened::without_file(&self.home, Arc::clone(&form), blank.clone()));
        let edits = filled.edits_since(&blank);
        let mut sheet = Work::new(form, blank, None);
        sheet.session.restore(edits);
        sheet.keeper = Some(keeper);
        sheet.is_for = For::LastYear;
        sheet.show_chapter(3);
        self.notice = None;
        if let Screen::Work(report) = std::mem::replace(&mut self.screen, Screen::Work(Box::new(sheet))) {
            self.below = Some(report);
        }
    }

    /// Back to the report; what was keyed is taken as last year's, or dropped.
    fn end_keying(&mut self, ctx: &Context, takes: bool) {
        self.commit();
        let Some(sheet) = self.work() else { return };
        let typed = sheet.session.report();
        if takes && typed.draft.entries().iter().all(crate::model::Entry::is_blank) {
            return self.fail("还没有填上年的数".to_owned());
        }
        let prior = takes.then(|| review::take_prior(typed, PriorSource::Typed, None));
        let Some(report) = self.below.take() else { return };
        if let Screen::Work(sheet) = std::mem::replace(&mut self.screen, Screen::Work(report))
            && let Some(keeper) = sheet.keeper
        {
            keeper.close();
        }
        self.notice = None;
        if let Some(prior) = prior {
            self.run(ctx, LastYears::Take(Arc::new(prior)));
        }
    }

    /// While last year's figures are keyed, the report behind them is neither left nor saved nor handed on.
    pub(super) fn keeps_keying(&mut self, command: &Command) -> bool {
        let concerns_report = match command {
            Command::Named(named) => {
                matches!(named, Named::Trend) || named.row().menu.is_some_and(|(menu, _)| matches!(menu, Menu::File | Menu::Review))
            }
            Command::MoveTo(..) | Command::Picked(..) | Command::Act(_) | Command::Second(_) | Command::Versions(_) => true,
            other => other.leaves_draft(),
        };
        let keeps = self.below.is_some() && concerns_report;
        if keeps {
            self.fail("正在录入上年的数：请先按“收入”或“放弃”".to_owned());
        }
        keeps
    }
}
