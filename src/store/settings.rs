//! The program's own settings: a small versioned file, separate from every draft.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::damage::Damage;
use super::disk::Standing;
use super::error::StoreError;
use super::home::Home;
use super::save::{read_regular, write_whole};
use crate::model::{Person, Role, Totals, clean_name};

/// What the user has set on this machine.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Dated copies of each save go here as well: a USB stick, a share.
    pub second_folder: Option<PathBuf>,
    /// The colours of the window.
    pub look: Look,
    /// How large the window shows everything, in percent of its usual size.
    pub zoom: u16,
    /// Name of who works here; empty until it is said.
    pub person_name: String,
    /// New reports reckon their totals themselves (合计自动); else they are typed, as a check.
    pub computes_totals: bool,
    /// Figures of tables are shown in groups of three digits.
    pub groups_digits: bool,
    /// The agency of the report begun last, offered for the next.
    pub agency: String,
    /// The folder a file was last picked in.
    pub folder: Option<PathBuf>,
    /// That person's role, see [`Role::code`]; empty for the clerk.
    pub person_role: String,
}

/// The colours to choose from.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub enum Look {
    /// 浅色.
    #[default]
    Light,
    /// 深色.
    Dark,
    /// 高对比度.
    Contrast,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            second_folder: None,
            look: Look::Light,
            zoom: 100,
            person_name: String::new(),
            computes_totals: false,
            groups_digits: false,
            agency: String::new(),
            folder: None,
            person_role: String::new(),
        }
    }
}

/// The newest format, and the one written.
const FORMAT: u64 = 1;

/// Largest file read, in MB; it has a few hundred bytes.
const MAX_MB: u64 = 1;

#[derive(Deserialize)]
struct AnyFormat {
    format: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Format1 {
    format: u64,
    settings: Settings,
}

impl Settings {
    /// Who works here, if it was said.
    pub fn person(&self) -> Option<Person> {
        let role = Role::ALL.into_iter().find(|role| role.code() == self.person_role).unwrap_or_default();
        (!self.person_name.is_empty()).then(|| Person { name: clean_name(&self.person_name).into(), role })
    }

    /// Where a new report takes its totals from.
    pub fn totals(&self) -> Totals {
        if self.computes_totals { Totals::Computed } else { Totals::Typed }
    }

    /// From now on this person works here.
    pub fn set_person(&mut self, person: &Person) {
        self.person_name = person.name.to_string();
        person.role.code().clone_into(&mut self.person_role);
    }

    /// The settings on disk; the usual ones where there are none.
    ///
    /// # Errors
    /// They cannot be read. The usual ones then hold, and the file is left as it is.
    pub fn load(home: &Home) -> Result<Self, StoreError> {
        let path = home.settings();
        let wrong = |what| StoreError::Settings { what, path: path.clone() };
        if matches!(home.disk.standing(&path), Ok(Standing::Missing)) {
            return Ok(Self::default());
        }
        let bytes = read_regular(&*home.disk, &path, MAX_MB)?;
        let text = String::from_utf8(bytes).map_err(|err| wrong(err.to_string()))?;
        let damaged = |err: &ron::error::SpannedError| wrong(Damage::of_ron(err).to_string());
        let any: AnyFormat = ron::from_str(&text).map_err(|err| damaged(&err))?;
        if any.format != FORMAT {
            return Err(wrong(format!("是其他版本的勾稽写的（格式 {}）", any.format)));
        }
        ron::from_str::<Format1>(&text).map(|file| file.settings).map_err(|err| damaged(&err))
    }

    /// Writes the settings. A file that this version cannot read is never replaced.
    ///
    /// # Errors
    /// They stay as they were.
    pub fn save(&self, home: &Home) -> Result<(), StoreError> {
        Self::load(home)?;
        let wrong = |err: ron::Error| StoreError::Settings { what: err.to_string(), path: home.settings() };
        let file = Format1 { format: FORMAT, settings: self.clone() };
        let text = ron::ser::to_string_pretty(&file, ron::ser::PrettyConfig::new().new_line("\n")).map_err(wrong)?;
        let failed = |source| StoreError::Write { source, path: home.settings() };
        home.disk.make_folder(&home.folder).map_err(failed)?;
        write_whole(&*home.disk, &home.settings(), (text + "\n").as_bytes())
    }
}
