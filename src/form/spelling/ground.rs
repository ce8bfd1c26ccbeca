//! How the ground of a draft is spelt: three words each.

use super::words::owned;
use crate::model::Ground;

/// What its list begins with.
pub(super) const WORD: &str = "ground";

/// `["ground", "threshold", "R40.times", "5", …, "moved", "", sentence]`.
pub(super) fn words(ground: &Ground) -> Vec<String> {
    let mut words = owned(&[WORD]);
    words.extend(ground.thresholds.iter().flat_map(|(key, value)| owned(&["threshold", key, &value.to_string()])));
    if !ground.moved.is_empty() {
        words.extend(owned(&["moved", "", &ground.moved]));
    }
    words
}

/// The way back; `None` for words that say nothing known, or anything twice.
pub(super) fn read(words: &[&str]) -> Option<Ground> {
    let mut ground = Ground::default();
    for one in words.chunks(3) {
        match one {
            ["threshold", key, value] => {
                let plain = value.parse::<u32>().ok().filter(|number| number.to_string() == **value)?;
                ground.thresholds.insert((*key).into(), plain).is_none().then_some(())?;
            }
            ["moved", "", text] if ground.moved.is_empty() && !text.is_empty() => ground.moved = (*text).into(),
            _ => return None,
        }
    }
    Some(ground)
}
