//! Who imports whom: ARCHITECTURE.md compared with the manifests and with the runtime's source.

use std::path::Path;

use super::{
    Finding,
    block::{self, Arrows},
    files::read,
    manifest::packages,
    modules::{Modules, modules},
};
use crate::Outcome;

/// The crate whose modules have arrows.
const RUNTIME: &str = "pkce-flow/src";

/// Compares the block in ARCHITECTURE.md with the workspace.
pub(super) fn check(root: &Path) -> Outcome<Vec<Finding>> {
    let listed = block::read(&read(root, "ARCHITECTURE.md")?)?;
    let crates = crate_arrows(root)?;
    let modules = modules(&root.join(RUNTIME))?;

    let names: Vec<&str> = module_names(&listed, &crates);
    let mut findings = unlisted(&names, &modules);
    let mut found = module_arrows(&names, &modules);
    found.extend(crates);
    findings.extend(difference(&listed, &found));
    if let Some(way) = block::cycle(&listed) {
        findings.push(format!("ARCHITECTURE.md: arrows go round: {}", way.join(" <- ")));
    }
    Ok(findings)
}

/// The arrows as the workspace has them: crates, then the runtime's modules as the block lists
/// them, and by their first name where it does not.
pub(super) fn found(root: &Path) -> Outcome<String> {
    let crates = crate_arrows(root)?;
    let modules = modules(&root.join(RUNTIME))?;
    let listed = read(root, "ARCHITECTURE.md").and_then(|text| block::read(&text));
    let listed = listed.unwrap_or_default();
    let mut names = module_names(&listed, &crates);
    let heads = modules.keys().filter_map(|name| name.split("::").next());
    names.extend(heads);
    Ok(format!("{}\n\n{}", block::write(&crates), block::write(&module_arrows(&names, &modules))))
}

fn crate_arrows(root: &Path) -> Outcome<Arrows> {
    let packages = packages(root)?;
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    Ok(packages
        .iter()
        .map(|package| {
            let normal = package
                .dependencies
                .iter()
                .filter(|(section, name, _)| section != "dev-dependencies" && ours(name));
            (package.name.clone(), normal.map(|(_, name, _)| name.clone()).collect())
        })
        .collect())
}

fn module_names<'a>(listed: &'a Arrows, crates: &Arrows) -> Vec<&'a str> {
    listed.keys().map(String::as_str).filter(|name| !crates.contains_key(*name)).collect()
}

/// The listed name that a path belongs to: the longest that it starts with.
fn owner<'a>(names: &[&'a str], path: &str) -> Option<&'a str> {
    names
        .iter()
        .filter(|name| {
            path.strip_prefix(**name).is_some_and(|r| r.is_empty() || r.starts_with("::"))
        })
        .max_by_key(|name| name.len())
        .copied()
}

fn unlisted(names: &[&str], modules: &Modules) -> Vec<Finding> {
    modules
        .keys()
        .filter(|module| owner(names, module).is_none())
        .map(|module| format!("ARCHITECTURE.md: the arrows lack the module {module}"))
        .collect()
}

fn module_arrows(names: &[&str], modules: &Modules) -> Arrows {
    let mut arrows: Arrows =
        names.iter().map(|name| ((*name).to_owned(), Default::default())).collect();
    for (module, paths) in modules {
        let Some(from) = owner(names, module) else {
            continue;
        };
        let targets = paths.iter().filter_map(|path| owner(names, path));
        let targets = targets.filter(|to| *to != from).map(str::to_owned);
        arrows.entry(from.to_owned()).or_default().extend(targets);
    }
    arrows
}

fn difference(listed: &Arrows, found: &Arrows) -> Vec<Finding> {
    let none = Default::default();
    let mut findings = Vec::new();
    for name in listed.keys().chain(found.keys().filter(|name| !listed.contains_key(*name))) {
        let listed = listed.get(name).unwrap_or(&none);
        let Some(found) = found.get(name) else {
            findings.push(format!("ARCHITECTURE.md: there is no crate or module {name}"));
            continue;
        };
        for import in found.difference(listed) {
            findings.push(format!("{name} imports {import}, which ARCHITECTURE.md does not list"));
        }
        for import in listed.difference(found) {
            findings.push(format!("ARCHITECTURE.md: {name} does not import {import} any more"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(of: &[(&str, &[&str])]) -> Modules {
        of.iter()
            .map(|(name, paths)| {
                ((*name).to_owned(), paths.iter().map(|path| (*path).to_owned()).collect())
            })
            .collect()
    }

    #[test]
    fn a_path_belongs_to_the_longest_name() {
        let names = ["flow", "flow::callback", "flows"];
        assert_eq!(owner(&names, "flow::callback::parse"), Some("flow::callback"));
        assert_eq!(owner(&names, "flow::url"), Some("flow"));
        assert_eq!(owner(&names, "flower"), None);
    }

    #[test]
    fn arrows_are_compared_in_both_directions() {
        let found = module_arrows(
            &["error", "store", "secret"],
            &modules(&[("error", &[]), ("store", &["error::Error", "store::x"]), ("secret", &[])]),
        );
        let listed = [("error", &["secret"][..]), ("store", &[]), ("gone", &[])]
            .into_iter()
            .map(|(name, imports)| {
                (name.to_owned(), imports.iter().map(|import| (*import).to_owned()).collect())
            })
            .collect();
        assert_eq!(
            difference(&listed, &found),
            [
                "ARCHITECTURE.md: error does not import secret any more",
                "ARCHITECTURE.md: there is no crate or module gone",
                "store imports error, which ARCHITECTURE.md does not list",
            ]
        );
    }

    #[test]
    fn a_module_that_is_not_listed_is_found() {
        let modules = modules(&[("error", &[]), ("flow::url", &[])]);
        assert_eq!(
            unlisted(&["error"], &modules),
            ["ARCHITECTURE.md: the arrows lack the module flow::url"]
        );
    }
}
