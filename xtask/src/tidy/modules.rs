//! Which module of a crate uses which.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use super::{
    files::list,
    paths::{children, used},
    rust::tokens,
};
use crate::Outcome;

/// The modules of a crate with the absolute paths that each uses, re-exports at the crate's root
/// followed: `store` uses `error::Error`, also where it wrote `crate::Error`.
pub(super) type Modules = BTreeMap<String, BTreeSet<String>>;

/// Reads every file below a crate's `src`.
pub(super) fn modules(src: &Path) -> Outcome<Modules> {
    let mut sources = BTreeMap::new();
    collect(src, &[], &mut sources)?;
    let root = sources.remove("").ok_or(format!("{}: no lib.rs", src.display()))?;
    let reexports = reexports(&root);

    let mut modules = Modules::new();
    for (name, source) in sources {
        let tokens = tokens(&source);
        let module: Vec<&str> = name.split("::").collect();
        let mut paths = BTreeSet::new();
        for used in used(&tokens, &children(&tokens)) {
            let path = follow(absolute(&module, &used.path), &reexports);
            paths.insert(path.join("::"));
        }
        modules.insert(name, paths);
    }
    Ok(modules)
}

/// What `crate::NAME` stands for, by `pub use` in lib.rs.
fn reexports(root: &str) -> BTreeMap<String, Vec<String>> {
    let tokens = tokens(root);
    used(&tokens, &children(&tokens))
        .into_iter()
        .map(|used| (used.name, used.path.into_iter().filter(|part| part != "crate").collect()))
        .collect()
}

fn absolute(module: &[&str], path: &[String]) -> Vec<String> {
    let mut base: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
    let mut rest = path;
    match rest.first().map(String::as_str) {
        Some("crate") => {
            base.clear();
            rest = &rest[1..];
        }
        Some("self") => rest = &rest[1..],
        _ => {}
    }
    while rest.first().is_some_and(|part| part == "super") {
        base.pop();
        rest = &rest[1..];
    }
    base.extend_from_slice(rest);
    base
}

fn follow(path: Vec<String>, reexports: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    match path.first().and_then(|first| reexports.get(first)) {
        Some(target) => target.iter().chain(&path[1..]).cloned().collect(),
        None => path,
    }
}

fn collect(folder: &Path, module: &[String], sources: &mut BTreeMap<String, String>) -> Outcome {
    for path in list(folder)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut name = module.to_vec();
        if path.is_dir() {
            name.push(stem);
            collect(&path, &name, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            if stem != "lib" && stem != "mod" && stem != "main" {
                name.push(stem);
            }
            let source = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            sources.insert(name.join("::"), source);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn relative_paths_become_absolute() {
        let module = ["store", "memory"];
        for (path, expected) in [
            (&["crate", "error", "Error"][..], "error::Error"),
            (&["super", "Record"], "store::Record"),
            (&["super", "super", "clock", "Clock"], "clock::Clock"),
            (&["self", "inner", "f"], "store::memory::inner::f"),
            (&["child", "f"], "store::memory::child::f"),
        ] {
            assert_eq!(absolute(&module, &owned(path)).join("::"), expected);
        }
    }

    #[test]
    fn a_reexport_of_the_root_is_followed() {
        let reexports = reexports("mod error; pub use error::{Error, Kind as Sort};");
        assert_eq!(follow(owned(&["Error", "new"]), &reexports).join("::"), "error::Error::new");
        assert_eq!(follow(owned(&["Sort"]), &reexports).join("::"), "error::Kind");
        assert_eq!(follow(owned(&["clock", "Clock"]), &reexports).join("::"), "clock::Clock");
    }
}
