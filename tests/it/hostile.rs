//! Every reader of bytes from outside, on what the fuzzer began with and on what it found: `tests/cases/hostile/`, a folder
//! for each reader. The laws are those of `tests/fuzz/readers.rs`.

#[path = "../fuzz/readers.rs"]
pub mod readers;

use gouji::form::Form;

use crate::support::project;

#[test]
fn every_reader_stands_what_the_fuzzer_found() {
    let mut num_files = 0;
    for reader in readers::READERS {
        let folder = project().join("tests/cases/hostile").join(reader);
        for item in std::fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            println!("{}", path.display());
            readers::read(reader, &std::fs::read(&path).unwrap());
            num_files += 1;
        }
    }
    assert!(num_files > 20, "{num_files}");
}

/// What the fuzzer starts from is read to its end: it would not get there by itself.
#[test]
fn the_small_form_loads() {
    let text = include_str!("../cases/hostile/form/small.ron");
    let form = Form::load("small.ron", text).unwrap();
    assert_eq!((form.cells.len(), form.checks.len()), (7, 17));
}
