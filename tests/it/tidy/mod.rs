//! Order in the house: layers, floors, circles, first lines, lengths, reasons, licences.

mod floors;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::project;

/// Which modules a module may name. What is not listed is not ours or not allowed.
const LAYERS: [(&str, &[&str]); 18] = [
    ("workers", &[]),
    ("model", &[]),
    ("read", &["workers", "model"]),
    ("form", &["model"]),
    ("rules", &["model", "form"]),
    ("review", &["model", "form", "rules"]),
    ("session", &["model", "form", "rules", "review"]),
    ("store", &["workers", "read", "model", "form", "review"]),
    ("import", &["read", "model", "form", "rules"]),
    ("ledger", &["workers", "read", "model", "form"]),
    ("export", &["read", "model", "form", "rules", "review"]),
    ("county", &["workers", "read", "model", "form", "rules", "review", "store", "import", "export"]),
    ("cli", &["workers", "read", "model", "form", "rules", "review", "session", "store", "import", "ledger", "export", "county", "manual"]),
    ("ui", &["workers", "read", "model", "form", "rules", "review", "session", "store", "import", "ledger", "export", "county", "manual"]),
    ("lib", &[]),
    ("launcher", &[]),
    ("manual", &[]),
    ("main", &["cli", "ui", "store", "read"]),
];

/// Files that reach further than their module, and why.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    ("src/cli/manual.rs", "ui", "paints the pictures of the manual"),
    ("src/cli/shot.rs", "ui", "paints screens without a display"),
    ("src/cli/trend.rs", "ui", "paints pictures without a display"),
];

/// Longest file, in lines.
const MAX_LINES: usize = 500;

/// Files below a folder with this ending, each with its path from the checkout.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![project().join(folder)];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name = path.strip_prefix(project()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

pub fn sources() -> Vec<(String, String)> {
    let sources = files("src", "rs");
    assert!(sources.len() > 50, "{}", sources.len());
    sources
}

fn test_files() -> Vec<(String, String)> {
    files("tests", "rs")
}

/// Every broken rule of the house in a file's lines: `src/a.rs:3: what`.
fn complaints(files: &[(String, String)], wrong: impl Fn(&str, &str) -> Option<String>) -> Vec<String> {
    let of_file = |(name, text): &(String, String)| {
        let lines = text.lines().enumerate();
        lines.filter_map(|(place, line)| Some(format!("{name}:{}: {}", place + 1, wrong(name, line)?))).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The modules a line of code names: `crate::form`, `gouji::form`, and all of `use crate::{form, rules::Finding}`.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut named = Vec::new();
    for path in ["crate::", "gouji::"] {
        for (at, _) in code.match_indices(path) {
            let rest = code.get(at + path.len()..).unwrap();
            let heads: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').collect(),
                None => vec![rest],
            };
            named.extend(
                heads.into_iter().map(|head| head.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned()),
            );
        }
    }
    named.retain(|name| LAYERS.iter().any(|(layer, _)| layer == name));
    named
}

/// What is wrong with naming modules in this file.
fn layer_complaint(file: &str, line: &str) -> Option<String> {
    let module = file.strip_prefix("src/")?.split(['/', '.']).next()?;
    let (_, allowed) = LAYERS.iter().find(|(layer, _)| *layer == module)?;
    let is_excepted = |name: &String| EXCEPTIONS.iter().any(|(excepted, other, _)| *excepted == file && other == name);
    let wrong = named(line).into_iter().find(|name| name != module && !allowed.contains(&name.as_str()) && !is_excepted(name))?;
    Some(format!("{module} may not name {wrong}"))
}

#[test]
fn layers_name_only_what_lies_below_them() {
    none(&complaints(&sources(), layer_complaint));
    let unknown = sources().into_iter().filter_map(|(name, _)| {
        let module = name.strip_prefix("src/").unwrap().split(['/', '.']).next().unwrap().to_owned();
        (!LAYERS.iter().any(|(layer, _)| *layer == module)).then_some(name)
    });
    none(&unknown.collect::<Vec<_>>());
}

#[test]
fn the_layer_check_sees_what_it_should() {
    let sees = |file: &str, line: &str| layer_complaint(file, line).is_some();
    assert!(sees("src/model/entry.rs", "use crate::form::Form;"));
    assert!(sees("src/store/file.rs", "    let x = crate::rules::check(form, draft);"));
    assert!(sees("src/form/load.rs", "use crate::{model::Kind, rules::Finding};"));
    assert!(sees("src/cli/show.rs", "use crate::ui::theme;"));
    assert!(!sees("src/cli/shot.rs", "use crate::ui::shot;"));
    assert!(!sees("src/rules/mod.rs", "use crate::form::Form; // not crate::ui"));
    assert!(!sees("src/form/load.rs", "use crate::form::Form;"));
}

#[test]
fn the_core_knows_no_disk_no_clock_and_no_window() {
    let banned = ["std::fs", "std::net", "std::env", "SystemTime", "Instant::now", "egui", "rfd::", "println!"];
    let below_the_shells: Vec<_> = sources()
        .into_iter()
        .filter(|(name, _)| {
            ["read", "model", "form", "rules", "review", "session", "import", "ledger", "export"]
                .iter()
                .any(|layer| name.starts_with(&format!("src/{layer}/")))
        })
        .collect();
    none(&complaints(&below_the_shells, |_, line| {
        let code = line.split("//").next().unwrap();
        banned.iter().find(|word| code.contains(*word)).map(|word| format!("{word} in the core"))
    }));
}

