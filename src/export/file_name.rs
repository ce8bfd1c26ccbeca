//! The name under which a report leaves the house, fit for Windows and for every disk.

use super::words;
use crate::model::Draft;

/// Longest file name, in bytes: Linux and Windows take 255, and the copy before, the lock and the new file beside it have longer ones.
const MAX_BYTES: usize = 220;

/// Names that Windows keeps for devices, whatever follows their first dot.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4",
    "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// `{agency}{year}年政府信息公开工作年度报告.{ending}`, without signs that a file name cannot hold; a long agency is cut short.
pub fn file_name(draft: &Draft, ending: &str) -> String {
    let unfit = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let clean: String = draft.agency.chars().filter(|&c| !unfit(c)).collect();
    let mut draft = Draft::new(&draft.form, clean.trim_matches([' ', '.', '　']).to_owned(), draft.year, 0);
    let first = draft.agency.split('.').next().unwrap_or_default().trim().to_uppercase();
    if DEVICES.contains(&&*first) {
        draft.agency.insert(0, '_');
    }
    loop {
        let name = format!("{}.{ending}", words::title(&draft));
        // Without an agency the name is some fifty bytes, so this ends.
        if name.len() <= MAX_BYTES || draft.agency.pop().is_none() {
            return name;
        }
    }
}
