//! How large a form file's parts may be. A form comes from outside: whatever it says, loading it takes bounded memory and
//! time. Names are repeated at every cell and line, so long ones cost many times their length.

use super::schema::{BodyFile, Each, FormFile, ItemFile, MoveFile, RuleFile, TableFile, Test};
use super::wrong::Wrong;

/// Most chapters; the shipped forms have 6.
const MAX_CHAPTERS: usize = 50;

/// Most rules; the shipped forms have some 50.
const MAX_RULES: usize = 500;

/// Longest key, id or short name, in characters.
const MAX_NAME: usize = 100;

/// Longest printed head, title or other line, in characters.
const MAX_LINE: usize = 500;

/// Longest formula, in characters; the longest shipped one has 400.
const MAX_FORMULA: usize = 10_000;

/// Looks at everything that is repeated when the form is laid out.
pub(super) fn within_limits(file: &FormFile) -> Result<(), Wrong> {
    if file.chapters.len() > MAX_CHAPTERS || file.rules.len() > MAX_RULES {
        return Err(Wrong::of(&file.id, format!("最多 {MAX_CHAPTERS} 章、{MAX_RULES} 条规则")));
    }
    name(&file.id)?;
    for chapter in &file.chapters {
        line(&chapter.title)?;
        line(&chapter.short)?;
        if let BodyFile::Table(file) = &chapter.body {
            table(file)?;
        }
    }
    let moves = file.older.iter().flat_map(|older| &older.moves);
    if moves.map(num_keys).sum::<usize>() > MAX_MOVES {
        return Err(Wrong::of(&file.id, format!("older 里最多写 {MAX_MOVES} 格")));
    }
    file.rules.iter().try_for_each(rule)
}

/// Most cells named in what a form says of older ones.
const MAX_MOVES: usize = 2_000;

fn num_keys(one: &MoveFile) -> usize {
    match one {
        MoveFile::Renamed(..) => 2,
        MoveFile::Summed(from, _) | MoveFile::Gone(from, _) => 1 + from.len(),
        MoveFile::Split(_, to, _) => 1 + to.len(),
    }
}

fn table(file: &TableFile) -> Result<(), Wrong> {
    name(&file.id)?;
    name(&file.name)?;
    if let Some(col) = file.widths.iter().position(|width| *width == 0) {
        return Err(Wrong::of(&file.id, format!("第 {} 列的宽度是 0", col + 1)));
    }
    for column in &file.columns {
        name(&column.key)?;
    }
    file.rows.iter().flatten().try_for_each(|item| match item {
        ItemFile::Head { text, .. } => line(text),
        ItemFile::Cell { key, unit, .. } | ItemFile::Line { key, unit, .. } => name(key).and_then(|()| name(unit)),
    })
}

fn rule(file: &RuleFile) -> Result<(), Wrong> {
    name(&file.id)?;
    match &file.each {
        Each::Groups(groups) => groups.iter().try_for_each(|(key, words)| name(key).and_then(|()| line(words)))?,
        Each::Items(keys) => keys.iter().try_for_each(|key| name(key))?,
        Each::Once | Each::Columns(_) | Each::Lines(_) => {}
    }
    match &file.test {
        Test::Must(formula) | Test::Flag(formula) => short(formula, MAX_FORMULA),
        Test::Readable(tables) | Test::Registered(tables) if tables.len() > MAX_CHAPTERS => {
            Err(Wrong::of(&file.id, "表的代号太多".to_owned()))
        }
        Test::Copied(chapters, _) if chapters.len() > MAX_CHAPTERS => Err(Wrong::of(&file.id, "章号太多".to_owned())),
        Test::Readable(_) | Test::Registered(_) | Test::Controls | Test::Needs(_) | Test::Repeats(_) | Test::Copied(..) => Ok(()),
    }
}

fn name(text: &str) -> Result<(), Wrong> {
    short(text, MAX_NAME)
}

fn line(text: &str) -> Result<(), Wrong> {
    short(text, MAX_LINE)
}

fn short(text: &str, max: usize) -> Result<(), Wrong> {
    if text.chars().nth(max).is_none() {
        return Ok(());
    }
    let start: String = text.chars().take(20).collect();
    Err(Wrong::of(&format!("{start}…"), format!("文字太长，最多 {max} 字")))
}
