//! Rules that several forms have word for word (`assets/rules/common.ron`). A form names those it takes.

use super::schema::{FormFile, RuleFile};
use super::wrong::Wrong;

pub(super) const COMMON: &str = include_str!("../../assets/rules/common.ron");

/// Puts the common rules that the form names among its own, all in the order of their ids. A form that names none keeps the
/// order of its file.
pub(super) fn take(file: &mut FormFile) -> Result<(), Wrong> {
    if file.common.is_empty() {
        return Ok(());
    }
    let mut known: Vec<RuleFile> = ron::from_str(COMMON).map_err(|err| Wrong::of("common.ron", err.to_string()))?;
    for id in &file.common {
        let place = known.iter().position(|rule| rule.id == *id);
        let rule = place.map(|place| known.swap_remove(place));
        file.rules.push(rule.ok_or_else(|| Wrong::of(id, "没有这条共同规则，或者写了两次".to_owned()))?);
    }
    file.rules.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(())
}
