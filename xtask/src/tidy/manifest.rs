//! As much of a Cargo.toml as the rules need: its sections and keys, in this workspace's style.

use std::path::Path;

use super::{Finding, files::read};
use crate::Outcome;

/// A package of the workspace.
pub(super) struct Package {
    /// The folder, relative to the workspace.
    pub(super) folder: String,
    pub(super) name: String,
    /// The section, the key and the value as written of every dependency.
    pub(super) dependencies: Vec<(String, String, String)>,
}

/// Every package that the workspace's manifest lists.
pub(super) fn packages(root: &Path) -> Outcome<Vec<Package>> {
    let workspace = read(root, "Cargo.toml")?;
    let members = workspace
        .split_once("members = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(members, _)| members)
        .ok_or("Cargo.toml: no members")?;
    members
        .split(',')
        .map(|member| member.trim().trim_matches('"'))
        .filter(|member| !member.is_empty())
        .map(|folder| package(root, folder))
        .collect()
}

/// The value of a key of a section, without its quotes.
pub(super) fn value(manifest: &str, section: &str, key: &str) -> Option<String> {
    entries(manifest)
        .into_iter()
        .find(|(known_section, known_key, _)| known_section == section && known_key == key)
        .map(|(_, _, value)| value.trim_matches('"').to_owned())
}

/// A development dependency on a crate of our own is by path alone: with a version, packaging
/// would look for it in the registry.
pub(super) fn development_dependencies(root: &Path) -> Outcome<Vec<Finding>> {
    let packages = packages(root)?;
    let ours = |name: &str| packages.iter().any(|package| package.name == name);
    let mut findings = Vec::new();
    for package in &packages {
        for (section, name, value) in &package.dependencies {
            let by_path = value.contains("path") && !value.contains("version");
            if section == "dev-dependencies" && ours(name) && !by_path {
                findings.push(format!(
                    "{}/Cargo.toml: the development dependency {name} is to be by path alone",
                    package.folder
                ));
            }
        }
    }
    Ok(findings)
}

fn package(root: &Path, folder: &str) -> Outcome<Package> {
    let file = format!("{folder}/Cargo.toml");
    let manifest = read(root, &file)?;
    let name = value(&manifest, "package", "name").ok_or(format!("{file}: no name"))?;
    let dependencies = entries(&manifest)
        .into_iter()
        .filter(|(section, _, _)| section.ends_with("dependencies"))
        // `serde.workspace = true` is the key `serde.workspace`.
        .map(|(section, key, value)| match key.split_once('.') {
            Some((name, rest)) => (section, name.to_owned(), format!("{rest} = {value}")),
            None => (section, key, value),
        })
        .collect();
    Ok(Package { folder: folder.to_owned(), name, dependencies })
}

fn entries(manifest: &str) -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut entries = Vec::new();
    for line in manifest.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            entries.push((section.clone(), key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        [package]
        name = "one"
        # name = "another"
        [dependencies]
        serde.workspace = true
        two = { version = "1", path = "../two" }
        [dev-dependencies]
        three = { path = "../three" }
    "#;

    #[test]
    fn a_value_is_found_by_section_and_key() {
        assert_eq!(value(MANIFEST, "package", "name").as_deref(), Some("one"));
        assert_eq!(value(MANIFEST, "dependencies", "name"), None);
    }

    #[test]
    fn entries_know_their_section() {
        let keys: Vec<_> =
            entries(MANIFEST).into_iter().map(|(section, key, _)| (section, key)).collect();
        let expected = [
            ("package", "name"),
            ("dependencies", "serde.workspace"),
            ("dependencies", "two"),
            ("dev-dependencies", "three"),
        ];
        assert_eq!(keys, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
