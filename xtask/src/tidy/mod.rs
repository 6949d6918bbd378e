//! Rules about the source that no compiler holds.
//!
//! Each rule is a function that gives its findings, one line each, with the file at fault.

use std::path::Path;

use crate::{Outcome, root};

mod arrows;
mod block;
mod documents;
mod files;
mod manifest;
mod modules;
mod paths;
mod rust;

/// A line about a file that breaks a rule.
type Finding = String;

/// Applies every rule; all findings come at once.
pub(crate) fn run() -> Outcome {
    let findings = findings(&root())?;
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n")) }
}

/// Prints the arrows as the source has them, for the block in ARCHITECTURE.md.
pub(crate) fn print_arrows() -> Outcome {
    println!("{}", arrows::found(&root())?);
    Ok(())
}

fn findings(root: &Path) -> Outcome<Vec<Finding>> {
    let files = files::all(root)?;
    let mut findings = [files::lengths(&files), files::words(root, &files)].concat();
    for applied in [
        arrows::check(root),
        documents::versions(root),
        documents::presets(root),
        documents::node_packages(root),
        manifest::development_dependencies(root),
    ] {
        // A rule that cannot be applied, for want of a file, is a finding too.
        findings.extend(applied.unwrap_or_else(|what| vec![what]));
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workspace_is_tidy() {
        super::run().unwrap_or_else(|findings| panic!("\n{findings}\n"));
    }
}
