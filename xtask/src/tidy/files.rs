//! Rules for every file: how long it is, and words that do not belong in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::Finding;
use crate::Outcome;

/// The longest source file. Past that it is split, by duty and not by size.
const LONGEST: usize = 400;

/// A file of the workspace.
pub(super) struct File {
    /// Relative to the workspace, with slashes.
    pub(super) name: String,
    pub(super) text: String,
}

/// Every text file, but for what cargo, npm and git keep.
pub(super) fn all(root: &Path) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    collect(root, root, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// The text of one file.
pub(super) fn read(root: &Path, name: &str) -> Outcome<String> {
    fs::read_to_string(root.join(name)).map_err(|error| format!("{name}: {error}"))
}

/// The paths in a folder, sorted.
pub(super) fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

pub(super) fn lengths(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.name.ends_with(".rs") || file.name.ends_with(".mjs"))
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| {
            format!("{}: {lines} lines; split it by duty, {LONGEST} are enough", file.name)
        })
        .collect()
}

/// Unfinished work, and what names the machine or the occasion instead of the project.
pub(super) fn words(root: &Path, files: &[File]) -> Vec<Finding> {
    let machine = [Some(root.to_owned()), env::home_dir().filter(|home| home.parent().is_some())];
    let mut words: Vec<String> =
        machine.into_iter().flatten().map(|path| format!("{}/", path.display())).collect();
    // In two parts, so that this file passes its own rule.
    words.extend([["TO", "DO"], ["FIX", "ME"], ["To be ", "written"]].map(|parts| parts.concat()));

    let mut findings = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            let place = format!("{}:{}", file.name, number + 1);
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                findings.push(format!("{place}: {word:?} does not belong in what is committed"));
            }
            if names_an_issue(line) {
                findings.push(format!("{place}: say what the issue said, not its number"));
            }
        }
    }
    findings
}

fn names_an_issue(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.match_indices("issue ").any(|(at, word)| {
        let number = line[at + word.len()..].trim_start_matches('#');
        number.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) -> Outcome {
    for path in list(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let kept_by_a_tool = [".git", "target", "node_modules"].contains(&name.as_str())
                || path.join("CACHEDIR.TAG").exists();
            if !kept_by_a_tool {
                collect(root, &path, files)?;
            }
        } else if !name.ends_with(".lock") {
            // What is no text is a picture.
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let relative = path.strip_prefix(root).unwrap_or(&path);
            files.push(File { name: relative.to_string_lossy().replace('\\', "/"), text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: impl Into<String>) -> File {
        File { name: name.to_owned(), text: text.into() }
    }

    #[test]
    fn a_long_source_file_is_found_and_a_long_document_is_not() {
        let long = "\n".repeat(LONGEST + 1);
        let files =
            [file("a.rs", long.clone()), file("b.md", long), file("c.rs", "\n".repeat(LONGEST))];
        assert_eq!(lengths(&files), ["a.rs: 401 lines; split it by duty, 400 are enough"]);
    }

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        let text = format!("fine\n// {}: more", ["TO", "DO"].concat());
        assert_eq!(words(Path::new("/nowhere"), &[file("a.rs", text)]).len(), 1);
        assert_eq!(words(Path::new("/nowhere"), &[file("a.rs", "a todo list")]).len(), 0);
    }

    #[test]
    fn the_number_of_an_issue_is_found() {
        let number = 7;
        assert!(names_an_issue(&format!("as Issue {number} says")));
        assert!(names_an_issue(&format!("see issue #{number}")));
        assert!(!names_an_issue("open an issue with the output"));
    }
}
