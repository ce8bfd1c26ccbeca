//! The smallest explanation of broken sums: one slip, then slips that share no sum, then two and three that do.

use super::found::Found;
use super::lines::shifts;
use super::slip::{self, Slip};
use super::sums::{Correction, SumId, Sums};
use crate::model::{CellId, Totals};

/// Broken sums that two, and three cells are looked for in; each stands in three at most.
const MAX_OF_TWO: usize = 6;
const MAX_OF_THREE: usize = 8;

/// What explains a group of broken sums, all of it: each slip by itself, or one with its equally likely ways. Empty where a
/// part stays in the dark, for then the rest might be something else as well.
pub(super) fn explain(sums: &mut Sums<'_>, group: &[SumId]) -> Vec<Vec<Found>> {
    if let Some(ways) = by_one_slip(sums, group) {
        return likeliest(sums, ways).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut rest = Vec::new();
    for cluster in clusters(sums, group) {
        match by_one_slip(sums, &cluster) {
            None => rest.extend(cluster),
            Some(ways) => match likeliest(sums, ways).as_deref() {
                // An exchange may explain two clusters.
                Some([only]) if found.contains(only) => {}
                Some([only]) => found.push(only.clone()),
                _ => return Vec::new(),
            },
        }
    }
    if !rest.is_empty() {
        let mended = corrections(sums, &found);
        for one in &mended {
            sums.correct(*one);
        }
        let several = by_several(sums, &rest);
        for one in &mended {
            sums.uncorrect(*one);
        }
        if several.is_empty() || found.is_empty() {
            return several;
        }
        found.extend(several.into_iter().filter_map(|ways| <[Found; 1]>::try_from(ways).ok()).flatten());
    }
    let all = corrections(sums, &found);
    if !sums.all_hold_after(&all, group) {
        return Vec::new();
    }
    exchanges_joined(sums, found).into_iter().map(|slip| vec![slip]).collect()
}

fn corrections(sums: &Sums<'_>, found: &[Found]) -> Vec<Correction> {
    let figures = found.iter().flat_map(|found| &found.figures);
    figures
        .filter_map(|(cell, figure)| Some(Correction { cell: *cell, by: i128::from(*figure) - i128::from(sums.value(*cell)?) }))
        .collect()
}

/// Every single slip that explains all these sums; `None` where none does.
fn by_one_slip(sums: &mut Sums<'_>, broken: &[SumId]) -> Option<Vec<Found>> {
    let singles = singles(sums, broken);
    let mut ways: Vec<Found> = singles.into_iter().filter_map(|one| described(sums, &[one])).collect();
    if ways.is_empty() || sums.report.draft.totals() == Totals::Computed {
        ways.extend(exchanges(sums, broken).into_iter().filter_map(|pair| described(sums, &pair)));
    }
    if broken.len() > 1 || sums.report.draft.totals() == Totals::Computed {
        ways.extend(shifts(sums, broken));
    }
    (!ways.is_empty()).then_some(ways)
}

/// The ways that are likelier than the rest: the only one; or, among several, those that are known slips, if one alone is
/// so clear that it is hardly chance, or if they are few.
fn likeliest(sums: &Sums<'_>, ways: Vec<Found>) -> Option<Vec<Found>> {
    if ways.len() == 1 && sums.report.draft.totals() == Totals::Typed {
        return Some(ways);
    }
    let known: Vec<Found> = ways.into_iter().filter(|way| way.slip != Slip::Other).collect();
    let is_clear = match known.as_slice() {
        // Into a 0 any figure may be moved.
        [only] => only.slip.is_clear() && (only.slip != Slip::CellsSwapped || only.figures.iter().all(|(_, figure)| *figure != 0)),
        several => !several.is_empty(),
    };
    is_clear.then_some(known)
}

/// Broken sums by the cells that would mend them whole: errors that share no sum come apart.
fn clusters(sums: &Sums<'_>, group: &[SumId]) -> Vec<Vec<SumId>> {
    let mut clusters: Vec<Vec<SumId>> = group.iter().map(|sum| vec![*sum]).collect();
    for &sum in group {
        for (cell, _) in sums.terms(sum) {
            if !mending(sums, *cell, sum).is_some_and(|one| mends_its_sums(sums, one)) {
                continue;
            }
            let touched = |cluster: &Vec<SumId>| cluster.iter().any(|sum| sums.of_cell(*cell).iter().any(|(other, _)| other == sum));
            let (joined, mut apart): (Vec<_>, Vec<_>) = clusters.into_iter().partition(touched);
            apart.push(joined.concat());
            clusters = apart;
        }
    }
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters.sort_unstable();
    clusters
}

/// Two or three cells that explain these sums together, as slips of their own, if nothing else of that size does.
fn by_several(sums: &mut Sums<'_>, broken: &[SumId]) -> Vec<Vec<Found>> {
    if broken.is_empty() || sums.report.draft.totals() == Totals::Computed {
        return Vec::new();
    }
    if let Some(ways) = by_one_slip(sums, broken) {
        return likeliest(sums, ways).into_iter().collect();
    }
    for size in 2..=3 {
        let sets = sets(sums, broken, size);
        let num_slips = |set: &Vec<Correction>| set.len() - usize::from(exchange_in(sums, set).is_some());
        let fewest = sets.iter().map(num_slips).min();
        let smallest: Vec<&Vec<Correction>> = sets.iter().filter(|set| Some(num_slips(set)) == fewest).collect();
        match smallest.as_slice() {
            [] => {}
            [only] => return apart(sums, only).into_iter().map(|slip| vec![slip]).collect(),
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// A set of corrections as slips: two cells exchanged are one.
fn apart(sums: &Sums<'_>, set: &[Correction]) -> Vec<Found> {
    let pair = exchange_in(sums, set);
    let rest = set.iter().filter(|one| pair.is_none_or(|pair| !pair.contains(one))).filter_map(|one| described(sums, &[*one]));
    pair.and_then(|pair| described(sums, &pair)).into_iter().chain(rest).collect()
}

fn exchange_in(sums: &Sums<'_>, set: &[Correction]) -> Option<[Correction; 2]> {
    let pairs = set.iter().enumerate().flat_map(|(place, one)| set.iter().skip(place + 1).map(move |other| [*one, *other]));
    pairs.into_iter().find(|pair| is_exchange(sums, *pair))
}

/// Single cells that are each other's figure are one slip.
fn exchanges_joined(sums: &Sums<'_>, mut found: Vec<Found>) -> Vec<Found> {
    let mut joined = Vec::new();
    while let Some(slip) = found.pop() {
        let is_partner = |other: &Found| match (slip.figures.as_slice(), other.figures.as_slice()) {
            (&[(cell, figure)], &[(partner, its_figure)]) => sums.value(partner) == Some(figure) && sums.value(cell) == Some(its_figure),
            _ => false,
        };
        match found.iter().position(is_partner).map(|place| found.swap_remove(place)) {
            Some(other) => joined.push(Found { slip: Slip::CellsSwapped, figures: [other.figures, slip.figures].concat() }),
            None => joined.push(slip),
        }
    }
    joined
}

/// The corrections that mend all these sums and break no other; whether the cell can hold the figure is left open.
fn singles(sums: &Sums<'_>, broken: &[SumId]) -> Vec<Correction> {
    let Some(&smallest) = broken.iter().min_by_key(|sum| sums.terms(**sum).len()) else { return Vec::new() };
    let stands_in_all = |one: &Correction| broken.iter().all(|sum| sums.of_cell(one.cell).iter().any(|(other, _)| other == sum));
    let cells = sums.terms(smallest).iter().filter_map(|(cell, _)| mending(sums, *cell, smallest));
    cells.filter(|one| stands_in_all(one) && mends_its_sums(sums, *one)).collect()
}

/// The sets of so many corrections that together mend all these sums and break no other.
///
/// One cell of such a set stands in a broken sum where the others do not, so it mends that sum alone; what is then still
/// broken must be the others' work.
fn sets(sums: &mut Sums<'_>, broken: &[SumId], size: usize) -> Vec<Vec<Correction>> {
    let mut sets = Vec::new();
    if broken.len() <= if size == 2 { MAX_OF_TWO } else { MAX_OF_THREE } {
        extend_set(sums, broken, size, &mut Vec::new(), &mut sets);
    }
    sets.sort_unstable();
    sets.dedup();
    sets.retain(|set| set.iter().all(|one| sums.corrected(*one).is_some()));
    sets
}

fn extend_set(sums: &mut Sums<'_>, broken: &[SumId], size: usize, set: &mut Vec<Correction>, sets: &mut Vec<Vec<Correction>>) {
    let is_new = |set: &[Correction], cell: CellId| set.iter().all(|one| one.cell != cell);
    if size == 1 {
        for one in singles(sums, broken).into_iter().filter(|one| is_new(set, one.cell)) {
            let mut whole = [set.as_slice(), &[one]].concat();
            whole.sort_unstable();
            sets.push(whole);
        }
        return;
    }
    for &sum in broken {
        for place in 0..sums.terms(sum).len() {
            let Some(one) = sums.terms(sum).get(place).and_then(|(cell, _)| mending(sums, *cell, sum)) else { continue };
            if !is_new(set, one.cell) {
                continue;
            }
            let touched = sums.of_cell(one.cell).iter().map(|(sum, _)| *sum).filter(|near| !broken.contains(near));
            let near: Vec<SumId> = broken.iter().copied().chain(touched).collect();
            sums.correct(one);
            let left: Vec<SumId> = near.into_iter().filter(|sum| sums.is_broken(*sum)).collect();
            // No cell stands in more than three sums.
            if !left.is_empty() && left.len() <= 3 * (size - 1) {
                set.push(one);
                extend_set(sums, &left, size - 1, set, sets);
                set.pop();
            }
            sums.uncorrect(one);
        }
    }
}

/// Two cells whose figures changed places, which explains all these sums.
fn exchanges(sums: &mut Sums<'_>, broken: &[SumId]) -> Vec<[Correction; 2]> {
    if sums.report.draft.totals() == Totals::Typed {
        let pairs = sets(sums, broken, 2).into_iter().filter_map(|set| <[Correction; 2]>::try_from(set).ok());
        return pairs.filter(|pair| is_exchange(sums, *pair)).collect();
    }
    let Some(&first) = broken.first().filter(|_| broken.len() <= 2) else { return Vec::new() };
    let mut found = Vec::new();
    for one in sums.terms(first).iter().map(|(cell, _)| *cell).collect::<Vec<_>>() {
        for (other, _) in sums.report.form.cells() {
            let (Some(value), Some(other_value)) = (sums.value(one), sums.value(other)) else { continue };
            let by = i128::from(other_value) - i128::from(value);
            let pair = [Correction { cell: one, by }, Correction { cell: other, by: -by }];
            let is_known = found.iter().any(|[first, second]: &[Correction; 2]| (second.cell, first.cell) == (one, other));
            if by != 0 && !is_known && !sums.of_cell(other).is_empty() && sums.all_hold_after(&pair, broken) {
                found.push(pair);
            }
        }
    }
    found
}

/// The correction of this cell that makes this sum hold.
fn mending(sums: &Sums<'_>, cell: CellId, sum: SumId) -> Option<Correction> {
    let factor = sums.terms(sum).iter().find(|(known, _)| *known == cell)?.1;
    let off = sums.off(sum);
    (off != 0 && off % factor == 0).then(|| Correction { cell, by: -off / factor })
}

/// After this correction every sum of its cell holds.
fn mends_its_sums(sums: &Sums<'_>, Correction { cell, by }: Correction) -> bool {
    sums.of_cell(cell).iter().all(|(sum, factor)| sums.off(*sum) + factor * by == 0)
}

/// The corrections put each cell's figure into the other: one slip rather than two.
fn is_exchange(sums: &Sums<'_>, [one, other]: [Correction; 2]) -> bool {
    let typed = |one: Correction| sums.value(one.cell).map(i128::from);
    typed(one).map(|value| value + one.by) == typed(other) && one.by == -other.by
}

/// A correction, or an exchange, as a slip; `None` where a cell cannot hold its figure.
fn described(sums: &Sums<'_>, corrections: &[Correction]) -> Option<Found> {
    let figures: Vec<(CellId, i64)> = corrections.iter().map(|one| Some((one.cell, sums.corrected(*one)?))).collect::<Option<_>>()?;
    let slip = match figures.as_slice() {
        [(cell, figure)] => slip::slip(sums.report.form, &sums.values, *cell, *figure),
        _ => Slip::CellsSwapped,
    };
    Some(Found { slip, figures })
}
