//! An office's own thresholds (本机关的阈值) in a file that people read and write: a line each, what the rule says above it.

use std::path::Path;

use super::disk::{Disk, Standing};
use super::error::StoreError;
use super::home::Home;
use super::save::read_regular;
use crate::form::Catalog;
use crate::model::Thresholds;

/// Largest file read, in MB; it has a few hundred bytes.
const MAX_MB: u64 = 1;

/// The file's text: every threshold of every form, these changed ones in place of their own.
pub fn profile_text(catalog: &Catalog, changed: &Thresholds) -> String {
    let mut text = String::from(
        "# 本机关的阈值。把等号右边改成自己的数；不写的、删去的行照程序原来的。
# 改过的阈值随草稿走：审核人看得到，校验报告里印出来。只影响以后新建的草稿；已有的草稿用 gouji profile 收入。
",
    );
    let mut seen: Vec<&str> = Vec::new();
    for form in catalog.forms() {
        for rule in form.rules.iter().filter(|rule| !rule.thresholds.is_empty()) {
            if seen.contains(&&*rule.id) {
                continue;
            }
            seen.push(&rule.id);
            text.extend(["\n# ", &*rule.id, " ", &*rule.says, "\n"]);
            for (name, usual) in &rule.thresholds {
                let key = format!("{}.{name}", rule.id);
                let value = changed.get(key.as_str()).unwrap_or(usual);
                text.extend([&key, " = ", &*value.to_string(), "\n"]);
            }
        }
    }
    text
}

/// The thresholds of a text that are others than the program's own.
///
/// # Errors
/// A line that says no threshold, or none that a rule could have: which, and what is wrong.
pub fn read_profile(catalog: &Catalog, text: &str) -> Result<Thresholds, String> {
    let mut changed = Thresholds::new();
    for (no, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let wrong = |why: &str| format!("第 {no} 行“{line}”{why}");
        let (key, value) = line.split_once(['=', '＝']).ok_or_else(|| wrong("应当写成 R40.times = 3 这样"))?;
        let (key, value) = (key.trim(), value.trim());
        let value: u32 = value
            .parse()
            .ok()
            .filter(|value| (1..=1_000_000).contains(value))
            .ok_or_else(|| wrong("等号右边应当是 1 到 1000000 的整数"))?;
        let of = |rule: &crate::form::Rule| {
            let name = key.strip_prefix(&*rule.id).and_then(|rest| rest.strip_prefix('.'));
            rule.thresholds.iter().find(|(known, _)| Some(&**known) == name).map(|(_, usual)| *usual)
        };
        let usual = catalog.forms().iter().flat_map(|form| &form.rules).find_map(of);
        let usual = usual.ok_or_else(|| wrong("没有这个阈值"))?;
        if changed.contains_key(key) {
            return Err(wrong("写了两次"));
        }
        if value != usual {
            changed.insert(key.into(), value);
        }
    }
    Ok(changed)
}

/// The thresholds in this file.
///
/// # Errors
/// It cannot be read, or a line of it says nothing.
pub fn load_profile(disk: &dyn Disk, path: &Path, catalog: &Catalog) -> Result<Thresholds, StoreError> {
    let bytes = read_regular(disk, path, MAX_MB)?;
    let wrong = |what| StoreError::Settings { what, path: path.to_owned() };
    let text = String::from_utf8(bytes).map_err(|_other| wrong("不是 UTF-8 编码，请用记事本打开，另存为 UTF-8".to_owned()))?;
    read_profile(catalog, &text).map_err(wrong)
}

/// The thresholds of this machine's office; none where there is no file.
///
/// # Errors
/// As [`load_profile`]. The program's own then hold, and the file is left as it is.
pub fn own_profile(home: &Home, catalog: &Catalog) -> Result<Thresholds, StoreError> {
    match home.disk.standing(&home.profile()) {
        Ok(Standing::Missing) => Ok(Thresholds::new()),
        _ => load_profile(&*home.disk, &home.profile(), catalog),
    }
}