#[test]
fn every_file_begins_with_what_it_is_and_ends_before_it_is_long() {
    let mut found = Vec::new();
    for (name, text) in sources().iter().chain(&test_files()) {
        if !text.starts_with("//! ") {
            found.push(format!("{name}:1: says not what it is"));
        }
        let num_lines = text.lines().count();
        if num_lines > MAX_LINES {
            found.push(format!("{name}: {num_lines} lines"));
        }
    }
    none(&found);
}

#[test]
fn nothing_is_left_undone_without_an_issue() {
    // Put together so that this file does not name them.
    let unfinished = [
        ["to", "do!("].concat(),
        ["unimpl", "emented!("].concat(),
        ["#[ign", "ore"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X"].concat(),
    ];
    let note = ["TO", "DO"].concat();
    let all: Vec<_> = sources().into_iter().chain(test_files()).collect();
    none(&complaints(&all, |_, line| {
        if let Some((_, rest)) = line.split_once(&note) {
            let number = rest.strip_prefix("(#").and_then(|rest| rest.split_once("):")).map(|(number, _)| number);
            return number.is_none_or(|number| number.parse::<u32>().is_err()).then(|| format!("{note} without an issue"));
        }
        unfinished.iter().find(|word| line.contains(*word)).cloned()
    }));
}

#[test]
fn no_branch_on_a_bool_is_written_as_a_match() {
    let arms = [["true", " =>"].concat(), ["false", " =>"].concat()];
    let core: Vec<_> = sources().into_iter().filter(|(name, _)| !name.starts_with("src/ui/") && !name.starts_with("src/export/")).collect();
    none(&complaints(&core, |_, line| arms.iter().any(|arm| line.trim_start().starts_with(arm)).then(|| "use if and else".to_owned())));
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let text = std::fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut num_seen = 0;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies") && line.contains('=') {
            num_seen += 1;
            if line.rsplit_once(" # ").is_none_or(|(_, reason)| reason.len() < 10) {
                found.push(line.to_owned());
            }
        }
    }
    assert!(num_seen > 10, "{num_seen}");
    none(&found);
}

#[test]
fn fonts_have_their_licence_and_their_making_beside_them() {
    let fonts: Vec<PathBuf> = std::fs::read_dir(project().join("assets/fonts")).unwrap().map(|item| item.unwrap().path()).collect();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(fonts.iter().any(|path| matches!(name(path).rsplit('.').next(), Some("otf" | "ttf"))));
    let licence = std::fs::read_to_string(project().join("assets/fonts/OFL.txt")).unwrap();
    assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
    assert!(fonts.iter().any(|path| name(path) == "make.sh"));
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(project().join(file).is_file(), "{file}");
    }
}

/// Licences that may be in the program.
const LICENCES: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "BSL-1.0",
    "Unlicense",
    "CC0-1.0",
    "Unicode-3.0",
    "OFL-1.1",
];

/// The licence expression can be met with allowed licences: all of `AND`, one of `OR`.
fn is_allowed(licence: &str) -> bool {
    let licence = licence.replace('/', " OR ");
    // No bracket in use holds another, and OR outside brackets binds last.
    if let Some((before, rest)) = licence.split_once('(') {
        let Some((inner, after)) = rest.split_once(')') else { return false };
        let inner = if is_allowed(inner) { "MIT" } else { "not allowed" };
        return is_allowed(&format!("{before}{inner}{after}"));
    }
    let is_one = |licence: &str| LICENCES.contains(&licence.trim()) || licence.trim() == "Ubuntu-font-1.0";
    licence.split(" OR ").any(|all| all.split(" AND ").all(is_one))
}

/// What a program says that comes with Rust.
fn said(program: &str, args: &[&str]) -> Result<String, String> {
    let program = std::env::var_os(program.to_uppercase()).unwrap_or_else(|| program.into());
    let output = std::process::Command::new(program).args(args).current_dir(project()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// All packages, as far as they were ever downloaded: crates of other systems often were not.
fn metadata(more: &[&str]) -> Result<Value, String> {
    let args = ["metadata", "--format-version", "1", "--locked", "--offline"];
    Ok(serde_json::from_str(&said("cargo", &[&args, more].concat())?).unwrap())
}

/// The system we are on, as Rust calls it.
fn host() -> String {
    let version = said("rustc", &["-vV"]).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// Ids of the packages that go into the program or build it: what only tests use is never handed out.
fn shipped(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let needs: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["id"].as_str().unwrap(), &node["deps"])).collect();
    let mut ahead = vec![metadata["resolve"]["root"].as_str().unwrap()];
    let mut shipped = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if shipped.insert(id) {
            let is_shipped = |need: &&Value| need["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
            ahead.extend(needs[id].as_array().unwrap().iter().filter(is_shipped).map(|need| need["pkg"].as_str().unwrap()));
        }
    }
    shipped
}

#[test]
fn every_dependency_has_a_licence_that_fits_ours() {
    assert!(is_allowed("MIT OR GPL-3.0") && is_allowed("(MIT OR GPL-3.0) AND ISC") && is_allowed("MIT/Apache-2.0"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0") && !is_allowed("(GPL-3.0 OR LGPL-2.1) AND MIT") && !is_allowed(""));
    let metadata = metadata(&[]).or_else(|_| metadata(&["--filter-platform", &host()])).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    let shipped = shipped(&metadata);
    assert!(shipped.len() > 100, "{}", shipped.len());
    let refused = packages.iter().filter(|package| shipped.contains(package["id"].as_str().unwrap()));
    let refused = refused.filter(|package| !is_allowed(package["license"].as_str().unwrap_or_default()));
    let refused: Vec<String> =
        refused.map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"])).collect();
    none(&refused);
}
