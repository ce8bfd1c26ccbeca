//! Copies held against each other: two of one body, what was received signed and what lies there now, two bodies with the same figures.

use std::collections::HashMap;

use super::assembled::{County, Standing};
use super::finding::{Finding, MAX_NAMED, rule, shown};
use super::journal::{Event, What};
use super::taken::Taken;
use crate::form::Severity;
use crate::model::CellId;

/// Figures other than 0 from which on it is no chance that two bodies have the same.
const MIN_ALIKE: usize = 10;

/// R67: a second copy differs from the one before, or a signed one was changed. What was given back comes back changed.
pub(super) fn changed(county: &County, place: usize, standing: &Standing, is_mended: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(taken) = county.counted(place).filter(|taken| !taken.flaw.is_empty()) {
        let message = format!("签发以后又改动过，签发无效：{}；文件：{}", taken.flaw, taken.lying.path.display());
        found.push(Finding::of_unit(rule::CHANGED, place, Severity::Error, message));
    }
    if standing.copies.len() < 2 {
        return found;
    }
    let copies: Vec<&Taken> = standing.copies.iter().filter_map(|copy| county.taken.get(*copy)).collect();
    for pair in copies.windows(2) {
        let [before, now] = pair else { continue };
        if before.lying.sm3 == now.lying.sm3 {
            continue;
        }
        let is_stripped = !before.code.is_empty() && before.flaw.is_empty() && now.code.is_empty() && !is_mended;
        let unsigned = is_stripped.then(|| {
            let message = format!("先收到的一份已签发（核对码 {}），后收到的没有签发", before.code);
            Finding::of_unit(rule::CHANGED, place, Severity::Error, message)
        });
        found.extend(unsigned);
        let told = between(county, place, before, now);
        found.push(if is_mended { Finding { severity: Severity::Info, ..told } } else { told });
    }
    found
}

/// The last signed copy of each body that was written down as received and not given back since.
pub(super) fn receipts(events: &[Event]) -> HashMap<&str, &Event> {
    let mut kept: HashMap<&str, &Event> = HashMap::new();
    for event in events {
        match event.what {
            What::Received if !event.code.is_empty() => _ = kept.insert(&event.unit, event),
            What::Returned => _ = kept.remove(event.unit.as_str()),
            What::Received | What::Reminded => {}
        }
    }
    kept
}

/// R67: what lies there now is not what was received signed: its log was taken out or written anew, or its file exchanged.
pub(super) fn signed_anew(county: &County, place: usize, standing: &Standing, kept: &Event) -> Option<Finding> {
    let now = county.counted(place).filter(|now| now.code != kept.code)?;
    let before = standing.copies.iter().rev().nth(1).and_then(|before| county.taken.get(*before));
    if now.code.is_empty() && before.is_some_and(|before| before.code == kept.code && before.flaw.is_empty()) {
        // Both copies are at hand, and that is told of them.
        return None;
    }
    let (day, file) = (kept.time.strftime("%-m月%-d日"), now.lying.path.display());
    let now = if now.code.is_empty() { "没有签发".to_owned() } else { format!("核对码是 {}，办理记录重新做过", now.code) };
    let message = format!("{day}收到的一份已签发（核对码 {}，回执在县里），现在的一份{now}；文件：{file}", kept.code);
    Some(Finding::of_unit(rule::CHANGED, place, Severity::Error, message))
}

/// C02: the figures of a few bodies are all the same, and not because there are hardly any.
pub(super) fn twins(county: &County) -> Vec<Finding> {
    let (mut groups, mut group_of): (Vec<Vec<usize>>, HashMap<&[u8], usize>) = (Vec::new(), HashMap::new());
    for (place, taken) in county.expected().filter_map(|place| Some((place, county.summed(place)?))) {
        let group = *group_of.entry(taken.figures.bytes()).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(places) => places.push(place),
            None => groups.push(vec![place]),
        }
    }
    let is_full = |places: &Vec<usize>| {
        let first = places.first().and_then(|place| county.summed(*place));
        first.is_some_and(|taken| taken.figures.iter().flatten().filter(|figure| *figure != 0).count() >= MIN_ALIKE)
    };
    groups.retain(|places| places.len() > 1 && is_full(places));
    let mut found = Vec::new();
    for places in groups {
        let named = |without: Option<usize>| -> String {
            let names: Vec<&str> =
                places.iter().filter(|place| Some(**place) != without).take(MAX_NAMED).map(|place| county.name(*place)).collect();
            names.join("、")
        };
        if places.len() > MAX_NAMED {
            let message = format!("{} 等 {} 个单位的数全部相同，请核对是不是把一份报告交了几次", named(None), places.len());
            found.push(Finding::of_all(rule::TWINS, Severity::Warning, message));
            continue;
        }
        found.extend(places.iter().map(|place| {
            let message = format!("与{}的数全部相同，请核对是不是交了别的单位的报告", named(Some(*place)));
            Finding::of_unit(rule::TWINS, *place, Severity::Warning, message)
        }));
    }
    found
}

/// What differs between two copies of one body.
fn between(county: &County, place: usize, before: &Taken, now: &Taken) -> Finding {
    let form = &county.form;
    let ids = form.cells().map(|(cell, _)| cell);
    let differs: Vec<(CellId, Option<i64>, Option<i64>)> =
        ids.zip(before.figures.iter().zip(now.figures.iter())).filter(|(_, (a, b))| a != b).map(|(cell, (a, b))| (cell, a, b)).collect();
    let one = |(cell, a, b): &(CellId, Option<i64>, Option<i64>)| {
        format!("{} {} → {}", form.cell(*cell).label, shown(form, *cell, *a), shown(form, *cell, *b))
    };
    let words: Vec<String> = differs.iter().take(MAX_NAMED).map(one).collect();
    let what = match differs.len() {
        0 => "数一样，文字或者办理记录不同".to_owned(),
        num if num > MAX_NAMED => format!("{} 等 {num} 格", words.join("；")),
        _ => words.join("；"),
    };
    let (a, b) = (before.lying.path.display(), now.lying.path.display());
    let severity = if differs.is_empty() { Severity::Info } else { Severity::Warning };
    let message = format!("有两份，按后收到的算：{what}；先：{a}，后：{b}");
    Finding::of_unit(rule::CHANGED, place, severity, message).at(differs.into_iter().map(|(cell, ..)| cell).collect())
}
