//! Deciding the rules of consolidation (domain.md §2.8, §2.9) over a whole county.

use std::collections::{BTreeMap, HashSet};

use super::assembled::{County, Standing, Stray};
use super::copies::{changed, receipts, signed_anew, twins};
use super::exchanged::{Columns, Exchanged};
use super::finding::{Finding, MAX_NAMED, named, rule, shown};
use super::journal::What;
use super::roster::UnitKind;
use super::state::{Need, State, county_day, legal_day};
use super::sum::Mended;
use super::totals::Sum;
use crate::form::Severity;
use crate::model::{Adjustment, CellId};
use crate::rules;

/// What is found of these bodies, each by itself.
pub(super) fn of_bodies(county: &County, places: impl Iterator<Item = usize>) -> Vec<Finding> {
    let mended = county.mended();
    let events = &county.journal.events;
    let returned: HashSet<&str> = events.iter().filter(|event| event.what == What::Returned).map(|event| event.unit.as_str()).collect();
    let receipts = receipts(events);
    let written: HashSet<&str> = events.iter().filter(|event| event.what == What::Received).map(|event| event.unit.as_str()).collect();
    let columns = Columns::of(&county.form);
    let mut found = Vec::new();
    for (place, standing) in places.filter_map(|place| Some((place, county.standings.get(place)?))) {
        found.extend(blank(county, place, &mended));
        found.extend(not_in(county, place, standing));
        found.extend(vertical(county, place, standing));
        found.extend(changed(county, place, standing, returned.contains(county.name(place))));
        found.extend(receipts.get(county.name(place)).and_then(|kept| signed_anew(county, place, standing, kept)));
        found.extend(late(county, place, standing, written.contains(county.name(place))));
        found.extend(exchanged(county, place, &columns));
    }
    found
}

/// What is found of the county as a whole, and of bodies beside each other: no finding here has rule and body of one above.
pub(super) fn across(county: &County) -> Vec<Finding> {
    let sum = county.sum();
    let mut found = against_parent(county, &sum);
    found.extend(county.strays.iter().map(|stray| on_no_roster(county, stray)));
    found.extend(joint(county));
    found.extend(holds(county, &sum));
    found.extend(outdated(county));
    found.extend(slips(county));
    found.extend(twins(county));
    found
}

/// In the order of rules, within a rule of the roster.
pub(super) fn sort(found: &mut [Finding]) {
    found.sort_by_key(|finding| (finding.rule, finding.unit.unwrap_or(usize::MAX)));
}

/// What each body needs.
pub(super) fn needs(county: &County) -> Vec<Option<Need>> {
    let (mut wrong, mut look) = (vec![false; county.standings.len()], vec![false; county.standings.len()]);
    // That a report came late is told, and nothing can be done about it.
    let to_do = county.findings.iter().filter(|finding| finding.rule != rule::LEGAL_DAY && finding.rule != rule::OWN_DAY);
    for finding in to_do.filter(|finding| finding.severity != Severity::Info) {
        let marks = if finding.is_error() || finding.is_waiting { &mut wrong } else { &mut look };
        if let Some(mark) = finding.unit.and_then(|unit| marks.get_mut(unit)) {
            *mark = true;
        }
    }
    let need = |(place, standing): (usize, &Standing)| {
        Some(match standing.state? {
            State::Missing => Need::Missing,
            State::Overdue => Need::Overdue,
            State::Returned => Need::Returned,
            State::Received | State::Signed => {
                let (own, num_unread) = county.counted(place).map(|taken| (taken.counts, taken.num_unread)).unwrap_or_default();
                if own.error > 0 || wrong.get(place) == Some(&true) {
                    Need::Wrong
                } else if own.warning + own.look + num_unread > 0 || look.get(place) == Some(&true) {
                    Need::Look
                } else {
                    Need::Ready
                }
            }
        })
    };
    county.standings.iter().enumerate().map(need).collect()
}

/// R61 cannot be decided where a body has no figure.
fn blank(county: &County, place: usize, mended: &Mended<'_>) -> Option<Finding> {
    let taken = county.summed(place)?;
    let form = &county.form;
    if !taken.figures.has_blank() && taken.figures.num() >= form.cells.len() {
        return None;
    }
    let no_figure = form.cells().map(|(cell, _)| cell).zip(taken.figures.iter().chain(std::iter::repeat(None)));
    let cells: Vec<CellId> =
        no_figure.filter(|(cell, figure)| figure.is_none() && !mended.contains_key(&(place, *cell))).map(|(cell, _)| cell).collect();
    if cells.is_empty() {
        return None;
    }
    let old = if *taken.form == *form.id {
        String::new()
    } else {
        format!("（用的是 {} 表样，这些格在旧表样里没有）", taken.form)
    };
    let message = format!("{} 没有数，这些格的和定不下来{old}", named(form, &cells));
    Some(Finding::of_unit(rule::SUM, place, Severity::Error, message).at(cells).waiting())
}

