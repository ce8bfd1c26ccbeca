//! x

// What leaves the house: sheets, workbook, reading back.
mod export;

#[test]
fn t() {
    let c = gouji::form::Catalog::shipped().unwrap();
    for f in c.forms() {
        println!("{} {} {} {}", f.id, f.cells.len(), f.rules.len(), f.checks.len());
        for (i, cell) in f.cells().step_by(17) { println!("{:?} {} | {} | {}", i, cell.key, cell.label, cell.path); }
        for ch in f.checks.iter().step_by(9) { println!("{} {} {}", f.rule(ch).id, ch.at, ch.line); }
    }
}
