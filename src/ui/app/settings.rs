//! What the window remembers from one time to the next: colours and size.

use std::path::Path;

use egui::Context;

use super::perform::zoom;
use super::screen::App;
use crate::model::Totals;
use crate::store::{self, Home, Look, Settings, StoreError};
use crate::ui::look::theme;

/// Smallest and largest size taken over from last time, in percent.
const ZOOMS: std::ops::RangeInclusive<u16> = 50..=300;

/// How far the wheel is turned for one step.
const NOTCH: f32 = 1.06;

impl App {
    /// Takes over what was set last time. Settings that cannot be read are left as they are, and named.
    pub fn restore_settings(&mut self, ctx: &Context) {
        match store::own_profile(&self.home, &self.catalog) {
            Ok(thresholds) => self.thresholds = thresholds,
            Err(err) => self.fail(err.to_string()),
        }
        match Settings::load(&self.home) {
            Ok(settings) => {
                theme::set_look(ctx, settings.look);
                theme::set_groups_digits(settings.groups_digits);
                let zoom = settings.zoom.clamp(*ZOOMS.start(), *ZOOMS.end());
                ctx.set_zoom_factor(f32::from(zoom) / 100.0);
                self.settings = Settings { zoom, ..settings };
            }
            Err(err) => self.fail(err.to_string()),
        }
    }

    /// Changes the colours, and remembers it.
    pub(super) fn change_look(&mut self, ctx: &Context, look: Look) {
        theme::set_look(ctx, look);
        self.settings.look = look;
        self.keep_settings(ctx);
    }

    /// Shows figures in groups of three digits from now on, or not, and remembers it.
    pub(super) fn group_digits(&mut self, ctx: &Context, groups: bool) {
        theme::set_groups_digits(groups);
        self.settings.groups_digits = groups;
        self.keep_settings(ctx);
    }

    /// Remembers the size once it has changed from one frame to the next, by keys or by the menu.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "egui keeps the factor between 0.2 and 5")]
    pub(super) fn watch_zoom(&mut self, ctx: &Context) {
        let zoom = (ctx.zoom_factor() * 100.0).round() as u16;
        let has_changed = self.last_zoom.replace(zoom).is_some_and(|last| last != zoom);
        if has_changed && self.settings.zoom != zoom {
            self.settings.zoom = zoom;
            self.keep_settings(ctx);
        }
    }

    /// Where totals come from is remembered, for the next report.
    pub(super) fn remember_totals(&mut self, ctx: &Context, totals: Totals) {
        if self.settings.totals() != totals {
            self.settings.computes_totals = totals == Totals::Computed;
            self.keep_settings(ctx);
        }
    }

    /// The agency of a new report is remembered, for the next.
    pub(super) fn remember_agency(&mut self, ctx: &Context, agency: &str) {
        if self.settings.agency != agency {
            agency.clone_into(&mut self.settings.agency);
            self.keep_settings(ctx);
        }
    }

    /// Ctrl and the wheel: larger or smaller letters, a tenth for each notch.
    pub(super) fn zoom_by_wheel(&mut self, ctx: &Context) {
        self.wheel *= ctx.input(egui::InputState::zoom_delta);
        if !(1.0 / NOTCH..NOTCH).contains(&self.wheel) {
            zoom(ctx, self.wheel > 1.0);
            self.wheel = 1.0;
        }
    }

    /// The folder that files are picked in from now on, where no draft's own comes first.
    pub(super) fn remember_folder(&mut self, ctx: &Context, picked: &Path) {
        let folder = if picked.is_dir() { Some(picked) } else { picked.parent() };
        if let Some(folder) = folder.filter(|folder| self.settings.folder.as_deref() != Some(*folder)) {
            self.settings.folder = Some(folder.to_path_buf());
            self.keep_settings(ctx);
        }
    }

    /// Has what was set remembered.
    pub(super) fn keep_settings(&mut self, ctx: &Context) {
        let (home, settings) = (self.home.clone(), self.settings.clone());
        self.jobs.start(
            ctx,
            move |_| keep(&home, &settings),
            |app, _, kept| {
                if let Err(err) = kept {
                    app.fail(err.to_string());
                }
            },
        );
    }
}

/// Remembers what was set. Where copies go may have been set in another window.
fn keep(home: &Home, settings: &Settings) -> Result<(), StoreError> {
    let second_folder = Settings::load(home)?.second_folder;
    Settings { second_folder, ..settings.clone() }.save(home)
}
