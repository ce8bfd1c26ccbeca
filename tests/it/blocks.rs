//! Blocks pasted into tables: where each field goes, and what is asked about. The cases are data, `tests/cases/blocks.txt`.

use gouji::import::{read_block_over, table_beside};

use crate::stage::cases;
use crate::support::{catalog, project};

/// What becomes of a case: `key=text` for each field, `?words` for each question.
fn outcome(body: &str) -> (String, String) {
    let form = catalog().for_year(2025).unwrap();
    let (given, wanted) = body.split_once("=>").unwrap();
    let (place, text) = given.trim_end_matches('\n').split_once(": ").unwrap();
    let text = ["\\t", "\\n", "\\r", "\\v", "\\u2028"]
        .into_iter()
        .zip(["\t", "\n", "\r", "\u{b}", "\u{2028}"])
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let at = |key: &str| form.cell(form.cell_by_key(key).expect(key)).at;
    let (from, to) = place.split_once(" to ").unwrap_or((place, place));
    let table = &form.tables[form.cell(form.cell_by_key(from).unwrap()).table];
    let block = read_block_over(&form, table, (at(from), at(to)), &text);
    let fields = block.fields.iter().map(|(cell, text)| format!("{}={text}", form.cell(*cell).key));
    let asked = block.problems.iter().map(|problem| format!("?{problem}"));
    (fields.chain(asked).collect::<Vec<_>>().join("\n"), wanted.trim().to_owned())
}

#[test]
fn every_field_goes_where_it_belongs_or_is_asked_about() {
    let text = std::fs::read_to_string(project().join("tests/cases/blocks.txt")).unwrap();
    let wrong = cases(&text).into_iter().filter_map(|(name, body)| {
        let (found, wanted) = outcome(&body);
        (found != wanted).then(|| format!("--- {name} ---\n{found}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_page_hides_is_not_pasted() {
    let beside = |cells: &str, plain: &str| {
        table_beside(&format!("<table><tr><td colspan=2>合计</td></tr>{cells}</table>"), &format!("合计\t\n{plain}"))
    };
    assert_eq!(beside("<tr><td>12<td>3", "12\t3").as_deref(), Some("合计\t\n12\t3"));
    assert_eq!(beside("<tr><td><del>12</del><ins>5</ins><td>3", "5\t3"), None, "struck out");
    assert_eq!(beside("<tr><td><span style=display:none>0012</span>5<td>3", "5\t3").as_deref(), Some("合计\t\n5\t3"), "hidden");
    assert_eq!(beside("<tr><td>12<td style=display:none>7<td>3", "12\t3"), None, "a hidden column");
    let last = "<tr><td>12<td>3<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72><td width=72><![endif]>";
    assert_eq!(beside(last, "12\t3").as_deref(), Some("合计\t\n12\t3"), "the row at the end that nobody sees");
    let one = |span: &str| table_beside(&format!("<table><tr><td {span}>5</td></tr></table>"), "5\n");
    assert_eq!(one("rowspan=3").as_deref(), Some("5"));
    assert_eq!(one("colspan=3").map(|text| text.split('\t').next().unwrap().to_owned()).as_deref(), Some("5"));
    let form = gouji::form::Catalog::shipped().unwrap().for_year(2025).unwrap();
    let block = gouji::import::read_block(&form, &form.tables[1], (3, 3), &one("colspan=3").unwrap());
    assert_eq!(block.fields.len(), 1, "what lies under a merged figure stays as it is: {block:?}");
}
