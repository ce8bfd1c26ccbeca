//! The licences that go out with the program: of everything that is linked into it.

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::{project, skip};

/// Systems that packages are made for.
const TARGETS: [&str; 3] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];

/// `name version` of every crate that is linked on that system; `None` where cargo does not know the sources.
fn linked(target: &str) -> Option<Vec<String>> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none", "--format", "{p}", "--target", target]);
    let output = tree.current_dir(project()).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| {
        let (name, rest) = line.split_once(' ')?;
        let version = rest.split_whitespace().next()?.strip_prefix('v')?;
        (name != "gouji").then(|| format!("{name} {version}"))
    };
    Some(text.lines().filter_map(name).collect())
}

#[test]
fn the_notices_name_every_crate_that_is_linked_and_both_fonts() {
    let notices = std::fs::read_to_string(project().join("assets/packages/third-party.txt")).unwrap();
    let named: BTreeSet<&str> = notices.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    for target in TARGETS {
        let Some(crates) = linked(target) else {
            skip(&format!("cargo tree --offline knows not every source for {target}"));
            continue;
        };
        assert!(crates.len() > 100, "{target}: {}", crates.len());
        let missing: BTreeSet<&String> = crates.iter().filter(|name| !named.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{target}: {missing:?}; python3 .ci/packaging/notices > assets/packages/third-party.txt");
    }
    for name in ["NotoSansSC-core-Regular", "SIL OPEN FONT LICENSE"] {
        assert!(notices.contains(name), "{name}");
    }
}
