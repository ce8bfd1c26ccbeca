//! Sets `GOUJI_VERSION` and puts icon, manifest and names into the Windows program.
//!
//! Without git the version has no commit; `SOURCE_REV` names the commit where there is no repository.

use std::path::Path;
use std::process::Command;
use std::{env, io};

const ICON: &str = "assets/windows/gouji.ico";
const MANIFEST: &str = "assets/windows/gouji.manifest";
/// Chinese (Simplified, China): the language of the texts Explorer shows.
const LANGUAGE: u16 = 0x0804;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=GOUJI_VERSION={}", version());
    // The system built for, not the one building: `cfg!(windows)` would be wrong when cross-compiling.
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "windows") {
        embed_windows_resource()?;
    }
    Ok(())
}

/// `0.1.0 (3f2a9c81d0b7)`, or `0.1.0` where the commit is not known.
fn version() -> String {
    let number = env!("CARGO_PKG_VERSION");
    println!("cargo::rerun-if-env-changed=SOURCE_REV");
    match env::var("SOURCE_REV").ok().or_else(git_commit) {
        Some(commit) => format!("{number} ({commit})"),
        None => number.to_owned(),
    }
}

fn git_commit() -> Option<String> {
    // Only our own repository: a source archive may lie unpacked inside another one.
    if !Path::new(".git").exists() {
        return None;
    }
    // A missing path would make cargo run this script every time.
    for changed in [".git/HEAD", ".git/logs/HEAD"] {
        if Path::new(changed).exists() {
            println!("cargo::rerun-if-changed={changed}");
        }
    }
    let output = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !commit.is_empty()).then_some(commit)
}

fn embed_windows_resource() -> io::Result<()> {
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set_language(LANGUAGE)
        .set("ProductName", "勾稽")
        .set("FileDescription", "勾稽：政府信息公开工作年度报告")
        .compile()
}
