//! The receipt of a report that was handed in (回执): what it was, kept by whoever received it in a file of his own and compared
//! with every later copy. A log can be written anew from its beginning; a receipt that lies with somebody else shows it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::damage::Damage;
use super::disk::Disk;
use super::error::StoreError;
use super::save::{free_beside, write_whole};
use crate::form::Report;
use crate::model::Action;
use crate::review;

/// What was handed in, as the receipt's file has it: RON, for people to read as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Number of this format.
    pub receipt: u32,
    /// Id of the form.
    pub form: String,
    /// Full name of the agency.
    pub agency: String,
    /// The report year.
    pub year: u16,
    /// The code on every copy.
    pub code: String,
    /// SM3 of the report.
    pub sm3: String,
    /// SHA-256 of the same.
    pub sha256: String,
    /// Who signed it, and when.
    pub signed_by: String,
    /// When it was signed.
    pub signed_at: String,
    /// Who handed it in.
    pub filed_by: String,
    /// When it was handed in.
    pub filed_at: String,
}

impl Receipt {
    /// The receipt of a report that was handed in; `None` where it was not, or its log does not fit.
    pub fn of(report: Report<'_>) -> Option<Self> {
        let approval = review::approval(report).filter(|approval| approval.is_intact)?;
        let filed = report.draft.review().steps().iter().rev().find(|step| step.action == Action::File)?;
        Some(Self {
            receipt: 1,
            form: report.draft.form.to_string(),
            agency: report.draft.agency.clone(),
            year: report.draft.year,
            code: approval.code,
            sm3: approval.digests.sm3.to_string(),
            sha256: approval.digests.sha256.to_string(),
            signed_by: approval.by.to_string(),
            signed_at: approval.time.to_string(),
            filed_by: filed.person.to_string(),
            filed_at: filed.time.to_string(),
        })
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let fields = self.fields().map(|(_, name, text)| format!("    {name}: {},\n", super::ron_text::Quoted(&text)));
        let words = "// 报送回执：由收到报告的一方保存。以后每次收到这份报告，用 gouji verify 草稿.gouji --receipt 本文件 核对。\n";
        format!("{words}(\n    receipt: {},\n    year: {},\n{})\n", self.receipt, self.year, fields.concat())
    }

    /// Every field in words, by name: what people call it, what the file calls it, what it holds.
    fn fields(&self) -> [(&'static str, &'static str, String); 9] {
        [
            ("表样", "form", self.form.clone()),
            ("单位全称", "agency", self.agency.clone()),
            ("核对码", "code", self.code.clone()),
            ("SM3", "sm3", self.sm3.clone()),
            ("SHA-256", "sha256", self.sha256.clone()),
            ("签发人", "signed_by", self.signed_by.clone()),
            ("签发时间", "signed_at", self.signed_at.clone()),
            ("报送人", "filed_by", self.filed_by.clone()),
            ("报送时间", "filed_at", self.filed_at.clone()),
        ]
    }

    /// Reads a receipt.
    ///
    /// # Errors
    /// It is none, with line and column.
    pub fn read(bytes: &[u8]) -> Result<Self, Damage> {
        let text = std::str::from_utf8(bytes).map_err(|_bytes| Damage::not_text(""))?;
        ron::from_str(text.trim_start_matches('\u{feff}')).map_err(|err| Damage::of_ron(&err))
    }

    /// What this copy of the report holds otherwise than the receipt says, in words; nothing where it is what was handed in.
    pub fn differences(&self, report: Report<'_>) -> Vec<String> {
        let Some(now) = Self::of(report) else {
            return vec!["这份草稿现在没有有效的签发和报送记录，不是回执上的那一份".to_owned()];
        };
        let year = (self.year != now.year).then(|| format!("年度：回执是“{}”，这一份是“{}”", self.year, now.year));
        let fields = self.fields().into_iter().zip(now.fields());
        let others =
            fields.filter(|(kept, now)| kept.2 != now.2).map(|(kept, now)| format!("{}：回执是“{}”，这一份是“{}”", kept.0, kept.2, now.2));
        year.into_iter().chain(others).collect()
    }

    /// Writes it beside the draft, over nothing: `年报（回执 2026-01-30）.ron`. Returns where.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn write_beside(&self, disk: &dyn Disk, draft: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
        let day = now.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d").to_string();
        let path = free_beside(disk, &draft.with_extension("ron"), &format!("回执 {day}"))?;
        write_whole(disk, &path, self.text().as_bytes())?;
        Ok(path)
    }
}
