//! How far two texts are from each other.

/// Signs to put in, take out or change to make one of the other. Source: Levenshtein 1965. Of the crates for it, `strsim` takes
/// no slices.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, from) in a.iter().enumerate() {
        let (mut above_left, mut left) = (index, index + 1);
        let mut next = vec![left];
        for (to, above) in b.iter().zip(row.iter().skip(1)) {
            left = (above_left + usize::from(from != to)).min(above + 1).min(left + 1);
            above_left = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