/// R61: the county's own report against its own part and all bodies.
fn against_parent(county: &County, sum: &Sum) -> Vec<Finding> {
    let Some(parent) = county.parent.and_then(|parent| county.taken.get(parent)) else { return Vec::new() };
    if !sum.is_whole() {
        let message = format!("还有 {} 个单位没有报齐，本级报告与各单位之和不能核对", sum.num_missing);
        return vec![Finding::of_all(rule::SUM, Severity::Error, message).waiting()];
    }
    let form = &county.form;
    let differs = form.cells().map(|(cell, _)| cell).zip(parent.figures.iter()).filter_map(|(cell, figure)| {
        let value = i64::try_from(sum.value(cell)?).ok();
        if figure == value {
            return None;
        }
        let off = figure.zip(value).map_or_else(String::new, |(figure, value)| {
            format!("，相差 {}", shown(form, cell, i64::try_from(figure.abs_diff(value)).ok()))
        });
        let (own, all) = (shown(form, cell, figure), shown(form, cell, value));
        let message = format!("{}：{}报告填 {own}，各单位之和 {all}{off}", form.cell(cell).label, county.agency);
        Some(Finding::of_all(rule::SUM, Severity::Error, message).at(vec![cell]))
    });
    differs.collect()
}

/// R62: who has not handed in, by what day.
fn not_in(county: &County, place: usize, standing: &Standing) -> Option<Finding> {
    let state = standing.state.filter(|state| !state.is_in())?;
    let due = county.due(place);
    let day = format!("{}月{}日", due.month(), due.day());
    let name = county.name(place);
    // Somebody who sent the report of another year has to be told so.
    let other = standing
        .elsewhen
        .and_then(|other| county.taken.get(other))
        .map_or_else(String::new, |other| format!("；文件夹里只有它 {} 年度的报告：{}", other.year, other.lying.path.display()));
    let message = match state {
        State::Overdue => format!("{name}没有报，期限 {day}，已过 {} 天{other}", (county.today - due).get_days()),
        State::Returned => format!("{name}的报告退回修改，还没有重报"),
        _ => format!("{name}没有报，期限 {day}{other}"),
    };
    Some(Finding::of_unit(rule::ALL_IN, place, Severity::Error, message))
}

/// R63: a body run from above that handed in, or stands on the roster without a word about it.
fn vertical(county: &County, place: usize, standing: &Standing) -> Option<Finding> {
    let unit = county.unit(place).filter(|unit| unit.is_run_from_above())?;
    let name = &unit.name;
    let message = if unit.is_vertical == Some(true) {
        (!standing.copies.is_empty()).then(|| format!("{name}是垂直管理机构，收到的报告没有加进和里"))?
    } else {
        format!("{name}像是垂直管理机构，不应在名册上；确属本级管理的，在名册“垂直管理”一栏写“否”")
    };
    Some(Finding::of_unit(rule::VERTICAL, place, Severity::Error, message))
}

/// A copy of nobody on the roster: it is in no sum, and that is said.
fn on_no_roster(county: &County, stray: &Stray) -> Finding {
    let taken = county.taken.get(stray.taken);
    let (agency, file) = taken.map_or(("", String::new()), |taken| (&*taken.agency, taken.lying.path.display().to_string()));
    if taken.is_some_and(|taken| taken.year == 0) {
        return Finding::of_all(rule::ALL_IN, Severity::Warning, format!("“{agency}”没有写明报告年度，没有加进和里；文件：{file}"));
    }
    if super::roster::Unit::new(agency).is_run_from_above() {
        let message = format!("“{agency}”不在名册上，像是垂直管理机构，没有加进和里；文件：{file}");
        return Finding::of_all(rule::VERTICAL, Severity::Error, message);
    }
    let likely: Vec<&str> = stray.likely.iter().map(|place| county.name(*place)).collect();
    let ask = if likely.is_empty() { String::new() } else { format!("，是不是{}", likely.join("、或者")) };
    Finding::of_all(rule::ALL_IN, Severity::Warning, format!("“{agency}”不在名册上，没有加进和里{ask}；文件：{file}"))
}

/// R64: one document's number in the lists of two bodies.
fn joint(county: &County) -> Vec<Finding> {
    let mut of_number: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (unit, number) in &county.journal.documents {
        let units = of_number.entry(number).or_default();
        if !units.contains(&unit.as_str()) {
            units.push(unit);
        }
    }
    let twice = of_number.into_iter().filter(|(_, units)| units.len() > 1);
    let message = |(number, units): (&str, Vec<&str>)| {
        let message = format!("{number} 由{}都计了一件，联合制发的只由牵头单位计", units.join("、"));
        let unit = units.first().and_then(|name| county.place_of(name));
        Finding { unit, ..Finding::of_all(rule::JOINT, Severity::Warning, message) }
    };
    twice.map(message).collect()
}

