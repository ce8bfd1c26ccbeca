//! What is wrong with a form file, and where.

use super::schema::TableFile;

/// What is wrong with the content of a form file, and where to look for it.
#[derive(Debug)]
pub(super) struct Wrong {
    pub problem: String,
    /// The key, id or label it is about.
    pub key: String,
    /// Id of the table it stands in; none for rules and chapters.
    table: Option<String>,
    /// How many of the same key come before it there.
    num_before: usize,
}

impl Wrong {
    /// About a rule, a chapter or a table.
    pub fn of(key: &str, problem: String) -> Self {
        Self { problem, key: key.to_owned(), table: None, num_before: 0 }
    }

    /// About the second of two with the same id.
    pub fn again(key: &str, problem: &str) -> Self {
        Self { num_before: 1, ..Self::of(key, problem.to_owned()) }
    }

    /// About the item at this row and place in the row of a table.
    pub fn at_item(file: &TableFile, (row, index): (usize, usize), problem: String) -> Self {
        let Some(item) = file.rows.get(row).and_then(|items| items.get(index)) else { return Self::of(&file.id, problem) };
        let rows_before = file.rows.iter().take(row).flatten();
        let before = rows_before.chain(file.rows.iter().skip(row).take(1).flat_map(|items| items.iter().take(index)));
        let num_before = before.filter(|other| other.name() == item.name()).count();
        Self { problem, key: item.name().to_owned(), table: Some(file.id.clone()), num_before }
    }

    /// The line of the file, from 1; the first if the key is written in some way we do not foresee.
    pub fn line_in(&self, text: &str) -> usize {
        let start = self.table.as_ref().and_then(|id| text.find(&format!("id: \"{id}\""))).unwrap_or(0);
        let quoted = format!(": \"{}\"", self.key);
        let found = text.match_indices(&quoted).filter(|(at, _)| *at >= start).nth(self.num_before).map(|(at, _)| at);
        // A common rule is only named in a list.
        let found = found.or_else(|| text.find(&format!("\"{}\"", self.key)));
        1 + found.and_then(|at| text.get(..at)).map_or(0, |before| before.matches('\n').count())
    }
}
