//! Things that are written down twice, and have to agree.

use std::path::Path;

use super::{
    Finding,
    files::{list, read},
    manifest::value,
};
use crate::Outcome;

/// The README names the oldest Rust of the manifest, and the changelog its version.
pub(super) fn versions(root: &Path) -> Outcome<Vec<Finding>> {
    let manifest = read(root, "Cargo.toml")?;
    let key =
        |key| value(&manifest, "workspace.package", key).ok_or(format!("Cargo.toml has no {key}"));
    let (rust, version) = (key("rust-version")?, key("version")?);
    let mut findings = oldest_rust(&read(root, "README.md")?, &rust);
    findings.extend(changelog(&read(root, "CHANGELOG.md")?, &version));
    Ok(findings)
}

/// The presets' folder and the list in the code have the same names.
pub(super) fn presets(root: &Path) -> Outcome<Vec<Finding>> {
    let source = read(root, "providers/src/preset.rs")?;
    let mut files = Vec::new();
    for path in list(&root.join("providers/presets"))? {
        files.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    Ok(same_presets(&source, &files))
}

/// The packages of the test servers are pinned, and nothing says where they come from.
pub(super) fn node_packages(root: &Path) -> Outcome<Vec<Finding>> {
    let manifest = read(root, "tests/node/package.json")?;
    let lock = read(root, "tests/node/package-lock.json")?;
    Ok([loose_versions(&manifest), addresses(&lock)].concat())
}

fn oldest_rust(readme: &str, oldest: &str) -> Vec<Finding> {
    let mut named: Vec<&str> = readme
        .match_indices("Rust 1.")
        .map(|(at, _)| {
            let version = &readme[at + "Rust ".len()..];
            let end = version.find(|c: char| c != '.' && !c.is_ascii_digit());
            version[..end.unwrap_or(version.len())].trim_end_matches('.')
        })
        .collect();
    named.dedup();
    if named == [oldest] {
        Vec::new()
    } else {
        vec![format!("README.md: the oldest Rust is `Rust {oldest}`, and it names {named:?}")]
    }
}

fn changelog(changelog: &str, version: &str) -> Vec<Finding> {
    let title = |line: &str| {
        let title = line.strip_prefix("## ")?.split_whitespace().next()?;
        Some(title.trim_matches(['[', ']', ',', ':']) == version)
    };
    if changelog.lines().any(|line| title(line) == Some(true)) {
        Vec::new()
    } else {
        vec![format!("CHANGELOG.md: there is no section `## {version}`")]
    }
}

fn same_presets(source: &str, files: &[String]) -> Vec<Finding> {
    let embedded: Vec<&str> = source
        .split("include_str!(\"../presets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let missing = files.iter().filter(|file| !embedded.contains(&file.as_str()));
    let missing = missing
        .map(|file| format!("providers/presets/{file}: it is not embedded in src/preset.rs"));
    let unknown = embedded.iter().filter(|name| !files.iter().any(|file| file == *name));
    let unknown =
        unknown.map(|name| format!("providers/src/preset.rs: there is no presets/{name}"));
    let misnamed = embedded.iter().filter(|name| {
        let name = name.trim_end_matches(".toml");
        !source.contains(&format!("(\"{name}\", include_str!(\"../presets/{name}.toml\"))"))
    });
    let misnamed = misnamed
        .map(|name| format!("providers/src/preset.rs: the preset in {name} bears another name"));
    missing.chain(unknown).chain(misnamed).collect()
}

fn loose_versions(manifest: &str) -> Vec<Finding> {
    let dependencies = manifest.split("ependencies\": {").skip(1);
    dependencies
        .filter_map(|section| section.split('}').next())
        .flat_map(str::lines)
        .filter_map(|line| line.trim().trim_end_matches(',').split_once(": "))
        .filter(|(_, version)| !exact(version))
        .map(|(name, version)| {
            format!("tests/node/package.json: {name} is to be pinned, and {version} is a range")
        })
        .collect()
}

fn exact(version: &str) -> bool {
    version.trim_matches('"').split('.').all(|part| part.parse::<u32>().is_ok())
}

fn addresses(lock: &str) -> Vec<Finding> {
    let count = lock.lines().filter(|line| line.trim_start().starts_with("\"resolved\"")).count();
    if count == 0 {
        return Vec::new();
    }
    vec![format!(
        "tests/node/package-lock.json: {count} lines say where a package comes from; write it \
         anew by `npm install` in its folder, whose .npmrc leaves them out"
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_names_the_oldest_rust_and_no_other() {
        assert_eq!(oldest_rust("It needs Rust 1.90.", "1.90").len(), 0);
        assert_eq!(oldest_rust("It needs Rust 1.90 or Rust 1.91.", "1.90").len(), 1);
        assert_eq!(oldest_rust("It needs Rust 1.89.", "1.90").len(), 1);
        assert_eq!(oldest_rust("It needs Rust.", "1.90").len(), 1);
    }

    #[test]
    fn the_changelog_has_a_section_of_the_version() {
        for text in ["# All\n## 0.1.0\n", "## [0.1.0] - 2026-01-01", "## 0.1.0, not released"] {
            assert_eq!(changelog(text, "0.1.0").len(), 0, "{text}");
        }
        assert_eq!(changelog("## 0.1.1\n0.1.0 was before", "0.1.0").len(), 1);
    }

    #[test]
    fn presets_in_the_folder_and_in_the_code_are_the_same() {
        let source = r#"("a", include_str!("../presets/a.toml")),
            ("b", include_str!("../presets/c.toml")),"#;
        let files = ["a.toml", "d.toml"].map(str::to_owned);
        assert_eq!(
            same_presets(source, &files),
            [
                "providers/presets/d.toml: it is not embedded in src/preset.rs",
                "providers/src/preset.rs: there is no presets/c.toml",
                "providers/src/preset.rs: the preset in c.toml bears another name",
            ]
        );
    }

    #[test]
    fn a_range_of_versions_is_found() {
        let manifest = r#"{ "name": "x",
          "dependencies": {
            "a": "1.2.3",
            "b": "^1.2.3"
          },
          "devDependencies": {
            "c": "*"
          } }"#;
        let findings = loose_versions(manifest);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[0].contains("\"b\"") && findings[1].contains("\"c\""), "{findings:?}");
    }

    #[test]
    fn an_address_in_the_lock_file_is_found() {
        let lock = "  \"version\": \"1.0.0\",\n  \"resolved\": \"somewhere\",\n";
        assert_eq!(addresses(lock).len(), 1);
        assert_eq!(addresses("\"version\": \"1.0.0\", \"funding\": {}").len(), 0);
    }
}