/// R65: the sum keeps the rules of its form; where not, whose reports break the same rule.
fn holds(county: &County, sum: &Sum) -> Vec<Finding> {
    let (form, draft) = (&county.form, sum.draft_so_far(county));
    let report = form.report(&draft);
    let broken = rules::check(report);
    let broken = broken.iter().filter(|finding| finding.is_fail() && form.check(finding.check).test.equation().is_some());
    let found = broken.filter(|finding| finding.severity(form) == Severity::Error).map(|finding| {
        let check = form.check(finding.check);
        let breaks = |place: &usize| {
            let taken = county.summed(*place);
            taken.is_some_and(|taken| taken.broken.iter().any(|one| usize::from(*one) == finding.check.index()))
        };
        let units: Vec<usize> = county.expected().filter(breaks).collect();
        let names: Vec<&str> = units.iter().take(MAX_NAMED).map(|place| county.name(*place)).collect();
        let from = match units.len() {
            0 => "；没有单位在这里不平，是调整或者加总造成的".to_owned(),
            num if num > MAX_NAMED => format!("；差在 {} 等 {num} 个单位", names.join("、")),
            _ => format!("；差在 {}", names.join("、")),
        };
        let message = format!("{}{from}", rules::message(report, *finding));
        Finding::of_all(rule::HOLDS, Severity::Error, message).at(check.cells.clone())
    });
    found.collect()
}

/// Repairs that no longer fit what they repaired.
fn outdated(county: &County) -> Vec<Finding> {
    let one = |one: &Adjustment| {
        let (cell, label) = (county.form.cell_by_key(&one.key), county.form.label_of(&one.key).unwrap_or_default());
        let message = format!("{} {label} 的调整（{} → {}）没有算：单位报的已不是原来的数", one.unit, one.from.said(), one.to.said());
        let unit = county.place_of(&one.unit);
        Finding { unit, ..Finding::of_all(rule::HOLDS, Severity::Warning, message).at(cell.into_iter().collect()) }
    };
    county.outdated().map(one).collect()
}

/// R68, R69: it came after its day; by the list of what passed, where it was written down there.
fn late(county: &County, place: usize, standing: &Standing, is_written: bool) -> Option<Finding> {
    let came = standing.received?.date();
    let first = standing.copies.first().filter(|_| standing.copies.len() > 1);
    // What was mended is not late where the first copy was in time; its day is told in the list of what passed.
    if standing.state.is_none() || (first.is_some() && is_written) {
        return None;
    }
    let own = county.due(place);
    let legal = legal_day(county.year);
    let (id, due, severity) = if came > legal {
        (rule::LEGAL_DAY, legal, Severity::Error)
    } else if came > own {
        (rule::OWN_DAY, own, Severity::Warning)
    } else {
        return None;
    };
    let source = if is_written { "" } else { "（按文件日期）" };
    let message =
        format!("{}月{}日收到{source}，期限 {}月{}日，迟 {} 天", came.month(), came.day(), due.month(), due.day(), (came - due).get_days());
    Some(Finding::of_unit(id, place, severity, message))
}

/// Two columns in each other's place: last year's report says so.
fn exchanged(county: &County, place: usize, columns: &Columns) -> Option<Finding> {
    let Exchanged { heads, apart, apart_then } = columns.exchanged(&county.summed(place)?.figures, county.last(place)?)?;
    // 表三 自然人 一、本年新收……: table and column.
    let column = |cell: CellId| county.form.cell(cell).label.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let [one, other] = heads.map(column);
    let message = format!("{one}、{other} 两列像是整列填反了：与上年一共相差 {apart}，对调以后只差 {apart_then}，请核对");
    Some(Finding::of_unit(rule::EXCHANGED, place, Severity::Warning, message).at(heads.to_vec()))
}

/// Amounts in 元 where 万元 stands.
fn slips(county: &County) -> Vec<Finding> {
    let form = &county.form;
    let one = |(place, cell, value): (usize, CellId, i64)| {
        let (typed, meant) = (shown(form, cell, Some(value)), shown(form, cell, Some(value / 10_000)));
        let message = format!("{} 填 {typed}，与上年或其他单位差几个数量级，像是按元填的；如是，应为 {meant}", form.cell(cell).label);
        Finding::of_unit(rule::UNIT_SLIP, place, Severity::Warning, message).at(vec![cell])
    };
    county.unit_slips().into_iter().map(one).collect()
}

/// What nobody can tell from what is at hand.
pub fn unchecked(county: &County) -> Vec<&'static str> {
    let mut unchecked = Vec::new();
    if !county.has_roster {
        unchecked.push("是否收齐（没有名册）");
    } else if !county.roster.units.iter().any(|unit| unit.kind == UnitKind::Own) {
        unchecked.push("本级（政府和政府办公室）是否报了：名册上没有本级");
    }
    if county.journal.documents.is_empty() {
        unchecked.push("联合制发的文件是否计了两次（没有文号清单）");
    }
    if county.today > county_day(county.year) {
        unchecked.push("县区报告是否按时公布");
    }
    unchecked
}
