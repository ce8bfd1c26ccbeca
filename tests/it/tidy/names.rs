//! Which file of the program names what of which other file: `use`, and paths written in the code itself.
//!
//! A path points at the file that defines what it names. Where a module only hands on what another defines (`pub use`), the path
//! goes on to that other file, and handing on is no naming unless the module uses the name itself.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

/// A path as written: `crate`, `form`, `Form`.
type Path = Vec<String>;

/// One file of a crate.
struct Source {
    file: String,
    uses: Vec<Use>,
    /// Paths in the code, not of `use`.
    paths: BTreeSet<Path>,
    /// Names that stand alone in the code.
    words: BTreeSet<String>,
}

/// One name that a `use` brings.
struct Use {
    path: Path,
    name: String,
    hands_on: bool,
}

/// The files of a crate by their modules.
pub struct Names(BTreeMap<Path, Source>);

/// One file names something of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub what: String,
}

impl std::fmt::Display for Arrow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} → {} ({})", self.from, self.to, self.what)
    }
}

impl Names {
    /// Reads files, each with its path from the checkout: `src/form/load.rs`.
    pub fn read(files: &[(String, String)]) -> Self {
        let module = |file: &str| -> Path {
            let inner = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
            inner.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
        };
        Self(files.iter().map(|(file, text)| (module(file), Source::read(file, text))).collect())
    }

    /// Every arrow once, in the order of files.
    pub fn arrows(&self) -> Vec<Arrow> {
        let of_file = |(module, source): (&Path, &Source)| -> Vec<Arrow> {
            let is_meant = |one: &&Use| !one.hands_on || source.words.contains(&one.name);
            let paths = source.uses.iter().filter(is_meant).map(|one| &one.path).chain(&source.paths);
            let found = paths.filter_map(|path| Some((self.definer(module, path)?, path)));
            found.map(|(to, path)| Arrow { from: source.file.clone(), to, what: path.join("::") }).collect()
        };
        let mut arrows: Vec<Arrow> = self.0.iter().flat_map(of_file).filter(|arrow| arrow.from != arrow.to).collect();
        arrows.sort();
        arrows.dedup_by(|one, other| (&one.from, &one.to) == (&other.from, &other.to));
        arrows
    }

    /// The file that defines what a path in this module names; none for what is not ours, and for a module as a whole.
    fn definer(&self, module: &[String], path: &[String]) -> Option<String> {
        self.follow(module, path, 0)
    }

    fn follow(&self, module: &[String], path: &[String], depth: usize) -> Option<String> {
        let (head, rest) = path.split_first()?;
        match head.as_str() {
            _ if depth > 20 => None,
            "crate" | "gouji" => self.walk(&[], rest, depth),
            "self" => self.walk(module, rest, depth),
            "super" => {
                let (_, parent) = module.split_last()?;
                if rest.first().is_some_and(|next| next == "super") {
                    self.follow(parent, rest, depth)
                } else {
                    self.walk(parent, rest, depth)
                }
            }
            name => {
                let (on, path) = self.leads(module, name)?;
                self.follow(&on, &[path, rest.to_vec()].concat(), depth + 1)
            }
        }
    }

    /// Goes down from a module. What it neither holds nor brings is its own.
    fn walk(&self, module: &[String], rest: &[String], depth: usize) -> Option<String> {
        let (next, more) = rest.split_first()?;
        let own = || self.0.get(module).map(|source| source.file.clone());
        self.leads(module, next).map_or_else(own, |(on, path)| self.follow(&on, &[path, more.to_vec()].concat(), depth + 1))
    }

    /// The module that a name leads to from here, and the path to go on with: a child of the module, or what its `use` brings.
    fn leads(&self, module: &[String], name: &str) -> Option<(Path, Path)> {
        let child = [module, &[name.to_owned()]].concat();
        if self.0.contains_key(&child) {
            return Some((child, vec!["self".to_owned()]));
        }
        // What brings itself under its own name is another crate.
        let one = self.0.get(module)?.uses.iter().find(|one| one.name == name && one.path.first().is_some_and(|head| head != name))?;
        Some((module.to_vec(), one.path.clone()))
    }
}

impl Source {
    fn read(file: &str, text: &str) -> Self {
        let mut source = Self { file: file.to_owned(), uses: Vec::new(), paths: BTreeSet::new(), words: BTreeSet::new() };
        let mut words = Vec::new();
        flatten(text.parse().unwrap_or_else(|err| panic!("{file}: {err}")), &mut words);
        let mut at = 0;
        while at < words.len() {
            at = source.take(&words, at);
        }
        source
    }

    /// Takes a `use`, a path or a single word, and says where the next one begins.
    fn take(&mut self, words: &[String], at: usize) -> usize {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        if word(at) == "use" && is_name(word(at + 1)) {
            // `pub use`, `pub(super) use`: the word before is `pub` or closes its brackets.
            let hands_on = at > 0 && matches!(word(at - 1), "pub" | ")");
            let end = at + words[at..].iter().position(|word| word == ";").unwrap_or(words.len() - at);
            self.take_tree(&words[at + 1..end], &[], hands_on);
            return end + 1;
        }
        if !is_name(word(at)) {
            return at + 1;
        }
        let mut path = vec![words[at].clone()];
        let mut end = at + 1;
        while word(end) == "::" && is_name(word(end + 1)) {
            path.push(words[end + 1].clone());
            end += 2;
        }
        let before = if at > 0 { word(at - 1) } else { "" };
        if path.len() > 1 {
            self.words.insert(path[0].clone());
            self.paths.insert(path);
        } else if !matches!(before, "." | "fn" | "mod" | "::") && word(end) != ":" {
            self.words.extend(path);
        }
        end
    }

    /// One tree of a `use`: `a::b`, `a::{b, c::d as e}`, `a::{self}`.
    fn take_tree(&mut self, words: &[String], before: &[String], hands_on: bool) {
        let mut path: Path = before.to_vec();
        let mut at = 0;
        while at < words.len() {
            match words[at].as_str() {
                "{" => {
                    let inner = &words[at + 1..words.len() - 1];
                    return branches(inner).into_iter().for_each(|branch| self.take_tree(branch, &path, hands_on));
                }
                "as" => break,
                "::" => {}
                "self" if !path.is_empty() => {}
                name => path.push(name.to_owned()),
            }
            at += 1;
        }
        let name = words.get(at + 1).or(path.last()).cloned().unwrap_or_default();
        self.uses.push(Use { path, name, hands_on });
    }
}

/// The branches between commas that stand in no inner braces.
fn branches(words: &[String]) -> Vec<&[String]> {
    let mut depth = 0_usize;
    let is_cut = |word: &String| {
        match word.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && word == ","
    };
    words.split(is_cut).filter(|branch| !branch.is_empty()).collect()
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The words of the code; comments are gone, and what stands in quotes is empty.
fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let braces = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ["(", ")"],
                    proc_macro2::Delimiter::Brace => ["{", "}"],
                    proc_macro2::Delimiter::Bracket => ["[", "]"],
                    proc_macro2::Delimiter::None => ["", ""],
                };
                words.push(braces[0].to_owned());
                flatten(group.stream(), words);
                words.push(braces[1].to_owned());
            }
            TokenTree::Literal(_) => words.push(String::new()),
            TokenTree::Punct(mark) if mark.as_char() == ':' && words.last().is_some_and(|last| last == ":") => {
                words.pop();
                words.push("::".to_owned());
            }
            other => words.push(other.to_string()),
        }
    }
}
